"""Which entries readers are shown: those of a feed, one by its name, and what is gone.

All of them as decided, ``entries`` has them as their pages tell them. The app reads these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger import batches, rows
from feeds.ledger.schema import entries, members
from feeds.model import Entry, EntryId, Hidden, Kind, Tombstone

_C = entries.c
_SHOWN = _C.hidden == ""
_LIVE = _SHOWN & (_C.standing != "archived")
_ORDER = (_C.ordered.desc(), _C.rank, _C.id)
_OCCURRENCES = sa.select(
    _C.sequence,
    _C.id,
    _C.kind,
    _C.language,
    _C.categories,
    _C.entered,
    ((_C.standing == "live") & (_C.revision > 1)).label("is_arrival"),
    _C.hidden,
).where(_C.standing != "archived")


class Found(NamedTuple):
    """An entry by its name. ``keeper`` is the id of the one that it was merged into."""

    entry: Entry
    hidden: Hidden
    notice: str
    keeper: str | None
    objection: str


def by_hash(connection: sa.Connection, entry_hash: str) -> Found | None:
    """The entry whose id ends in ``entry_hash``; None if there is none."""
    row = connection.execute(sa.select(entries).where(_C.hash == entry_hash)).first()
    if row is None:
        return None
    return Found(rows.shown(row), row.hidden, row.notice, row.keeper, row.objection)


def by_id(connection: sa.Connection, entry_id: str) -> Found | None:
    """The entry called ``entry_id``; None if there is none."""
    found = connection.scalar(sa.select(_C.hash).where(_C.id == entry_id))
    return by_hash(connection, found) if found else None


def newest(connection: sa.Connection, start: int = 0) -> Iterator[Entry]:
    """All live entries in the order of ``selection.key``, fetched as far as they are asked for.

    The first ``start`` are left out.
    """
    query = sa.select(entries).where(_LIVE).order_by(*_ORDER)
    while found := connection.execute(query.limit(batches.SIZE).offset(start)).all():
        yield from map(rows.shown, found)
        start += batches.SIZE


def recent(connection: sa.Connection, period: timedelta, most: int) -> list[Entry]:
    """Entries that came in within ``period`` before the latest arrival, the newest ``most``.

    Those of the ledger's first revision, and of feeds that were taken over, are left out.
    """
    arrived = _SHOWN & (_C.standing == "live")
    latest = connection.execute(
        sa.select(_C.entered).where(arrived).order_by(_C.entered.desc()).limit(1)
    ).scalar()
    if latest is None:
        return []
    found = connection.execute(
        sa.select(entries)
        .where(_C.entered >= latest - period, _C.revision > 1, arrived)
        .order_by(*_ORDER)
        .limit(most)
    )
    return [rows.shown(row) for row in found]


def neighbours(
    connection: sa.Connection, entry: Entry, most: int
) -> tuple[list[Entry], list[Entry]]:
    """Up to ``most`` live entries each that come after ``entry`` in time and before it.

    The nearest first; none that the gate objects to.
    """
    ours = sa.select(entries).where(_LIVE, _C.objection == "")
    same = _C.ordered == entry.ordered
    beside = same & (_C.rank == entry.rank)
    is_newer = same & (_C.rank < entry.rank) | beside & (_C.id < entry.id)
    is_older = same & (_C.rank > entry.rank) | beside & (_C.id > entry.id)
    # the first comparison alone would do, but for the index, which wants the second
    newer = ours.where((_C.ordered > entry.ordered) | is_newer, _C.ordered >= entry.ordered)
    older = ours.where((_C.ordered < entry.ordered) | is_older, _C.ordered <= entry.ordered)
    backwards = (_C.ordered, sa.desc(_C.rank), sa.desc(_C.id))
    found = (newer.order_by(*backwards), older.order_by(*_ORDER))
    after, before = (
        [rows.shown(row) for row in connection.execute(query.limit(most))] for query in found
    )
    return after, before


def published_since(connection: sa.Connection, moment: datetime, most: int) -> list[Entry]:
    """The live entries that nobody objects to and that were published after ``moment``."""
    query = sa.select(entries).where(_LIVE, _C.objection == "", _C.published > moment)
    return [rows.shown(row) for row in connection.execute(query.order_by(*_ORDER).limit(most))]


def tombstones(connection: sa.Connection, most: int) -> list[tuple[Tombstone, Entry]]:
    """The ``most`` entries that went last, newest first, and what is left of each."""
    query = sa.select(entries).where(_C.hidden != "", _C.gone.is_not(None))
    found = connection.execute(query.order_by(_C.gone.desc(), _C.id).limit(most))
    return [(Tombstone(EntryId(row.id), row.gone, row.notice), rows.shown(row)) for row in found]


def hide(connection: sa.Connection, objections: dict[EntryId, str]) -> None:
    """Notes what the gate objects to in single entries; all else it has nothing against."""
    connection.execute(sa.update(entries).where(_C.objection != "").values(objection=""))
    for entry_id, why in objections.items():
        connection.execute(sa.update(entries).where(_C.id == entry_id).values(objection=why))


def objections(connection: sa.Connection) -> list[tuple[Entry, str]]:
    """The entries that the gate holds, and why."""
    query = sa.select(entries).where(_C.objection != "").order_by(*_ORDER)
    return [(rows.shown(row), row.objection) for row in connection.execute(query)]


def set_members(connection: sa.Connection, feed: str, ordered: Iterable[Entry]) -> None:
    """Stores which entries ``feed`` has, in their order."""
    connection.execute(sa.delete(members).where(members.c.feed == feed))
    made = [
        {"feed": feed, "position": position, "entry": entry.id}
        for position, entry in enumerate(ordered)
    ]
    if made:
        connection.execute(sa.insert(members), made)


def members_of(connection: sa.Connection, feed: str) -> list[Entry]:
    """The entries of ``feed`` as last published, in their order."""
    found = connection.execute(
        sa.select(entries)
        .join(members, members.c.entry == _C.id)
        .where(members.c.feed == feed)
        .order_by(members.c.position)
    )
    return [rows.shown(row) for row in found]


def filled(connection: sa.Connection) -> set[str]:
    """The names of all feeds that have members."""
    return set(connection.scalars(sa.select(members.c.feed).distinct()))


def moments_of(connection: sa.Connection, feed: str) -> list[datetime | None]:
    """When the entries of ``feed`` were published, in their order; None where that isn't known."""
    query = (
        sa.select(_C.published)
        .join(members, members.c.entry == _C.id)
        .where(members.c.feed == feed)
        .order_by(members.c.position)
    )
    return list(connection.scalars(query))


