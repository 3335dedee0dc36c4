"""Opening the ledger: SQLite in WAL mode, checked before anything is written.

Rules
- Only a publisher creates or migrates a ledger; everybody else opens it as it is, and finds
  out whether there is one.
- A write transaction takes SQLite's lock at its beginning, so that it never fails half-way
  for having read first. Every error of the database becomes a ``LedgerError`` here.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec
import sqlalchemy as sa

from feeds.ledger import access, backup, lasting, migrate
from feeds.ledger.schema import DamagedError
from feeds.model.errors import LedgerBusyError, LedgerError
from feeds.model.versions import SCHEMA_VERSION
from feeds.newsroom.files import other_kind

_BUSY_SECONDS = 5.0
_RESTORE = "restore a copy made with 'feeds backup', or name another ledger with --database"
_SPARE_BYTES = 16 * 1024 * 1024
"""Free space that publishing leaves untouched."""


class Ledger:
    """An open ledger. ``write`` and ``read`` give connections within a transaction.

    ``patience`` is how long they wait for another program that keeps all others out, in seconds.
    """

    def __init__(self, path: Path, *, read_only: bool, patience: float = _BUSY_SECONDS) -> None:
        self.path = path
        self._engine = _engine(path, patience, read_only=read_only)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the ledger throughout."""
        with _explained(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept, or none if an exception leaves the block."""
        with _explained(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection

    def compact(self) -> None:
        """Leaves no deleted word in the files: neither in free pages nor in the log of writes."""
        with _explained(self.path), self._engine.connect() as connection:
            plain = connection.connection
            plain.execute("VACUUM")
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def trial(self) -> Iterator[sa.Connection]:
        """A connection whose changes nobody ever sees: they are undone when the block ends."""
        with _explained(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            transaction = connection.begin()
            try:
                yield connection
            finally:
                transaction.rollback()


def open_to_write(path: Path) -> Ledger:
    """The ledger at ``path``, made or migrated if need be. The caller holds the lock."""
    with _explained(path):
        if not exists(path):
            require_space(path, 0)
            _make(path)
        ledger = Ledger(path, read_only=False)
        with ledger.read() as connection:
            found = _checked_version(path, connection)
        if found == SCHEMA_VERSION:
            return ledger
        if found:
            require_space(path, 2 * path.stat().st_size)
            backup.copy(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
        _prepare(ledger)
    return ledger


def _make(path: Path) -> None:
    """Makes a ledger at ``path``, of which nobody ever sees a half."""
    new = path.with_name(f"{path.name}.new")
    for suffix in ("", "-wal", "-shm", "-journal"):
        new.with_name(new.name + suffix).unlink(missing_ok=True)
    access.make_empty(new)
    _prepare(Ledger(new, read_only=False))
    new.rename(path)


def _prepare(ledger: Ledger) -> None:
    """Brings a ledger to the present schema, in WAL mode."""
    with ledger._engine.connect() as connection:
        connection.connection.execute("PRAGMA journal_mode=WAL")
    with ledger.write() as connection:
        migrate.upgrade(connection)


def exists(path: Path) -> bool:
    """Whether there is a file at ``path``; raises LedgerError if that can't be known."""
    try:
        kind = other_kind(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LedgerError(
            f"can't be looked at: {error.strerror}",
            file=str(path),
            remedy="let the user who runs this program into the ledger's folder",
        ) from error
    if kind:
        raise LedgerError(
            f"this is {kind}, and no ledger",
            file=str(path),
            remedy="move it away, or name another ledger with --database",
        )
    return True


def open_to_read(path: Path) -> Ledger | None:
    """The ledger at ``path``, read-only; None while there is none, or it is still empty."""
    return _opened(path, read_only=True)


def open_to_note(path: Path) -> Ledger | None:
    """The same to write into, for what is no revision: the caller needs no lock."""
    return _opened(path, read_only=False)


def _opened(path: Path, *, read_only: bool) -> Ledger | None:
    if not exists(path):
        return None
    ledger = Ledger(path, read_only=read_only)
    with ledger.read() as connection:
        return ledger if is_usable(path, connection) else None


def is_usable(path: Path, connection: sa.Connection) -> bool:
    """Whether the ledger at ``path`` has tables; raises LedgerError if not this program's."""
    found = _checked_version(path, connection)
    if found not in {"", SCHEMA_VERSION}:
        raise LedgerError(
            f"the ledger is at schema {found}, this program reads {SCHEMA_VERSION}",
            file=str(path),
            remedy="run 'feeds publish', which brings it up to date",
        )
    return bool(found)


def require_space(path: Path, needed: int) -> None:
    """Raises LedgerError unless ``needed`` bytes, and some to spare, are free beside ``path``."""
    free = shutil.disk_usage(path.parent).free
    if free < needed + _SPARE_BYTES:
        raise LedgerError(
            f"{free:,} bytes are free, {needed + _SPARE_BYTES:,} are needed",
            file=str(path.parent),
            remedy="make room on this disk; nothing was written",
        )


def _checked_version(path: Path, connection: sa.Connection) -> str:
    found = migrate.version(connection)
    if found == migrate.FOREIGN:
        raise LedgerError(
            "this is a database, but no ledger of newsroom-feeds",
            file=str(path),
            remedy="name another ledger with --database",
        )
    if migrate.is_older(found):
        raise LedgerError(
            f"the ledger is at schema {found}, from before the first release",
            file=str(path),
            remedy="move it away, with the files beside it that begin with its name, and run "
            "'feeds publish': from the same pages it makes a ledger with the same ids",
        )
    if migrate.is_newer(found):
        raise LedgerError(
            f"the ledger is at schema {found}, newer than this program knows ({SCHEMA_VERSION})",
            file=str(path),
            remedy="upgrade newsroom-feeds, or restore the copy made before the upgrade",
        )
    return found


def _engine(path: Path, patience: float, *, read_only: bool) -> sa.Engine:
    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            f"file:{quote(str(path))}?mode={'ro' if read_only else 'rw'}",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            factory=sqlite3.Connection if read_only else lasting.writing(path),
        )
        made.execute("PRAGMA foreign_keys=ON")
        made.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file
        return made

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns the database's errors into the reader's."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        if "locked" in said or "busy" in said:
            raise LedgerBusyError(
                "another program is writing to the ledger",
                file=str(path),
                remedy="nothing was done; try again when it has finished",
            ) from error
        raise LedgerError(said, file=str(path), remedy=_remedy(said, path)) from error
    except (msgspec.DecodeError, DamagedError) as error:
        raise LedgerError(f"damaged: {error}", file=str(path), remedy=_RESTORE) from error


def _remedy(said: str, path: Path) -> str:
    if "full" in said:
        return "make room on this disk; what was published stays as it was"
    if "unable to open" in said or "readonly" in said:
        if missing := access.lacking(path):
            names = " and ".join(file.name for file in missing)
            return (
                f"run 'feeds publish' as the user who owns the ledger: it makes {names} beside it, "
                "without which nobody can read it who may not write there"
            )
        return "let the user who runs this program read the ledger, and write to it if need be"
    return _RESTORE
