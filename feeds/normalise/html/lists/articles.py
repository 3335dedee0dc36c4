"""Whether a page shows an article above or around its lists, and what is prose there.

Rules
- It does if paragraphs of prose follow an ``h1`` that is alone in its rank. An index has but one
  or two lines to introduce it, and the beginnings of its stories are their items' own.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.lists import structure

CHAPTER = 2
"""How many long paragraphs an item has that is a chapter of a text, and no teaser."""

_LEVELS, _NEAR, _INSIDE = 4, 40, 200
_HOLDERS = ("div", "section", "article", "main")


def is_shown(title: HtmlElement | None, found: list[structure.List]) -> bool:
    """Whether an article's text, outside of the lists ``found``, follows ``title``."""
    if title is None or title.tag != "h1" or not found:
        return False
    elements = [element for one in found for element in one.elements]
    if any(next(element.iter("h1"), None) is not None for element in elements):
        return False
    own, left = set(elements), CHAPTER
    element: HtmlElement | None = title
    for _ in range(_LEVELS):
        if element is None or element.tag == "body":
            break
        for sibling in islice(element.itersiblings(), _NEAR):
            left -= _paragraphs(sibling, own, left)
            if left <= 0:
                return True
        element = element.getparent()
    return False


def _paragraphs(element: HtmlElement, own: set[HtmlElement], most: int) -> int:
    """How many paragraphs of prose ``element`` has, up to ``most``, that are of no list."""
    if element.tag == "p":
        return int(element not in own and _is_prose(element))
    if element in own or element.tag not in _HOLDERS:
        return 0
    found = 0
    for paragraph in islice(element.iter("p"), _INSIDE):
        if _is_prose(paragraph) and own.isdisjoint((paragraph, *paragraph.iterancestors())):
            found += 1
            if found >= most:
                break
    return found


def _is_prose(paragraph: HtmlElement) -> bool:
    return dom.is_longer(paragraph, dom.PROSE - 1) and not _is_teaser(paragraph)


def prose(element: HtmlElement) -> list[str]:
    """The paragraphs of prose in ``element``."""
    return [
        words
        for paragraph in element.iter("p")
        if len(words := dom.string_of(paragraph).strip()) >= dom.PROSE and not _is_teaser(paragraph)
    ]


def _is_teaser(paragraph: HtmlElement) -> bool:
    """Whether the paragraph is one link, as the beginnings of other stories are."""
    if any(outer.tag == "a" for outer in islice(paragraph.iterancestors(), 4)):
        return True
    if len(paragraph) != 1 or paragraph[0].tag != "a":
        return False
    return not ((paragraph.text or "") + (paragraph[0].tail or "")).strip()
