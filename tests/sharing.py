"""What costs most where ledgers are made by the thousand, made cheap: the same goes in and out.

A process of the program has one ledger, for which it compiles each statement once. A test run has
thousands of them, and none that has to outlast a power cut: only what the tests do in their own
process is spared the wait for the disk. Commands with a process of their own, such as those that
are killed, wait for it as the program does.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from feeds.ledger.sqlite import connect


def share() -> None:
    """From now on all ledgers of this process have the compiled statements of the first.

    And nobody waits until what is written to them is on the disk.
    """
    make, open_ = connect.connected, connect._connection
    first: list[sa.Engine] = []

    def engine(path: Path, *, read_only: bool, patience: float) -> sa.Engine:
        one = make(path, read_only=read_only, patience=patience)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    def connection(path: Path, patience: float, *, read_only: bool) -> sqlite3.Connection:
        made = open_(path, patience, read_only=read_only)
        made.execute("PRAGMA synchronous=OFF")
        return made

    connect.connected, connect._connection = engine, connection
