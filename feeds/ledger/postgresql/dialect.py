"""What PostgreSQL is asked in a way of its own, over an open connection."""

from __future__ import annotations

from typing import Any

import psycopg
import sqlalchemy as sa

from feeds.ledger.postgresql.lock import TABLES
from feeds.ledger.postgresql.words import GO_BACK as GO_BACK  # as all that is asked of a dialect
from feeds.ledger.postgresql.words import RESTORE as RESTORE
from feeds.ledger.schema import LONG, LOOKED_UP, metadata

_OF_THE_VALUE = ("22", "23", "42", "54")
"""Classes of errors that are a matter of what was to be stored, or of the statement that did."""


def index(made: sa.Index) -> sa.Index:
    """The index ``made`` without columns that may be too long for one, and are for speed alone.

    What is looked up by a column that may be too long is found by the hash of that.
    """
    short = [one for one in made.expressions if getattr(one, "name", "") not in LONG]
    where = made.info.get("where")
    some: dict[str, Any] = {"postgresql_where": sa.text(where)} if where else {}
    if getattr(short[0], "name", "") in LOOKED_UP:
        short, some = short[:1], {"postgresql_using": "hash"}
    kept = sa.Index(made.name, *short, **made.dialect_kwargs, **some)
    if made.table is not None:
        made.table.indexes.discard(kept)  # where its columns have put it
    return kept


def table_names(connection: sa.Connection) -> set[str]:
    """The tables that are there, but for the publisher's own."""
    names = set(connection.scalars(sa.text(TABLES)))
    if not names and connection.scalar(sa.text("SELECT current_schema() IS NULL")):
        raise psycopg.errors.InvalidSchemaName("no schema has been selected to look into")
    return names


def renumber(connection: sa.Connection) -> None:
    """Has the numbers that rows get go on above those that are there."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = connection.scalar(sa.select(sa.func.max(column)))
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(sa.select(sa.func.setval(sequence, (highest or 0) + 1, False)))


def faults(connection: sa.Connection) -> list[str]:  # noqa: ARG001 - as of each dialect
    """Nothing: the server looks after its files itself."""
    return []


def orphans(connection: sa.Connection) -> list[tuple[str, str]]:  # noqa: ARG001 - as above
    """None: the server lets in no row without what it refers to."""
    return []


def is_about_ledger(error: BaseException, connection: sa.Connection) -> bool:
    """Whether ``error``, of the database, is no matter of what was to be stored."""
    if connection.invalidated:  # it was lost, and whatever went on had nothing to go on with
        return True
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate
    if state is None:  # psycopg's own: of a value that can't be sent, or of a lost connection
        return not isinstance(error, psycopg.DataError | psycopg.ProgrammingError)
    return not state.startswith(_OF_THE_VALUE) or state in {"42P01", "42501"}
