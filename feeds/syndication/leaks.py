"""Whether sentences that are not to be read yet, or not for free, stand in other texts.

Rules
- Compared are words alone (``words.folded``; ё is е), so neither typography nor where lines
  break hides a sentence. Where the other text puts its full stops doesn't matter either.
- A sentence counts from six words or thirty letters on; less is said by chance. Scripts without
  blanks are compared letter by letter, and two letters count as a word.
- A sentence of forty words or more is looked for in parts of at least twenty, so that half of
  it is found as well; ``phrases`` finds less of it.
- A full stop may belong to an abbreviation, so what is too short to count is also taken with
  what follows it.
- Every text is walked through once, and no part is longer than eighty words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from feeds.text.patterns import compile_late
from feeds.text.words import folded

_ENOUGH_WORDS = 6
_ENOUGH_LETTERS = 30
_PART = 20  # words, or twice as many letters of a script without blanks
_SHORT = 3
_START = 3  # no sentence that counts is shorter
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U000323af"
)
_LETTER = compile_late(f"[{_UNSPACED}]")
_TOKEN = compile_late(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_MARKS = compile_late(r"""[.!?…؟۔։।॥。！？]++["'»“”’)\]]*+""")
_MARKS_BEFORE_NO_BLANK = frozenset("。！？")


class Sentence(NamedTuple):
    """A sentence, or a part of a long one. ``key`` are its words, ``text`` is as it was written."""

    key: str
    text: str


class Match(NamedTuple):
    """A sentence that was looked for, and what the caller had said about it."""

    sentence: Sentence
    why: str


class Watch:
    """Sentences to look for, each with a reason; the first reason given for one holds."""

    def __init__(self) -> None:
        self._found: dict[str, Match] = {}
        # the lengths (in words) of the sentences that begin with the same words
        self._lengths: dict[tuple[str, ...], set[int]] = {}

    def add(self, sentences: Iterable[Sentence], why: str) -> None:
        """Looks for ``sentences`` from now on."""
        for sentence in sentences:
            if sentence.key not in self._found:
                self._found[sentence.key] = Match(sentence, why)
                tokens = sentence.key.split()
                self._lengths.setdefault(tuple(tokens[:_START]), set()).add(len(tokens))

    def __len__(self) -> int:
        return len(self._found)

    def found(self, texts: Iterable[Sequence[str]]) -> dict[str, Match]:
        """What of it stands in ``texts`` (``tokenised``), by key and in the order of the texts."""
        seen: dict[str, Match] = {}
        for tokens in texts:
            starts = zip(*(tokens[shift:] for shift in range(_START)), strict=False)
            for number, start in enumerate(starts):
                for length in sorted(self._lengths[start]) if start in self._lengths else ():
                    key = _joined(tokens[number : number + length])
                    if key in self._found:
                        seen.setdefault(key, self._found[key])
        return seen


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text``, paragraphs of which are lines, as far as they count."""
    pieces = [*_pieces(text), ""]
    told = _compared("\n".join(pieces))
    blanks = not _LETTER.search(told)
    split = str.split if blanks else _TOKEN.findall
    short, before = "", list[str]()
    for piece, line in zip(pieces, told.split("\n"), strict=True):
        tokens = split(line)
        if _counts(tokens, blanks):
            yield from _parts(tokens, blanks, piece)
        if before and tokens:
            tokens, piece = before + tokens, f"{short} {piece}"
            if _counts(tokens, blanks):
                yield from _parts(tokens, blanks, piece)
        if tokens or not piece:
            short, before = ("", []) if _counts(tokens, blanks) else (piece, tokens)


def beginnings(tokens: Sequence[str]) -> Iterator[str]:
    """The fewest of ``tokens`` that count, from each of them on, in words.

    A sentence that counts begins with such, and where it stands in another text, so it does there.
    """
    for start in range(len(tokens) - _START + 1):
        if found := beginning(tokens, start):
            yield found


def beginning(tokens: Sequence[str], start: int = 0) -> str:
    """The fewest of ``tokens`` that count, from the one at ``start`` on; empty if none do."""
    said, letters = 0.0, 0
    for count, token in enumerate(tokens[start : start + 2 * _ENOUGH_WORDS], start=1):
        said += 0.5 if len(token) == 1 and _LETTER.match(token) else 1
        letters += len(token)
        if count >= _START and (said >= _ENOUGH_WORDS or letters >= _ENOUGH_LETTERS):
            return _joined(tokens[start : start + count])
    return ""


def spoken(text: str) -> Iterator[list[str]]:
    """The tokens of each sentence of ``text``, short ones too.

    A full stop behind a word of up to three letters may be that of an abbreviation, and ends none.
    """
    said: list[str] = []
    for piece in [*_pieces(text), ""]:
        said += tokenised(piece)
        if said and not (piece and len(said[-1]) <= _SHORT and not _LETTER.match(said[-1])):
            yield said
            said = []


def _pieces(text: str) -> Iterator[str]:
    """``text`` cut at line ends, each an empty piece, and at the marks that end sentences.

    A dot inside a number or a name ends none.
    """
    for line in text.splitlines():
        start = 0
        for marks in _MARKS.finditer(line):
            end = marks.end()
            after = line[end : end + 1]
            if not after or after.isspace() or marks[0][0] in _MARKS_BEFORE_NO_BLANK:
                yield line[start:end].strip()
                start = end
        if start < len(line):
            yield line[start:].strip()
        yield ""


def _parts(tokens: list[str], blanks: bool, text: str) -> Iterator[Sentence]:
    """A sentence whole, or in parts of about the same length."""
    size = _PART if blanks or 4 * _unspaced(tokens) < len(tokens) else 2 * _PART
    count = max(1, len(tokens) // size)
    bounds = [len(tokens) * number // count for number in range(count + 1)]
    for first, last in pairwise(bounds):
        yield Sentence(_joined(tokens[first:last]), text)


def _counts(tokens: list[str], blanks: bool) -> bool:
    """Whether so much is said by chance no more; ``blanks``: all is written with blanks."""
    if len(tokens) < _START:
        return False
    if len(tokens) - (0 if blanks else 0.5 * _unspaced(tokens)) >= _ENOUGH_WORDS:
        return True
    return sum(map(len, tokens)) >= _ENOUGH_LETTERS


def _unspaced(tokens: Iterable[str]) -> int:
    """How many of ``tokens`` are single letters of a script without blanks."""
    return len(_LETTER.findall("".join(tokens)))


def tokenised(text: str) -> list[str]:
    """The words of ``text`` in their order; of a script without blanks, each of its letters."""
    told = _compared(text)
    return _TOKEN.findall(told) if _LETTER.search(told) else told.split()


def _compared(text: str) -> str:
    """``text`` folded; Russian newspapers write е for ё or not, as they like."""
    return folded(text).replace("ё", "е")


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(tokens)
