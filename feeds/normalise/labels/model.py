"""The weights: what each trait of a line, and of its neighbours, speaks for.

Rules
- Weights are whole numbers, hundredths of what training found, and are only added: the same
  page gives the same labels on every machine.
- All labels' weights of a trait are packed into one long number, a field for each, so that a
  single addition adds them all.
- What a group of traits weighs together is added once: pages have few groups that differ.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from operator import add, sub

from feeds.normalise.labels.places import Seen
from feeds.normalise.labels.traits import Traits

HERE = 0
AROUND = (-2, -1, 1, 2)
"""The neighbours whose traits speak for a line, too."""
_FAR = 2
"""So many lines away is the farthest of them."""
_MOST_KNOWN = 20_000
_BITS = 32
_HALF = 1 << (_BITS - 1)

Scores = list[tuple[int, ...]]
"""For each line how much speaks for each label."""


@dataclass(frozen=True)
class Model:
    """The labels, what it takes to go from one to the next, and traits' weights by place.

    ``steps[a][b]`` is for the label ``b`` below the label ``a``. ``weights[place][trait]`` is
    packed: those of a line itself, and of the neighbour that stands so many lines below it.
    """

    labels: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    weights: dict[int, dict[str, int]]

    def scores(self, seen: list[Seen]) -> Scores:
        """How much speaks for each label of each line."""
        own, carried = self._sums
        outside = [carried["outside",]] * _FAR
        beside = [*outside, *(carried[one.carried] for one in seen), *outside]
        # for its neighbours a line counts by where it stands from them
        lines = zip(seen, beside, beside[1:], beside[2:], beside[3:], beside[4:], strict=False)
        total = [
            sum([own[group][0] for group in one.groups], here[0] + a[1] + b[2] + c[3] + d[4])
            for one, a, b, here, c, d in lines
        ]
        fields = struct.Struct(f"<{len(self.labels)}i")
        offset = _pack([_HALF] * len(self.labels))
        flip = _pack([_HALF] * len(self.labels))
        size = fields.size
        # adding half of each field makes it positive; flipping its highest bit back gives its sign
        return [
            fields.unpack(((number + offset) ^ flip).to_bytes(size, "little")) for number in total
        ]

    @cached_property
    def moves(self) -> tuple[Moves, Moves]:
        """The steps down a page, and those up."""
        return Moves(self.steps), Moves(tuple(zip(*self.steps, strict=True)))

    @cached_property
    def _sums(self) -> tuple[_Sums, _Sums]:
        """What groups of traits weigh: for the line itself, and for it and those around."""
        return _Sums(self, (HERE,)), _Sums(self, (HERE, *AROUND))

    def weight(self, trait: str, place: int) -> tuple[int, ...]:
        """The weights of a trait, label by label."""
        return _unpacked(self.weights[place].get(trait, 0), len(self.labels))


class Moves:
    """What it takes to go from each label to each, and which labels can be left out of a sum.

    On most lines one label leads by more than any other could gain on it by the next step.
    """

    def __init__(self, steps: Sequence[Sequence[int]]) -> None:
        self.steps = steps
        self._gains = [[max(map(sub, one, leader)) for one in steps] for leader in steps]

    def best_beyond(self, best: list[int], own: Sequence[int]) -> list[int]:
        """The best sums on the next line, whose ``own`` there are, if ``best`` are this one's."""
        top = max(best)
        leader = best.index(top)
        reached = map(add, best, self._gains[leader])
        others = [label for label, most in enumerate(reached) if most > top]
        ways = [[best[label] + step for step in self.steps[label]] for label in (leader, *others)]
        return list(map(add, map(max, *ways) if others else ways[0], own))


class _Sums(dict[Traits, tuple[int, ...]]):
    """What groups of traits weigh together, packed, for each of the places ``around`` a line."""

    def __init__(self, model: Model, around: tuple[int, ...]) -> None:
        super().__init__()
        self._weights = [model.weights[place] for place in around]

    def __missing__(self, traits: Traits) -> tuple[int, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = tuple(sum(one.get(trait, 0) for trait in traits) for one in self._weights)
        self[traits] = found
        return found


def _pack(numbers: list[int]) -> int:
    return sum(number << (_BITS * place) for place, number in enumerate(numbers))


@cache
def _unpacked(packed: int, count: int) -> tuple[int, ...]:
    packed += _pack([_HALF] * count)
    return tuple((packed >> (_BITS * place) & (2 * _HALF - 1)) - _HALF for place in range(count))


def read_model(text: str) -> Model:
    """The model written in ``text``.

    Its first line names the labels; a line for each of them has the steps from it. All others
    have a place, a trait, and the weights that are not 0, each behind the number of its label.
    """
    lines = text.splitlines()
    labels = tuple(lines[0].split("\t"))
    steps = tuple(
        tuple(int(number) for number in line.split()) for line in lines[1 : 1 + len(labels)]
    )
    weights: dict[int, dict[str, int]] = {place: {} for place in (HERE, *AROUND)}
    for line in lines[1 + len(labels) :]:
        place, trait, numbers = line.split("\t")
        packed = 0
        for pair in numbers.split():
            label, number = pair.split(":")
            packed += int(number) << (_BITS * int(label))
        weights[int(place)][trait] = packed
    return Model(labels, steps, weights)


@cache
def shipped_model() -> Model:
    """The model that is part of the program."""
    return read_model(files(__package__).joinpath("weights.txt").read_text("utf-8"))
