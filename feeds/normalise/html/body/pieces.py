"""The runs of text of a page: what stands between two boundaries of blocks, and where it stands.

Of each it is noted what it is: text, the headline, or the rule by which it is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text import characters

_HALF = 0.5
TEXT, HEADLINE = "text", "headline"
"""What a piece may be; every other verdict is the rule by which it is neither."""
OUTSIDE = "outside the article"


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
    reader = _Reader(tree)
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.start(node)
        else:
            reader.end(node)
    return reader.found


class _Reader:
    def __init__(self, tree: HtmlElement) -> None:
        self.found: list[Piece] = []
        self._tree = tree
        self._blocks = [tree]
        self._links = 0
        self._begin()

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._places: list[tuple[HtmlElement, bool]] = []
        self._linked = 0
        self._block: HtmlElement | None = None

    def start(self, node: HtmlElement) -> None:
        if is_boundary(node):
            self._finish()
            if node.tag != "br" and node is not self._tree:
                self._blocks.append(node)
        self._links += node.tag == "a"
        self._add(node.text, node, is_tail=False)

    def end(self, node: HtmlElement) -> None:
        self._links -= node.tag == "a"
        if is_boundary(node):
            self._finish()
            if node.tag != "br" and node is not self._tree:
                self._blocks.pop()
        if node is not self._tree:
            self._add(node.tail, node, is_tail=True)

    def _add(self, text: str | None, element: HtmlElement, *, is_tail: bool) -> None:
        if not text:
            return
        self._parts.append(text)
        self._places.append((element, is_tail))
        if not text.isspace():
            self._block = self._blocks[-1] if self._block is None else self._block
            self._linked += len(text.strip()) if self._links else 0

    def _finish(self) -> None:
        if self._block is not None and (words := characters.cleaned("".join(self._parts))):
            size = sum(len(part.strip()) for part in self._parts)
            linked = self._linked / max(size, 1)
            self.found.append(Piece(self._block, words, linked, self._places))
        if self._parts:
            self._begin()


def is_boundary(element: HtmlElement) -> bool:
    """Whether the element divides runs of text."""
    return element.tag in dom.BLOCKS
