"""Entries as their pages tell them: the same pages always come to the same entries.

What was decided about an entry is laid over that, and is what ``shown`` has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import batches, rows
from feeds.ledger.schema import EMPTY, OVERLAID, aliases, entries, readings
from feeds.model import Entry, EntryId
from feeds.model.names import Fingerprints

_C = entries.c
_ALL = sa.select(entries)
_LAST_SIGNS = 12


class Told(NamedTuple):
    """An entry as its pages tell it, and as it is shown where that is something else.

    ``sequence`` counts entries as they came in; ``title_key`` is a fingerprint of its headline;
    ``revision`` is the one in which it came in.
    """

    sequence: int
    entry: Entry
    shown: Entry | None
    title_key: str
    revision: int

    @property
    def seen(self) -> Entry:
        """The entry as it is shown, unless it is hidden."""
        return self.shown or self.entry


def by_ids(connection: sa.Connection, ids: Iterable[EntryId]) -> Iterator[Told]:
    """The entries called ``ids``."""
    for row in batches.matching(connection, _ALL, _C.id, ids):
        shown = None if row.told is None else rows.shown(row)
        yield Told(row.sequence, rows.told(row), shown, row.title_key, row.revision)


def by_id(connection: sa.Connection, name: str) -> Entry | None:
    """The entry called ``name``, or that has it as its guid; None if there is none."""
    found = id_called(connection, name)
    return next(iter(by_ids(connection, [found]))).entry if found else None


def id_called(connection: sa.Connection, name: str) -> EntryId | None:
    """The id of the entry that is called ``name``, or has it as its guid; None if none is."""
    for column in (_C.id, _C.guid):
        query = sa.select(_C.id).where(column == name, column != EMPTY).order_by(_C.sequence)
        if found := connection.scalar(query):
            return EntryId(found)
    return None


def known_hashes(connection: sa.Connection, hashes: Iterable[str]) -> set[str]:
    """Those of ``hashes`` in which the id of an entry ends."""
    query = sa.select(_C.hash)
    return {row.hash for row in batches.matching(connection, query, _C.hash, hashes)}


def headed(connection: sa.Connection, keys: Iterable[str]) -> list[tuple[str, int, EntryId]]:
    """The entries under headlines of these fingerprints, oldest first: which, number and id."""
    query = sa.select(_C.title_key, _C.sequence, _C.id)
    found = batches.matching(connection, query, _C.title_key, keys)
    return sorted((tuple(row) for row in found), key=lambda row: row[1])


def under_headline_of(connection: sa.Connection, entry_id: EntryId) -> list[Entry]:
    """The other entries under the distinctive headline that ``entry_id`` has, or had."""
    own = sa.select(_C.title_key).where(_C.id == entry_id, _C.title_key != "").scalar_subquery()
    query = sa.select(entries).where(_C.title_key == own, _C.id != entry_id)
    return [rows.told(row) for row in connection.execute(query.order_by(_C.sequence))]


def by_url(connection: sa.Connection, url: str) -> list[Entry]:
    """The entries at the address ``url`` to the letter, oldest first."""
    query = sa.select(entries).where(_C.url == url).order_by(_C.sequence)
    return [rows.told(row) for row in connection.execute(query)]


def moments_between(
    connection: sa.Connection, first: datetime, last: datetime, ends: Collection[str] = ()
) -> list[tuple[datetime, EntryId]]:
    """The entries of the time from ``first`` to ``last``, in no order, with their moments.

    ``ends``: only those that have one of these among the last signs of their headlines, or may
    have one in that of their page, which is not what readers are shown.
    """
    query = sa.select(_C.ordered, _C.id).where(_C.ordered.between(first, last))
    if ends:
        beyond = sa.func.length(_C.title) - _LAST_SIGNS
        last_signs = sa.func.substr(_C.title, sa.case((beyond > 0, beyond + 1), else_=1))
        ended = (last_signs.contains(mark) for mark in ends)
        query = query.where(sa.or_(_C.told.is_not(None), *ended))
    return [(row.ordered, EntryId(row.id)) for row in connection.execute(query)]


def overlaid(connection: sa.Connection, besides: Iterable[EntryId]) -> dict[EntryId, Entry]:
    """All that readers are not shown as their pages tell it, and the entries called ``besides``.

    In the order in which they came in.
    """
    overlaid = connection.scalars(sa.select(_C.id).where(OVERLAID))
    found = sorted(by_ids(connection, {*overlaid, *besides}), key=lambda told: told.sequence)
    return {told.entry.id: told.entry for told in found}


def erased(connection: sa.Connection) -> list[Entry]:
    """The entries of which only a trace is left."""
    found = connection.execute(_ALL.where(_C.hidden != EMPTY, _C.trace != "[]"))
    return [rows.shown(row) for row in found]


def each(connection: sa.Connection) -> Iterator[Entry]:
    """All entries, in the order in which they came in."""
    for found in batches.by_arrival(connection, sa.select(entries)):
        yield from map(rows.told, found)


def updates(connection: sa.Connection, first: datetime, last: datetime) -> list[datetime]:
    """When entries were updated from ``first`` to ``last``, as readers are told it, in no order."""
    return list(connection.scalars(sa.select(_C.updated).where(_C.updated.between(first, last))))


def count(connection: sa.Connection) -> int:
    """How many entries there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(entries)) or 0


def set_fingerprints(
    connection: sa.Connection, entry_id: EntryId, fingerprints: Fingerprints
) -> None:
    """Stores other fingerprints of an entry whose words are the same."""
    values = fingerprints._asdict()
    connection.execute(sa.update(entries).where(_C.id == entry_id).values(**values))


class Pageless(NamedTuple):
    """An article that is still published, and a page of it that is gone, as is every other.

    ``returned`` is when that came back after it had been gone before.
    """

    path: str
    since: datetime
    title: str
    hash: str
    returned: datetime | None


def without_page(connection: sa.Connection, missed: datetime | None = None) -> list[Pageless]:
    """The published articles all of whose pages are gone, by the paths of these.

    With ``missed``, only pages that were missed at that moment.
    """
    gone = sa.select(readings.c.path, readings.c.missing_since, readings.c.returned)
    gone = gone.where(readings.c.missing_since.is_not(None))
    if missed is not None:
        gone = gone.where(readings.c.missing_since == missed)
    since = {row.path: (row.missing_since, row.returned) for row in connection.execute(gone)}
    other, there = aliases.alias(), readings.alias()
    elsewhere = (
        sa.select(other.c.value)
        .join(there, there.c.path == other.c.value)
        .where(
            other.c.kind == "page",
            other.c.entry == aliases.c.entry,
            there.c.missing_since.is_(None),
        )
    )
    query = (
        sa.select(aliases.c.value, _C.title, _C.hash)
        .join(entries, _C.sequence == aliases.c.entry)
        .where(aliases.c.kind == "page", ~elsewhere.exists(), _C.hidden == "")
    )
    found = batches.matching(connection, query, aliases.c.value, since)
    told = (
        Pageless(row.value, since[row.value][0], row.title, row.hash, since[row.value][1])
        for row in found
    )
    return sorted(told, key=lambda one: one[:4])
