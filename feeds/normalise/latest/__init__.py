"""Where the list of other stories beside an article begins: "Latest news".

Rules
- A list begins at a known heading, which may be glued to the first headline; or at a lone
  dash below the article; or where at least two pairs of headline and date end the page.
- A heading counts only at the start of a line, and only if it is followed by dates or
  ends the article's text: the same words inside a sentence are text.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from feeds.model import Dropped, Line, Story
from feeds.model.problem import Problem
from feeds.normalise import bylines
from feeds.normalise.latest import items
from feeds.normalise.latest.comments import without_comments
from feeds.normalise.latest.days import is_text
from feeds.normalise.latest.stories import read_list
from feeds.normalise.rows import Dates, Row, rows_of, settle_dates
from feeds.text.dates.resolve import Settled

__all__ = ["SplitLines", "is_text", "split_list", "start_of_list", "without_comments"]

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")
_STOPS = frozenset("-–•")
_NEAR = 6  # a first headline or two may lack their dates
_FAR = 60
_FEWEST = 2
_MOST_BETWEEN = 5


class SplitLines(NamedTuple):
    """A page's lines, split: those that are not the list's, the list, what it left out.

    ``settled`` is what all its dates say together.
    """

    body: tuple[Line, ...]
    settled: Settled
    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]
    findings: tuple[Problem, ...]


def split_list(lines: tuple[Line, ...], path: str, language: str = "") -> SplitLines:
    """Separates the dated list from the rest of ``lines``, which are of the page ``path``.

    ``language`` is what the page states as its own.
    """
    rows, _ = rows_of(lines)
    start = start_of_list(rows, 0)
    known = Dates(settle_dates(rows, language))
    listed, comments = without_comments(rows[start:], rows, ())
    stories, dropped, findings = read_list(listed, known, path)
    dropped += comments
    end = rows[start].number if start < len(rows) else None
    body = tuple(line for line in lines if end is None or line.number < end)
    return SplitLines(body, known.settled, tuple(stories), tuple(dropped), tuple(findings))


def start_of_list(rows: list[Row], first: int) -> int:
    """Where the list begins: an index not below ``first``; ``len(rows)`` for no list."""
    tail: int | None = None  # found where it is asked for: most lists have a heading
    said: list[int] = []
    dated_above = False
    for index in range(first, len(rows)):
        row = rows[index]
        heading = row.heading
        if not heading:
            dated_above = dated_above or row.is_full_date
            continue
        rest = row.text[len(heading) :].strip()
        if rest and dated_above:
            tail = _tail(rows, first) if tail is None else tail
            if any(item.is_full_date for item in rows[tail:index]):
                continue  # a headline in the list begins with such words
        below = rows[index + 1 : index + 1 + _NEAR]
        if rest and heading.rstrip().endswith(":") and not (below and below[0].is_date):
            continue  # "Read more: …" is a link of its own
        if any(item.stamp is not None and item.stamp.alone for item in below):
            return index
        said = said or list(accumulate(row.is_statement for row in rows))
        is_told = (said[-1] - said[index]) * 3 >= len(rows) - index
        if not (rest or is_told) and _are_headlines(rows[index + 1 : index + 1 + _FAR]):
            return min(index, _tail(rows, first) if tail is None else tail)
    return _tail(rows, first) if tail is None else tail


def _are_headlines(rows: list[Row]) -> bool:
    """Whether ``rows``, below a heading, have no statement above another such heading."""
    until = next((index for index, row in enumerate(rows) if _opens_a_list(row)), 0)
    return not any(row.is_statement for row in rows[:until])


def _opens_a_list(row: Row) -> bool:
    """Whether the row is a heading, or a headline glued to one; "Breaking news: …" may be text."""
    return bool(row.heading) and (row.heading == row.text or not row.heading.endswith(":"))


def _tail(rows: list[Row], first: int) -> int:
    """Where a list without heading begins."""
    for index in range(first, len(rows)):
        if rows[index].is_mark and _is_hard_stop(rows, index):
            return index
    return _dated_tail(rows, first)


def _is_hard_stop(rows: list[Row], index: int) -> bool:
    """Whether a lone dash ends the article: teasers, or a footer, follow."""
    if rows[index].mark.strip() not in _STOPS:
        return False  # asterisks and long dashes are breaks inside a text
    below = rows[index + 1 : index + 4]
    dated = any(row.is_full_date and row.bullet for row in below)
    return dated or (index > 0 and rows[index - 1].is_section)


def _dated_tail(rows: list[Row], first: int) -> int:
    """Where two or more pairs of headline and date end the page."""
    # a list that has its heading begins there, and nothing above is its
    headed = [index for index in range(first, len(rows)) if _opens_a_list(rows[index])]
    chain = _chain(rows, headed[-1] if headed else first)
    if not chain:
        return _same_line_tail(rows, first)
    if len(chain) < _FEWEST:
        return len(rows)
    if _close_pairs(rows, chain):
        if chain[0] - 1 <= first or _is_own_stamp(rows, chain):
            del chain[0]
        return chain[0] - 1 if len(chain) >= _FEWEST else len(rows)
    texts = [row for row in rows[chain[0] :] if not row.is_date and not row.is_counter]
    if sum(row.is_sentence for row in texts) * 2 > len(texts):
        return len(rows)
    # each entry may be a headline, its date, and the headline again
    above = rows[max(first, chain[0] - 1)]
    return chain[0] - bool(above.bullet and rows[chain[0]].bullet and not above.is_sentence)


def _same_line_tail(rows: list[Row], first: int) -> int:
    """Where two or more headlines with their dates on their own lines end the page."""
    start = len(rows)
    while start > first and _is_dated_headline(rows[start - 1]):
        start -= 1
    return start if len(rows) - start >= _FEWEST else len(rows)


def _is_dated_headline(row: Row) -> bool:
    stamp = row.stamp
    return stamp is not None and stamp.full and not stamp.after and " " in stamp.before


def _close_pairs(rows: list[Row], chain: list[int]) -> bool:
    """Whether the dates of ``chain`` stand below their headlines: the list, or pairs, end so."""
    below = rows[chain[-1] + 1 :]
    if all(row.is_furniture or row.is_counter for row in below):
        return True
    return below[0].gap and not any(rows[index].gap for index in chain)


def _chain(rows: list[Row], above: int) -> list[int]:
    """The dates at the page's end, with a few short lines between them, not above ``above``."""
    chain: list[int] = []
    limit = len(rows)
    for index in range(len(rows) - 1, above - 1, -1):
        row = rows[index]
        if row.stamp is None or row.stamp.shape == "clock":
            continue
        if row.is_date or items.is_glued_date(row):
            between = [item for item in rows[index + 1 : limit] if not item.is_date]
            if len(between) > _MOST_BETWEEN or any(item.is_paragraph for item in between):
                break
            chain.append(index)
            limit = index
    chain.reverse()
    return chain


def _is_own_stamp(rows: list[Row], chain: list[int]) -> bool:
    """Whether the first date of ``chain`` is the article's own, below its text or its author."""
    above, first, second = rows[chain[0] - 1], rows[chain[0]], rows[chain[1]]
    named = bool(bylines.authors_in(above.text))
    if not (named or above.is_sentence):
        return False
    if rows[chain[0] + 1].gap or (named and _form(first) != _form(second)):
        return True
    clocks = {bool(row.stamp and row.stamp.clock) for row in (first, second)}
    return len(clocks) > 1


def _form(row: Row) -> str:
    """How a date is written, whatever day it is."""
    return _LETTERS.sub("a", _DIGITS.sub("0", row.text))
