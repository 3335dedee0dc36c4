"""What a dated list is made of: the dates and the links of a page, in their order.

Rules
- A date is all of a ``time``, of an attribute meant for it, of a run of text or of a part of one
  that a mark divides ("Sport | 9 January 2026"). In prose there is none, nor in a headline.
- A date says what it is of: one of a change ("Updated: …") dates no headline.
- A link is one with words that may lead to a story. Navigation, comments, bylines and the page's
  own headline hold neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.html import dom
from feeds.normalise.html.lists.addresses import Addresses
from feeds.normalise.words import PUBLISHED, UPDATED, names
from feeds.text import dates, urls
from feeds.text.characters import cleaned
from feeds.text.dates import resolve
from feeds.text.dates.find import Stamp, find_stamp
from feeds.text.dates.resolve import Settled

_TWO_NUMBERS = re.compile(r"\d\D+\d|\d{8}")
EDGES = " \t\n|·•,–—-()/[]\u2022\xa0:"
_DIVIDED = re.compile(r"\s+[|·•—–/-]\s+|\s*[|·•]\s*")
_LONGEST_DATE, _LONGEST_LINE = 60, 160
_ATTRIBUTES = (
    *("datetime", "data-published", "data-published-at", "data-publish-date", "data-pubdate"),
    *("data-date", "data-datetime", "data-timestamp", "data-time"),
)
_MANY_CHILDREN, _MANY_NODES = 6, 24
_LONG_BEFORE, _LONG_BEHIND, _LONG_AROUND = 40, 60, 100
_FEW_WORDS, _SHORT_PART = 3, 25
_IN_A_LINE = 12

Stated = StatedDate | resolve.Impossible


class Day(NamedTuple):
    """A date and the element in which it stands; ``place`` is in the page's order."""

    element: HtmlElement
    place: float
    date: Stated


class Link(NamedTuple):
    """A link that may lead to a story; ``key`` is the same for all links to that.

    ``address`` is absolute where that can be, ``written`` as the page has it; ``is_own``: it
    leads to a page of the same site.
    """

    element: HtmlElement
    place: float
    written: str
    address: str
    key: str
    is_own: bool


class Marks(NamedTuple):
    """All dates and links of a page, in its order; ``titles`` are of links, by their keys."""

    days: list[Day]
    links: list[Link]
    titles: dict[str, list[str]]


def find_marks(
    body: HtmlElement, title: HtmlElement | None, addresses: Addresses, settled: Settled
) -> Marks:
    """The dates and links of ``body`` outside of what can be no list.

    ``title``: the page's own headline; ``settled``: what is known of the page's dates, if these
    don't say it themselves.
    """
    found: list[tuple[HtmlElement, float, Stamp | StatedDate]] = []
    links: list[Link] = []
    titles: dict[str, list[str]] = {}
    around = {title, *title.iterancestors()} if title is not None else set()
    before: list[tuple[int, int]] = []
    place = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            place += 1
            before.append((place, len(found)))
            if element is title or (element not in around and _is_no_list(element, body)):
                walk.skip_subtree()
                continue
            if element.tag == "a" and (link := _link(element, place, addresses)):
                if hint := element.get("title"):
                    titles.setdefault(link.key, []).append(cleaned(hint))
                if _has_words(element):
                    links.append(link)
            found += ((element, place, date) for date in _own_dates(element))
            continue
        start, known = before.pop()
        if (
            known == len(found)
            and _may_hold_pieces(element)
            and element not in around
            and _TWO_NUMBERS.search("".join(islice(element.itertext(), 2 * _MANY_NODES)))
        ):
            words = dom.text_of(element, most=_MANY_NODES)
            found += ((element, start, date) for date in _in_line(words, element))
        parent = element.getparent()
        if element.tail and parent is not None and element is not body and parent.tag != "time":
            found += ((parent, place + 0.5, date) for date in _in_line(element.tail, parent))
    return Marks(_settled(found, settled), links, titles)


def _settled(
    found: list[tuple[HtmlElement, float, Stamp | StatedDate]], settled: Settled
) -> list[Day]:
    """What was found, but for dates of no page, those that mean nothing, and those of changes."""
    stamps = [date for _, _, date in found if isinstance(date, Stamp)]
    own = resolve.settle_order(stamps, english=True)
    order = own.order if own.order != "unsettled" else settled.order
    settled = Settled(order, own.years, own.languages, settled.place)
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


def _link(element: HtmlElement, place: int, addresses: Addresses) -> Link | None:
    written = element.get("href") or ""
    address = addresses.absolute(written)
    if not address or not addresses.is_story(address):
        return None
    key = urls.canonical(address)
    return Link(element, place, written, address, key, addresses.is_of_site(address))


def _has_words(link: HtmlElement) -> bool:
    """Whether the link shows words, or is laid over some, and they may be a headline's."""
    has_words = any(not words.isspace() for words in link.itertext())
    has_words = has_words or bool(link.get("aria-label") or link.get("title"))
    return has_words and not _is_byline(link) and not _is_in_prose(link)


