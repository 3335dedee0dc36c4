"""What a publish and a poll cost on PostgreSQL, against SQLite.

The server is on this machine, reached by a socket, and syncs to its disk as SQLite does. Prints
seconds of this one run, and their ratios: ``python -m tests.benchmarks.postgresql``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from feeds.web import create_app
from tests.newsrooms import FEEDS, NOW, TestNewsroom
from tests.postgres import DURABLE, PostgreSQLNewsroom, Server
from tests.web.asking import of_app

PAGES = 300
RUNS = 5
POLLS = 2000
TEXT = "Shed {0} on the pier loses its roof\n\nIt flew off on Friday, and nobody found {0}.\n"


def seconds(act: Callable[[], object]) -> float:
    """How long ``act`` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def measured(newsroom: TestNewsroom) -> dict[str, float]:
    """Seconds by what was done, medians where it was done several times."""
    for number in range(PAGES):
        newsroom.page(f"{number}.txt", TEXT.format(number))
    found = {f"the first {PAGES} pages": seconds(lambda: newsroom.publish(accept=("first-load",)))}
    ones = []
    for number in range(PAGES, PAGES + RUNS):
        newsroom.page(f"{number}.txt", TEXT.format(number))
        now = NOW + timedelta(hours=number)
        ones.append(seconds(lambda now=now: newsroom.publish(now)))  # type: ignore[misc]
    found["one page more"] = statistics.median(ones)
    command = [str(FEEDS), "publish", "--quiet"]
    subprocess.run(command, env=newsroom.environment(), check=True)
    nothing = [
        seconds(lambda: subprocess.run(command, env=newsroom.environment(), check=True))
        for _ in range(RUNS)
    ]
    found["nothing new, as a process"] = statistics.median(nothing)
    ask = of_app(create_app(str(newsroom.root), newsroom.url))
    story = f"/feeds/stories/{newsroom.entries()[0].hash}"
    for name, path, times in (
        ("a poll of a feed", "/feeds/latest.rss", POLLS),
        ("a story's page", story, POLLS // 10),
    ):
        assert ask(path).status == 200
        found[name] = seconds(lambda: [ask(path) for _ in range(times)]) / times  # noqa: B023
    return found


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(DURABLE)
        try:
            of_sqlite = measured(TestNewsroom(Path(folder) / "sqlite"))
            of_postgresql = measured(PostgreSQLNewsroom(Path(folder) / "postgresql", server))
        finally:
            server.remove()
    for what, took in of_postgresql.items():
        known = of_sqlite[what]
        sys.stdout.write(f"{what:28} {known:.5f} s, {took:.5f} s: {took / known:.2f} ×\n")


if __name__ == "__main__":
    main()
