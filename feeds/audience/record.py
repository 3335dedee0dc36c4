"""Days of logs recorded in the ledger: each line once, whatever logs it comes in.

Rules
- A day is open until a week after anything was added to it. As long as it is, each of its parts
  is kept with the day's salt, sketches of readers and marks, so that the next log adds to it or
  takes a part's place, and what was recorded before changes nothing.
- After that, parts and salt are deleted. Only totals are left, which nothing changes any more.
- There is no address in any of this, and none can be got back from it. As long as salt, sketch and
  marks are there, whoever suspects an address could try it: that is why they don't stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from feeds.audience.estimating import daily
from feeds.audience.groups import Part
from feeds.audience.parts import packed, place, together, unpacked
from feeds.ledger import audience
from feeds.model.errors import LedgerBusyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_OPEN = timedelta(days=7)


class Recorded(NamedTuple):
    """What was done: days whose totals are other than before, and days that were left out.

    Of ``overlapping`` ones only a part is recorded; ``closed`` ones can't change any more.
    """

    changed: list[str]
    overlapping: list[str]
    closed: list[str]


def record(
    connection: Connection, parts: Sequence[Part], salts: Mapping[str, bytes], now: datetime
) -> Recorded:
    """Adds ``parts`` to their days, and closes the days that nothing came to for a week.

    The parts were counted with the ``salts`` and marks of the open days. Raises LedgerBusyError if
    something else was recorded since.
    """
    audience.drop_untouched(connection, now - _OPEN)
    closed = audience.days_with_totals(connection) - set(audience.open_days(connection).salts)
    result = Recorded([], [], sorted({part.day for part in parts} & closed))
    for part in parts:
        if part.day in closed:
            continue
        older = audience.parts(connection, part.day)
        if any(one.salt != salts[part.day] for one in older):
            raise LedgerBusyError(
                f"another 'feeds audience --record' recorded {part.day} at the same time",
                remedy="nothing was recorded; run it again",
            )
        placed = place(part, [one.marks for one in older])
        if placed.verdict == "overlaps":
            result.overlapping.append(part.day)
        if placed.verdict != "added":
            continue
        audience.drop_parts(connection, [older[index].sequence for index in placed.replaced])
        groups = packed(part.groups)
        audience.add_part(connection, part.day, salts[part.day], part.marks, groups, now)
        if part.day not in result.changed:
            result.changed.append(part.day)
    for day in result.changed:
        whole = together(unpacked(data) for data in audience.groups(connection, day))
        audience.set_totals(connection, day, daily(day, whole))
    return result
