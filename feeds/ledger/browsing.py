"""Entries for people to look through, hidden ones included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import batches, rows
from feeds.ledger.schema import entries, readings
from feeds.model import Entry, EntryId

_C = entries.c


class Whole(NamedTuple):
    """Everything that the ledger has of one entry: as it is shown, and as its pages tell it.

    ``gone`` is since when it is hidden, ``keeper`` what it was merged into, ``revision`` the
    one in which it entered.
    """

    shown: Entry
    told: Entry
    gone: datetime | None
    notice: str
    keeper: EntryId | None
    objection: str
    revision: int


def newest(
    connection: sa.Connection, wanted: Callable[[str], bool], most: int, *, hidden: bool
) -> tuple[list[Entry], int]:
    """The newest ``most`` entries whose headline is ``wanted``, and how many there are in all.

    ``hidden``: only those that readers are not shown.
    """
    query = sa.select(_C.id, _C.title).order_by(_C.ordered.desc(), _C.rank, _C.id)
    if hidden:
        query = query.where(_C.hidden != "")
    found = [EntryId(row.id) for row in connection.execute(query) if wanted(row.title)]
    chosen = found[:most]
    matching = batches.matching(connection, sa.select(entries), _C.id, chosen)
    fetched = {EntryId(row.id): rows.shown(row) for row in matching}
    return [fetched[entry_id] for entry_id in chosen], len(found)


def whole(connection: sa.Connection, entry_id: EntryId) -> Whole:
    """All that there is of the entry called ``entry_id``, which exists."""
    row = connection.execute(sa.select(entries).where(_C.id == entry_id)).one()
    return Whole(
        rows.shown(row),
        rows.told(row),
        row.gone,
        row.notice,
        row.keeper,
        row.objection,
        row.revision,
    )


def missing(connection: sa.Connection, path: str) -> datetime | None:
    """Since when the page at ``path`` is gone; None if it is there, or was never read."""
    query = sa.select(readings.c.missing_since).where(readings.c.path == path)
    since: datetime | None = connection.scalar(query)
    return since


def titles(connection: sa.Connection, ids: set[EntryId]) -> dict[str, str]:
    """The headlines of the entries in ``ids``, by id."""
    query = sa.select(_C.id, _C.title)
    return {row.id: row.title for row in batches.matching(connection, query, _C.id, ids)}
