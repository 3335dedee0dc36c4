"""The dates that a list may hold: which elements and which words state one.

Rules
- A date is all of a ``time``, of an attribute meant for it, of a run of text or of a part of one
  that a mark divides ("Sport | 9 January 2026"). In prose there is none, nor in a headline.
- A date says what it is of: one of a change ("Updated: …") dates no headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.html import dom, settling
from feeds.normalise.html.body import furniture
from feeds.normalise.words import PUBLISHED, UPDATED, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text import dates
from feeds.text.dates import resolve
from feeds.text.dates.find import Stamp, find_stamp
from feeds.text.dates.resolve import Settled

TWO_NUMBERS = re.compile(r"\d\D+\d|\d{8}")
"""What every date in words has in it."""
EDGES = " \t\n|·•,–—-()/[]\u2022\xa0:"
_DIVIDED = re.compile(r"\s+(?:[|·•—–-]|//?)\s+|\s*[|·•]\s*")
LONGEST_DATE, _LONGEST_LINE = 60, 160
_LONGEST_TEASER = 400
MOST = 4 * _LONGEST_LINE
"""A longer text, however much of it is blank, has no date of a list."""
_ATTRIBUTES = (
    *("datetime", "data-published", "data-published-at", "data-publish-date", "data-pubdate"),
    *("data-date", "data-datetime", "data-timestamp", "data-time"),
)
_STATING = frozenset((*_ATTRIBUTES, "itemprop"))
_MANY_CHILDREN = 6
_FEW_WORDS, _SHORT_PART, _SHORTEST_BEHIND = 3, 25, 14
_NEAR = 12
_SIGNED = Words(rf"{any_of(vocabulary.BYLINES)}[\s:：]+\S+(?:\s\S+){{0,4}}")
_ON_A_DAY = Words(rf"{any_of(vocabulary.ON_A_DAY)}\s+(?=\w)")

Stated = StatedDate | resolve.Impossible


class Day(NamedTuple):
    """A date and the element in which it stands; ``place`` is in the page's order."""

    element: HtmlElement
    place: float
    date: Stated


Found = tuple[HtmlElement, float, Stamp | StatedDate]
"""An element, its place, and the date that was found in it as it is written."""


def settled_days(found: list[Found], settled: Settled) -> list[Day]:
    """What was found, but for dates of no page, those that mean nothing, and those of changes."""
    stamps = [date for _, _, date in found if isinstance(date, Stamp)]
    own = resolve.settle_order(stamps, english=True)
    order = own.order if own.order != "unsettled" else settled.order
    settled = Settled(order, own.years, own.languages, settled.place)
    if any(resolve.is_month_unsettled(stamp, settled) for stamp in stamps):
        settled = settling.by_letters(found[0][0].getroottree().getroot(), settled)
    days: list[Day] = []
    for element, place, date in found:
        stated = resolve.stated_date(date, settled) if isinstance(date, Stamp) else date
        if isinstance(stated, StatedDate) and not resolve.is_of_a_page(stated):
            continue
        if stated is not None and not _is_update(element):
            days.append(Day(element, place, stated))
    return days


def is_dated(words: str) -> bool:
    """Whether ``words`` are a date, or the label of one, and nothing else."""
    return _stamp(words) is not None


def is_shown(day: Day) -> bool:
    """Whether people read the date, and not only machines."""
    return is_dated(dom.line_in(day.element))


def own_date(element: HtmlElement) -> StatedDate | None:
    """The date that an element states in its attributes."""
    if _STATING.isdisjoint(element.keys()):
        return None
    for name in _ATTRIBUTES:
        if (value := element.get(name)) and (date := dates.parse_machine_date(value)):
            return _without_midnight(date, element)
    if element.get("itemprop") == "datePublished":
        return dates.parse_machine_date(element.get("content") or "")
    return None


def is_in_teaser(element: HtmlElement) -> bool:
    """Whether ``element`` is within a sentence, in which there is no link, and begins none."""
    outer = element.getparent()
    while outer is not None and outer.tag not in dom.BLOCKS:
        outer = outer.getparent()
    if outer is None or dom.is_longer(outer, _LONGEST_TEASER):
        return False
    if next(outer.iter("a"), None) is not None:
        return False
    line = dom.line_in(outer)
    return furniture.is_whole_sentence(line) and not line.startswith(dom.line_in(element))


def _without_midnight(date: StatedDate, element: HtmlElement) -> StatedDate:
    """``date`` without the midnight that templates give to a day, if people read a day alone."""
    if date.iso[10:] not in ("T00:00", "T00:00:00"):
        return date
    shown = _stamp(dom.line_in(element))
    return StatedDate(date.iso[:10], "day") if shown is not None and not shown.clock else date


