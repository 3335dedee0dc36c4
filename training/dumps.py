"""A page's blocks in the order in which people who save a page as text get them."""

from __future__ import annotations

import re

import lxml.html
import msgspec
from lxml.etree import ParserError

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 dd td th li dl ol ul br hr tr dt pre nav div form main body "
    "thead aside table video tfoot tbody legend figure dialog option button header center "
    "footer article section caption details address summary fieldset blockquote "
    "figcaption".split()
)
_SPACED = frozenset(
    "p h1 h2 h3 h4 ol ul nav table figure header footer article section blockquote".split()
)
_SKIPPED = frozenset("svg head style iframe object select script template noscript".split())
_TOLD = frozenset(
    "h1 h2 h3 h4 li nav time form main aside header footer article blockquote figcaption".split()
)
_DEEPEST = 300
_LANGUAGE = re.compile(r"<html[^>]{0,400}?\blang\s*=\s*[\"']?([a-zA-Z]{2})")
_BLANKS = re.compile(r"\s+")


class Block(msgspec.Struct):
    """A line of a page, whether it stands apart, what of it is links, and where it is.

    ``linked`` is the share of its letters in its ``links`` links. ``place`` are those of its
    ancestors' tags that say something, outermost first.
    """

    text: str
    gap: bool
    linked: float
    links: int
    place: str


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[tuple[str, bool, str]] = []
        self.gap = False
        self.links = 0

    def flush(self, *, spaced: bool) -> None:
        text = _BLANKS.sub(" ", "".join(piece for piece, _, _ in self.pieces)).strip()
        if text:
            letters = sum(len(piece.strip()) for piece, _, _ in self.pieces) or 1
            linked = sum(len(piece.strip()) for piece, link, _ in self.pieces if link)
            place = next(place for piece, _, place in self.pieces if piece.strip())
            share = round(linked / letters, 2)
            self.blocks.append(Block(text, self.gap, share, self.links, place))
            self.gap = False
        self.pieces.clear()
        self.links = 0
        self.gap = self.gap or spaced

    def walk(self, element: lxml.html.HtmlElement, link: bool, place: str, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _DEEPEST or _is_hidden(element):
            return
        is_block = tag in _BLOCKS
        if is_block:
            self.flush(spaced=tag in _SPACED)
        if tag in _TOLD:
            place = f"{place}>{tag}"
        if tag == "a":
            link = True
            self.links += 1
        if element.text:
            self.pieces.append((element.text, link, place))
        for child in element:
            self.walk(child, link, place, depth + 1)
            if child.tail:
                self.pieces.append((child.tail, link, place))
        if is_block:
            self.flush(spaced=tag in _SPACED)


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    return "display:none" in style or (element.get("hidden") is not None)


def blocks_of(markup: str) -> list[Block]:
    """The blocks of the page ``markup`` that a browser shows."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        root = lxml.html.fromstring(markup.encode(), parser=parser)
    except (ParserError, ValueError):
        return []
    walker = _Walker()
    body = root.find(".//body")
    walker.walk(body if body is not None else root, False, "", 0)
    walker.flush(spaced=False)
    return walker.blocks


def page_language(markup: str) -> str:
    """The language that the page ``markup`` says it is in; empty for none."""
    found = _LANGUAGE.search(markup[:20000])
    return found[1].lower() if found else ""
