"""What stands among the headlines of a list and is none: names, teasers, what each story has.

Rules
- What stands at three headlines or more is none, nor is a byline, where headlines are left.
- Between two dates is one headline: the line beside the date that is no sentence, no name, and
  not the longer one of two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from feeds.model import Dropped
from feeds.normalise import bylines
from feeds.normalise.latest.items import Item

_AGAIN = "stands at other headlines too"
_OFTEN = 3
_OF_TWO = 2


def without_shared(found: list[Item], dropped: list[Dropped]) -> list[Item]:
    """``found`` without what several headlines have: a section, a byline, a link to read on."""
    dates = sum(item.stamp is not None for item in found)
    texts = [item for item in found if item.stamp is None]
    if len(texts) <= max(dates, 1):
        return found  # as in most lists
    often = Counter(item.text for item in texts)
    left = {id(item): _AGAIN for item in texts if often[item.text] >= _OFTEN}
    signed = [item for item in texts if bylines.introduced(item.text)]
    if len(signed) * 2 >= dates:
        left |= {id(item): "byline" for item in signed}
    return _left(found, left, dropped) if len(texts) - len(left) >= max(1, dates - 1) else found


def _left(found: list[Item], out: dict[int, str], dropped: list[Dropped]) -> list[Item]:
    """``found`` without the items in ``out``, which are named there with their rules."""
    gone = [item for item in found if id(item) in out]
    dropped += [Dropped(item.row.number, item.text, out[id(item)]) for item in gone]
    return [item for item in found if id(item) not in out]


def without_others(found: list[Item], dates_first: bool, dropped: list[Dropped]) -> list[Item]:
    """``found`` with one headline between two dates, where others can be told from it."""
    out: dict[int, str] = {}
    segments = _segments(found, dates_first)
    if max(map(len, segments), default=0) < _OF_TWO:
        return found  # as in most lists
    for segment in segments:
        for above, below in pairwise(segment):
            if above.text == below.text:
                out[id(below)] = "headline again"
        _leave_out(segment, out, "teaser", lambda item: item.row.is_statement)
        if not dates_first:
            _leave_out(segment, out, "byline", lambda item: bool(bylines.authors_in(item.text)))
    return _left(found, out, dropped)


def _segments(found: list[Item], dates_first: bool) -> list[list[Item]]:
    """The texts that stand between two dates, one of which dates them."""
    segments: list[list[Item]] = [[]]
    for item in found:
        if item.stamp is not None:
            segments.append([])
        else:
            segments[-1].append(item)
    return segments[1:] if dates_first else segments[:-1]


def _leave_out(
    segment: list[Item], out: dict[int, str], rule: str, is_other: Callable[[Item], bool]
) -> None:
    """Notes in ``out`` which of the segment's items are others, if any is left then."""
    left = [item for item in segment if id(item) not in out]
    if len(left) < 2:
        return
    others = [item for item in left if is_other(item)]
    if len(others) < len(left):
        out.update((id(item), rule) for item in others)
