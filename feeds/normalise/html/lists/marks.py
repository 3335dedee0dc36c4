"""What a dated list is made of: the dates and the headlines of a page, in their order.

Rules
- A mark is a date that is all of a ``time`` or of a run of text, or a link (or heading)
  with words in it.
- Navigation, footers, comments and the page's own headline have none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.html import dom
from feeds.normalise.words import names as parts
from feeds.text import dates
from feeds.text.dates import resolve

_DIGIT = re.compile(r"\d")
EDGES = " \t\n|·•,–—-()/[]\u2022\xa0"
_LONGEST_DATE = 60

Stated = StatedDate | resolve.Impossible


class Mark(NamedTuple):
    """A date, or a headline with its link, and the element in which it stands."""

    element: HtmlElement
    words: str
    date: Stated | None
    is_heading: bool
    address: str


def find_marks(body: HtmlElement, title: HtmlElement | None) -> list[Mark]:
    """All dates and headlines outside of what can be no list, in the page's order."""
    found: list[Mark] = []
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
    found: list[Mark], element: HtmlElement, linked: bool, prose: dict[HtmlElement, int]
) -> None:
    """Adds the mark that ``element`` itself is; ``linked``: whether it stands in a link."""
    if element.tag == "time":
        words = dom.line_in(element)
        if stated := dates.parse_machine_date(element.get("datetime") or "") or recognised(words):
            found.append(Mark(element, words, stated, False, ""))
        return
    _add_date(found, element, element.text)
    if element.tag == "a":
        address = element.get("href") or ""
        if not address or address.startswith(("#", "javascript:")):
            return
        words = dom.line_in(element)
        if _is_headline(words) and not _in_prose(element, words, prose):
            outer = element.getparent()
            heading = outer is not None and outer.tag in dom.HEADINGS
            heading = heading or next(element.iter(*dom.HEADINGS), None) is not None
            found.append(Mark(element, words, None, heading, address))
    elif element.tag in dom.HEADINGS and not linked and element.find(".//a") is None:
        words = dom.line_in(element)
        if _is_headline(words):
            found.append(Mark(element, words, None, True, ""))


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
    return len(names) > 4 and bool(parts.NO_LIST.search(names))


def _add_date(found: list[Mark], element: HtmlElement, words: str | None) -> None:
    if words and (stated := recognised(words)):
        found.append(Mark(element, words, stated, False, ""))


def recognised(words: str) -> Stated | None:
    """The date that ``words`` are, whatever separates them from the headline left out."""
    if len(words) > 200 or not _DIGIT.search(words):
        return None
    words = " ".join(words.split()).strip(EDGES)
    return resolve.read_date(words) if 0 < len(words) <= _LONGEST_DATE else None


def _is_headline(words: str) -> bool:
    return (
        (len(words.split()) >= 2 or len(words) >= 12)
        and any(letter.isalpha() for letter in words)
        and recognised(words) is None
    )
