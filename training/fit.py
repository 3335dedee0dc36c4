"""Weights of a chain of labels from lines that have them (python-crfsuite), as whole numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from feeds.model import Line
from feeds.normalise.labels import LABELS
from feeds.normalise.labels.model import AROUND
from feeds.normalise.labels.places import Seen, look_at
from feeds.normalise.rows import Row, rows_of
from training.labelling import Told

_L1, _L2 = 0.3, 0.02
_HUNDREDTHS = 100
_LEAST = 2
"""Weights nearer to 0 are left out."""


def rows_told(told: list[Told]) -> list[Row]:
    """The rows of the lines ``told``; fewer than those if some are pictures' markup."""
    lines: list[Line] = []
    for number, one in enumerate(told, 1):
        if one.gap:
            lines.append(Line(number, ""))
        lines.append(Line(number, " ".join(one.text.split())))
    return rows_of(tuple(lines))[0]


def traits_told(told: list[Told]) -> tuple[list[Seen], list[str]] | None:
    """What is seen of each line, and its label; None for a page with lines that are none."""
    rows = rows_told(told)
    if len(rows) != len(told):
        return None
    return look_at(rows), [one.label for one in told]


def _items(seen: list[Seen]) -> list[list[str]]:
    """For each line the names of its traits and of its neighbours'."""
    found = []
    for index, one in enumerate(seen):
        names = [f"0\t{trait}" for trait in one.all]
        for place in AROUND:
            other = index + place
            carried = seen[other].carried if 0 <= other < len(seen) else ["outside"]
            names += [f"{place}\t{trait}" for trait in carried]
        found.append(names)
    return found


class Fitted(NamedTuple):
    """The weights of steps from label to label, and of traits by place and label."""

    steps: dict[tuple[str, str], float]
    traits: dict[tuple[str, str], float]


def fit(pages: Iterable[tuple[list[Seen], list[str]]], rounds: int) -> Fitted:
    """The weights that labelled pages teach."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for seen, labels in pages:
        trainer.append(_items(seen), labels)
    trainer.set_params(
        {
            "feature.possible_transitions": True,
            "feature.minfreq": 5,
            "c2": _L2,
            "c1": _L1,
            "max_iterations": rounds,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return Fitted(dict(info.transitions), dict(info.state_features))


def written(several: Sequence[Fitted]) -> str:
    """The mean of ``several`` fits in whole numbers, as ``feeds.normalise.labels`` reads it."""

    def mean(weights: Iterable[float]) -> int:
        return round(_HUNDREDTHS * sum(weights) / len(several))

    found: dict[str, dict[int, int]] = {}
    for name, label in sorted({pair for fitted in several for pair in fitted.traits}):
        number = mean(fitted.traits.get((name, label), 0.0) for fitted in several)
        if abs(number) >= _LEAST:
            found.setdefault(name, {})[LABELS.index(label)] = number
    lines = ["\t".join(LABELS)]
    for above in LABELS:
        steps = [mean(one.steps.get((above, below), 0.0) for one in several) for below in LABELS]
        lines.append(" ".join(map(str, steps)))
    for name, weights in sorted(found.items()):
        numbers = " ".join(f"{label}:{number}" for label, number in sorted(weights.items()))
        lines.append(f"{name}\t{numbers}")
    return "\n".join(lines) + "\n"
