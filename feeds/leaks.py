"""Whether sentences that are not to be read yet, or not for free, stand in other texts.

Rules
- Compared are words alone (``identity.words``), so neither typography nor where lines break
  hides a sentence. Where the other text puts its full stops doesn't matter either.
- A sentence counts from six words or thirty letters on; less is said by chance. Scripts without
  blanks are compared letter by letter, and two letters count as a word.
- A sentence of forty words or more is looked for in parts of at least twenty, so that half of
  it is found as well. That is no search for single phrases: officials' titles alone may have
  fifteen words.
- A full stop may belong to an abbreviation, so what is too short to count is also taken with
  what follows it.
- Every text is walked through once, and no part is longer than eighty words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from feeds.identity import words

_ENOUGH_WORDS = 6
_ENOUGH_LETTERS = 30
_PART = 20  # words, or twice as many letters of a script without blanks
_START = 3  # no sentence that counts is shorter
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U000323af"
)
_LETTER = re.compile(f"[{_UNSPACED}]")
_TOKEN = re.compile(f"[{_UNSPACED}]|[^ {_UNSPACED}]+")
_END = re.compile(
    r"""(?<![.!?…؟۔։।॥])[.!?…؟۔։।॥]++["'»“”’)\]]*+(?:\s++|$)  # not the dot inside a number
      | [。！？]++  # no blank follows these""",
    re.VERBOSE,
)


class Sentence(NamedTuple):
    """A sentence, or a part of a long one. ``key`` are its words, ``text`` is as it was written."""

    key: str
    text: str


class Found(NamedTuple):
    """A sentence that was looked for, and what the caller had said about it."""

    sentence: Sentence
    why: str


class Watch:
    """Sentences to look for, each with a reason; the first reason given for one holds."""

    def __init__(self) -> None:
        self._found: dict[str, Found] = {}
        # the lengths (in words) of the sentences that begin with the same words
        self._lengths: dict[tuple[str, ...], set[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, sentences: Iterable[Sentence], why: str) -> None:
        """Looks for ``sentences`` from now on."""
        for sentence in sentences:
            if sentence.key not in self._found:
                self._found[sentence.key] = Found(sentence, why)
                tokens = sentence.key.split()
                self._lengths.setdefault(tuple(tokens[:_START]), set()).add(len(tokens))

    def found(self, texts: Iterable[str]) -> dict[str, Found]:
        """What of it stands in ``texts``, by key and in the order of the texts."""
        seen: dict[str, Found] = {}
        for text in texts:
            tokens = _tokens(text)
            starts = zip(*(tokens[shift:] for shift in range(_START)), strict=False)
            for number, start in enumerate(starts):
                for length in sorted(self._lengths.get(start, ())):
                    key = _joined(tokens[number : number + length])
                    if key in self._found:
                        seen.setdefault(key, self._found[key])
        return seen


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text``, paragraphs of which are lines, as far as they count."""
    for line in text.splitlines():
        short, before = "", list[str]()
        for piece in _pieces(line):
            tokens = _tokens(piece)
            if not tokens:
                continue
            if _counts(tokens):
                yield from _parts(tokens, piece)
            if before:
                tokens, piece = before + tokens, f"{short} {piece}"
                if _counts(tokens):
                    yield from _parts(tokens, piece)
            short, before = ("", []) if _counts(tokens) else (piece, tokens)


def _pieces(line: str) -> Iterator[str]:
    """``line`` cut at the marks that end sentences."""
    start = 0
    for mark in _END.finditer(line):
        yield line[start : mark.end()].strip()
        start = mark.end()
    yield line[start:].strip()


def _parts(tokens: list[str], text: str) -> Iterator[Sentence]:
    size = _PART if _weight(tokens) > 0.75 * len(tokens) else 2 * _PART
    parts = max(1, len(tokens) // size)
    bounds = [len(tokens) * number // parts for number in range(parts + 1)]
    for first, last in pairwise(bounds):
        yield Sentence(_joined(tokens[first:last]), text)


def _counts(tokens: list[str]) -> bool:
    if len(tokens) < _START:
        return False
    return _weight(tokens) >= _ENOUGH_WORDS or sum(map(len, tokens)) >= _ENOUGH_LETTERS


def _weight(tokens: list[str]) -> float:
    """The number of words."""
    return sum(0.5 if _LETTER.match(token) else 1 for token in tokens)


def _tokens(text: str) -> list[str]:
    told = words(text)
    return told.split() if told.isascii() else _TOKEN.findall(told)


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(tokens)
