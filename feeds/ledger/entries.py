"""Entries and aliases in the ledger, as the pages tell them.

What was decided about an entry is laid over it by ``decided.lay``; ``find`` and its like give what
is below, so that the same pages always come to the same entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from feeds.entries import identity
from feeds.entries.identity import Alias
from feeds.ledger import batches, rows
from feeds.ledger.schema import aliases, entries, readings
from feeds.model import Entry, EntryId, hash_of
from feeds.text import words


def find(connection: sa.Connection, names: Iterable[Alias]) -> dict[Alias, Entry]:
    """The entries that ``names`` name; names that nothing has are left out."""
    by_kind: dict[str, list[str]] = {}
    for alias in names:
        by_kind.setdefault(alias.kind, []).append(alias.value)
    query = sa.select(entries, aliases.c.value.label("alias"))
    query = query.join(aliases, aliases.c.entry == entries.c.id)
    return {
        Alias(kind, row.alias): rows.told(row)
        for kind, values in by_kind.items()
        for row in batches.matching(
            connection, query.where(aliases.c.kind == kind), aliases.c.value, values
        )
    }


def headed(connection: sa.Connection, titles: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries under each distinctive headline in ``titles``, whatever their day.

    By the headline's fingerprint (``identity.title_key``), oldest first.
    """
    keys = {key for title in titles if (key := identity.title_key(title))}
    query = sa.select(entries).order_by(entries.c.sequence)
    found: dict[str, list[Entry]] = {}
    for row in batches.matching(connection, query, entries.c.title_key, keys):
        found.setdefault(row.title_key, []).append(rows.told(row))
    return found


def by_id(connection: sa.Connection, entry_id: str) -> Entry | None:
    """The entry called ``entry_id``, or that has it as its guid; None if there is none."""
    query = sa.select(entries).where((entries.c.id == entry_id) | (entries.c.guid == entry_id))
    row = connection.execute(query.order_by(entries.c.guid)).first()
    return rows.told(row) if row else None


def exists(connection: sa.Connection, entry_id: EntryId) -> bool:
    """Whether ``entry_id`` was minted before."""
    # by hash, since story pages are found by it: it must be unique across authorities too
    query = sa.select(entries.c.id).where(entries.c.hash == hash_of(entry_id))
    return connection.scalar(query) is not None


def add(connection: sa.Connection, entry: Entry, revision: int) -> None:
    """Stores an entry that is new."""
    values = {**rows.values(entry), **_fingerprints(entry), "revision": revision}
    connection.execute(sa.insert(entries), values)


def replace(connection: sa.Connection, entry: Entry) -> None:
    """Stores ``entry``, as its pages tell it now, in place of the one with its id."""
    where = entries.c.id == entry.id
    told = {"told": rows.json(entry), **_fingerprints(entry), "withdrawn": entry.withdrawn}
    beneath = where & entries.c.told.is_not(None)
    if not connection.execute(sa.update(entries).where(beneath).values(**told)).rowcount:
        values = {**rows.values(entry), **_fingerprints(entry)}
        connection.execute(sa.update(entries).where(where).values(**values))


def _fingerprints(entry: Entry) -> dict[str, str]:
    if entry.hidden == "erased":
        return {}
    return {
        "title_key": identity.title_key(entry.title),
        "content_hash": identity.content_hash(entry),
    }


def fingerprint_again(connection: sa.Connection) -> None:
    """Makes the fingerprints of all entries anew, and names them by their URLs."""
    for entry in all_told(connection):
        if entry.hidden == "erased":
            continue
        where = entries.c.id == entry.id
        connection.execute(sa.update(entries).where(where).values(**_fingerprints(entry)))
        if entry.url:
            name(connection, entry.id, unnamed(connection, [identity.url_alias(entry.url)]))


def all_told(connection: sa.Connection) -> Iterator[Entry]:
    """All entries, as their pages tell them, in the order in which they came in."""
    for found in batches.by_arrival(connection, sa.select(entries)):
        yield from map(rows.told, found)


