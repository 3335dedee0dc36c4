"""What a story costs a newsroom of 100, 1,000 and 10,000 stories, or of as many as are asked for.

``python -m tests.benchmarks.growth [SIZE…]``, with Hugo (on Debian: apt install hugo) and a script
with feedgen beside it, on the same stories. Prints CPU seconds with all processes that a
command has, seconds by the clock, and the most memory; at the end each cost against that at 1,000
stories, the folder's scan taken off.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks import grown, other_programs
from tests.benchmarks.processes import Cost, median
from tests.generated import Generated

SIZES = (100, 1_000, 10_000)
_ONE = 1_000
"""The size against which the others are held."""
_GROWING = ("first load", "archives begin", "another title", "feeds import", "Hugo, all of it")
"""What may cost more where there is more: told by the story."""
_SCANNED = (
    "first load",
    "nothing new",
    "one more",
    "correction",
    "another title",
    "archives begin",
)
"""Steps that look at the whole folder."""


def main(sizes: list[int]) -> None:
    """Measures and prints."""
    python = grown.bare()
    _say(f"starting Python: {python:.3f} s CPU")
    found = {size: _measured(size, python) for size in sizes}
    if _ONE in found and len(found) > 1:
        _compare(found)


def _measured(size: int, python: float) -> dict[str, float]:
    """Prints what a newsroom of ``size`` costs; returns CPU seconds, without the folder's scan."""
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as place:
        desk = grown.Desk(Path(place) / "desk", size)
        _say(f"\n{size:,} stories, {desk.pages:,} pages")
        for name, cost in desk.steps():
            costs[name] = cost
            _show(name, cost, size)
            if name == "first load":
                ledger = desk.ledger_size
        scan, reading = desk.scan(), desk.reading()
    with tempfile.TemporaryDirectory() as place:
        costs["feeds import"] = grown.imported(Path(place) / "desk", size)
        _show("feeds import", costs["feeds import"], size)
    with tempfile.TemporaryDirectory() as place:
        for name, cost in _others(Path(place), size):
            costs[name] = cost
            _show(name, cost, size)
    rest = costs["first load"].cpu - reading - scan.ours - costs["status"].cpu
    archives = costs["archives begin"].cpu - costs["another title"].cpu
    again = costs["nothing new"].cpu / python
    _say(
        f"  ledger after the first load: {ledger / 1e6:.1f} MB, {ledger / size:,.0f} bytes a story"
    )
    _say(f"  of the first load, reading pages: {1000 * reading / size:.2f} ms CPU a story")
    _say(f"  neither that nor the scan nor starting: {1000 * rest / size:.2f} ms CPU a story")
    _say(f"  archives of all that is there: {1000 * archives / size:.2f} ms CPU a story")
    _say(f"  scan: {scan.ours:.3f} s CPU, {scan.ours / scan.least:.1f} × a plain one")
    _say(f"  nothing new: {again:.1f} × starting Python")
    if "Hugo, all of it" in costs:
        times = costs["one more"].cpu / costs["Hugo, all of it"].cpu
        _say(f"  one more story: {times:.2f} × Hugo's rebuild")
    cpu = {name: cost.cpu - scan.ours * (name in _SCANNED) for name, cost in costs.items()}
    return {**cpu, "ledger, in bytes": ledger, "scan": scan.ours}


def _others(home: Path, size: int) -> list[tuple[str, Cost]]:
    made = Generated(size)
    stories = home / "stories.json"
    other_programs.write_stories(stories, map(made.story, range(size)))
    found = [("a script with feedgen", median([other_programs.script(stories) for _ in range(3)]))]
    if other_programs.HUGO is None:
        _say("  Hugo: skipped, it is not here (on Debian: apt install hugo)")
        return found
    hugo = other_programs.Hugo(home / "hugo", map(made.story, range(size)))
    hugo.build()
    builds = []
    for number in range(size, size + 3):
        hugo.add(made.story(number))
        builds.append(hugo.build())
    return [*found, ("Hugo, all of it", median(builds))]


def _show(name: str, cost: Cost, size: int) -> None:
    line = f"  {name:22}{cost.cpu:9.2f} s CPU{cost.wall:9.2f} s{cost.peak:7.0f} MB"
    if name in _GROWING:
        line += f"{1000 * cost.cpu / size:9.2f} ms CPU a story"
    _say(line)


def _compare(found: dict[int, dict[str, float]]) -> None:
    """Prints each cost against that at 1,000 stories; by the story where all are dealt with."""
    _say(f"\nagainst {_ONE:,} stories, without the scan{''.join(f'{size:>10,}' for size in found)}")
    for name, one in found[_ONE].items():
        by_story = name in (*_GROWING, "ledger, in bytes", "scan", "a script with feedgen")
        times = [
            costs[name] / one / (size / _ONE if by_story else 1) for size, costs in found.items()
        ]
        title = f"{name}, a story" if by_story else name
        _say(f"{title:42}{''.join(f'{value:10.2f}' for value in times)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
