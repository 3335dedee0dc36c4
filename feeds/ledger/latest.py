"""Lists as they were last seen on each page: which headline stood beside which."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.schema import entries, listed
from feeds.model import Entry, EntryId


def save(connection: sa.Connection, path: str, ordered: Sequence[EntryId]) -> None:
    """Stores the list of the page at ``path``, newest first."""
    known = connection.scalars(
        sa.select(listed.c.entry).where(listed.c.path == path).order_by(listed.c.position)
    )
    if list(known) == list(ordered):
        return
    connection.execute(sa.delete(listed).where(listed.c.path == path))
    made = [
        {"path": path, "position": number, "entry": entry}
        for number, entry in enumerate(ordered, start=1)
    ]
    if made:
        connection.execute(sa.insert(listed), made)


def between(connection: sa.Connection, above: EntryId | None, below: EntryId | None) -> list[Entry]:
    """The entries that stood between ``above`` and ``below`` in some list, alone.

    None is the end of a list; both can't be.
    """
    if above is None and below is None:
        return []
    middle, upper, lower = listed, listed.alias(), listed.alias()
    query = sa.select(entries).distinct().join(middle, middle.c.entry == entries.c.id)
    query = query.outerjoin(
        upper, (upper.c.path == middle.c.path) & (upper.c.position == middle.c.position - 1)
    ).outerjoin(
        lower, (lower.c.path == middle.c.path) & (lower.c.position == middle.c.position + 1)
    )
    query = query.where(upper.c.entry == above if above else upper.c.entry.is_(None))
    query = query.where(lower.c.entry == below if below else lower.c.entry.is_(None))
    return [rows.told(row) for row in connection.execute(query.order_by(entries.c.sequence))]


def pages_with(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages in whose lists ``entry_id`` was last seen."""
    query = sa.select(listed.c.path).where(listed.c.entry == entry_id).distinct()
    return list(connection.scalars(query.order_by(listed.c.path)))
