"""Entries in short: what is needed to find them by a headline, or to tell what comes in twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, TypeVarTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger.batches import matching
from feeds.ledger.schema import EMPTY, entries
from feeds.model import EntryId, Evidence, Kind, StatedDate, Url

_C = entries.c
_SHOWN = _C.hidden == EMPTY
_HIDDEN = _C.hidden != EMPTY
_ORDER = (_C.ordered.desc(), _C.rank, _C.id)
_Columns = TypeVarTuple("_Columns")
_MOST_KEYS = 1000
_MOST_ALIKE = 20
"""A headline that more entries have is a column's."""


class Brief(NamedTuple):
    """An entry that readers are shown. ``sequence`` counts entries as they came in."""

    sequence: int
    id: EntryId
    hash: str
    title: str
    stated: StatedDate | None
    language: str | None
    standing: str
    url: Url | None


class Undated(NamedTuple):
    """An article that is published without a date, and to what its values are owed."""

    id: EntryId
    hash: str
    title: str
    evidence: dict[str, Evidence]


def boundary(connection: sa.Connection, most: int) -> int:
    """The sequence above which the ``most`` newest entries are; 0 if there are no others."""
    return max(0, (connection.scalar(sa.select(sa.func.max(_C.sequence))) or 0) - most)


def repeating(connection: sa.Connection, until: int) -> list[Brief]:
    """Those up to the sequence ``until`` that have their headline or address with others.

    In the order in which they came in. Neither headlines nor addresses without end: the first of
    them; and no headline that is a column's.
    """
    if not until:
        return []
    count = sa.func.count()
    keys = sa.select(_C.title_key).where(_C.title_key != "").group_by(_C.title_key)
    keys = keys.having(count.between(2, _MOST_ALIKE)).limit(_MOST_KEYS)
    addresses = sa.select(_C.url).where(_C.url.is_not(None), _SHOWN).group_by(_C.url)
    addresses = addresses.having(count > 1).limit(_MOST_KEYS)
    found = {
        brief
        for column, query in ((_C.title_key, keys), (_C.url, addresses))
        for brief in _briefs(connection, column, list(connection.scalars(query)), until)
    }
    return sorted(found)


def _briefs(
    connection: sa.Connection, column: sa.ColumnElement[str], values: list[str], until: int
) -> Iterator[Brief]:
    query = sa.select(
        _C.sequence, _C.id, _C.hash, _C.title, _C.stated, _C.language, _C.standing, _C.url
    ).where(_SHOWN, _C.sequence <= until)
    for row in matching(connection, query, column, values):
        try:
            stated = msgspec.json.decode(row.stated, type=StatedDate) if row.stated else None
            _ = stated and stated.day  # raises, too, if it is no date
        except (ValueError, TypeError):
            continue  # a damaged row: who looks at each entry says so
        yield Brief(*row)._replace(stated=stated)


def count_undated(connection: sa.Connection) -> int:
    """How many articles are published without a date."""
    return connection.scalar(_undated(sa.select(sa.func.count()).select_from(entries))) or 0


def undated(connection: sa.Connection, most: int | None) -> Iterator[Undated]:
    """The ``most`` articles that came in last without a date, or all, the first of them first."""
    query = _undated(sa.select(_C.sequence, _C.id, _C.hash, _C.title, _C.evidence))
    found = connection.execute(query.order_by(_C.sequence.desc()).limit(most)).all()
    for row in reversed(found):
        try:
            evidence = msgspec.json.decode(row.evidence, type=dict[str, Evidence])
        except (ValueError, TypeError):
            continue  # as above
        yield Undated(EntryId(row.id), row.hash, row.title, evidence)


def _undated(query: sa.Select[*_Columns]) -> sa.Select[*_Columns]:
    is_article = _C.kind == sa.literal_column("'article'")
    return query.where(is_article, _C.published.is_(None), _SHOWN)


class Headline(NamedTuple):
    """The headline of an entry."""

    id: EntryId
    title: str


def headlines(connection: sa.Connection, title_key: str | None = None) -> Iterator[Headline]:
    """The headlines of all entries, hidden or not, in the order in which they came in.

    With ``title_key``, only those of that fingerprint.
    """
    query = sa.select(_C.id, _C.title)
    if title_key is None:
        query = query.order_by(sa.text("+sequence"))  # by an index that has the headlines, sorted
    else:
        query = query.where(_C.title_key == title_key).order_by(_C.sequence)
    for row in connection.execute(query):
        yield Headline(*row)


def newest_headlines(connection: sa.Connection, *, hidden: bool) -> Iterator[Headline]:
    """The headlines of all entries, newest first; ``hidden``: of those alone."""
    query = sa.select(_C.id, _C.title).order_by(*_ORDER)
    if hidden:
        query = query.where(_HIDDEN)
    for row in connection.execute(query):
        yield Headline(*row)


def newest_ids(connection: sa.Connection, most: int, *, hidden: bool) -> tuple[list[EntryId], int]:
    """The ids of the ``most`` newest entries, and how many there are; ``hidden`` as above."""
    query, count = sa.select(_C.id), sa.select(sa.func.count()).select_from(entries)
    if hidden:
        query, count = query.where(_HIDDEN), count.where(_HIDDEN)
    found = connection.scalars(query.order_by(*_ORDER).limit(most))
    return [EntryId(name) for name in found], connection.scalar(count) or 0


class Arrival(NamedTuple):
    """What of an entry tells whether it came in under a headline that was known."""

    id: EntryId
    title: str
    kind: Kind
    language: str | None
    ordered: datetime


_ARRIVALS = sa.select(_C.id, _C.title, _C.kind, _C.language, _C.ordered)


def arrivals(connection: sa.Connection, ids: Iterable[EntryId]) -> list[Arrival]:
    """The live entries called ``ids``, without those that are hidden, by id."""
    query = _ARRIVALS.where(_SHOWN, _C.standing == "live")
    return [Arrival(*row) for row in matching(connection, query, _C.id, ids)]


def under_headlines(
    connection: sa.Connection, keys: Iterable[str], *, before: int
) -> dict[str, list[Arrival]]:
    """The entries under headlines of these fingerprints that are older than a revision."""
    query = _ARRIVALS.add_columns(_C.title_key).where(_C.revision < before)
    found: dict[str, list[Arrival]] = {}
    for row in matching(connection, query, _C.title_key, keys):
        found.setdefault(row.title_key, []).append(Arrival(*row[:5]))
    return found
