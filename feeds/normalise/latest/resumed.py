"""Where an article's text goes on below a list that stands amid it.

Rules
- Two sentences or more below the list's last story are the article's if they have words of the
  text above; footers and the next article have others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from feeds.normalise.rows import Row

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_FEWEST_SHARED = 2
_FEWEST_PAIRS = 4
_REACH = 3
_LONG, _LONG_IN_SIGNS = 40, 14


def end_of_list(rows: list[Row], start: int) -> int:
    """The index below the list that begins at ``start``; ``len(rows)`` if no text follows it."""
    dated = [index for index in range(start, len(rows)) if _is_dated(rows[index])]
    if not dated or not start:
        return len(rows)
    below = range(dated[-1] + 1, min(len(rows) - 1, dated[-1] + 1 + _REACH))
    found = [index for index in below if _is_prose(rows[index]) and _is_prose(rows[index + 1])]
    if not found:
        return len(rows)
    first = next((index for index in found if rows[index].gap), found[0])
    above = _words(row.text for row in rows[:start])
    shared = above & _words(row.text for row in rows[first:])
    is_spaced = " " in rows[first].text
    return first if len(shared) >= (_FEWEST_SHARED if is_spaced else _FEWEST_PAIRS) else len(rows)


def _is_dated(row: Row) -> bool:
    return row.stamp is not None and not _is_prose(row)


def _is_prose(row: Row) -> bool:
    longest = _LONG if " " in row.text else _LONG_IN_SIGNS
    return row.is_statement and len(row.text) >= longest and not row.is_furniture


def _words(texts: Iterable[str]) -> set[str]:
    """Beginnings of the longer words in ``texts``; pairs of signs where no blanks divide them."""
    found: set[str] = set()
    for text in texts:
        if " " in text:
            found.update(word[:_STEM] for word in _WORD.findall(text.casefold()))
        else:
            found.update(map("".join, pairwise(text)))
    return found
