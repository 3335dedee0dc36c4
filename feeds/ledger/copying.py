"""Copying a ledger into another place, row by row, as it lies there: from one engine to another.

Rules
- What is copied is one state of the ledger, however long that takes.
- Until every row was compared the copy has no version, and a table ``copying`` that says what it is
  of: nobody takes it for a ledger. A copy that was stopped goes on where it was; if the ledger went
  on meanwhile, it begins anew.
- Rows go in batches, in the order of their keys, which is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from feeds.ledger import migrate, revisions, rows, settings
from feeds.ledger.connect import Ledger
from feeds.ledger.engines import dialect
from feeds.ledger.mark import Mark
from feeds.ledger.migrate import COPYING
from feeds.ledger.packing import Packed
from feeds.ledger.schema import metadata
from feeds.model.errors import LedgerError
from feeds.model.watching import Watch

_ROWS = 200
_LARGE = {"documents": 10, "archive_bodies": 10}
"""So many rows go at once of tables that have whole documents in each."""

_Key = tuple[Any, ...]


def copy_rows(source: Ledger, target: Ledger, watch: Watch) -> Mark:
    """Copies all of ``source`` to ``target``, compares it, and returns how far it has come.

    The caller keeps publishers out of both, and ``finish`` makes a ledger of it. Raises LedgerError
    where ``target`` has something else in it, or if a row is not what it was.
    """
    tables = metadata.sorted_tables
    with source.read() as connection:
        found = revisions.mark(connection)
        _begin(target, found)
        for table in watch(tables, "copying"):
            _copy(connection, target, table)
        for table in watch(tables, "comparing"):
            _compare(connection, target, table)
    return found


def finish(target: Ledger, nonce: str) -> None:
    """Makes a ledger of what was copied to ``target``, which has ``nonce`` from now on."""
    with target.write() as connection:
        if nonce:
            revisions.set_nonce(connection, nonce)
        else:
            settings.drop(connection, revisions.NONCE)
        dialect(connection).renumber(connection)
        connection.execute(sa.text(f"DROP TABLE {COPYING}"))
        migrate.stamp(connection)


def _begin(target: Ledger, found: Mark) -> None:
    """Has empty tables in ``target``, or those that hold a part of the same state already."""
    stated = rows.json(found)
    with target.write() as connection:
        names = dialect(connection).table_names(connection)
        if COPYING in names:
            if connection.scalar(sa.text(f"SELECT state FROM {COPYING}")) == stated:  # noqa: S608 - a name from here
                return
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.text(f'DROP TABLE IF EXISTS "{table.name}"'))
            connection.execute(sa.text(f"DROP TABLE {COPYING}"))
        elif names:
            raise LedgerError(
                "there is something in this database already",
                file=str(target.place),
                remedy="name one that is empty; nothing was copied",
                code="ledger-taken",
            )
        connection.execute(sa.text(f"CREATE TABLE {COPYING} (state TEXT NOT NULL)"))
        insert = sa.text(f"INSERT INTO {COPYING} VALUES (:state)")  # noqa: S608 - as above
        connection.execute(insert, {"state": stated})
        migrate.make_tables(connection)


def _copy(connection: sa.Connection, target: Ledger, table: sa.Table) -> None:
    insert = sa.insert(_plain(table))
    with target.read() as reading:
        last = _last(reading, table)
    for found in _batches(connection, table, last):
        with target.write() as writing:
            writing.execute(insert, [row._asdict() for row in found])


def _compare(connection: sa.Connection, target: Ledger, table: sa.Table) -> None:
    """Raises LedgerError unless each row of ``table`` is in ``target`` what it is here."""
    with target.read() as reading:
        theirs = _batches(reading, table)
        for mine in _batches(connection, table):
            if (copied := next(theirs, [])) == mine:
                continue
            for one, other in zip(mine, [*copied, *[None] * len(mine)], strict=False):
                if one != other:
                    raise _differs(target, table, one)
        if more := next(theirs, []):
            raise _differs(target, table, more[0])


def _differs(target: Ledger, table: sa.Table, row: sa.Row[Any]) -> LedgerError:
    key = ", ".join(str(row._mapping[column.name]) for column in table.primary_key)
    return LedgerError(
        f"a row of '{table.name}' is not there what it is here: {key}",
        file=str(target.place),
        remedy="empty that database, and copy again; nothing uses what was copied",
        code="ledger-copy-differs",
    )


def _batches(
    connection: sa.Connection, table: sa.Table, last: _Key | None = None
) -> Iterator[Sequence[sa.Row[Any]]]:
    """The rows of ``table`` behind the one with the key ``last``, some at a time."""
    plain = _plain(table)
    keys = [plain.c[column.name] for column in table.primary_key]
    query = sa.select(plain).order_by(*keys).limit(_LARGE.get(table.name, _ROWS))
    while True:
        after = query if last is None else query.where(sa.tuple_(*keys) > sa.tuple_(*last))
        found = connection.execute(after).all()
        if not found:
            return
        yield found
        last = tuple(found[-1]._mapping[key.name] for key in keys)


def _last(connection: sa.Connection, table: sa.Table) -> _Key | None:
    plain = _plain(table)
    keys = [plain.c[column.name] for column in table.primary_key]
    query = sa.select(*keys).order_by(*(key.desc() for key in keys)).limit(1)
    found = connection.execute(query).one_or_none()
    return tuple(found) if found else None


def _plain(table: sa.Table) -> sa.TableClause:
    """``table`` with its long texts as they lie there, compressed."""
    columns = [
        sa.column(one.name, sa.LargeBinary() if isinstance(one.type, Packed) else one.type)
        for one in table.c
    ]
    return sa.table(table.name, *columns)
