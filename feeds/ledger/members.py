"""Members: which entries each feed has, as last published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.batches import matching
from feeds.ledger.schema import entries, members
from feeds.model import Entry, EntryId

_C = entries.c


def of_feed(connection: sa.Connection, feed: str) -> list[Entry]:
    """The entries of ``feed``, in their order."""
    query = sa.select(entries).join(members, members.c.entry == _C.id)
    found = connection.execute(query.where(members.c.feed == feed).order_by(members.c.position))
    return [rows.shown(row) for row in found]


def moments_of_feed(connection: sa.Connection, feed: str) -> list[datetime | None]:
    """When the entries of ``feed`` were published, in their order; None where that isn't known."""
    query = sa.select(_C.published).join(members, members.c.entry == _C.id)
    query = query.where(members.c.feed == feed).order_by(members.c.position)
    return list(connection.scalars(query))


def of_all_feeds(
    connection: sa.Connection, ids: Collection[EntryId] | None = None
) -> dict[EntryId, Entry]:
    """The entries of all feeds; with ``ids``, those of them that are called so."""
    query = sa.select(entries)
    found: Iterable[sa.Row[*tuple[Any, ...]]]
    if ids is None:
        found = connection.execute(query.where(_C.id.in_(sa.select(members.c.entry))))
    else:
        is_member = sa.exists().where(members.c.entry == _C.id)
        found = matching(connection, query.where(is_member), _C.id, ids)
    return {EntryId(row.id): rows.shown(row) for row in found}


def filled_feeds(connection: sa.Connection) -> set[str]:
    """The names of all feeds that have members."""
    return set(connection.scalars(sa.select(members.c.feed).distinct()))


def feeds_with(connection: sa.Connection, ids: Collection[EntryId]) -> set[str]:
    """The names of the feeds that have any of ``ids``."""
    query = sa.select(members.c.feed).distinct()
    return {row.feed for row in matching(connection, query, members.c.entry, ids)}


def replace(connection: sa.Connection, feed: str, ordered: Iterable[Entry]) -> None:
    """Stores which entries ``feed`` has, in their order."""
    connection.execute(sa.delete(members).where(members.c.feed == feed))
    made = [
        {"feed": feed, "position": position, "entry": entry.id}
        for position, entry in enumerate(ordered)
    ]
    if made:
        connection.execute(sa.insert(members), made)
