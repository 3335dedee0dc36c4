"""The command ``feeds`` as processes: left alone, with a slow disk, or killed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from tests.newsrooms import FEEDS, PROJECT, TestNewsroom

KILLED = -9
_PATIENCE_SECONDS = 120
_SLOW = "60 300"
"""Milliseconds that a slow disk takes for each sync, at least and at most."""


class Ended(NamedTuple):
    """A run of the command: its exit code, or KILLED, what it said, when it began and ended.

    ``began`` and ``ended`` are seconds since 1970, as the program's own clock has them.
    """

    command: tuple[str, ...]
    code: int
    said: str
    began: float
    ended: float

    def __str__(self) -> str:
        how = "was killed" if self.code == KILLED else f"ended with {self.code}"
        seconds = self.ended - self.began
        return f"feeds {' '.join(self.command)} {how} after {seconds:.1f} s: {self.said.strip()}"


class Commands:
    """Runs the command for ``newsroom``, ``inside`` of what it is to run in.

    ``shim`` is the library that makes syncs slow; None where nothing ever is.
    """

    def __init__(
        self,
        newsroom: TestNewsroom,
        shim: Path | None,
        inside: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._environment = newsroom.environment()
        self._shim = shim
        self._inside = inside

    def start(
        self, *command: str | Path, slow: bool = False, database: Path | None = None
    ) -> subprocess.Popen[str]:
        """Starts it; ``database`` names another ledger than the newsroom's."""
        environment = dict(self._environment)
        if slow and self._shim:
            environment |= {"LD_PRELOAD": str(self._shim), "SLOW_SYNC_MS": _SLOW}
        if database:
            environment["FEEDS_DATABASE"] = f"sqlite:///{database}"
        with self._inside():
            return subprocess.Popen(
                [str(FEEDS), *map(str, command)],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def run(
        self,
        *command: str | Path,
        slow: bool = False,
        kill_after: float | None = None,
        database: Path | None = None,
    ) -> Ended:
        """Runs it to its end, or kills it if it still runs after so many seconds."""
        began = time.time()
        with self.start(*command, slow=slow, database=database) as process:
            try:
                said, _ = process.communicate(timeout=kill_after or _PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                said, _ = process.communicate()
                if kill_after is None:
                    said += f"\nit still ran after {_PATIENCE_SECONDS} s"
        return Ended(tuple(map(str, command)), process.returncode, said, began, time.time())


def made_shim(compiler: str, folder: Path) -> Path:
    """The library that makes syncs slow, compiled into ``folder``."""
    shim = folder / "slow_sync.so"
    source = Path(__file__).with_name("slow_sync.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    return shim
