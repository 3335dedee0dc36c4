"""What sections are made of, without reading whole entries: which has which categories."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger.entries import PAGE
from feeds.ledger.schema import entries, members
from feeds.model import EntryId, Hidden, Kind

_C = entries.c
_ORDER = (_C.ordered.desc(), _C.rank, _C.id)


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


_QUERY = sa.select(
    _C.sequence,
    _C.id,
    _C.kind,
    _C.language,
    _C.categories,
    _C.entered,
    ((_C.standing == "live") & (_C.revision > 1)).label("is_arrival"),
    _C.hidden,
).where(_C.standing != "archived")


def occurrences(connection: sa.Connection) -> Iterator[Occurrence]:
    """All entries but those for the archive alone, in the order of ``selection.key``."""
    for row in connection.execute(_QUERY.order_by(*_ORDER)):
        yield Occurrence(*row)


def occurrences_of(connection: sa.Connection, ids: Collection[EntryId]) -> list[Occurrence]:
    """The same of the entries called ``ids``, in the order in which they came in."""
    found: list[Occurrence] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), PAGE):
        some = _QUERY.where(_C.id.in_(wanted[start : start + PAGE]))
        found += [Occurrence(*row) for row in connection.execute(some)]
    return sorted(found)


def feeds_with(connection: sa.Connection, ids: Collection[EntryId]) -> set[str]:
    """The names of the feeds that have any of ``ids``."""
    found: set[str] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), PAGE):
        some = members.c.entry.in_(wanted[start : start + PAGE])
        found.update(connection.scalars(sa.select(members.c.feed).where(some).distinct()))
    return found
