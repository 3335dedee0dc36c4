"""The weights: what each trait of a line, and of its neighbours, speaks for.

Rules
- Weights are whole numbers, hundredths of what training found, and are only added: the same
  page gives the same labels on every machine.
- All labels' weights of a trait are packed into one long number, a field for each, so that a
  single addition adds them all.
"""

from __future__ import annotations

import struct
from functools import cache
from importlib.resources import files

import msgspec

from feeds.normalise.labels.places import Seen

HERE = 0
AROUND = (-2, -1, 1, 2)
"""The neighbours whose traits speak for a line, too."""
_BITS = 32
_HALF = 1 << (_BITS - 1)

Scores = list[tuple[int, ...]]
"""For each line how much speaks for each label."""


class Model(msgspec.Struct, frozen=True):
    """The labels, what it takes to go from one to the next, and traits' weights by place.

    ``steps[a][b]`` is for the label ``b`` below the label ``a``. ``weights[place][trait]`` is
    packed: those of a line itself, and of the neighbour that stands so many lines below it.
    """

    labels: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    weights: dict[int, dict[str, int]]

    def scores(self, seen: list[Seen]) -> Scores:
        """How much speaks for each label of each line."""
        own = self.weights[HERE].get
        around = [(place, self.weights[place].get) for place in AROUND]
        total = [
            sum([own(trait, 0) for trait in one.carried])
            + sum([own(trait, 0) for trait in one.alone])
            for one in seen
        ]
        last = len(seen)
        for place, weight in around:
            outside = weight("outside", 0)
            for index in range(last):
                other = index + place
                if 0 <= other < last:
                    total[index] += sum([weight(trait, 0) for trait in seen[other].carried])
                else:
                    total[index] += outside
        fields = struct.Struct(f"<{len(self.labels)}i")
        offset = _pack([_HALF] * len(self.labels))
        flip = _pack([_HALF] * len(self.labels))
        size = fields.size
        # adding half of each field makes it positive; flipping its highest bit back gives its sign
        return [
            fields.unpack(((number + offset) ^ flip).to_bytes(size, "little")) for number in total
        ]

    def weight(self, trait: str, place: int) -> tuple[int, ...]:
        """The weights of a trait, label by label."""
        return _unpacked(self.weights[place].get(trait, 0), len(self.labels))


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
