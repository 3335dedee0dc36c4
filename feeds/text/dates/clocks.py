"""Clocks as people write them, and the halves of the day and zones beside them.

Rules
- 10.04 is a clock only behind a word for it ("kl.", "alle ore") or before one ("Uhr", "WIB"), or
  where it ends what was said behind a day. 10h and 10 a.m. are clocks only behind a day, too.
- A clock is told as 10:04 or 10:04:05, however it was written; one that there is not (25:00,
  13:00 pm) is told as it was written.
"""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from feeds.text.dates import zones
from feeds.text.patterns import compile_late

_FIRST_HALF = "오전 午前 上午 凌晨 清晨 早上 早晨 AM"
_SECOND_HALF = "오후 午後 下午 中午 傍晚 晚上 晚间 晚間 PM"
_SECOND = frozenset(_SECOND_HALF.split())
_HALVES = "|".join(f"{_FIRST_HALF} {_SECOND_HALF}".split())
_PLAIN = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{3,6})?)?(?![\d:])"
_LATIN = r"\d\d?h[0-5]\d(?!\d)|\d\d? h [0-5]\d(?!\d)"
_SIGNS = r"(?<!\d)\d\d?\s?[時时시点點]\s?\d\d?\s?[分분](?:\s?\d\d?\s?[秒초])?"
_UNIT = r"(?:Uhr|uur|hrs?|hs|h|óra|ч|год|hod|น)(?!\w)\.?"
_DOTTED = r"(?:[01]?\d|2[0-3])\.[0-5]\d(?:\.[0-5]\d)?(?![\d.%]|,(?!\s))"
_HALF_BEHIND = (
    r"(?P<half> ?(?:[ap]\.? ?m\b\.?|(?-i:SA|CH)(?!\w)"
    r"|[^\s\d\x00-\x7f][^\s\d\x00-\x2d/:-@\[-`{-\x7f]{0,14}))?"
)
CLOCK = compile_late(
    rf"(?<![\d:])(?:(?P<before>{_HALVES})\s?)?"
    rf"(?P<digits>{_PLAIN}|{_DOTTED}(?= ?{_UNIT}| (?-i:WITA?|WIB)\b)|{_LATIN}|{_SIGNS})"
    rf"{_HALF_BEHIND}(?P<unit> ?{_UNIT})?",
    re.IGNORECASE,
)
_BEHIND_A_DAY = compile_late(
    rf"(?:(?P<before>{_HALVES})\s?)?"
    r"(?P<digits>\d\d?\s?[時时시点點](?!\s?\d)|[012]\d[0-5]\d(?= ?hrs?\b)"
    rf"|\d\d?(?= ?(?:[ap]\.? ?m\b|h\b|Uhr\b|uur\b))|{_DOTTED})"
    rf"{_HALF_BEHIND}(?P<unit> ?{_UNIT})?",
    re.IGNORECASE,
)
_ENDS = compile_late(r"\s*(?:$|[|()/•·—–])")
_NUMBER = compile_late(r"\d+")
_FRACTION = compile_late(r"(?<=:\d\d)[.,]\d{3,6}$")

WORDS = frozenset(
    # without accents, as they are compared
    "at um om op a as la las les alle ore ora orele hora horas h hs hrs uhr uur kl klo klokken "
    "kello kell klockan plkst val godz godzina o ob os v ve u w в во о об у час часов saat soat "
    "saati soati pukul pkl jam luc vao เวลา ժամը ساعت الساعة على בשעה ωρα στισ "
    "ч год hod น noon".split()
)
"""What may stand between a day and its clock."""


class Clock(NamedTuple):
    """A clock in a text: where it begins and ends, and what it says."""

    start: int
    end: int
    told: str


def find(text: str, start: int = 0) -> Clock | None:
    """The first clock in ``text`` from ``start`` on."""
    match = CLOCK.search(text, start)
    return _told(match) if match else None


def at(text: str, start: int, *, introduced: bool = False, ends: bool = False) -> Clock | None:
    """The clock at ``start`` of ``text``, which stands behind a day.

    ``introduced``: a word for it stands before it; ``ends``: it has to end what is said.
    """
    if match := CLOCK.match(text, start):
        return _told(match)
    match = _BEHIND_A_DAY.match(text, start)
    if match is None:
        return None
    dotted = "." in match["digits"]
    clock = _told(match)
    if dotted and not introduced and not match["half"] and not match["unit"]:
        zone, behind = zones.at(text, clock.end)
        if not zone.isalpha() and not (ends and _ENDS.match(text, behind)):
            return None
    return clock


def goes_with(word: str) -> bool:
    """Whether ``word`` may stand before a clock, no year being near: "at", "yesterday"."""
    from feeds.text.dates import names

    return names.fold(word) in WORDS or names.days_ago(word) is not None


def last(text: str) -> Clock | None:
    """The last clock in ``text``, which stands before a day."""
    found = list(CLOCK.finditer(text))
    return _told(found[-1]) if found else None


def _told(match: re.Match[str]) -> Clock:
    half, end = None, match.end()
    if words := match["half"]:
        from feeds.text.dates import names  # late: most clocks have none

        half = names.afternoon(words.strip())
        if half is None:  # a word glued to it is no part of it
            end = match.start("half")
    if half is None and match["before"]:
        half = match["before"].upper() in _SECOND
    digits = _FRACTION.sub("", match["digits"])
    numbers = [int(number) for number in _NUMBER.findall(digits)]
    if len(numbers) == 1 and numbers[0] > 99:  # 1004 hrs
        numbers = list(divmod(numbers[0], 100))
    hour, minute, *seconds = [*numbers, 0][: max(2, len(numbers))]
    if half is not None:
        if hour > 12:
            return Clock(match.start(), end, match[0][: end - match.start()].strip())
        hour = hour % 12 + (12 if half else 0)
    told = f"{hour:02}:{minute:02}" + "".join(f":{second:02}" for second in seconds)
    return Clock(match.start(), end, told)


def is_one(told: str) -> bool:
    """Whether there is such a clock."""
    try:
        time.fromisoformat(told)
    except ValueError:
        return False
    return True