def dates_in(words: str, element: HtmlElement) -> Iterator[Stamp]:
    """The dates that are all of ``words``, or of a part of them between two marks."""
    if len(words) > MOST or not TWO_NUMBERS.search(words):
        return
    words = " ".join(words.split())
    if stamp := _stamp(words):
        yield stamp
    elif element.tag == "a" and (behind := behind_date(words)) != words:
        yield from filter(None, [_stamp(words[: -len(behind)])])
    elif len(words) <= _LONGEST_LINE and not _is_heading(element):
        stamps, is_short = _divided(words)
        if is_short or not _in_link(element):
            yield from stamps
        if not stamps and not _in_link(element) and (signed := _beside_byline(words)):
            yield signed


def behind_date(words: str) -> str:
    """``words`` of a link without the full date and the mark before them, if more follows.

    A date at the end may be what the headline is about.
    """
    if not TWO_NUMBERS.search(words[:LONGEST_DATE]):
        return words
    mark = _DIVIDED.search(words[:LONGEST_DATE])
    if mark is None or _stamp(words[: mark.start()]) is None:
        return words
    behind = words[mark.end() :].strip()
    is_little = _is_short(behind) or (len(behind) < _SHORTEST_BEHIND and behind.isascii())
    return words if is_little or _stamp(behind) is not None else behind


def is_line_of_date(words: str) -> bool:
    """Whether ``words`` are a date and what a few words say beside it, divided by a mark."""
    if len(words) > _LONGEST_LINE or not TWO_NUMBERS.search(words):
        return False
    stamps, is_short = _divided(words)
    return bool(stamps) and is_short


def _beside_byline(words: str) -> Stamp | None:
    """The date in a line that says besides by whom a story is, and nothing else."""
    if len(words) > LONGEST_DATE:
        return None
    if label := PUBLISHED.match(words):
        words = words[label.end() :]
    stamp = find_stamp(words)
    if stamp is None or not stamp.full:
        return None
    beside = [text.strip(EDGES) for text in (stamp.before, stamp.after)]
    is_signed = all(not text or _SIGNED.fullmatch(text) for text in beside)
    return stamp if is_signed else None


def _divided(words: str) -> tuple[list[Stamp], bool]:
    """The dates among the parts of a line, and whether all its other parts are short."""
    parts = [(part, _stamp(part)) for part in _DIVIDED.split(words)]
    stamps = [stamp for _, stamp in parts if stamp is not None]
    return stamps, all(stamp is not None or _is_short(part) for part, stamp in parts)


def _stamp(words: str) -> Stamp | None:
    words = words.strip(EDGES)
    if not words or len(words) > LONGEST_DATE or not TWO_NUMBERS.search(words):
        return None
    for before in (PUBLISHED, _ON_A_DAY):
        if label := before.match(words):
            words = words[label.end() :].strip(EDGES)
    stamp = find_stamp(words)
    return stamp if stamp is not None and stamp.alone and stamp.full else None


def may_hold_pieces(element: HtmlElement) -> bool:
    """Whether the element is small enough for a date in pieces, which aren't links of their own."""
    if not 0 < sum(1 for _ in islice(element, _MANY_CHILDREN + 1)) <= _MANY_CHILDREN:
        return False  # len() counts them all
    return sum(1 for _ in islice(element.iter("a"), 2)) < 2


def _in_link(element: HtmlElement) -> bool:
    """Whether the element is in a link, or has one in it."""
    outer = any(one.tag == "a" for one in islice(element.iterancestors(), 5))
    return outer or next(element.iter("a"), None) is not None


def _is_short(part: str) -> bool:
    return len(part) <= _SHORT_PART and len(part.split()) <= _FEW_WORDS


def _is_heading(element: HtmlElement) -> bool:
    """Whether the words in ``element`` are a headline's, or may be all that a link says."""
    outer = element.getparent()
    owners = [element] if outer is None else [element, outer]
    if any(one.tag in dom.HEADINGS for one in owners) or element.tag == "a":
        return True
    return outer is not None and outer.tag == "a" and dom.line_in(outer) == dom.line_in(element)


def _is_update(element: HtmlElement) -> bool:
    """Whether the date in ``element`` is said to be that of a change."""
    outer = element.getparent()
    owners = [element]
    if outer is not None and not any(True for _ in islice(outer, 2, 3)):  # len() counts them all
        owners.append(outer)
    if any(map(_is_called_update, owners)):
        return True
    previous = element.getprevious()
    label = previous.tail if previous is not None else outer.text if outer is not None else ""
    if not (label or "").strip() and previous is not None:
        label = previous.text
    return bool(label and UPDATED.match(label.strip()[-60:]))


def _is_called_update(element: HtmlElement) -> bool:
    """Whether the element is called a date of a change.

    "updated" alone is what blogs call whatever date they give, unless another beside it says
    that it is that of publication.
    """
    called = (element.get("class") or "").split()
    if names.UPDATED.search(" ".join(name for name in called if name != "updated")):
        return True
    if names.UPDATED.search(element.get("itemprop") or ""):
        return True
    if "updated" not in called or names.PUBLISHED.search(" ".join(called)):
        return False
    beside = chain(element.itersiblings(), element.itersiblings(preceding=True))
    return any(names.PUBLISHED.search(other.get("class") or "") for other in islice(beside, _NEAR))
