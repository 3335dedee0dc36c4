"""Stories that are held: kept out of the feeds until their page, or the time, lets them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVarTuple

import sqlalchemy as sa

from feeds.ledger.batches import matching
from feeds.ledger.schema import held, readings

_Columns = TypeVarTuple("_Columns")


class HeldStory(NamedTuple):
    """A story that is kept out: which problem it is, and why.

    ``until`` is the moment it may be tried again.
    """

    path: str
    line: int
    title: str
    why: str
    remedy: str
    until: datetime | None
    since: datetime
    code: str


def pages_to_try(connection: sa.Connection, now: datetime, *, everything: bool) -> list[str]:
    """The paths of pages with held stories to be tried again: those due by ``now``, or all."""
    query = _held(sa.select(held.c.path).distinct())
    if not everything:
        query = query.where(held.c.until <= now)
    return list(connection.scalars(query.order_by(held.c.path)))


def next_due(connection: sa.Connection) -> datetime | None:
    """The first moment at which a held story may be tried again; None if there is no such."""
    due: datetime | None = connection.scalar(_held(sa.select(sa.func.min(held.c.until))))
    return due


def of_page(connection: sa.Connection, path: str) -> list[HeldStory]:
    """The held stories of the page at ``path``."""
    return of_pages(connection, [path])


def of_pages(connection: sa.Connection, paths: Iterable[str]) -> list[HeldStory]:
    """The held stories of the pages at ``paths``."""
    found = matching(connection, sa.select(held), held.c.path, paths)
    return [HeldStory(*row) for row in found]


def everywhere(connection: sa.Connection) -> list[HeldStory]:
    """The held stories of all pages that are there, by path and line."""
    query = _held(sa.select(held)).order_by(held.c.path, held.c.line)
    return [HeldStory(*row) for row in connection.execute(query)]


def waiting(connection: sa.Connection, most: int) -> tuple[list[HeldStory], int]:
    """The held stories whose moment is known, the next ``most``; and how many there are."""
    is_known = held.c.until.is_not(None)
    query = _held(sa.select(held)).where(is_known)
    query = query.order_by(held.c.until.nulls_first(), held.c.path, held.c.line).limit(most)
    count = _held(sa.select(sa.func.count()).select_from(held)).where(is_known)
    return [HeldStory(*row) for row in connection.execute(query)], connection.scalar(count) or 0


def count(connection: sa.Connection) -> dict[str, int]:
    """How many stories are held on pages that are there, by the code of the problem."""
    counted = sa.select(held.c.code, sa.func.count()).group_by(held.c.code)
    return {row[0]: row[1] for row in connection.execute(_held(counted))}


def _held(query: sa.Select[*_Columns]) -> sa.Select[*_Columns]:
    """``query``, which selects held stories, for pages that are there: not among the few gone."""
    gone = sa.select(readings.c.path).where(
        readings.c.path == held.c.path, readings.c.missing_since.is_not(None)
    )
    return query.where(~gone.exists())


def release(connection: sa.Connection, title: str) -> None:
    """Forgets held stories under the headline ``title``."""
    connection.execute(sa.delete(held).where(held.c.title == title))
