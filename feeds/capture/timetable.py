"""When a site is looked at again, by when its stories came: often where they come often.

Rules
- Half of the time that lies between two stories at that time of day is what a story waits at most:
  from two minutes to two hours.
- What the hours before and after had counts as well, and of the last two weeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_SHORTEST, _LONGEST = timedelta(minutes=2), timedelta(hours=2)
_UNKNOWN = timedelta(minutes=15)
_LOOKED = timedelta(days=14)
_LEAST = 10
"""Fewer stories have no rhythm."""


def pause(came: Iterable[datetime], now: datetime) -> timedelta:
    """For how long a site can be left alone, whose stories ``came`` then, as moments in UTC."""
    recent = [one for one in came if now - _LOOKED < one <= now]
    if len(recent) < _LEAST:
        return _UNKNOWN
    days = max(1.0, (now - min(recent)) / timedelta(days=1))
    hour = now.astimezone(UTC).hour
    near = {(hour - 1) % 24, hour, (hour + 1) % 24}
    each_hour = sum(one.astimezone(UTC).hour in near for one in recent) / days / len(near)
    if not each_hour:
        return _LONGEST
    return min(max(timedelta(hours=0.5 / each_hour), _SHORTEST), _LONGEST)
