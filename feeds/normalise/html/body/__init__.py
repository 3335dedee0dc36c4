"""The text of an article: chosen piece by piece, rendered as clean HTML, cleaned by ``sanitise``.

``witness`` says what others hold for text, ``select`` chooses (with ``alike`` and ``neighbours``),
``cut`` takes out the rest and names it, ``markup`` renders what is left.

Rules
- Links and pictures are absolute; those that can't be lose their address, or are dropped. Links
  to somebody's mail or telephone stay.
- The mark of a note is raised.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.body.blocks import Block, as_html, paragraphs
from feeds.normalise.html.body.markup import render_blocks
from feeds.text import urls

__all__ = ["Block", "as_html", "make_links_absolute", "paragraphs", "render_blocks"]

_TO_PEOPLE = ("mailto:", "tel:")
_NOTE = re.compile(r"\[?\d{1,3}\]?|[*†‡]{1,3}")
_SIGNS = {"", "#", "¶", "§", "^", "↑", "↩", "↩︎", "⏎", "↵", "🔗"}


def make_links_absolute(scope: HtmlElement, base: str) -> None:
    """Makes every link in ``scope`` absolute; what can't be is a link no longer.

    What leads to another place of the page keeps its words, but for a mere sign.
    """
    for link in list(scope.iter("a")):
        address = link.get("href") or ""
        if address[:1] == "#" and _is_sign(link):
            dom.remove(link)
            continue
        is_mark = address[:1] == "#" and _is_mark(link)
        link.attrib.clear()
        if is_mark:
            link.tag = "sup"
        elif found := _absolute(base, address.strip()):
            link.set("href", found)
        else:
            link.tag = "span"


def _absolute(base: str, address: str) -> str | None:
    """Where a link to ``address`` leads, also to somebody's mail or telephone; None for nowhere."""
    if address[:7].lower().startswith(_TO_PEOPLE) and len(address.split()) == 1:
        return address
    return None if address[:1] == "#" else urls.from_page(base, address)


def _is_mark(link: HtmlElement) -> bool:
    """Whether a link within the page is the mark of a note, right behind a word."""
    if len(link) or not _NOTE.fullmatch((link.text or "").strip()):
        return False
    before, outer = link.getprevious(), link.getparent()
    if outer is None or outer.tag == "sup":
        return False
    above = before.tail if before is not None else outer.text
    return bool(above) and not above[-1:].isspace()


def _is_sign(link: HtmlElement) -> bool:
    """Whether a link within the page says no more than that: from a note back, to a heading."""
    return next(link.iterchildren(), None) is None and (link.text or "").strip() in _SIGNS