def name(connection: sa.Connection, entry_id: EntryId, names: Iterable[Alias]) -> None:
    """Gives ``entry_id`` aliases that nothing has yet."""
    made = [{"kind": alias.kind, "value": alias.value, "entry": entry_id} for alias in names]
    if made:
        connection.execute(sa.insert(aliases), made)


def unnamed(connection: sa.Connection, names: Iterable[Alias]) -> list[Alias]:
    """Those of ``names`` that name nothing yet."""
    wanted = list(names)
    taken = find(connection, wanted)
    return [alias for alias in wanted if alias not in taken]


def rename(connection: sa.Connection, entry_id: EntryId, alias: Alias) -> None:
    """Moves ``alias`` from the entry that has it to ``entry_id``."""
    where = (aliases.c.kind == alias.kind) & (aliases.c.value == alias.value)
    connection.execute(sa.update(aliases).where(where).values(entry=entry_id))


def names_of(connection: sa.Connection, entry_id: EntryId) -> list[Alias]:
    """All aliases of ``entry_id``."""
    query = sa.select(aliases.c.kind, aliases.c.value).where(aliases.c.entry == entry_id)
    return [Alias(*row) for row in connection.execute(query.order_by(aliases.c.kind))]


def pages_of(connection: sa.Connection, entry_id: EntryId) -> list[str]:
    """The paths of the pages whose article ``entry_id`` is."""
    return list(
        connection.scalars(
            sa.select(aliases.c.value)
            .where(aliases.c.kind == "page", aliases.c.entry == entry_id)
            .order_by(aliases.c.value)
        )
    )


class Vanished(NamedTuple):
    """An article whose last page is gone, although it is still published."""

    path: str
    since: datetime
    title: str
    hash: str


def vanished(connection: sa.Connection, since: datetime | None = None) -> list[Vanished]:
    """The published articles whose last page is gone.

    With ``since``, only those whose page was missed at that moment.
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
        sa.select(readings.c.path, readings.c.missing_since, entries.c.title, entries.c.hash)
        .join(aliases, (aliases.c.kind == "page") & (aliases.c.value == readings.c.path))
        .join(entries, entries.c.id == aliases.c.entry)
        .where(readings.c.missing_since.is_not(None), ~elsewhere.exists(), entries.c.hidden == "")
        .order_by(readings.c.path)
    )
    if since is not None:
        query = query.where(readings.c.missing_since == since)
    return [Vanished(*row) for row in connection.execute(query)]


def called(connection: sa.Connection, text: str, *, in_part: bool = True) -> list[Entry]:
    """The entries that a person may mean by ``text``: by id, its last part, URL, or headline.

    The first of these that fits anything decides; a headline may be given ``in_part``.
    """
    columns = entries.c
    exact = (columns.id == text) | (columns.guid == text) | (columns.hash == text.lower())
    found: list[sa.Row[Any]] = list(connection.execute(sa.select(entries).where(exact)))
    if found:
        return [rows.shown(row) for row in found]
    by_story_page = text.rstrip("/").rpartition("/stories/")[2]
    query = sa.select(entries).where((columns.url == text) | (columns.hash == by_story_page))
    found = list(connection.execute(query))
    if not found and "://" in text:
        by_url = find(connection, [identity.url_alias(text)])
        return list(by_url.values())
    if found:
        return [rows.shown(row) for row in found]
    wanted = words.words(text)
    if not wanted:
        return []
    whole, part = [], []
    headlines = sa.select(columns.id, columns.title).order_by(columns.sequence)
    if not in_part:
        headlines = headlines.where(columns.title_key == identity.title_key(text))
    for row in connection.execute(headlines):
        title = words.words(row.title)
        if title == wanted:
            whole.append(row.id)
        elif not in_part:
            continue
        elif f" {wanted} " in f" {title} " or (len(wanted) > 3 and wanted in title):
            part.append(row.id)
    ids = whole or part
    query = sa.select(entries).where(columns.id.in_(ids[: batches.SIZE])).order_by(columns.sequence)
    return [rows.shown(row) for row in connection.execute(query)]


def count(connection: sa.Connection) -> int:
    """How many entries there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(entries)) or 0
