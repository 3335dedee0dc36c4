"""The dated lists of a page: headlines, each with its own link and its own date.

Rules
- The nearest element around a link that holds a date is an item, if it holds few stories. Items
  are a list if there are two of a structure; among them, those without a date are undated. What
  is alone may be one, too, where something else says so.
- Where one element holds many stories and dates, see ``pairs``.
- What holds the page's own headline is no item, nor is what holds much text.
- An address that several items of a list share is a section's or an author's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice
from statistics import fmean
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.normalise.html.lists.days import Day
from feeds.normalise.html.lists.headlines import Headlines
from feeds.normalise.html.lists.marks import Link, Marks
from feeds.normalise.html.lists.pairs import find_pairs
from feeds.normalise.html.lists.parts import weight
from feeds.normalise.html.lists.structure import Item, List, Path, Tally, kind, path_to

_LEVELS = 7
_MOST_STORIES = 4
_LONGEST_ITEM = 1500
_HEADING, _NEAR = 2, 4
_TWO = 2


class _Placed(NamedTuple):
    """A link, and where in its item it stands."""

    link: Link
    path: Path


def find_lists(found: Marks, headlines: Headlines, barred: set[HtmlElement]) -> list[List]:
    """The lists that ``found`` makes, in its order; ``barred`` can be no part of one."""
    tally = Tally(found, headlines, barred)
    items, mixed = _items(tally)
    lists = [
        made
        for around, members in _structures(items, tally)
        if (made := _list(around, members, tally))
    ]
    lists += [pairs for element in mixed if (pairs := find_pairs(element, tally))]
    return sorted(lists, key=lambda one: one.items[0].links[0].place)


def _items(tally: Tally) -> tuple[dict[HtmlElement, None], dict[HtmlElement, None]]:
    """The elements that may be items, and those that hold many stories and dates."""
    with_heading = cache(partial(_with_heading, tally=tally))  # many links may be of one item
    single: dict[HtmlElement, None] = {}
    mixed: dict[HtmlElement, None] = {}
    for link in tally.heads:
        item = next((one for one in tally.upwards(link.element) if one in tally.days), None)
        if item is None:
            continue
        item = with_heading(item)
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


def _with_heading(item: HtmlElement, tally: Tally) -> HtmlElement:
    """``item``, or what is around it, if its links are no headings and one stands right there.

    Beside a date stand a section or an author as often as a headline.
    """
    rank = tally.headlines.rank
    if len(tally.stories[item]) > _MOST_STORIES or any(
        rank(link) == _HEADING for link in tally.links[item]
    ):
        return item
    for outer in islice(tally.upwards(item), 1, _NEAR):
        is_more = len(tally.days[outer]) > len(tally.days[item])
        if is_more or len(tally.stories[outer]) > _MOST_STORIES:
            break
        headings = {link.key for link in tally.links[outer] if rank(link) == _HEADING}
        if headings:
            return outer if len(headings) == 1 else item
    return item


def _structures(
    items: dict[HtmlElement, None], tally: Tally
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
            counts[outer.getparent(), kind(outer)] += 1
    beside: dict[HtmlElement, list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    alike: dict[object, list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    for item, outers in levels.items():
        best = max(outers, key=lambda one: (counts[one.getparent(), kind(one)], outers.index(one)))
        parent = best.getparent()
        if parent is not None and counts[parent, kind(best)] > 1:
            beside[parent].append((best, item))
        else:
            link = tally.links[item][0].element
            alike[kind(item), parent is not None and kind(parent), path_to(link, item)].append(
                (best, item)
            )
    for around, members in beside.items():
        if len(members) != _TWO or _are_alike(*(item for _, item in members)):
            yield around, [outer for outer, _ in members]
    for apart in alike.values():
        if len(apart) > 1:
            yield None, [outer for outer, _ in apart]
        else:
            yield apart[0][1].getparent(), [apart[0][1]]


def _are_alike(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements are of one kind, or hold the same tags: two rows of a page aren't."""
    return kind(one) == kind(other) or [e.tag for e in one] == [e.tag for e in other]


def _list(around: HtmlElement | None, members: list[HtmlElement], tally: Tally) -> List | None:
    members = [member for member in members if _size(member) <= _LONGEST_ITEM]
    if not members:
        return None
    others = _undated(around, members, tally) if around is not None else []
    own = _own_links([*members, *others], tally)
    sizes: dict[Path, list[int]] = defaultdict(list)
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
    if not any(item.day is not None for item in items):
        return None
    order = sorted(items, key=lambda item: item.links[0].place)
    return List(order, around, [item.element for item in order])


def _own_links(items: list[HtmlElement], tally: Tally) -> dict[HtmlElement, list[_Placed]]:
    """The links of each item to what it alone has, if there are any."""
    shared = Counter(key for item in items for key in tally.stories[item])
    own: dict[HtmlElement, list[_Placed]] = {}
    for item in items:
        alone = len(tally.stories[item]) == 1
        links = [link for link in tally.links[item] if alone or shared[link.key] == 1]
        links = [link for link in links if link.is_own] or links
        if links:
            own[item] = [_Placed(link, path_to(link.element, item)) for link in links]
    return own


def _undated(around: HtmlElement, members: list[HtmlElement], tally: Tally) -> list[HtmlElement]:
    """What stands among the members of a list and is like them, but for the date."""
    kinds, known = {kind(member) for member in members}, set(members)
    return [
        child
        for child in around
        if child not in known
        and child not in tally.days
        and 0 < len(tally.stories.get(child, ())) <= _MOST_STORIES
        and kind(child) in kinds
        and _size(child) <= _LONGEST_ITEM
    ]


def _nearest(days: list[Day], link: Link) -> Day | None:
    return min(days, key=lambda day: abs(day.place - link.place), default=None)


def _size(element: HtmlElement) -> int:
    return sum(len(words.strip()) for words in element.itertext())
