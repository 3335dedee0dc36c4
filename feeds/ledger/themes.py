"""The theme of the pages for people, as it was when the newest revision was made."""

from __future__ import annotations

import sqlalchemy as sa

from feeds.ledger import settings
from feeds.model.problem import Problem
from feeds.newsroom.theme import Theme

_THEME = "theme"
_WRONG = "theme-wrong"


def find(connection: sa.Connection) -> Theme:
    """The theme in force; one without files if there is none."""
    return settings.find_json(connection, _THEME, Theme) or Theme()


def put(connection: sa.Connection, theme: Theme) -> None:
    """Has ``theme`` in the place of the one before."""
    settings.put_json(connection, _THEME, theme)
    settings.put_json(connection, _WRONG, theme.wrong)


def wrong(connection: sa.Connection) -> tuple[Problem, ...]:
    """What is wrong with the theme in force."""
    return settings.find_json(connection, _WRONG, tuple[Problem, ...]) or ()
