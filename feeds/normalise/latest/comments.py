"""What readers wrote lately, with its dates, which is no list of stories.

Rules
- It begins at a heading that says so ("Recent comments"), and goes on to the heading of a list, or
  to the article.
"""

from __future__ import annotations

from collections.abc import Collection

from feeds.model import Dropped
from feeds.normalise import verdicts, words
from feeds.normalise.rows import Row


def without_comments(
    listed: list[Row], rows: list[Row], told: Collection[int]
) -> tuple[list[Row], list[Dropped]]:
    """``listed`` without readers' comments, and these; ``rows`` are the page's.

    ``told`` are the numbers of the article's.
    """
    comments: set[int] = set()
    is_one = False
    for row in rows:
        if words.is_heading_of_comments(row.text):
            is_one = True
        elif row.number in told or (row.heading and row.heading == row.text):
            is_one = False
        if is_one:
            comments.add(row.number)
    if not comments:
        return listed, []
    left = [row for row in listed if row.number not in comments]
    taken = [row for row in listed if row.number in comments]
    return left, [Dropped(row.number, row.shown, verdicts.COMMENTS) for row in taken]
