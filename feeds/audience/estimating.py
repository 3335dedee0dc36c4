"""From what was counted to numbers for people.

Rules
- Of an aggregator its own number counts: the largest of the day, added up over formats and its
  groups, which are of different people. One that gives no number counts as one subscriber.
- Of anything else there are as many as there are addresses with a User-Agent, on one day.
- Several days are no sum of days, since the same people come again: the day in the middle counts.
- What a 304 saved is what a 200 for the same document takes the same client, or if it never got
  one, all clients together.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from feeds.audience import hyperloglog
from feeds.audience.clients import SUBSCRIBING
from feeds.audience.groups import Group, Key, Part
from feeds.audience.parts import together
from feeds.model.audience import Daily, Kind

_REPEATS = 10
"""A client ignores 304 if one answer in so many is what it had, and 304 are fewer than that."""


class Row(msgspec.Struct, frozen=True):
    """The same of several days: ``subscribers`` on the one in the middle, the rest in all.

    ``interval``: the median of seconds between two polls, 0 if unknown. ``repeats``: answers of the
    very size that the reader had got before. ``ignores_304``: it asks for all again although it has
    it.
    """

    feed: str
    client: str
    kind: Kind
    subscribers: int
    polls: int
    unchanged: int
    size: int
    saved: int
    interval: int
    repeats: int
    ignores_304: bool


class Feed(msgspec.Struct, frozen=True):
    """A feed in all: subscribers on the day in the middle, and its clients, most of them first."""

    name: str
    subscribers: int
    clients: tuple[Row, ...]


class Estimate(msgspec.Struct, frozen=True):
    """What logs tell: of which days, of which feeds, most subscribers first."""

    days: tuple[str, ...]
    feeds: tuple[Feed, ...]


def daily(day: str, groups: Mapping[Key, Group]) -> list[Daily]:
    """The totals of a day by feed and client, in their order."""
    typical = _typical(groups)
    clients: dict[tuple[str, str, Kind], list[tuple[Key, Group]]] = defaultdict(list)
    for key, group in sorted(groups.items(), key=lambda item: item[0]):
        clients[key.feed, key.client, key.kind].append((key, group))
    return [
        Daily(
            day, feed, client, kind,
            _subscribers(kind, [group for _, group in both]),
            sum(group.polls for _, group in both),
            sum(group.unchanged for _, group in both),
            sum(group.size for _, group in both),
            round(sum(
                group.unchanged * (group.size / group.full if group.full else typical[key[:2]])
                for key, group in both
            )),
        )
        for (feed, client, kind), both in clients.items()
    ]  # fmt: skip


def _typical(groups: Mapping[Key, Group]) -> dict[tuple[str, ...], float]:
    """The mean size of a 200, by feed and format."""
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for key, group in groups.items():
        of_document = sums[key[:2]]
        of_document[0] += group.size
        of_document[1] += group.full
    return {document: size / full if full else 0.0 for document, (size, full) in sums.items()}


def _subscribers(kind: Kind, groups: Sequence[Group]) -> int:
    told = [count for group in groups for count in group.told.values()]
    if kind == "aggregator":
        return sum(told) if told else 1
    readers = bytes(hyperloglog.SIZE)
    for group in groups:
        readers = hyperloglog.together(readers, group.readers)
    return hyperloglog.estimate(readers)


def estimate(parts: Sequence[Part]) -> Estimate:
    """What there is to say of all days that there are ``parts`` of."""
    days = {
        day: together(part.groups for part in parts if part.day == day)
        for day in sorted({part.day for part in parts})
    }
    totals = [one for day, groups in days.items() for one in daily(day, groups)]
    clients: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for key, group in together(days.values()).items():
        clients[key.feed, key.client].append(group)
    return _arranged(totals, list(days), clients)


def recorded(totals: Sequence[Daily], names: Mapping[str, str]) -> Estimate:
    """The same from totals that were recorded; ``names`` has the present ones of feeds."""
    present = renamed(totals, names)
    return _arranged(present, sorted({one.day for one in present}), {})


def renamed(totals: Iterable[Daily], names: Mapping[str, str]) -> list[Daily]:
    """``totals`` under the names that feeds have at present."""
    made: dict[tuple[str, str, str], Daily] = {}
    for one in totals:
        feed = names.get(one.feed, one.feed)
        place = one.day, feed, one.client
        other = made.get(place)
        before = other[4:] if other else (0,) * 5
        made[place] = Daily(
            *place, one.kind, *(a + b for a, b in zip(before, one[4:], strict=True))
        )
    return [made[place] for place in sorted(made)]


def _arranged(
    totals: Sequence[Daily], days: Sequence[str], groups: Mapping[tuple[str, str], list[Group]]
) -> Estimate:
    by_client: dict[tuple[str, str, Kind], list[Daily]] = defaultdict(list)
    by_feed: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(days, 0))
    for one in totals:
        by_client[one.feed, one.client, one.kind].append(one)
        by_feed[one.feed][one.day] += one.subscribers if one.kind in SUBSCRIBING else 0
    rows = []
    for (feed, client, kind), found in by_client.items():
        of_client = groups.get((feed, client), [])
        repeats = sum(group.repeats for group in of_client)
        polls, unchanged = sum(one.polls for one in found), sum(one.unchanged for one in found)
        rows.append(Row(
            feed, client, kind, _middle([one.subscribers for one in found], len(days)),
            polls, unchanged, sum(one.size for one in found), sum(one.saved for one in found),
            _interval(of_client), repeats, repeats > unchanged and repeats * _REPEATS >= polls,
        ))  # fmt: skip
    feeds = [
        Feed(
            feed,
            _middle(list(subscribers.values()), len(days)),
            tuple(sorted((row for row in rows if row.feed == feed), key=_importance)),
        )
        for feed, subscribers in by_feed.items()
    ]
    return Estimate(
        tuple(days), tuple(sorted(feeds, key=lambda feed: (-feed.subscribers, feed.name)))
    )


def _middle(counts: list[int], days: int) -> int:
    """The count of the day in the middle, if on all days that are not there it is 0."""
    return statistics.median_high([*counts, *[0] * (days - len(counts))])


def _interval(groups: Iterable[Group]) -> int:
    """The median of all intervals, in seconds."""
    found: dict[int, int] = defaultdict(int)
    for group in groups:
        for seconds, count in group.intervals.items():
            found[seconds] += count
    half = (sum(found.values()) + 1) // 2
    for seconds in sorted(found):
        half -= found[seconds]
        if half <= 0:
            return seconds
    return 0


def _importance(row: Row) -> tuple[bool, int, int, str]:
    return row.kind not in SUBSCRIBING, -row.subscribers, -row.polls, row.client
