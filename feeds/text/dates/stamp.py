"""What a date is made of beside day, month and year: the weekday, clock and zone around it.

A date that was found in a line takes in the words next to it that belong to it. What is left
of the line on either side is not the date's.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec
from msgspec.structs import replace

from feeds.text.dates import clocks, zones
from feeds.text.dates.calendars import Calendar
from feeds.text.patterns import compile_late

MARKS = " \t.,;:،؛、，。፣፡፥|/()[]{}<>·•●▪►»*–—-+#\u200e\u200f"
_BETWEEN = " \t,;:،؛、，፣፡፥|/·•–—-+#\u200e\u200f"
LETTERS = r"""[^\W\d_](?:[^\s\d.,;:،؛、，。፣፡፥!?()\[\]{}|/"«»“”„•·–—+=<>*&%$#@_-])*"""
LONGEST_AGO = 28

_SEPARATOR = compile_late(r"[\s,.،؛、，。፣፡፥|/()·•–—:@-]*")
_WORD = compile_late(LETTERS)
_LAST_WORD = compile_late(rf"(?:^|(?<=[\s.,|/()–-]))({LETTERS})\.?$")
# days that are called "sexta-feira" or "çərşənbə axşamı"
_WORDS = compile_late(rf"{LETTERS}[ -]{LETTERS}")
_LAST_WORDS = compile_late(rf"(?:^|(?<=[\s.,|/()–-]))({LETTERS}[ -]{LETTERS})$")
# 2025年2月3日(月), 2025. 2. 3.(월)
_SIGNS_OF_DAYS = "月火水木金土日월화수목금토일一二三四五六日"
_SIGN_OF_DAY = compile_late(
    rf"[\s.]*(?:[(（【](?P<in>[{_SIGNS_OF_DAYS}])(?:曜日?|요일)?[)）】]|(?P<of>[{_SIGNS_OF_DAYS}])曜日?)"
)
_LONGEST_CLOCK = 40
_LONGEST_SHORT = 3
_YEAR_WORDS = frozenset(
    "года год г р року рік r roku م il yil yılı წლის წ թ թվականի ж ел d m le el den".split()
)


# which are days for short in one language, and mean much else in those that most read
_SMALL_WORDS = frozenset(
    "on in to or is as are we per par del la lo gli al su die den sin se na nas ao van te ten "
    "met og ja je ve po ile bir bu ki ke vi".split()
)
_BEHIND_YEARS = _YEAR_WORDS - {"d", "m", "le", "el", "den"}

UNDECIDED = -1
"""The month of a name that means one month in one language and another in another."""


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """What a line says of a time. Numbers are as written; 0 for a missing day, month or year.

    ``before`` and ``after`` are the rest of the line. ``shape`` says how it was written:
    "named", "dotted", "numeric" (day and month may be swapped), "iso", "yearless", "clock"
    (no day at all), "relative" or "unix". ``clock`` and ``zone`` are as ``clocks`` and ``zones``
    tell them. ``ago`` is how long before the page was saved, with its unit; ``short_year``: two
    digits that may be a day as well. ``calendar`` is that of day, month and year.
    """

    text: str
    before: str
    after: str
    shape: str
    year: int = 0
    month: int = 0
    day: int = 0
    clock: str = ""
    zone: str = ""
    weekday: int = -1
    ago: tuple[int, str] | None = None
    name: str = ""
    short_year: bool = False
    calendar: Calendar = ""

    @property
    def alone(self) -> bool:
        """Whether nothing but the date stands on the line."""
        return not self.before and not self.after

    @property
    def full(self) -> bool:
        """Whether day, month and year are there."""
        return self.shape in ("named", "dotted", "numeric", "iso", "unix")


def widened(stamp: Stamp) -> Stamp:
    """``stamp`` with the weekday, the clock and the small words around it taken in."""
    return _trimmed(_leftwards(_rightwards(stamp)))


def _rightwards(stamp: Stamp) -> Stamp:
    after, moved, introduced = stamp.after, True, False
    while moved and after:
        moved = False
        skipped = _SEPARATOR.match(after)
        start = skipped.end() if skipped else 0
        if stamp.clock and not stamp.zone and (zone := zones.at(after, 0))[0]:
            stamp, after, moved = replace(stamp, zone=zone[0]), after[zone[1] :], True
        elif not stamp.clock and (
            clock := clocks.at(after, start, introduced=introduced, ends=not stamp.short_year)
        ):
            stamp, after, moved = replace(stamp, clock=clock.told), after[clock.end :], True
        elif stamp.weekday < 0 and (sign := _SIGN_OF_DAY.match(after)):
            weekday = _SIGNS_OF_DAYS.index(sign["in"] or sign["of"]) % 7
            stamp, after, moved = replace(stamp, weekday=weekday), after[sign.end() :], True
        elif (words := _WORDS.match(after, start)) and (named := _on_day(stamp, words[0])):
            stamp, after, moved = named, after[words.end() :], True
        elif word := _WORD.match(after, start):
            taken = _with_word(stamp, word[0], after[word.end() :])
            # "La" or "El" with a capital begins what stands behind the date
            begins = taken is stamp and word[0].istitle() and bool(after[word.end() :].strip(MARKS))
            if taken is not None and not begins:
                introduced = taken is stamp
                stamp, after, moved = taken, after[word.end() :], True
    return replace(stamp, after=after)


def _leftwards(stamp: Stamp) -> Stamp:
    before, moved = stamp.before, True
    while moved and before.strip(MARKS):
        moved = False
        bare = before.rstrip(MARKS)
        end = bare[-_LONGEST_CLOCK:]
        if not stamp.clock and (found := _clock_at_the_end(end)):
            start = len(bare) - len(end) + found[0].start
            stamp, moved = replace(stamp, clock=found[0].told, zone=found[1] or stamp.zone), True
            before = bare[:start]
        elif (words := _LAST_WORDS.search(end)) and (named := _on_day(stamp, words[1])):
            start = len(bare) - len(end) + words.start()
            stamp, before, moved = named, bare[:start], True
        elif word := _LAST_WORD.search(end):
            # what follows a year stands before no date: "book of 1987 года 30 ноября"
            behind = word[1].lower().rstrip(".") in _BEHIND_YEARS
            taken = None if behind else _with_word(stamp, word[1], "")
            if taken is not None:
                start = len(bare) - len(end) + word.start()
                stamp, before, moved = taken, bare[:start], True
    return replace(stamp, before=before)


def _clock_at_the_end(text: str) -> tuple[clocks.Clock, str] | None:
    """The clock at the end of ``text``, and the zone that may stand behind it."""
    clock = clocks.last(text) if ":" in text or "h" in text or "." in text else None
    if clock is None:
        return None
    zone, end = zones.at(text, clock.end)
    return (clock, zone) if end == len(text) else None


def _trimmed(stamp: Stamp) -> Stamp:
    """``stamp`` with the rest of its line cut off from it cleanly."""
    before = stamp.before.strip().rstrip(_BETWEEN + "([{<").rstrip()
    after = stamp.after.strip().lstrip(_BETWEEN + ")]}>").lstrip()
    return replace(stamp, before=_unless_ago(before), after=_unless_ago(after))


def _unless_ago(text: str) -> str:
    """``text``; empty if it is only marks, or only says how long ago the date is."""
    if not text.strip(MARKS):
        return ""
    if text[:1].isdigit() and " " in text and len(text) <= LONGEST_AGO:
        from feeds.text.dates import names  # late: most pages' dates are plain

        return "" if names.ago(text) else text
    return text


def _with_word(stamp: Stamp, word: str, following: str) -> Stamp | None:
    """``stamp`` with ``word`` beside it taken in; None if the word is no part of a date."""
    from feeds.text.dates import names

    folded = names.fold(word)
    if folded in _YEAR_WORDS or (
        folded in clocks.WORDS and (stamp.clock or _introduces_a_clock(following))
    ):
        return stamp
    return _on_day(stamp, word) if len(word) > 1 else None


def _introduces_a_clock(following: str) -> bool:
    """Whether a clock follows, or another word for it and then a clock: "alle ore 10.04"."""
    from feeds.text.dates import names

    following = following.lstrip(" .:")
    if (word := _WORD.match(following)) and names.fold(word[0]) in clocks.WORDS:
        following = following[word.end() :].lstrip(" .:")
    return clocks.at(following, 0, introduced=True) is not None


def _on_day(stamp: Stamp, words: str) -> Stamp | None:
    """``stamp`` with the weekday called ``words``; None if it has one, or none is called so."""
    if stamp.weekday >= 0:
        return None
    from feeds.text.dates import names

    day = names.weekday(words) if words.lower() not in _SMALL_WORDS else None
    if day is None:  # "Do" is one day here and another there, and "on" none at all
        return stamp if words.lower() in _SMALL_WORDS or names.is_some_weekday(words) else None
    # "lit" is a weekday somewhere, and another word nearly everywhere
    rare = len(words) <= _LONGEST_SHORT and not names.is_english_weekday(words)
    if rare and not may_fall_on(stamp, day):
        return None
    return replace(stamp, weekday=day)


def may_fall_on(stamp: Stamp, weekday: int) -> bool:
    """Whether the day of ``stamp`` is such a weekday, in whichever order it has its numbers."""
    if not stamp.full or stamp.calendar or not stamp.year:
        return True
    orders = [(stamp.month, stamp.day)]
    if stamp.shape == "numeric":
        orders.append((stamp.day, stamp.month))
    for month, day in orders:
        try:
            if date(stamp.year, month, day).weekday() == weekday:
                return True
        except ValueError:
            continue
    return False


def with_day_word(stamp: Stamp) -> Stamp:
    """``stamp``, a clock, with the "yesterday" that may stand before it."""
    from feeds.text.dates import names

    before = stamp.before.rstrip(MARKS)
    if word := re.search(rf"({LETTERS})$", before[-24:]):
        days = names.days_ago(word[1])
        if days is not None:
            left = before[: len(before) - len(word[1])]
            stamp = replace(stamp, before=left, shape="relative", ago=(days, "day"))
    return _trimmed(stamp)
