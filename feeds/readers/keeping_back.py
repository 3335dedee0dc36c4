"""A line above a text that keeps it back, as press releases have it, or nearly as front matter.

Rules
- "Embargoed until 09:00 Monday 12 January 2026": a word for it, and a day or a clock. Between them
  is nothing, or such words as "until", "for release"; or a colon, or all is in capitals.
- Where nothing but such words and a year, month or weekday stands, these are enough.
- So does a headline that begins with "DRAFT:" in capitals, or with "[Draft]".
- A sentence or headline about an embargo is none: a year alone, and words that go on; a day, and
  a verb of the past; a number that is no date.
- When in doubt the line keeps the page back: what is published once can't be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from feeds.readers.mappings import sound
from feeds.text.patterns import compile_late

_EARLY = r"[\W_]{0,8}"
_OPENING = compile_late(
    rf"{_EARLY}(?:this\s+[^\W\d_]{{1,12}}\s+is\s+)?"
    r"(?:(?:strictly|under|press|news|media|sous|bajo|под|in|on)\s+){0,2}"
    r"(?:embarg(?:o|oed|oes|o'd|ó)|embarqo(?:da)?|эмбарго|ембарго"
    r"|sperrfrist|gesperrt|sperrvermerk"
    r"|(not\s+for\s+(?:publication|release|broadcast|use|distribution)"
    r"|not\s+to\s+be\s+(?:published|released|used)"
    r"|hold\s+for\s+release|do\s+not\s+(?:publish|release)"
    r"|не\s+(?:публиковать|для\s+печати)|nicht\s+veröffentlichen"
    r"|ne\s+pas\s+publier|no\s+publicar))(?![^\W_])",
    re.IGNORECASE,
)
_SAYS = r"[\"'“”’]?\s{0,9}(?:=>|[:=：＝])[\s\"'“‘]{0,9}"
_STATED = compile_late(
    rf"{_EARLY}(?:status{_SAYS}(?:draft|retracted|private|hidden|unpublished|embargoed)"
    rf"|(?:draft|hidden|private|unpublished|embargoed|embargo){_SAYS}(?:true|yes|on|1)"
    rf"|(?:published|publish){_SAYS}(?:false|no|off|0))"
    r"(?![\w-])[^\w\n,;#|]{0,4}(?:[,;#|\n].*)?$",
    re.IGNORECASE,
)
_HEADED = compile_late(
    r"\W{0,4}(?:[\[(](?:(?i:draft|entwurf|embargo(?:ed)?|brouillon|borrador|черновик|qaralama))[\])]"
    r"|(?:DRAFT|ENTWURF|EMBARGO(?:ED)?|BROUILLON|BORRADOR|ЧЕРНОВИК|QARALAMA)\s?[:：])\s*\w"
)
"""A headline that says of itself that it is to wait."""
_STARTS = frozenset(
    "en br bo че qa em эм ем no не st un sp ge so ba по ho do dr hi pr pu me ne ni in on th".split()
)  # fmt: skip
_LONGEST = 160
_LAST_DAY = 31
_YEAR_DIGITS = 4
_TOKEN = compile_late(r"\d[\d.:/-]*(?:[^\W\d_]{1,3}(?![^\W\d_]))?|[^\W\d_]+|[^\w\s]")
_CLOCK = compile_late(
    r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d){1,2}[a-z]{0,2}|\d{1,2}[ap]m?|\d{1,2}h|\d{4}hr?s?|\d{1,2}[日일時时]"
)
_DAY = compile_late(
    r"\d{4}([./-])\d{1,2}\1\d{1,2}t?|\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2})|\d{1,2}/\d{1,2}"
)
_YEAR = compile_late(r"([12]\d{3})(?:-?[^\W\d_]{1,3})?")
_OF_MONTH = compile_late(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|го)?")
_UNTIL = frozenset(
    "until till til before bis vor до раніше jusqu jusque hasta qədər kimi dək".split()
)
_BETWEEN = frozenset(
    """
    for to at on the and or not release releases publication publishing broadcast media press use
    strictly embargo date time lift lifts ends expires expiry applies day o clock local all any
    outlets only further a m p am pm hrs hours hour h uhr
    gmt utc bst cet cest et est edt ct pt pst pdt msk мск ist aest z az azt
    le la les à au aux de du del am dem den der um el las los в о по на года год час часов часа
    утра г р ilə saat il ci cü cı cu tarixinə tarixinədək
    """.split()
)
"""What may stand around the day and clock of an embargo."""
_TELLING = frozenset(
    """
    noon midnight today tomorrow tonight notice завтра сегодня heute morgen demain mañana sabah
    """.split()
)
_HOURS = frozenset("hrs hours hour h o uhr am pm a p noon gmt utc bst z час часов часа".split())
_OF = frozenset(["of", "de"])
_PAST = frozenset(
    """
    was were is are has have had ended expired ran passed agreed extended lifted imposed came
    brought был была было были продлён продлен продлили продлено снят снято отменили wurde wird
    ist war est était fue uzadıldı uzadılıb götürüldü
    """.split()
)
"""With these, a sentence about an embargo goes on behind its day."""

_Kind = Literal["stated", "period", "number", "until", "between", "telling", "mark", "other"]


def find_line(line: str) -> str:
    """What in ``line`` may be meant to keep its page back; empty if nothing is."""
    if line[:1].isalpha() and line[:2].casefold() not in _STARTS:
        return ""
    return _told(line[:_LONGEST])


def _told(line: str) -> str:
    if match := _STATED.match(line):
        return sound(match[0].strip())
    if _HEADED.match(line):
        return sound(line.strip()[:60])
    if (match := _OPENING.match(line)) and _is_meant(line[match.end() :], bool(match[1])):
        return sound(line.strip()[:60])
    return ""


def _is_meant(rest: str, is_order: bool) -> bool:
    """Whether ``rest`` says when; ``is_order``: what is before it needn't."""
    tokens = _TOKEN.findall(rest)
    kinds = _kinds(tokens)
    if "other" not in kinds:
        numbers = [
            int(token) for token in tokens if token.isdecimal() and len(token) < _YEAR_DIGITS
        ]
        return (
            is_order
            or not {"stated", "period", "telling"}.isdisjoint(kinds)
            or any(number <= _LAST_DAY for number in numbers)
        )
    starts = [0, *(n for n, kind in enumerate(kinds) if kind == "until")]
    if any(_says_when(tokens, kinds, start) for start in starts):
        return True
    is_apart = kinds[0] in {"mark", "until"} or rest.isupper()
    goes_on = not _PAST.isdisjoint(token.casefold() for token in tokens)
    return is_apart and "stated" in kinds and not goes_on


