"""The dated lists of a page: headlines, each with its own link and its own date.

Rules
- A mark is a date that is all of a ``time`` or of a run of text, or a link (or heading)
  with words in it. The smallest element that holds one date and a headline is an item.
- Items beside each other in one element are a list if there are two of them, or one
  in an ``aside``. Where one element holds all marks, they are paired in their order: the
  date comes first if the element begins with one, else last.
- Navigation, footers, comments and what holds the page's own headline are no list.
- A list's other headlines, without a date, are listed as undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds import dates, stating
from feeds.model import StatedDate
from feeds.normalise.html import dom

_NO_LIST = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus\w*|reply|replies|breadcrumbs?|pagination|share|social|"
    r"menu|navbar|nav|byline|author)(?=$|[\s_-])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_EDGES = " \t\n|·•,–—-()/[]\u2022\xa0"
_LONGEST_ITEM = 900
_LONGEST_TITLE = 300
_LONGEST_DATE = 60

Stated = StatedDate | stating.Impossible


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


class _Mark(NamedTuple):
    element: HtmlElement
    words: str
    date: Stated | None
    is_heading: bool
    address: str


def find(body: HtmlElement, title: HtmlElement | None) -> list[List]:
    """The lists of ``body``; ``title`` is the page's own headline."""
    marks = _marks(body, title)
    if not any(mark.date for mark in marks):
        return []
    held: dict[HtmlElement, list[int]] = {}
    for mark in marks:
        counts = held.setdefault(mark.element, [0, 0])
        counts[0 if mark.date else 1] += 1
    _add_up(body, held)
    around = {title, *title.iterancestors()} if title is not None else set()
    by_container, flat = _items(body, marks, held, around)
    others = {
        child
        for container, items in by_container.items()
        for child in _undated(container, items, held)
    }
    dated = {item for items in by_container.values() for item in items}
    inside = _grouped(body, marks, {*flat, *dated, *others})
    found: list[List] = []
    for container, items in by_container.items():
        made = [
            _made(
                best, next((mark for mark in own if mark.date), None), "headline in the dated list"
            )
            for child in container
            if (child in items or child in others)
            and (best := _best(own := inside.get(child, [])))
            and len("".join(child.itertext())) <= _LONGEST_ITEM
        ]
        if made and (len(items) > 1 or _is_aside(container)):
            found.append(List(made, [container]))
    for element in flat:
        own = inside.get(element, [])
        if pairs := _pairs(own):
            alone = element not in around and element is not body
            found.append(List(pairs, [element] if alone else [mark.element for mark in own]))
    order = {element: place for place, element in enumerate(body.iter())}
    return sorted(found, key=lambda one: order.get(one.elements[0], 0))


def _items(
    body: HtmlElement,
    marks: list[_Mark],
    held: dict[HtmlElement, list[int]],
    around: set[HtmlElement],
) -> tuple[dict[HtmlElement, dict[HtmlElement, None]], dict[HtmlElement, None]]:
    """The items by the element that they stand in, and elements that hold many dates at once.

    ``around``: what holds the page's own headline, which is no item.
    """
    by_container: dict[HtmlElement, dict[HtmlElement, None]] = {}
    flat: dict[HtmlElement, None] = {}
    for mark in marks:
        item = _item(mark.element, held, body) if mark.date else None
        if item is None:
            continue
        if held[item][0] > 1 and held[item][1] > 1:
            flat[item] = None
        elif item not in around and (container := item.getparent()) is not None:
            by_container.setdefault(container, {})[item] = None
    return by_container, flat


def _marks(body: HtmlElement, title: HtmlElement | None) -> list[_Mark]:
    """All dates and headlines outside of what can be no list, in the page's order."""
    found: list[_Mark] = []
    prose: dict[HtmlElement, int] = {}
    link: HtmlElement | None = None
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element is title or _is_no_list(element, body):
                walk.skip_subtree()
                continue
            _add_own(found, element, link is not None, prose)
            link = element if element.tag == "a" else link
            continue
        link = None if element is link else link
        parent = element.getparent()
        if element.tail and parent is not None and element is not body and parent.tag != "time":
            _add_date(found, parent, element.tail)
    return found


def _add_own(
    found: list[_Mark], element: HtmlElement, linked: bool, prose: dict[HtmlElement, int]
) -> None:
    """Adds the mark that ``element`` itself is; ``linked``: whether it stands in a link."""
    if element.tag == "time":
        words = dom.text(element)
        if stated := dates.machine(element.get("datetime") or "") or recognised(words):
            found.append(_Mark(element, words, stated, False, ""))
        return
    _add_date(found, element, element.text)
    if element.tag == "a":
        address = element.get("href") or ""
        if not address or address.startswith(("#", "javascript:")):
            return
        words = dom.text(element)
        if _is_headline(words) and not _in_prose(element, words, prose):
            outer = element.getparent()
            heading = outer is not None and outer.tag in dom.HEADINGS
            heading = heading or next(element.iter(*dom.HEADINGS), None) is not None
            found.append(_Mark(element, words, None, heading, address))
    elif element.tag in dom.HEADINGS and not linked and element.find(".//a") is None:
        words = dom.text(element)
        if _is_headline(words):
            found.append(_Mark(element, words, None, True, ""))


