"""The run-in dateline at a text's beginning, and whether its date may be believed.

Rules
- A dateline is a place, perhaps a date, perhaps an agency, up to a colon, a dash or an
  agency's mark. It stays in the text as well; what it says is told beside it.
- Its date is the article's only if it is complete and the text does not contradict it:
  a day that the text itself names is one to four days off at most.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from feeds.model import StatedDate
from feeds.text.dates import resolve
from feeds.text.dates.find import find_stamp
from feeds.text.patterns import compile_late

_PLACE = r"[^\W\d_a-zа-яё][^\d/:.!?\"«»“”|()]{1,40}?"
_SLASHED = compile_late(
    rf"(?P<line>{_PLACE}\s?/\s?(?P<date>\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|[^/:\n]{{4,30}}?\d[^/:\n]{{0,12}})?(?:\s?/\s?[^\W\d_a-zа-яё][^/:\n\d]{{1,40}}?)?\s?)(?::|/)\s?[–—-]?\s?"
)
_AGENCY = r"(?:\([^()]{2,25}\)|/[^/\n]{2,25}/|[A-ZА-ЯЁЇІЄҐ][\w.-]{1,24})"
_WIRE = compile_late(
    rf"(?P<line>[^\W\d_]{{2}}[^\d:!?\"«»“”|()]{{0,40}}?[,.]\s(?P<date>(?:[^\W\d_]+\.?\s\d{{1,2}}|\d{{1,2}}\s[^\W\d_]+\.?)(?:,?\s\d{{4}})?)"
    rf"[,.]?(?:\s{_AGENCY})?[,.]?)(?:\s?[:–—-]+\s?|\s)"
)
_BARE = compile_late(
    r"(?P<line>[^\W\d_a-zа-яё]{2}[^\W\d_a-zа-яё\s]*(?:\s[^\W\d_a-zа-яё]+){0,2}(?:\s?/\s?[^\W\d_][\w.]{1,20}/?|\s?\([^()]{2,25}\))?)\s?(?:--|[–—]|\s-\s)\s?(?=[^\W\d_a-zа-яё]|[\"“«„])"
    r"|(?P<line2>[^\W\d_a-zа-яё][^\W\d_]{2,20}(?:\s?[•·]\s?|-)(?:[^\W\d_a-zа-яё]{2,12}))\s?[.:–—-]\s?"
    r"|(?P<line3>[^\W\d_a-zа-яё][^\W\d_]{2,20}\s[•·]\s[^\W\d_]{2,12})(?=\s)"
    r"|(?P<line4>[^\W\d_a-zа-яё][^\W\d_]+(?:[ /-][^\W\d_]+){0,2}"
    r"\s?\((?:[a-z]{3,5}|[A-Z]{2,8})(?:/[\w-]{2,8})?\))\s?[–—-]\s(?=[^\W\d_a-zа-яё]|[\"“«„])"
)
_MENTION = compile_late(r"[^\W\d_]{3,}\.? \d{1,2}(?!\d)|(?<!\d)\d{1,2} [^\W\d_]{3,}")
_NEAR_DAYS = 4
_FIRST_YEAR = 1995
_READ = 600


class Dateline(NamedTuple):
    """A dateline: as written, its date if it has one, and why that is not believed."""

    text: str
    stated: StatedDate | None = None
    doubt: str = ""


def find_dateline(paragraphs: list[str], settled: resolve.Settled) -> Dateline | None:
    """The dateline at the beginning of a text; None if there is none."""
    if not paragraphs:
        return None
    text = paragraphs[0][:200]
    if "/" in text and (match := _SLASHED.match(text)):
        return _dated(match["line"].strip(), match["date"] or "", paragraphs, settled)
    if (match := _WIRE.match(text)) and _is_place(match["line"]):
        stamp = find_stamp(match["date"])
        if stamp and stamp.month:
            return _dated(match["line"].strip(), match["date"], paragraphs, settled)
    if match := _BARE.match(text):
        return Dateline((match[match.lastgroup or 0]).strip())
    return None


def _is_place(text: str) -> bool:
    """Whether the words before a wire's date are written as places are there: in capitals."""
    place = re.split(r"[,.]", text)[0]
    return place.isupper() or not any(map(str.islower, place))


def _dated(line: str, written: str, paragraphs: list[str], settled: resolve.Settled) -> Dateline:
    stamp = find_stamp(written.strip()) if written else None
    if stamp is None or not stamp.full:
        return Dateline(line)
    stated = resolve.stated_date(stamp, settled)
    if not isinstance(stated, StatedDate):
        return Dateline(line, doubt=f"'{written}' is no certain day")
    if stated.day.year < _FIRST_YEAR:
        return Dateline(line, doubt=f"{stated.day.year} is no year of a page")
    mentioned = _mentioned(" ".join(paragraphs)[len(line) : len(line) + _READ], stated.day)
    if mentioned and not any(abs((day - stated.day).days) <= _NEAR_DAYS for day in mentioned):
        said = mentioned[0]
        return Dateline(line, doubt=f"the text speaks of {said.day}.{said.month:02}.")
    return Dateline(line, stated)


def _mentioned(text: str, near: date) -> list[date]:
    """The days that the text's beginning names without a year, in the year nearest ``near``."""
    days = []
    for match in _MENTION.finditer(text):
        if re.match(r",? \d{4}", text[match.end() :]):
            continue
        stamp = find_stamp(match.group())
        if stamp is None or stamp.shape != "yearless" or not stamp.name:
            continue
        choices = []
        for year in (near.year - 1, near.year, near.year + 1):
            try:
                choices.append(date(year, stamp.month, stamp.day))
            except ValueError:
                continue
        days += sorted(choices, key=lambda day: abs((day - near).days))[:1]
    return days
