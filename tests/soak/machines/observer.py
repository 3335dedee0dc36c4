"""The observer of a ledger that PostgreSQL has; it asks on the server's own host."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.soak.observer import Observer

_NEWEST = """\
SELECT (SELECT max(number) FROM revisions), (SELECT value FROM settings WHERE key = 'epoch')
"""
_LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
_NOT_VALID = """\
SELECT conname FROM pg_constraint WHERE NOT convalidated
UNION ALL SELECT relname FROM pg_class, pg_index WHERE indexrelid = pg_class.oid AND NOT indisvalid
"""


class _Asked:
    """A connection that is asked as SQLite's are."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[object] = (), /) -> Any:
        return self._connection.execute(query.replace("?", "%s"), values)


class ServerObserver(Observer):
    """Looks into the ledger at ``url``; while the server is away it sees nothing."""

    look_seconds = 0.02

    def __init__(self, url: str) -> None:
        super().__init__(Path())
        self._url = url
        self._server: psycopg.Connection[Any] | None = None
        self._found: object = None

    def stay_away(self, *, away: bool) -> None:
        """Changes nothing: whether others read is all the same to a server."""

    def integrity(self) -> list[str]:
        """Which constraints and indexes the server has given up."""
        with psycopg.connect(self._url) as connection:
            return [str(row) for row in connection.execute(_NOT_VALID)]

    def publishers(self) -> int:
        """How many hold the publisher's lock. Raises psycopg.OperationalError."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            (found,) = connection.execute(_LOCKS).fetchall()
        return int(found[0])

    def look(self) -> None:
        """Sees what is there now."""
        with self._looking:
            try:
                self._look()
            except psycopg.OperationalError:
                self._close()

    def _look(self) -> None:
        if self._server is None:
            self._server = psycopg.connect(self._url, autocommit=True)
            self._server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection = self._server
        if not connection.execute("SELECT to_regclass('revisions') IS NOT NULL").fetchall()[0][0]:
            return
        (found,) = connection.execute(_NEWEST).fetchall()
        if found == self._found:
            return
        seen = time.monotonic()
        with connection.transaction():
            self._take(_Asked(connection), seen)
        self._found = found

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = self._found = None
