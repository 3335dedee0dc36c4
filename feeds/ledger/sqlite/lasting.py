"""A connection to write with that leaves a ledger such as others can open who may only read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from urllib.parse import quote


class LastingConnection(sqlite3.Connection):
    """A connection to write with that leaves log and index there when it is closed.

    SQLite deletes them with the last connection that may write. So one that may not is the last.
    """

    def close(self) -> None:
        """Closes it, having brought as much of the log into the ledger as readers let it."""
        with suppress(sqlite3.Error), closing(self._reader()) as reader:
            reader.execute("PRAGMA schema_version").fetchone()  # it is attached now
            with suppress(sqlite3.Error):
                self.execute("PRAGMA busy_timeout=0")  # nobody who reads just now is waited for
                self.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            super().close()
        super().close()  # again, which does nothing, unless the reader could not be opened

    def _reader(self) -> sqlite3.Connection:
        (_, _, file) = self.execute("PRAGMA database_list").fetchone()
        return sqlite3.connect(f"file:{quote(file)}?mode=ro", uri=True)
