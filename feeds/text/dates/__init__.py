"""Stated dates: reading those that machines wrote, making moments of them, writing them.

``find`` finds what people write in a line, ``resolve`` says which day that is; ``stamp`` and
``names`` are theirs alone.

Rules
- A date keeps the precision that the page gave it.
- A stated day becomes a moment in the newsroom's zone; moments travel in UTC.
- RFC 822 dates are written with English names whatever the locale, RFC 3339 with ``Z``.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from feeds.model import StatedDate
from feeds.text.patterns import compile_late

_ISO = compile_late(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)? ?(Z|[+-]\d{2}:?(?:\d{2})?)?"
    r"(?:\[[\w/+-]{1,40}\])?)?",
    re.ASCII | re.IGNORECASE,
)
_BASIC = compile_late(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)
_SCRIPT = compile_late(
    r"\A(\w{3}) (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \([^()]*\))?\Z"
)
"""What a script writes that is asked for a date as text."""
_RFC822 = compile_late(
    r"(?P<weekday>[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} [1-9]\d{3}"
    r" \d{2}:\d{2}(?P<seconds>:\d{2})? (?:[+-]\d{4}|GMT|UTC?|(?P<letters>[ECMP][SD]T))",
    re.ASCII,
)
FIRST_YEAR = 1000
"""Fewer digits are a slip, and 0001 is what programs write for no date.

In the first and the last year not every zone has each moment.
"""


def parse_machine_date(text: str) -> StatedDate | None:
    """The date in a form meant for machines: ISO 8601, RFC 822 as mail has it, or a script's.

    A zone is kept as an offset. None for anything else, and for what is no day or clock.
    """
    text = _SCRIPT.sub(r"\1, \3 \2 \4 \5 \6", " ".join(text.split()))
    if match := _BASIC.fullmatch(text):
        year, month, day_, hour, minute, second, offset = match.groups("")
        clock_ = f"T{hour}:{minute}{second and ':'}{second}{offset}" if hour else ""
        text = f"{year}-{month}-{day_}{clock_}"
    try:
        if match := _ISO.fullmatch(text):
            day, clock, seconds, zone_ = match.groups()
            if clock is None:
                stated = StatedDate(date.fromisoformat(day).isoformat(), "day")
            else:
                moment = datetime.fromisoformat(f"{day}T{clock}{seconds or ''}{zone_ or ''}")
                stated = _to_precision(moment, seconds=bool(seconds))
        elif match := _RFC822.fullmatch(text):
            if match["letters"] and not match["weekday"]:
                return None  # people write so, too, and mean other zones by the letters
            stated = _to_precision(parsedate_to_datetime(text), seconds=bool(match["seconds"]))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return stated if FIRST_YEAR <= stated.day.year < MAXYEAR else None


def _to_precision(moment: datetime, *, seconds: bool) -> StatedDate:
    if seconds:
        return StatedDate(moment.isoformat(timespec="seconds"), "second")
    return StatedDate(moment.isoformat(timespec="minutes"), "minute")


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone called ``name`` (IANA); raises ZoneInfoNotFoundError or ValueError."""
    return ZoneInfo(name)


def noon(day: date, site_zone: ZoneInfo) -> datetime:
    """Noon of ``day`` in ``site_zone``, in UTC."""
    return datetime.combine(day, time(12), site_zone).astimezone(UTC)


@lru_cache(1 << 10)
def day_bounds(day: date, site_zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last whole second of ``day`` in ``site_zone``, in UTC."""
    first = datetime.combine(day, time.min, site_zone)
    last = datetime.combine(day, time(23, 59, 59, fold=1), site_zone)
    return first.astimezone(UTC), last.astimezone(UTC)


def stated_moment(stated: StatedDate, site_zone: ZoneInfo) -> datetime:
    """The moment of a date stated with a clock, in UTC. A clock without a zone is the site's."""
    value = datetime.fromisoformat(stated.iso)
    try:
        return (value if value.tzinfo else value.replace(tzinfo=site_zone)).astimezone(UTC)
    except OverflowError:  # "never" as people write it: 9999-12-31 23:59, west of Greenwich
        return datetime.max.replace(microsecond=0, tzinfo=UTC)


def rfc822(moment: datetime) -> str:
    """``moment`` (aware) as RSS 2.0 wants it: RFC 822 with a four-digit year."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """``moment`` (aware) as Atom and JSON Feed want it: RFC 3339, to the second, in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def with_zone(moment: datetime, site_zone: ZoneInfo) -> str:
    """``moment`` (aware) where the newsroom is: ``2026-01-20 09:00 Asia/Baku (+04:00)``.

    Seconds are shown where there are any.
    """
    try:
        local = moment.astimezone(site_zone)
    except OverflowError:  # the last hours of the year 9999 are no moment everywhere
        return f"{moment:%Y-%m-%d %H:%M} UTC (+00:00)"
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    offset = f"{local:%z}"
    return f"{local.date()} {clock} {site_zone.key} ({offset[:3]}:{offset[3:5]})"


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


def for_people(stated: StatedDate, zone: str) -> str:
    """A stated date in words, no more precise than it was: ``9 January 2026, 11:03 UTC+01:00``.

    ``zone`` is what is said of a clock that states none.
    """
    words = day_for_people(stated.day)
    if stated.precision == "day":
        return words
    offset = datetime.fromisoformat(stated.iso).tzinfo
    return f"{words}, {stated.iso[11:16]} {offset or zone}"
