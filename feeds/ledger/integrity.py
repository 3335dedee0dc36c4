"""Whether a ledger is whole, looked at row by row: a damaged row hides no other.

Nothing here writes. What can't be decoded is given as words on what is wrong with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import batches, revisions, rows
from feeds.ledger.engines import dialect
from feeds.ledger.packing import unpack
from feeds.ledger.schema import aliases, entries, metadata, readings
from feeds.model import Entry, Reading

_PACKED = sa.type_coerce(readings.c.reading, sa.LargeBinary)
"""A reading as it lies there: one that can't be unpacked must not hide the others."""
_SOME = {"yield_per": batches.SIZE}
"""So many rows are in memory at once, of a table that may have any number."""
_DAMAGE = (ValueError, TypeError, sa.exc.DBAPIError)
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


class Orphans(NamedTuple):
    """So many ``rows`` of ``table`` belong to something in ``parent`` that isn't there."""

    rows: int
    table: str
    parent: str


def file_faults(connection: sa.Connection) -> list[str]:
    """What the engine itself finds wrong with what it keeps; empty if nothing is."""
    return dialect(connection).faults(connection)


def damage(connection: sa.Connection) -> Generator[str]:
    """What nothing can be published over in a ledger of the present schema, in words.

    What raises an error of the database is damage as well.
    """
    yield from file_faults(connection)
    for found in orphans(connection):
        yield f"{found.rows} of '{found.table}' without their '{found.parent}'"
    yield from (row.problem for row in each_entry(connection) if row.problem)
    yield from (one.problem for one in each_reading(connection) if one.problem)
    for table in metadata.sorted_tables:
        for _ in connection.execute(sa.select(table), execution_options=_SOME):
            pass  # what can't be decoded raises
    for find in (revisions.latest, revisions.sections, revisions.origins):
        find(connection)


def orphans(connection: sa.Connection) -> list[Orphans]:
    """Rows that belong to something that isn't there, counted."""
    counts = Counter(
        found for found in dialect(connection).orphans(connection) if found[0] in metadata.tables
    )
    keepers = entries.alias()
    kept = (
        sa.select(sa.func.count())
        .select_from(entries.outerjoin(keepers, keepers.c.id == entries.c.keeper))
        .where(entries.c.keeper.is_not(None), keepers.c.id.is_(None))
    )
    counts["entries", "keepers"] += connection.scalar(kept) or 0
    return [Orphans(count, *key) for key, count in counts.items() if count]


def unnamed(connection: sa.Connection, after: int = 0) -> list[str]:
    """The ids of entries that no alias leads to: nothing would be recognised as them.

    ``after``: only of entries whose sequence is above that.
    """
    query = (
        sa.select(entries.c.id)
        .outerjoin(aliases, aliases.c.entry == entries.c.sequence)
        .where(aliases.c.entry.is_(None), entries.c.sequence > after)
    )
    return [str(name) for name in connection.scalars(query.order_by(entries.c.sequence))]


def each_entry(connection: sa.Connection, after: int = 0) -> Iterator[Row]:
    """Every entry in the order in which they came in, its ``told`` decoded too; as above."""
    columns = entries.c
    found = sa.select(columns.sequence, columns.id)
    for names in batches.by_arrival(connection, found, after):
        try:
            query = sa.select(entries).where(columns.sequence.in_([row.sequence for row in names]))
            for row in connection.execute(query.order_by(columns.sequence)).all():
                yield _examined(str(row.id), row)
        except _DAMAGE:  # a column of one of them: one by one
            for name in names:
                yield _fetched(connection, name.sequence, str(name.id))


def _fetched(connection: sa.Connection, sequence: int, name: str) -> Row:
    try:
        query = sa.select(entries).where(entries.c.sequence == sequence)
        return _examined(name, connection.execute(query).one())
    except _DAMAGE as error:
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
    except _DAMAGE as error:
        return Row(name, None, str(error))
    return Row(name, entry, "")


def each_reading(connection: sa.Connection, most: int | None = None) -> Iterator[Written]:
    """The reading of every page that is there and not refused, by path.

    Of the ``most`` alone that were saved last, unless that is None.
    """
    columns = readings.c
    query = sa.select(columns.path, _PACKED).where(*_read())
    if most is not None:
        newest = (
            sa.select(columns.path)
            .order_by(columns.modified.desc(), columns.path.desc())
            .limit(most)
        )
        query = query.where(columns.path.in_(newest))
    # closed, too, where whoever asks has seen enough
    with connection.execute(query.order_by(columns.path), execution_options=_SOME) as found:
        for path, text in found:
            yield _decoded(path, text)


def readings_of(connection: sa.Connection, paths: Iterable[str]) -> Iterator[Written]:
    """The same of the pages at ``paths``, in no order."""
    query = sa.select(readings.c.path, _PACKED).where(*_read())
    for some in batches.batches(paths):
        try:
            found = connection.execute(query.where(readings.c.path.in_(some))).all()
        except _DAMAGE:  # of one of them: one by one
            yield from (one for path in some for one in _read_alone(connection, path))
        else:
            yield from (_decoded(path, text) for path, text in found)


def _read_alone(connection: sa.Connection, path: str) -> list[Written]:
    try:
        query = sa.select(readings.c.reading).where(readings.c.path == path, *_read())
        return [_decoded(path, text) for text in connection.scalars(query)]
    except _DAMAGE as error:
        return [Written(path, None, _said(error))]


def _read() -> tuple[sa.ColumnElement[bool], ...]:
    columns = readings.c
    return (
        columns.reading.is_not(None),
        columns.failure.is_(None),
        columns.missing_since.is_(None),
    )


def _decoded(path: str, data: bytes | str) -> Written:
    try:
        return Written(path, msgspec.json.decode(unpack(data), type=Reading), "")
    except _DAMAGE as error:
        return Written(path, None, str(error))
