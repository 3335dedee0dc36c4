"""The runs of text of a page: what stands between two boundaries of blocks, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.text import characters


@dataclass(slots=True)
class Piece:
    """A run of text: its words, the block it stands in, and the places of its characters.

    ``linked``: the share of its characters that are links.
    """

    block: HtmlElement
    words: str = ""
    linked: float = 0.0
    places: list[tuple[HtmlElement, bool]] = field(default_factory=list)
    """Elements, each with whether the text behind it is meant, or the one at its beginning."""

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
    """The runs of ``tree`` in their order."""
    found: list[Piece] = []
    parts: list[str] = []
    places: list[tuple[HtmlElement, bool]] = []
    blocks: list[HtmlElement] = [tree]
    links = linked = 0
    first: HtmlElement | None = None

    def end() -> None:
        nonlocal parts, places, linked, first
        words = characters.cleaned("".join(parts))
        if words and first is not None:
            size = sum(len(part.strip()) for part in parts)
            found.append(Piece(first, words, linked / max(size, 1), places))
        if parts:
            parts, places, linked, first = [], [], 0, None

    def add(text: str | None, element: HtmlElement, is_tail: bool) -> None:
        nonlocal linked, first
        if not text:
            return
        parts.append(text)
        places.append((element, is_tail))
        if not text.isspace():
            first = blocks[-1] if first is None else first
            if links:
                linked += len(text.strip())

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        is_block = is_boundary(node)
        if is_block:
            end()
        if event == "start":
            if is_block and node.tag != "br" and node is not tree:
                blocks.append(node)
            links += node.tag == "a"
            add(node.text, node, is_tail=False)
        else:
            links -= node.tag == "a"
            if is_block and node.tag != "br" and node is not tree:
                blocks.pop()
            if node is not tree:
                add(node.tail, node, is_tail=True)
    end()
    return found


def is_boundary(element: HtmlElement) -> bool:
    """Whether the element divides runs of text."""
    return element.tag in dom.BLOCKS
