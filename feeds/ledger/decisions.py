"""Decisions in the ledger: each once, in the order of their file, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import rows
from feeds.ledger.schema import EMPTY, decisions
from feeds.model import EntryId
from feeds.model.problem import Problem
from feeds.newsroom.decisions import Action, Decision

_C = decisions.c
_ALL = sa.select(decisions).order_by(_C.sequence)


class Record(NamedTuple):
    """A decision that is in force. ``decided`` is when it was made, in UTC.

    ``entry`` and ``duplicate`` are None as long as nothing is known by those names; ``done``
    says that what has to be done once was.
    """

    decision: Decision
    decided: datetime
    entry: EntryId | None
    duplicate: EntryId | None
    done: bool


def by_key(connection: sa.Connection) -> dict[str, Record]:
    """All decisions by their key, in their order: that of the file."""
    return {row.key: _record(row) for row in connection.execute(_ALL)}


def of_entry(connection: sa.Connection, entry_id: EntryId) -> list[Record]:
    """The decisions about the entry called ``entry_id``, in the same order."""
    found = _ALL.where((_C.entry == entry_id) | (_C.duplicate == entry_id))
    return [_record(row) for row in connection.execute(found)]


def paired(connection: sa.Connection) -> dict[frozenset[EntryId], Action]:
    """What was decided last of each pair of entries that a decision is about."""
    found = _ALL.where(_C.duplicate.is_not(None))
    records = map(_record, connection.execute(found))
    return {
        frozenset((record.entry, record.duplicate)): record.decision.action
        for record in records
        if record.entry and record.duplicate
    }


def kept_apart(connection: sa.Connection) -> set[frozenset[EntryId]]:
    """The pairs of entries that are two, as somebody decided."""
    return {pair for pair, action in paired(connection).items() if action == "keep-apart"}


def let_go(connection: sa.Connection) -> dict[str, datetime]:
    """The pages and folders that are gone on purpose, and when that was decided last."""
    records = by_key(connection).values()
    gone = [record for record in records if record.decision.action == "gone"]
    return {one.decision.path: one.decided for one in sorted(gone, key=lambda one: one.decided)}


def since(connection: sa.Connection, moment: datetime | None) -> list[Record]:
    """The decisions that came after ``moment``, or all, in the same order."""
    found = _ALL if moment is None else _ALL.where(_C.decided > moment)
    return [_record(row) for row in connection.execute(found)]


def put_in_order(connection: sa.Connection, keys: Sequence[str]) -> None:
    """Has the decisions called ``keys`` count in this order from now on; there are no others."""
    before = connection.execute(sa.select(_C.key, _C.sequence).order_by(_C.sequence)).all()
    known = {row.key for row in before}
    ordered = [key for key in keys if key in known]
    if ordered == [row.key for row in before]:
        return
    first = before[-1].sequence + 1
    for number, key in enumerate(ordered, start=first):
        _put(connection, key, sequence=number)


def _record(row: sa.Row[Any]) -> Record:
    decision = msgspec.json.decode(row.decision, type=Decision)
    return Record(decision, row.decided, row.entry, row.duplicate, row.done)


def add(connection: sa.Connection, decision: Decision, decided: datetime) -> None:
    """Stores a decision that is new."""
    values = {"key": decision.key, "decision": rows.json(decision), "decided": decided}
    connection.execute(sa.insert(decisions).values(values))


def replace(connection: sa.Connection, key: str, decision: Decision) -> None:
    """Stores the decision called ``key`` in other words."""
    _put(connection, key, decision=rows.json(decision))


def set_entries(
    connection: sa.Connection, key: str, entry: EntryId | None, duplicate: EntryId | None
) -> None:
    """Notes which entries a decision is about, from now on."""
    _put(connection, key, entry=entry, duplicate=duplicate)


def mark_done(connection: sa.Connection, key: str, found: Sequence[Problem] = ()) -> None:
    """Notes that what a decision asks for was done, and what was ``found`` to be odd then."""
    _put(connection, key, done=True, found=rows.json(found) if found else "")


def found(connection: sa.Connection) -> Iterator[tuple[Record, Problem]]:
    """What was odd about what decisions asked for, in the order in which they came."""
    for row in connection.execute(_ALL.where(_C.found != EMPTY)):
        for problem in msgspec.json.decode(row.found, type=list[Problem]):
            yield _record(row), problem


def drop(connection: sa.Connection, key: str) -> None:
    """Forgets a decision that had no effect."""
    connection.execute(sa.delete(decisions).where(_C.key == key))


def _put(connection: sa.Connection, key: str, **values: object) -> None:
    connection.execute(sa.update(decisions).where(_C.key == key).values(**values))
