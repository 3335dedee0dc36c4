"""The audience by day: totals, which stay, and for a while the parts that they are made of."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from feeds.ledger.schema import audience, audience_parts
from feeds.model.audience import Daily

_C = audience_parts.c


class OpenDays(NamedTuple):
    """Days of which there are parts: the salt of each, and the marks of its parts."""

    salts: Mapping[str, bytes]
    marks: Mapping[str, Sequence[Sequence[int]]]


class Kept(NamedTuple):
    """One part of a day, without what was counted in it."""

    sequence: int
    salt: bytes
    marks: Sequence[int]


def open_days(connection: sa.Connection) -> OpenDays:
    """The days that are open."""
    salts: dict[str, bytes] = {}
    marks: dict[str, list[Sequence[int]]] = defaultdict(list)
    for row in connection.execute(sa.select(_C.day, _C.salt, _C.marks).order_by(_C.sequence)):
        salts[row.day] = row.salt
        marks[row.day].append(_numbers(row.marks))
    return OpenDays(salts, marks)


def days_with_totals(connection: sa.Connection) -> set[str]:
    """The days of which there are totals."""
    return set(connection.scalars(sa.select(audience.c.day).distinct()))


def parts(connection: sa.Connection, day: str) -> list[Kept]:
    """The parts of ``day``, in the order in which they were added."""
    query = sa.select(_C.sequence, _C.salt, _C.marks).where(_C.day == day).order_by(_C.sequence)
    return [Kept(row.sequence, row.salt, _numbers(row.marks)) for row in connection.execute(query)]


def groups(connection: sa.Connection, day: str) -> list[bytes]:
    """What was counted in each part of ``day``."""
    return list(connection.scalars(sa.select(_C.groups).where(_C.day == day)))


def add_part(
    connection: sa.Connection,
    day: str,
    salt: bytes,
    marks: Sequence[int],
    groups: bytes,
    now: datetime,
) -> None:
    """Adds a part to ``day``, recorded at ``now``."""
    packed = struct.pack(f"<{len(marks)}I", *marks)
    row = {"day": day, "recorded": now, "salt": salt, "marks": packed, "groups": groups}
    connection.execute(sa.insert(audience_parts).values(row))


def drop_parts(connection: sa.Connection, sequences: Collection[int]) -> None:
    """Deletes the parts with these ``sequences``."""
    connection.execute(sa.delete(audience_parts).where(_C.sequence.in_(sequences)))


def drop_untouched(connection: sa.Connection, since: datetime) -> None:
    """Deletes all parts of the days to which nothing was added ``since`` then."""
    idle = sa.select(_C.day).group_by(_C.day).having(sa.func.max(_C.recorded) < since)
    names = list(connection.scalars(idle))
    connection.execute(sa.delete(audience_parts).where(_C.day.in_(names)))


def set_totals(connection: sa.Connection, day: str, totals: Sequence[Daily]) -> None:
    """Has ``totals`` in the place of those that ``day`` had."""
    connection.execute(sa.delete(audience).where(audience.c.day == day))
    connection.execute(sa.insert(audience), [one._asdict() for one in totals])


def totals(connection: sa.Connection, since: str = "") -> list[Daily]:
    """What was recorded of all days from ``since`` on (YYYY-MM-DD), in order."""
    columns = audience.c
    query = sa.select(audience).where(columns.day >= since)
    return [
        Daily(*row)
        for row in connection.execute(query.order_by(columns.day, columns.feed, columns.client))
    ]


def newest(connection: sa.Connection, days: int) -> list[Daily]:
    """What was recorded of the newest ``days`` that there is something of, in order."""
    query = sa.select(audience.c.day).distinct().order_by(audience.c.day.desc()).limit(days)
    return totals(connection, min(connection.scalars(query), default=""))


def _numbers(marks: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(marks) // 4}I", marks))
