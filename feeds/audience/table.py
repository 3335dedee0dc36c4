"""An estimate as text."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.audience.estimating import Estimate, Feed, Row

_HEADINGS = (
    *("client", "kind", "subscribers", "polls", "every", "304", "sent", "spared"),
    "got again",
)
_UNSEEN = """\
subscribers: on the day in the middle; an aggregator's are as many as it tells, others are as many
as there are addresses with a program on a day; scripts, browsers and bots don't count.
not seen: who reads a copy that a cache has; whom aggregators don't count; several people behind one
address; and that one person has several devices, or addresses that change."""


class Answer(Estimate, frozen=True):
    """An estimate with what the logs consist of, and which of their days were recorded."""

    polls: int
    others: int
    unreadable: int
    recorded: list[str]
    closed: list[str]
    complaints: list[str]


def table_text(estimate: Estimate) -> str:
    """A table for each feed, in columns that two blanks part, and what can't be seen."""
    blocks = [_span(estimate.days)] if estimate.days else []
    blocks += [_feed(feed) for feed in estimate.feeds]
    if not estimate.feeds:
        blocks.append(
            "no poll of a feed: nothing got 200 or 304 for /feeds/NAME.rss, .atom or .json"
        )
    return "\n\n".join((*blocks, _UNSEEN))


def size(count: int) -> str:
    """A number of bytes for people."""
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 999.5:
            return f"{value:.0f} {unit}" if value >= 100 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def _span(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}: {len(days)} days with polls"


def _feed(feed: Feed) -> str:
    rows = [_HEADINGS, *map(_cells, feed.clients)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join((f"{feed.name}: about {feed.subscribers:,} subscribers", *lines))


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.client,
        row.kind,
        f"{row.subscribers:,}",
        f"{row.polls:,}",
        _interval(row.interval),
        f"{row.unchanged / row.polls:.0%}",
        size(row.size),
        size(row.saved),
        f"{row.repeats:,} times" if row.repeats else "-",
    )


def _interval(seconds: int) -> str:
    if not seconds:
        return "-"
    if seconds < 90:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{seconds / 3600:.1f} h"


def counts_text(polls: int, others: int, unreadable: int) -> str:
    """The line that says what logs consist of."""
    return f"{polls:,} polls, {others:,} other lines, {unreadable:,} that can't be read"
