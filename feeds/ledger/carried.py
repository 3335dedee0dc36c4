"""What partners' feeds have ever carried, and what of it was taken back: these hear of removals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.batches import batches, matching
from feeds.ledger.schema import carried, entries
from feeds.model import Entry, EntryId

_C, _E = carried.c, entries.c


class Carried(NamedTuple):
    """An entry that a feed once carried; ``removed`` since when it is taken back, if it is.

    ``returned`` is since when it is to be taken in anew: it came back, or has another picture.
    """

    id: EntryId
    removed: datetime | None
    returned: datetime | None


def of_feed(
    connection: sa.Connection, feed: str, ids: Collection[EntryId]
) -> dict[EntryId, Carried]:
    """Those of ``ids`` that ``feed`` ever carried."""
    query = sa.select(_E.id, _C.removed, _C.returned).join(carried, _C.entry == _E.sequence)
    found = matching(connection, query.where(_C.feed == feed), _E.id, ids)
    return {EntryId(row.id): Carried(*row) for row in found}


def add(connection: sa.Connection, feed: str, ids: Iterable[EntryId]) -> None:
    """Notes that ``feed`` carries ``ids``, of which it never carried any before."""
    for some in batches(ids):
        new = sa.select(sa.literal(feed), _E.sequence).where(_E.id.in_(some))
        connection.execute(sa.insert(carried).from_select(["feed", "entry"], new))


def note(
    connection: sa.Connection,
    feed: str,
    moments: Mapping[EntryId, tuple[datetime | None, datetime | None]],
) -> None:
    """Notes since when each is taken back, and when it returned."""
    for entry_id, (removed, returned) in moments.items():
        number = sa.select(_E.sequence).where(_E.id == entry_id).scalar_subquery()
        where = (_C.feed == feed, _C.entry == number)
        values = {"removed": removed, "returned": returned}
        connection.execute(sa.update(carried).where(*where).values(**values))


def removed_after(
    connection: sa.Connection, feed: str, moment: datetime
) -> list[tuple[Entry, datetime]]:
    """What ``feed`` carried and was taken back after ``moment``, with that moment; newest first."""
    query = sa.select(entries, _C.removed.label("removed_at")).join(
        carried, _C.entry == _E.sequence
    )
    query = query.where(_C.feed == feed, _C.removed > moment)
    found = connection.execute(query.order_by(_C.removed.desc(), _E.sequence))
    return [(rows.shown(row), row.removed_at) for row in found]


def names_of_removed(connection: sa.Connection, feed: str) -> set[str]:
    """The ids and guids of what ``feed`` carried and was ever taken back, and is not back."""
    query = sa.select(_E.id, _E.guid).join(carried, _C.entry == _E.sequence)
    found = connection.execute(query.where(_C.feed == feed, _C.removed.is_not(None)))
    return {name for row in found for name in row if name}