def _in_prose(link: HtmlElement, words: str, prose: dict[HtmlElement, int]) -> bool:
    """Whether the link is a part of a paragraph; ``prose`` remembers how long those are."""
    outer = link.getparent()
    if outer is None or outer.tag != "p":
        return False
    if outer not in prose:
        prose[outer] = len("".join(outer.itertext()))
    return prose[outer] > len(words) + 80


def _is_no_list(element: HtmlElement, body: HtmlElement) -> bool:
    if element.tag in ("nav", "footer", "form"):
        # inside of a list's item a footer is where its date stands
        outer = element.getparent()
        return element.tag != "footer" or outer is None or outer.tag not in ("article", "li")
    if element is body or element.tag not in ("div", "section", "ul", "ol", "aside"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 4 and bool(_NO_LIST.search(names))


def _add_date(found: list[_Mark], element: HtmlElement, words: str | None) -> None:
    if words and (stated := recognised(words)):
        found.append(_Mark(element, words, stated, False, ""))


def recognised(words: str) -> Stated | None:
    """The date that ``words`` are, whatever separates them from the headline left out."""
    if len(words) > 200 or not _DIGIT.search(words):
        return None
    words = " ".join(words.split()).strip(_EDGES)
    return stating.recognise(words) if 0 < len(words) <= _LONGEST_DATE else None


def _is_headline(words: str) -> bool:
    return (
        (len(words.split()) >= 2 or len(words) >= 12)
        and any(letter.isalpha() for letter in words)
        and recognised(words) is None
    )


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
        if outer is None or outer is body or held[outer] != held[item]:
            break
        item = outer
    return item


def _grouped(
    body: HtmlElement, marks: list[_Mark], items: set[HtmlElement]
) -> dict[HtmlElement, list[_Mark]]:
    """The marks of each item, in order."""
    item_of: dict[HtmlElement, HtmlElement] = {}
    for element in body.iter():
        parent = element.getparent()
        if element in items:
            item_of[element] = element
        elif parent in item_of and element is not body:
            item_of[element] = item_of[parent]
    found: dict[HtmlElement, list[_Mark]] = {}
    for mark in marks:
        if mark.element in item_of:
            found.setdefault(item_of[mark.element], []).append(mark)
    return found


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


def _best(marks: Iterable[_Mark]) -> _Mark | None:
    """The headline among an item's marks: one that is a heading, else the longest link."""
    return max(
        (mark for mark in marks if mark.date is None),
        key=lambda mark: (mark.is_heading and bool(mark.address), mark.is_heading, len(mark.words)),
        default=None,
    )


def _made(best: _Mark, date: _Mark | None, rule: str) -> Item:
    title = _title(best)
    line = dom.line_of(best.element)
    if date is None:
        return Item(title, line, best.address, None, 0, rule)
    return Item(title, line, best.address, date.date, dom.line_of(date.element), rule)


def _title(mark: _Mark) -> str:
    """The words of the headline alone, where a link holds more than those."""
    if mark.element.tag != "a":
        return mark.words
    heading = next(mark.element.iter(*dom.HEADINGS), None)
    if heading is not None and (words := dom.text(heading)):
        return words
    runs = [block.text for block in dom.blocks(mark.element)]
    if len(runs) > 1:
        return max((run for run in runs if recognised(run) is None), key=len, default=mark.words)
    for inner in mark.element.iter("time", "span", "small", "i", "em"):
        words = dom.text(inner)
        if recognised(words):
            return mark.words.replace(words, " ").strip(_EDGES) or mark.words
    return mark.words


def _pairs(marks: list[_Mark]) -> list[Item]:
    """Headlines and dates that alternate in one element."""
    made: list[Item] = []
    first = bool(marks) and marks[0].date is not None
    rule = f"headline in the dated list, {'below' if first else 'above'} its date"
    for place, mark in enumerate(marks):
        other = place + (-1 if first else 1)
        if mark.date is None and len(mark.words) <= _LONGEST_TITLE:
            near = marks[other] if 0 <= other < len(marks) else None
            dated = near if near is not None and near.date else None
            if dated or mark.address:
                made.append(_made(mark, dated, rule))
    return made if sum(item.date is not None for item in made) > 1 else []


def _is_aside(container: HtmlElement) -> bool:
    return any(outer.tag == "aside" for outer in (container, *container.iterancestors()))
