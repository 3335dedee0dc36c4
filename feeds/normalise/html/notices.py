"""A line around the headline that keeps its page back, as press releases have it.

Rules
- What a reader sees is asked, whatever becomes of it: the first blocks of the page, the last ones
  above the headline, the headline, and the first ones below it.
- A block that is a link is about another page, and what stands in navigation or beside is, too.
- A label and what stands behind it are one line: "Sperrfrist:" and, in a cell of its own, a day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Story
from feeds.normalise.html import dom
from feeds.readers.keeping_back import find_line

_NEAR = 8
"""So many blocks are asked on each side."""
_LABELS = frozenset(("dt", "th", "td"))
_LONGEST_LABEL = 40
_APART = frozenset(("nav", "aside", "footer", "form"))


class Notice(NamedTuple):
    """The line of the page on which it stands, and what it says."""

    line: int
    told: str


def find_notice(tree: HtmlElement, title: HtmlElement | None) -> Notice | None:
    """What around the ``title`` in the ``tree`` may be meant to keep the page back."""
    for run in _runs(tree, title):
        for block, following in pairwise([*run, None]):
            if block is not None and (told := _told(block, following, title)):
                return Notice(block.line, told)
    return None


def notice_in(article: Story) -> Notice | None:
    """The same in the headline or the first paragraphs of the ``article``, wherever they stood."""
    for words in (article.title, *article.paragraphs[:_NEAR]):
        if told := find_line(words):
            return Notice(article.line, told)
    return None


def _runs(tree: HtmlElement, title: HtmlElement | None) -> Iterator[Sequence[dom.Block]]:
    """The blocks that are asked, those in a run one behind the other."""
    first: list[dom.Block] = []
    before: deque[dom.Block] = deque(maxlen=_NEAR)
    most = _NEAR if title is not None else 2 * _NEAR
    blocks = dom.blocks_in(tree)
    for block in blocks:
        if title is not None and _is_in(block.element, title):
            below = [block]
            for _ in range(2 * _NEAR):
                if (after := next(blocks, None)) is None:
                    break
                below.append(after)
            own = sum(_is_in(one.element, title) for one in below)
            yield first
            yield [*before, *below[: own + _NEAR]]
            return
        if len(first) < most:
            first.append(block)
        elif title is None:
            break
        before.append(block)
    yield first


def _is_in(element: HtmlElement, outer: HtmlElement) -> bool:
    return element is outer or outer in element.iterancestors()


def _told(block: dom.Block, following: dom.Block | None, title: HtmlElement | None) -> str:
    told = find_line(block.text)
    if not told and following is not None and _is_label(block):
        told = find_line(f"{block.text} {following.text}")
    if not told or (title is not None and _is_in(block.element, title)):
        return told
    around = [block.element, *block.element.iterancestors()]
    return "" if block.url or any(one.tag in _APART for one in around) else told


def _is_label(block: dom.Block) -> bool:
    if len(block.text) > _LONGEST_LABEL:
        return False
    around = (block.element, *list(block.element.iterancestors())[:2])
    return block.text.endswith(":") or any(one.tag in _LABELS for one in around)
