"""What lines are added up to."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from feeds.audience import hyperloglog
from feeds.model.audience import Kind

MARKS = 1024
"""How many lines of a part, at most, are known again."""
_PLACES = 1 << 12
_PENDING = 16 * MARKS


def mark(request: bytes, address: bytes) -> int:
    """What check sums of a reader's lines begin with, to be gone on with the time of each.

    They have no more of ``address`` than one of 4,096 places. From check sums of whole addresses,
    the addresses that poll every day can be got back by trying all that there are.
    """
    return zlib.crc32(request, zlib.crc32(address) % _PLACES)


class Key(NamedTuple):
    """What is counted together on one day."""

    feed: str
    format: str
    client: str
    kind: Kind


class Group(msgspec.Struct):
    """Polls of one client for one document on one day.

    ``full`` are answered with 200, in ``size`` bytes together; ``unchanged`` with 304. ``repeats``
    are answers of the very size that the same reader had got before. ``told`` are an aggregator's
    numbers of subscribers, for each of its groups the largest. ``intervals`` counts seconds
    between polls of one reader, rounded down a little. ``readers`` is a sketch.
    """

    full: int = 0
    unchanged: int = 0
    size: int = 0
    repeats: int = 0
    told: dict[str, int] = {}
    intervals: dict[int, int] = {}
    readers: bytearray = msgspec.field(default_factory=lambda: bytearray(hyperloglog.SIZE))

    @property
    def polls(self) -> int:
        """How often it polled."""
        return self.full + self.unchanged


class Day:
    """A day while it is being counted. ``limit``: no greater check sum need be kept."""

    def __init__(self, salt: bytes, known: frozenset[int]) -> None:
        self.salt = salt
        self.known = known
        self.groups: dict[Key, Group] = {}
        self.sums: set[int] = set()
        self.seen: set[int] = set()
        self.limit = 1 << 32

    def marks(self) -> tuple[int, ...]:
        """The least check sums, in rising order."""
        return tuple(sorted(self.sums)[:MARKS])

    def mark(self, checksum: int) -> None:
        """Takes up the check sum of a line."""
        if checksum in self.known:
            self.seen.add(checksum)
        self.sums.add(checksum)
        if len(self.sums) > _PENDING:
            least = self.marks()
            self.sums = set(least)
            self.limit = max(least[-1], *self.known, 0)


class Part(NamedTuple):
    """One day of one log.

    ``marks`` are check sums of some of its polls, in rising order, ``seen`` those that were asked
    for and are here; ``polls`` says of how many lines it consists.
    """

    day: str
    polls: int
    marks: tuple[int, ...]
    seen: frozenset[int]
    groups: Mapping[Key, Group]


class Counted(NamedTuple):
    """A log, counted: its days in order, lines that are no polls, and lines that are no lines.

    ``beyond`` are polls that there was no room for.
    """

    parts: tuple[Part, ...]
    polls: int
    others: int
    unreadable: int
    beyond: int = 0
