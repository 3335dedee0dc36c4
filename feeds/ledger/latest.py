"""Lists as they were last seen on each page: which headline stood beside which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from feeds.ledger.batches import matching
from feeds.ledger.schema import entries, listed
from feeds.model import EntryId


def of_pages(connection: sa.Connection, paths: Iterable[str]) -> list[tuple[str, EntryId]]:
    """The lists of the pages at ``paths``, line by line, newest first: which page, and entry."""
    query = sa.select(listed.c.path, listed.c.position, listed.c.entry)
    found = sorted(tuple(row) for row in matching(connection, query, listed.c.path, paths))
    return [(path, EntryId(entry)) for path, _, entry in found]


def between(
    connection: sa.Connection, above: EntryId | None, below: EntryId | None, day: date | None
) -> list[tuple[str, EntryId]]:
    """The entries that stood between ``above`` and ``below`` in a list, alone, with its page.

    None is the end of a list, both can't be; or any day. Of a day, some may be of another one.
    """
    middle, upper, lower = listed, listed.alias(), listed.alias()
    query = sa.select(middle.c.path, middle.c.entry).join(entries, entries.c.id == middle.c.entry)
    query = query.outerjoin(
        upper, (upper.c.path == middle.c.path) & (upper.c.position == middle.c.position - 1)
    ).outerjoin(
        lower, (lower.c.path == middle.c.path) & (lower.c.position == middle.c.position + 1)
    )
    query = query.where(upper.c.entry == above if above else upper.c.entry.is_(None))
    query = query.where(lower.c.entry == below if below else lower.c.entry.is_(None))
    if day is not None:
        is_of_day = entries.c.stated.startswith(f'{{"iso":"{day.isoformat()}')
        query = query.where(is_of_day | entries.c.told.is_not(None))
    return [(row.path, EntryId(row.entry)) for row in connection.execute(query)]


def pages_with(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages in whose lists ``entry_id`` was last seen."""
    query = sa.select(listed.c.path).where(listed.c.entry == entry_id).distinct()
    return list(connection.scalars(query.order_by(listed.c.path)))
