"""What costs most where ledgers are made by the thousand, made cheap: the same goes in and out.

A process of the program has one ledger, for which it compiles each statement once. A test run has
thousands of them, and none that has to outlast a power cut: only what the tests do in their own
process is spared the wait for the disk. Commands with a process of their own, such as those that
are killed, wait for it as the program does.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from feeds.ledger import migrate
from feeds.ledger.sqlite import connect


def share() -> None:
    """From now on all ledgers of this process have the compiled statements of the first.

    And nobody waits until what is written, to them or beside them, is on the disk.
    """
    _share_statements()
    _share_tables()
    _wait_for_no_disk()


def _share_statements() -> None:
    make = connect.connected
    first: list[sa.Engine] = []

    def connected(path: Path, *, read_only: bool, patience: float) -> sa.Engine:
        one = make(path, read_only=read_only, patience=patience)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    connect.connected = connected  # type: ignore[assignment] # nobody empties its cache


def _share_tables() -> None:
    make = migrate.make_tables
    known: dict[str, list[str]] = {}

    def make_tables(connection: sa.Connection) -> None:
        engine = connection.dialect.name
        if engine in known:
            for statement in known[engine]:
                connection.exec_driver_sql(statement)
            return
        said: list[str] = []

        def note(*values: Any) -> None:
            said.append(values[2])

        sa.event.listen(connection, "before_cursor_execute", note)
        make(connection)
        sa.event.remove(connection, "before_cursor_execute", note)
        known[engine] = said

    migrate.make_tables = make_tables


def _wait_for_no_disk() -> None:
    make = connect._connection

    def connection(path: Path, patience: float, *, read_only: bool) -> sqlite3.Connection:
        made = make(path, patience, read_only=read_only)
        made.execute("PRAGMA synchronous=OFF")
        return made

    connect._connection = connection
    os.fsync = lambda fd: None  # noqa: ARG005 as it is called
