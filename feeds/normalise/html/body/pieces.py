"""The runs of text of a page: what stands between two boundaries of blocks, and where it stands.

Of each it is noted what it is: text, the headline, or the rule by which it is neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text import characters

_HALF = 0.5


@dataclass(slots=True)
class Piece:
    """A run of text: its words, the block it stands in, and the places of its characters.

    ``linked``: the share of its characters that are links; ``is_held``: whether there is a witness
    that it is text; ``verdict``: what it is, empty while that is open.
    """

    block: HtmlElement
    words: str = ""
    linked: float = 0.0
    places: list[tuple[HtmlElement, bool]] = field(default_factory=list)
    """Elements, each with whether the text behind it is meant, or the one at its beginning."""
    is_held: bool = False
    verdict: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a paragraph, and mostly no link."""
        return len(self.words) >= dom.PROSE and self.linked < _HALF

    @property
    def is_time(self) -> bool:
        """Whether it is nothing but what a ``time`` element says."""
        return all(
            element.tag == "time" and not is_tail
            for element, is_tail in self.places
            if ((element.tail if is_tail else element.text) or "").strip()
        )

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return dom.line_of(self.places[0][0])

    def cut(self) -> None:
        """Takes the run out of its tree."""
        for element, is_tail in self.places:
            if is_tail:
                element.tail = None
            else:
                element.text = None


def pieces_in(tree: HtmlElement) -> list[Piece]:
    """The pieces of ``tree`` in their order."""
    found: list[Piece] = []
    run = _Run()
    blocks = [tree]
    links = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag
        is_tail = event == "end"
        if tag in dom.BLOCKS:
            if run.block is not None:
                found += run.ended(run.block)
                run = _Run()
            elif run.places:
                run = _Run()
            if tag != "br" and node is not tree:
                if is_tail:
                    blocks.pop()
                else:
                    blocks.append(node)
        elif tag == "a":
            links += -1 if is_tail else 1
        text = node.tail if is_tail else node.text
        if text and not (is_tail and node is tree):
            run.add(text, node, is_tail=is_tail, block=blocks[-1], is_linked=links > 0)
    return found


class _Run:
    """The text between two boundaries of blocks, as it is being put together."""

    __slots__ = ("block", "linked", "parts", "places")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[tuple[HtmlElement, bool]] = []
        self.linked = 0
        self.block: HtmlElement | None = None

    def add(
        self,
        text: str,
        element: HtmlElement,
        *,
        is_tail: bool,
        block: HtmlElement,
        is_linked: bool,
    ) -> None:
        """More ``text`` in ``block``: at the beginning of ``element``, or behind it."""
        self.parts.append(text)
        self.places.append((element, is_tail))
        if not text.isspace():
            if self.block is None:
                self.block = block
            if is_linked:
                self.linked += len(text.strip())

    def ended(self, block: HtmlElement) -> Iterator[Piece]:
        """The piece, if anything in it is seen."""
        if words := characters.cleaned("".join(self.parts)):
            size = sum(len(part.strip()) for part in self.parts) if self.linked else 1
            yield Piece(block, words, self.linked / max(size, 1), self.places)
