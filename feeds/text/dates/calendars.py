"""Days of other calendars than the Gregorian: which those are that a line states.

Rules
- A day is converted only if the line says of which calendar it is: by the name of a month that
  no other has, or of an era. Figures alone say it only in Persian and Dari.
- A day that is stated in two calendars is the Gregorian one.
- Buddhist years are counted by Thai pages, the Republic of China's and the Japanese emperors' by
  their name: their months and days are Gregorian.
- Whole days in Chinese numerals are days in figures.
- Islamic days are those of Umm al-Qura, the calendar by which newspapers date.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from feeds.text.patterns import compile_late

Calendar = Literal["", "persian", "islamic"]

_PERSIAN = (
    "فروردین|فروردين|حمل",
    "اردیبهشت|ارديبهشت|ثور",
    "خرداد|جوزا",
    "تیر|تير|سرطان",
    "مرداد|امرداد|اسد",
    "شهریور|شهريور|سنبله",
    "مهر|میزان",
    "آبان|ابان|عقرب",
    "آذر|اذر|قوس",
    "دی|دي|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
)
_ISLAMIC = (
    "محرم|المحرم|محرم الحرام",
    "صفر|صفر المظفر|صفر المظفّر",
    "ربيع الأول|ربيع الاول|ربیع الاول|ربیع الأول|ربیع‌الاول",
    "ربيع الآخر|ربيع الثاني|ربیع الثانی|ربیع الآخر|ربيع الاخر|ربیع‌الثانی",
    "جمادى الأولى|جمادى الاولى|جمادی الاول|جمادی الاولی|جمادي الأولى|جمادی‌الاول",
    "جمادى الآخرة|جمادى الثانية|جمادی الثانی|جمادي الآخرة|جمادى الاخرة|جمادی‌الثانی",
    "رجب|رجب المرجب",
    "شعبان|شعبان المعظم",
    "رمضان|رمضان المبارك|رمضان المبارک",
    "شوال|شوال المكرم",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذی القعده|ذیقعده|ذوالقعده|ذی‌القعده",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذی الحجه|ذیحجه|ذوالحجه|ذی‌الحجه",
)


def _months(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, line in enumerate(names, 1) for name in line.split("|")}


_MONTHS: dict[str, tuple[Calendar, int]] = {
    **{name: ("persian", number) for name, number in _months(_PERSIAN).items()},
    **{name: ("islamic", number) for name, number in _months(_ISLAMIC).items()},
}
_LETTER = compile_late("[\u0621-\u06cc]")
_DAY = compile_late(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?:من\s+)?(?:شهر\s+)?"
    rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))}),?،?\s+"
    r"(?:سنة\s+|عام\s+|سال\s+)?(?P<year>1[34]\d\d)(?!\d)(?:\s?هـ|\s?ه(?!\w)|\s?ق(?!\w))?"
)
_SAME = compile_late(r"(?:^|[\s,،/|-])(?:الموافق|الموافق لـ|برابر با|مصادف با|م)(?=\s|$|\d)")
_FIRST, _LAST = 1300, 1499

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = compile_late(rf"(?:中華)?({'|'.join(_ERAS)})\s?(\d{{1,3}}|元)\s?年")
_BUDDHIST = compile_late(r"พ\.?\s?ศ\.?\s?(2[45]\d\d)(?!\d)")
_COMMON = compile_late(r"ค\.?\s?ศ\.?\s?(?=\d{4})")
_THAI = compile_late("[\u0e01-\u0e3a]")
_BEFORE_CHRIST = 543


def with_common_years(text: str) -> str:
    """``text``, in which years that are counted from another beginning are counted as here."""
    text = _ERA.sub(lambda era: f"{_ERAS[era[1]] + int(era[2].replace('元', '1'))}年", text)
    text = _BUDDHIST.sub(lambda year: str(int(year[1]) - _BEFORE_CHRIST), text)
    return _COMMON.sub("", text)


_NUMERALS = "〇一二三四五六七八九"
_IN_NUMERALS = compile_late(
    r"(?P<year>[〇零一二三四五六七八九]{4}|(?<=令和|平成|昭和|民國|民国)[一二三四五六七八九十]{1,3})年"
    r"(?P<month>[〇零一二三四五六七八九十]{1,2})月(?P<day>[〇零一二三四五六七八九十廿]{1,3})日"
)


def with_figures(text: str) -> str:
    """``text``, in which days that are written in Chinese numerals are written in figures."""
    return _IN_NUMERALS.sub(_in_figures, text)


def _in_figures(day: re.Match[str]) -> str:
    return f"{_figures(day['year'])}年{_figures(day['month'])}月{_figures(day['day'])}日"


def _figures(numerals: str) -> str:
    numerals = numerals.replace("零", "〇").replace("廿", "二十")
    digits = "".join(str(_NUMERALS.find(sign)) for sign in numerals if sign != "十")
    if "十" not in numerals:
        return digits
    tens, ones = (_NUMERALS.find(part) if part else 0 for part in numerals.split("十", 1))
    return str((tens or 1) * 10 + ones)


def year_of(year: int, name: str) -> int:
    """The year that ``year`` is beside a month called ``name``."""
    return year - _BEFORE_CHRIST if 2400 < year < 2700 and _THAI.match(name) else year


def find_day(text: str) -> re.Match[str] | None:
    """The day of another calendar that is named in ``text``: its day, name and year."""
    return _DAY.search(text) if _LETTER.search(text) else None


def without_day(text: str, found: re.Match[str]) -> str:
    """``text`` without the day that was found, and without the words for "that is"."""
    return _SAME.sub(" ", text[: found.start()] + " " + text[found.end() :]).strip(" -/|,،")


def month_of(name: str) -> tuple[Calendar, int]:
    """The calendar of the month called ``name``, and its number."""
    return _MONTHS[name]


def is_persian(year: int, language: str) -> bool:
    """Whether a year in figures on a page in that language is one of the Persian calendar."""
    return language in {"fa", "prs"} and _FIRST < year < _LAST


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The day that this day of another calendar is; raises ValueError if there is none such."""
    if calendar == "persian":
        from persiantools.jdatetime import JalaliDate  # late: few pages need it

        persian = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]  # theirs
        return date.fromisoformat(persian.to_gregorian().isoformat())
    from hijridate import Hijri

    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except OverflowError as error:
        raise ValueError(year) from error
