"""What each revision shows at each address, and when it could first be seen.

A revision goes by its place in the order of commits, from 0 on. What is shown at an address is a
word: the ETag of a document, the number of a revision, the title and edition of a story's page.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

NOTHING = "nothing"
"""What is shown at an address that there isn't."""


class Span(NamedTuple):
    """From which revision to which one something was shown, both included."""

    first: int
    last: float


_NOWHERE = {NOTHING: [Span(0, math.inf)]}
"""For addresses at which there never was anything."""


class Timeline:
    """The revisions so far."""

    def __init__(self) -> None:
        self.numbers: list[tuple[int, int]] = []
        """The epoch and number of each."""
        self.visible: list[float] = []
        """When each was seen first."""
        self.shown: Mapping[str, str] = {}
        """What the newest shows, by address."""
        self._spans: dict[str, dict[str, list[Span]]] = {}

    def add(self, number: tuple[int, int], visible: float, shown: Mapping[str, str]) -> None:
        """A further revision: its epoch and number, when it was seen, what it shows."""
        index = len(self.numbers)
        for address in self.shown.keys() | shown.keys():
            before, now = self.shown.get(address, NOTHING), shown.get(address, NOTHING)
            spans = self._spans.setdefault(address, {})
            if not spans:
                spans[NOTHING] = [Span(0, math.inf)]
                before = NOTHING
            if before != now:
                ended = spans[before].pop()
                if ended.first < index:
                    spans[before].append(ended._replace(last=index - 1))
                spans.setdefault(now, []).append(Span(index, math.inf))
        self.numbers.append(number)
        self.visible.append(visible)
        self.shown = dict(shown)

    def least(self, address: str, word: str, low: int) -> int | None:
        """The first revision from ``low`` on that shows ``word``; None if none does."""
        spans = self._spans.get(address, _NOWHERE).get(word, [])
        return next((max(span.first, low) for span in spans if span.last >= low), None)

    def last(self, address: str, word: str) -> float | None:
        """The newest revision that shows ``word``, infinite for today's; None if none ever did."""
        spans = self._spans.get(address, _NOWHERE).get(word)
        return spans[-1].last if spans else None

    def is_shown(self, address: str, word: str, index: int) -> bool:
        """Whether that revision shows ``word`` there."""
        return self.least(address, word, index) == index

    def is_newer(self, address: str, word: str, other: str) -> bool:
        """Whether ``word`` was shown only when ``other`` was no more, or never was."""
        spans = self._spans.get(address, _NOWHERE)
        return other not in spans or spans[word][0].first > spans[other][-1].last

    def seconds_behind(self, address: str, word: str, asked: float) -> float:
        """How long it could be seen already, at the moment ``asked``, that this is no more."""
        last = self.last(address, word)
        if last is None or math.isinf(last):
            return 0.0
        return max(0.0, asked - self.visible[int(last) + 1])

    def at(self, moment: float) -> int:
        """The newest revision that could be seen at that ``moment``; -1 if there was none."""
        return bisect_right(self.visible, moment) - 1
