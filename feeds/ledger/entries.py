"""Entries and aliases in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from feeds.identity import Alias
from feeds.ledger.schema import aliases, entries, members, readings
from feeds.model import Entry, EntryId, Evidence, Image, StatedDate, hash_of

_PAGE = 200
_Decoded = TypeVar("_Decoded")
_PLAIN = (
    "id",
    "hash",
    "kind",
    "title",
    "entered",
    "updated",
    "published",
    "captured",
    "ordered",
    "rank",
    "summary",
    "content",
    "url",
    "language",
)


def find(connection: sa.Connection, names: Iterable[Alias]) -> dict[Alias, Entry]:
    """The entries that ``names`` name; names that nothing has are left out."""
    by_kind: dict[str, list[str]] = {}
    for alias in names:
        by_kind.setdefault(alias.kind, []).append(alias.value)
    return {
        Alias(kind, row.alias): _entry(row)
        for kind, values in by_kind.items()
        for start in range(0, len(values), _PAGE)
        for row in connection.execute(
            sa.select(entries, aliases.c.value.label("alias"))
            .join(aliases, aliases.c.entry == entries.c.id)
            .where(aliases.c.kind == kind, aliases.c.value.in_(values[start : start + _PAGE]))
        )
    }


def by_hash(connection: sa.Connection, entry_hash: str) -> Entry | None:
    """The entry whose id ends in ``entry_hash``; None if there is none."""
    row = connection.execute(sa.select(entries).where(entries.c.hash == entry_hash)).first()
    return _entry(row) if row else None


def by_id(connection: sa.Connection, entry_id: str) -> Entry | None:
    """The entry called ``entry_id``; None if there is none."""
    row = connection.execute(sa.select(entries).where(entries.c.id == entry_id)).first()
    return _entry(row) if row else None


def exists(connection: sa.Connection, entry_id: EntryId) -> bool:
    """Whether ``entry_id`` was minted before."""
    # by hash, since story pages are found by it: it must be unique across authorities too
    query = sa.select(entries.c.id).where(entries.c.hash == hash_of(entry_id))
    return connection.scalar(query) is not None


def add(connection: sa.Connection, entry: Entry, revision: int) -> None:
    """Stores an entry that is new."""
    connection.execute(sa.insert(entries), {**_values(entry), "revision": revision})


def replace(connection: sa.Connection, entry: Entry) -> None:
    """Stores ``entry`` in place of the one with its id."""
    connection.execute(sa.update(entries).where(entries.c.id == entry.id).values(**_values(entry)))


def name(connection: sa.Connection, entry_id: EntryId, names: Iterable[Alias]) -> None:
    """Gives ``entry_id`` aliases that nothing has yet."""
    rows = [{"kind": alias.kind, "value": alias.value, "entry": entry_id} for alias in names]
    if rows:
        connection.execute(sa.insert(aliases), rows)


def rename(connection: sa.Connection, entry_id: EntryId, alias: Alias) -> None:
    """Moves ``alias`` from the entry that has it to ``entry_id``."""
    where = (aliases.c.kind == alias.kind) & (aliases.c.value == alias.value)
    connection.execute(sa.update(aliases).where(where).values(entry=entry_id))


def pages_of(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages whose article ``entry_id`` is."""
    return list(
        connection.scalars(
            sa.select(aliases.c.value)
            .where(aliases.c.kind == "page", aliases.c.entry == entry_id)
            .order_by(aliases.c.value)
        )
    )


def vanished(
    connection: sa.Connection, since: datetime | None = None
) -> list[tuple[str, datetime, str]]:
    """Path, since when it is gone, and headline of each article whose last page is gone.

    With ``since``, only of those pages that were missed at that moment.
    """
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
        sa.select(readings.c.path, readings.c.missing_since, entries.c.title)
        .join(aliases, (aliases.c.kind == "page") & (aliases.c.value == readings.c.path))
        .join(entries, entries.c.id == aliases.c.entry)
        .where(readings.c.missing_since.is_not(None), ~elsewhere.exists())
        .order_by(readings.c.path)
    )
    if since is not None:
        query = query.where(readings.c.missing_since == since)
    return [(row.path, row.missing_since, row.title) for row in connection.execute(query)]


def newest(connection: sa.Connection) -> Iterator[Entry]:
    """All entries in the order of ``selection.key``, fetched as far as they are asked for."""
    columns = entries.c
    query = sa.select(entries).order_by(columns.ordered.desc(), columns.rank, columns.id)
    start = 0
    while rows := connection.execute(query.limit(_PAGE).offset(start)).all():
        for row in rows:
            yield _entry(row)
        start += _PAGE


def recent(connection: sa.Connection, period: timedelta, most: int) -> list[Entry]:
    """Entries that came in within ``period`` before the latest arrival, the newest ``most``.

    Those of the ledger's first revision are left out.
    """
    columns = entries.c
    latest = connection.execute(
        sa.select(columns.entered).order_by(columns.entered.desc()).limit(1)
    ).scalar()
    if latest is None:
        return []
    rows = connection.execute(
        sa.select(entries)
        .where(columns.entered >= latest - period, columns.revision > 1)
        .order_by(columns.ordered.desc(), columns.rank, columns.id)
        .limit(most)
    )
    return [_entry(row) for row in rows]


def set_members(connection: sa.Connection, feed: str, ordered: Iterable[Entry]) -> None:
    """Stores which entries ``feed`` has, in their order."""
    connection.execute(sa.delete(members).where(members.c.feed == feed))
    rows = [
        {"feed": feed, "position": position, "entry": entry.id}
        for position, entry in enumerate(ordered)
    ]
    if rows:
        connection.execute(sa.insert(members), rows)


def members_of(connection: sa.Connection, feed: str) -> list[Entry]:
    """The entries of ``feed`` as last published, in their order."""
    rows = connection.execute(
        sa.select(entries)
        .join(members, members.c.entry == entries.c.id)
        .where(members.c.feed == feed)
        .order_by(members.c.position)
    )
    return [_entry(row) for row in rows]


def count(connection: sa.Connection) -> int:
    """How many entries there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(entries)) or 0


def _values(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = {field: getattr(entry, field) for field in _PLAIN}
    values["stated"] = _json(entry.stated) if entry.stated else None
    values["image"] = _json(entry.image) if entry.image else None
    for field in ("authors", "categories", "evidence"):
        values[field] = _json(getattr(entry, field))
    return values


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(
        id=EntryId(row.id),
        kind=row.kind,
        title=row.title,
        entered=row.entered,
        updated=row.updated,
        stated=_optional(row.stated, StatedDate),
        published=row.published,
        captured=row.captured,
        rank=row.rank,
        authors=msgspec.json.decode(row.authors, type=tuple[str, ...]),
        summary=row.summary,
        content=row.content,
        url=row.url,
        language=row.language,
        categories=msgspec.json.decode(row.categories, type=tuple[str, ...]),
        image=_optional(row.image, Image),
        evidence=msgspec.json.decode(row.evidence, type=dict[str, Evidence]),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _optional(text: str | None, kind: type[_Decoded]) -> _Decoded | None:
    return msgspec.json.decode(text, type=kind) if text else None
