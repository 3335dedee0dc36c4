"""What a request needs of the desk that it came to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import current_app

from feeds.desk.guesses import Guesses
from feeds.desk.users import Users
from feeds.newsroom import Newsroom


class Desk(NamedTuple):
    """A newsroom's desk; see ``app_of``."""

    newsroom: Newsroom
    users: Users
    guesses: Guesses
    now: Callable[[], datetime]
    header: str
    peer: str


def desk() -> Desk:
    """The desk that this request came to."""
    found: Desk = current_app.extensions["desk"]
    return found
