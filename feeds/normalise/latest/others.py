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
from statistics import median

from feeds.model import Dropped
from feeds.normalise import bylines
from feeds.normalise.latest.items import Item

_AGAIN = "stands at other headlines too"
_OFTEN = 3
_OF_TWO = 2
_LONGER, _LONG = 1.6, 70
_SHORT = 0.6


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
    if not dates_first:
        rest = [[item for item in segment if id(item) not in out] for segment in segments]
        if len(rest) > _OFTEN and all(len(segment) == 1 for segment in rest[1:]):
            out.update((id(item), "above the list") for item in _above(rest))
        if _are_teasers(rest):
            out.update((id(item), "teaser") for segment in rest for item in segment[1:])
    return _left(found, out, dropped)


def _above(segments: list[list[Item]]) -> list[Item]:
    """What stands above the first headline where all others stand alone, and is shorter."""
    usual = median(len(segment[0].text) for segment in segments[1:])
    return [item for item in segments[0][:-1] if len(item.text) < _SHORT * usual]


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


def _are_teasers(segments: list[list[Item]]) -> bool:
    """Whether the second of two lines above most dates is longer than headlines are."""
    twos = [segment for segment in segments if len(segment) == 2]
    if len(twos) < 2 or len(twos) * 2 < len(segments):
        return False
    first, second = (median(len(segment[at].text) for segment in twos) for at in (0, 1))
    return second > _LONG and second > _LONGER * first
