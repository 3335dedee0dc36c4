"""Opening a ledger in a file: SQLite in WAL mode.

Rules
- In whatever form its file comes (copied, moved, loaded from a dump, with a journal that was left
  behind), a publisher brings it into WAL mode first: a run reads what is published while it writes.
- A write transaction takes SQLite's lock at its beginning, so that it never fails half-way
  for having read first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from feeds.ledger.sqlite import backup, files
from feeds.ledger.sqlite.faults import explained
from feeds.ledger.sqlite.lasting import LastingConnection
from feeds.model.errors import LedgerBusyError, LedgerError
from feeds.newsroom import space

_BUSY_SECONDS = 5.0
_PAGE_BYTES = 8192  # in smaller ones, what is left over beside rows of some kB is a fifth


@lru_cache(maxsize=16)  # it has the statements that were compiled, and holds nothing open
def connected(path: Path, *, read_only: bool, patience: float) -> sa.Engine:
    """What connects to the ledger at ``path``, anew for each who asks."""

    def connect() -> sqlite3.Connection:
        return _connection(path, patience, read_only=read_only)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _connection(path: Path, patience: float, *, read_only: bool) -> sqlite3.Connection:
    made = sqlite3.connect(
        f"file:{quote(str(path))}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        factory=sqlite3.Connection if read_only else LastingConnection,
    )
    made.execute("PRAGMA foreign_keys=ON")
    made.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file
    return made


def checkpoint(connection: sa.Connection) -> None:
    """Brings what was written into the ledger's own file, as far as readers let it.

    Also while others have it open, for whoever copies that file alone; where it can't be yet, it is
    in the log of writes.
    """
    with suppress(sqlite3.Error):
        connection.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def compact(path: Path, connection: sa.Connection) -> None:
    """Leaves no deleted word in the files: neither in free pages nor in the log of writes.

    Raises DiskFullError, and has done nothing, where there is no room for a second ledger.
    """
    require_space_to_compact(path)
    plain = connection.connection
    plain.execute("VACUUM")
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def require_space_to_compact(path: Path) -> None:
    """Raises DiskFullError unless SQLite has room to write the ledger anew, twice."""
    size = files.size(path)
    for place in (path, space.temporary_folder()):
        space.require(place, size, "writing the ledger anew without what was erased")


def make(path: Path, prepare: Callable[[Path], None]) -> None:
    """Has ``prepare`` make a ledger for ``path`` unless there is one; nobody ever sees a half."""
    if files.exists(path):
        return
    space.require(path, 0)
    with files.fresh(path) as new:
        prepare(new)
        files.take_place(new, path)


def enter_wal(path: Path) -> None:
    """Brings the file into WAL mode, whatever mode it is in; the caller holds the lock.

    Raises LedgerError where that can't be had.
    """
    files.exists(path)
    with (
        explained(path),
        closing(_connection(path, _BUSY_SECONDS, read_only=False)) as plain,
        explained(path),
    ):
        plain.execute(f"PRAGMA page_size={_PAGE_BYTES}")  # of a new one: others keep theirs
        try:
            (mode,) = plain.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise LedgerBusyError(
                "another program keeps the ledger open, which was copied here and has to be "
                "put in order first",
                file=str(path),
                remedy="end that program (such as an sqlite3 shell), and run it again",
            ) from error
    if mode != "wal":
        raise LedgerError(
            f"this file system can't have SQLite's write-ahead log (it stays in mode '{mode}')",
            file=str(path),
            remedy="keep the ledger on a local disk: name its place with --database",
        )


def keep_before(path: Path, version: str) -> None:
    """Copies the ledger beside itself, before it is brought to the schema ``version``."""
    space.require(path, 2 * files.size(path), "the copy that is made before an upgrade")
    backup.copy(path, path.with_name(f"{path.name}.before-{version}"))
