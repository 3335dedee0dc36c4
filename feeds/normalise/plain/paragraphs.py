"""A text's lines to its paragraphs: what was wrapped is joined again, what was not is not.

Rules
- Extractors decide how lines break, not sites: whether a page is wrapped is seen from its
  own lines. Wrapped lines come close to one ceiling, and mostly end inside sentences.
- A line that ends no sentence goes on in the next one, if that begins with a small letter,
  or if the page is wrapped and the line is full.
- A line that ends a sentence ends its paragraph, unless the page is wrapped and the next
  line's first word would not have fitted.
- A blank line ends a paragraph, unless a sentence goes on below it with a small letter.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from feeds.normalise.rows import Row
from feeds.normalise.words import is_small

_CEILING = 110
_FEWEST = 3
_FULL = 0.72
_LONG_LINE = 40


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph and the line on which it begins."""

    number: int
    text: str


def join_lines(rows: list[Row]) -> list[Paragraph]:
    """The paragraphs in ``rows``, the lines of a text."""
    ceiling = _ceiling(rows)
    joined: list[tuple[int, list[str]]] = []
    for index, row in enumerate(rows):
        if joined and _goes_on(rows[index - 1], row, ceiling):
            joined[-1][1].append(row.text)
        else:
            joined.append((row.number, [row.bullet, row.text] if row.bullet else [row.text]))
    return [Paragraph(number, " ".join(parts)) for number, parts in joined]


def _ceiling(rows: list[Row]) -> int:
    """The width at which the page was wrapped; 0 if it was not."""
    longest = max([len(row.text) for row in rows], default=0)
    if longest > _CEILING or longest < 20:
        return 0
    inner = [row for row, below in pairwise(rows) if not below.gap]
    if len(inner) < _FEWEST:
        return 0
    unended = [row for row in inner if not row.is_sentence]
    full = [row for row in unended if len(row.text) >= _FULL * longest]
    wrapped = len(unended) * 5 >= len(inner) * 2 and len(full) * 2 >= len(unended)
    return longest if wrapped and _breaks_sentences(rows) else 0


def _breaks_sentences(rows: list[Row]) -> bool:
    """Whether a line goes on with a small letter; always true of a script without capitals."""
    cased = any(letter.isupper() for row in rows for letter in row.text[:1])
    return not cased or any(
        is_small(below.text) and not row.is_sentence for row, below in pairwise(rows)
    )


def _goes_on(row: Row, below: Row, ceiling: int) -> bool:
    """Whether the paragraph of ``row`` goes on in the row ``below`` it."""
    if not ceiling and row.is_sentence:
        return False  # as in most pages
    if below.bullet or row.is_date or below.is_date:
        return False
    starts_small = is_small(below.text)
    if below.gap:
        return starts_small and not row.is_sentence and bool(ceiling) and row.text[-1] not in ":;,"
    if not row.is_sentence and row.text[-1] not in ':;»”"':
        if starts_small and (ceiling or len(row.text) > _LONG_LINE or " " not in row.text):
            return True  # shorter lines may be a poem's
        return bool(ceiling) and _is_full(row, below, ceiling)
    if not ceiling:
        return False
    if row.text[-1] in ':;»”"' and not row.is_sentence:
        return starts_small or _is_full(row, below, ceiling)
    return _is_full(row, below, ceiling)


def _is_full(row: Row, below: Row, ceiling: int) -> bool:
    """Whether the first word of ``below`` would not have fitted on ``row``."""
    word = below.text.partition(" ")[0]
    return len(row.text) + 1 + len(word) > ceiling
