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

_OFTEN = 3
_LONGER, _LONG = 1.6, 70
_SHORT = 0.6


def without_shared(found: list[Item], dropped: list[Dropped]) -> list[Item]:
    """``found`` without what several headlines have: a section, a byline, a link to read on."""
    dates = sum(item.stamp is not None for item in found)
    often = Counter(item.text for item in found if item.stamp is None)
    left = [
        (item, rule)
        for item in found
        if item.stamp is None and (rule := _shared(item.text, often[item.text]))
    ]
    alone = sum(often.values()) - len(left)
    if not left or alone < max(1, dates - 1):
        return found
    shared = {id(item) for item, _ in left}
    dropped += [Dropped(item.row.number, item.text, rule) for item, rule in left]
    return [item for item in found if id(item) not in shared]


def _shared(text: str, times: int) -> str:
    if times >= _OFTEN:
        return "stands at other headlines too"
    return "byline" if bylines.introduced(text) else ""


def without_others(found: list[Item], dates_first: bool, dropped: list[Dropped]) -> list[Item]:
    """``found`` with one headline between two dates, where others can be told from it."""
    out: dict[int, str] = {}
    segments = _segments(found, dates_first)
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
    dropped += [
        Dropped(item.row.number, item.text, out[id(item)]) for item in found if id(item) in out
    ]
    return [item for item in found if id(item) not in out]


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
