"""Dates as newspapers of the world write them: the day, its clock and its zone."""

from __future__ import annotations

import pytest

from feeds.model import StatedDate
from feeds.text import characters
from feeds.text.dates import places, resolve
from feeds.text.dates.resolve import Impossible

FORMS = [
    ("", "Feb. 3, 2025, 10:04 a.m. ET", "2025-02-03T10:04-05:00"),
    ("zh", "二〇二五年二月三日", "2025-02-03"),
    ("zh", "二〇二五年二月三日 10:04", "2025-02-03T10:04"),
    ("ja", "二〇二五年十二月二十三日", "2025-12-23"),
    ("ja", "二〇二五年一二月廿三日", "2025-12-23"),
    ("ja", "令和七年二月三日", "2025-02-03"),
    ("", "Aug. 3, 2025, 10:04 a.m. ET", "2025-08-03T10:04-04:00"),
    ("", "February 3, 2025 at 10:04 PM PT", "2025-02-03T22:04-08:00"),
    ("", "Feb. 3, 2025 10:04 AM CT", "2025-02-03T10:04-06:00"),
    ("", "Feb 3, 2025 10:04 AM Eastern Time", "2025-02-03T10:04-05:00"),
    ("", "Feb. 3, 2025 at 10 a.m. EST", "2025-02-03T10:00-05:00"),
    ("", "3 Feb 2025, 10:04 hrs", "2025-02-03T10:04"),
    ("", "Mon, Feb 3, 2025 - 10:04 AM", "2025-02-03T10:04"),
    ("", "Fri Jan 09 11:03:36 CET 2026", "2026-01-09T11:03:36+01:00"),
    ("", "Fri Jan  9 11:03:36 2026", "2026-01-09T11:03:36"),
    (
        "",
        "Fri Jan 09 2026 11:03:36 GMT+0100 (Central European Standard Time)",
        "2026-01-09T11:03:36+01:00",
    ),
    ("de", "3. Februar 2025, 10:04 Uhr MEZ", "2025-02-03T10:04+01:00"),
    ("de", "3. Februar 2025 um 10.04 Uhr", "2025-02-03T10:04"),
    ("de", "3. Februar 2025, 10 Uhr", "2025-02-03T10:00"),
    ("de", "10:04 Uhr, 3. Februar 2025", "2025-02-03T10:04"),
    ("fr", "Le 3 février 2025 à 10h04", "2025-02-03T10:04"),
    ("fr-CA", "3 février 2025 à 10 h 04 HNE", "2025-02-03T10:04-05:00"),
    ("fr", "le 03/02/2025 à 10:04", "2025-02-03T10:04"),
    ("it", "3 febbraio 2025 alle ore 10.04", "2025-02-03T10:04"),
    ("it", "3 febbraio 2025 alle 10:04", "2025-02-03T10:04"),
    ("es", "3 de febrero de 2025 a las 10:04", "2025-02-03T10:04"),
    ("es", "3 de febrero de 2025, 10:04 hs", "2025-02-03T10:04"),
    ("pt", "3 de fevereiro de 2025 às 10h04", "2025-02-03T10:04"),
    ("pt", "03/02/2025 às 10h", "2025-02-03T10:00"),
    ("ro", "3 februarie 2025, ora 10:04", "2025-02-03T10:04"),
    ("pl", "3 lutego 2025, godz. 10:04", "2025-02-03T10:04"),
    ("cs", "3. února 2025 v 10:04", "2025-02-03T10:04"),
    ("sk", "Pondelok 3. februára 2025 o 10:04", "2025-02-03T10:04"),
    ("hu", "2025. február 3. 10:04", "2025-02-03T10:04"),
    ("nl", "3 februari 2025 om 10:04", "2025-02-03T10:04"),
    ("da", "3. feb. 2025 kl. 10.04", "2025-02-03T10:04"),
    ("nb", "mandag 3. februar 2025 kl. 10:04", "2025-02-03T10:04"),
    ("sv", "måndag 3 februari 2025 kl 10.04", "2025-02-03T10:04"),
    ("fi", "3.2.2025 klo 10.04", "2025-02-03T10:04"),
    ("et", "3. veebruar 2025, kell 10:04", "2025-02-03T10:04"),
    ("lv", "2025. gada 3. februāris, plkst. 10.04", "2025-02-03T10:04"),
    ("lt", "2025 m. vasario 3 d. 10:04", "2025-02-03T10:04"),
    ("el", "3 Φεβρουαρίου 2025 στις 10:04 μ.μ.", "2025-02-03T22:04"),
    ("ru", "3 февраля 2025 г. в 10:04 МСК", "2025-02-03T10:04+03:00"),
    ("ru", "3 февраля 2025, 10:04 (мск)", "2025-02-03T10:04+03:00"),
    ("uk", "3 лютого 2025, 10:04", "2025-02-03T10:04"),
    ("tr", "3 Şubat 2025 Pazartesi, saat 10:04", "2025-02-03T10:04"),
    ("az", "3 fevral 2025, saat 10:04", "2025-02-03T10:04"),
    ("ar", "3 فبراير 2025 الساعة 10:04 صباحًا", "2025-02-03T10:04"),
    ("hi", "3 फ़रवरी 2025, 10:04 पूर्वाह्न", "2025-02-03T10:04"),
    ("hi", "3 फ़रवरी 2025, 10:04 अपराह्न", "2025-02-03T22:04"),
    ("bn", "৩ ফেব্রুয়ারি ২০২৫, ১০:০৪", "2025-02-03T10:04"),
    ("vi", "Thứ Hai, 3/2/2025, 10:04 (GMT+7)", "2025-02-03T10:04+07:00"),
    ("id", "Senin, 3 Februari 2025 pukul 10.04 WITA", "2025-02-03T10:04+08:00"),
    ("id", "3 Februari 2025 | 10.04 WIB", "2025-02-03T10:04+07:00"),
    ("th", "3 กุมภาพันธ์ 2568 เวลา 10.04 น.", "2025-02-03T10:04"),
    ("ko", "2025년 2월 3일 오전 10:04", "2025-02-03T10:04"),
    ("ko", "2025.02.03. (월) 오후 2:04", "2025-02-03T14:04"),
    ("ja", "2025年2月3日(月) 10時04分", "2025-02-03T10:04"),
    ("ja", "2025年2月3日 午後2時04分", "2025-02-03T14:04"),
    ("zh", "2025年2月3日 上午10:04", "2025-02-03T10:04"),
    ("zh", "2025年2月3日 晚上8点4分", "2025-02-03T20:04"),
]


