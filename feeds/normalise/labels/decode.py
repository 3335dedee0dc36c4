"""From how much speaks for each label of each line to the best labels of a page together.

Rules
- A page has one headline: the labels are those of the best path through the page that has
  exactly one. A page without any is believed only if that is better by far.
- How sure a headline is: by how much its path is better than that of any other headline. How
  sure another line: by how much the best path is better than any on which it is something else.
- Where two paths are equally good, the labels that come later in the model win.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import add
from typing import NamedTuple

from feeds.normalise.labels.model import Model, Scores

MISSING = 400
"""By how much a page is better without a headline, if it has none."""
_NEVER = -(1 << 40)


class _Passes:
    """The best sums up to each line, and from each line on, with that line's own in both."""

    def __init__(self, model: Model, scores: list[list[int]]) -> None:
        self.out, self.into = (one.steps for one in model.moves)
        down, up = model.moves
        self.ahead = list(accumulate(scores[1:], down.best_beyond, initial=scores[0]))
        self.behind = list(accumulate(scores[-2::-1], up.best_beyond, initial=scores[-1]))
        self.behind.reverse()

    def path_to(self, label: int, line: int) -> list[int]:
        """The labels of the lines above ``line``, which has ``label``."""
        found: list[int] = []
        for best in reversed(self.ahead[:line]):
            label = _best_of(best, self.into[label])
            found.append(label)
        found.reverse()
        return found

    def path_from(self, label: int, line: int) -> list[int]:
        """The labels of the lines below ``line``, which has ``label``."""
        found: list[int] = []
        for best in self.behind[line + 1 :]:
            label = _best_of(best, self.out[label])
            found.append(label)
        return found


def _best_of(sums: Sequence[int], steps: Sequence[int]) -> int:
    """The label whose sum and step are best together: of equally good ones, the last."""
    totals = list(map(add, sums, steps))
    return len(totals) - 1 - totals[::-1].index(max(totals))


class Decoded(NamedTuple):
    """The number of each line's label; the headline's line, and by how much it is better."""

    labels: list[int]
    headline: int | None
    sure: int
    passes: _Passes


def decode(model: Model, scores: Scores, keys: Sequence[str]) -> Decoded:
    """The best labels of lines, of which ``scores`` tell how much speaks for each label.

    ``keys`` are what lines are compared by: one with the same as the headline's is no other
    headline, and one whose key is empty is none.
    """
    head = model.labels.index("headline")
    without = [list(line) for line in scores]
    own = [line[head] if key else _NEVER for line, key in zip(without, keys, strict=True)]
    for line in without:
        line[head] = _NEVER
    passes = _Passes(model, without)
    into, out = passes.into[head], passes.out[head]
    last = len(scores) - 1
    through = [
        score
        + (max(map(add, passes.ahead[index - 1], into)) if index else 0)
        + (max(map(add, passes.behind[index + 1], out)) if index < last else 0)
        for index, score in enumerate(own)
    ]
    best = max(range(len(through)), key=through.__getitem__)
    nothing = [0] * len(model.labels)
    ending = _best_of(passes.ahead[-1], nothing)
    none = passes.ahead[-1][ending] - MISSING
    if none > through[best]:
        labels = [*passes.path_to(ending, last), ending]
        return Decoded(labels, None, none - through[best], passes)
    others = zip(through, keys, strict=True)
    rival = max([none, *(total for total, key in others if key != keys[best])])
    labels = [*passes.path_to(head, best), head, *passes.path_from(head, best)]
    return Decoded(labels, best, through[best] - rival, passes)


class Rival(NamedTuple):
    """The label that is the next best of a line, and by how much it is worse."""

    label: int
    margin: int


def rivals(scores: Scores, decoded: Decoded) -> list[Rival]:
    """The next best label of each line, wherever the headline is."""
    found = []
    passes = decoded.passes
    lines = zip(decoded.labels, passes.ahead, passes.behind, scores, strict=True)
    for index, (label, ahead, behind, own) in enumerate(lines):
        if index == decoded.headline:
            totals, margin = list(own), decoded.sure
        else:
            totals = [a + b - score for a, b, score in zip(ahead, behind, own, strict=True)]
            margin = totals[label]
        totals[label] = 2 * _NEVER
        rival = max(range(len(totals)), key=totals.__getitem__)
        if index != decoded.headline:
            margin = max(0, margin - totals[rival])
        found.append(Rival(rival, margin))
    return found
