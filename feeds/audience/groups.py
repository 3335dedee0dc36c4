"""What lines are added up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from feeds.audience import sketch
from feeds.audience.clients import Kind

MARKS = 1024
"""How many lines of a part, at most, are known again."""


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
    readers: bytearray = msgspec.field(default_factory=lambda: bytearray(sketch.SIZE))

    @property
    def polls(self) -> int:
        """How often it polled."""
        return self.full + self.unchanged


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
    """A log, counted: its days in order, lines that are no polls, and lines that are no lines."""

    parts: tuple[Part, ...]
    polls: int
    others: int
    unreadable: int