def read(language: str, text: str, address: str = "") -> str | None:
    settled = places.settled_in([language], address)
    stated = resolve.read_any_date(characters.cleaned(text), settled)
    return stated.iso if isinstance(stated, StatedDate) else None


@pytest.mark.parametrize(("language", "text", "iso"), FORMS)
def test_a_usual_form_is_read_with_its_clock_and_zone(language: str, text: str, iso: str) -> None:
    assert read(language, text) == iso


@pytest.mark.parametrize(
    ("language", "address", "zone", "offset"),
    [
        ("en-IN", "", "IST", "+05:30"),
        ("hi", "", "IST", "+05:30"),
        ("he", "", "IST", "+02:00"),
        ("he-IL", "", "IST", "+02:00"),
        ("ga-IE", "", "IST", "+01:00"),
        ("en", "https://news.example.ie/a", "IST", "+01:00"),
        ("en-GB", "", "BST", "+01:00"),
        ("en", "", "BST", "+01:00"),
        ("bn", "", "BST", "+06:00"),
        ("en", "https://news.example.bd/a", "BST", "+06:00"),
        ("en-US", "", "CST", "-06:00"),
        ("zh-CN", "", "CST", "+08:00"),
        ("en", "https://news.example.cn/a", "CST", "+08:00"),
        ("ar", "", "AST", "+03:00"),
        ("en-CA", "", "AST", "-04:00"),
        ("en-PH", "", "PST", "+08:00"),
        ("en-AU", "", "EST", "+10:00"),
        ("de", "", "EST", "-05:00"),
        # of nobody's knowing: the clock stays
        ("en", "", "IST", ""),
        ("de", "", "BST", ""),
        ("", "", "CST", ""),
        ("en", "", "AST", ""),
        ("en", "", "QQT", ""),
    ],
)
def test_letters_with_several_meanings_are_settled_by_country_or_language(
    language: str, address: str, zone: str, offset: str
) -> None:
    text = f"3 Feb 2025 10:04 {zone}"
    assert read(language, text, address) == f"2025-02-03T10:04{offset}"
    settled = places.settled_in([language], address)
    stated = resolve.read_date(text, settled)
    assert isinstance(stated, StatedDate)
    assert resolve.unsettled_zone(text, stated, settled) == ("" if offset else zone)


