"""What dated lists are put together from: which stories and dates each element of a page holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.html import dom
from feeds.normalise.html.lists.days import Day, is_shown
from feeds.normalise.html.lists.headlines import Headlines
from feeds.normalise.html.lists.marks import HIGH, Link, Marks
from feeds.normalise.words import names

_TWO, _THREE = 2, 3
_MONTHS = 60
_BY_TAG_ALONE = frozenset(("li", "tr", "td", "article", "dd", "dt", "section", "a"))
_DIGITS = re.compile(r"\d+")


class Item(NamedTuple):
    """A headline of a list: the element that it is, all links in it to its story, its date."""

    element: HtmlElement
    links: list[Link]
    day: Day | None


class List(NamedTuple):
    """The items of one list, the element around them, and the elements that are the list's."""

    items: list[Item]
    around: HtmlElement | None
    elements: list[HtmlElement]


Path = tuple[tuple[str, str], ...]


class Tally:
    """Which stories and dates each element holds, up to a number of levels above them."""

    def __init__(self, found: Marks, headlines: Headlines, barred: set[HtmlElement]) -> None:
        self.barred = barred
        self.headlines = headlines
        self.heads = [link for link in found.links if headlines.is_headline(link)]
        self.days: dict[HtmlElement, list[Day]] = defaultdict(list)
        self.links: dict[HtmlElement, list[Link]] = defaultdict(list)
        self.stories: dict[HtmlElement, set[str]] = defaultdict(set)
        for day in found.days:
            for outer in self.upwards(day.element):
                self.days[outer].append(day)
        for link in self.heads:
            for outer in self.upwards(link.element):
                self.links[outer].append(link)
                self.stories[outer].add(link.key)

    def upwards(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """``element`` and what is around it, up to what holds the page's own headline."""
        for outer in (element, *islice(element.iterancestors(), HIGH)):
            if outer in self.barred:
                return
            yield outer


def kind(element: HtmlElement) -> tuple[str, str]:
    """What makes elements alike: their tag, and mostly the first of their classes."""
    if element.tag in _BY_TAG_ALONE:
        return element.tag, ""
    return element.tag, _DIGITS.sub("", (element.get("class") or "").strip().partition(" ")[0])


def path_to(link: HtmlElement, item: HtmlElement) -> Path:
    """Where in its item a link stands."""
    path: list[tuple[str, str]] = []
    for outer in (link, *islice(link.iterancestors(), HIGH)):
        if outer is item:
            break
        path.append(kind(outer))
    return tuple(path)


def child_of(inner: HtmlElement, outer: HtmlElement) -> HtmlElement:
    """The child of ``outer`` that holds ``inner``."""
    while (parent := inner.getparent()) is not outer and parent is not None and inner is not outer:
        inner = parent
    return inner


def days_of(one: List) -> list[date]:
    """The days of a list, in its order."""
    found = [item.day.date for item in one.items if item.day is not None]
    return [date.day for date in found if isinstance(date, StatedDate)]


def latest_day(one: List) -> date | None:
    """The last day of a list."""
    return max(days_of(one), default=None)


def is_day_by_day(one: List) -> bool:
    """Whether a list has one item for each of some days, from one to the next."""
    days = days_of(one)
    if len(days) < _TWO or len(days) != len(one.items):
        return False
    return all((after - day).days == 1 for day, after in pairwise(days))


def is_chronology(one: List) -> bool:
    """Whether a list tells of several months from the first day on, as news never do.

    What is called a chronology is one of fewer days, too.
    """
    days = days_of(one)
    if len(days) < _TWO or days != sorted(days) or days[0] == days[-1]:
        return False
    if len(days) >= _THREE and (days[-1] - days[0]).days > _MONTHS:
        return True
    first = one.items[0].element
    around = (first, first.getparent(), one.around)
    return any(dom.is_called(each, names.CHRONOLOGY) for each in around if each is not None)


def is_table(one: List) -> bool:
    """Whether the items are rows of a table that names its columns."""
    table = next(one.items[0].element.iterancestors("table"), None)
    return table is not None and next(table.iter("th"), None) is not None


def has_one_moment(one: List) -> bool:
    """Whether a list has but one moment for all it holds: that in which the page was made.

    Stories may come out on one day, or at one full minute, but hardly three of them; three, if
    people read that.
    """
    dates = [item.day.date for item in one.items if item.day is not None]
    first = dates[0]
    if len(dates) < _TWO or len(set(dates)) > 1 or not isinstance(first, StatedDate):
        return False
    seconds = first.iso[17:19] if first.precision == "second" else "00"
    if first.iso[11:16] in ("", "00:00") and seconds == "00":
        return False
    if len(dates) <= _THREE and all(is_shown(item.day) for item in one.items if item.day):
        return False
    return len(dates) > _TWO or seconds != "00"
