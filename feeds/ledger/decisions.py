"""Decisions in the ledger, and what they make of entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.entries import identity
from feeds.entries.overlay import Decreed, Shown
from feeds.ledger import rows
from feeds.ledger.schema import decisions, entries
from feeds.model import Entry, EntryId
from feeds.newsroom.decisions import Decision


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

    @property
    def decreed(self) -> Decreed | None:
        """What is decreed about entries that are known; None while one is not."""
        if self.entry is None or (self.decision.action == "merge" and self.duplicate is None):
            return None
        return Decreed(self.decision, self.decided, self.entry, self.duplicate)


def known(connection: sa.Connection) -> dict[str, Record]:
    """All decisions by their key, in the order in which they came: that of the file."""
    query = sa.select(decisions).order_by(decisions.c.sequence)
    return {row.key: _record(row) for row in connection.execute(query)}


def _record(row: sa.Row[Any]) -> Record:
    decision = msgspec.json.decode(row.decision, type=Decision)
    return Record(decision, row.decided, row.entry, row.duplicate, row.done)


def add(connection: sa.Connection, decision: Decision, decided: datetime) -> None:
    """Stores a decision that is new."""
    told = rows.json(decision)
    values = {"key": decision.key, "decision": told, "decided": decided}
    connection.execute(sa.insert(decisions).values(values))


def resolve(
    connection: sa.Connection, key: str, entry: EntryId | None, duplicate: EntryId | None
) -> None:
    """Notes which entries a decision is about, from now on."""
    _put(connection, key, entry=entry, duplicate=duplicate)


def forget_words(connection: sa.Connection, entry_id: EntryId) -> None:
    """Takes the words out of all corrections of ``entry_id``."""
    for key, record in known(connection).items():
        if record.entry == entry_id or record.duplicate == entry_id:
            mute = msgspec.structs.replace(
                record.decision, title="", authors=(), url="", entry="", duplicate="", reason=""
            )
            _put(connection, key, decision=rows.json(mute))


def drop(connection: sa.Connection, key: str) -> None:
    """Forgets a decision that had no effect."""
    connection.execute(sa.delete(decisions).where(decisions.c.key == key))


def finish(connection: sa.Connection, key: str) -> None:
    """Notes that what a decision asks for was done."""
    _put(connection, key, done=True)


def _put(connection: sa.Connection, key: str, **values: object) -> None:
    connection.execute(sa.update(decisions).where(decisions.c.key == key).values(**values))


def concerned(connection: sa.Connection, named: Iterable[EntryId]) -> dict[EntryId, Entry]:
    """The entries in ``named``, and those that were shown otherwise than told until now.

    As their pages tell them.
    """
    columns = entries.c
    where = columns.told.is_not(None) | columns.withdrawn | (columns.hidden != "")
    found = connection.execute(sa.select(entries).where(where | columns.id.in_(list(named))))
    return {EntryId(row.id): rows.told(row) for row in found}


def same_headline(connection: sa.Connection, entry: Entry) -> list[Entry]:
    """The other entries under the distinctive headline that ``entry`` has, or had."""
    columns = entries.c
    key = connection.scalar(sa.select(columns.title_key).where(columns.id == entry.id))
    if not key:
        return []
    query = sa.select(entries).where(columns.title_key == key, columns.id != entry.id)
    return [rows.told(row) for row in connection.execute(query.order_by(columns.sequence))]


def same_url(connection: sa.Connection, entry: Entry) -> list[Entry]:
    """The other entries at the address of ``entry``."""
    if entry.url is None:
        return []
    columns = entries.c
    query = sa.select(entries).where(columns.url == entry.url, columns.id != entry.id)
    return [rows.told(row) for row in connection.execute(query.order_by(columns.sequence))]


def erased(connection: sa.Connection) -> list[Entry]:
    """The entries of which only a trace is left."""
    found = connection.execute(sa.select(entries).where(entries.c.trace != "[]"))
    return [rows.shown(row) for row in found]


def lay(connection: sa.Connection, base: Entry, shown: Shown, now: datetime) -> str:
    """Stores ``shown`` above ``base``; returns what became of it for readers, empty if nothing."""
    columns = entries.c
    row = connection.execute(sa.select(entries).where(columns.id == base.id)).one()
    before, entry = rows.shown(row), shown.entry
    if not shown.hidden and not before.hidden:
        if identity.substance(before) == identity.substance(entry):
            # what was decided moves nothing that readers have in the same words, or back
            updated = max(before.updated, entry.published or before.updated)
        else:
            updated = entry.updated if entry.updated > before.updated else now
        entry = msgspec.structs.replace(entry, updated=updated)
    is_plain = not shown.hidden and msgspec.structs.replace(entry, hidden=base.hidden) == base
    values = {
        **rows.values(entry),
        "told": None if is_plain or not base.title else rows.json(base),
        "gone": (shown.gone or row.gone or now) if shown.hidden else None,
        "notice": shown.notice,
        "keeper": shown.keeper,
    }
    if all(getattr(row, name) == value for name, value in values.items()):
        return ""
    connection.execute(sa.update(entries).where(columns.id == base.id).values(**values))
    if shown.hidden != before.hidden:
        return shown.hidden or "restored"
    if shown.hidden:
        if shown.notice != row.notice:
            return f"{shown.hidden}, with another notice"
        return "" if values["gone"] == row.gone else f"{shown.hidden}, at another time"
    return "" if entry == before else "corrected"
