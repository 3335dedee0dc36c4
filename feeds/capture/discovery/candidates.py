"""An address at which there may be a story."""

from __future__ import annotations

from typing import NamedTuple

from feeds.model import StatedDate


class Candidate(NamedTuple):
    """An absolute address, and what the document ``found_in`` says of it.

    ``changed`` is when it was changed last, as it is written there, empty if that is not said.
    """

    address: str
    changed: str = ""
    published: StatedDate | None = None
    title: str = ""
    found_in: str = ""
