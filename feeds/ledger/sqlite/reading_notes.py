"""Which pages are being read, in a file beside the ledger."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from feeds.newsroom import files


class NotesFile:
    """The file at ``path``, which is there while something is noted."""

    def __init__(self, path: Path) -> None:
        self._file = path
        self._descriptor: int | None = None
        self._length = 0

    def found(self) -> bytes:
        """What the run before left there; empty if nothing."""
        try:
            return files.read_regular(self._file)
        except OSError:
            return b""

    def open(self) -> None:
        """Begins to note. That it can't be changes nothing."""
        with suppress(OSError):
            # non-blocking: it may be a pipe, for whose reader a writer waits
            flags = os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
            self._descriptor = os.open(self._file, flags, 0o640)
        if self._descriptor is None:
            return
        status = os.fstat(self._descriptor)
        if files.other_kind(status.st_mode):
            os.close(self._descriptor)
            self._descriptor = None
        self._length = status.st_size

    def put(self, data: bytes) -> None:
        """Has ``data`` there, at once."""
        if self._descriptor is None:
            return
        with suppress(OSError):
            # blanks after what JSON ends with, for what was there before: it is one write
            os.pwrite(self._descriptor, data.ljust(self._length), 0)
            self._length = len(data)

    def close(self) -> None:
        """Leaves nothing there."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
