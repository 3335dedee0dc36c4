"""Dates as people write them, found in a line of text.

Rules
- A line may be nothing but a date, or a date with something before or after it; both are
  told, and the caller decides what it takes for a date. Dates without a year or day are
  told too, but never become a date by themselves: nothing is filled in from today.
- Names of days and months are CLDR's, asked through dateutil's ``parserinfo``. The plain
  forms that most lists are written in go a shorter way, to the same result.
- A long line that ends as a sentence does is not searched: what it says of days is prose.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from feeds.text.dates import calendars, clocks, zones
from feeds.text.dates.stamp import (
    LETTERS,
    LONGEST_AGO,
    MARKS,
    UNDECIDED,
    Stamp,
    widened,
    with_day_word,
)
from feeds.text.patterns import compile_late

__all__ = ["Stamp", "find_plain_stamp", "find_stamp", "find_stamp_in_words", "may_be_dated"]


_S = r"[\s.,،、፣/|–-]{0,4}"
_YEAR = r"(?P<year>\d{4}|['’]\d\d|\d\d)(?![\d:]|,? \d{4}(?!\d))"
_SHAPES = tuple(
    (shape, compile_late(pattern))
    for shape, pattern in (
        (
            "iso",
            r"(?<![\d.,/-])(?P<year>\d{4})([-./]) ?(?P<month>\d{1,2})\2 ?(?P<day>\d{1,2})(?!\d)",
        ),
        (
            "numeric",
            r"(?<![\d/-])(?P<day>\d{1,2})\s?(?P<mark>[./-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?"
            r"(?P<year>\d{4}|\d{2})(?![\d/]|[.:]\d|-[\w-])",
        ),
        (
            "iso",
            r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        ),
        (
            "named",
            rf"(?<![\d.:])(?<!\d[-–])(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|er|-?го)?{_S}"
            rf"(?:of |de |d')?(?P<name>{LETTERS}(?: {LETTERS}| \d{{1,2}})??){_S}"
            rf"(?:of |de |del )?{_YEAR}",
        ),
        (
            "named",
            rf"(?<!\w)(?P<name>{LETTERS})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? "
            r"(?P<year>\d{4}|['’]\d\d)(?!\d)",
        ),
        (
            "named",
            rf"(?<!\d)(?P<year>\d{{4}})\.?,? (?:{LETTERS}\.? )?(?P<name>{LETTERS})\.? "
            r"(?P<day>\d{1,2})(?![\d:])",
        ),
        (
            "named",
            r"(?<!\d)(?P<year>\d{4})[\s.-]{0,2}(?:[^\W\d_]{1,2}\.?|gada),? "
            rf"(?P<day>\d{{1,2}})[\s.-]{{1,2}}(?P<name>{LETTERS})",
        ),
    )
)
# Thai abbreviations have a full stop inside: 3 ก.พ. 2568
_THAI = compile_late(
    r"(?<!\d)(?P<day>\d{1,2}) ?(?P<name>[\u0e01-\u0e4e]{1,4}\.[\u0e01-\u0e2e]{1,2})\.? ?"
    r"(?P<year>\d{4})(?!\d)"
)
# as C and Java write it: Fri Jan 09 11:03:36 CET 2026
_OF_MACHINES = compile_late(
    rf"(?<!\w)(?P<name>{LETTERS}) {{1,2}}(?P<day>\d{{1,2}}) (?P<clock>\d\d:\d\d(?::\d\d)?)"
    r"(?P<zone> [A-Z]{1,5}(?![a-z])(?:[+-]\d\d:\d\d)?| [+-]\d{4})? (?P<year>\d{4})(?!\d)"
)
_YEARLESS = tuple(
    compile_late(pattern)
    for pattern in (
        rf"(?<![\d.:])(?P<day>\d{{1,2}})\.?\s(?:de )?(?P<name>{LETTERS})\.?",
        rf"(?<!\w)(?P<name>{LETTERS})\.? (?P<day>\d{{1,2}})(?![\d:])",
        r"(?<![\d年년])(?<![年년] )(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        r"(?<![\d.:])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?(?![\d.:]| ?(?:Uhr|h\b))",
    )
)
# A clock glued to the date that follows it: minutes always have two digits.
_GLUED = compile_late(r"(?<=\d:\d\d)(?=\d{1,2}[./-]\d{1,2}[./-]\d{4})|(?<=-\d\d)T(?=\d\d:\d\d)")
_UNIX = compile_late(r"1\d{9}(?:\d{3})?")
_LONGEST = 240
_LONGEST_WEEKDAY = 20


_PLAIN = compile_late(
    r"(\d{1,2})(?:[. /-]{1,2}([A-Za-z]{3,9})\.?[. /,-]{1,2}|\.(\d{1,2})\.)(\d{4})"
    r"(?:,? (\d{1,2}:\d\d(?::\d\d)?))?",
    re.ASCII,
)
_DIGIT = compile_late(r"\d")
_FOREIGN_DIGIT = compile_late(r"[^\D0-9]")
_LONGEST_PLAIN = 32
_LONGEST_LINE = 60
# which are months for short in some language, and mean much else in those that most read
_NO_MONTHS = frozenset("de no par la se di van met och ile dan das was aus du su".split())
_SENTENCE = (".", "!", "?", '."', ".”", ".»", '?"', "?”")


def find_stamp(text: str) -> Stamp | None:
    """The date in ``text``, a line; None if there is none, or if the line is a sentence."""
    if "年" in text:
        text = calendars.with_figures(text)
    if len(text) <= _LONGEST_PLAIN:
        if text[:1].isdigit() and (stamp := find_plain_stamp(text)):
            return stamp
        if not _has_digit(text):
            return _day_word(text)
    elif (
        len(text) > _LONGEST
        or not _has_digit(text)
        or (len(text) > _LONGEST_LINE and text.endswith(_SENTENCE) and not _is_dated_sentence(text))
    ):
        return None
    return _search(text)


def may_be_dated(text: str) -> bool:
    """Whether ``text`` has what every day is written with, and few lines are."""
    return _has_digit(text) or "年" in text


def _has_digit(text: str) -> bool:
    if text.isascii():  # half the time that a pattern takes, and every line is asked
        return len(text.encode().translate(None, b"0123456789")) < len(text)
    return _DIGIT.search(text) is not None


def _is_dated_sentence(text: str) -> bool:
    """Whether a sentence may be a headline with its date and a teaser, or begin with a date."""
    return text[0].isdigit() or " — " in text or " – " in text


def find_plain_stamp(text: str) -> Stamp | None:
    """The stamp of a line in one of the plainest forms: 09.Jan.2026, 9 May 2026, 10:30."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    day, name, number, year, clock = match.groups("")
    clock = clock.zfill(5) if len(clock) < 6 and clock else clock.zfill(8) if clock else ""
    if not name:
        return Stamp(text, "", "", "dotted", int(year), int(number), int(day), clock)
    if not (month := _known_month(name)):
        return None
    return Stamp(text, "", "", "named", int(year), month, int(day), clock, name=name)


