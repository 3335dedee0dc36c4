"""Entries as readers are shown them, or would be: with all that was decided laid over them.

``entries`` has them as their pages tell them. Of all entries, the app reads these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import aliases, rows
from feeds.ledger.batches import SIZE, batches, matching
from feeds.ledger.schema import EMPTY, entries
from feeds.model import Entry, EntryId, Hidden, Kind, Tombstone
from feeds.model.names import Alias
from feeds.model.problem import Problem

_C = entries.c
_SHOWN = _C.hidden == EMPTY
_HIDDEN = _C.hidden != EMPTY
_ALIVE: sa.ColumnElement[str] = sa.literal_column("'live'")
_LIVE = _SHOWN & (_C.standing != sa.literal_column("'archived'"))
_PUBLIC = _LIVE & (_C.objection == EMPTY)
_ARRIVAL = (_C.standing == "live") & (_C.revision > 1)
_ORDER = (_C.ordered.desc(), _C.rank, _C.id)
_OCCURRENCES = sa.select(
    _C.sequence,
    _C.id,
    _C.kind,
    _C.language,
    _C.categories,
    _C.authors,
    _C.entered,
    _ARRIVAL.label("is_arrival"),
    _C.hidden,
).where(_C.standing != "archived")


class State(NamedTuple):
    """An entry as it is shown, and why it is not. ``told`` is what its pages tell, if not that.

    ``gone`` is since when it is hidden, ``keeper`` what it was merged into, ``objection`` the
    gate's; ``revision`` is the one in which it entered.
    """

    entry: Entry
    told: Entry | None
    gone: datetime | None
    notice: str
    keeper: EntryId | None
    objection: Problem | None
    revision: int


def _state(row: sa.Row[*tuple[Any, ...]]) -> State:
    return State(
        rows.shown(row),
        None if row.told is None else rows.told(row),
        row.gone,
        row.notice,
        row.keeper,
        msgspec.json.decode(row.objection, type=Problem) if row.objection else None,
        row.revision,
    )


def by_hash(connection: sa.Connection, entry_hash: str) -> State | None:
    """The entry whose id ends in ``entry_hash``, hidden or not; None if there is none."""
    row = connection.execute(sa.select(entries).where(_C.hash == entry_hash)).first()
    return _state(row) if row else None


def by_ids(connection: sa.Connection, ids: Iterable[EntryId]) -> dict[EntryId, State]:
    """The entries called ``ids``, hidden or not."""
    found = matching(connection, sa.select(entries), _C.id, ids)
    return {EntryId(row.id): _state(row) for row in found}


def in_order(connection: sa.Connection, ids: Sequence[EntryId]) -> list[Entry]:
    """The entries called ``ids``, hidden or not, in the order of ``ids``."""
    found = by_ids(connection, ids)
    return [found[entry_id].entry for entry_id in ids]


def put(connection: sa.Connection, state: State) -> None:
    """Stores how an entry is shown from now on; its objection and its revision stay."""
    values = {
        **rows.values(state.entry),
        "told": rows.json(state.told) if state.told else None,
        "gone": state.gone,
        "notice": state.notice,
        "keeper": state.keeper,
    }
    connection.execute(sa.update(entries).where(_C.id == state.entry.id).values(**values))


def by_name(
    connection: sa.Connection, name: str, entry_hash: str, alias: Alias | None
) -> list[Entry]:
    """The entries whose id, guid or hash is ``name``, hidden or not.

    If there are none, those at the address ``name``, or with that ``entry_hash``; if there are none
    of these either, the one that ``alias`` leads to, as its pages tell it.
    """
    for wanted in (
        (_C.id == name, _C.guid == name, _C.hash == name.lower()),
        (_C.url == name, _C.hash == entry_hash),
    ):
        # each by an index of its own
        ids = sa.union(*(sa.select(_C.sequence).where(where) for where in wanted))
        query = sa.select(entries).where(_C.sequence.in_(ids)).order_by(_C.sequence)
        if found := connection.execute(query).all():
            return [rows.shown(row) for row in found]
    return list(aliases.entries_named(connection, [alias]).values()) if alias else []


class Name(NamedTuple):
    """An entry by the names that documents have for it."""

    id: EntryId
    guid: str
    hash: str
    hidden: Hidden


def named(connection: sa.Connection, names: Collection[str]) -> dict[str, Name]:
    """The entries that documents call one of ``names``: by their ids or guids, hidden or not."""
    query = sa.select(_C.id, _C.guid, _C.hash, _C.hidden)
    found = [Name(*row) for row in matching(connection, query, _C.id, names)]
    given = [Name(*row) for row in matching(connection, query.where(_C.guid != ""), _C.guid, names)]
    return {name.id: name for name in found} | {name.guid: name for name in given}


def hidden_names(connection: sa.Connection) -> set[str]:
    """The ids and guids of the entries that nobody is shown."""
    found = connection.execute(sa.select(_C.id, _C.guid).where(_HIDDEN))
    return {name for row in found for name in row if name}


def any_hidden(connection: sa.Connection, ids: Collection[EntryId]) -> bool:
    """Whether any of the entries called ``ids`` is hidden."""
    query = sa.select(_C.id).where(_HIDDEN).limit(1)
    return any(True for _ in matching(connection, query, _C.id, ids))


def unhidden(connection: sa.Connection, ids: Iterable[EntryId]) -> list[Entry]:
    """The entries called ``ids``, without those that are hidden, by id."""
    return [entry for some in unhidden_some(connection, ids) for entry in some]


def unhidden_some(connection: sa.Connection, ids: Iterable[EntryId]) -> Iterator[list[Entry]]:
    """The same, some at a time, for there may be more of them than there is room for."""
    query = sa.select(entries).where(_SHOWN)
    for batch in batches(ids):
        yield [rows.shown(row) for row in matching(connection, query, _C.id, batch)]


def newest(connection: sa.Connection, start: int = 0) -> Iterator[Entry]:
    """All live entries in the order of a feed, fetched as far as they are asked for.

    The first ``start`` are left out.
    """
    query = sa.select(entries).where(_LIVE).order_by(*_ORDER).limit(SIZE)
    while found := connection.execute(query.offset(start)).all():
        yield from map(rows.shown, found)
        start += SIZE


def recent(connection: sa.Connection, period: timedelta, most: int) -> list[Entry]:
    """Entries that came in within ``period`` before the latest arrival, the newest ``most``.

    Those of the ledger's first revision, and of feeds that were taken over, are left out.
    """
    arrived = _SHOWN & (_C.standing == _ALIVE)
    latest = connection.execute(
        sa.select(_C.entered).where(arrived).order_by(_C.entered.desc()).limit(1)
    ).scalar()
    if latest is None:
        return []
    # sorted here: for an order, SQLite goes through all entries in it until there are enough
    query = sa.select(_C.ordered, _C.rank, _C.id).where(_C.entered >= latest - period, arrived)
    came = sorted(connection.execute(query.where(_C.revision > 1)), key=lambda row: row[1:])
    came.sort(key=lambda row: row.ordered, reverse=True)
    return in_order(connection, [EntryId(row.id) for row in came[:most]])


def neighbours(
    connection: sa.Connection, entry: Entry, most: int
) -> tuple[list[Entry], list[Entry]]:
    """Up to ``most`` live entries each that come after ``entry`` in time and before it.

    The nearest first; none that the gate objects to.
    """
    asked = {"ordered": entry.ordered, "rank": entry.rank, "id": entry.id, "most": most}
    after, before = (
        [rows.shown(row) for row in connection.execute(query, asked)] for query in _beside_one()
    )
    return after, before


@cache
def _beside_one() -> tuple[sa.Select[tuple[Any, ...]], sa.Select[tuple[Any, ...]]]:
    """What finds the neighbours of an entry, after it and before: each story's page asks."""
    ordered = sa.bindparam("ordered", type_=_C.ordered.type)
    rank, entry_id = sa.bindparam("rank", type_=_C.rank.type), sa.bindparam("id", type_=_C.id.type)
    ours = sa.select(entries).where(_PUBLIC).limit(sa.bindparam("most", type_=sa.Integer))
    same = _C.ordered == ordered
    beside = same & (_C.rank == rank)
    is_newer = same & (_C.rank < rank) | beside & (_C.id < entry_id)
    is_older = same & (_C.rank > rank) | beside & (_C.id > entry_id)
    # the first comparison alone would do, but for the index, which wants the second
    newer = ours.where((_C.ordered > ordered) | is_newer, _C.ordered >= ordered)
    older = ours.where((_C.ordered < ordered) | is_older, _C.ordered <= ordered)
    backwards = (_C.ordered, sa.desc(_C.rank), sa.desc(_C.id))
    return newer.order_by(*backwards), older.order_by(*_ORDER)