def _is_byline(link: HtmlElement) -> bool:
    """Whether the link is a part of a byline."""
    if "author" in (link.get("rel") or "").lower():
        return True
    for outer in (link, *islice(link.iterancestors(), 2)):
        if dom.is_called(outer, names.BYLINE):
            return sum(map(len, islice(outer.itertext(), _MANY_NODES))) <= _LONG_AROUND
    return False


def _is_in_prose(link: HtmlElement) -> bool:
    """Whether the link stands within a sentence."""
    behind = (link.tail or "").strip()
    if len(behind) > _LONG_BEHIND or (behind[:1].islower() and " " in behind):
        return True
    paragraph = next((one for one in islice(link.iterancestors(), 4) if one.tag == "p"), None)
    if paragraph is not None:
        around = sum(map(len, islice(paragraph.itertext(), _MANY_NODES)))
        if around - sum(map(len, link.itertext())) > _LONG_AROUND:
            return True
    outer, before = link, 0
    while outer.tag not in dom.BLOCKS and (parent := outer.getparent()) is not None:
        for sibling in islice(outer.itersiblings(preceding=True), _IN_A_LINE):
            if sibling.tag in dom.BLOCKS:
                before += len((sibling.tail or "").strip())
                break
            inner = "" if sibling.tag in ("a", "time") else sibling.text or ""
            before += len(inner.strip()) + len((sibling.tail or "").strip())
        else:
            before += len((parent.text or "").strip())
        outer = parent
    return before > _LONG_BEFORE


def _is_no_list(element: HtmlElement, body: HtmlElement) -> bool:
    if element.tag == "nav":
        return True
    if element is body or element.tag not in ("div", "section", "ul", "ol", "aside", "p"):
        return False
    called = dom.names_of(element)
    return len(called) > 4 and dom.is_name_of(names.NO_LIST, called)


def _own_dates(element: HtmlElement) -> Iterator[Stamp | StatedDate]:
    """The dates that an element states itself."""
    for name in _ATTRIBUTES:
        if (value := element.get(name)) and (date := dates.parse_machine_date(value)):
            yield _without_midnight(date, element)
            return
    if element.get("itemprop") == "datePublished" and (
        date := dates.parse_machine_date(element.get("content") or "")
    ):
        yield date
    elif element.text:
        yield from _in_line(element.text, element)


def _without_midnight(date: StatedDate, element: HtmlElement) -> StatedDate:
    """``date`` without the midnight that templates give to a day, if people read a day alone."""
    if date.iso[10:] not in ("T00:00", "T00:00:00"):
        return date
    shown = _stamp(dom.line_in(element))
    return StatedDate(date.iso[:10], "day") if shown is not None and not shown.clock else date


def _in_line(words: str, element: HtmlElement) -> Iterator[Stamp]:
    """The dates that are all of ``words``, or of a part of them between two marks."""
    if len(words) > 4 * _LONGEST_LINE or not _TWO_NUMBERS.search(words):
        return
    words = " ".join(words.split())
    if stamp := _stamp(words):
        yield stamp
    elif len(words) <= _LONGEST_LINE and not _is_heading(element):
        parts = _DIVIDED.split(words)
        stamps = [_stamp(part) for part in parts]
        if not _in_link(element) or not any(
            stamp is None and not _is_short(part) for stamp, part in zip(stamps, parts, strict=True)
        ):
            yield from (stamp for stamp in stamps if stamp is not None)


def _stamp(words: str) -> Stamp | None:
    words = words.strip(EDGES)
    if not words or len(words) > _LONGEST_DATE or not _TWO_NUMBERS.search(words):
        return None
    if label := PUBLISHED.match(words):
        words = words[label.end() :].strip(EDGES)
    stamp = find_stamp(words)
    return stamp if stamp is not None and stamp.alone and stamp.full else None


def _may_hold_pieces(element: HtmlElement) -> bool:
    """Whether the element is small enough for a date in pieces, which aren't links of their own."""
    if not 0 < len(element) <= _MANY_CHILDREN:
        return False
    return len(list(islice(element.iter("a"), 2))) < 2


def _in_link(element: HtmlElement) -> bool:
    """Whether the element is in a link, or has one in it."""
    outer = any(one.tag == "a" for one in islice(element.iterancestors(), 5))
    return outer or next(element.iter("a"), None) is not None


def _is_short(part: str) -> bool:
    return len(part) <= _SHORT_PART and len(part.split()) <= _FEW_WORDS


def _is_heading(element: HtmlElement) -> bool:
    """Whether the words in ``element`` are a headline's."""
    outer = element.getparent()
    return any(
        one is not None and (one.tag == "a" or one.tag in dom.HEADINGS) for one in (element, outer)
    )


def _is_update(element: HtmlElement) -> bool:
    """Whether the date in ``element`` is said to be that of a change."""
    outer = element.getparent()
    called = [element.get("class"), element.get("itemprop")]
    if outer is not None and not any(True for _ in islice(outer, 2, 3)):  # len() counts them all
        called.append(outer.get("class"))
    if any(names.UPDATED.search(name or "") for name in called):
        return True
    previous = element.getprevious()
    label = previous.tail if previous is not None else outer.text if outer is not None else ""
    if not (label or "").strip() and previous is not None:
        label = previous.text
    return bool(label and UPDATED.match(label.strip()[-60:]))
