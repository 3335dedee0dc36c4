"""Stated dates: recognising them, making moments of them, writing them.

Rules
- A date is recognised only where a whole line is one. It keeps the precision that
  the page gave it. A line in the shape of a date that names no day of the calendar is
  ``Impossible``: it is neither a date nor text, and says so.
- Names of months are dateutil's to know. Its parser isn't asked for the rest: it fills
  what is missing from today, and swaps day and month where that makes a date possible.
- A stated day becomes a moment in the newsroom's zone; moments travel in UTC.
- RFC 822 dates are written with English names whatever the locale, RFC 3339 with ``Z``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.model import StatedDate


class Impossible(NamedTuple):
    """A line in the shape of a date that is no day of the calendar or clock."""

    text: str


# 09.Jan.2026, 14 Jan 2026, 9 January 2026, 09.01.2026, 2026-01-09; with or without a clock.
_CLOCK = r"(?:[ ,T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_SHAPES = tuple(
    re.compile(shape + _CLOCK, re.ASCII)
    for shape in (
        rf"{_DAY} ?[. /-] ?(?P<name>[A-Za-z]{{3,9}})\.? ?[. /,-] ?{_YEAR}",
        rf"{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{1,2}})-{_DAY}",
    )
)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)? ?(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(:\d{2})?"
    r" (?:[+-]\d{4}|GMT|UTC?|[ECMP][SD]T)",
    re.ASCII,
)
_LONGEST = 40
_FIRST_YEAR = 1000
"""Fewer digits are a slip of the pen, and moments so early don't exist in every zone."""


def recognise(text: str) -> StatedDate | Impossible | None:
    """The date that the whole of ``text`` states; None if it has no date's shape.

    Numeric days and months are read only where their order is beyond doubt: with dots
    (day first) or in ISO 8601 order.
    """
    if len(text) > _LONGEST or not text[:1].isdigit():
        return None
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            return _stated(text, match.groupdict())
    return None


def machine(text: str) -> StatedDate | None:
    """The date in a form meant for machines: ISO 8601, or RFC 822 as mail has it.

    A zone is kept as an offset. None for anything else, and for what is no day or clock.
    """
    text = " ".join(text.split())
    try:
        if match := _ISO.fullmatch(text):
            day, clock, seconds, zone_ = match.groups()
            if clock is None:
                stated = StatedDate(date.fromisoformat(day).isoformat(), "day")
            else:
                moment = datetime.fromisoformat(f"{day}T{clock}{seconds or ''}{zone_ or ''}")
                stated = _to_precision(moment, seconds=bool(seconds))
        elif match := _RFC822.fullmatch(text):
            stated = _to_precision(parsedate_to_datetime(text), seconds=bool(match[1]))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return stated if stated.day.year >= _FIRST_YEAR else None


def _to_precision(moment: datetime, *, seconds: bool) -> StatedDate:
    if seconds:
        return StatedDate(moment.isoformat(timespec="seconds"), "second")
    return StatedDate(moment.isoformat(timespec="minutes"), "minute")


def _stated(text: str, parts: dict[str, str | None]) -> StatedDate | Impossible | None:
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"] or 0)
    if month is None:
        return None  # "12 Angry 1957" is prose
    year, hour = int(parts["year"] or 0), parts["hour"]
    try:
        day = date(year, month, int(parts["day"] or 0))
        clock = time(int(hour or 0), int(parts["minute"] or 0), int(parts["second"] or 0))
    except ValueError:
        return Impossible(text)
    if year < _FIRST_YEAR:
        return Impossible(text)
    if hour is None:
        return StatedDate(day.isoformat(), "day")
    return _to_precision(datetime.combine(day, clock), seconds=bool(parts["second"]))


def _month(name: str | None) -> int | None:
    from dateutil.parser import parserinfo  # late: a run with nothing new parses no date

    return parserinfo().month(name or "")


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone called ``name`` (IANA); raises ZoneInfoNotFoundError or ValueError."""
    return ZoneInfo(name)


def noon(day: date, site_zone: ZoneInfo) -> datetime:
    """Noon of ``day`` in ``site_zone``, in UTC."""
    return datetime.combine(day, time(12), site_zone).astimezone(UTC)


def day_bounds(day: date, site_zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last whole second of ``day`` in ``site_zone``, in UTC."""
    first = datetime.combine(day, time.min, site_zone)
    last = datetime.combine(day, time(23, 59, 59, fold=1), site_zone)
    return first.astimezone(UTC), last.astimezone(UTC)


def stated_moment(stated: StatedDate, site_zone: ZoneInfo) -> datetime:
    """The moment of a date stated with a clock, in UTC. A clock without a zone is the site's."""
    value = datetime.fromisoformat(stated.iso)
    return (value if value.tzinfo else value.replace(tzinfo=site_zone)).astimezone(UTC)


def rfc822(moment: datetime) -> str:
    """``moment`` (aware) as RSS 2.0 wants it: RFC 822 with a four-digit year."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """``moment`` (aware) as Atom and JSON Feed want it: RFC 3339, to the second, in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_for_people(day: date) -> str:
    """A day in words: ``9 January 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def for_people(stated: StatedDate) -> str:
    """A stated date in words, no more precise than it was stated: ``9 January 2026, 11:03``."""
    words = day_for_people(stated.day)
    return words if stated.precision == "day" else f"{words}, {stated.iso[11:16]}"
