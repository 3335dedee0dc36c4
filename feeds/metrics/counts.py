"""What workers count, in a file that they have in memory together: a row of numbers for each.

Rules
- A worker alone writes into its row, and with one thread what it counts: so counting takes no lock.
- Whose a row is, is told by a lock on one byte of the file, which the kernel lets go of when the
  process ends, however that ends.
- Who takes over a row goes on counting where the one before stopped. Nothing that was counted is
  lost, and nothing is left of workers that were replaced.
- What is counted apart is known before: nobody who asks can make a number of a row more.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

CODES = tuple(
    "200 204 303 304 308 400 404 405 408 410 411 412 413 414 415 417 431 500 503 other".split()
)
"""The statuses that are counted apart."""
CODINGS = ("identity", "gzip", "br")
_PLACES = {
    (code, coding): number
    for number, (code, coding) in enumerate((code, coding) for code in CODES for coding in CODINGS)
}
_SERVED = len(_PLACES)
"""Where in a row stands what is served: epoch, revision, and its commit in seconds since 1970."""
_WIDTH = _SERVED + 3
_NUMBER: Final = "q"
_BYTES = 8
_SPARE = 2


class Served(NamedTuple):
    """A revision that a worker serves; the older is the smaller. ``committed`` is in UTC."""

    epoch: int
    revision: int
    committed: datetime


class Counts(NamedTuple):
    """All that was counted, by status and coding, and what those serve that are at work.

    A worker that has nothing to serve yet is among the ``workers`` alone.
    """

    answers: Counter[tuple[str, str]]
    workers: int
    served: list[Served]


def make(descriptor: int, workers: int) -> None:
    """Makes room in an empty file for so many ``workers``, and those that replace them.

    Raises OSError if the disk is full.
    """
    size = (2 * workers + _SPARE) * _WIDTH * _BYTES
    if hasattr(os, "posix_fallocate"):  # who writes where the disk has no room for it is killed
        os.posix_fallocate(descriptor, 0, size)
    else:
        os.ftruncate(descriptor, size)


class Row:
    """The numbers of one worker, for as long as its process lives."""

    def __init__(self, file: Path) -> None:
        """Raises OSError if the file can't be had, or is full."""
        self._descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        rows = os.fstat(self._descriptor).st_size // (_WIDTH * _BYTES)
        number = next((one for one in range(rows) if _is_free(self._descriptor, one)), None)
        if number is None:
            os.close(self._descriptor)
            raise OSError("there is no room for one more worker")
        numbers = memoryview(mmap.mmap(self._descriptor, 0)).cast(_NUMBER)
        self._numbers = numbers[number * _WIDTH : (number + 1) * _WIDTH]
        self.serve(None)

    def serve(self, served: Served | None) -> None:
        """Notes what is served from now on; None for nothing."""
        numbers = self._numbers
        if served is None:
            numbers[_SERVED + 1] = 0
            return
        numbers[_SERVED] = served.epoch
        numbers[_SERVED + 2] = int(served.committed.timestamp())
        numbers[_SERVED + 1] = served.revision

    def counter(self) -> Callable[[str, str], None]:
        """Counts an answer by its status and coding, as HTTP has them."""
        numbers, places = self._numbers, dict[tuple[str, str], int]()

        def count(status: str, coding: str) -> None:
            place = places.get((status, coding))
            if place is None:
                code = status[:3] if status[:3] in CODES else CODES[-1]
                known = coding if coding in CODINGS else CODINGS[0]
                place = places[status, coding] = _PLACES[code, known]
            numbers[place] += 1

        return count


class Counting:
    """WSGI middleware that counts each answer."""

    def __init__(self, app: WSGIApplication, count: Callable[[str, str], None]) -> None:
        self._app = app
        self._count = count

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Has the app answer, and counts it."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            coding = ""
            for name, value in headers:
                if name == "Content-Encoding":
                    coding = value
            self._count(status, coding)
            return start_response(status, headers, *more)

        return self._app(environ, start)


def read(descriptor: int) -> Counts:
    """What the open file has by now. The caller must not be a worker."""
    with mmap.mmap(descriptor, 0, prot=mmap.PROT_READ) as memory:
        numbers = memoryview(memory).cast(_NUMBER).tolist()
    answers = Counter[tuple[str, str]]()
    workers, served = 0, []
    for number in range(len(numbers) // _WIDTH):
        row = numbers[number * _WIDTH : (number + 1) * _WIDTH]
        for key, place in _PLACES.items():
            answers[key] += row[place]
        if _is_free(descriptor, number):
            _lock(descriptor, number, fcntl.LOCK_UN)
            continue
        workers += 1
        epoch, revision, committed = row[_SERVED:]
        if revision:
            served.append(Served(epoch, revision, datetime.fromtimestamp(committed, UTC)))
    return Counts(answers, workers, served)


def _is_free(descriptor: int, number: int) -> bool:
    """Whether nobody had that row, which is this process's from now on."""
    try:
        _lock(descriptor, number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # POSIX leaves open which
        return False
    return True


def _lock(descriptor: int, number: int, how: int) -> None:
    fcntl.lockf(descriptor, how, 1, number)
