"""Pages that end the program itself: by a crash, or by more memory than the machine has.

Rules
- While a page is read, a file beside the ledger has its name. What it says is what the run before
  was reading when it ended, if it ended by no exception.
- A run may end for other reasons just then. A page is taken for the cause when it was twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from feeds.model.problem import Problem
from feeds.newsroom import files
from feeds.newsroom.folder import Found

_MOST_DEATHS = 2


class _Death(msgspec.Struct, frozen=True):
    """The file that was being read, and how often in a row runs ended there."""

    path: str
    signature: str
    times: int = 1


class Deaths:
    """What the run before ended at, if it did; and what this one is reading."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(f"{database.name}.reading")
        self._before: _Death | None = None
        with suppress(OSError, msgspec.DecodeError):
            self._before = msgspec.json.decode(files.read_regular(self._file), type=_Death)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """A block in which pages are read; it says so when none is any more."""
        try:
            yield
        finally:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def failure_of(self, item: Found) -> Problem | None:
        """That runs ended at ``item``; None if they didn't, or it was changed since."""
        before = self._before
        if before is None or (before.path, before.signature) != (item.path, item.signature):
            return None
        if before.times < _MOST_DEATHS:
            return None
        return Problem(
            "page-ends-program",
            f"the program was ended {before.times} times while it read this page",
            remedy="save it in another form, such as plain text; "
            f"if it was not to blame: feeds publish --reread --accept new {item.path}",
            weight="error",
            file=item.path,
        )

    def begin(self, item: Found) -> None:
        """Notes that ``item`` is being read. That it can't be noted changes nothing."""
        before = self._before
        same = before and (before.path, before.signature) == (item.path, item.signature)
        death = _Death(item.path, item.signature, before.times + 1 if before and same else 1)
        with suppress(OSError):
            # non-blocking: it may be a pipe, for whose reader a writer waits
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(self._file, flags, 0o640)
            try:
                files.refuse_other_kinds(self._file, os.fstat(descriptor))
                os.write(descriptor, msgspec.json.encode(death))
            finally:
                os.close(descriptor)
