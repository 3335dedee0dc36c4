"""A generated newsroom of some size, and what is done to it: each thing is measured."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from feeds.newsroom import folder
from feeds.normalise import normalise
from feeds.readers import read_page
from tests.benchmarks.processes import Cost, cost_of, median
from tests.generated import Generated, feed, write
from tests.newsrooms import FEEDS, TestNewsroom

SITE = """\
[site]
title = "Tide Desk"
description = "News from the tide."
site_url = "https://tide.test/"
feeds_url = "https://tide.test/feeds/"
language = "en"
timezone = "Asia/Baku"
authority = "tide.test,2026"

[[feeds]]
name = "latest"
title = "Tide Desk: latest"

[[feeds]]
name = "articles"
title = "Tide Desk: articles"
kinds = ["article"]
"""
_TURNS = 3
_SAMPLE = 1000
_IMPORTED = 5000
"""So many items has one feed at most: a feed may have no more than 16 MiB."""
_IN_ORDER = (0, 1)
"""Exit codes: a page that is held, as some are here, is no failure."""


class Scan(NamedTuple):
    """CPU seconds of looking at the folder, and of the least that can be done for it."""

    ours: float
    least: float


class Desk:
    """A newsroom of ``count`` stories in ``home``, all of them written and none published."""

    def __init__(self, home: Path, count: int) -> None:
        self.made = Generated(count)
        self.newsroom = TestNewsroom(home, SITE)
        self.pages = len(write(self.newsroom.root, self.made.pages()))
        self.count = count
        self._next = count
        # those whose page is HTML, by the address that it states; in the order of time
        self._known = [n for n in range(count) if n % 2 and n % 11 != 7 and n % 14 != 5]

    def steps(self) -> Iterator[tuple[str, Cost]]:
        """What each thing costs, in an order in which they can be done."""
        # by one process: what others take, the system tells nobody
        yield "first load", self.run("publish", "--jobs", "1", "--accept", "first-load")
        yield "nothing new", self._often(lambda: self.run("publish"))
        yield "one more", self._often(self._one_more)
        yield "one more, named", self._often(lambda: self._one_more(is_named=True))
        yield "correction", self._often(self._correction)
        yield "retraction", self._often(self._retraction)
        yield "check", self._often(lambda: self.run("check"))
        yield "status", self._often(lambda: self.run("status"))
        yield (
            "report",
            self._often(lambda: self.run("report", self.newsroom.root.parent / "r.html")),
        )
        yield "list", self._often(lambda: self.run("list"))
        self.newsroom.configure(SITE.replace('title = "Tide Desk"', 'title = "Tide"'))
        yield "another title", self.run("publish")
        self.newsroom.configure(SITE + "archive = true\n")
        yield "archives begin", self.run("publish")

    def run(self, *command: str | Path) -> Cost:
        """What a command costs."""
        environment = self.newsroom.environment()
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        return cost_of([FEEDS, *command], environment, _IN_ORDER)

    @property
    def ledger_size(self) -> int:
        """The size of the ledger, its log included, in bytes."""
        home = self.newsroom.database.parent
        return sum(path.stat().st_size for path in home.iterdir() if path.is_file())

    def scan(self) -> Scan:
        """What looking at the folder costs, the least of some turns."""
        root = self.newsroom.root
        turns = [(_cpu(lambda: folder.pages(root)), _cpu(lambda: _stat(root))) for _ in range(5)]
        ours, least = zip(*turns, strict=True)
        return Scan(min(ours), min(least))

    def reading(self) -> float:
        """CPU seconds of reading and normalising all pages in one process, told by some of them."""
        numbers = range(0, self.count, max(1, self.count // _SAMPLE))
        some = list(self.made.pages(numbers))
        normalise(read_page(some[0].path, some[0].data))
        took = _cpu(lambda: [normalise(read_page(page.path, page.data)) for page in some])
        return took * self.pages / len(some)

    def _often(self, step: Callable[[], Cost]) -> Cost:
        return median([step() for _ in range(_TURNS)])

    def _one_more(self, *, is_named: bool = False) -> Cost:
        while not (pages := list(self.made.pages([self._next]))):
            self._next += 1
        self._next += 1
        written = write(self.newsroom.root, pages)
        return self.run("publish", *(written if is_named else ()))

    def _correction(self) -> Cost:
        page = self.made.page(
            self._known.pop(), "This was added afterwards, as the quay asked for."
        )
        write(self.newsroom.root, [page])
        return self.run("publish")

    def _retraction(self) -> Cost:
        return self.run("retract", "--yes", self.made.story(self._known.pop()).url)


def imported(home: Path, count: int) -> Cost:
    """What taking over ``count`` items costs, into a ledger of their own: feed after feed."""
    newsroom = TestNewsroom(home, SITE)
    made = Generated(count)
    costs = []
    for start in range(0, count, _IMPORTED):
        file = home / f"{start}.xml"
        stories = range(start, min(start + _IMPORTED, count))
        file.write_bytes(feed(map(made.story, stories)))
        costs.append(cost_of([FEEDS, "import", file], newsroom.environment(), _IN_ORDER))
    cpu, wall, peak = zip(*costs, strict=True)
    return Cost(sum(cpu), sum(wall), max(peak))


def bare() -> float:
    """CPU seconds of starting Python and doing nothing."""
    command = [sys.executable, "-c", "pass"]
    return statistics.median(cost_of(command, dict(os.environ)).cpu for _ in range(5))


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _stat(place: str | Path) -> None:
    """A look at each file in a folder, and no more."""
    with os.scandir(place) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                _stat(item.path)
            else:
                item.stat(follow_symlinks=False)
