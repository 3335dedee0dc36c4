"""Lists as they were last seen on each page: which headline stood beside which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from feeds.ledger import numbers
from feeds.ledger.batches import matching
from feeds.ledger.schema import entries, listed, readings
from feeds.model import EntryId


def of_pages(connection: sa.Connection, paths: Iterable[str]) -> list[tuple[str, EntryId]]:
    """The lists of the pages at ``paths``, line by line, newest first: which page, and entry."""
    query = sa.select(readings.c.path, listed.c.position, entries.c.id)
    query = query.join_from(readings, listed, listed.c.page == readings.c.number)
    query = query.join(entries, entries.c.sequence == listed.c.entry)
    found = sorted(tuple(row) for row in matching(connection, query, readings.c.path, paths))
    return [(path, EntryId(entry)) for path, _, entry in found]


def between(
    connection: sa.Connection, above: EntryId | None, below: EntryId | None, day: date | None
) -> list[tuple[str, EntryId]]:
    """The entries that stood between ``above`` and ``below`` in a list, alone, with its page.

    None is the end of a list, both can't be; or any day. Of a day, some may be of another one.
    """
    middle, upper, lower = listed, listed.alias(), listed.alias()
    query = sa.select(readings.c.path, entries.c.id)
    query = query.join_from(middle, entries, entries.c.sequence == middle.c.entry)
    query = query.join(readings, readings.c.number == middle.c.page)
    query = query.outerjoin(
        upper, (upper.c.page == middle.c.page) & (upper.c.position == middle.c.position - 1)
    ).outerjoin(
        lower, (lower.c.page == middle.c.page) & (lower.c.position == middle.c.position + 1)
    )
    for beside, name in ((upper.c.entry, above), (lower.c.entry, below)):
        query = query.where(beside == numbers.of_entry(name) if name else beside.is_(None))
    if day is not None:
        is_of_day = entries.c.stated.startswith(f'{{"iso":"{day.isoformat()}')
        query = query.where(is_of_day | entries.c.told.is_not(None))
    return [(row.path, EntryId(row.id)) for row in connection.execute(query)]


def pages_with(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages in whose lists ``entry_id`` was last seen."""
    query = sa.select(readings.c.path).join_from(
        listed, readings, readings.c.number == listed.c.page
    )
    query = query.where(listed.c.entry == numbers.of_entry(entry_id)).distinct()
    return list(connection.scalars(query.order_by(readings.c.path)))
