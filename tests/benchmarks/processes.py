"""What a process costs, with all the processes that it has."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_OFTEN = 0.03


class Cost(NamedTuple):
    """CPU seconds, seconds by the clock, and the most memory at once, in MB."""

    cpu: float
    wall: float
    peak: float


def cost_of(
    command: Sequence[str | Path], environment: Mapping[str, str], fine: Sequence[int] = (0,)
) -> Cost:
    """What ``command`` costs. Raises RuntimeError if its exit code is not among the ``fine``."""
    with tempfile.TemporaryFile() as told:
        start = time.monotonic()
        process = subprocess.Popen(
            [*map(str, command)], env=dict(environment), stdout=subprocess.DEVNULL, stderr=told
        )
        ended = threading.Event()
        peaks: list[float] = []
        watching = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
        watching.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        ended.set()
        watching.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            told.seek(0)
            raise RuntimeError(
                f"{command} ended with {process.returncode}: {told.read()[-2000:]!r}"
            )
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(peaks, default=0.0))


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def _watch(pid: int, ended: threading.Event, peaks: list[float]) -> None:
    """Notes how much memory ``pid`` and its children have; what they share counts once."""
    while not ended.wait(_OFTEN):
        members = list(family(pid))
        # of one alone the kernel knows it, what it had between two looks included; what it tells
        # of a process that ended includes the one that began it
        key, file = ("VmHWM:", "status") if len(members) == 1 else ("Pss:", "smaps_rollup")
        peaks.append(sum(_memory(member, key, file) for member in members))


def family(pid: int) -> Iterator[int]:
    """``pid``, and all processes that it started, and those, and so on."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [(task / "children").read_text().split() for task in tasks]
    except OSError:
        return
    for some in children:
        for child in some:
            yield from family(int(child))


def _memory(pid: int, key: str, file: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(key)) * 1024 / 1e6