class Beside(NamedTuple):
    """An entry near another in time. ``is_public``: pages of others may lead to it."""

    entry: Entry
    is_public: bool


def beside(
    connection: sa.Connection, entry: Entry, most: int
) -> Iterator[tuple[list[Beside], bool]]:
    """Up to ``most`` entries that aren't hidden, after ``entry`` in time, then before it.

    The nearest first, and whether these are all. Those for the archive alone are among them, and
    what the gate objects to.
    """
    # rank and id only order what is of the same moment, which is read as a whole
    query = sa.select(entries).where(_SHOWN, _C.id != entry.id).limit(most)
    after = query.where(_C.ordered >= entry.ordered).order_by(_C.ordered)
    before = query.where(_C.ordered <= entry.ordered).order_by(_C.ordered.desc())
    for one, sign in ((after, -1), (before, 1)):
        found = connection.execute(one).all()
        some = [row for row in found if _is_on_side(row, entry, sign)]
        some.sort(key=lambda row: row.id, reverse=sign < 0)
        some.sort(key=lambda row: (-sign * row.ordered.timestamp(), sign * row.rank))
        yield [Beside(rows.shown(row), _is_public(row)) for row in some], len(found) < most


def _is_on_side(row: sa.Row[*tuple[Any, ...]], entry: Entry, sign: int) -> bool:
    """Whether ``row`` stands behind ``entry`` in the order of a feed (sign 1), or before it."""
    there, here = (row.ordered, -row.rank, row.id), (entry.ordered, -entry.rank, entry.id)
    if there[:2] != here[:2]:
        return bool(there[:2] < here[:2]) == (sign > 0)
    return bool(row.id > entry.id) == (sign > 0)