@lru_cache(maxsize=2000)
def _search(text: str) -> Stamp | None:
    if _FOREIGN_DIGIT.search(text):
        text = _latin_digits(text)
    if text.isdecimal():
        return Stamp(text, "", "", "unix") if _UNIX.fullmatch(text) else None
    text = _GLUED.sub(" ", text)
    if not text.isascii():
        text = calendars.with_common_years(text)
        if other := calendars.find_day(text):
            return _of_other_calendar(text, other)
    return _full(text) or _incomplete(text)


def _of_other_calendar(text: str, found: re.Match[str]) -> Stamp:
    """The day that ``text`` states, once in another calendar and perhaps in ours as well."""
    if stamp := _full(calendars.without_day(text, found)):
        return stamp
    calendar, month = calendars.month_of(found["name"])
    before, after = text[: found.start()], text[found.end() :]
    day, year = int(found["day"]), int(found["year"])
    return widened(Stamp(found[0], before, after, "named", year, month, day, calendar=calendar))


def _full(text: str) -> Stamp | None:
    """The first whole day of our calendar in ``text``."""
    for shape, pattern in _SHAPES:
        for match in pattern.finditer(text):
            if stamp := _made(text, match, shape):
                return stamp
    rare = _THAI if not text.isascii() else _OF_MACHINES if ":" in text else None
    found = rare.search(text) if rare else None
    return _made(text, found, "named") if found else None