@pytest.mark.parametrize(
    ("language", "address", "iso"),
    [
        ("en-GB", "", "2025-02-03"),
        ("en_US", "", "2025-03-02"),
        ("en-IN", "", "2025-02-03"),
        ("en-ZA", "", "2025-02-03"),
        ("fil", "", "2025-03-02"),
        ("es-PR", "", "2025-03-02"),
        ("es-MX", "", "2025-02-03"),
        ("zh-Hant-HK", "", "2025-02-03"),
        ("en", "https://news.example.co.uk/a", "2025-02-03"),
        ("en", "", None),
        ("en", "https://news.example.io/a", None),
        ("en-CA", "", None),
        ("ja", "", None),
        ("en-US", "https://news.example.co.uk/a", None),
        ("", "", None),
    ],
)
def test_day_and_month_in_figures_are_settled_by_the_language(
    language: str, address: str, iso: str | None
) -> None:
    assert read(language, "03/02/2025", address) == iso


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("fa", "دوشنبه ۱۵ بهمن ۱۴۰۳ - ۱۴:۵۲", "2025-02-03T14:52"),
        ("", "۱۵ بهمن ۱۴۰۳", "2025-02-03"),
        ("fa", "۱۴۰۳/۱۱/۱۵", "2025-02-03"),
        ("prs", "۱۵ دلو ۱۴۰۳", "2025-02-03"),
        ("ar", "الاثنين 4 شعبان 1446هـ", "2025-02-03"),
        ("ar", "4 شعبان 1446 هـ الموافق 3 فبراير 2025 م", "2025-02-03"),
        ("ar", "3 فبراير 2025 - 4 شعبان 1446 هـ", "2025-02-03"),
        ("ja", "令和7年2月3日 10時04分", "2025-02-03T10:04"),
        ("ja", "令和元年5月1日", "2019-05-01"),
        ("zh-TW", "中華民國114年2月3日", "2025-02-03"),
        ("th", "3 ก.พ. 2568", "2025-02-03"),
        ("th", "3 กุมภาพันธ์ พ.ศ. 2568", "2025-02-03"),
    ],
)
def test_a_day_of_another_calendar_is_the_same_day_in_ours(
    language: str, text: str, iso: str
) -> None:
    assert read(language, text) == iso


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "۳۱ اسفند ۱۴۰۲"),  # which had twenty-nine days
        ("ar", "31 شعبان 1446"),
        ("fa", "۱۴۰۳/۱۳/۱۵"),
    ],
)
def test_a_day_that_another_calendar_has_not_is_impossible(language: str, text: str) -> None:
    settled = places.settled_in([language], "")
    assert isinstance(resolve.read_date(characters.cleaned(text), settled), Impossible)


@pytest.mark.parametrize(
    "text",
    [
        "R7.2.3",
        "Version 2.3.2025 10.04 of the program",
        "3 Feb 2025, 10.04 euros",
        "3 Feb 2025 10:04 AFP",
        "26 ጥር 2017",
        "20 মাঘ 1431",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read("en-GB", text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20260109T110336Z", "2026-01-09T11:03:36+00:00"),
        ("20260109", "2026-01-09"),
        ("2026-01-09 11:03:36.0", "2026-01-09T11:03:36"),
        ("2026-01-09T11:03:36+01", "2026-01-09T11:03:36+01:00"),
        ("2026-01-09T11:03:36+01:00[Europe/Berlin]", "2026-01-09T11:03:36+01:00"),
        ("1767956616000", "2026-01-09T11:03:36+00:00"),
        ("1767956616", "2026-01-09T11:03:36+00:00"),
        ("09.01.2026 11:03", "2026-01-09T11:03"),
        ("Fri, 09 Jan 2026 11:03:36 GMT", "2026-01-09T11:03:36+00:00"),
        (
            "Fri Jan 09 2026 10:45:00 GMT+0100 (Central European Time)",
            "2026-01-09T10:45:00+01:00",
        ),
    ],
)
def test_a_date_for_machines_is_read_in_odd_forms_too(text: str, iso: str) -> None:
    assert read("", text) == iso


@pytest.mark.parametrize("year", [1, 1404, 1447, 1890, 1970, 2081, 2568, 9998])
def test_no_page_is_of_such_a_year(year: int) -> None:
    assert not resolve.is_of_a_page(StatedDate(f"{year:04}-02-03", "day"))
    assert resolve.is_of_a_page(StatedDate("1998-03-12", "day"))
