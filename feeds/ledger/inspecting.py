"""Looking for what is wrong with a ledger, row by row: a damaged row hides no other.

Nothing here writes. What can't be decoded is given as words on what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.entries.identity import Alias
from feeds.ledger import batches, rows
from feeds.ledger.schema import aliases, entries, listed, metadata, readings
from feeds.model import Entry, EntryId, Hidden, Reading

_MOST = 20
DAMAGE = (ValueError, TypeError, sa.exc.DBAPIError)
"""What decoding a damaged row raises."""


class Row(NamedTuple):
    """An entry as readers are shown it, or ``problem``: why it can't be decoded."""

    name: str
    entry: Entry | None
    problem: str


class Written(NamedTuple):
    """The reading of a page that is there, or ``problem``: why it can't be decoded."""

    path: str
    reading: Reading | None
    problem: str


class Name(NamedTuple):
    """An entry by the names that documents have for it."""

    id: EntryId
    guid: str
    hash: str
    hidden: Hidden


def integrity(connection: sa.Connection) -> list[str]:
    """What SQLite finds wrong with the file; empty if nothing is."""
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")
    return [line for (line,) in found if line != "ok"]


def orphans(connection: sa.Connection) -> list[str]:
    """Rows that belong to something that isn't there, counted, in words."""
    counts: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        if table in metadata.tables:
            counts[table, parent] = counts.get((table, parent), 0) + 1
    keepers = entries.alias()
    kept = (
        sa.select(sa.func.count())
        .select_from(entries.outerjoin(keepers, keepers.c.id == entries.c.keeper))
        .where(entries.c.keeper.is_not(None), keepers.c.id.is_(None))
    )
    unread = (
        sa.select(sa.func.count())
        .select_from(listed.outerjoin(readings, readings.c.path == listed.c.path))
        .where(readings.c.path.is_(None))
    )
    for key, query in ((("entries", "keepers"), kept), (("listed", "readings"), unread)):
        if count := connection.scalar(query):
            counts[key] = counts.get(key, 0) + count
    return [
        f"{count} {'row' if count == 1 else 'rows'} of '{table}' without their '{parent}'"
        for (table, parent), count in counts.items()
    ]


def nameless(connection: sa.Connection) -> list[str]:
    """The ids of entries that no alias leads to: nothing would be recognised as them."""
    query = (
        sa.select(entries.c.id)
        .outerjoin(aliases, aliases.c.entry == entries.c.id)
        .where(aliases.c.entry.is_(None))
    )
    return [str(name) for name in connection.scalars(query.order_by(entries.c.sequence))]


def each_entry(connection: sa.Connection) -> Iterator[Row]:
    """Every entry in the order in which they came in, its ``told`` decoded too."""
    columns = entries.c
    for names in batches.by_arrival(connection, sa.select(columns.sequence, columns.id)):
        try:
            query = sa.select(entries).where(columns.sequence.in_([row.sequence for row in names]))
            for row in connection.execute(query.order_by(columns.sequence)).all():
                yield _examined(str(row.id), row)
        except DAMAGE:  # a column of one of them: one by one
            for name in names:
                yield _fetched(connection, name.sequence, str(name.id))


def _fetched(connection: sa.Connection, sequence: int, name: str) -> Row:
    try:
        query = sa.select(entries).where(entries.c.sequence == sequence)
        return _examined(name, connection.execute(query).one())
    except DAMAGE as error:
        return Row(name, None, _said(error))


def _said(error: Exception) -> str:
    return str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)


def _examined(name: str, row: sa.Row[tuple[object, ...]]) -> Row:
    try:
        entry = rows.shown(row)
        told = rows.told(row) if row.told is not None else entry
        for stated in (entry.stated, told.stated):
            if stated is not None:
                _ = stated.day  # raises, too, if it is no date
    except DAMAGE as error:
        return Row(name, None, str(error))
    return Row(name, entry, "")


def each_reading(connection: sa.Connection) -> Iterator[Written]:
    """The reading of every page that is there, by path."""
    columns = readings.c
    query = (
        sa.select(columns.path, columns.reading)
        .where(columns.reading.is_not(None), columns.missing_since.is_(None))
        .order_by(columns.path)
    )
    for path, text in connection.execute(query):
        try:
            yield Written(path, msgspec.json.decode(text, type=Reading), "")
        except DAMAGE as error:
            yield Written(path, None, str(error))


def led_to(connection: sa.Connection, wanted: Iterable[Alias]) -> dict[Alias, str]:
    """The ids of the entries that ``wanted`` name."""
    by_kind: dict[str, list[str]] = {}
    for alias in wanted:
        by_kind.setdefault(alias.kind, []).append(alias.value)
    query = sa.select(aliases.c.value, aliases.c.entry)
    return {
        Alias(kind, row.value): row.entry
        for kind, values in by_kind.items()
        for row in batches.matching(
            connection, query.where(aliases.c.kind == kind), aliases.c.value, values
        )
    }


def names(connection: sa.Connection) -> list[Name]:
    """What documents may call each entry."""
    columns = entries.c
    query = sa.select(columns.id, columns.guid, columns.hash, columns.hidden)
    return [Name(*row) for row in connection.execute(query)]
