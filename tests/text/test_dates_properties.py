"""A line that is a date is that date, and no text whatever is an exception."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import StatedDate
from feeds.text import dates
from feeds.text.dates import resolve

YEAR = "January February March April May June July August September October November December"
MONTHS = YEAR.split()
SHAPES = (
    "{day:02}.{short}.{year}",
    "{day}.{short}.{year}",
    "{day} {short} {year}",
    "{day} {short}. {year}",
    "{day} {long} {year}",
    "{day}. {long} {year}",
    "{day} {long}, {year}",
    "{day}-{short}-{year}",
    "{day:02}.{month:02}.{year}",
    "{day}.{month}.{year}",
    "{year}-{month:02}-{day:02}",
    "{year}-{month}-{day}",
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ZONES = st.sampled_from(
    ["Asia/Baku", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Africa/Cairo"]
)
NEARLY = "jan SEP Mon am pm UTC EST and of T Z th 0 1 9 31 32 99 2026 0000 ٩ ²"
# Text that looks like a date much more often than text does.
PIECES = st.sampled_from([*YEAR.split(), *NEARLY.split(), *" .-/,:+"])
NEARLY_DATES = st.lists(PIECES, max_size=9).map("".join)


def written(day: date, shape: str) -> str:
    name = MONTHS[day.month - 1]
    return shape.format(day=day.day, month=day.month, year=day.year, long=name, short=name[:3])


@given(DAYS, st.sampled_from(SHAPES))
def test_a_line_in_any_shape_of_a_day_is_that_day(day: date, shape: str) -> None:
    stated = resolve.read_date(written(day, shape))
    assert stated == StatedDate(day.isoformat(), "day")


@given(DAYS, st.sampled_from(SHAPES), st.times(), st.booleans())
def test_a_line_with_a_clock_is_that_moment(
    day: date, shape: str, clock: time, seconds: bool
) -> None:
    unit = "seconds" if seconds else "minutes"
    shown = clock.isoformat(unit)
    stated = resolve.read_date(f"{written(day, shape)} {shown}")
    assert stated == StatedDate(f"{day.isoformat()}T{shown}", "second" if seconds else "minute")


@given(st.one_of(st.text(max_size=50), NEARLY_DATES))
def test_no_text_is_an_exception(text: str) -> None:
    stated = resolve.read_date(text)
    if isinstance(stated, StatedDate):
        assert stated.day.isoformat() == stated.iso[:10]
    elif stated is not None:
        assert stated.text == text


@given(DAYS, st.sampled_from(SHAPES), st.text(st.characters(categories=["L"]), min_size=1))
def test_a_date_with_words_around_it_is_no_date(day: date, shape: str, word: str) -> None:
    line = written(day, shape)
    assert resolve.read_date(f"x{word}x {line}") is None
    assert resolve.read_date(f"{line} x{word}x") is None


@given(DAYS, ZONES)
def test_noon_and_the_bounds_of_a_day_lie_on_it(day: date, zone: str) -> None:
    site_zone = dates.zone(zone)
    first, last = dates.day_bounds(day, site_zone)
    moments = (first, dates.noon(day, site_zone), last)
    assert [moment.astimezone(site_zone).date() for moment in moments] == [day] * 3
    assert first < moments[1] < last


@given(st.integers(0, 7_000_000_000), st.integers(0, 999_999))
def test_a_written_moment_is_read_as_the_same_second(second: int, microsecond: int) -> None:
    whole = datetime.fromtimestamp(second, UTC)
    moment = whole.replace(microsecond=microsecond)
    assert datetime.fromisoformat(dates.rfc3339(moment)) == whole
    assert parsedate_to_datetime(dates.rfc822(moment)) == whole
