"""Lists of an article's own at the ends of its text: its points above, its last words below.

Rules
- Neither links nor dates nor buttons are in them, and few items; most points above a text are of
  some words.
- A list that ends a text stands right below it, or below a heading of its own there, which
  announces no other stories. It may have links if the heading says that it is of sources.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.body.amid import is_own_list
from feeds.normalise.words import is_list_heading

_POINT, _MOST_ITEMS, _MOST_ABOVE = 4, 50, 4
_LISTS, _OF_LISTS = frozenset(("dl", "ol", "ul")), frozenset(("dd", "dt", "li"))


def are_points(element: HtmlElement) -> bool:
    """Whether ``element``, above a text, is a list of its points."""
    if not _is_plain(element):
        return False
    items = list(element.iterchildren())
    return 2 * sum(len(dom.line_in(item).split()) >= _POINT for item in items) > len(items)


def list_of(block: HtmlElement) -> HtmlElement | None:
    """The list that ``block`` is an item or the heading of."""
    if block.tag in dom.HEADINGS:
        outer = block.getnext()
    else:
        outer = block.getparent() if block.tag in _OF_LISTS else None
    return outer if outer is not None and outer.tag in _LISTS else None


def ends(element: HtmlElement, around: Collection[HtmlElement]) -> bool:
    """Whether the list ``element`` ends the text that ``around`` holds."""
    if not _is_plain(element) and not is_own_list(element):
        return False
    is_headed = False
    for before in islice(element.itersiblings(preceding=True), _MOST_ABOVE):
        if before in around:
            return True
        if dom.is_longer(before, 0):
            if is_headed or before.tag not in dom.HEADINGS or is_list_heading(dom.line_in(before)):
                return False
            is_headed = True
    return False


def _is_plain(element: HtmlElement) -> bool:
    """Whether ``element`` has a few items, and neither links nor dates nor buttons."""
    items = list(islice(element.iterchildren(), _MOST_ITEMS + 1))
    return (
        len(items) <= _MOST_ITEMS
        and all(item.tag in _OF_LISTS for item in items)
        and next(element.iter("a", "time", "button"), None) is None
    )