def hidden(connection: sa.Connection) -> set[str]:
    """The ids and guids of the entries that nobody is shown."""
    found = connection.execute(sa.select(_C.id, _C.guid).where(_C.hidden != ""))
    return {name for row in found for name in row if name}


def are_hidden(connection: sa.Connection, ids: Collection[EntryId]) -> bool:
    """Whether any of the entries called ``ids`` is hidden."""
    query = sa.select(_C.id).where(_C.hidden != "").limit(1)
    return any(True for _ in batches.matching(connection, query, _C.id, ids))


def shown(connection: sa.Connection, ids: Collection[EntryId]) -> list[Entry]:
    """The entries called ``ids``, without those that are hidden."""
    query = sa.select(entries).where(_SHOWN)
    return [rows.shown(row) for row in batches.matching(connection, query, _C.id, ids)]


def public(
    connection: sa.Connection, ids: Collection[EntryId] | None = None
) -> dict[EntryId, Entry]:
    """The entries of all feeds as they are now; with ``ids``, those of them that are called so."""
    query = sa.select(entries).where(_C.id.in_(sa.select(members.c.entry)))
    found = (
        connection.execute(query)
        if ids is None
        else batches.matching(connection, query, _C.id, ids)
    )
    return {EntryId(row.id): rows.shown(row) for row in found}


class Occurrence(NamedTuple):
    """What of a live entry decides about sections. ``categories`` is a list in JSON.

    ``sequence`` counts entries as they came in; ``is_arrival``: not what the ledger began with.
    """

    sequence: int
    id: EntryId
    kind: Kind
    language: str | None
    categories: str
    entered: datetime
    is_arrival: bool
    hidden: Hidden


def occurrences(connection: sa.Connection) -> Iterator[Occurrence]:
    """All entries but those for the archive alone, in the order of ``selection.key``."""
    for row in connection.execute(_OCCURRENCES.order_by(*_ORDER)):
        yield Occurrence(*row)


def occurrences_of(connection: sa.Connection, ids: Collection[EntryId]) -> list[Occurrence]:
    """The same of the entries called ``ids``, in the order in which they came in."""
    return sorted(
        Occurrence(*row) for row in batches.matching(connection, _OCCURRENCES, _C.id, ids)
    )


def feeds_with(connection: sa.Connection, ids: Collection[EntryId]) -> set[str]:
    """The names of the feeds that have any of ``ids``."""
    query = sa.select(members.c.feed).distinct()
    return {row.feed for row in batches.matching(connection, query, members.c.entry, ids)}
