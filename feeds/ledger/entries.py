"""Entries as their pages tell them: the same pages always come to the same entries.

What was decided about an entry is laid over that, and is what ``shown`` has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import batches, rows
from feeds.ledger.schema import aliases, entries, readings
from feeds.model import Entry, EntryId, hash_of
from feeds.model.names import Fingerprints

_C = entries.c


def by_id(connection: sa.Connection, entry_id: str) -> Entry | None:
    """The entry called ``entry_id``, or that has it as its guid; None if there is none."""
    query = sa.select(entries).where((_C.id == entry_id) | (_C.guid == entry_id))
    row = connection.execute(query.order_by(_C.guid)).first()
    return rows.told(row) if row else None


def by_title_key(connection: sa.Connection, keys: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries under headlines of these fingerprints, oldest first, by fingerprint."""
    query = sa.select(entries).order_by(_C.sequence)
    found: dict[str, list[Entry]] = {}
    for row in batches.matching(connection, query, _C.title_key, keys):
        found.setdefault(row.title_key, []).append(rows.told(row))
    return found


def under_headline_of(connection: sa.Connection, entry_id: EntryId) -> list[Entry]:
    """The other entries under the distinctive headline that ``entry_id`` has, or had."""
    own = sa.select(_C.title_key).where(_C.id == entry_id, _C.title_key != "").scalar_subquery()
    query = sa.select(entries).where(_C.title_key == own, _C.id != entry_id)
    return [rows.told(row) for row in connection.execute(query.order_by(_C.sequence))]


def by_url(connection: sa.Connection, url: str) -> list[Entry]:
    """The entries at the address ``url`` to the letter, oldest first."""
    query = sa.select(entries).where(_C.url == url).order_by(_C.sequence)
    return [rows.told(row) for row in connection.execute(query)]


def between(
    connection: sa.Connection, first: datetime, last: datetime, *, cut: bool = False
) -> list[Entry]:
    """The entries of the time from ``first`` to ``last``, oldest first.

    ``cut``: only those whose headlines end in an ellipsis.
    """
    query = sa.select(entries).where(_C.ordered.between(first, last)).order_by(_C.sequence)
    if cut:
        query = query.where(_C.title.endswith("…") | _C.title.endswith("..."))
    return [rows.told(row) for row in connection.execute(query)]


def overlaid(connection: sa.Connection, besides: Iterable[EntryId]) -> dict[EntryId, Entry]:
    """All that readers are not shown as their pages tell it, and the entries called ``besides``."""
    where = _C.told.is_not(None) | _C.withdrawn | (_C.hidden != "") | _C.id.in_(list(besides))
    found = connection.execute(sa.select(entries).where(where))
    return {EntryId(row.id): rows.told(row) for row in found}


def erased(connection: sa.Connection) -> list[Entry]:
    """The entries of which only a trace is left."""
    found = connection.execute(sa.select(entries).where(_C.trace != "[]"))
    return [rows.shown(row) for row in found]


def each(connection: sa.Connection) -> Iterator[Entry]:
    """All entries, in the order in which they came in."""
    for found in batches.by_arrival(connection, sa.select(entries)):
        yield from map(rows.told, found)


def updates(connection: sa.Connection) -> list[datetime]:
    """When each entry was updated, as readers are told it, in no order."""
    return list(connection.scalars(sa.select(_C.updated)))


def count(connection: sa.Connection) -> int:
    """How many entries there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(entries)) or 0


def exists(connection: sa.Connection, entry_id: EntryId) -> bool:
    """Whether ``entry_id`` was minted before."""
    # by hash, since story pages are found by it: it must be unique across authorities too
    return connection.scalar(sa.select(_C.id).where(_C.hash == hash_of(entry_id))) is not None


def add(
    connection: sa.Connection, entry: Entry, fingerprints: Fingerprints | None, revision: int
) -> None:
    """Stores an entry that is new."""
    values = {**rows.values(entry), **_columns(fingerprints), "revision": revision}
    connection.execute(sa.insert(entries), values)


def replace(connection: sa.Connection, entry: Entry, fingerprints: Fingerprints | None) -> None:
    """Stores ``entry``, as its pages tell it now, in place of the one with its id.

    What was decided about it stays above it; without ``fingerprints``, it keeps those it has.
    """
    where = _C.id == entry.id
    printed = _columns(fingerprints)
    told = {"told": rows.json(entry), **printed, "withdrawn": entry.withdrawn}
    beneath = sa.update(entries).where(where, _C.told.is_not(None)).values(**told)
    if not connection.execute(beneath).rowcount:
        values = {**rows.values(entry), **printed}
        connection.execute(sa.update(entries).where(where).values(**values))


def set_fingerprints(
    connection: sa.Connection, entry_id: EntryId, fingerprints: Fingerprints
) -> None:
    """Stores other fingerprints of an entry whose words are the same."""
    values = fingerprints._asdict()
    connection.execute(sa.update(entries).where(_C.id == entry_id).values(**values))


def _columns(fingerprints: Fingerprints | None) -> dict[str, str]:
    return fingerprints._asdict() if fingerprints else {}


class Pageless(NamedTuple):
    """An article that is still published, and a page of it that is gone, as is every other."""

    path: str
    since: datetime
    title: str
    hash: str


def without_page(connection: sa.Connection, missed: datetime | None = None) -> list[Pageless]:
    """The published articles all of whose pages are gone, by the paths of these.

    With ``missed``, only pages that were missed at that moment.
    """
    gone = sa.select(readings.c.path, readings.c.missing_since)
    gone = gone.where(readings.c.missing_since.is_not(None))
    if missed is not None:
        gone = gone.where(readings.c.missing_since == missed)
    since = {row.path: row.missing_since for row in connection.execute(gone)}
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
        .join(entries, _C.id == aliases.c.entry)
        .where(aliases.c.kind == "page", ~elsewhere.exists(), _C.hidden == "")
    )
    found = batches.matching(connection, query, aliases.c.value, since)
    return sorted(Pageless(path, since[path], title, name) for path, title, name in found)
