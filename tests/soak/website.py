"""``feeds serve`` with two workers, which are killed, or replaced, while it is polled."""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.benchmarks.polling_load import workers
from tests.newsrooms import TestNewsroom
from tests.web.asking import port_of_ours, serving

WORKERS = 2
_EARLIER_SECONDS = 0.1
_LATER_SECONDS = 5.0
"""For so long connections may break: before somebody notices that a worker ends, and after it."""


class Served(Protocol):
    """What pollers ask, whatever serves them."""

    port: int
    log: Path

    @property
    def is_complete(self) -> bool:
        """Whether all workers are there, and nothing happened to one just now."""

    def kill_worker(self, chance: random.Random) -> None:
        """Kills one of the workers; another one is to take its place."""

    def replace_workers(self) -> None:
        """Has its workers replaced one by one."""

    def may_break(self, moment: float) -> bool:
        """Whether a connection may break at that ``moment``, since a worker ends, or just has."""


class Website:
    """The server on ``port``, with so many workers."""

    def __init__(
        self, process: subprocess.Popen[str], port: int, log: Path, count: int = WORKERS
    ) -> None:
        self.port = port
        self.log = log
        self._count = count
        self._process = process
        self._leaving: set[int] = set()
        self._breaks: list[list[float]] = []

    def workers(self) -> list[int]:
        """The processes that answer."""
        return sorted(workers(self._process.pid))

    @property
    def is_complete(self) -> bool:
        """Whether all workers are there, and nothing happened to one just now."""
        calm = not self.may_break(time.monotonic())
        return calm and len(self.workers()) == self._count

    def kill_worker(self, chance: random.Random) -> None:
        """Kills one of the workers; another one is to take its place."""
        worker = chance.choice(self.workers())
        self._disturb([worker])
        os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """Kills the server with all its workers."""
        ending = self.workers()
        self._disturb(ending)
        for pid in (self._process.pid, *ending):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def replace_workers(self) -> None:
        """Has the server replace its workers one by one."""
        self._disturb(self.workers())
        self._process.send_signal(signal.SIGHUP)

    def may_break(self, moment: float) -> bool:
        """Whether a connection may break at that ``moment``, since a worker ends, or just has."""
        if self._leaving and self._leaving.isdisjoint(self.workers()):
            self._leaving = set()
            self._breaks[-1][1] = time.monotonic() + _LATER_SECONDS
        return any(first <= moment <= last for first, last in self._breaks)

    def _disturb(self, workers: Iterable[int]) -> None:
        self._leaving = set(workers)
        self._breaks.append([time.monotonic() - _EARLIER_SECONDS, math.inf])


@contextmanager
def website(newsroom: TestNewsroom) -> Iterator[Website]:
    """The website of ``newsroom``, until it is left."""
    log = newsroom.root.parent / "serve.log"
    with (
        log.open("wb") as output,
        port_of_ours() as port,
        serving(
            newsroom, port, "serve", "--workers", str(WORKERS), output=output.fileno()
        ) as process,
    ):
        yield Website(process, port, log)
