"""The blocks of an article's text: what they say in words, and as HTML.

Rules
- Words that are struck out are valid no longer: the HTML keeps them with their mark, plain text
  leaves them out. A caption belongs to its picture, and is no text either.
- The number of a note behind a full stop stands in brackets, or it were one with the sentence.
- A quotation within a sentence has its marks in plain text, as a browser would show them.
- A list gives one paragraph for each of its items, a table one for each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from feeds.normalise.html import dom
from feeds.text import characters, sanitise

_NO_WORDS = frozenset(("del", "s", "figcaption", "rp"))
_MARKS = {"q": ("\u201c", "\u201d"), "rt": ("(", ")")}
_NUMBER = re.compile(r"\d{1,3}")
_ENDS = tuple('.!?…:;,"”»’)')
_PARTED = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dt", "dd"),
    "table": ("caption", "tr"),
    "blockquote": ("p", "h2", "h3", "h4", "ul", "ol", "dl", "table", "pre", "blockquote"),
}
"""What of a block is a paragraph for itself."""


class Block(NamedTuple):
    """One block of the text, as HTML element and as words."""

    element: etree._Element
    words: str


def words_of(element: etree._Element) -> str:
    """The valid words of ``element`` on one line."""
    if next(element.iterchildren(), None) is None:
        return characters.cleaned(element.text or "")
    return characters.cleaned("".join(_parts(element)))


def _parts(element: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        is_left_out = tag in _NO_WORDS and node is not element
        if tag in dom.BLOCKS:
            yield " "
        if event == "start":
            if is_left_out:
                walk.skip_subtree()
                continue
            yield _marks(node)[0]
            yield node.text or ""
            continue
        yield _marks(node)[1]
        if node is not element:
            yield node.tail or ""


def _marks(node: etree._Element) -> tuple[str, str]:
    """What stands before and behind ``node`` in plain text."""
    if node.tag == "sup" and _is_note(node):
        return "[", "]"
    return _MARKS.get(node.tag, ("", ""))


def _is_note(sup: etree._Element) -> bool:
    """Whether ``sup`` is the number of a note, behind the end of a sentence."""
    if not _NUMBER.fullmatch("".join(map(str, islice(sup.itertext(), 4)))):
        return False
    before, outer = sup.getprevious(), sup.getparent()
    above = before.tail if before is not None else outer.text if outer is not None else ""
    return (above or "").endswith(_ENDS)


def paragraphs(blocks: list[Block]) -> tuple[str, ...]:
    """The text of ``blocks``, paragraph by paragraph."""
    return tuple(
        words for block in blocks for words in _paragraphs(block.element, block.words) if words
    )


def _paragraphs(element: etree._Element, words: str) -> Iterator[str]:
    parts = _PARTED.get(element.tag)
    found = [part for part in element if part.tag in parts] if parts else []
    if not found:
        yield words
    for part in found:
        if part.tag == "tr":
            yield " | ".join(filter(None, map(words_of, part)))
        elif part.tag in _PARTED:
            yield from _paragraphs(part, words_of(part))
        else:
            yield words_of(part)


def as_html(blocks: list[Block]) -> str:
    """``blocks`` as HTML in which nothing is left that could do harm."""
    parts = []
    for block in blocks:
        block.element.tail = None
        parts.append(etree.tostring(block.element, encoding="unicode", method="html"))
    return sanitise.clean("\n".join(parts))
