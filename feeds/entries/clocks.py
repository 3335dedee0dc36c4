"""Whether two stated dates are of one day, and one has the clock that the other lacks.

Rules
- Midnight on the dot is what programs write who know the day alone: it is no clock that a day
  could get, and the clock of its day may take its place.
- A clock with a zone is of the day that is written, and of the day that it is where the newsroom
  is: a list says the one or the other.
- A clock of either of these is taken where only the day was known. No other date it is only if it
  is of that day where the newsroom is: the gate counts the rest.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from feeds.model import Entry, StatedDate
from feeds.text import dates
from feeds.text.patterns import compile_late

_MIDNIGHT = compile_late(r".{10}T00:00(?::00(?:\.0*)?)?(?:Z|[+-].*)?")


def is_clock(stated: StatedDate) -> bool:
    """Whether ``stated`` says more than the day."""
    return stated.precision != "day" and not _MIDNIGHT.fullmatch(stated.iso)


def local_day(stated: StatedDate, zone: ZoneInfo) -> date:
    """The day of ``stated`` in the newsroom's ``zone``."""
    if stated.precision == "day":
        return stated.day
    return dates.stated_moment(stated, zone).astimezone(zone).date()


def same_day(one: StatedDate | None, other: StatedDate | None, zone: ZoneInfo) -> bool:
    """Whether both are stated, and may be of one day: as written, or in the newsroom's ``zone``."""
    if one is None or other is None:
        return False
    return not {one.day, local_day(one, zone)}.isdisjoint({other.day, local_day(other, zone)})


def brings_clock(before: StatedDate | None, after: StatedDate | None, zone: ZoneInfo) -> bool:
    """Whether of ``before`` the day alone is known, and ``after`` may be its clock."""
    if before is None or after is None or is_clock(before) or not is_clock(after):
        return False
    return same_day(before, after, zone)


def is_same_local_day(one: StatedDate | None, other: StatedDate | None, zone: ZoneInfo) -> bool:
    """Whether both are stated, and of one day in the newsroom's ``zone``."""
    if one is None or other is None:
        return False
    return local_day(one, zone) == local_day(other, zone)


def is_more_precise(before: StatedDate | None, after: StatedDate | None, zone: ZoneInfo) -> bool:
    """Whether ``after`` is ``before`` and its clock besides, where the newsroom is."""
    return brings_clock(before, after, zone) and is_same_local_day(before, after, zone)


def repeats(known: StatedDate, stated: StatedDate, zone: ZoneInfo) -> bool:
    """Whether ``stated`` is the clock that is ``known``, in another zone or without its seconds."""
    if "day" in (known.precision, stated.precision):
        return False
    before, after = dates.stated_moment(known, zone), dates.stated_moment(stated, zone)
    if stated.precision == "minute":
        before = before.replace(second=0)
    return before == after


def is_stated(entry: Entry, zone: ZoneInfo) -> bool:
    """Whether somebody stated the clock at which ``entry`` was published; else it is ours."""
    if entry.stated is None or entry.stated.precision == "day":
        return False
    return dates.stated_moment(entry.stated, zone) == entry.published
