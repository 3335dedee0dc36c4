"""Recorded totals as a piece of a page: pictures in SVG, and what they show as tables.

Rules
- Everything that isn't ours is escaped. There is neither a style attribute nor a script, so that
  a page may forbid both; colours are the text's own, so that it is readable in the dark.
- A picture says in words what it shows, and its numbers are in a table beside it.
- Days that nothing was recorded of are a gap and no zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from feeds.audience.clients import SUBSCRIBING
from feeds.audience.estimating import Estimate, recorded, renamed
from feeds.audience.table import size
from feeds.model.audience import Daily

_WIDTH, _HEIGHT = 640, 160
_LEFT, _BOTTOM, _TOP, _RIGHT = 56, 22, 12, 8
_GAP = 3
"""Days without anything recorded, after which a line is broken."""
_CLIENTS = 10


class _Month(NamedTuple):
    name: str
    sent: int
    spared: int


def section(totals: Sequence[Daily], names: Mapping[str, str] | None = None) -> str:
    """A section of HTML that shows ``totals``; empty if there are none.

    ``names`` has the present names of feeds that had others. Its headings are ``h2`` and ``h3``.
    """
    present = renamed(totals, names or {})
    if not present:
        return ""
    estimate = recorded(present, {})
    parts = [
        '<section class="audience">',
        "<h2>The audience</h2>",
        f"<p>Estimated from access logs, {_span(estimate.days)}. Subscribers are as many as "
        "aggregators tell, and different readers of a day; what caches answer isn't seen.</p>",
    ]
    for feed in estimate.feeds:
        own = [one for one in present if one.feed == feed.name]
        name = escape(feed.name)
        parts += [
            f"<h3><bdi>{name}</bdi>: about {feed.subscribers:,} subscribers</h3>",
            _line(feed.name, _subscribers(own)),
            _bars(feed.name, _months(own)),
            _table(estimate, feed.name),
        ]
    return "\n".join((*parts, "</section>"))


def _span(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def _subscribers(totals: Sequence[Daily]) -> dict[date, int]:
    made: dict[date, int] = defaultdict(int)
    for one in totals:
        made[date.fromisoformat(one.day)] += one.subscribers if one.kind in SUBSCRIBING else 0
    return dict(made)


def _months(totals: Sequence[Daily]) -> list[_Month]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in totals:
        month = sums[one.day[:7]]
        month[0] += one.size
        month[1] += one.saved
    return [_Month(name, sent, spared) for name, (sent, spared) in sorted(sums.items())]


def _picture(title: str, name: str, description: str, inner: str) -> str:
    """A picture of ``title``, which is of the feed ``name``; ``description`` says what it shows."""
    return (
        f"<figure>\n<figcaption>{escape(title)}</figcaption>\n"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'fill="currentColor" font-size="11" font-family="sans-serif" '
        f'preserveAspectRatio="xMinYMin">'
        f"<title>{escape(f'{title}: {name}')}</title><desc>{escape(description)}</desc>"
        f"{inner}{_axes()}</svg>\n</figure>"
    )


def _axes() -> str:
    bottom = _HEIGHT - _BOTTOM
    return (
        f'<path d="M{_LEFT} {_TOP}V{bottom}H{_WIDTH - _RIGHT}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.5"/>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(feed: str, days: Mapping[date, int]) -> str:
    """Subscribers by day, as a line."""
    most = max(max(days.values()), 1)
    first, last = min(days), max(days)
    length = max((last - first).days, 1)
    path, before = "", None
    for day in sorted(days):
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - first).days / length
        y = _y(days[day] / most)
        path += f"{'L' if before and (day - before).days <= _GAP else 'M'}{x:.1f} {y:.1f}"
        if not before or (day - before).days > _GAP:
            path += f"L{x:.1f} {y:.1f}"  # a day that stands alone is a dot
        before = day
    shown = (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    bottom = _HEIGHT - _BOTTOM
    labels = (
        _text(_LEFT - 6, _TOP + 8, f"{most:,}", "end")
        + _text(_LEFT - 6, bottom, "0", "end")
        + _text(_LEFT, _HEIGHT - 6, first.isoformat(), "start")
        + (_text(_WIDTH - _RIGHT, _HEIGHT - 6, last.isoformat(), "end") if last > first else "")
    )
    told = (
        f"From {days[first]:,} on {first} to {days[last]:,} on {last}; "
        f"at least {min(days.values()):,}, at most {max(days.values()):,}."
    )
    return _picture("Subscribers by day", feed, told, shown + labels)


def _bars(feed: str, months: Sequence[_Month]) -> str:
    """Bytes of each month, sent ones filled, spared ones as an outline above them."""
    most = max(max(month.sent + month.spared for month in months), 1)
    step = (_WIDTH - _LEFT - _RIGHT) / len(months)
    width = min(step * 0.8, 60.0)
    bottom = _HEIGHT - _BOTTOM
    every = -(-len(months) // 8)
    shown = _text(_LEFT - 6, _TOP + 8, size(most), "end") + _text(_LEFT - 6, bottom, "0", "end")
    for number, month in enumerate(months):
        x = _LEFT + step * number + (step - width) / 2
        middle, top = _y(month.sent / most), _y((month.sent + month.spared) / most)
        shown += (
            f'<rect x="{x:.1f}" y="{middle:.1f}" width="{width:.1f}" '
            f'height="{bottom - middle:.1f}"/>'
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{middle - top:.1f}" '
            'fill="none" stroke="currentColor"/>'
        )
        if number % every == 0:
            shown += _text(x + width / 2, _HEIGHT - 6, month.name, "middle")
    told = "; ".join(
        f"{month.name}: {size(month.sent)} sent, {size(month.spared)} spared" for month in months
    )
    return _picture("Bytes by month: sent (filled), spared by 304 (outline)", feed, told, shown)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share


def _table(estimate: Estimate, name: str) -> str:
    (feed,) = (one for one in estimate.feeds if one.name == name)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row.client)}</th><td>{row.kind}</td>'
        f"<td>{row.subscribers:,}</td><td>{row.polls:,}</td>"
        f"<td>{row.unchanged / max(row.polls, 1):.0%}</td><td>{size(row.size)}</td>"
        f"<td>{size(row.saved)}</td></tr>"
        for row in feed.clients[:_CLIENTS]
    )
    heads = "".join(
        f'<th scope="col">{head}</th>'
        for head in ("Client", "Kind", "Subscribers", "Polls", "304", "Sent", "Spared")
    )
    more = len(feed.clients) - _CLIENTS
    rest = f"<p>… and {more} more.</p>\n" if more > 0 else ""
    return (
        f"<table>\n<caption>Who polls <bdi>{escape(name)}</bdi></caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n{rest}"
    ).rstrip()
