"""The dated lists of a page: headlines, each with its own link and its own date.

Rules
- The nearest element around a link that holds a date is an item, if it holds few stories. Items
  are a list if there are two of a structure; among them, those without a date are undated.
- Where one element holds many stories and dates, they are paired if they alternate, or if each
  date stands as a heading above some headlines.
- What holds the page's own headline is no item, nor is what holds much text.
- An address that several items of a list share is a section's or an author's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice, pairwise
from statistics import fmean
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.html.lists.headlines import Headlines, weight
from feeds.normalise.html.lists.marks import Day, Link, Marks

_HIGH, _LEVELS = 12, 7
_MOST_STORIES = 4
_TWO_PAIRS = 4
_LONGEST_ITEM = 900
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


_Path = tuple[tuple[str, str], ...]


class _Placed(NamedTuple):
    """A link, and where in its item it stands."""

    link: Link
    path: _Path


class _Tally:
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
        for outer in (element, *islice(element.iterancestors(), _HIGH)):
            if outer in self.barred:
                return
            yield outer


def find_lists(found: Marks, headlines: Headlines, barred: set[HtmlElement]) -> list[List]:
    """The lists that ``found`` makes, in its order; ``barred`` can be no part of one."""
    tally = _Tally(found, headlines, barred)
    items, mixed = _items(tally)
    lists = [
        made
        for around, members in _structures(items, tally)
        if (made := _list(around, members, tally))
    ]
    lists += [pairs for element in mixed if (pairs := _pairs(element, tally))]
    return sorted(lists, key=lambda one: one.items[0].links[0].place)


def _items(tally: _Tally) -> tuple[dict[HtmlElement, None], dict[HtmlElement, None]]:
    """The elements that may be items, and those that hold many stories and dates."""
    single: dict[HtmlElement, None] = {}
    mixed: dict[HtmlElement, None] = {}
    for link in tally.heads:
        item = next((one for one in tally.upwards(link.element) if one in tally.days), None)
        if item is None:
            continue
        stories = len(tally.stories[item])
        if stories > _MOST_STORIES or (stories > 1 and len(tally.days[item]) > 1):
            mixed[item] = None
        else:
            single[item] = None
    holding = {outer for item in single for outer in islice(tally.upwards(item), 1, None)}
    return (
        {item: None for item in single if item not in holding},
        {item: None for item in mixed if item not in holding},
    )


def _kind(element: HtmlElement) -> tuple[str, str]:
    if element.tag in _BY_TAG_ALONE:
        return element.tag, ""
    return element.tag, _DIGITS.sub("", (element.get("class") or "").strip().partition(" ")[0])


def _path(link: HtmlElement, item: HtmlElement) -> _Path:
    """Where in its item a link stands."""
    path: list[tuple[str, str]] = []
    for outer in (link, *islice(link.iterancestors(), _HIGH)):
        if outer is item:
            break
        path.append(_kind(outer))
    return tuple(path)


def _structures(
    items: dict[HtmlElement, None], tally: _Tally
) -> Iterator[tuple[HtmlElement | None, list[HtmlElement]]]:
    """The items that are of a structure, and the element in which they stand, if it is one."""
    levels: dict[HtmlElement, list[HtmlElement]] = {}
    counts: Counter[tuple[HtmlElement | None, tuple[str, str]]] = Counter()
    for item in items:
        stories, days = tally.stories[item], len(tally.days[item])
        levels[item] = []
        for outer in islice(tally.upwards(item), _LEVELS):
            if tally.stories[outer] != stories or len(tally.days[outer]) != days:
                break
            levels[item].append(outer)
            counts[outer.getparent(), _kind(outer)] += 1
    beside: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    alike: dict[object, list[HtmlElement]] = defaultdict(list)
    for item, outers in levels.items():
        best = max(outers, key=lambda one: (counts[one.getparent(), _kind(one)], outers.index(one)))
        parent = best.getparent()
        if parent is not None and counts[parent, _kind(best)] > 1:
            beside[parent].append(best)
        else:
            link = tally.links[item][0].element
            alike[_kind(item), parent is not None and _kind(parent), _path(link, item)].append(best)
    yield from beside.items()
    for apart in alike.values():
        if len(apart) > 1:
            yield None, apart


def _list(around: HtmlElement | None, members: list[HtmlElement], tally: _Tally) -> List | None:
    members = [member for member in members if _size(member) <= _LONGEST_ITEM]
    if len(members) < 2:
        return None
    others = _undated(around, members, tally) if around is not None else []
    own = _own_links([*members, *others], tally)
    sizes: dict[_Path, list[int]] = defaultdict(list)
    for links in own.values():
        for placed in links:
            sizes[placed.path].append(weight(tally.headlines.words(placed.link)))

    def worth(placed: _Placed) -> tuple[int, bool, float]:
        known = sizes[placed.path]
        return tally.headlines.rank(placed.link), 2 * len(known) > len(own), fmean(known)

    items: list[Item] = []
    for item, links in own.items():
        best = max(links, key=worth)
        if any(one.link.key != best.link.key and one.path == best.path for one in links):
            continue  # one date for two headlines
        same = [one.link for one in links if one.link.key == best.link.key]
        items.append(Item(item, same, _nearest(tally.days.get(item, []), best.link)))
    if sum(item.day is not None for item in items) < 2:
        return None
    order = sorted(items, key=lambda item: item.links[0].place)
    return List(order, around, [item.element for item in order])


def _own_links(items: list[HtmlElement], tally: _Tally) -> dict[HtmlElement, list[_Placed]]:
    """The links of each item to what it alone has, if there are any."""
    shared = Counter(key for item in items for key in tally.stories[item])
    own: dict[HtmlElement, list[_Placed]] = {}
    for item in items:
        alone = len(tally.stories[item]) == 1
        links = [link for link in tally.links[item] if alone or shared[link.key] == 1]
        links = [link for link in links if link.is_own] or links
        if links:
            own[item] = [_Placed(link, _path(link.element, item)) for link in links]
    return own


def _undated(around: HtmlElement, members: list[HtmlElement], tally: _Tally) -> list[HtmlElement]:
    """What stands among the members of a list and is like them, but for the date."""
    kinds, known = {_kind(member) for member in members}, set(members)
    return [
        child
        for child in around
        if child not in known
        and child not in tally.days
        and 0 < len(tally.stories.get(child, ())) <= _MOST_STORIES
        and _kind(child) in kinds
        and _size(child) <= _LONGEST_ITEM
    ]


def _nearest(days: list[Day], link: Link) -> Day | None:
    return min(days, key=lambda day: abs(day.place - link.place), default=None)


def _size(element: HtmlElement) -> int:
    return sum(len(words.strip()) for words in element.itertext())


def _pairs(element: HtmlElement, tally: _Tally) -> List | None:
    """Headlines and dates that stand beside each other in ``element``."""
    row = _row(element, tally)
    kinds = [isinstance(one, Day) for one in row]
    paths = {_path(one[0].element, element) for one in row if not isinstance(one, Day)}
    if len(paths) != 1 or len(row) < _TWO_PAIRS:
        return None
    alternate = all(here != below for here, below in pairwise(kinds))
    if alternate and kinds[0] != kinds[-1]:
        first = kinds[0]
    elif kinds[0] and not kinds[-1] and sum(kinds) > 1 and _are_headings(row, element):
        first = True
    else:
        return None
    items: list[Item] = []
    day: Day | None = None
    for one in row if first else reversed(row):
        if isinstance(one, Day):
            day = one
        else:
            items.append(Item(_child(one[0].element, element), one, day))
    items = items if first else items[::-1]
    elements = [item.element for item in items]
    elements += [_child(known.element, element) for known in tally.days[element]]
    return List(items, element, [one for one in dict.fromkeys(elements) if one is not element])


def _row(element: HtmlElement, tally: _Tally) -> list[Day | list[Link]]:
    """The dates and the links in ``element`` in their order, each date and each story once."""
    found: list[Day | Link] = [*tally.days[element], *tally.links[element]]
    row: list[Day | list[Link]] = []
    for one in sorted(found, key=lambda mark: mark.place):
        last = row[-1] if row else None
        if isinstance(one, Day):
            if not (isinstance(last, Day) and last.date == one.date):
                row.append(one)
        elif isinstance(last, list) and last[0].key == one.key:
            last.append(one)
        else:
            row.append([one])
    return row


def _are_headings(row: list[Day | list[Link]], element: HtmlElement) -> bool:
    """Whether no date stands in one element with a headline."""
    heads = {_child(one[0].element, element) for one in row if isinstance(one, list)}
    return all(
        _child(one.element, element) not in heads and one.element is not element
        for one in row
        if isinstance(one, Day)
    )


def _child(inner: HtmlElement, outer: HtmlElement) -> HtmlElement:
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
