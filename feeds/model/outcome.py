"""What a run is asked for besides, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from feeds.model import EntryId
from feeds.model.problem import Problem


class Again(NamedTuple):
    """That pages are to be read again, and by which ``command`` somebody asked for it.

    ``preview``: nothing is written; ``accept_new``: what turns out to be a new story is entered.
    """

    command: tuple[str, ...]
    preview: bool = False
    accept_new: bool = False


class Outcome(NamedTuple):
    """What a run did. ``problems`` are what was not published, ``notices`` what is doubtful.

    ``revision`` is None if nothing changed; ``changes`` are lines on what reading pages
    again came to. ``retracted`` counts the entries that were hidden, or shown again, and
    ``erased`` are those of which every word was deleted. ``begun``: the revision begins an epoch,
    since the ledger was made anew or went back to a copy.
    """

    revision: int | None
    entered: int
    corrected: int
    problems: list[Problem]
    notices: list[Problem]
    changes: tuple[str, ...] = ()
    retracted: int = 0
    erased: tuple[EntryId, ...] = ()
    begun: bool = False

    @property
    def exit_code(self) -> int:
        """0, or 1 if a page or a headline needs a person."""
        return 1 if self.problems else 0