def _latin_digits(text: str) -> str:
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)


def _made(text: str, match: re.Match[str], shape: str) -> Stamp | None:
    parts = match.groupdict()
    name, year = parts.get("name") or "", (parts.get("year") or "").lstrip("'’")
    month = _month(name) if name else int(parts["month"] or 0)
    if name and not month:
        return None
    if shape == "numeric" and parts["mark"] == ".":
        shape = "dotted"
    short = len(year) == 2
    number = calendars.year_of(int(year or 0), name)
    if short:
        number += 2000 if number < 70 else 1900
    zone = zones.at(parts["zone"], 0)[0] if parts.get("zone") else ""
    stamp = Stamp(
        match.group(),
        text[: match.start()],
        text[match.end() :],
        shape,
        number,
        month,
        int(parts["day"] or 0),
        parts.get("clock") or "",
        zone,
        name=name,
        short_year=short and not (parts["year"] or "").startswith(("'", "’")),
    )
    return widened(stamp)


def _incomplete(text: str) -> Stamp | None:
    """A date without year, a clock, or a relative time."""
    from feeds.text.dates import names as vocabulary  # late: most pages' dates are plain

    clock = clocks.find(text)
    words = text.strip(MARKS)
    if not clock and len(words) <= LONGEST_AGO and (told := vocabulary.ago(words)):
        return Stamp(text, "", "", "relative", ago=told)
    for pattern in _YEARLESS:
        for match in pattern.finditer(text):
            rest = (text[: match.start()] + text[match.end() :]).strip(MARKS)
            parts = match.groupdict()
            name = parts.get("name") or ""
            is_named = bool(name) or "日" in match[0] or "일" in match[0]
            if not clock and not is_named:
                continue
            month = _month(name) if name else int(parts["month"] or 0)
            day = int(parts["day"] or 0)
            if month and 0 < day < 32 and month < 13:
                before, after = text[: match.start()], text[match.end() :]
                found = Stamp(match.group(), before, after, "yearless", 0, month, day, name=name)
                if clock or not rest or len(rest) <= _LONGEST_WEEKDAY:
                    found = widened(found)
                    if clock or found.alone:
                        return found
    if clock and clocks.is_one(clock.told):  # 25:00 is a score
        zone, end = zones.at(text, clock.end)
        before, after = text[: clock.start], text[end:]
        written = text[clock.start : end].strip()
        return with_day_word(Stamp(written, before, after, "clock", clock=clock.told, zone=zone))
    return None


def find_stamp_in_words(text: str) -> Stamp | None:
    """The relative time that ``text`` states without a digit: "an hour ago"."""
    from feeds.text.dates import names as vocabulary

    words = text.strip(MARKS)
    told = vocabulary.ago(words) if 0 < words.count(" ") < 4 and len(words) < 24 else None
    return Stamp(text, "", "", "relative", ago=told) if told else None


def _day_word(text: str) -> Stamp | None:
    word = text.strip(MARKS)
    if not 2 < len(word) <= 12 or " " in word:
        return None
    from feeds.text.dates import names as vocabulary

    days = vocabulary.days_ago(word)
    return None if days is None else Stamp(text, "", "", "relative", ago=(days, "day"))


def _month(name: str) -> int:
    """The number of the month called ``name``; 0 for none, UNDECIDED for several."""
    if (known := _known_month(name)) or name.lower() in _NO_MONTHS:
        return known
    from feeds.text.dates import names as vocabulary

    return vocabulary.month(name) or (UNDECIDED if vocabulary.months(name) else 0)


@cache
def _english() -> dict[str, int]:
    from dateutil.parser import parserinfo

    return {
        name.lower(): number
        for number, names in enumerate(parserinfo.MONTHS, start=1)
        for name in names
    }


@lru_cache(maxsize=500)
def _known_month(name: str) -> int:
    return _english().get(name.lower(), 0)
