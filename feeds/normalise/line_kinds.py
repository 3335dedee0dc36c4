"""What lines of a page of text are, for whoever compares pages: as ``feeds check`` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from feeds.model import Line, Reading
from feeds.normalise import bylines, headings
from feeds.text.dates import find

_MANY_WORDS = 4
_LONGEST = 300


def is_text(path: str) -> bool:
    """Whether a page of this name is one of text."""
    return path.lower().endswith(".txt")


def kinds_of(lines: Sequence[Line], reading: Reading) -> list[Literal["barred", ""]]:
    """Of each of ``lines``, which are not blank, whether it can't be a site's furniture.

    That is what holds a date or stands before one, a headline or heading of a list, a byline.
    """
    listed = {story.title for story in reading.latest}
    is_date = [_is_dated(line.text) for line in lines]
    kinds: list[Literal["barred", ""]] = []
    for place, line in enumerate(lines):
        text = line.text
        is_barred = (
            is_date[place]
            or any(is_date[place + 1 : place + 2])
            or (any(is_date[max(place - 1, 0) : place]) and len(text.split()) >= _MANY_WORDS)
            or text in listed
            or text.endswith(":")
            or bool(headings.heading_of(text))
            or bool(bylines.authors_in(text, bare=False))
        )
        kinds.append("barred" if is_barred else "")
    return kinds


def _is_dated(text: str) -> bool:
    if len(text) > _LONGEST or not find.may_be_dated(text):
        return False
    stamp = find.find_stamp(text)
    return stamp is not None and (stamp.full or stamp.alone)
