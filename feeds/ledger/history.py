"""What became of each entry, line by line, for ``feeds log`` and ``feeds show``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import numbers
from feeds.ledger.schema import entries, history
from feeds.model import Change, EntryId

_ADD = sa.insert(history).values(entry=numbers.of_entry(sa.bindparam("_entry")))


class Happening(NamedTuple):
    """What became of an entry: which ``change``, and ``what`` there is to tell people of it."""

    entry: EntryId
    change: Change
    what: str


class Line(NamedTuple):
    """Something that happened to an entry in a revision. ``moment`` is in UTC."""

    entry: str
    title: str
    revision: int
    moment: datetime
    what: str


def add(
    connection: sa.Connection,
    happened: Iterable[Happening],
    revision: int,
    moment: datetime,
) -> None:
    """Adds what happened to entries in ``revision``, in order."""
    made = [
        {
            "_entry": one.entry,
            "change": one.change,
            "what": one.what,
            "revision": revision,
            "moment": moment,
        }
        for one in happened
    ]
    if made:
        connection.execute(_ADD, made)


def forget(connection: sa.Connection, entry_id: EntryId) -> None:
    """Deletes what was said of ``entry_id``: there may be words of it in it."""
    connection.execute(sa.delete(history).where(history.c.entry == numbers.of_entry(entry_id)))


def of_entry(connection: sa.Connection, entry_id: EntryId) -> list[Line]:
    """What happened to ``entry_id``, oldest first."""
    return _lines(connection, entries.c.id == entry_id)


def of_revision(connection: sa.Connection, number: int, most: int | None = None) -> list[Line]:
    """What happened in revision ``number``, in order: the first ``most``, or all."""
    return _lines(connection, history.c.revision == number, most)


def count_of_revision(connection: sa.Connection, number: int) -> int:
    """How much happened in revision ``number``."""
    query = sa.select(sa.func.count()).where(history.c.revision == number)
    return connection.scalar(query) or 0


def counts(
    connection: sa.Connection, numbers: Iterable[int], changes: Iterable[Change]
) -> dict[int, dict[str, int]]:
    """How many entries each of ``changes`` befell in each of the revisions ``numbers``.

    What befell none is left out.
    """
    columns = history.c
    query = (
        sa.select(columns.revision, columns.change, sa.func.count())
        .where(columns.revision.in_(list(numbers)), columns.change.in_(list(changes)))
        .group_by(columns.revision, columns.change)
        .order_by(columns.revision, columns.change)
    )
    found: dict[int, dict[str, int]] = {}
    for number, change, count in connection.execute(query):
        found.setdefault(number, {})[change] = count
    return found


def amended(connection: sa.Connection, entry_id: EntryId) -> str:
    """What last changed the words of ``entry_id``: "reworded", "enriched", empty for nothing."""
    query = (
        sa.select(history.c.change)
        .where(
            history.c.entry == numbers.of_entry(entry_id),
            history.c.change.in_(("reworded", "enriched")),
        )
        .order_by(history.c.sequence.desc())
        .limit(1)
    )
    return connection.scalar(query) or ""


def _lines(
    connection: sa.Connection, where: sa.ColumnElement[bool], most: int | None = None
) -> list[Line]:
    query = (
        sa.select(
            entries.c.id, entries.c.title, history.c.revision, history.c.moment, history.c.what
        )
        .join(entries, entries.c.sequence == history.c.entry)
        .where(where)
        .order_by(history.c.sequence)
        .limit(most)
    )
    return [Line(*row) for row in connection.execute(query)]
