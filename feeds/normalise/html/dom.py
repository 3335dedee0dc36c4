"""What elements say, what a template calls them, and on which line they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.words.patterns import Words
from feeds.text import characters

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol "
    "option p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = 60
"""So many characters in one go are a text; fewer may be a label, a button, a link."""
_LONGEST_DROP = 120
_LONGEST_LINE = 300
"""Of so many tags and texts is no headline, byline or date, but a text."""
_FEW = 30
_LONGEST_NAME = 300
"""So far into a class or an id it is looked for what it is called."""
# several times as fast as to walk through the texts of an element
_string = etree.XPath("string()", smart_strings=False)


class Block(NamedTuple):
    """A run of text between two boundaries of blocks. ``url``: of the link it is, else empty."""

    text: str
    line: int
    element: HtmlElement
    url: str


def remove(element: HtmlElement) -> None:
    """Takes ``element`` out of its tree; text behind it stays, on a line of its own."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        element.clear(keep_tail=True)
        element.tag = "br"
    else:
        parent.remove(element)


def line_of(element: HtmlElement) -> int:
    """The line on which the element begins; 0 if the parser lost it."""
    return element.sourceline or 0


def text_of(element: etree._Element, without: str = "", most: int = 0) -> str:
    """The words of ``element`` on one line, a blank wherever a block begins or ends.

    ``without`` is the tag of elements whose own words are left out. ``most`` is after how many
    tags and texts nobody wants to hear the rest, 0 for all.
    """
    if next(element.iterchildren(), None) is None:
        return characters.cleaned(element.text or "")
    if not without and _is_line(element):
        return characters.cleaned(string_of(element))
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if most and len(parts) > most:
            break
        if node.tag == without:
            continue
        if node.tag in BLOCKS:
            parts.append(" ")
        if event == "start":
            parts.append(node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    return characters.cleaned("".join(parts))


def string_of(element: etree._Element) -> str:
    """All text of ``element``, put together as it stands."""
    return str(_string(element))


def _is_line(element: etree._Element) -> bool:
    """Whether ``element`` has few elements in it, and none of them is a block."""
    for number, inner in enumerate(element.iterdescendants()):
        if number == _FEW or inner.tag in BLOCKS:
            return False
    return True


def line_in(element: etree._Element) -> str:
    """The words of ``element`` as ``text_of`` has them, if it is a line: else so many of them."""
    return text_of(element, most=_LONGEST_LINE)


def is_longer(element: HtmlElement, length: int) -> bool:
    """Whether ``element`` has more than ``length`` characters; without putting them together."""
    size = 0
    for inner in element.iter():  # in what order they are counted is all the same
        if text := inner.text:
            size += len(text.strip())
        if (tail := inner.tail) and inner is not element:
            size += len(tail.strip())
        if size > length:
            return True
    return False


def blocks_in(body: HtmlElement, without: frozenset[HtmlElement] = frozenset()) -> Iterator[Block]:
    """The text of ``body``, run by run; the elements ``without`` and all in them are left out."""
    parts: list[str] = []
    links: set[str] = set()
    first: HtmlElement | None = None
    inside = ""
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if tag in BLOCKS and parts:
            if first is not None and (block := _block(parts, first, links)):
                yield block
            parts, first, links = [], None, set()
        is_tail = event == "end"
        if is_tail:
            inside = "" if tag == "a" else inside
            text = node.tail if node is not body else None
        elif without and node in without:
            walk.skip_subtree()
            continue
        else:
            inside = node.get("href", "") if tag == "a" else inside
            text = node.text
        if text:
            parts.append(text)
            if not text.isspace():
                links.add(inside)
                if first is None:
                    outer = node.getparent() if is_tail else None
                    first = node if outer is None else outer
    if first is not None and (block := _block(parts, first, links)):
        yield block


def _block(parts: list[str], first: HtmlElement, links: set[str]) -> Block | None:
    """The block of these ``parts``, which begins in ``first``; None if nothing in it is seen."""
    words = characters.cleaned("".join(parts))
    url = next(iter(links)) if len(links) == 1 else ""
    return Block(words, line_of(first), first, url) if words else None


def names_of(element: HtmlElement) -> str:
    """What a template calls the element: its class and its id, as far as anybody has to look."""
    called = f"{element.get('class', '')} {element.get('id', '')}"
    return called if len(called) <= _LONGEST_NAME else called[:_LONGEST_NAME]


def is_called(element: HtmlElement, names: Words) -> bool:
    """Whether class, id or itemprop of the element are among ``names``."""
    # a loop, not any(): this is asked of every element, time and again
    for name in ("class", "id", "itemprop"):
        if (called := element.get(name)) and is_name_of(names, called[:_LONGEST_NAME]):
            return True
    return False


@lru_cache(maxsize=5000)
def is_name_of(names: Words, called: str) -> bool:
    """Whether ``called`` holds one of ``names``; a page calls many things alike."""
    return names.search(called) is not None


def shortened(words: str) -> str:
    """``words`` at a length that a report can show."""
    return words if len(words) <= _LONGEST_DROP else words[: _LONGEST_DROP - 1] + "…"
