"""The dated lists of a page: headlines, each with its own link and its own date.

Rules
- The smallest element that holds one date and a headline (see ``marks``) is an item.
- Items beside each other in one element are a list if there are two of them, or one
  in an ``aside``. Where one element holds all marks, they are paired in their order: the
  date comes first if the element begins with one, else last.
- What holds the page's own headline is no list, nor are parts of its article that have
  a clock, a heading of their own and a text, as those of a live blog.
- A list's other headlines, without a date, are listed as undated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.lists import marks
from feeds.normalise.html.lists.marks import Mark, Stated

_LONGEST_ITEM = 900
_LONGEST_TITLE = 300
_HOLDING = ("article", "aside", "li", "tr")


class Item(NamedTuple):
    """A headline of a list: where it stands, its link as written, its date, the rule."""

    title: str
    line: int
    address: str
    date: Stated | None
    date_line: int
    rule: str


class List(NamedTuple):
    """The items of one list and the elements that hold it."""

    items: list[Item]
    elements: list[HtmlElement]


def find_lists(body: HtmlElement, title: HtmlElement | None) -> list[List]:
    """The lists of ``body``; ``title`` is the page's own headline."""
    found = marks.find_marks(body, title)
    if not any(mark.date for mark in found):
        return []
    held: dict[HtmlElement, list[int]] = {}
    for mark in found:
        counts = held.setdefault(mark.element, [0, 0])
        counts[0 if mark.date else 1] += 1
    _add_up(body, held)
    around = {title, *title.iterancestors()} if title is not None else set()
    by_container, flat = _items(body, found, held, around)
    others = {
        child
        for container, items in by_container.items()
        for child in _undated(container, items, held)
    }
    dated = {item for items in by_container.values() for item in items}
    inside = _grouped(body, found, {*flat, *dated, *others})
    articles = [outer for outer in around if outer.tag == "article"]
    lists: list[List] = []
    for container, items in by_container.items():
        of_children = {
            child: best
            for child in container
            if (child in items or child in others)
            and (best := _best(inside.get(child, [])))
            and len("".join(child.itertext())) <= _LONGEST_ITEM
        }
        if not of_children or not (len(items) > 1 or _is_aside(container)):
            continue
        if any(outer in articles for outer in (container, *container.iterancestors())) and all(
            not best.address and _has_prose(child) for child, best in of_children.items()
        ):
            continue
        made = [
            _made(
                best,
                next((mark for mark in inside[child] if mark.date), None),
                "headline in the dated list",
            )
            for child, best in of_children.items()
        ]
        lists.append(List(made, [container]))
    for element in flat:
        own = inside.get(element, [])
        alone = element not in around and element is not body
        for part in [own] if alone else _divided(own, body, title):
            holding = [element] if alone else [mark.element for mark in part]
            lists += [List(pairs, holding)] if (pairs := _pairs(part)) else []
    order = {element: place for place, element in enumerate(body.iter())}
    return sorted(lists, key=lambda one: order.get(one.elements[0], 0))


def _divided(own: list[Mark], body: HtmlElement, title: HtmlElement | None) -> list[list[Mark]]:
    """Marks above the headline, in the header of its article, and below where its text begins."""
    if title is None:
        return [own]
    parts: list[list[Mark]] = [[], [], []]
    of_element: dict[HtmlElement, list[Mark]] = {}
    for mark in own:
        of_element.setdefault(mark.element, []).append(mark)
    place = 0
    for element in body.iter():
        if element is title:
            place = 1
        elif place == 1 and element.tag == "p" and len(dom.line_in(element)) >= dom.PROSE:
            place = 2
        parts[place] += of_element.get(element, [])
    return parts


def _has_prose(element: HtmlElement) -> bool:
    return any(len(dom.line_in(paragraph)) >= dom.PROSE for paragraph in element.iter("p"))


def _items(
    body: HtmlElement,
    found: list[Mark],
    held: dict[HtmlElement, list[int]],
    around: set[HtmlElement],
) -> tuple[dict[HtmlElement, dict[HtmlElement, None]], dict[HtmlElement, None]]:
    """The items by the element that they stand in, and elements that hold many dates at once.

    ``around``: what holds the page's own headline, which is no item.
    """
    by_container: dict[HtmlElement, dict[HtmlElement, None]] = {}
    flat: dict[HtmlElement, None] = {}
    for mark in found:
        item = _item(mark.element, held, body) if mark.date else None
        if item is None:
            continue
        if held[item][0] > 1 and held[item][1] > 1:
            flat[item] = None
        elif item not in around and (container := item.getparent()) is not None:
            by_container.setdefault(container, {})[item] = None
    return by_container, flat


