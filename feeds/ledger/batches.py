"""Many rows, some at a time: a statement has room for so many values, and memory for so many rows.

Each batch is fetched as a whole, so that whoever gets it may write before asking for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, TypeVarTuple

import sqlalchemy as sa

from feeds.ledger.schema import entries

SIZE = 200
_Value = TypeVar("_Value", bound=str | int)
_Columns = TypeVarTuple("_Columns")


def batches(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """``values`` in their order, each once, SIZE at a time."""
    wanted = sorted(set(values))
    for start in range(0, len(wanted), SIZE):
        yield wanted[start : start + SIZE]


def matching(
    connection: sa.Connection,
    query: sa.Select[*_Columns],
    column: sa.ColumnElement[Any],
    values: Iterable[str],
) -> Iterator[sa.Row[*_Columns]]:
    """The rows of ``query`` whose ``column`` has one of ``values``, however many these are."""
    for batch in batches(values):
        yield from connection.execute(query.where(column.in_(batch))).all()


def by_arrival(
    connection: sa.Connection, query: sa.Select[*_Columns], start: int = 0
) -> Iterator[Sequence[sa.Row[*_Columns]]]:
    """The rows of ``query``, which selects entries, in the order in which these came in.

    Only those above the sequence ``start``.
    """
    query = query.order_by(entries.c.sequence).limit(SIZE)
    while found := connection.execute(query.where(entries.c.sequence > start)).all():
        yield found
        start = found[-1].sequence
