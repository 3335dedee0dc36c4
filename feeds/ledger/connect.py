"""Opening the ledger: SQLite in WAL mode, checked before anything is written.

Rules
- Only a publisher creates or migrates a ledger; everybody else opens it as it is, and finds
  out whether there is one.
- In whatever form its file comes (copied, moved, loaded from a dump, with a journal that was left
  behind), a publisher brings it into WAL mode first: a run reads what is published while it writes.
- A write transaction takes SQLite's lock at its beginning, so that it never fails half-way
  for having read first. Every error of the database becomes the reader's (``faults``).
"""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from feeds.ledger import backup, files, migrate, revisions
from feeds.ledger.faults import UNFINISHED, explained
from feeds.ledger.files import exists as exists  # those who open ledgers ask it, too
from feeds.ledger.lasting import LastingConnection
from feeds.model.errors import DiskFullError, LedgerBusyError, LedgerError
from feeds.model.versions import SCHEMA_VERSION
from feeds.newsroom import space

_BUSY_SECONDS = 5.0
SCHEMA = "ledger-schema"
"""The code of a ledger that another version of the program made, and this one can't use."""


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
        with self._connected() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept, or none if an exception leaves the block."""
        with self._connected() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection
            # what was written is in the ledger's own file by now, also while others have it open,
            # for whoever copies that file alone; where it can't be yet, it is in the log of writes
            with suppress(sqlite3.Error):
                plain.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def compact(self) -> None:
        """Leaves no deleted word in the files: neither in free pages nor in the log of writes.

        Raises DiskFullError, and has done nothing, where there is no room for a second ledger.
        """
        require_space_to_compact(self.path)
        with self._connected() as connection:
            plain = connection.connection
            plain.execute("VACUUM")
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def trial(self) -> Iterator[sa.Connection]:
        """A connection whose changes nobody ever sees: they are undone when the block ends."""
        with self._connected() as plain:
            connection = plain.execution_options(immediate=True)
            transaction = connection.begin()
            try:
                yield connection
            finally:
                transaction.rollback()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        exists(self.path)  # raises for what SQLite must not be let open
        # within, too: what a full disk has no room for is gone once the connection is closed
        with explained(self.path), self._engine.connect() as connection, explained(self.path):
            yield connection

    def enter_wal(self) -> None:
        """Brings the file into WAL mode, whatever mode it is in; the caller holds the lock.

        Raises LedgerError where that can't be had.
        """
        with self._connected() as connection:
            plain = connection.connection
            try:
                (mode,) = plain.execute("PRAGMA journal_mode=WAL").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                raise LedgerBusyError(
                    "another program keeps the ledger open, which was copied here and has to be "
                    "put in order first",
                    file=str(self.path),
                    remedy="end that program (such as an sqlite3 shell), and run it again",
                ) from error
        if mode != "wal":
            raise LedgerError(
                f"this file system can't have SQLite's write-ahead log (it stays in mode '{mode}')",
                file=str(self.path),
                remedy="keep the ledger on a local disk: name its place with --database",
            )


def open_to_write(path: Path) -> Ledger:
    """The ledger at ``path``, made or migrated if need be. The caller holds the lock."""
    if not exists(path):
        space.require(path, 0)
        _make(path)
    ledger = Ledger(path, read_only=False)
    with ledger.read() as connection:
        found = schema_of(path, connection)
        is_named = bool(found and revisions.ledger_id(connection))
    ledger.enter_wal()
    if found == SCHEMA_VERSION:
        if not is_named:  # it was made before ledgers had ids
            _name(ledger)
        return ledger
    if found:
        space.require(path, 2 * files.size(path), "the copy that is made before an upgrade")
        backup.copy(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
    prepare(ledger)
    return ledger


def _make(path: Path) -> None:
    """Makes a ledger at ``path``, of which nobody ever sees a half."""
    with files.fresh(path) as new:
        prepare(Ledger(new, read_only=False))
        files.take_place(new, path)


def prepare(ledger: Ledger) -> None:
    """Brings a ledger to the present schema, in WAL mode, with an id of its own."""
    ledger.enter_wal()
    with ledger.write() as connection:
        before = migrate.version(connection)
        migrate.upgrade(connection)
    if before not in {"", SCHEMA_VERSION}:
        with suppress(DiskFullError):  # then it only stays larger than need be
            ledger.compact()  # tables were written anew, and left most of the file empty
    _name(ledger)


def _name(ledger: Ledger) -> None:
    with ledger.write() as connection:
        if not revisions.ledger_id(connection):
            revisions.set_ledger_id(connection, secrets.token_hex(8))


def open_to_read(path: Path) -> Ledger | None:
    """The ledger at ``path``, read-only; None while there is none, or it is still empty."""
    return _opened(path, read_only=True)


def open_to_note(path: Path) -> Ledger | None:
    """The same to write into, for what is no revision: the caller needs no lock."""
    return _opened(path, read_only=False)


def _opened(path: Path, *, read_only: bool) -> Ledger | None:
    if not exists(path):
        return None
    finish(path)
    ledger = Ledger(path, read_only=read_only)
    with ledger.read() as connection:
        return ledger if is_usable(path, connection) else None


def finish(path: Path) -> None:
    """Takes back what was half written into the ledger at ``path``, if this user may.

    Raises LedgerError if it can't be read.
    """
    try:
        with Ledger(path, read_only=True).read() as connection:
            migrate.version(connection)
    except LedgerError as error:
        if error.problem.code != UNFINISHED:
            raise
        with Ledger(path, read_only=False).read() as connection:  # SQLite does it by itself
            migrate.version(connection)


def is_usable(path: Path, connection: sa.Connection) -> bool:
    """Whether the ledger at ``path`` has tables; raises LedgerError if not this program's."""
    found = schema_of(path, connection)
    if found not in {"", SCHEMA_VERSION}:
        raise LedgerError(
            f"the ledger is at schema {found}, this program reads {SCHEMA_VERSION}",
            file=str(path),
            remedy="run 'feeds publish', which brings it up to date",
        )
    return bool(found)


def require_space_to_compact(path: Path) -> None:
    """Raises DiskFullError unless SQLite has room to write the ledger anew, twice."""
    size = files.size(path)
    for place in (path, Path(tempfile.gettempdir())):
        space.require(place, size, "writing the ledger anew without what was erased")


def schema_of(path: Path, connection: sa.Connection) -> str:
    """The schema version of the ledger at ``path``, empty if it has no tables yet.

    Raises LedgerError for one that this program can neither read nor bring up to date.
    """
    found = migrate.version(connection)
    if found == migrate.FOREIGN:
        raise LedgerError(
            "this is a database, but no ledger of newsroom-feeds",
            file=str(path),
            remedy="name another ledger with --database",
            code="ledger-foreign",
        )
    if migrate.is_older(found):
        raise LedgerError(
            f"the ledger is at schema {found}, from before the first release",
            file=str(path),
            remedy="move it away, with the files beside it that begin with its name, and run "
            "'feeds publish --rebuild': from the same pages it makes a ledger with the same ids",
            code=SCHEMA,
        )
    if migrate.is_newer(found):
        raise LedgerError(
            f"the ledger is at schema {found}, newer than this program knows ({SCHEMA_VERSION})",
            file=str(path),
            remedy="upgrade newsroom-feeds, or go back to the copy made before the upgrade: "
            "'feeds restore-ledger FILE'",
            code=SCHEMA,
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
            factory=sqlite3.Connection if read_only else LastingConnection,
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
