"""What the dates on a page come to: stamps, as they were written, to stated dates.

Rules
- Nothing is filled in from today: a date without year is none, unless the page says when it
  was saved. A relative time is resolved against that day, and against no clock.
- 04/05/2024 means nothing until all dates of the page together have settled its order.
- A stamp that names no day of the calendar is ``Impossible``: neither a date nor text.
- A clock with more to it than hours and minutes is dateutil's to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import msgspec

from feeds.model import Precision, StatedDate
from feeds.text.dates import FIRST_YEAR, calendars, find, parse_machine_date, zones
from feeds.text.dates.stamp import UNDECIDED, Stamp
from feeds.text.dates.zones import Order, Place

_LAST_YEAR = 2200
"""Later years are those of another calendar."""
_FIRST_PAGE, _LAST_PAGE = 1990, 2050
"""Before the former there were no pages; years after the latter are slips, or of calendars that
are ahead of ours, as Nepal's."""
_IN_EVERY_MONTH = 28
_MANY_DAYS = 4
_TWO_DIGITS = tuple(f"-{number:02}" for number in range(_IN_EVERY_MONTH + 1))


class Impossible(NamedTuple):
    """A line in the shape of a date that is no day of the calendar or clock."""

    text: str


class Settled(msgspec.Struct, frozen=True):
    """What a page says of all its dates together.

    The order of day and month, the years, the languages in which all its names of months
    mean something, and where the page is from.
    """

    order: Order = "unsettled"
    years: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    place: Place = Place()


_NOTHING_SETTLED = Settled()
_FIRST_PART = re.compile("[a-z]+")


def settle_order(found: Sequence[Stamp], *, english: bool) -> Settled:
    """Whether day or month comes first in dates such as 04/05/2024 on one page.

    ``found`` are all of the page's; ``english`` says that its text may be American.
    """
    day_first = month_first = False
    years = {stamp.year for stamp in found if stamp.year and not stamp.short_year}
    short: dict[int, set[int]] = {}
    for stamp in [stamp for stamp in found if stamp.short_year or stamp.shape == "numeric"]:
        if stamp.short_year and stamp.shape == "named":
            short.setdefault(stamp.year, set()).add(stamp.day)
        if stamp.shape != "numeric":
            continue
        first, second = stamp.day, stamp.month
        if first > 12 >= second:
            day_first = True
        elif second > 12 >= first:
            month_first = True
        elif stamp.weekday >= 0 and first != second:
            by_day = _is_weekday(stamp.year, second, first, stamp.weekday)
            by_month = _is_weekday(stamp.year, first, second, stamp.weekday)
            day_first |= by_day and not by_month
            month_first |= by_month and not by_day
    if len(short) == 1:  # 5 Sep 23 and 4 Sep 23: what stays the same is the year
        years |= {year for year, days in short.items() if len(days) > 1 or max(days) > 31}
    elif any(len(days) >= _MANY_DAYS for days in short.values()):
        years |= short.keys()  # 12 Dec 09 among many days of one other year is written as they are
    order: Order = "unsettled" if english or month_first else "day first"
    if day_first != month_first:
        order = "day first" if day_first else "month first"
    return Settled(order, frozenset(years), _languages(found))


def _languages(found: Sequence[Stamp]) -> frozenset[str]:
    if not [stamp for stamp in found if stamp.month == UNDECIDED]:
        return frozenset()
    from feeds.text.dates import names as vocabulary  # late: a run with nothing new reads no dates

    names = {stamp.name for stamp in found if stamp.name}
    known = [frozenset().union(*vocabulary.months(name).values()) for name in names]
    return frozenset.intersection(*known)


def _month_of(stamp: Stamp, settled: Settled) -> int:
    """The month of a name that has several meanings; 0 if the page doesn't settle it."""
    from feeds.text.dates import names as vocabulary

    meanings = vocabulary.months(stamp.name)
    known = settled.languages
    if own := language_of(settled.place.language):
        known = known & own or known or own
    fitting = [month for month, languages in meanings.items() if languages & known]
    return fitting[0] if len(fitting) == 1 else 0


def language_of(tag: str) -> frozenset[str]:
    """The language of a tag such as ``pl-PL``, as those of ``Settled`` are written."""
    return frozenset(_FIRST_PART.findall(tag.lower())[:1])


def in_languages(settled: Settled, known: frozenset[str]) -> Settled:
    """What is ``settled``, of a page in one of the languages ``known``, as far as that fits."""
    fitting = settled.languages & known or settled.languages or known
    return msgspec.structs.replace(settled, languages=fitting)


def is_month_unsettled(stamp: Stamp, settled: Settled) -> bool:
    """Whether the month of ``stamp`` has a name of which nothing ``settled`` tells the meaning."""
    return stamp.month == UNDECIDED and not _month_of(stamp, settled)


def how_to_settle(text: str) -> str:
    """What whoever wrote the date in ``text``, which may be one of two days, may do about it."""
    stamp = find.find_stamp(text)
    if stamp is not None and stamp.month == UNDECIDED:
        return "state the page's language, or write the month as a number, as in 2026-01-09"
    return "write the month as a word"


