"""A list of other stories without full dates, by its lines' labels.

Rules
- Such a list is seen by ranks that count 1, 2, 3, or by incomplete dates below each headline.
  Single headlines are none.
"""

from __future__ import annotations

from feeds.normalise.rows import Row

_STORIES = frozenset(["teaser", "list headline"])
_FEWEST = 2


def undated_list(rows: list[Row], labels: list[str]) -> list[int]:
    """The indices of the first such list's rows; empty for none."""
    return _ranked(rows, labels) or _beside_times(rows, labels)


def _ranked(rows: list[Row], labels: list[str]) -> list[int]:
    found: list[int] = []
    for index, row in enumerate(rows[:-1]):
        if row.text == str(len(found) + 1) and labels[index + 1] in _STORIES:
            found.append(index + 1)
    return found if len(found) >= _FEWEST else []


def _beside_times(rows: list[Row], labels: list[str]) -> list[int]:
    found = [
        index
        for index, below in enumerate(rows[1:])
        if labels[index] in _STORIES
        and labels[index + 1] not in _STORIES
        and below.stamp is not None
        and not below.stamp.full
        and bool(below.stamp.day or below.stamp.ago)
    ]
    return found if len(found) >= _FEWEST else []
