"""What a date is made of beside day, month and year: the weekday, clock and zone around it.

A date that was found in a line takes in the words next to it that belong to it. What is left
of the line on either side is not the date's.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

# RFC 822, section 5.1, and those of Europe; others are not told apart by their letters.
ZONES = {
    "GMT": 0, "UTC": 0, "WET": 0, "Z": 0, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "МСК": 3,
}  # fmt: skip
MARKS = " \t.,;:،؛、，。፣፡፥|/()[]{}<>·•●▪►»*–—-+#\u200e\u200f"
_BETWEEN = " \t,;:،؛、，፣፡፥|/·•–—-+#\u200e\u200f"
LETTERS = r"""[^\W\d_](?:[^\s\d.,;:،؛、，。፣፡፥!?()\[\]{}|/"«»“”„•·–—+=<>*&%$#@_-])*"""
LONGEST_AGO = 28

_PLAIN_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:\.\d{3,6})?)?(?![\d:])"
CLOCK = re.compile(
    rf"(?<![\d:])({_PLAIN_CLOCK}|(?:[01]?\d|2[0-3])[.h][0-5]\d(?= ?(?:Uhr|h|óra))|\d\d?h[0-5]\d)"
    r"(?P<more> ?(?:[ap]\.? ?m\b\.?|[^\W\d_a-zA-Z]{1,12}(?![\w])))?"
    rf"(?P<zone> ?(?:\(?(?:GMT|UTC)? ?[+-]\d{{1,2}}(?::?\d\d)?\)?|(?-i:{'|'.join(ZONES)})\b))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[\s,.،؛、，。፣፡፥|/()·•–—:-]*")
_WORD = re.compile(LETTERS)
_LAST_WORD = re.compile(rf"(?:^|(?<=[\s.,|/()–-]))({LETTERS})\.?$")
# days that are called "sexta-feira" or "çərşənbə axşamı"
_WORDS = re.compile(rf"{LETTERS}[ -]{LETTERS}")
_LAST_WORDS = re.compile(rf"(?:^|(?<=[\s.,|/()–-]))({LETTERS}[ -]{LETTERS})$")
_CLOCK_WORDS = frozenset(
    "at um à a kl klo saat soat saati ժամը в о об u la las uhr h ч год".split()
)
_YEAR_WORDS = frozenset(
    "года год г р року рік il yil yılı წლის წ թ թվականի ж ел d m le el den".split()
)


_BEHIND_YEARS = _YEAR_WORDS - {"d", "m", "le", "el", "den"}

UNDECIDED = -1
"""The month of a name that means one month in one language and another in another."""


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """What a line says of a time. Numbers are as written; 0 for a missing day, month or year.

    ``before`` and ``after`` are the rest of the line. ``shape`` says how it was written:
    "named", "dotted", "numeric" (day and month may be swapped), "iso", "yearless", "clock"
    (no day at all), "relative" or "unix". ``ago`` is how long before the page was saved,
    with its unit; ``short_year``: two digits that may be a day as well.
    """

    text: str
    before: str
    after: str
    shape: str
    year: int = 0
    month: int = 0
    day: int = 0
    clock: str = ""
    weekday: int = -1
    ago: tuple[int, str] | None = None
    name: str = ""
    short_year: bool = False

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
    after, moved = stamp.after, True
    while moved and after:
        moved = False
        skipped = _SEPARATOR.match(after)
        start = skipped.end() if skipped else 0
        if not stamp.clock and (clock := CLOCK.match(after, start)):
            end = end_of_clock(clock)
            stamp, after, moved = replace(stamp, clock=after[start:end].strip()), after[end:], True
        elif (words := _WORDS.match(after, start)) and (named := _on_day(stamp, words[0])):
            stamp, after, moved = named, after[words.end() :], True
        elif word := _WORD.match(after, start):
            taken = _with_word(stamp, word[0], after[word.end() :])
            if taken is not None:
                stamp, after, moved = taken, after[word.end() :], True
    return replace(stamp, after=after)


def _leftwards(stamp: Stamp) -> Stamp:
    before, moved = stamp.before, True
    while moved and before.strip(MARKS):
        moved = False
        bare = before.rstrip(MARKS)
        end = bare[-24:]
        clocks = [] if stamp.clock else list(CLOCK.finditer(end))
        if clocks and clocks[-1].end() == len(end):
            start = len(bare) - len(end) + clocks[-1].start()
            stamp, before, moved = replace(stamp, clock=bare[start:].strip()), bare[:start], True
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
    before_clock = CLOCK.match(following.lstrip()) is not None or bool(stamp.clock)
    if folded in _YEAR_WORDS or (folded in _CLOCK_WORDS and before_clock):
        return stamp
    return _on_day(stamp, word) if len(word) > 1 else None


def _on_day(stamp: Stamp, words: str) -> Stamp | None:
    """``stamp`` with the weekday called ``words``; None if it has one, or none is called so."""
    if stamp.weekday >= 0:
        return None
    from feeds.text.dates import names

    day = names.weekday(words)
    return None if day is None else replace(stamp, weekday=day)


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


def end_of_clock(match: re.Match[str]) -> int:
    """Where the clock ends: a word glued to it is its half of the day, or no part of it."""
    more = match["more"]
    if more and not more.isascii():
        from feeds.text.dates import names

        if names.afternoon(more.strip()) is None:
            return match.start("more")
    return match.end()
