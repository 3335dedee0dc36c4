"""Fuzzing: files that nobody would write, made of such as people do, for so many minutes.

    python -m tests.fuzz                     ten minutes of all kinds, in turn
    python -m tests.fuzz --seed 7 html rss   others, of two kinds
    python -m tests.fuzz --growth markdown   how much more time twice of a construct takes

What is wrong is printed, and the file, as little of it as does the same, is left in a folder for a
test to be made of it. The same seed gives the same files, as long as seeds and mutations stay.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import child, constructs, kinds
from tests.fuzz.child import Ask, Told
from tests.fuzz.minimising import minimised
from tests.fuzz.mutations import mutated

_SIZES = (64_000, 256_000, 1_000_000)
_LARGE = 50_000
"""Bytes from which on seconds for a megabyte say something."""
_LINEAR = 6.0
"""Four times the bytes may take so many times as long: machines are not that even."""
_PUBLISHED = 20
"""One of so many files goes through a whole run."""
_EXAMPLES = 3


class _Counted:
    def __init__(self) -> None:
        self.files = self.refused = self.size = 0
        self.longest = self.slowest = 0.0
        self.wrong = 0

    def add(self, size: int, told: Told) -> None:
        self.files += 1
        self.size += size
        self.refused += told.is_refused
        self.wrong += bool(told.wrong)
        self.longest = max(self.longest, told.seconds)
        if size >= _LARGE:
            self.slowest = max(self.slowest, told.seconds * 1_000_000 / size)


class _Finding(NamedTuple):
    kind: str
    what: str
    where: str


def _finding(kind: str, told: Told) -> _Finding:
    """What tells one fault from another."""
    return _Finding(kind, told.wrong.partition(":")[0].partition(" s for ")[0][:40], told.where)


def fuzz(chosen: Sequence[str], seed: int, minutes: float, folder: Path) -> bool:
    """Prints what is wrong, and figures; returns whether anything is."""
    counted = {kind: _Counted() for kind in chosen}
    found: dict[_Finding, int] = {}
    end = time.monotonic() + 60 * minutes
    number = 0
    with child.asking() as ask:
        while time.monotonic() < end:
            for kind in chosen:
                names = kinds.KINDS[kind].names
                name, data = names[number % len(names)], mutated(kind, seed, number)
                told = ask(kind, name, data, is_published=number % _PUBLISHED == 0)
                counted[kind].add(len(data), told)
                if told.wrong:
                    finding = _finding(kind, told)
                    found[finding] = found.get(finding, 0) + 1
                    if found[finding] <= _EXAMPLES:
                        _keep(ask, finding, name, data, told, folder, f"{seed}/{kind}/{number}")
            number += 1
    _print_figures(counted)
    for finding, times in found.items():
        print(f"{times} times: {' '.join(finding)}")
    print(
        f"{sum(found.values())} of {sum(one.files for one in counted.values()):,} files are wrong"
    )
    return bool(found)


def _keep(
    ask: Ask, finding: _Finding, name: str, data: bytes, told: Told, folder: Path, origin: str
) -> None:
    print(f"{origin}: {told.wrong} {told.where}", flush=True)
    if told.seconds < 1:
        data = minimised(
            data, lambda less: _finding(finding.kind, ask(finding.kind, name, less)) == finding
        )
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{hashlib.sha256(data).hexdigest()[:8]}-{name}"
    kept.write_bytes(data)
    print(f"    {kept} ({len(data):,} bytes)", flush=True)


def _print_figures(counted: dict[str, _Counted]) -> None:
    print(
        f"{'':14}{'files':>8}{'refused':>9}{'MB':>8}{'longest':>10}{'s for a MB':>12}{'wrong':>7}"
    )
    for kind, one in counted.items():
        print(
            f"{kind:14}{one.files:8,}{one.refused:9,}{one.size / 1e6:8.1f}{one.longest:9.2f}s"
            f"{one.slowest:12.2f}{one.wrong:7}"
        )


def growth(chosen: Sequence[str]) -> bool:
    """Prints the seconds that each construct takes in three sizes; returns whether any is wrong."""
    wrong = 0
    with child.asking() as ask:
        for kind in chosen:
            for name, construct in constructs.CONSTRUCTS[kind].items():
                file = kinds.KINDS[kind].names[0]
                told = [ask(kind, file, construct(size).encode()) for size in _SIZES]
                seconds = [one.seconds for one in told]
                what = next((one.wrong for one in told if one.wrong), "")
                if seconds[-1] > 1 and seconds[-1] > _LINEAR * seconds[-2]:
                    what = what or "more than linear"
                wrong += bool(what)
                times = " ".join(f"{one:6.2f}" for one in seconds)
                print(f"{kind:14}{times}  {' '.join(name.split())[:50]:50} {what}", flush=True)
    print(f"{wrong} constructs are wrong")
    return bool(wrong)


def main() -> int:
    """Runs what the command line asks for; returns 1 if anything is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(kinds.KINDS)}")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="which files (1)")
    parser.add_argument("--growth", action="store_true", help="constructs of growing size instead")
    parser.add_argument(
        "--into", type=Path, default=Path("fuzz-found"), help="where files are left (fuzz-found)"
    )
    given = parser.parse_args()
    chosen = given.kinds or list(kinds.KINDS)
    if unknown := set(chosen) - set(kinds.KINDS):
        parser.error(f"no kind is called {min(unknown)}")
    if given.growth:
        return int(growth(chosen))
    return int(fuzz(chosen, given.seed, given.minutes, given.into))


if __name__ == "__main__":
    sys.exit(main())