def _is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def stated_date(
    stamp: Stamp, settled: Settled = _NOTHING_SETTLED, captured: StatedDate | None = None
) -> StatedDate | Impossible | None:
    """The date that ``stamp`` states.

    None if it is incomplete, or ambiguous on a page of which only so much is ``settled``.
    ``captured`` is when the page was saved, for relative times and missing years.
    """
    if stamp.shape == "unix":
        moment = datetime.fromtimestamp(int(stamp.text[:_SECONDS_SINCE_1970]), UTC)
        return StatedDate(moment.isoformat(timespec="seconds"), "second")
    if not stamp.full:
        return _from_capture(stamp, captured) if captured else None
    if stamp.shape == "named" and stamp.short_year and stamp.year not in settled.years:
        return None
    ordered = _in_order(stamp, settled)
    if ordered is None:
        return None
    month, day = ordered
    calendar = stamp.calendar
    if not calendar and calendars.is_persian(stamp.year, settled.place.language):
        calendar = "persian"
    try:
        if calendar:
            return _precise(calendars.gregorian(calendar, stamp.year, month, day), stamp, settled)
        return _dated(stamp, month, day, settled)
    except ValueError:
        return Impossible(stamp.text)


def _in_order(stamp: Stamp, settled: Settled) -> tuple[int, int] | None:
    """Month and day of ``stamp``; None if the page doesn't settle which they are."""
    day, month = stamp.day, stamp.month
    if month == UNDECIDED:
        month = _month_of(stamp, settled)
        return (month, day) if month else None
    if stamp.shape == "numeric" and day != month:
        if month <= 12 and day <= 12 and settled.order == "unsettled":
            return None
        if month > 12 or (day <= 12 and settled.order == "month first"):
            return day, month
    return month, day


def is_of_a_page(stated: StatedDate) -> bool:
    """Whether a page may be of that day: 1890, 1404 and 9999 are no years of pages."""
    return _FIRST_PAGE <= stated.day.year <= _LAST_PAGE


def unsettled_zone(text: str, stated: StatedDate, settled: Settled) -> str:
    """The letters in ``text``, read as ``stated``, that may mean several zones; else empty."""
    if stated.precision == "day" or len(stated.iso) > len("2026-01-09T11:03:36"):
        return ""
    stamp = find.find_stamp(text)
    return stamp.zone if stamp is not None and is_zone_unsettled(stamp, settled) else ""


def is_zone_unsettled(stamp: Stamp, settled: Settled) -> bool:
    """Whether letters behind the clock of ``stamp`` may mean several zones, or none."""
    return bool(stamp.clock) and zones.is_unsettled(stamp.zone, settled.place)


_TWO_NUMBERS = re.compile(r"\d\D+\d|\d{8}")
_LONG_ENOUGH = 5


def read_date(text: str, settled: Settled = _NOTHING_SETTLED) -> StatedDate | Impossible | None:
    """The date that the whole of ``text`` states; None if it has no date's shape.

    Where day and month could be each other and nothing is ``settled``, neither is guessed: None
    as well.
    """
    if len(text) > _LONG_ENOUGH and not _TWO_NUMBERS.search(text) and "年" not in text:
        return None  # as most headlines with a number in them
    stamp = find.find_stamp(text)
    if stamp is None or not stamp.alone or not stamp.full:
        return None
    found = stated_date(stamp, settled)
    return Impossible(text) if isinstance(found, Impossible) else found


def read_any_date(text: str, settled: Settled = _NOTHING_SETTLED) -> StatedDate | Impossible | None:
    """The date that the whole of ``text`` states, in a form for machines or as people write."""
    return parse_machine_date(text) or read_date(text, settled)


def _from_capture(stamp: Stamp, captured: StatedDate) -> StatedDate | None:
    today = captured.day
    if stamp.ago:
        number, unit = stamp.ago
        if unit == "day":
            return _precise(today - timedelta(days=min(number, 3000)), stamp, _NOTHING_SETTLED)
        if unit == "coarse":
            return None
        if captured.precision != "day":
            span = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
            earlier = datetime.fromisoformat(captured.iso) - span
            return StatedDate(earlier.date().isoformat(), "day")
        # without a clock nobody knows on which side of midnight that was
        return StatedDate(today.isoformat(), "day") if unit == "minute" or number < 12 else None
    if stamp.shape == "yearless":
        for year in (today.year, today.year - 1):
            try:
                day = date(year, stamp.month, stamp.day)
            except ValueError:
                continue
            if day <= today:
                return _precise(day, stamp, _NOTHING_SETTLED)
    return None


def _dated(stamp: Stamp, month: int, day: int, settled: Settled) -> StatedDate:
    """The date that these are; raises ValueError if they are none."""
    year = stamp.year
    possible = 0 < day <= _IN_EVERY_MONTH and 0 < month <= 12 and FIRST_YEAR <= year <= _LAST_YEAR
    if possible and not stamp.clock:
        # most dates; making a date and writing it down takes three times as long
        return StatedDate(f"{year}{_TWO_DIGITS[month]}{_TWO_DIGITS[day]}", "day")
    return _precise(date(year, month, day), stamp, settled)


def _precise(day: date, stamp: Stamp, settled: Settled) -> StatedDate:
    """``day`` with the clock of ``stamp``, if that has one. Raises ValueError for 25:00."""
    if not FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(day)
    if not stamp.clock:
        return StatedDate(day.isoformat(), "day")
    moment = datetime.combine(day, time.fromisoformat(stamp.clock))
    moment = zones.with_zone(moment, stamp.zone, settled.place)
    precision: Precision = "second" if len(stamp.clock) > _TO_THE_MINUTE else "minute"
    unit = "seconds" if precision == "second" else "minutes"
    return StatedDate(moment.isoformat(timespec=unit), precision)


_TO_THE_MINUTE = len("10:04")
_SECONDS_SINCE_1970 = 10
