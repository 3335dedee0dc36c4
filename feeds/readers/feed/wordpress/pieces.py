"""A WordPress export, taken apart into its items while it is read, whatever its size.

Rules
- No more than one item is held at a time; one that is longer than any post is passed over.
- An item ends where the next one begins, if its own end is missing: nothing of one is ever told of
  another.
- What stands in CDATA or in a comment begins and ends no item.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from feeds.readers import decoding

LONGEST = 16 * 1024 * 1024
"""So many characters has an item at most: a post with thousands of comments."""
_BYTES = 1 << 20
_SAMPLE = 1 << 16
_TOKEN = re.compile(
    r"<!\[CDATA\[|<!--|<(?:[\w.-]{1,40}:)?item(?=[\s>])|</(?:[\w.-]{1,40}:)?item\s*>"
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_BEGUN = re.compile(r"<!\[CDATA\[|<!--")
_LONGEST_TOKEN = 100


class Piece(NamedTuple):
    """A part of an export: an item, or what stands between items; ``line`` is where it begins.

    Not ``is_whole``: it was too long, and ``text`` is empty; or its end is missing.
    """

    text: str
    line: int
    is_item: bool
    is_whole: bool = True


def texts(file: BinaryIO) -> Iterator[str]:
    """What is in ``file`` from where it stands, with line feeds alone, some of it at a time."""
    sample = file.read(_SAMPLE)
    _, _, rest = sample.rpartition(b"\n")
    head = sample[: len(sample) - len(rest)] or sample  # no character is cut in two
    name = decoding.decoded(head, decoding.declaration(head)).encoding
    codec = decoding.CODECS.get(name, name)
    decoder = codecs.getincrementaldecoder(codec)("replace")
    data, before = sample, ""
    while data:
        text = before + decoder.decode(data)
        before = "\r" if text.endswith("\r") else ""
        yield text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        data = file.read(_BYTES)
    yield decoder.decode(b"", final=True)


def pieces(chunks: Iterable[str]) -> Iterator[Piece]:
    """The items in ``chunks`` of an export, and what stands between, in its order."""
    cutter = _Cutter()
    for chunk in chunks:
        yield from cutter.feed(chunk)
    yield from cutter.finish()


def markup_of(text: str) -> str:
    """``text`` without what stands in CDATA and in comments; what of these has no end stays."""
    parts: list[str] = []
    place = 0
    while begun := _BEGUN.search(text, place):
        end = text.find(_ENDS[begun[0]], begun.end())
        if end < 0:
            break
        parts.append(text[place : begun.start()])
        place = end + len(_ENDS[begun[0]])
    return "".join([*parts, text[place:]])


class _Cutter:
    """What was read and not given on yet: ``_text`` from ``_start``, looked through to ``_place``.

    ``_closing`` ends the CDATA or comment that was begun.
    """

    def __init__(self) -> None:
        self._text = ""
        self._start = self._place = 0
        self._line = 1
        self._closing = ""
        self._is_item = False
        self._is_whole = True

    def feed(self, chunk: str) -> Iterator[Piece]:
        """The pieces that end in ``chunk``."""
        self._text = self._text[self._start :] + chunk
        self._place -= self._start
        self._start = 0
        while found := self._next():
            token = found[0]
            self._place = found.end()
            if token in _ENDS:
                self._closing = _ENDS[token]
            elif not token.startswith("</"):
                yield self._piece(found.start(), is_closed=not self._is_item)
                self._is_item = True
            elif self._is_item:
                yield self._piece(found.end(), is_closed=True)
                self._is_item = False
        if self._place - self._start > LONGEST:
            if self._is_item:
                self._pass_over(self._place)
                self._is_whole = False
            else:
                yield self._piece(self._place, is_closed=True)

    def finish(self) -> Iterator[Piece]:
        """What is left when all was read."""
        yield self._piece(len(self._text), is_closed=not self._is_item)

    def _next(self) -> re.Match[str] | None:
        """The next mark outside of CDATA and comments; None if more has to be read before."""
        if self._closing:
            end = self._text.find(self._closing, self._place)
            if end < 0:
                self._place = max(self._place, len(self._text) - len(self._closing) + 1)
                return None
            self._place, self._closing = end + len(self._closing), ""
        found = _TOKEN.search(self._text, self._place)
        if found is None:
            cut = self._text.rfind("<", max(self._place, len(self._text) - _LONGEST_TOKEN))
            self._place = cut if cut >= 0 else len(self._text)  # a mark may be there in part
        return found

    def _piece(self, end: int, *, is_closed: bool) -> Piece:
        text = self._text[self._start : end] if self._is_whole else ""
        made = Piece(text, self._line, self._is_item, self._is_whole and is_closed)
        self._pass_over(end)
        self._is_whole = True
        return made

    def _pass_over(self, end: int) -> None:
        self._line += self._text.count("\n", self._start, end)
        self._start = end
