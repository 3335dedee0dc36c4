"""What a dated list is made of: the dates and the links of a page, in their order.

Rules
- Dates are those of ``days``. A link is one with words that may lead to a story.
- Navigation, comments, quotations, bylines and the page's own headline hold neither.
- Where there is no date there is no list, and no link is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.lists.addresses import Addresses
from feeds.normalise.html.lists.days import (
    LONGEST_DATE,
    MOST,
    TWO_NUMBERS,
    Day,
    Found,
    dates_in,
    is_dated,
    is_in_teaser,
    may_hold_pieces,
    own_date,
    settled_days,
)
from feeds.normalise.words import names
from feeds.normalise.words.patterns import Words
from feeds.text import ellipses
from feeds.text.characters import cleaned
from feeds.text.dates.resolve import Settled

_DIGIT = re.compile(r"\d")
_MANY_NODES = 24
_LONG_BEFORE, _LONG_BEHIND, _LONG_AROUND = 40, 60, 100
_IN_A_LINE = 12
_HIGH = 3
HIGH = 12
"""So many levels above it an element is looked at for a date."""
_NO_LIST = Words.either(names.NO_LIST, names.NAVIGATION)
_QUOTED = Words.either(names.QUOTE, names.POST)
_MAY_BE_NO_LIST = frozenset(("nav", "blockquote", "div", "section", "ul", "ol", "aside", "p"))


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
    body: HtmlElement, title: HtmlElement | None, base: str, settled: Settled
) -> tuple[Marks, Addresses]:
    """The dates and links of ``body`` outside of what can be no list, and where its links lead.

    ``title``: the page's own headline; ``base``: what addresses are relative to; ``settled``:
    what is known of the page's dates, if these don't say it themselves.
    """
    walk = _Walk(body, title)
    known = settled_days(walk.found, settled)
    near = _near(walk.links, known, body, title)
    addresses = Addresses(base, body.iter("a") if near else ())
    links: list[Link] = []
    titles: dict[str, list[str]] = {}
    for element, place in near:
        if link := _link(element, place, addresses):
            for hint in filter(None, map(element.get, ("title", "aria-label"))):
                titles.setdefault(link.key, []).append(cleaned(hint))
            if _has_words(element):
                links.append(link)
    return Marks(known, links, titles), addresses


def within(marks: Marks, places: list[HtmlElement]) -> Marks:
    """Those of ``marks`` that stand within one of ``places``."""
    inside = {element for place in places for element in place.iter()}
    days = [day for day in marks.days if day.element in inside]
    return Marks(days, [link for link in marks.links if link.element in inside], marks.titles)


def _near(
    links: list[tuple[HtmlElement, int]],
    known: list[Day],
    body: HtmlElement,
    title: HtmlElement | None,
) -> list[tuple[HtmlElement, int]]:
    """Those of ``links`` that have a date somewhere around; all, if one of them is cut short."""
    barred = {body, *(title.iterancestors() if title is not None else ())}
    dated: set[HtmlElement] = set()
    for day in known:
        dated.update(_upwards(day.element, barred))
    near = [(link, place) for link, place in links if not dated.isdisjoint(_upwards(link, barred))]
    is_cut = any(ellipses.is_cut(dom.line_in(link)) for link, _ in near)
    return links if is_cut else near


def _upwards(element: HtmlElement, barred: set[HtmlElement]) -> Iterator[HtmlElement]:
    for outer in (element, *islice(element.iterancestors(), HIGH)):
        if outer in barred:
            return
        yield outer


class _Walk:
    """One way through a tree: its links, and its dates as they are written, with their places."""

    def __init__(self, body: HtmlElement, title: HtmlElement | None) -> None:
        self.found: list[Found] = []
        self.links: list[tuple[HtmlElement, int]] = []
        self._places: dict[HtmlElement, int] = {}
        self._around = {title, *title.iterancestors()} if title is not None else set()
        self._numbered: list[HtmlElement] = []
        tails = self._walked(body, title)
        for element, place in tails:
            owner = element.getparent()
            if owner is not None and owner.tag != "time" and element is not body:
                if len((element.tail or "").strip()) <= LONGEST_DATE:
                    self._numbered.append(owner)
                self.found += (
                    (owner, place, stamp) for stamp in dates_in(element.tail or "", owner)
                )
        self._find_pieces()
        self.found.sort(key=itemgetter(1))

    def _walked(
        self, body: HtmlElement, title: HtmlElement | None
    ) -> list[tuple[HtmlElement, float]]:
        """Finds what elements have in themselves; returns those with numbers behind them."""
        tails: list[tuple[HtmlElement, float]] = []
        has_digit = _DIGIT.search
        walk = etree.iterwalk(body, events=("start",))
        for place, (_, element) in enumerate(walk, 1):
            tag, text, tail = element.tag, element.text, element.tail
            skipped = element is title or (
                tag in _MAY_BE_NO_LIST and element not in self._around and _is_no_list(element)
            )
            if tail and not tail.isspace() and len(tail) <= MOST and has_digit(tail):
                inside = 0 if skipped else sum(1 for _ in element.iterdescendants())
                tails.append((element, place + inside + 0.5))
            if skipped and element is not body:
                walk.skip_subtree()
                continue
            self._places[element] = place
            if tag == "a":
                self.links.append((element, place))
            if tag == "time" and is_in_teaser(element):
                continue
            date = own_date(element)
            if date is not None:
                self.found.append((element, place, date))
            if text and not text.isspace() and len(text) <= MOST and has_digit(text):
                if len(text.strip()) <= LONGEST_DATE:
                    self._numbered.append(element)
                if date is None:
                    self.found += ((element, place, stamp) for stamp in dates_in(text, element))
        return tails

    def _find_pieces(self) -> None:
        """Finds the dates whose day, month and year stand in elements of their own."""
        dated: set[HtmlElement] = set()
        for owner, _, _ in self.found:
            _add_upwards(dated, owner)
        around: set[HtmlElement] = set()
        for owner in self._numbered:
            around.update((owner, *islice(owner.iterancestors(), _HIGH)))
        inner_first = sorted(
            (place, element)
            for element in around - dated - self._around
            if (place := self._places.get(element)) and may_hold_pieces(element)
        )
        for place, element in reversed(inner_first):
            if element in dated or not TWO_NUMBERS.search(
                " ".join(islice(element.itertext(), 2 * _MANY_NODES))
            ):
                continue
            words = dom.text_of(element, most=_MANY_NODES)
            if stamps := list(dates_in(words, element)):
                self.found += ((element, place, stamp) for stamp in stamps)
                _add_upwards(dated, element)


def _add_upwards(elements: set[HtmlElement], element: HtmlElement | None) -> None:
    """Adds ``element`` and all that is around it."""
    while element is not None and element not in elements:
        elements.add(element)
        element = element.getparent()


def _link(element: HtmlElement, place: int, addresses: Addresses) -> Link | None:
    written = element.get("href") or ""
    address = addresses.absolute(written)
    key = addresses.key_of_story(address) if address else ""
    if not key:
        return None
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
            inner = "" if is_dated(inner) else inner
            before += len(inner.strip()) + len((sibling.tail or "").strip())
        else:
            before += len((parent.text or "").strip())
        outer = parent
    return before > _LONG_BEFORE


def _is_no_list(element: HtmlElement) -> bool:
    if element.tag == "nav":
        return True
    called = dom.names_of(element)
    if called == " ":
        return False
    if element.tag == "blockquote" and dom.is_name_of(_QUOTED, called):
        return True
    if not dom.is_name_of(_NO_LIST, called):
        return False
    # of what is called so but has no links, only the looks are a navigation's
    is_no_list = dom.is_name_of(names.NO_LIST, called)
    return is_no_list or (element.tag != "blockquote" and next(element.iter("a"), None) is not None)
