"""What stands in a dated list, or looks like one, and is no story of the site.

Rules
- Advertising says so: in ``rel``, in a name in the markup, in a label beside the headline or in
  the heading above. So does a link to another site.
- Events say so, too, or are all later than the page's article, and stand soonest first.
- Jobs, notices of deaths, forecasts and results are none: the heading above says so. What is
  called weather is a forecast if it goes on from day to day.
- A date that is later than the page was saved is no date of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.headline_labels import without_labels
from feeds.normalise.html.lists import addresses, structure
from feeds.normalise.html.lists.parts import is_begun
from feeds.normalise.words import is_heading_of_comments, is_list_heading, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.characters import cleaned
from feeds.text.dates.find import find_stamp
from feeds.text.dates.resolve import Settled

ADVERTISING = "advertising in the list"
OTHER_SITE = "link to another site in the list"
EVENT = "event that is to come"
NO_NEWS = "list of jobs, notices or results"
OWN_PAGE = "link to the page itself"

_LONGEST_HEADING = 60
_LONGEST_LABEL = 40
_MANY_INSIDE = 60
_FEW, _SEVERAL = 2, 3
_FARTHEST_ZONE = timedelta(hours=14)
_HEADERS = ("a", "div", "header", "span")
_PAID = Words(rf"[\W_]*{any_of(vocabulary.ADVERTISING)}[\W_]*")
_PAID_HEADING = Words(rf"[\W_]*{any_of(vocabulary.ADVERTISING)}(?!\w)")
_PAID_TEXT = Words(
    rf"[\W_]*{any_of(vocabulary.ADVERTISING)}\s*[:|\]].+"
    rf"|.+[\[(]{any_of(vocabulary.ADVERTISING)}[\])]\W*"
)
_EVENTS = Words(rf"(?<!\w){any_of(vocabulary.EVENTS)}(?!\w)")
_WEATHER = Words(rf"[\W_]*{any_of(vocabulary.WEATHER)}[\W_]*")
_NO_NEWS = Words(rf"[\W_]*{any_of(vocabulary.NO_NEWS)}[\W_]*")


class Page(NamedTuple):
    """What is known of a page besides its tree.

    ``base``: what addresses are relative to; ``captured``: when it was saved; ``published``: its
    article; ``is_article``: it says that it is one; ``settled``: what its language and address
    tell of its dates.
    """

    path: str
    base: str
    captured: StatedDate | None = None
    published: date | None = None
    is_article: bool = False
    settled: Settled = Settled()


class Rules:
    """Which lists, and which of their items, are none of the site's stories, and why."""

    def __init__(self, page: Page, known: addresses.Addresses, title: str) -> None:
        self._page = page
        self._addresses = known
        self._title = title.casefold()
        self._latest = _last_day(page.captured)

    def why_no_list(self, one: structure.List, others: date | None) -> str:
        """Why the list holds no stories; empty if it may. ``others``: the last day of others."""
        first = one.items[0].element
        around = [outer for outer in (one.around, *_outer(first)) if outer is not None]
        called = [outer for outer in around if outer.tag not in ("body", "html", "main")]
        heading = heading_above(one.around if one.around is not None else first, set())
        inner = next(one.around.iter(*dom.HEADINGS), None) if one.around is not None else None
        said = [dom.line_in(each) for each in (heading, inner) if each is not None]
        said = [words for words in said if len(words) <= _LONGEST_HEADING]
        if any(map(addresses.is_paid, called)) or any(map(_PAID_HEADING.match, said)):
            return ADVERTISING
        if any(map(is_heading_of_comments, said)):
            return verdicts.COMMENTS
        is_named = any(dom.is_called(outer, names.EVENTS) for outer in called)
        if is_named or any(map(_EVENTS.search, said)) or self._are_to_come(one, others):
            return EVENT
        is_forecast = any(map(_WEATHER.fullmatch, said)) and structure.is_day_by_day(one)
        return NO_NEWS if is_forecast or any(map(_NO_NEWS.fullmatch, said)) else ""

    def is_of_page(self, item: structure.Item) -> bool:
        """Whether the item leads to a place in the page, as the entries of a live blog do."""
        return self._addresses.is_own_page(item.links[0].address)

    def why_no_story(self, item: structure.Item, words: str) -> str:
        """Why the item is no story of the site; empty if it may be."""
        address = item.links[0].address
        if self._addresses.is_own_page(address):
            titles = self._title, without_labels(self._title)
            is_own = words.casefold() in titles or is_begun(words, self._title)
            return "" if is_own else OWN_PAGE
        if not self._addresses.is_of_site(address):
            return OTHER_SITE
        inner = islice(item.element.iter(), _MANY_INSIDE)
        if any(map(addresses.is_paid, _between(item))) or any(map(_is_paid_label, inner)):
            return ADVERTISING
        if any(_PAID_TEXT.fullmatch(dom.line_in(link.element)) for link in item.links):
            return ADVERTISING
        date = item.day.date if item.day is not None else None
        if isinstance(date, StatedDate) and self._latest and date.day > self._latest:
            return EVENT
        return ""

    def _are_to_come(self, one: structure.List, others: date | None) -> bool:
        days = structure.days_of(one)
        after = [day for day in (self._page.published, others) if day is not None]
        return (
            len(days) >= (_FEW if others is not None else _SEVERAL)
            and bool(after)
            and days == sorted(days)
            and days[0] < days[-1]
            and days[0] > max(after)
        )


def is_list(one: structure.List) -> bool:
    """Whether what was found is a list: it has two dates, or the heading of one above it."""
    if sum(item.day is not None for item in one.items) > 1:
        return True
    heading = heading_above(one.items[0].element, set())
    return heading is not None and is_list_heading(dom.line_in(heading))


def heading_above(element: HtmlElement, barred: set[HtmlElement]) -> HtmlElement | None:
    """The heading that stands just above ``element``, or above what begins with it."""
    for _ in range(3):
        before = element.getprevious()
        if before is not None:
            return before if _is_heading(before) and before not in barred else None
        outer = element.getparent()
        if outer is None or outer in barred or outer.tag == "body":
            return None
        element = outer
    return None


def _is_heading(element: HtmlElement) -> bool:
    words = dom.line_in(element)
    if not words or len(words) > _LONGEST_HEADING or find_stamp(words) is not None:
        return False
    if element.tag in dom.HEADINGS or is_list_heading(words):
        return True
    return next(element.iter(*dom.HEADINGS), None) is not None and element.tag in _HEADERS


def _between(item: structure.Item) -> Iterator[HtmlElement]:
    """The links of an item, and what is around them in it."""
    for link in item.links:
        for outer in (link.element, *link.element.iterancestors()):
            yield outer
            if outer is item.element:
                break


def _outer(element: HtmlElement) -> list[HtmlElement]:
    return [element, *islice(element.iterancestors(), 2)]


def _is_paid_label(element: HtmlElement) -> bool:
    """Whether a text of its own in the element, or behind it, is the label of advertising."""
    return any(
        bool(_PAID.fullmatch(words))
        for text in (element.text, element.tail)
        if text and len(words := cleaned(text)) <= _LONGEST_LABEL and words
    )


def _last_day(captured: StatedDate | None) -> date | None:
    """The last day that anybody can have called today when the page was saved."""
    if captured is None or captured.precision == "day":
        return captured.day if captured is not None else None
    return (datetime.fromisoformat(captured.iso) + _FARTHEST_ZONE).date()
