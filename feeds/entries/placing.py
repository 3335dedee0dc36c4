"""Stated days to distinct moments, so that a day's stories keep the order of their list.

Rules
- A stated day is anchored at the page file's modification time if that lies on the day,
  else at noon in the newsroom's zone; never later than now.
- A known moment that is of another day, since the story was dated anew, is nobody's neighbour.
- A list shows its newest headline first. New headlines of one day stand a minute apart;
  those above one that is known come after it, those below before it, those between two
  known ones share the time between them. A known moment never moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from feeds.text import dates

_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def anchor(day: date, modified: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment of a story of which only ``day`` is known, in UTC."""
    first, last = dates.day_bounds(day, zone)
    modified = modified.replace(microsecond=0)
    moment = modified if first <= modified <= last else dates.noon(day, zone)
    return min(moment, now.replace(microsecond=0))


def place(
    day: date,
    known: Sequence[datetime | None],
    modified: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> list[datetime]:
    """The moments of one list's headlines of one ``day``, newest first.

    ``known`` has the stored moment of each headline in the list's order, None for a new
    one. Returned are the moments of all, the known ones as they were.
    """
    first, last = dates.day_bounds(day, zone)
    ceiling = min(last, now.replace(microsecond=0))
    start = anchor(day, modified, now, zone)
    elsewhere = {
        number: moment
        for number, moment in enumerate(known)
        if moment is not None and not first <= moment.replace(microsecond=0) <= last
    }
    known = [moment for number, moment in enumerate(known) if number not in elsewhere]
    placed: list[datetime] = []
    index = 0
    while index < len(known):
        moment = known[index]
        if moment is not None:
            placed.append(moment)
            index += 1
            continue
        end = index
        while end < len(known) and known[end] is None:
            end += 1
        above = placed[-1] if placed else None
        below = known[end] if end < len(known) else None
        placed += _run(end - index, above, below, start, (min(first, ceiling), ceiling))
        index = end
    for number, moment in elsewhere.items():
        placed.insert(number, moment)
    return placed


def _run(
    count: int,
    above: datetime | None,
    below: datetime | None,
    start: datetime,
    bounds: tuple[datetime, datetime],
) -> list[datetime]:
    """``count`` moments, newest first, between the known moments ``above`` and ``below``."""
    floor, ceiling = bounds
    limits = (floor - _SECOND, ceiling + _SECOND)
    reach = _MINUTE * (count - 1)
    if above is not None and below is not None:
        return _spread(count, above, below, floor)
    if above is not None:
        lowest = above - _MINUTE * count
        if lowest < floor:
            return _spread(count, above, limits[0], floor)
        return [above - _MINUTE * step for step in range(1, count + 1)]
    top = start if below is None or start - reach > below else below + _MINUTE * count
    if top > ceiling and below is not None:
        return _spread(count, limits[1], below, floor)
    if top - reach < floor:
        top = min(ceiling, floor + reach)
    if top - reach < floor:
        return _spread(count, limits[1], limits[0], floor)
    return [top - _MINUTE * step for step in range(count)]


def _spread(count: int, above: datetime, below: datetime, floor: datetime) -> list[datetime]:
    """``count`` moments at equal distances inside an interval, to the second."""
    if above < below:
        above, below = below, above
    step = (above - below) / (count + 1)
    spread = [(above - step * number).replace(microsecond=0) for number in range(1, count + 1)]
    return [max(moment, floor) for moment in spread]
