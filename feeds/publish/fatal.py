"""Pages that end the program itself: by a crash, or by more memory than the machine has.

Rules
- While pages are read, a file beside the ledger has their names. What it says is what the run
  before was reading when it ended, if it ended by no exception.
- One that had several names tells of none of them. The next run reads these one by one, with a
  note for each.
- A run may end for other reasons just then. A page is taken for the cause when it was twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from feeds.model.problem import Problem
from feeds.newsroom import files
from feeds.newsroom.folder import Found

MOST_DEATHS = 2
"""So often has the program to be ended at a page for the page to be taken for the cause."""


class _Death(msgspec.Struct, frozen=True):
    """The files that were being read, with their signatures, and how often in a row it ended."""

    pages: dict[str, str]
    times: int = 1


class Deaths:
    """What the run before ended at, if it did; and what this one is reading."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(f"{database.name}.reading")
        self._descriptor: int | None = None
        self._length = 0
        self._before = _Death({}, 0)
        with suppress(OSError, msgspec.DecodeError):
            self._before = msgspec.json.decode(files.read_regular(self._file), type=_Death)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """A block in which pages are read. That it can't be noted changes nothing."""
        with suppress(OSError):
            # non-blocking: it may be a pipe, for whose reader a writer waits
            flags = os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
            self._descriptor = os.open(self._file, flags, 0o640)
        try:
            self._begin_noting()
            yield
        finally:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _begin_noting(self) -> None:
        if self._descriptor is None:
            return
        status = os.fstat(self._descriptor)
        if files.other_kind(status.st_mode):
            os.close(self._descriptor)
            self._descriptor = None
        self._length = status.st_size

    def is_suspect(self, item: Found) -> bool:
        """Whether the run before ended while it read ``item``, and it wasn't changed since."""
        return self._before.pages.get(item.path) == item.signature

    def failure_of(self, item: Found) -> Problem | None:
        """That runs ended at ``item``; None if they didn't, or it was changed since."""
        is_alone = len(self._before.pages) == 1
        if not (is_alone and self.is_suspect(item) and self._before.times >= MOST_DEATHS):
            return None
        return ends_program(item.path, self._before.times)

    def begin(self, items: Sequence[Found]) -> None:
        """Notes that ``items`` are being read, and no others."""
        is_again = len(items) == len(self._before.pages) == 1 and self.is_suspect(items[0])
        times = self._before.times + 1 if is_again else 1
        self._note(msgspec.json.encode(_Death({one.path: one.signature for one in items}, times)))

    def end(self) -> None:
        """Notes that nothing is being read."""
        self._note(b"")

    def _note(self, data: bytes) -> None:
        if self._descriptor is None:
            return
        with suppress(OSError):
            # blanks after what JSON ends with, for what was there before: it is one write
            os.pwrite(self._descriptor, data.ljust(self._length), 0)
            self._length = len(data)


def ends_program(path: str, times: int) -> Problem:
    """That reading the page at ``path`` ended the program that did so, so many ``times``."""
    return Problem(
        "page-ends-program",
        f"the program was ended {times} times while it read this page",
        remedy="save it in another form, such as plain text; "
        f"if it was not to blame: feeds publish --reread --accept new {path}",
        weight="error",
        file=path,
    )
