"""What costs most where ledgers are made by the thousand, made cheap: the same goes in and out.

A process of the program has one ledger, for which it compiles each statement once. A test run has
thousands of them.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from feeds.ledger.sqlite import connect


def share() -> None:
    """From now on all ledgers of this process have the compiled statements of the first."""
    make = connect.connected
    first: list[sa.Engine] = []

    def engine(path: Path, *, read_only: bool, patience: float) -> sa.Engine:
        one = make(path, read_only=read_only, patience=patience)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    connect.connected = engine


def sync_nothing() -> None:
    """From now on this process waits for no disk: what it writes need not outlive the machine.

    Nobody notices but the machine's next start: what a process wrote is there, though it be killed.
    """
    open_file = connect._connection

    def opened(path: Path, patience: float, *, read_only: bool) -> sqlite3.Connection:
        made = open_file(path, patience, read_only=read_only)
        made.execute("PRAGMA synchronous=OFF")
        return made

    connect._connection = opened
    os.fsync = _leave


def _leave(fd: object) -> None:
    """Does nothing to the file."""
