"""Opening the ledger, which is checked before anything is written.

Rules
- Only a publisher creates or migrates a ledger; everybody else opens it as it is, and finds
  out whether there is one.
- One writes at a time, from the beginning of its transaction to its end. Every error of the
  database becomes the reader's (``faults``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import sqlalchemy as sa

from feeds.ledger import faults, migrate, revisions
from feeds.ledger.engines import engine, go_back_in
from feeds.ledger.faults import UNFINISHED
from feeds.model.errors import DiskFullError, LedgerError
from feeds.model.versions import SCHEMA_VERSION
from feeds.newsroom.database import Place

_Seen = TypeVar("_Seen")
_BUSY_SECONDS = 5.0
SCHEMA = "ledger-schema"
"""The code of a ledger that another version of the program made, and this one can't use."""


class Ledger:
    """An open ledger. ``write`` and ``read`` give connections within a transaction.

    ``patience`` is how long they wait for another program that keeps all others out, in seconds.
    """

    def __init__(self, place: Place, *, read_only: bool, patience: float = _BUSY_SECONDS) -> None:
        self.place = place
        self.kept_by = engine(place)
        self._engine = self.kept_by.connected(read_only=read_only, patience=patience)

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
            self.kept_by.written(plain)

    def compact(self) -> None:
        """Leaves no deleted word in what the engine keeps.

        Raises DiskFullError, and has done nothing, where there is no room for that.
        """
        with self._connected() as connection:
            self.kept_by.compact(connection)

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
        self.kept_by.exists()  # raises for what must not be let open
        explained = self.kept_by.explained
        # within, too: what a full disk has no room for is gone once the connection is closed
        with explained(), self._engine.connect() as connection, explained():
            yield connection


def exists(place: Place) -> bool:
    """Whether there may be a ledger at ``place``, which can be opened without waiting.

    Raises LedgerError if that can't be known, or if there is something else.
    """
    return engine(place).exists()


def open_to_write(place: Place) -> Ledger:
    """The ledger at ``place``, made or migrated if need be. The caller holds the lock."""
    kept_by = engine(place)
    kept_by.make(lambda new: prepare(Ledger(new, read_only=False)))
    ledger = Ledger(place, read_only=False)
    with ledger.read() as connection:
        found = schema_of(place, connection)
        is_named = bool(found and revisions.ledger_id(connection))
    kept_by.ready()
    if found == SCHEMA_VERSION:
        if not is_named:  # it was made before ledgers had ids
            _name(ledger)
        return ledger
    if found:
        kept_by.keep_before(SCHEMA_VERSION)
    prepare(ledger)
    return ledger


def prepare(ledger: Ledger) -> None:
    """Brings a ledger to the present schema, ready to be written to, with an id of its own."""
    ledger.kept_by.ready()
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


def open_to_read(place: Place) -> Ledger | None:
    """The ledger at ``place``, read-only; None while there is none, or it is still empty."""
    return _opened(place, read_only=True)


def open_to_note(place: Place) -> Ledger | None:
    """The same to write into, for what is no revision: the caller needs no lock."""
    return _opened(place, read_only=False)


def _opened(place: Place, *, read_only: bool) -> Ledger | None:
    if not exists(place):
        return None
    return finished(place, lambda: _if_usable(Ledger(place, read_only=read_only)))


def _if_usable(ledger: Ledger) -> Ledger | None:
    with ledger.read() as connection:
        return ledger if is_usable(ledger.place, connection) else None


def finished(place: Place, look: Callable[[], _Seen]) -> _Seen:
    """What ``look`` sees in the ledger at ``place``, which opens it.

    What was half written into it is taken back before, if this user may. Raises LedgerError if it
    can't be read.
    """
    try:
        return look()
    except LedgerError as error:
        if error.problem.code != UNFINISHED:
            raise
        with Ledger(place, read_only=False).read() as connection:  # the engine does it by itself
            migrate.version(connection)
        return look()


def is_usable(place: Place, connection: sa.Connection) -> bool:
    """Whether the ledger at ``place`` has tables; raises LedgerError if not this program's."""
    found = schema_of(place, connection)
    if found not in {"", SCHEMA_VERSION}:
        raise LedgerError(
            f"the ledger is at schema {found}, this program reads {SCHEMA_VERSION}",
            file=str(place),
            remedy="run 'feeds publish', which brings it up to date",
        )
    return bool(found)


def schema_of(place: Place, connection: sa.Connection) -> str:
    """The schema version of the ledger at ``place``, empty if it has no tables yet.

    Raises LedgerError for one that this program can neither read nor bring up to date.
    """
    found = migrate.version(connection)
    if found == SCHEMA_VERSION:
        return found
    if found == migrate.FOREIGN:
        raise faults.foreign(place)
    if found == migrate.COPYING:
        raise LedgerError(
            "a ledger is being copied here, and is not complete yet",
            file=str(place),
            remedy="wait for 'feeds copy-ledger', or run it again: it goes on where it was",
            code="ledger-incomplete",
        )
    if migrate.is_older(found):
        raise LedgerError(
            f"the ledger is at schema {found}, from before the first release",
            file=str(place),
            remedy="move it away, with the files beside it that begin with its name, and run "
            "'feeds publish --rebuild': from the same pages it makes a ledger with the same ids",
            code=SCHEMA,
        )
    if migrate.is_newer(found):
        raise LedgerError(
            f"the ledger is at schema {found}, newer than this program knows ({SCHEMA_VERSION})",
            file=str(place),
            remedy="upgrade newsroom-feeds, or go back to the copy made before the upgrade: "
            f"{go_back_in(connection)}",
            code=SCHEMA,
        )
    return found
