"""The program at work on one file after the other, in a process that may hang, grow or die.

Whoever asks gets a ``Told`` for each file. What takes too long is measured again, since a machine
may be busy; what doesn't end is stopped, and the place where it was is told.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, Protocol

from tests.fuzz import kinds, published

SECONDS = 3.0
"""Of the processor, for a megabyte."""
_AT_LEAST = 1.0
"""Of these, for the smallest file."""
_PACE = 0.02
"""Of these, for what ``_pace`` does on a machine that has nothing else to do."""
HANGS = 25
"""Of these, after which it is stopped."""
_PATIENCE = 1800
"""Seconds by the clock on the wall: a machine may be busy."""
_MEMORY = 3 << 30
_TRIES = 3
_TWICE = 100_000
"""Files of so many bytes are read a second time, to see whether that gives the same."""


class Told(NamedTuple):
    """What became of a file.

    ``wrong``: what should not have happened, in a line, empty if it is well; ``where``: the
    place in the program; ``seconds``: of the processor; ``is_refused``: by an error that is
    the program's own.
    """

    wrong: str = ""
    where: str = ""
    seconds: float = 0.0
    is_refused: bool = False


def allowed(size: int) -> float:
    """The seconds that a file of ``size`` bytes may take."""
    return _AT_LEAST + (SECONDS - _AT_LEAST) * size / 1_000_000


def judged(kind: str, name: str, data: bytes, *, is_published: bool = False) -> Told:
    """What becomes of the file called ``name``, in this process.

    ``is_published``: a whole run is tried with it, too.
    """
    seconds = 0.0
    try:
        made, seconds = _measured(kind, name, data)
        for _ in range(_TRIES - 1):
            if seconds > allowed(len(data)):
                gc.collect()
                pace = _pace()
                seconds = min(seconds, _measured(kind, name, data)[1] / pace)
        kinds.check(kind, made)
        if len(data) <= _TWICE and kinds.made_of(kind, name, data) != made:
            return Told("the same bytes give another reading", "", seconds)
        if is_published and (wrong := published.publish(name, data)):
            return Told(f"published: {wrong}", "", seconds)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return Told(_named(error), _place(error), seconds)
    if seconds > allowed(len(data)):
        return Told(f"takes {seconds:.1f} s for {len(data):,} bytes", "", seconds)
    return Told(seconds=seconds, is_refused=bool(made.refusal))


def _measured(kind: str, name: str, data: bytes) -> tuple[kinds.Made, float]:
    start = time.process_time()
    made = kinds.made_of(kind, name, data)
    return made, time.process_time() - start


def _pace() -> float:
    """How many times longer this machine takes now than a usual one, which is 1.0.

    Processors are shared, and differ: a second of one is not a second of another.
    """
    start = time.process_time()
    words = [str(number) for number in range(100_000)]
    assert len(set(map(len, sorted(words)))) == 5
    return max(1.0, (time.process_time() - start) / _PACE)


def _named(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}"


def _place(error: BaseException) -> str:
    """The last line of the program itself that ``error`` came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/feeds/" in frame.filename]
    if not own:
        return ""
    return f"{own[-1].filename.rpartition('/feeds/')[2]}:{own[-1].lineno} {own[-1].name}"


class Ask(Protocol):
    """Asks for what ``judged`` says."""

    def __call__(
        self, kind: str, name: str, data: bytes, *, is_published: bool = False
    ) -> Told: ...


@contextmanager
def asking() -> Iterator[Ask]:
    """A function as ``judged`` is, which has a process of its own do it."""
    with tempfile.TemporaryDirectory() as folder:
        child = _Child(Path(folder) / "where")
        try:
            yield child.ask
        finally:
            child.end()


class _Child:
    def __init__(self, where: Path) -> None:
        self._where = where
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, str(self._where)), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, kind: str, name: str, data: bytes, *, is_published: bool = False) -> Told:
        self._pipe.send((kind, name, data, is_published))
        try:
            if self._pipe.poll(_PATIENCE):
                told: Told = self._pipe.recv()
                return told
            what = "does not end"
        except EOFError:
            self._process.join()
            what = f"ends the process ({self._process.exitcode})"
        self.end()
        told = Told(what, self._last_place(), float(HANGS))
        self._start()
        return told

    def _last_place(self) -> str:
        """The innermost line of the program that faulthandler noted, if it did."""
        if not self._where.exists():
            return ""
        own = [line for line in self._where.read_text().splitlines() if "/feeds/" in line]
        return own[0].strip().rpartition("/feeds/")[2] if own else ""

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, where: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    endless = resource.RLIM_INFINITY
    with Path(where).open("w") as file:
        faulthandler.enable(file)
        # says where it is, in whatever library, and then ends the process
        faulthandler.register(signal.SIGXCPU, file, chain=True)
        while True:
            try:
                kind, name, data, is_published = pipe.recv()
            except EOFError:
                return
            file.seek(0)
            file.truncate()
            stopped = int(time.process_time()) + HANGS
            resource.setrlimit(resource.RLIMIT_CPU, (stopped, endless))
            pipe.send(judged(kind, name, data, is_published=is_published))
