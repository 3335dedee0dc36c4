"""Where the list of other stories beside an article begins: "Latest news".

Rules
- A list begins at a known heading, which may be glued to the first headline; or at a lone
  dash below the article; or where at least two pairs of headline and date end the page.
- A heading counts only at the start of a line, and only if it is followed by dates or
  ends the article's text: the same words inside a sentence are text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from feeds.model import Dropped, Line, Story
from feeds.model.problem import Problem
from feeds.normalise import bylines
from feeds.normalise.latest import items
from feeds.normalise.latest.days import is_text
from feeds.normalise.latest.stories import read_list
from feeds.normalise.rows import Dates, Row, rows_of, settle_dates
from feeds.text.dates.resolve import Settled

__all__ = ["SplitLines", "is_text", "split_list", "start_of_list"]

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")
_LONGEST_CHRONICLE = 50
_STOPS = frozenset("-–•")
_NEAR = 6  # a first headline or two may lack their dates


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
    stories, dropped, findings = read_list(rows[start:], known, path)
    end = rows[start].number if start < len(rows) else None
    body = tuple(line for line in lines if end is None or line.number < end)
    return SplitLines(body, known.settled, tuple(stories), tuple(dropped), tuple(findings))


def start_of_list(rows: list[Row], first: int) -> int:
    """Where the list begins: an index not below ``first``; ``len(rows)`` for no list."""
    tail: int | None = None  # found where it is asked for: most lists have a heading
    below: list[_Below] = []
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
        near = rows[index + 1 : index + 1 + (_NEAR if rest or not heading.endswith(":") else 3)]
        opening = [place for place, item in enumerate(near) if _opens_a_list(item)]
        near = near[: opening[0]] if opening else near
        dated = bool([item for item in near if item.stamp is not None and item.stamp.alone])
        dated = dated or (not rest and items.dates_share_lines(near))
        if rest and heading.rstrip().endswith(":") and not (near and near[0].is_date):
            continue  # "Read more: …" is a link of its own
        if dated:
            return index
        below = below or _counts_below(rows)
        if not rest and below[index + 1].are_headlines:
            return min(index, _tail(rows, first) if tail is None else tail)
    return _tail(rows, first) if tail is None else tail


class _Below(NamedTuple):
    """What stands below a row: how many texts, and how many of them end as statements do.

    ``near``: how many of the latter stand above the next heading; -1 if there is none.
    """

    texts: int
    statements: int
    near: int = -1

    @property
    def are_headlines(self) -> bool:
        """Whether that reads like a list of headlines rather than a text going on."""
        return self.statements * 3 <= self.texts and self.near <= 0


def _counts_below(rows: list[Row]) -> list[_Below]:
    """For each row what stands from there to the end of the page; one more for its end."""
    counts = [_Below(0, 0)]
    for row in reversed(rows):
        last = counts[-1]
        if row.text and not row.is_date and not row.is_furniture:
            said = row.is_statement
            near = last.near + said if last.near >= 0 else last.near
            last = _Below(last.texts + 1, last.statements + said, near)
        if _opens_a_list(row):
            last = last._replace(near=0)
        counts.append(last)
    counts.reverse()
    return counts


def _tail(rows: list[Row], first: int) -> int:
    """Where a list without heading begins."""
    marks = [index for index in range(first, len(rows)) if not rows[index].text]
    for index in marks:
        if rows[index].bullet and _is_hard_stop(rows, index):
            above = index - 1
            section = above > first and rows[above].is_section
            return above if section else index
    return _dated_tail(rows, first)


def _is_hard_stop(rows: list[Row], index: int) -> bool:
    """Whether a lone dash ends the article: teasers, or a footer, follow."""
    below = rows[index + 1 : index + 4]
    if rows[index].mark.strip() not in _STOPS:
        return False  # asterisks and long dashes are breaks inside a text
    if any(row.is_full_date and row.bullet for row in below):
        return True
    above = rows[index - 1] if index else None
    word = above is not None and not above.is_sentence and above.text.count(" ") < 2
    return above is not None and (above.is_section or word)


def _dated_tail(rows: list[Row], first: int) -> int:
    """Where two or more pairs of headline and date end the page."""
    end = len(rows)
    while end > first and (rows[end - 1].is_furniture or rows[end - 1].is_counter):
        end -= 1
    # a list that has its heading begins there, and nothing above is its
    headed = [index for index in range(first, end) if rows[index].heading]
    above = next((index for index in reversed(headed) if _opens_a_list(rows[index])), first)
    dated = [index for index in range(above, end) if rows[index].stamp]
    marked = [index for index in dated if _closes_or_opens(rows[index])]
    chain: list[int] = []
    limit = end
    for index in reversed(marked):
        between = rows[index + 1 : limit]
        texts = [row for row in between if not row.is_counter and not row.is_date]
        if len(texts) > 5 or [row for row in texts if row.is_paragraph]:
            break
        chain.append(index)
        limit = index
    chain.reverse()
    if _is_chronicle([rows[index] for index in chain]):
        return len(rows)
    if not chain:
        return _same_line_tail(rows, first, end)
    return _start_of_chain(rows, first, end, chain)


def _opens_a_list(row: Row) -> bool:
    """Whether the row is a heading, or a headline glued to one; "Breaking news: …" may be text."""
    return bool(row.heading) and (row.heading == row.text or not row.heading.endswith(":"))


def _is_chronicle(rows: list[Row]) -> bool:
    """Whether dates count up through the years, as those of no list of news do."""
    found = [row.stamp for row in rows if row.stamp and row.stamp.full]
    if not 2 < len(found) <= _LONGEST_CHRONICLE or found[-1].year - found[0].year <= 1:
        return False
    days = [(stamp.year, stamp.month, stamp.day) for stamp in found]
    return all(day < later for day, later in pairwise(days))


def _same_line_tail(rows: list[Row], first: int, end: int) -> int:
    """Where two or more headlines with their dates on their own lines end the page."""
    start = end
    while start > first and _is_dated_headline(rows[start - 1]):
        start -= 1
    return start if end - start > 1 else len(rows)


def _is_dated_headline(row: Row) -> bool:
    stamp = row.stamp
    return stamp is not None and stamp.full and not stamp.after and " " in stamp.before


def _closes_or_opens(row: Row) -> bool:
    if row.stamp is None or row.stamp.shape == "clock":
        return False
    return row.is_date or items.is_glued_date(row)


def _start_of_chain(rows: list[Row], first: int, end: int, chain: list[int]) -> int:
    """The first row of the list whose dates stand in the rows of ``chain``."""
    if end - 1 == chain[-1] or _close_pairs(rows, chain):
        own = _own_stamp_first(rows, chain)
        chain = chain[own:]
        start = chain[0] - 1 if chain else len(rows)
        while chain and start <= first and len(chain) > 1:
            chain = chain[1:]
            start = chain[0] - 1
        if chain and (rows[start].is_date or rows[start].is_paragraph):
            start += 1 if len(chain) > 1 and rows[start].is_date else 0
        return start if len(chain) > 1 else len(rows)
    above = rows[chain[0] - 1] if chain[0] > first else None
    if above is not None and above.bullet and rows[chain[0]].bullet and not above.is_sentence:
        return chain[0] - 1  # each entry is a headline, its date, and the headline again
    if len(chain) < 2:
        return len(rows)
    texts = [row for row in rows[chain[0] : end] if not row.is_date and not row.is_counter]
    sentences = sum(row.is_sentence for row in texts)
    bulleted = all(rows[index].bullet for index in chain)
    if sentences * 2 > len(texts) and not bulleted:
        return len(rows)  # a chronicle or a ticker: dates with paragraphs below them
    return chain[0]


def _close_pairs(rows: list[Row], chain: list[int]) -> bool:
    """Whether a blank line stands below the last date of ``chain``, and above none of them."""
    return rows[chain[-1] + 1].gap and not any(rows[index].gap for index in chain)


def _own_stamp_first(rows: list[Row], chain: list[int]) -> int:
    """1 if the first date of ``chain`` is the article's own stamp rather than the list's."""
    if len(chain) < 2 or not chain[0]:
        return 0
    first, second = rows[chain[0]], rows[chain[1]]
    above, below = rows[chain[0] - 1], rows[chain[0] + 1 : chain[1]]
    if first.stamp is None or second.stamp is None:
        return 0
    if bool(first.stamp.clock) != bool(second.stamp.clock):
        # else both are of headlines, one of which has a clock
        return int(above.is_sentence or not above.text or bool(bylines.authors_in(above.text)))
    if above.is_sentence:
        return int(bool(below) and below[0].gap)
    below_text = rows[chain[0] - 2].is_sentence and _form(first) != _form(second)
    return int(below_text and bool(bylines.authors_in(above.text)))


def _form(row: Row) -> str:
    """How a date is written, whatever day it is."""
    return _LETTERS.sub("a", _DIGITS.sub("0", row.text))
