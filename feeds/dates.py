"""Stated dates: recognising them, making moments of them, writing them.

Rules
- A date is recognised only where a whole line is one. It keeps the precision that
  the page gave it. A line in the shape of a date that names no day of the calendar is
  ``Impossible``: it is neither a date nor text, and says so.
- dateutil fills what is missing from a default. A line is therefore parsed against two
  different defaults; where the results disagree, something was missing, and an
  incomplete date is not a date.
- A stated day becomes a moment in the newsroom's zone; moments travel in UTC.
- RFC 822 dates are written with English names whatever the locale, RFC 3339 with ``Z``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.model import Precision, StatedDate


class Impossible(NamedTuple):
    """A line in the shape of a date that is no day of the calendar or clock."""

    text: str


# 09.Jan.2026, 14 Jan 2026, 9 January 2026, 09.01.2026, 2026-01-09; with or without a clock.
_CLOCK = r"(?:[ ,T]+(?P<clock>\d{1,2}:\d{2}(?P<seconds>:\d{2})?))?"
_SHAPES = tuple(
    (re.compile(shape + _CLOCK), day_first)
    for shape, day_first in (
        (r"\d{1,2} ?[. /-] ?[A-Za-z]{3,9}\.? ?[. /,-] ?\d{4}", True),
        (r"\d{1,2}\.\d{1,2}\.\d{4}", True),
        (r"\d{4}-\d{1,2}-\d{1,2}", False),
    )
)
_LONGEST = 40


def recognise(text: str) -> StatedDate | Impossible | None:
    """The date that the whole of ``text`` states; None if it has no date's shape.

    Numeric days and months are read only where their order is beyond doubt: with dots
    (day first) or in ISO 8601 order.
    """
    if len(text) > _LONGEST or not text[:1].isdigit():
        return None
    for shape, day_first in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            return _parsed(text, day_first, match["clock"], match["seconds"])
    return None


def _parsed(
    text: str, day_first: bool, clock: str | None, seconds: str | None
) -> StatedDate | Impossible | None:
    from dateutil import parser  # late: a run with nothing new parses no date

    # "09.Jan.2026" is three tokens to dateutil once its dots are blanks; "2026-01-09" is one.
    spaced = re.sub(r"[.,/]+", " ", text) if day_first else text
    try:
        first, second = (
            parser.parse(spaced, default=default, dayfirst=day_first, yearfirst=not day_first)
            for default in (datetime(2000, 1, 1), datetime(2011, 12, 30, 23, 59, 59))  # noqa: DTZ001 - a stated date has no zone
        )
    except (parser.ParserError, OverflowError):
        # A word that is no month (12 Angry 1957) is prose; a known month or digits are a date.
        return Impossible(text) if _month_known(text) else None
    if first.date() != second.date():
        return None
    if clock is None:
        return StatedDate(first.date().isoformat(), "day")
    precision: Precision = "second" if seconds else "minute"
    unit = "seconds" if seconds else "minutes"
    return StatedDate(first.isoformat(timespec=unit), precision)


def _month_known(text: str) -> bool:
    from dateutil import parser

    words = re.findall(r"[A-Za-z]+", text)
    return not words or parser.parserinfo().month(words[0]) is not None


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
    last = datetime.combine(day, time(23, 59, 59), site_zone)
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
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
