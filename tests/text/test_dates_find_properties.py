"""Dates in text: as dateutil reads them, never another day, and never an exception."""

from __future__ import annotations

from datetime import date, datetime, time

import babel.dates
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import StatedDate
from feeds.text import characters
from feeds.text.dates import find, resolve
from feeds.text.dates.names import Info

DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))
LANGUAGES = st.sampled_from(
    "az be bg ca cs da de el en es et fr hu it ka lt mk nl no pt ro ru sk sl sv tr uk uz".split()
)
FULL = (
    "{day} {name} {year}",
    "{day:02}.{name}.{year}",
    "{day}. {name} {year}",
    "{name} {day}, {year}",
    "{day} {name}, {year}",
    "{day:02}.{month:02}.{year}",
    "{year}-{month:02}-{day:02}",
)
CLOCKS = ("", " {:%H:%M}", ", {:%H:%M}", " {:%H:%M:%S}", " {:%I:%M} PM", " {:%H:%M} GMT")
PIECES = st.sampled_from(
    "0 1 9 12 13 29 31 32 99 04 2026 0000 1762250628 ٩ ٢٠٢٦ ९ ² ½ Jan january may März января "
    "ოქტომბერი ocak tháng 年 月 日 mon cuma sexta-feira çərşənbə axşamı yesterday вчера ago önce "
    "منذ hours a an am pm p.m. م UTC GMT+4 +0400 -03:00 Z T 10:30 25:00 1:2:3 00:294/02/2026 Uhr "
    "h 's '26 ’ st th º of de den г. . , / - – : | ( ) • \u200f \u00a0 \u202f".split(" ")
)
NEARLY = st.lists(st.one_of(PIECES, st.just(" "), st.text(max_size=2)), max_size=12).map("".join)
TEXTS = st.one_of(NEARLY, st.text(max_size=260))


class WithoutWeekdays(Info):
    """No weekday is in these dates, but "maj" is one in some language, and dateutil asks first."""

    def weekday(self, name: str) -> int | None:  # noqa: ARG002 - dateutil's signature
        return None


def name_of(day: date, language: str, width: str) -> str:
    return babel.dates.format_date(day, width, locale=language)


@given(DAYS, st.times(), LANGUAGES, st.sampled_from(FULL), st.sampled_from(CLOCKS))
def test_dateutil_reads_the_same_from_an_unmistakable_date(
    day: date, clock: time, language: str, shape: str, shown: str
) -> None:
    name = name_of(day, language, "MMMM")
    if not name.isalpha():  # of two words, or with an article before it
        return
    text = shape.format(day=day.day, month=day.month, year=day.year, name=name)
    if "PM" in shown:
        clock = clock.replace(hour=clock.hour % 12 + 12)
    text += shown.format(clock)
    first = "day" if shape[1] != "y" else "year"
    theirs = parser.parse(
        text,
        parserinfo=WithoutWeekdays(dayfirst=first == "day", yearfirst=first == "year"),
        default=datetime(2000, 1, 1),  # noqa: DTZ001 - stated clocks have no zone
    )
    ours = resolve.read_date(text)
    assert isinstance(ours, StatedDate)
    assert ours.day == theirs.date() == day
    if ours.precision == "day":
        assert not shown
    else:
        assert datetime.fromisoformat(ours.iso) == theirs


@given(DAYS, LANGUAGES, st.sampled_from(["long", "medium", "d MMM y", "full"]))
def test_a_date_in_any_language_is_that_day_or_unknown(day: date, language: str, form: str) -> None:
    text = characters.cleaned(babel.dates.format_date(day, form, locale=language))
    stated = resolve.read_date(text)
    assert stated is None or stated == StatedDate(day.isoformat(), "day")


@given(TEXTS, st.booleans(), DAYS)
def test_no_text_is_an_exception(text: str, english: bool, captured: date) -> None:
    stamp = find.find_stamp(text)
    if stamp is None:
        return
    settled = resolve.settle_order([stamp], english=english)
    for seen in (None, StatedDate(captured.isoformat(), "day")):
        stated = resolve.stated_date(stamp, settled, seen)
        if isinstance(stated, StatedDate):
            assert stated.day.isoformat() == stated.iso[:10]
            assert (stated.precision == "day") == ("T" not in stated.iso)


@given(TEXTS)
def test_the_rest_of_a_line_is_text_of_that_line(text: str) -> None:
    stamp = find.find_stamp(text)
    if stamp is not None:
        digits = find.find_stamp(stamp.before) if stamp.before else None
        assert digits is None or not digits.full or not stamp.full or stamp.before in text
        assert len(stamp.before) + len(stamp.after) <= len(text)


@given(TEXTS)
def test_nothing_incomplete_becomes_a_date_without_a_capture_day(text: str) -> None:
    stamp = find.find_stamp(text)
    if stamp is not None and not stamp.full:
        assert resolve.stated_date(stamp) is None
        assert resolve.read_date(text) is None


@given(TEXTS)
def test_a_stated_year_stands_in_the_text(text: str) -> None:
    stated = resolve.read_date(text)
    stamp = find.find_stamp(text)
    if isinstance(stated, StatedDate) and stamp is not None and stamp.shape != "unix":
        assert stated.day.year == stamp.year
        assert {stated.day.month, stated.day.day} == {stamp.month, stamp.day}
