"""A source that is gone along once, from sign to sign: some of it is replaced, some named.

Rules
- Signs in code are text (``code``). Each sign is looked at once, and how far a search goes from
  there is bounded.
- Lines stay, so that line numbers are an editor's: what is replaced leaves as many.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from feeds.model import Dropped
from feeds.normalise.markdown import addresses
from feeds.normalise.markdown.code import Code
from feeds.normalise.markdown.pieces import Piece, in_words

_LONGEST_DROP = 1000
_TAIL = 600
_LONGEST = 2000


class Rewriting(ABC):
    """One source, the pieces that stand in it by number, and what was dropped."""

    signs: re.Pattern[str]
    """What is looked at."""

    def __init__(self, source: str, pieces: list[Piece]) -> None:
        self.source = source
        self.pieces = pieces
        self.dropped: list[Dropped] = []
        self._kept: list[str] = []
        self._tail = ""
        self._end = 0
        self._line, self._counted = 1, 0

    def run(self) -> str:
        """The source as it is then."""
        if self.signs.search(self.source) is None:
            return self.source
        code = Code(self.source)
        place = 0
        while sign := self.signs.search(self.source, place):
            end = code.end_around(sign.start())
            place = max(end or self.look(sign), sign.start() + 1)
        self._kept.append(self.source[self._end :])
        return "".join(self._kept)

    @abstractmethod
    def look(self, sign: re.Match[str]) -> int:
        """What is to be done about ``sign``; where to go on from."""

    def before(self, place: int) -> str:
        """What is kept of what stands before ``place``, on its line."""
        begin = max(self._end, place - _TAIL)
        tail = self.source[begin:place]
        tail = tail if begin > self._end else self._tail + tail
        return tail[tail.rfind("\n") + 1 :][-_TAIL:]

    def is_address(self, place: int) -> bool:
        """Whether ``place`` is within the address of a link or picture."""
        return addresses.is_within(self.before(place))

    def replace(self, begin: int, end: int, words: str) -> int:
        """Puts ``words`` in the place of what is from ``begin`` to ``end``, and as many lines."""
        between = self.source[self._end : begin]
        lines = "\n" * (self.source.count("\n", begin, end) - words.count("\n"))
        self._kept += (between, words, lines)
        self._tail = (self._tail + between[-_TAIL:] + words + lines)[-_TAIL:]
        self._end = end
        return end

    def put(self, begin: int, end: int, piece: Piece) -> int:
        """Puts ``piece`` in the place of what is from ``begin`` to ``end``."""
        self.pieces.append(piece)
        return self.replace(begin, end, f"\ufdd0{len(self.pieces) - 1}\ufdd1")

    def drop(self, begin: int, end: int, rule: str, words: str = "") -> int:
        """Names what is from ``begin`` to ``end``, and puts ``words`` in its place."""
        self.name(begin, end, rule)
        return self.replace(begin, end, words)

    def name(self, begin: int, end: int, rule: str) -> None:
        """Names what is from ``begin`` to ``end``; the same on one line is named once."""
        if begin > self._counted:
            self._line += self.source.count("\n", self._counted, begin)
            self._counted = begin
        said = in_words(" ".join(self.source[begin:end].split()), self.pieces)[:_LONGEST_DROP]
        dropped = Dropped(self._line, said, rule)
        if not self.dropped or self.dropped[-1] != dropped:
            self.dropped.append(dropped)

    def name_lines(self, begin: int, end: int, rule: str) -> None:
        """Names each line of what is from ``begin`` to ``end``."""
        while begin < end:
            after = self.source.find("\n", begin, end)
            after = end if after < 0 else after
            if self.source[begin:after].strip():
                self.name(begin, after, rule)
            begin = after + 1

    def find(self, words: str, begin: int, longest: int = _LONGEST) -> int:
        """Where ``words`` are behind ``begin``, in the same paragraph; -1 if they aren't."""
        found = self.source.find(words, begin, begin + longest)
        return -1 if found >= 0 and self.source.find("\n\n", begin, found) >= 0 else found
