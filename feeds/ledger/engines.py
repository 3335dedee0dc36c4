"""The engine that keeps a ledger: SQLite for a file, PostgreSQL for an address of a server.

Rules
- What depends on the engine is asked here, and nowhere else: each has a room of its own, ``sqlite``
  and ``postgresql``. Whatever is done over an open connection is the same for both.
- What a run with nothing new asks is answered without SQLAlchemy.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.newsroom.database import Place

if TYPE_CHECKING:
    import sqlalchemy as sa

    from feeds.ledger.engine import Dialect, Engine


@lru_cache(maxsize=16)
def engine(place: Place) -> Engine:
    """The engine that keeps the ledger at ``place``. Raises LedgerError if it isn't installed."""
    if isinstance(place, Path):
        from feeds.ledger.sqlite import SQLite  # late: one of them is needed

        return SQLite(place)
    from feeds.ledger.postgresql import PostgreSQL

    return PostgreSQL(place)


def dialect(connection: sa.Connection) -> Dialect:
    """What the engine behind ``connection`` is asked in its own way."""
    if connection.dialect.name == "sqlite":
        from feeds.ledger.sqlite import dialect as of_sqlite

        return of_sqlite
    from feeds.ledger.postgresql import dialect as of_postgresql

    return of_postgresql


def go_back_in(connection: sa.Connection) -> str:
    """What to do where something is amiss behind ``connection`` that can be lived with."""
    return dialect(connection).GO_BACK


def restore_in(connection: sa.Connection) -> str:
    """What to do about a ledger behind ``connection`` that is damaged."""
    return dialect(connection).RESTORE


def restore(place: Place) -> str:
    """What to do about a ledger at ``place`` that is damaged."""
    return engine(place).restore