def _says_when(tokens: Sequence[str], kinds: Sequence[_Kind], start: int) -> bool:
    """Whether a day or a clock is next from ``start`` on, and no sentence goes on behind it."""
    stated = False
    for token, kind in zip(tokens[start:], kinds[start:], strict=True):
        if kind in {"other", "number"}:
            return stated and token.casefold() not in _PAST
        if kind == "mark" and stated:
            return True
        stated = stated or kind == "stated"
    return stated


def _kinds(tokens: Sequence[str]) -> list[_Kind]:
    kinds = [_kind(token) for token in tokens]
    for number, (token, kind) in enumerate(zip(tokens, kinds, strict=True)):
        if kind not in {"number", "period"} or not token[0].isdigit():
            continue
        near = [word for word in (_next(tokens, number, -1), _next(tokens, number, 1)) if word]
        after = tokens[number + 1].casefold() if number + 1 < len(tokens) else ""
        if after in _HOURS and (kind == "number" or after not in {"a", "p"}):
            kinds[number] = "stated"
        elif kind == "number" and any(map(_is_month, near)):
            kinds[number] = "stated" if _OF_MONTH.fullmatch(token.rstrip(".").casefold()) else kind
    return kinds


def _next(tokens: Sequence[str], number: int, step: int) -> str:
    """The token beside that of this ``number``, but for "of"; empty if there is none."""
    place = number + step
    if 0 <= place < len(tokens) and tokens[place].casefold() in _OF:
        place += step
    return tokens[place] if 0 <= place < len(tokens) else ""


def _kind(token: str) -> _Kind:
    word = token.casefold()
    if token[0].isdigit():
        word = word.rstrip(".:/-")
        if _DAY.fullmatch(word) or _CLOCK.fullmatch(word):
            return "stated"
        if len(word) == _YEAR_DIGITS and word[0] == "0":
            return "stated"
        return "period" if _YEAR.fullmatch(word) else "number"
    if word in _UNTIL:
        return "until"
    if word in _TELLING:
        return "telling"
    if word in _BETWEEN:
        return "between"
    if not token[0].isalpha():
        return "mark"
    return "period" if _is_month(token) or _is_weekday(token) else "other"


def _is_month(token: str) -> bool:
    from feeds.text.dates import names  # late: hardly any page has such a line

    return len(token) > 2 and (names.month(token) is not None or bool(names.months(token)))


def _is_weekday(token: str) -> bool:
    from feeds.text.dates import names

    return len(token) > 2 and names.weekday(token) is not None
