"""Labels of lines, corrected where the shape of a page says more than each of its lines.

Rules
- Sentences with clocks above them, or with days where the page has no other text, are a
  chronicle: text, and no list of stories.
- Sentences right below the text go on with it, unless labels are sure of something else.
- What follows a list and goes on in the words above it is text.
- Above the headline may stand other stories with their dates, without a heading: the headline
  is the line below them, above the text.
"""

from __future__ import annotations

from msgspec.structs import replace

from feeds.normalise import bylines, row_kinds
from feeds.normalise.labels import Labelled, margins
from feeds.normalise.latest.days import is_clock
from feeds.normalise.plain.lines import LISTED, TEXT
from feeds.normalise.plain.parts import Parts
from feeds.normalise.rows import Row

_OF_A_LIST = LISTED | {"teaser"}
_FEWEST = 2
_SENTENCE = 25
_UNSURE = 100


def corrected(rows: list[Row], told: Labelled, by_rules: Parts) -> Labelled:
    """``told``, the labels of ``rows``, as the page's shape corrects them."""
    told = _with_list_above(rows, told)
    labels = list(told.labels)
    for index in _resumed(rows, by_rules):
        labels[index] = "text"
    for index in _chronicle(rows, labels, told.headline):
        labels[index] = "text"
    if (below := _below_text(rows, labels)) and max(margins(told)[slice(*below)]) < _UNSURE:
        labels[slice(*below)] = ["text"] * (below[1] - below[0])
    return replace(told, labels=labels)


def _resumed(rows: list[Row], by_rules: Parts) -> list[int]:
    """The sentences of a text that, as rules read the page, goes on below its list."""
    text, listed = by_rules.end.rows, by_rules.listed
    if not text or not listed or text[-1].number < listed[-1].number:
        return []
    said = {row.number for row in text if row.is_statement}
    return [index for index, row in enumerate(rows) if row.number in said]


def _below_text(rows: list[Row], labels: list[str]) -> tuple[int, int] | None:
    """Where sentences stand right below the text that are known for nothing else."""
    start = max((index for index, label in enumerate(labels) if label in TEXT), default=-1) + 1
    end = start
    while end < len(rows) and labels[end] == "furniture" and not _is_known(rows[end]):
        end += 1
    said = [index for index in range(start, end) if rows[index].is_statement]
    if not start or len(said) < _FEWEST or len(said) * 2 < end - start:
        return None
    return start, said[-1] + 1


def _is_known(row: Row) -> bool:
    return bool(row_kinds.kind_of(row) or row.stamp or bylines.authors_in(row.text))


def _chronicle(rows: list[Row], labels: list[str], chosen: int | None) -> range:
    """The lines of a list that is none, but a text with clocks or days above its sentences."""
    nothing = range(0)
    listed = [index for index, label in enumerate(labels) if label in LISTED]
    dates = [index for index in listed if labels[index] == "list date"]
    headed = listed and (labels[listed[0]] == "list heading" or rows[listed[0]].heading)
    if chosen is None or not dates or headed or listed[0] < chosen:
        return nothing
    end = dates[-1] + 1
    while end < len(rows) and labels[end] in _OF_A_LIST:
        end += 1
    inner = rows[dates[0] : end]
    said = [row for row in inner if row.is_statement and len(row.text) >= _SENTENCE]
    if all(is_clock(rows[index]) for index in dates):
        first = _below_the_article(labels, listed[0])
        are_told = len(said) * 2 >= len(dates) >= _FEWEST and is_clock(rows[first])
        return range(first, end) if are_told else nothing
    others = [row for row in inner if not (row.is_date or row.is_statement)]
    is_text = any(label in TEXT for label in labels)
    return nothing if others or is_text or len(said) < _FEWEST else range(listed[0], end)


def _below_the_article(labels: list[str], index: int) -> int:
    """Where what stands below the text, or the head of it, begins, above ``index``."""
    while labels[index - 1] in ("furniture", "teaser"):
        index -= 1
    return index


def _with_list_above(rows: list[Row], told: Labelled) -> Labelled:
    """``told`` with the headline below the list that has the line labelled so for its first."""
    first = told.headline
    if first is None:
        return told
    end = first
    while end + 1 < len(rows) and _is_pair(rows, end):
        end += 2
    if end - first < 2 * _FEWEST or end + 1 >= len(rows):
        return told
    row, below = rows[end], rows[end + 1]
    if row.is_sentence or row.stamp is not None or not (below.is_statement or below.is_date):
        return told
    labels = list(told.labels)
    labels[first:end] = ["list headline", "list date"] * ((end - first) // 2)
    labels[end] = "headline"
    return replace(told, labels=labels, headline=end)


def _is_pair(rows: list[Row], index: int) -> bool:
    """Whether a headline stands there, and its date right below."""
    row, below = rows[index], rows[index + 1]
    return bool(row.text) and not (row.is_sentence or row.is_date) and below.is_full_date
