"""What a line says of a time: every form of a date that pages are known to have."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import babel.dates
import pytest
from babel import Locale, localedata

from feeds.model import StatedDate
from feeds.text import characters
from feeds.text.dates import find, resolve
from tests.newsrooms import PROJECT

DAYS = [
    date(2025, month, day)
    for month, day in enumerate((3, 14, 25, 7, 18, 29, 10, 21, 2, 13, 24, 31), start=1)
]
FORMS = ("long", "medium", "d MMM y")
# Their abbreviations mean other months in English, Turkish, Polish, Portuguese, German or Malay.
Readings = dict[str, dict[str, list[tuple[object, date]]]]
OTHER_MONTHS = {"bas", "dav", "dua", "lu", "mas", "mfe", "st", "teo", "trv", "ts"}


def written(locale: Locale, form: str) -> Iterator[tuple[str, date]]:
    """A dozen days in one form of a language, as far as CLDR has it."""
    for day in DAYS:
        try:
            text = babel.dates.format_date(day, form, locale=locale)
        except KeyError:  # CLDR has no such form, or no abbreviations
            return
        yield characters.cleaned(text), day


def languages() -> list[str]:
    return sorted(name for name in localedata.locale_identifiers() if "_" not in name)


def read_in(name: str, form: str) -> list[tuple[object, date]]:
    found: list[tuple[object, date]] = []
    for text, day in written(Locale.parse(name), form):
        stated = resolve.read_date(text)
        found.append((stated.iso if isinstance(stated, StatedDate) else stated, day))
    return found


@pytest.fixture(scope="module")
def readings() -> Readings:
    """By language and form: what a dozen days were read as, and which they were."""
    return {name: {form: read_in(name, form) for form in FORMS} for name in languages()}


def test_no_language_has_its_dates_taken_for_other_days(readings: Readings) -> None:
    wrong = {
        name
        for name, forms in readings.items()
        for form in forms.values()
        for found, day in form
        if isinstance(found, str) and found != day.isoformat()
    }
    assert wrong <= OTHER_MONTHS


def test_no_languages_dates_are_called_impossible(readings: Readings) -> None:
    assert not [
        (name, found)
        for name, forms in readings.items()
        for form in forms.values()
        for found, _ in form
        if isinstance(found, resolve.Impossible)
    ]


def test_most_languages_dates_are_read(readings: Readings) -> None:
    whole = {
        form: sum(
            bool(forms[form]) and all(found == day.isoformat() for found, day in forms[form])
            for forms in readings.values()
        )
        for form in FORMS
    }
    # of 250, 231 and 238 languages for which CLDR has such a form
    assert whole["long"] >= 178
    assert whole["medium"] >= 133
    assert whole["d MMM y"] >= 145


@pytest.mark.parametrize(
    "name",
    "az be bg bs ca cs da de el en es et fa fi fr he hu hy id is it ja ka kk ko ky lt lv mk ms nb "
    "nl pt ro ru sk sl sr sv tg tr uk ur uz vi zh".split(),
)
def test_a_long_date_in_a_language_of_many_newspapers_is_that_day(
    name: str, readings: Readings
) -> None:
    assert all(found == day.isoformat() for found, day in readings[name]["long"])


@pytest.mark.parametrize("name", "az ca da de el en es et fr hu it ka pt ro ru sv tr uk".split())
def test_a_long_date_with_its_weekday_is_that_day(name: str) -> None:
    assert all(found == day.isoformat() for found, day in read_in(name, "full"))


@pytest.mark.parametrize(
    "text",
    [
        "09.Jan.2026",
        "9. Jan .2026",
        "9 January, 2026",
        "Jan 9, 2026",
        "Jan. 9, 2026",
        "January 9th, 2026",
        "9th of January 2026",
        "9 Jan '26",
        "Jan 9 '26",
        "9-Jan-2026",
        "2026-01-09",
        "2026.1.9",
        "2026. 1. 9.",
        "2026/01/09",
        "09.01.2026",
        "9.1.26",
        "9 . 1 . 2026",
        "9 de janeiro de 2026",
        "9 января 2026 г.",
        "9 janvier 2026",
        "2026年1月9日",
        "2026년 1월 9일",
        "٩ يناير ٢٠٢٦",
        "٢٠٢٦-٠١-٠٩",
        "९ जनवरी २०२६",
        "9 იანვარი 2026",
        "9 tháng 1, 2026",
        "9 בינואר 2026",
        "2026 ж. 9 қаңтар",
        "Friday, 9 January 2026",
        "9 yanvar 2026, cümə",
        "9 OCAK 2026 CUMA",
        "• 9 Jan 2026",
        "(9 Jan 2026)",
        "9 Jan 2026,",
    ],
)
def test_a_line_that_is_a_day_in_whatever_form_is_that_day(text: str) -> None:
    assert resolve.read_date(characters.cleaned(text)) == StatedDate("2026-01-09", "day")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9 Jan 2026 17:30", "2026-01-09T17:30"),
        ("9 Jan 2026, 5:30 pm", "2026-01-09T17:30"),
        ("9 Jan 2026, 5:30 p.m.", "2026-01-09T17:30"),
        ("9 Jan 2026 12:00 am", "2026-01-09T00:00"),
        ("9 Jan 2026 12:15 PM", "2026-01-09T12:15"),
        ("9 يناير 2026 5:30 م", "2026-01-09T17:30"),
        ("9 يناير 2026 5:30 ص", "2026-01-09T05:30"),
        ("9. Januar 2026 um 17.30 Uhr", "2026-01-09T17:30"),
        ("le 9 janvier 2026 à 17h30", "2026-01-09T17:30"),
        ("9 января 2026 в 17:30", "2026-01-09T17:30"),
        ("9 Ocak 2026 Cuma 17:30", "2026-01-09T17:30"),
        ("17:30 - 9 Jan, 2026", "2026-01-09T17:30"),
        ("17:30 09.01.2026", "2026-01-09T17:30"),
        ("09.01.26 | 17:30", "2026-01-09T17:30"),
        ("9 yanvar 2026 , 17:30", "2026-01-09T17:30"),
        ("17:3009.01.2026", "2026-01-09T17:30"),
        ("17:3019/01/2026", "2026-01-19T17:30"),
        ("2026-01-09T17:30", "2026-01-09T17:30"),
        ("2026-01-09T17:30:05Z", "2026-01-09T17:30:05+00:00"),
        ("2026-01-09T17:30:05.123Z", "2026-01-09T17:30:05+00:00"),
        ("2026-01-09 17:30:05+04:00", "2026-01-09T17:30:05+04:00"),
        ("9 Jan 2026 17:30 GMT", "2026-01-09T17:30+00:00"),
        ("9 Jan 2026 17:30 GMT+4", "2026-01-09T17:30+04:00"),
        ("9 Jan 2026 17:30 (UTC-3)", "2026-01-09T17:30-03:00"),
        ("9 Jan 2026 5:30 pm EST", "2026-01-09T17:30-05:00"),
        ("9 Jan 2026 17:30 CEST", "2026-01-09T17:30+02:00"),
        ("Fri, 09 Jan 2026 17:30:00 +0400", "2026-01-09T17:30:00+04:00"),
        ("Fri, 09 Jan 2026 17:30:00 GMT", "2026-01-09T17:30:00+00:00"),
        ("1767979800", "2026-01-09T17:30:00+00:00"),
    ],
)
def test_a_clock_is_taken_with_its_half_of_the_day_and_its_zone(text: str, iso: str) -> None:
    stated = resolve.read_date(characters.cleaned(text))
    assert isinstance(stated, StatedDate)
    assert stated.iso == iso


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Politics 9 Jan 2026 17:30", "Politics", ""),
        ("9 Jan 2026 17:30 2 716 views", "", "2 716 views"),
        ("Published: 9 Jan 2026", "Published", ""),
        ("44- 09.01.2026, 17:30", "44", ""),
        ("2026-01-09 17:30:20, 27624 views", "", "27624 views"),
        ("Quay opens (09.01.2026)", "Quay opens", ""),
        ("Quay opens 9 January, 2026 / 17:30", "Quay opens", ""),
        ("9 Jan 2026Quay opens", "", "Quay opens"),
    ],
)
def test_what_stands_beside_a_date_is_told_apart_from_it(
    text: str, before: str, after: str
) -> None:
    stamp = find.find_stamp(text)
    assert stamp is not None
    assert stamp.full
    assert (stamp.before, stamp.after) == (before, after)
    assert resolve.read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "9 January",
        "January 9",
        "January 2026",
        "2026",
        "2026-01",
        "01.2026",
        "27.10",
        "16 Sentyabr 17:30",
        "7 february — 11:33",
        "15:00 27.10",
        "17:30",
        "Friday",
        "Friday, 17:30",
        "May",
        "May 17",
        "2 716",
        "34,836",
        "1.7",
        "192.168.0.1",
        "1.2.3.4",
        "21.07 Uhr",
        "25:00",
        "3:2",
        "+994 12 345 67 89",
        "2025/12",
        "No. 12/2025",
        "1-0",
        "٢٠٢٦",
    ],
)
def test_what_lacks_day_month_or_year_is_no_date(text: str) -> None:
    assert resolve.read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ferry that sailed on 9 January 2026 has not come back, and nobody has asked for it.",
        "x" * 300 + " 9 January 2026",
    ],
)
def test_a_long_sentence_is_not_searched_for_dates(text: str) -> None:
    assert find.find_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("3 hours ago", (3, "hour")),
        ("an hour ago", (1, "hour")),
        ("5 minutes ago", (5, "minute")),
        ("2 days ago", (2, "day")),
        ("2 weeks ago", (2, "coarse")),
        ("1 yıl önce", (1, "coarse")),
        ("3 saat önce", (3, "hour")),
        ("منذ 3 ساعات", (3, "hour")),
        ("Acum 30 minute", (30, "minute")),
        ("1 час назад", (1, "hour")),
        ("vor 2 Tagen", (2, "day")),
        ("hace 4 horas", (4, "hour")),
        ("il y a 5 minutes", (5, "minute")),
        ("3時間前", (3, "hour")),
        ("5分前", (5, "minute")),
        ("2天前", (2, "day")),
        ("3시간 전", (3, "hour")),
        ("Yesterday", (1, "day")),
        ("Вчера, 18:24", (1, "day")),
        ("dünən", (1, "day")),
        ("Bugün", (0, "day")),
    ],
)
def test_a_relative_time_is_told_with_its_unit(text: str, ago: tuple[int, str]) -> None:
    stamp = find.find_stamp(text) or find.find_stamp_in_words(text)
    assert stamp is not None
    assert stamp.ago == ago
    assert resolve.read_date(text) is None


def test_the_names_are_those_that_babel_has() -> None:
    command = [sys.executable, "-m", "tests.text.make_names"]  # alone: see its note on Babel
    made = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    assert made.stdout == (PROJECT / "feeds/text/dates/names.json").read_bytes(), "make names"


def test_a_name_in_whatever_language_is_found_without_babel() -> None:
    code = (
        "import sys\n"
        "from feeds.text.dates import names\n"
        "assert (names.month('yanvar'), names.month('njukčamánnu')) == (1, 3)\n"
        "assert 'babel' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Posted on: 3rd of May 2024", "Posted"),
        ("Lamp lit 12.05.2024", "Lamp lit"),
    ],
)
def test_a_short_word_is_a_weekday_only_where_the_day_is_one(text: str, before: str) -> None:
    stamp = find.find_stamp(text)
    assert stamp is not None
    assert (stamp.before, stamp.weekday) == (before, -1)


@pytest.mark.parametrize("text", ["Mo, 06.05.2024", "Di 07.05.2024", "lun. 06/05/2024"])
def test_a_weekdays_short_name_beside_its_day_is_taken_in(text: str) -> None:
    stamp = find.find_stamp(text)
    assert stamp is not None
    assert stamp.alone


@pytest.mark.parametrize(
    "text", ["3 de 2025", "Ley 3 de 2025", "3 la 2025", "No 3, 2025", "8 aus 2025"]
)
def test_a_small_word_of_many_languages_is_no_month_of_another(text: str) -> None:
    stamp = find.find_stamp(text)
    assert stamp is None or not stamp.full


@pytest.mark.parametrize("text", ["on 3/2/2025", "3/2/2025 in Eastport", "par 3/2/2025"])
def test_a_small_word_of_many_languages_is_no_day_of_another(text: str) -> None:
    stamp = find.find_stamp(text)
    assert stamp is not None
    assert stamp.weekday == -1
