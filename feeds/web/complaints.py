"""What the app's log says of a ledger that can't be read: not the same with each request.

Rules
- What keeps the shelf from the ledger is logged when it begins and when it is over, whatever its
  words are meanwhile: a server that goes, is away and starts has different ones.
- What keeps whoever asks from an answer is logged once a minute, and not at all where the shelf has
  said so already.
- What is wrong with a theme's template is logged once for each place in it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from feeds.ledger.faults import AWAY
from feeds.model.errors import FeedsError

_AGAIN_SECONDS = 60.0
_MOST_PLACES = 20
_AWAY_TOLD = "the ledger's server can't be reached, or says nothing"
_log = logging.getLogger("feeds")


class Complaints:
    """What was logged by this process; may be told by many threads, and loses nothing by that."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._of_shelf = ""
        self._last = ""
        self._said = 0.0
        self._of_theme: set[str] = set()

    def shelf_fails(self, error: Exception, number: int) -> None:
        """The shelf can't read the ledger, and goes on with revision ``number``."""
        told = _told(error)
        if told != self._of_shelf:
            self._of_shelf = told
            if not self._was_said(told):  # by whoever asked a moment before
                _log.error("serving revision %d from memory: %s", number, told)

    def shelf_reads(self) -> None:
        """The shelf reads the ledger, again or as ever."""
        if self._of_shelf:
            self._of_shelf = ""
            _log.error("the ledger can be read again")

    def request_fails(self, error: FeedsError) -> None:
        """Somebody got no answer for ``error``."""
        told = _told(error)
        if told != self._of_shelf and not self._was_said(told):
            self._last, self._said = told, self._clock()
            _log.error("%s", told)

    def theme_fails(self, place: str, error: Exception) -> None:
        """A template of the theme fails at ``place``, and the program's own answers instead."""
        if place not in self._of_theme and len(self._of_theme) < _MOST_PLACES:
            self._of_theme.add(place)
            _log.error("%s: %s; pages are shown without the theme", place, error)

    @property
    def of_theme(self) -> bool:
        """Whether a template of a theme failed."""
        return bool(self._of_theme)

    def forget_theme(self) -> None:
        """There is another theme."""
        self._of_theme = set()

    def _was_said(self, told: str) -> bool:
        return told == self._last and self._clock() < self._said + _AGAIN_SECONDS


def _told(error: Exception) -> str:
    is_away = isinstance(error, FeedsError) and error.problem.code == AWAY
    # what publishers are advised to do is for their own log
    return _AWAY_TOLD if is_away else str(error)
