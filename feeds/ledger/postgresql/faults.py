"""The errors of an open ledger, SQLAlchemy's and those of what is stored in it included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import psycopg
import sqlalchemy as sa

from feeds.ledger.faults import DAMAGED, unusable
from feeds.ledger.packing import DamagedError
from feeds.ledger.postgresql import words
from feeds.ledger.postgresql.errors import fault
from feeds.model.errors import LedgerError
from feeds.newsroom.database import Address


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turns errors of the database into LedgerError, LedgerBusyError, DiskFullError."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise fault(address, error.orig or error) from error
    except sa.exc.TimeoutError as error:  # so many ask at once that no connection is left
        raise fault(address, psycopg.OperationalError(str(error))) from error
    except sa.exc.PendingRollbackError as error:  # it was lost meanwhile
        lost = psycopg.OperationalError("the connection was lost")
        raise fault(address, lost) from error
    except psycopg.Error as error:
        raise fault(address, error) from error
    except (msgspec.DecodeError, DamagedError) as error:
        what, remedy = f"damaged: {error}", unusable(words.RESTORE)
        raise LedgerError(what, file=str(address), remedy=remedy, code=DAMAGED) from error
