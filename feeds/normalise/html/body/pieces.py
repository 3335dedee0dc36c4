"""The runs of text of a page: what stands between two boundaries of blocks, and where it stands.

Of each it is noted what it is: text, the headline, or the rule by which it is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

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

    @property
    def leads_to(self) -> str:
        """Where its first link leads; "#" if it has none."""
        element = self.places[0][0]
        links = (*islice(element.iter("a"), 1), *islice(element.iterancestors("a"), 1))
        return next((link.get("href") or "#" for link in links), "#")

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
    places: list[tuple[HtmlElement, bool]] = []
    parts: list[str] = []
    blocks = [tree]
    links = linked = 0
    has_words = False
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag
        is_tail = event == "end"
        if tag in dom.BLOCKS:
            if has_words:
                found += _piece(blocks[-1], parts, linked, places)
            if parts:  # a run ends with each block, in nearly all of which nothing is seen
                places, parts, linked, has_words = [], [], 0, False
            if tag != "br" and node is not tree:
                if is_tail:
                    blocks.pop()
                else:
                    blocks.append(node)
        elif tag == "a":
            links += -1 if is_tail else 1
        text = node.tail if is_tail else node.text
        if text and not (is_tail and node is tree):
            parts.append(text)
            places.append((node, is_tail))
            if not text.isspace():
                has_words = True
                linked += len(text.strip()) if links > 0 else 0
    return found


def _piece(
    block: HtmlElement, parts: list[str], linked: int, places: list[tuple[HtmlElement, bool]]
) -> list[Piece]:
    """The piece of these ``parts``, of which so many characters are ``linked``, if it is seen."""
    words = characters.cleaned("".join(parts))
    size = sum(len(part.strip()) for part in parts) if linked else 1
    return [Piece(block, words, linked / max(size, 1), places)] if words else []
