"""Whether anything was committed to a ledger, asked of SQLite itself.

A file's time tells when something was written, which is before it is synced and long before
anybody can read it. SQLite's own counter moves when there is something to read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock, Timer
from urllib.parse import quote
from weakref import ref

from feeds.ledger.sqlite import files, lock
from feeds.model.errors import LedgerError

_KEPT_SECONDS = 0.5
"""How long a connection is asked. It keeps others from changing the ledger's journal, and doesn't
notice that the files beside it were deleted, or that its bytes were written over."""


class FileWatch:
    """Watches the ledger at ``path``, through a connection that is kept while it is asked often.

    Nothing is held between two questions that keeps the log of writes from beginning anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._opened = 0

    def __del__(self) -> None:
        self.close()

    def mark(self) -> object:
        """Differs from the mark before if anything was committed since, or another file is there.

        It may also differ if nothing was: when that can't be told, by whatever the ledger suffers
        from. Raises OSError if there is no file.
        """
        info = self._path.stat()
        with self._lock:
            if self._file != (info.st_dev, info.st_ino):
                self._close()
                self._file = info.st_dev, info.st_ino
            try:
                connection = self._connection or self._open()
                with closing(connection.execute("PRAGMA data_version")) as found:
                    return self._opened, found.fetchone()
            except (sqlite3.Error, LedgerError):
                self._close()
                return object()

    def require(self) -> None:
        """Raises nothing: a file is asked when it is needed."""

    def noted(self) -> bytes:
        """The note of the last run, in the file beside the ledger; empty if there is none."""
        return lock.noted(self._path)

    def close(self) -> None:
        """Lets go of the file, until the next question."""
        with self._lock:
            self._close()

    def _open(self) -> sqlite3.Connection:
        files.exists(self._path)  # raises for what SQLite would wait for
        uri = f"file:{quote(str(self._path))}?mode=ro"
        made = self._connection = sqlite3.connect(
            uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False
        )
        self._opened += 1
        timer = Timer(_KEPT_SECONDS, _expire, (ref(self), self._opened))
        timer.daemon = True
        timer.start()
        return made

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def expire(self, opened: int) -> None:
        """Ends the connection of that number, if it is the one that is asked."""
        with self._lock:
            if opened == self._opened:
                self._close()


def _expire(watch: ref[FileWatch], opened: int) -> None:
    alive = watch()
    if alive is not None:
        alive.expire(opened)
