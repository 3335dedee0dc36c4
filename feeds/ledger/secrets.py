"""Secrets in the ledger: the pages whose articles have words that readers must not see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger.batches import matching
from feeds.ledger.schema import readings
from feeds.model import Reading

_PAGES = (
    sa.select(readings.c.path, readings.c.reading, readings.c.failure.is_not(None))
    .where(readings.c.reading.is_not(None))
    .order_by(readings.c.path)
)


class Secretive(NamedTuple):
    """A page whose article has words that readers must not see.

    ``is_refused``: nothing could be made of what the page says by now.
    """

    path: str
    reading: Reading
    is_refused: bool


def are_more_than(connection: sa.Connection, number: int) -> bool:
    """Whether there are more than so many pages with words that readers must not see."""
    query = sa.select(readings.c.path).where(readings.c.secret).limit(1).offset(number)
    return connection.scalar(query) is not None


def paths(connection: sa.Connection) -> list[str]:
    """The paths of all pages with words that readers must not see."""
    query = sa.select(readings.c.path).where(readings.c.secret).order_by(readings.c.path)
    return list(connection.scalars(query))


def load(connection: sa.Connection, paths: Iterable[str] | None = None) -> list[Secretive]:
    """The pages whose articles have words that readers must not see, by path.

    With ``paths``, those of them that are there.
    """
    columns = readings.c
    other = readings.alias()
    is_renamed = sa.and_(  # what nothing could be made of is there under another name
        columns.failure.is_not(None),
        columns.sha256.in_(
            sa.select(other.c.sha256).where(
                other.c.failure.is_not(None), other.c.missing_since.is_(None)
            )
        ),
    )
    is_there = sa.or_(columns.missing_since.is_(None), is_renamed)
    query = _PAGES.where(columns.secret, is_there)
    found = (
        connection.execute(query)
        if paths is None
        else matching(connection, query, columns.path, paths)  # which are asked for in order
    )
    return [_secretive(row) for row in found]


def load_any(connection: sa.Connection, paths: Iterable[str]) -> list[Secretive]:
    """Those of the pages at ``paths`` that were ever read, be they secret or not, there or gone."""
    return [_secretive(row) for row in matching(connection, _PAGES, readings.c.path, paths)]


def _secretive(row: Any) -> Secretive:
    path, text, is_refused = row
    return Secretive(path, msgspec.json.decode(text, type=Reading), bool(is_refused))
