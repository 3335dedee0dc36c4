"""How often a site publishes, and what follows from it for caches and monitors.

Pure: moments are given, newest first, of the revisions that brought something new.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low

COUNT = 31
"""How many revisions say what is usual."""
_ENOUGH = 3
_UNKNOWN_AGE = timedelta(minutes=5)
_SHORTEST_AGE = timedelta(minutes=1)
_LONGEST_AGE = timedelta(minutes=15)
_STALE = 5  # times as long as it is fresh, a cache may hand out what it asks about meanwhile
_LONGEST_STALE = timedelta(minutes=10)
_IF_ERROR = timedelta(days=1)
_LATE = 1.5
_SHORTEST_RUN = timedelta(hours=1)
_SHORTEST_SILENCE = timedelta(days=1)


def usual_gap(moments: Sequence[datetime]) -> timedelta | None:
    """What usually lies between two revisions; None while there are too few to tell."""
    gaps = [later - earlier for later, earlier in pairwise(moments)]
    return median_low(gaps) if len(gaps) >= _ENOUGH else None


def fresh_for(moments: Sequence[datetime], ttl: timedelta) -> timedelta:
    """How long a feed is fresh: a tenth of the usual gap, within bounds and ``ttl``."""
    gap = usual_gap(moments)
    age = _UNKNOWN_AGE if gap is None else min(max(gap / 10, _SHORTEST_AGE), _LONGEST_AGE)
    return min(age, ttl)


def polling_cache_control(moments: Sequence[datetime], ttl: timedelta) -> str:
    """What caches may do with a feed (RFC 9111, section 5.2; RFC 5861).

    It is fresh for a tenth of the usual gap, within bounds, and never longer than ``ttl``.
    """
    age = fresh_for(moments, ttl)
    stale = min(_STALE * age, _LONGEST_STALE)
    return (
        f"public, max-age={_seconds(age)}, stale-while-revalidate={_seconds(stale)}, "
        f"stale-if-error={_seconds(_IF_ERROR)}"
    )


def run_overdue(moments: Sequence[datetime]) -> timedelta:
    """The age from which a last run is one too old: cron has stopped.

    Half as long again as what usually lies between revisions, since cron may run as seldom.
    """
    gap = usual_gap(moments)
    return _LATE * _SHORTEST_SILENCE if gap is None else max(_LATE * gap, _SHORTEST_RUN)


def story_overdue(moments: Sequence[datetime]) -> timedelta:
    """The age from which a newest story is one too old: pages have stopped coming.

    Half as long again as the longest silence that was seen, nights and weekends included.
    """
    gaps = [later - earlier for later, earlier in pairwise(moments)]
    if len(gaps) < _ENOUGH:
        return 7 * _SHORTEST_SILENCE
    return max(_LATE * max(gaps), _SHORTEST_SILENCE)


def _seconds(period: timedelta) -> int:
    return int(period.total_seconds())
