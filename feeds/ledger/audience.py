"""The audience by day: totals, which stay, and for a while the parts that they are made of.

Rules
- A day is open until a week after anything was added to it. As long as it is, each of its parts
  is kept with the day's salt, sketches of readers and marks, so that the next log adds to it or
  takes a part's place, and what was recorded before changes nothing.
- After that, parts and salt are deleted. Only totals are left, which nothing changes any more.
- There is no address in any of this, and none can be got back from it. As long as salt, sketch and
  marks are there, whoever suspects an address could try it: that is why they don't stay.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from feeds.audience.estimating import Daily, daily
from feeds.audience.groups import Part
from feeds.audience.parts import packed, place, together, unpacked
from feeds.errors import LedgerBusyError
from feeds.ledger.schema import audience, audience_parts

_OPEN = timedelta(days=7)
_C = audience_parts.c


class Open(NamedTuple):
    """Days that are open: the salt of each, and the marks of its parts."""

    salts: Mapping[str, bytes]
    marks: Mapping[str, Sequence[Sequence[int]]]


class Recorded(NamedTuple):
    """What was done: days whose totals are other than before, and days that were left out.

    Of ``overlapping`` ones only a part is recorded; ``closed`` ones can't change any more.
    """

    changed: list[str]
    overlapping: list[str]
    closed: list[str]


def opened(connection: sa.Connection) -> Open:
    """The days that are open."""
    salts: dict[str, bytes] = {}
    marks: dict[str, list[list[int]]] = defaultdict(list)
    for row in connection.execute(sa.select(_C.day, _C.salt, _C.marks).order_by(_C.sequence)):
        salts[row.day] = row.salt
        marks[row.day].append(_numbers(row.marks))
    return Open(salts, marks)


def record(
    connection: sa.Connection, parts: Sequence[Part], salts: Mapping[str, bytes], now: datetime
) -> Recorded:
    """Adds ``parts`` to their days, and closes the days that nothing came to for a week.

    The parts were counted with the ``salts`` and marks of the open days. Raises LedgerBusyError if
    something else was recorded since.
    """
    _close(connection, now)
    known = opened(connection)
    closed = set(connection.scalars(sa.select(audience.c.day).distinct())) - set(known.salts)
    result = Recorded([], [], sorted({part.day for part in parts} & closed))
    for part in parts:
        if part.day in closed:
            continue
        rows = connection.execute(
            sa.select(_C.sequence, _C.salt, _C.marks)
            .where(_C.day == part.day)
            .order_by(_C.sequence)
        ).all()
        if any(row.salt != salts[part.day] for row in rows):
            raise LedgerBusyError(
                f"another 'feeds audience --record' recorded {part.day} at the same time",
                remedy="nothing was recorded; run it again",
            )
        placed = place(part, [_numbers(row.marks) for row in rows])
        if placed.verdict == "overlaps":
            result.overlapping.append(part.day)
        if placed.verdict != "added":
            continue
        gone = [rows[index].sequence for index in placed.replaced]
        connection.execute(sa.delete(audience_parts).where(_C.sequence.in_(gone)))
        connection.execute(
            sa.insert(audience_parts).values(
                day=part.day,
                recorded=now,
                salt=salts[part.day],
                marks=struct.pack(f"<{len(part.marks)}I", *part.marks),
                groups=packed(part.groups),
            )
        )
        if part.day not in result.changed:
            result.changed.append(part.day)
    for day in result.changed:
        _total(connection, day)
    return result


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


def _total(connection: sa.Connection, day: str) -> None:
    stored = connection.scalars(sa.select(_C.groups).where(_C.day == day))
    found = daily(day, together(unpacked(data) for data in stored))
    connection.execute(sa.delete(audience).where(audience.c.day == day))
    connection.execute(sa.insert(audience), [one._asdict() for one in found])


def _close(connection: sa.Connection, now: datetime) -> None:
    newest = sa.select(_C.day).group_by(_C.day).having(sa.func.max(_C.recorded) < now - _OPEN)
    days = list(connection.scalars(newest))
    connection.execute(sa.delete(audience_parts).where(_C.day.in_(days)))


def _numbers(marks: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(marks) // 4}I", marks))
