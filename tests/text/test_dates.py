"""Stated dates: which lines are dates, what moment a day is, how moments are written."""

from __future__ import annotations

import locale
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from feeds.model import StatedDate
from feeds.text import dates
from feeds.text.dates import resolve
from feeds.text.dates.resolve import Impossible

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "09.Jan.2026",
        "9.Jan.2026",
        "9 Jan 2026",
        "09 Jan 2026",
        "9 Jan. 2026",
        "9-Jan-2026",
        "9/Jan/2026",
        "9 January 2026",
        "9 JANUARY 2026",
        "9. January 2026",
        "9 January, 2026",
        "09.01.2026",
        "9.1.2026",
        "2026-01-09",
        "2026-1-9",
    ],
)
def test_a_line_that_is_a_day_is_that_day(text: str) -> None:
    assert resolve.read_date(text) == StatedDate("2026-01-09", "day")


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("09.Jan.2026 11:03", "2026-01-09T11:03", "minute"),
        ("9 January 2026, 11:03", "2026-01-09T11:03", "minute"),
        ("09.01.2026 9:03", "2026-01-09T09:03", "minute"),
        ("2026-01-09T11:03", "2026-01-09T11:03", "minute"),
        ("2026-01-09 11:03:07", "2026-01-09T11:03:07", "second"),
        ("9 Jan 2026 00:00", "2026-01-09T00:00", "minute"),
        ("9 Jan 2026 23:59:59", "2026-01-09T23:59:59", "second"),
        ("9 Jan 2026 00:00:00", "2026-01-09T00:00:00", "second"),
    ],
)
def test_a_clock_is_kept_at_the_precision_it_was_stated(
    text: str, iso: str, precision: str
) -> None:
    stated = resolve.read_date(text)
    assert isinstance(stated, StatedDate)
    assert (stated.iso, stated.precision) == (iso, precision)
    assert stated.day == date(2026, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry sails on 9 January 2026",
        "9 January 2026 was a cold day",
        "9 January",
        "January 2026",
        "Jan 2026",
        "2026",
        "01/09/2026",
        "9-1-2026",
        "2026-01",
        "20260109",
        "11:03",
        "12 Angry 1957",
        "12 Monday 2026",
        "12 minutes 2026",
        "12 and 2026",
        "9 January 2026 9:5",
    ],
)
def test_prose_and_incomplete_dates_are_no_dates(text: str) -> None:
    assert resolve.read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "31.Feb.2026",
        "29.Feb.2026",
        "31 April 2026",
        "0 Jan 2026",
        "00.01.2026",
        "31.04.2026",
        "13.13.2026",
        "2026-13-01",
        "2026-02-30",
        "2026-00-10",
        "09.Jan.2026 25:00",
        "09.Jan.2026 24:00",
        "09.Jan.2026 11:60",
        "09.Jan.2026 11:03:61",
    ],
)
def test_a_day_or_clock_that_does_not_exist_is_impossible(text: str) -> None:
    assert resolve.read_date(text) == Impossible(text)


def test_the_29th_of_february_exists_in_a_leap_year() -> None:
    assert resolve.read_date("29.Feb.2024") == StatedDate("2024-02-29", "day")


@pytest.mark.parametrize(
    ("zone", "day", "first", "hours"),
    [
        ("UTC", date(2026, 1, 9), "2026-01-09T00:00:00", 24),
        ("Asia/Baku", date(2026, 1, 9), "2026-01-08T20:00:00", 24),
        ("Pacific/Kiritimati", date(2026, 1, 9), "2026-01-08T10:00:00", 24),
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-28T23:00:00", 23),
        ("Europe/Berlin", date(2026, 10, 25), "2026-10-24T22:00:00", 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), "2026-04-04T13:00:00", 24.5),
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-23T22:00:00", 23),  # has no midnight
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00:00", 25),  # has two midnights
    ],
)
def test_a_day_lasts_from_its_first_second_to_its_last(
    zone: str, day: date, first: str, hours: float
) -> None:
    site_zone = dates.zone(zone)
    begin, end = dates.day_bounds(day, site_zone)
    assert begin == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert end - begin + SECOND == timedelta(hours=hours)
    assert begin.astimezone(site_zone).date() == end.astimezone(site_zone).date() == day
    assert (begin - SECOND).astimezone(site_zone).date() != day
    assert (end + SECOND).astimezone(site_zone).date() != day


