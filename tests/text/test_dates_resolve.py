"""What stamps come to: only what the page itself settles, and nothing from today."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from feeds.model import StatedDate
from feeds.text.dates import find, places, resolve, tongues
from feeds.text.dates.resolve import Impossible, Settled

CAPTURED_DAY = StatedDate("2026-01-14", "day")
CAPTURED_CLOCK = StatedDate("2026-01-14T01:30", "minute")


def stamp(text: str) -> find.Stamp:
    found = find.find_stamp(text) or find.find_stamp_in_words(text)
    assert found is not None
    return found


def settled(*texts: str, english: bool = False) -> Settled:
    return resolve.settle_order([stamp(text) for text in texts], english=english)


def iso(
    text: str, page: Settled | None = None, captured: StatedDate | None = None
) -> str | Impossible | None:
    found = resolve.stated_date(stamp(text), page or Settled(), captured)
    return found.iso if isinstance(found, StatedDate) else found


@pytest.mark.parametrize(
    ("others", "english", "expected"),
    [
        ([], True, None),
        ([], False, "2026-01-04"),
        (["13/01/2026"], True, "2026-01-04"),
        (["01/13/2026"], True, "2026-04-01"),
        (["01/13/2026"], False, "2026-04-01"),
        (["13/01/2026", "01/13/2026"], True, None),
        (["13/01/2026", "01/13/2026"], False, None),
        (["05/01/2026 Monday"], True, "2026-01-04"),
        (["01/05/2026 Monday"], True, "2026-04-01"),
        (["05/05/2026 Tuesday"], True, None),
        (["05/01/2026 Sunday"], True, None),
        (["13.01.2026"], True, None),
    ],
)
def test_the_order_of_day_and_month_is_settled_by_the_page(
    others: list[str], english: bool, expected: str | None
) -> None:
    page = settled("04/01/2026", *others, english=english)
    assert iso("04/01/2026", page) == expected


def test_a_date_that_is_the_same_in_either_order_needs_no_settling() -> None:
    assert iso("05/05/2026") == "2026-05-05"


def test_a_day_above_twelve_settles_its_own_date() -> None:
    assert iso("13/01/2026") == "2026-01-13"
    assert iso("01/13/2026") == "2026-01-13"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], None),
        (["5 Sep 23"], None),
        (["4 Sep 23"], "2023-09-05"),
        (["4 Sep 23", "30 Aug 23"], "2023-09-05"),
        (["1 January 2023"], "2023-09-05"),
        (["1 January 2024"], None),
        (["01.01.2023"], "2023-09-05"),
    ],
)
def test_two_digits_are_a_year_where_the_page_shows_it(
    others: list[str], expected: str | None
) -> None:
    assert iso("5 Sep 23", settled("5 Sep 23", *others)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.1.26", "2026-01-09"),
        ("31.07.19", "2019-07-31"),
        ("9 Jan '26", "2026-01-09"),
        ("9.1.69", "2069-01-09"),
        ("9.1.70", "1970-01-09"),
    ],
)
def test_a_year_of_two_digits_is_the_nearest_such(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("text", "captured", "expected"),
    [
        ("Today", CAPTURED_DAY, "2026-01-14"),
        ("Yesterday", CAPTURED_DAY, "2026-01-13"),
        ("Вчера, 18:24", CAPTURED_DAY, "2026-01-13T18:24"),
        ("2 days ago", CAPTURED_DAY, "2026-01-12"),
        ("5 minutes ago", CAPTURED_DAY, "2026-01-14"),
        ("5 minutes ago", CAPTURED_CLOCK, "2026-01-14"),
        ("3 hours ago", CAPTURED_CLOCK, "2026-01-13"),
        ("1 hour ago", CAPTURED_CLOCK, "2026-01-14"),
        ("20 hours ago", CAPTURED_DAY, None),
        ("2 weeks ago", CAPTURED_CLOCK, None),
        ("1 yıl önce", CAPTURED_CLOCK, None),
        ("9 January", CAPTURED_DAY, "2026-01-09"),
        ("14 January", CAPTURED_DAY, "2026-01-14"),
        ("15 January", CAPTURED_DAY, "2025-01-15"),
        ("27 December", CAPTURED_DAY, "2025-12-27"),
        ("29 February", CAPTURED_DAY, None),
        ("29 February", StatedDate("2025-01-14", "day"), "2024-02-29"),
        ("16 Sentyabr 17:30", CAPTURED_DAY, "2025-09-16T17:30"),
        ("15:00 27.10", CAPTURED_DAY, "2025-10-27T15:00"),
        ("17:30", CAPTURED_DAY, None),
    ],
)
def test_what_is_incomplete_is_counted_from_the_day_of_capture_or_unknown(
    text: str, captured: StatedDate, expected: str | None
) -> None:
    assert iso(text, captured=captured) == expected
    assert iso(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "31 February 2026",
        "2026-02-30",
        "32/01/2026",
        "13/13/2026",
        "9 Jan 2026 25:00",
        "9 Jan 2026 17:61",
        "9 Jan 2026 13:00 pm",
        "9 Jan 2026 17:30 +25:00",
        "9 Jan 0026",
    ],
)
def test_what_is_no_day_or_clock_is_impossible(text: str) -> None:
    assert isinstance(iso(text, settled("01/13/2026")), Impossible)


@pytest.mark.parametrize("weekday", ["Monday", "Cuma", "пятница", "bazar ertəsi"])
def test_a_weekday_changes_no_date_that_is_unmistakable(weekday: str) -> None:
    assert iso(f"{weekday}, 9 January 2026") == "2026-01-09"


def test_a_weekday_that_fits_neither_order_settles_nothing() -> None:
    assert settled("04/05/2026 Friday", english=True) == Settled("unsettled", frozenset({2026}))


@pytest.mark.parametrize(
    ("glued", "expected"),
    [
        ("00:294/02/2026, Çarşamba", "2026-02-04T00:29"),
        ("22:3515/01/2026", "2026-01-15T22:35"),
        ("22:351/12/2026", "2026-12-01T22:35"),
    ],
)
def test_a_clock_glued_to_its_date_ends_after_two_digits(glued: str, expected: str) -> None:
    page = settled("22:3515/01/2026", glued)
    assert iso(glued, page) == expected


def test_every_day_of_a_year_is_read_in_its_settled_order() -> None:
    page = settled("31/01/2026")
    for number in range(365):
        day = date.fromordinal(date(2026, 1, 1).toordinal() + number)
        assert iso(f"{day.day}/{day.month}/{day.year}", page) == day.isoformat()


def test_many_days_of_one_short_year_show_how_another_is_written() -> None:
    others = ("5 Sep 13", "28 Aug 13", "30 Jun 13", "29 Jun 13")
    assert iso("12 Dec 09", settled("12 Dec 09", *others)) == "2009-12-12"
    assert iso("12 Dec 09", settled("12 Dec 09", "5 Sep 13")) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("18 listopada 2026", "pl", "2026-11-18"),
        ("18 listopada 2026", "hr", "2026-10-18"),
        ("18. listopad 2026", "cs", "2026-11-18"),
        ("18 lis 2026", "hr", "2026-10-18"),
        ("18 lis 2026", "pl", "2026-11-18"),
        ("18 lip 2026", "pl", "2026-07-18"),
        ("18 lip 2026", "hr", "2026-06-18"),
        ("18. srp 2026", "cs", "2026-08-18"),
        ("18 srp 2026", "hr", "2026-07-18"),
        ("18 listopada 2026", "en", None),
        ("18 listopada 2026", "", None),
    ],
)
def test_a_month_called_so_in_several_languages_is_that_of_the_pages_own(
    text: str, language: str, expected: str | None
) -> None:
    assert iso(text, places.settled_in([language], "")) == expected


def test_names_of_other_months_are_believed_before_the_language_that_a_template_states() -> None:
    page = settled("18 listopada 2026", "3 października 2026")
    assert iso("18 listopada 2026", page) == "2026-11-18"
    stated = msgspec.structs.replace(page, place=places.settled_in(["hr"], "").place)
    assert iso("18 listopada 2026", stated) == "2026-11-18"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wróciła łódź, której nikt już nie oczekiwał; załoga śpi, a żagle są całe.", "pl"),
        ("Vratila se lađa koju više nitko nije očekivao; noću još uvijek škripi kraj mjesta.", ""),
        ("Kući će još noćas, rekoše ribari; žene su čekale, djeca šutjela, a lađa škripala.", "hr"),
        ("Loď se vrátila, když už ji nikdo nečekal; posádka spí a plachty jsou celé.", "cs"),
        ("The boat of Łódź is back, says Wałęsa.", ""),
        ("Muñoz, Łukasz, Žižek und Müller fuhren über den Fluß, während Besançon schlief.", ""),
        ("", ""),
    ],
)
def test_letters_tell_a_language_where_there_are_many_of_one(text: str, language: str) -> None:
    assert tongues.languages_by_letters(text) == frozenset(filter(None, [language]))
