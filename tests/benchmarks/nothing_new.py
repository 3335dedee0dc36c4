"""What a run of ``feeds publish`` with nothing new costs: ``make bench``.

Prints medians of CPU seconds (user and system, whole process) and, since machines differ,
their ratio to starting Python and doing nothing, all from this one run.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from feeds.ledger.sqlite.lock import path_for
from tests.newsrooms import TestNewsroom

RUNS = 9
FEEDS = str(Path(sys.executable).with_name("feeds"))


def cpu_of(command: list[str], environment: dict[str, str], before: Callable[[], object]) -> float:
    """Median CPU seconds of ``command``; ``before`` is called ahead of each run."""
    measured = []
    for _ in range(RUNS):
        before()
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        measured.append(end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
    return statistics.median(measured)


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        newsroom = TestNewsroom.sample(Path(folder) / "desk")
        # as it is installed: pip compiles what it installs, and a checkout may not be
        compiled = {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment = {**newsroom.environment(), **compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        publish = [FEEDS, "publish"]
        subprocess.run(publish, env=environment, stdout=subprocess.DEVNULL, check=True)
        forget = path_for(newsroom.database).unlink
        bare = cpu_of([sys.executable, "-c", "pass"], dict(os.environ), lambda: None)
        for name, before in (
            ("nothing new", lambda: None),
            ("nothing new, the last run forgotten", forget),
        ):
            seconds = cpu_of(publish, environment, before)
            sys.stdout.write(f"{name:36} {seconds:.3f} s CPU, {seconds / bare:.1f} × bare Python\n")


if __name__ == "__main__":
    main()