def _is_public(row: sa.Row[*tuple[Any, ...]]) -> bool:
    return bool(row.standing != "archived" and not row.objection)


def published_since(connection: sa.Connection, moment: datetime, most: int) -> list[Entry]:
    """The live entries that nobody objects to and that were published after ``moment``."""
    query = sa.select(entries).where(_PUBLIC, _C.published > moment)
    return [rows.shown(row) for row in connection.execute(query.order_by(*_ORDER).limit(most))]


def tombstones(connection: sa.Connection, most: int) -> list[tuple[Tombstone, Entry]]:
    """The ``most`` entries that went last, newest first, and what is left of each."""
    query = sa.select(entries).where(_HIDDEN, _C.gone.is_not(None))
    found = connection.execute(query.order_by(_C.gone.desc(), _C.id).limit(most))
    return [(Tombstone(EntryId(row.id), row.gone, row.notice), rows.shown(row)) for row in found]


def set_objections(connection: sa.Connection, objections: Mapping[EntryId, Problem]) -> None:
    """Stores what the gate objects to in single entries; all else it has nothing against."""
    found = connection.execute(sa.select(_C.id, _C.objection).where(_C.objection != EMPTY))
    before = {row.id: row.objection for row in found}
    after = {name: msgspec.json.encode(why).decode() for name, why in objections.items()}
    changed = [
        {"_id": name, "_objection": after.get(name, "")}
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]
    if changed:
        update = sa.update(entries).where(_C.id == sa.bindparam("_id"))
        connection.execute(update.values(objection=sa.bindparam("_objection")), changed)


def objected(connection: sa.Connection, ids: Collection[EntryId]) -> set[EntryId]:
    """Those of the entries with these ids that the gate keeps out."""
    found = matching(connection, sa.select(_C.id).where(_C.objection != EMPTY), _C.id, ids)
    return {row.id for row in found}


def objections(connection: sa.Connection) -> list[tuple[Entry, Problem]]:
    """The entries that the gate holds, and why."""
    query = sa.select(entries).where(_C.objection != EMPTY).order_by(*_ORDER)
    return [
        (rows.shown(row), msgspec.json.decode(row.objection, type=Problem))
        for row in connection.execute(query)
    ]


def count_objections(connection: sa.Connection) -> int:
    """How many entries the gate holds."""
    query = sa.select(sa.func.count()).select_from(entries).where(_C.objection != EMPTY)
    return connection.scalar(query) or 0


class Occurrence(NamedTuple):
    """What of a live entry decides about sections; ``categories``, ``authors`` are lists in JSON.

    ``sequence`` counts entries as they came in; ``is_arrival``: not what the ledger began with.
    """

    sequence: int
    id: EntryId
    kind: Kind
    language: str | None
    categories: str
    authors: str
    entered: datetime
    is_arrival: bool
    hidden: Hidden


def occurrences(connection: sa.Connection) -> Iterator[Occurrence]:
    """All entries but those for the archive alone, in the order of a feed."""
    for row in connection.execute(_OCCURRENCES.order_by(*_ORDER)):
        yield Occurrence(*row)


def occurrences_of(connection: sa.Connection, ids: Collection[EntryId]) -> list[Occurrence]:
    """The same of the entries called ``ids``, in the order in which they came in."""
    return sorted(Occurrence(*row) for row in matching(connection, _OCCURRENCES, _C.id, ids))
