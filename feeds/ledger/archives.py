"""Archives: which entries are in them, and their documents, which are stored compressed.

A feed goes by its first name here. An entry that belongs to a feed with archives, and is in none
of them yet, is noted under the number 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import numbers, rows
from feeds.ledger.batches import batches, by_arrival, matching
from feeds.ledger.packing import DamagedError, pack_together, unpack_together
from feeds.ledger.schema import archive_bodies, archived, archives, entries
from feeds.model import Document, Entry, EntryId, Format, Tombstone

_FILED = archived.c.number > 0
_AWAIT = sa.insert(archived).values(entry=numbers.of_entry(sa.bindparam("_entry")))


class Kept(NamedTuple):
    """A document of an archive. ``last_modified``: since when it has had these bytes."""

    body: bytes
    etag: str
    last_modified: datetime
    content_type: str
    revision: int


def validators(
    connection: sa.Connection, feed: str, number: int | None = None
) -> dict[tuple[int, Format], tuple[str, datetime]]:
    """The ETag and Last-Modified of each document of the archives of ``feed``.

    Of that with the ``number`` alone, unless that is None.
    """
    columns = archives.c
    query = sa.select(columns.number, columns.format, columns.etag, columns.last_modified)
    query = query.where(columns.feed == feed)
    if number is not None:
        query = query.where(columns.number == number)
    found = connection.execute(query)
    return {(row.number, row.format): (row.etag, row.last_modified) for row in found}


def document(connection: sa.Connection, feed: str, number: int, name: Format) -> Kept | None:
    """The archive with that ``number`` in the format ``name``; None if there is none.

    Raises DamagedError if its bytes can't be unpacked.
    """
    columns, bodies = archives.c, archive_bodies.c
    where = (columns.feed == feed) & (columns.number == number) & (columns.format == name)
    query = sa.select(
        bodies.bodies, columns.etag, columns.last_modified, columns.content_type, columns.revision
    ).join_from(
        archives,
        archive_bodies,
        (bodies.feed == columns.feed) & (bodies.number == columns.number),
        isouter=True,
    )
    row = connection.execute(query.where(where)).first()
    if row is None:
        return None
    body = unpack_together(row.bodies).get(name)
    if body is None:
        raise DamagedError(f"{feed}/archive/{number}.{name} is not among the bodies of its archive")
    return Kept(body, *row[1:])


def back(connection: sa.Connection, feed: str, entries: int) -> int:
    """The number of the archive to which the newest ones of ``feed`` hold so many ``entries``.

    1 if all of them hold fewer.
    """
    columns = archived.c
    query = sa.select(columns.number).where(columns.feed == feed, columns.number > 0)
    newest = query.order_by(columns.number.desc()).limit(1)
    return connection.scalar(newest.offset(max(0, entries - 1))) or 1


def newest_stored(connection: sa.Connection, feed: str) -> int:
    """The number of the newest archive that there are documents of; 0 if there is none."""
    query = sa.select(sa.func.max(archives.c.number)).where(archives.c.feed == feed)
    return connection.scalar(query) or 0


def newest_assigned(connection: sa.Connection, feed: str) -> int:
    """The number of the newest archive that entries were ever put into; 0 if there is none."""
    query = sa.select(sa.func.max(archived.c.number)).where(archived.c.feed == feed)
    return connection.scalar(query) or 0


def candidates(
    connection: sa.Connection, ids: Collection[EntryId] | None
) -> Iterator[list[tuple[Entry, bool]]]:
    """The entries called ``ids`` (None: all), and whether readers may see them, some at a time."""
    query = sa.select(entries)
    if ids is None:
        found = by_arrival(connection, query)
    else:
        found = (
            connection.execute(query.where(entries.c.id.in_(batch))).all() for batch in batches(ids)
        )
    for some in found:
        yield [(rows.shown(row), not (row.hidden or row.objection)) for row in some]


def public_entries(
    connection: sa.Connection, ids: Collection[EntryId] | None = None
) -> Iterator[Entry]:
    """The entries among ``ids`` (None: all) that readers find in an archive."""
    is_filed = sa.exists().where(archived.c.entry == entries.c.sequence, _FILED)
    query = sa.select(entries).where(entries.c.hidden == "", entries.c.objection == "", is_filed)
    yield from map(
        rows.shown,
        chain.from_iterable(by_arrival(connection, query))
        if ids is None
        else matching(connection, query, entries.c.id, ids),
    )


def await_archive(
    connection: sa.Connection, feed: str, belong: Sequence[EntryId], others: Sequence[EntryId]
) -> None:
    """Notes which of some entries ``belong`` to ``feed``, so that an archive will have them.

    What is in an archive stays there. Of either there are at most as many as in a batch.
    """
    here = archived.c.feed == feed
    some = here & archived.c.entry.in_(_numbers(others)) & (archived.c.number == 0)
    connection.execute(sa.delete(archived).where(some))
    query = sa.select(entries.c.id).join(archived, archived.c.entry == entries.c.sequence)
    known = set(connection.scalars(query.where(here, entries.c.id.in_(belong))))
    made = [{"feed": feed, "_entry": name, "number": 0} for name in belong if name not in known]
    if made:
        connection.execute(_AWAIT, made)


def waiting(connection: sa.Connection, feed: str) -> list[EntryId]:
    """The entries of ``feed`` that are in no archive yet, in the order in which they came in."""
    query = (
        sa.select(entries.c.id)
        .join(archived, archived.c.entry == entries.c.sequence)
        .where(archived.c.feed == feed, archived.c.number == 0)
        .order_by(archived.c.entry)
    )
    return [EntryId(name) for name in connection.scalars(query)]


def assign(connection: sa.Connection, feed: str, ids: Sequence[EntryId], number: int) -> None:
    """Puts entries that are waiting into the archive with that ``number``, for ever."""
    where = (archived.c.feed == feed) & archived.c.entry.in_(_numbers(ids))
    connection.execute(sa.update(archived).where(where).values(number=number))


def numbers_with(connection: sa.Connection, feed: str, ids: Collection[EntryId]) -> set[int]:
    """The numbers of the archives that any of ``ids`` is in."""
    query = sa.select(archived.c.number).where(archived.c.feed == feed, _FILED).distinct()
    query = query.join(entries, entries.c.sequence == archived.c.entry)
    return {row.number for row in matching(connection, query, entries.c.id, ids)}


def contents(
    connection: sa.Connection, feed: str, number: int
) -> tuple[list[Entry], list[Tombstone]]:
    """What readers may see of an archive, and what is gone from it, that which went last first."""
    query = (
        sa.select(entries)
        .join(archived, archived.c.entry == entries.c.sequence)
        .where(archived.c.feed == feed, archived.c.number == number)
        .order_by(entries.c.gone.desc().nulls_last(), entries.c.id)
    )
    shown, gone = [], []
    for row in connection.execute(query):
        if not (row.hidden or row.objection):
            shown.append(rows.shown(row))
        elif row.hidden and row.gone:
            gone.append(Tombstone(EntryId(row.id), row.gone, row.notice))
    return shown, gone


def put_documents(
    connection: sa.Connection,
    feed: str,
    number: int,
    made: Sequence[Document],
    fresh: Mapping[Format, datetime],
    revision: int,
) -> None:
    """Stores an archive as it was ``made``, in all formats.

    In those that are ``fresh``, its bytes are new: first published then, in ``revision``.
    """
    bodies = pack_together({one.format: one.body for one in made})
    for table, kept in ((archives, archives.c.format.in_(fresh)), (archive_bodies, sa.true())):
        here = (table.c.feed == feed) & (table.c.number == number)
        connection.execute(sa.delete(table).where(here, kept))
    connection.execute(
        sa.insert(archives),
        [
            {
                "feed": feed,
                "number": number,
                "format": one.format,
                "content_type": one.content_type,
                "etag": one.etag,
                "last_modified": fresh[one.format],
                "revision": revision,
            }
            for one in made
            if one.format in fresh
        ],
    )
    connection.execute(sa.insert(archive_bodies).values(feed=feed, number=number, bodies=bodies))


def _numbers(ids: Sequence[EntryId]) -> sa.Select[int]:
    return sa.select(entries.c.sequence).where(entries.c.id.in_(ids))


def drop_documents(connection: sa.Connection, feed: str) -> None:
    """Removes the documents of all archives of ``feed``; which entry is in which stays known."""
    for table in (archives, archive_bodies):
        connection.execute(sa.delete(table).where(table.c.feed == feed))