@pytest.mark.parametrize(
    ("zone", "day", "noon"),
    [
        ("Asia/Baku", date(2026, 1, 9), "2026-01-09T08:00:00"),
        ("Europe/Berlin", date(2026, 3, 28), "2026-03-28T11:00:00"),
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-29T10:00:00"),
        ("Europe/Berlin", date(2026, 10, 25), "2026-10-25T11:00:00"),
    ],
)
def test_noon_is_noon_on_the_day_the_clocks_change(zone: str, day: date, noon: str) -> None:
    moment = dates.noon(day, dates.zone(zone))
    assert moment == datetime.fromisoformat(noon).replace(tzinfo=UTC)


def test_a_clock_without_a_zone_is_the_newsrooms() -> None:
    stated = StatedDate("2026-01-09T11:03", "minute")
    moment = dates.stated_moment(stated, dates.zone("Asia/Baku"))
    assert moment == datetime(2026, 1, 9, 7, 3, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_clock_with_a_zone_keeps_it() -> None:
    stated = StatedDate("2026-01-09T11:03:00-05:00", "second")
    moment = dates.stated_moment(stated, dates.zone("Asia/Baku"))
    assert moment == datetime(2026, 1, 9, 16, 3, tzinfo=UTC)


@pytest.fixture
def foreign_locale() -> Iterator[None]:
    """A locale whose month names are not English, as far as this machine has one."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("az_AZ.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        break
    yield
    locale.setlocale(locale.LC_ALL, before)


MOMENT = datetime(2026, 3, 9, 11, 3, 7, 999_999, timezone(timedelta(hours=4)))


@pytest.mark.usefixtures("foreign_locale")
@pytest.mark.parametrize(
    "text", ["Mon, 01 Jan 0001 00:00:00 +0000", "01 Jan 0001 00:00 GMT", "0001-01-01T00:00:00Z"]
)
def test_what_programs_write_for_no_date_is_none(text: str) -> None:
    assert dates.parse_machine_date(text) is None


def test_rfc_822_dates_have_english_names_in_any_locale() -> None:
    assert dates.rfc822(MOMENT) == "Mon, 09 Mar 2026 07:03:07 GMT"


@pytest.mark.usefixtures("foreign_locale")
def test_rfc_3339_dates_are_in_utc_and_to_the_second() -> None:
    assert dates.rfc3339(MOMENT) == "2026-03-09T07:03:07Z"


@pytest.mark.usefixtures("foreign_locale")
def test_months_are_read_and_written_in_english_in_any_locale() -> None:
    assert resolve.read_date("9 March 2026") == StatedDate("2026-03-09", "day")
    assert dates.day_for_people(date(2026, 3, 9)) == "9 March 2026"


def test_a_moment_of_another_zone_is_written_on_the_day_it_is_in_utc() -> None:
    moment = datetime(2026, 1, 1, 2, 0, tzinfo=timezone(timedelta(hours=4)))
    assert dates.rfc822(moment) == "Wed, 31 Dec 2025 22:00:00 GMT"
    assert dates.rfc3339(moment) == "2025-12-31T22:00:00Z"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (StatedDate("2026-01-09", "day"), "9 January 2026"),
        (StatedDate("2026-12-31T11:03", "minute"), "31 December 2026, 11:03 here"),
        (StatedDate("2026-01-09T11:03:07", "second"), "9 January 2026, 11:03 here"),
        (StatedDate("2026-01-09T11:03:07Z", "second"), "9 January 2026, 11:03 UTC"),
        (StatedDate("2026-01-09T11:03+01:00", "minute"), "9 January 2026, 11:03 UTC+01:00"),
    ],
)
def test_people_are_told_no_more_than_was_stated(stated: StatedDate, words: str) -> None:
    assert dates.for_people(stated, "here") == words
