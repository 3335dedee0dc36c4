"""Cards: links that are drawn as boxes, with a title, a description and a picture.

Rules
- A card is all of a box, holds blocks, and it or the box is called so: whoever drew it by hand drew
  paragraphs.
- It is called what it says first.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.words import names

_BOXES, _BLOCKS = ("figure", "div"), ("div", "p", "h3", "h4")
_LONGEST_TITLE = 200
_MOST_LINES = 12


class Words(NamedTuple):
    """The title of a card, and what else it says."""

    title: str
    rest: str


def words_of(link: HtmlElement) -> Words | None:
    """What ``link`` says, if it is a card; else None."""
    box = link.getparent()
    if box is None or box.tag not in _BOXES or not link.get("href"):
        return None
    if link.getprevious() is not None or link.getnext() is not None:  # len() counts them all
        return None
    if next(link.iterchildren(*_BLOCKS), None) is None:
        return None
    if not any(names.CARD.search(dom.names_of(one)) for one in (box, link)):
        return None
    lines = [block.text for block in islice(dom.blocks_in(link), _MOST_LINES)]
    if not lines or len(lines[0]) > _LONGEST_TITLE:
        return None
    return Words(lines[0], " | ".join(lines[1:]))
