"""``python -m training``: see the package's words."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feeds.model.versions import READER_VERSION
from training.collections import saved_pages
from training.fit import written
from training.validate import Form, by_kind, by_publisher, forms_of

_LABELS = Path(__file__).parent.parent / "feeds" / "normalise" / "labels"
_PROVENANCE = _LABELS / "weights.json"
_ROUNDS = 90


def _forms(folder: Path, workers: int) -> list[Form]:
    pages = list(saved_pages(folder, workers))
    forms = list(forms_of(pages))
    print(f"{len(pages)} pages, {len(forms)} forms of them")
    return forms


def rebuild(forms: list[Form], folds: int, rounds: int) -> None:
    """Writes the weights that ``forms`` teach, and where they are from.

    They are the mean of those that were fitted without each fold of publishers, so that one
    computation gives weights and what is right on pages that they were not fitted on.
    """
    several, scores = [], {}
    for fitted, found in by_publisher(forms, folds, rounds):
        several.append(fitted)
        scores[f"publishers {len(several)} of {folds}"] = found.told
        print(found.told, flush=True)
    text = written(several)
    (_LABELS / "weights.txt").write_text(text, "utf-8")
    provenance = {
        "reader_version": READER_VERSION,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "date": datetime.now(UTC).date().isoformat(),
        "rounds": rounds,
        "forms": dict(sorted(Counter(form.collection for form in forms).items())),
        "publishers": len({form.publisher for form in forms}),
        "languages": dict(Counter(form.language or "unknown" for form in forms).most_common()),
        "lines": sum(len(form.labels) for form in forms),
        "held_out": scores,
    }
    _write(provenance)
    print(f"{len(text)} bytes of weights")


def validate(forms: list[Form], rounds: int) -> None:
    """Adds to what is known of the weights how languages and collections do without their own."""
    provenance = json.loads(_PROVENANCE.read_text("utf-8"))
    for name, found in by_kind(forms, rounds):
        provenance["held_out"][name] = found.told
        print(name, found.told, flush=True)
        _write(provenance)


def _write(provenance: dict[str, Any]) -> None:
    _PROVENANCE.write_text(json.dumps(provenance, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    """Reads the command line and does what it says."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("command", choices=["rebuild", "validate"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="of the optimiser")
    parser.add_argument("--folds", type=int, default=4, help="of publishers")
    parser.add_argument("--workers", type=int, default=1, help="processes that read pages")
    asked = parser.parse_args()
    forms = _forms(asked.folder, asked.workers)
    if asked.command == "rebuild":
        rebuild(forms, asked.folds, asked.rounds)
    else:
        validate(forms, asked.rounds)


if __name__ == "__main__":
    main()
