"""One run of words, from boundary to boundary, with the inline elements in it.

Rules
- Elements of a run are made when the first word in them is, so that none is empty.
- White space is one blank; there is none at the ends of a run, nor beside a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html.body.pictures import Picture
from feeds.text import characters

FORMATS = {
    "a": "a",
    "abbr": "abbr",
    "acronym": "abbr",
    "b": "strong",
    "cite": "cite",
    "code": "code",
    "del": "del",
    "em": "em",
    "i": "em",
    "ins": "ins",
    "kbd": "code",
    "q": "q",
    "rp": "rp",
    "rt": "rt",
    "ruby": "ruby",
    "s": "s",
    "samp": "code",
    "strike": "s",
    "strong": "strong",
    "sub": "sub",
    "sup": "sup",
    "tt": "code",
}
KEPT = {"a": "href", "abbr": "title"}
_BLANKS = re.compile(r"\s+")


class Run:
    """A paragraph or heading as it is being written.

    ``breaks`` is how many line breaks there were since its last word.
    """

    def __init__(self, block: etree._Element) -> None:
        self.breaks = 0
        self._block = block
        self._open: list[tuple[HtmlElement, etree._Element]] = []
        self._pictures: list[Picture] = []
        self._pending: list[str] = []
        self._has_words = False
        self._ends_blank = True

    def add(self, words: str, formats: list[HtmlElement], tags: dict[HtmlElement, str]) -> None:
        """Writes ``words`` in the elements that stand for ``formats``."""
        if self._ends_blank or self.breaks:
            words = words.lstrip()
            if not words:
                return
        self.close_to(formats)
        if not words.isspace():
            if self.breaks and self._has_words:
                self._write()
                etree.SubElement(self._inner, "br")
            self.breaks = 0
            self._has_words = True
            self._open_all(formats, tags)
        self._pending.append(words)
        self._ends_blank = words.endswith(" ")

    def show(
        self, picture: Picture, formats: list[HtmlElement], tags: dict[HtmlElement, str]
    ) -> None:
        """Shows ``picture``."""
        self.close_to(formats)
        self._open_all(formats, tags)
        self._write()
        _image(self._inner, picture)
        self._pictures.append(picture)
        self._ends_blank = False

    def close_to(self, formats: Iterable[HtmlElement]) -> None:
        """Ends all elements that stand for none of ``formats``."""
        kept = 0
        for (source, _), wanted in zip(self._open, formats, strict=False):
            if source is not wanted:
                break
            kept += 1
        if kept < len(self._open):
            self._write()
            del self._open[kept:]

    def end(self) -> None:
        """No more comes. Without words it is as many figures as it has pictures, or nothing."""
        block = self._block
        if self._has_words:
            self._write()
            _strip_end(block)
            return
        parent = block.getparent()
        if parent is None:
            return
        parent.remove(block)
        for picture in self._pictures:
            figure(parent, picture)

    @property
    def _inner(self) -> etree._Element:
        return self._open[-1][1] if self._open else self._block

    def _write(self) -> None:
        """Writes what is pending, at once: piece by piece it would be copied again and again."""
        words = "".join(self._pending)
        self._pending.clear()
        end = last(self._inner)
        if end is None:
            self._inner.text = (self._inner.text or "") + words
        else:
            end.tail = (end.tail or "") + words

    def _open_all(self, formats: list[HtmlElement], tags: dict[HtmlElement, str]) -> None:
        if len(self._open) < len(formats):
            self._write()
        for source in formats[len(self._open) :]:
            tag = tags[source]
            made = etree.SubElement(self._inner, tag)
            if tag in KEPT:
                made.set(KEPT[tag], source.get(KEPT[tag]) or "")
            self._open.append((source, made))


def figure(place: etree._Element, picture: Picture) -> None:
    """Adds ``picture`` to ``place``, with its caption."""
    made = etree.SubElement(place, "figure")
    _image(made, picture)
    if caption := " ".join(filter(None, (picture.caption, picture.credit))):
        etree.SubElement(made, "figcaption").text = caption


def _image(place: etree._Element, picture: Picture) -> None:
    image = etree.SubElement(place, "img")
    image.set("src", picture.url)
    image.set("alt", picture.alt)


def last(element: etree._Element) -> etree._Element | None:
    """The last element in ``element``, which is not to be counted for it: that takes a while."""
    return next(element.iterchildren(reversed=True), None)


def _strip_end(block: etree._Element) -> None:
    """Takes the blank off the end of ``block``, wherever it stands."""
    element = block
    while (end := last(element)) is not None:
        if end.tail:
            end.tail = end.tail.rstrip() or None
            if end.tail:
                return
        element = end
    element.text = (element.text or "").rstrip() or None


def squeezed(words: str) -> str:
    """``words`` with one blank for each run of white space."""
    if words.isprintable() and "  " not in words:
        return words
    return _BLANKS.sub(" ", characters.visible(words))
