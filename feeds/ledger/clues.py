"""By what it can be told which secret pages to look at: numbers, for each page some.

Those of a page are of its reading as it was when ``clued`` was noted with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import sqlalchemy as sa

from feeds.ledger import numbers
from feeds.ledger.batches import batches, matching
from feeds.ledger.schema import clues, readings

_FORGET = sa.delete(clues).where(clues.c.page == numbers.of_page(sa.bindparam("_path")))
_CLUED = sa.update(readings).where(readings.c.path == sa.bindparam("_path")).values(clued=True)


def forget(connection: sa.Connection, paths: Iterable[str]) -> None:
    """Deletes the clues to the pages at ``paths``."""
    if values := [{"_path": path} for path in paths]:
        connection.execute(_FORGET, values)


def forget_all(connection: sa.Connection) -> None:
    """Has ``wanting`` tell all secret pages."""
    known = sa.update(readings).where(readings.c.secret, readings.c.clued)
    connection.execute(known.values(clued=False))


def wanting(connection: sa.Connection) -> Iterator[list[str]]:
    """The secret pages to which there are no clues as they are read now, some at a time."""
    query = sa.select(readings.c.path).where(readings.c.secret, ~readings.c.clued)
    yield from batches(connection.scalars(query).all())


def save(connection: sa.Connection, found: Mapping[str, Collection[int]]) -> None:
    """Stores the clues to pages, by their paths, in place of those that there were."""
    forget(connection, found)
    query = sa.select(readings.c.path, readings.c.number)
    pages = {row.path: row.number for row in matching(connection, query, readings.c.path, found)}
    values = sorted((clue, pages[path]) for path, some in found.items() for clue in some)
    if values:
        connection.execute(
            sa.insert(clues), [{"clue": clue, "page": number} for clue, number in values]
        )
    if found:
        connection.execute(_CLUED, [{"_path": path} for path in found])


def pages(connection: sa.Connection, wanted: Iterable[int]) -> set[str]:
    """The paths of the pages to which any of the clues ``wanted`` leads."""
    query = sa.select(readings.c.path)
    query = query.join_from(clues, readings, clues.c.page == readings.c.number)
    found = set[str]()
    for some in batches(wanted):
        found |= set(connection.scalars(query.where(clues.c.clue.in_(some))))
    return found
