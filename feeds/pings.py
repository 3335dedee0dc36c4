"""Pings to hubs (WebSub): when one that failed is sent again, and when it is given up.

Rules
- The first pause is a minute, each further one twice as long, up to four hours. What counts is
  how often the hub failed, whatever the pings were about: all that wait for it wait together.
- What has waited for a day, and fails once more, is given up. A change that comes while another
  still waits is as old as that one: a hub that is gone for good is not forgiven by each change.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
PATIENCE = timedelta(hours=24)
_DOUBLINGS = 8
"""After so many the longest pause is reached."""


def pause(failures: int) -> timedelta:
    """For how long a hub is left alone that failed ``failures`` times in a row, at least once."""
    return min(FIRST * (1 << min(failures - 1, _DOUBLINGS)), LONGEST)


def is_over(since: datetime, now: datetime) -> bool:
    """Whether a ping that has waited since ``since`` is given up if it fails once more."""
    return now - since >= PATIENCE