def _add_up(body: HtmlElement, held: dict[HtmlElement, list[int]]) -> None:
    """Extends counts of [dates, headlines] from each element to those around it."""
    for element in reversed(list(body.iter())):
        counts = held.get(element)
        parent = element.getparent()
        if counts and parent is not None and element is not body:
            outer = held.setdefault(parent, [0, 0])
            outer[0] += counts[0]
            outer[1] += counts[1]


def _item(
    element: HtmlElement, held: dict[HtmlElement, list[int]], body: HtmlElement
) -> HtmlElement | None:
    """The element that holds this date with its headline, and as much else as has no other."""
    item: HtmlElement | None = element
    while item is not None and held[item][1] == 0:
        if item is body:
            return None
        item = item.getparent()
    while item is not None and item is not body:
        outer = item.getparent()
        if item.tag in _HOLDING or outer is None or outer is body or held[outer] != held[item]:
            break
        item = outer
    return item


def _grouped(
    body: HtmlElement, found: list[Mark], items: set[HtmlElement]
) -> dict[HtmlElement, list[Mark]]:
    """The marks of each item, in order."""
    item_of: dict[HtmlElement, HtmlElement] = {}
    for element in body.iter():
        parent = element.getparent()
        if element in items:
            item_of[element] = element
        elif parent in item_of and element is not body:
            item_of[element] = item_of[parent]
    grouped: dict[HtmlElement, list[Mark]] = {}
    for mark in found:
        if mark.element in item_of:
            grouped.setdefault(item_of[mark.element], []).append(mark)
    return grouped


def _undated(
    container: HtmlElement, items: Iterable[HtmlElement], held: dict[HtmlElement, list[int]]
) -> list[HtmlElement]:
    """What stands among ``items`` in ``container`` and is like them, but for the date."""
    kinds = {(item.tag, item.get("class")) for item in items}
    return [
        child
        for child in container
        if (child.tag, child.get("class")) in kinds and held.get(child, [1])[0] == 0
    ]


def _best(own: Iterable[Mark]) -> Mark | None:
    """The headline among an item's marks: one that is a heading, else the longest link."""
    return max(
        (mark for mark in own if mark.date is None),
        key=lambda mark: (mark.is_heading and bool(mark.address), mark.is_heading, len(mark.words)),
        default=None,
    )


def _made(best: Mark, date: Mark | None, rule: str) -> Item:
    title = _title(best)
    line = dom.line_of(best.element)
    if date is None:
        return Item(title, line, best.address, None, 0, rule)
    return Item(title, line, best.address, date.date, dom.line_of(date.element), rule)


def _title(mark: Mark) -> str:
    """The words of the headline alone, where a link holds more than those."""
    if mark.element.tag != "a" or not len(mark.element):
        return mark.words
    heading = next(mark.element.iter(*dom.HEADINGS), None)
    if heading is not None and (words := dom.line_in(heading)):
        return words
    runs = [block.text for block in dom.blocks_in(mark.element)]
    if len(runs) > 1:
        return max(
            (run for run in runs if marks.recognised(run) is None), key=len, default=mark.words
        )
    for inner in mark.element.iter("time", "span", "small", "i", "em"):
        words = dom.line_in(inner)
        if marks.recognised(words):
            return mark.words.replace(words, " ").strip(marks.EDGES) or mark.words
    return mark.words


def _pairs(own: list[Mark]) -> list[Item]:
    """Headlines and dates that alternate in one element."""
    made: list[Item] = []
    first = bool(own) and own[0].date is not None
    rule = f"headline in the dated list, {'below' if first else 'above'} its date"
    for place, mark in enumerate(own):
        other = place + (-1 if first else 1)
        if mark.date is None and len(mark.words) <= _LONGEST_TITLE:
            near = own[other] if 0 <= other < len(own) else None
            dated = near if near is not None and near.date else None
            if dated or mark.address:
                made.append(_made(mark, dated, rule))
    return made if sum(item.date is not None for item in made) > 1 else []


def _is_aside(container: HtmlElement) -> bool:
    return any(outer.tag == "aside" for outer in (container, *container.iterancestors()))
