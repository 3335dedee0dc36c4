"""Lists as they were last seen on each page: which headline stood beside which."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from feeds.ledger.batches import matching
from feeds.ledger.schema import listed
from feeds.model import EntryId


def of_pages(connection: sa.Connection, paths: Iterable[str]) -> list[tuple[str, EntryId]]:
    """The lists of the pages at ``paths``, line by line, newest first: which page, and entry."""
    query = sa.select(listed.c.path, listed.c.position, listed.c.entry)
    found = sorted(tuple(row) for row in matching(connection, query, listed.c.path, paths))
    return [(path, EntryId(entry)) for path, _, entry in found]


def pages_with(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages in whose lists ``entry_id`` was last seen."""
    query = sa.select(listed.c.path).where(listed.c.entry == entry_id).distinct()
    return list(connection.scalars(query.order_by(listed.c.path)))
