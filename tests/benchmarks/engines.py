"""What a publish and a poll cost on PostgreSQL, beside SQLite.

``python -m tests.benchmarks.engines``

Both by turns in one run, on this machine, with a server that syncs to the disk as SQLite does. What
the server itself needs of the CPU counts, as far as it is at work for this. Prints medians, and the
ratio of PostgreSQL to SQLite: machines differ, and a network between them adds a way there and back
for each question.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from tests.benchmarks import rates
from tests.benchmarks.polled import Writer
from tests.benchmarks.processes import Cost, cost_of, family, median
from tests.newsrooms import FEEDS, NOW, TestNewsroom
from tests.postgres import PostgreSQLNewsroom, Server
from tests.web.asking import port_of_ours, serving

ROUNDS = 3
STORIES = 200
_LASTING = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}
_TICKS = os.sysconf("SC_CLK_TCK")
_KINDS = ("SQLite", "PostgreSQL")


class Desk:
    """Newsrooms of STORIES pages, which are the same for both engines."""

    def __init__(self, home: Path, server: Server) -> None:
        self._home, self._server = home, server
        self._numbers = count(1)

    def newsroom(self, kind: str) -> TestNewsroom:
        """A new one, which has published nothing."""
        home = self._home / f"{kind}-{next(self._numbers)}"
        made = TestNewsroom(home) if kind == "SQLite" else PostgreSQLNewsroom(home, self._server)
        writer = Writer()
        for number in range(STORIES):
            moment = NOW - timedelta(hours=STORIES - number)
            made.page(f"{number:04}.md", writer.story(moment), moment)
        self.writer = writer
        return made

    def publish(self, newsroom: TestNewsroom) -> Cost:
        """What ``feeds publish`` costs, the server's share included."""
        before = _cpu(self._server.pid)
        cost = cost_of(
            [FEEDS, "publish", "--jobs", "1", "--accept", "first-load"], _compiled(newsroom)
        )
        return cost._replace(cpu=cost.cpu + _cpu(self._server.pid) - before)


def _compiled(newsroom: TestNewsroom) -> dict[str, str]:
    """As it is installed: pip compiles what it installs, and a checkout may not be."""
    environment = newsroom.environment()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment | {"PYTHONPYCACHEPREFIX": str(newsroom.root.parents[1] / "compiled")}


def _cpu(pid: int) -> float:
    """The CPU seconds of ``pid`` and all that it started, ended or not."""
    return sum(_ticks(one) for one in family(pid)) / _TICKS


def _ticks(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return sum(map(int, told.rpartition(")")[2].split()[11:15]))


def publishes(desk: Desk) -> Iterator[tuple[str, dict[str, Cost]]]:
    """What each kind of run costs on each engine."""
    for kind in _KINDS:
        desk.publish(desk.newsroom(kind))  # whoever is first compiles the program
    costs: dict[str, dict[str, list[Cost]]] = {}
    for turn in range(ROUNDS):
        for kind in _KINDS if turn % 2 else reversed(_KINDS):
            newsroom = desk.newsroom(kind)
            for name in (f"first load of {STORIES}", "nothing new", "one more", "nothing new"):
                if name == "one more":
                    newsroom.page("more.md", desk.writer.story(NOW), NOW)
                found = costs.setdefault(name, {}).setdefault(kind, [])
                found.append(desk.publish(newsroom))
    for name, by_kind in costs.items():
        yield name, {kind: median(found) for kind, found in by_kind.items()}


def polls(desk: Desk) -> None:
    """Prints the answers a second of one worker on each engine."""
    if rates.WRK is None:
        sys.stdout.write("polls: skipped, needs wrk (on Debian: apt install wrk)\n")
        return
    ports: dict[str, int] = {}
    with ExitStack() as stack:
        for kind in _KINDS:
            newsroom = desk.newsroom(kind)
            desk.publish(newsroom)
            ports[kind] = stack.enter_context(port_of_ours())
            stack.enter_context(serving(newsroom, ports[kind]))
        ours, theirs = (ports[kind] for kind in reversed(_KINDS))
        gzip = rates.GZIP
        known = rates.unchanged(ours, gzip), rates.unchanged(theirs, gzip)
        page = (rates.Polled(port, gzip, "/feeds/latest") for port in (ours, theirs))
        whole = (rates.Polled(port, gzip) for port in (ours, theirs))
        for name, pair in (("304", known), ("200 gzip", whole), ("a page for people", page)):
            first, second = rates.compared(*pair)
            sys.stdout.write(
                f"{name:24} {second:9,.0f} {first:9,.0f} a second  {first / second:.2f}\n"
            )
            sys.stdout.flush()


def main() -> None:
    """Measures and prints."""
    server = Server(_LASTING)
    try:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder), server)
            began = datetime.now().astimezone()
            sys.stdout.write(f"{began:%Y-%m-%d %H:%M}, medians of {ROUNDS} runs\n")
            sys.stdout.write(f"{'':24} {'SQLite':>9} {'PostgreSQL':>10}         ratio\n")
            for name, cost in publishes(desk):
                theirs, ours = (cost[kind] for kind in _KINDS)
                for unit, one, two in (
                    ("s CPU", theirs.cpu, ours.cpu),
                    ("s", theirs.wall, ours.wall),
                ):
                    line = f"{name:24} {one:9.2f} {two:9.2f} {unit:8}  {two / one:.2f}\n"
                    sys.stdout.write(line)
                sys.stdout.flush()
            polls(desk)
    finally:
        server.remove()


if __name__ == "__main__":
    main()
