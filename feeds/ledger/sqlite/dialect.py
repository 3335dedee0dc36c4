"""What SQLite is asked in a way of its own, over an open connection."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa

from feeds.ledger.sqlite.tables import missing_tables
from feeds.ledger.sqlite.words import GO_BACK as GO_BACK  # as all that is asked of a dialect
from feeds.ledger.sqlite.words import RESTORE as RESTORE

_MOST = 20


def index(made: sa.Index) -> sa.Index:
    """The index ``made``, as it is."""
    return made


def table_names(connection: sa.Connection) -> set[str]:
    """The tables that are there."""
    return set(connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type='table'")))


def renumber(connection: sa.Connection) -> None:
    """Does nothing: SQLite goes on above the highest number that any row was given."""


def faults(connection: sa.Connection) -> list[str]:
    """What SQLite finds wrong with the file; empty if nothing is."""
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")
    return [line for (line,) in found if line != "ok"]


def orphans(connection: sa.Connection) -> list[tuple[str, str]]:
    """For each row without what it refers to: its table, and that of what it lacks."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [(table, parent) for table, _, parent, _ in found]


def is_about_ledger(error: BaseException, connection: sa.Connection) -> bool:
    """Whether ``error``, of SQLite, is no matter of what was to be stored.

    A statement that it refuses is, as long as the transaction of ``connection`` goes on.
    """
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        plain: Any = connection.connection.driver_connection
        return not plain.in_transaction or bool(missing_tables(plain))
    return isinstance(error, sqlite3.OperationalError | sqlite3.InternalError) or (
        type(error) is sqlite3.DatabaseError
    )
