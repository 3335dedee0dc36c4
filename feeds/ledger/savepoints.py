"""Parts of a transaction that can be undone by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec
import sqlalchemy as sa

from feeds.ledger.engines import dialect
from feeds.ledger.packing import DamagedError
from feeds.model.errors import DiskFullError, LedgerError


@contextmanager
def savepoint(connection: sa.Connection) -> Iterator[None]:
    """A block whose changes are undone if an exception leaves it; the transaction goes on."""
    nested = connection.begin_nested()
    try:
        yield
    except BaseException:
        with suppress(sa.exc.DBAPIError):  # a full disk has undone the whole transaction
            nested.rollback()
        raise
    nested.commit()


def is_about_ledger(error: BaseException, connection: sa.Connection) -> bool:
    """Whether ``error`` says that the ledger can't be read or written, whatever was to be stored.

    A full disk does, and so does damage; a value that it takes from nobody does not, nor does a
    statement that SQLite refuses, as long as the transaction of ``connection`` goes on.
    """
    if isinstance(error, LedgerError | DiskFullError | DamagedError | msgspec.DecodeError):
        return True
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if cause is None:
        return False
    return dialect(connection).is_about_ledger(cause, connection)
