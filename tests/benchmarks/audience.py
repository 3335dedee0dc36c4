"""What ``feeds audience`` takes for a million lines: ``make bench``.

Prints lines a second of CPU time, the ratio to a loop that only splits the same lines, the
memory that came on top, and how far the readers that it found are from those that there are.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from feeds.audience import estimating, logs
from tests.audience.logs import many

LINES = 1_000_000
READERS = 10_000


def peak() -> int:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measures, and prints."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        with log.open("wb") as file:
            file.writelines(many(LINES, READERS))
        start = time.process_time()
        with log.open("rb") as file:
            for line in file:
                line.split(b" ")
        bare = time.process_time() - start
        before = peak()
        start = time.process_time()
        found = logs.count([str(log)], {}, {})
        took = time.process_time() - start
    estimate = estimating.estimate(found.parts)
    told = sum(feed.subscribers for feed in estimate.feeds)
    sys.stdout.write(
        f"{LINES:,} lines: {LINES / took:,.0f} a second, {took / bare:.1f} times a bare loop\n"
    )
    sys.stdout.write(f"memory on top of that of the loop: {peak() - before} MiB\n")
    sys.stdout.write(
        f"{found.polls:,} polls, {found.unreadable} unreadable; subscribers told: {told:,}\n"
    )


if __name__ == "__main__":
    main()
