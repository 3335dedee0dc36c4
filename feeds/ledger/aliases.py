"""Aliases: by what names each entry is known. A name leads to one entry, and may move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVarTuple

import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.batches import matching
from feeds.ledger.schema import aliases, entries
from feeds.model import Entry, EntryId
from feeds.model.names import Alias

_Columns = TypeVarTuple("_Columns")


def entries_named(connection: sa.Connection, names: Iterable[Alias]) -> dict[Alias, Entry]:
    """The entries that ``names`` lead to, as their pages tell them; the others are left out."""
    query = sa.select(entries, aliases.c.kind, aliases.c.value)
    query = query.join(aliases, aliases.c.entry == entries.c.sequence)
    return {alias: rows.told(row) for alias, row in _found(connection, query, names)}


def ids_named(connection: sa.Connection, names: Iterable[Alias]) -> dict[Alias, EntryId]:
    """The ids of the entries that ``names`` lead to, and nothing else of them."""
    query = _with_ids(sa.select(aliases.c.value, entries.c.id))
    return {alias: EntryId(row.id) for alias, row in _found(connection, query, names)}


def _found(
    connection: sa.Connection, query: sa.Select[*tuple[Any, ...]], names: Iterable[Alias]
) -> Iterator[tuple[Alias, sa.Row[*tuple[Any, ...]]]]:
    by_kind: dict[str, list[str]] = {}
    for alias in names:
        by_kind.setdefault(alias.kind, []).append(alias.value)
    for kind, values in by_kind.items():
        of_kind = query.where(aliases.c.kind == kind)
        for row in matching(connection, of_kind, aliases.c.value, values):
            yield Alias(kind, row.value), row


def pages_of_all(
    connection: sa.Connection, ids: Iterable[EntryId]
) -> Iterator[tuple[EntryId, str]]:
    """The pages whose article is one of ``ids``: the id of each, and the path."""
    query = _with_ids(sa.select(entries.c.id, aliases.c.value)).where(aliases.c.kind == "page")
    for row in matching(connection, query, entries.c.id, ids):
        yield EntryId(row.id), row.value


def of_entry(connection: sa.Connection, entry_id: EntryId) -> list[Alias]:
    """All names of ``entry_id``."""
    query = _with_ids(sa.select(aliases.c.kind, aliases.c.value)).where(entries.c.id == entry_id)
    return [Alias(*row) for row in connection.execute(query.order_by(aliases.c.kind))]


def of_all(connection: sa.Connection, ids: Iterable[EntryId]) -> frozenset[Alias]:
    """All names of the entries called ``ids``."""
    return frozenset(name for entry_id in ids for name in of_entry(connection, entry_id))


def pages_of(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages whose article ``entry_id`` is."""
    query = _with_ids(sa.select(aliases.c.value))
    query = query.where(aliases.c.kind == "page", entries.c.id == entry_id)
    return list(connection.scalars(query.order_by(aliases.c.value)))


def _with_ids(query: sa.Select[*_Columns]) -> sa.Select[*_Columns]:
    return query.join_from(aliases, entries, entries.c.sequence == aliases.c.entry)
