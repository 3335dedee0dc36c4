"""What stands in a list beside its headlines and dates, and goes with it.

Rules
- Teasers, kickers, bylines and whatever else is taken out with a list is named, item by item.
- A headline that is listed, or named as dropped, is told already; so is the beginning of one,
  and its date in whatever words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise.html import dom, drops
from feeds.normalise.html.lists import days
from feeds.normalise.words import is_list_heading
from feeds.normalise.words.patterns import small

HEADING = "heading of the list"
BESIDE = "beside the dated list"
_MANY = 50
"""So many headlines in one element are looked for within longer words, which takes time."""
_ELLIPSIS = re.compile(r"…|\.\.\.")


def named(
    elements: Iterable[HtmlElement], told: Mapping[HtmlElement, list[str]], headings: set[str]
) -> list[Dropped]:
    """What ``elements`` hold that nobody has told.

    ``told``: the headlines and dates of each item; ``headings`` are told, too.
    """
    dropped: list[Dropped] = []
    items = frozenset(told)
    for element in elements:
        for block in dom.blocks_in(element, items):
            if block.text not in headings:
                dropped += _named(block, [])
        for item in element.iter():
            if item not in items:
                continue
            goes_on = False
            alone = set(told[item])
            for block in dom.blocks_in(item):
                if block.text in alone:
                    continue
                for piece in _named(block, told[item]):
                    drops.name(dropped, piece, goes_on=goes_on)
                    goes_on = True
    return dropped


def _named(block: dom.Block, told: list[str]) -> Iterator[Dropped]:
    words = block.text
    for known in told[:_MANY]:
        words = _without(words, known).strip(days.EDGES)
    if any(map(str.isalnum, words)) and not days.is_dated(words):
        yield Dropped(block.line, words, HEADING if is_list_heading(words) else BESIDE)


def _without(text: str, known: str) -> str:
    """``text`` without the words ``known`` in it, or without the beginning of them."""
    place = small(text).find(small(known)) if known else -1
    if place >= 0:
        return f"{text[:place].rstrip()} {text[place + len(known) :].lstrip()}"
    cut = _ELLIPSIS.search(text)
    stem = small(text[: cut.start()].strip()) if cut else ""
    return text[cut.end() :] if cut and stem and small(known).startswith(stem) else text
