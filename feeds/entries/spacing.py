"""No two entries have one ``updated``, to the second, which is as exact as documents tell it.

Rules
- It moves by as little as need be, and only when it is new: what readers have stays, and so does
  ``published`` always.
- What is new and dated takes the first free second from its own on, since nothing may have changed
  before it was published. An undated entry, and a correction, take the last free one up to it,
  since later ones may be still to come; but an undated entry stays on its day, and a correction is
  later than what it corrects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from feeds.model import Entry
from feeds.text import dates

_SECOND = timedelta(seconds=1)
_SPAN = 1 << 18  # seconds, some three days: what is asked for at once
_NEAR = 10  # spans: a month that is asked for in vain costs less than to ask once more


class Taken:
    """The seconds that entries were updated in; finds free ones, however many are taken in a row.

    ``known`` gives the moments of entries, aware, from one moment up to and with another; it is
    asked as far as need be. What it doesn't know is told with ``add``, and forgotten with ``undo``.
    """

    def __init__(self, known: Callable[[datetime, datetime], Iterable[datetime]]) -> None:
        self._known = known
        self._asked: set[int] = set()
        self._counts: Counter[int] = Counter()
        self._changed: list[tuple[int, int]] = []
        # from a second that is taken to one that may be free, all between them taken
        self._leaps: dict[int, dict[int, int]] = {1: {}, -1: {}}

    def add(self, moment: datetime) -> None:
        """Takes the second of ``moment``."""
        self._change(_second(moment), 1)

    def give_back(self, moment: datetime) -> None:
        """Frees the second of ``moment``, which an entry had until now."""
        second = _second(moment)
        self._ask(second // _SPAN, second // _SPAN)
        self._change(second, -1)
        self._leaps = {1: {}, -1: {}}

    def _change(self, second: int, count: int) -> None:
        self._counts[second] += count
        self._changed.append((second, count))

    def mark(self) -> int:
        """How much was told so far, for ``undo``."""
        return len(self._changed)

    def undo(self, mark: int) -> None:
        """Forgets what was told since ``mark``."""
        for second, count in self._changed[mark:]:
            self._counts[second] -= count
        del self._changed[mark:]
        self._leaps = {1: {}, -1: {}}

    def is_shared(self, moment: datetime) -> bool:
        """Whether several entries have the second of ``moment``."""
        return self._times(_second(moment)) > 1

    def free(self, wanted: datetime, first: datetime) -> datetime:
        """The moment nearest before ``wanted`` that is free and not before ``first``.

        If there is none, the next one after both. ``wanted`` itself is returned as it is.
        """
        start, floor = _second(wanted), _second(first)
        found = self._free(start, -1) if floor <= start else floor - 1
        if found < floor:
            found = self._free(max(start, floor), 1)
        return wanted if found == start else datetime.fromtimestamp(found, UTC)

    def _free(self, second: int, step: int) -> int:
        leaps, passed = self._leaps[step], []
        while self._times(second):
            passed.append(second)
            second = leaps.get(second, second + step)
        leaps.update(dict.fromkeys(passed, second))
        return second

    def _times(self, second: int) -> int:
        """How many entries have ``second``."""
        self._ask(second // _SPAN, second // _SPAN)
        return self._counts[second]

    def ask(self, times: Iterable[tuple[datetime, datetime]]) -> None:
        """Asks for what is taken in ``times``, each from a first moment to a last.

        At once where they are near one another, and not for what is between others.
        """
        spans = {
            span
            for first, last in times
            for span in range(_second(first) // _SPAN, _second(last) // _SPAN + 1)
        }
        near: list[int] = []
        for span in sorted(spans):
            if near and span - near[-1] > _NEAR:
                self._ask(near[0], near[-1])
                near = []
            near.append(span)
        if near:
            self._ask(near[0], near[-1])

    def _ask(self, first: int, last: int) -> None:
        """The same of spans, as far as nothing is known of them."""
        while first <= last and first in self._asked:
            first += 1
        while first <= last and last in self._asked:
            last -= 1
        if first > last:
            return
        start = datetime.fromtimestamp(first * _SPAN, UTC)
        end = datetime.fromtimestamp((last + 1) * _SPAN, UTC) - timedelta(microseconds=1)
        for second in map(_second, self._known(start, end)):
            if second // _SPAN not in self._asked:
                self._counts[second] += 1
        self._asked.update(range(first, last + 1))


def spaced(
    entry: Entry, before: Entry | None, taken: Taken, zone: ZoneInfo, *, gives_back: bool = False
) -> Entry:
    """``entry`` with an ``updated`` that no other entry has, which is ``taken`` from now on.

    ``before`` is the entry until now, None if it is new; ``zone`` the newsroom's. One whose
    ``updated`` is what it was before is returned as it is. ``gives_back``: the second that it had
    is free from now on, as it would be for a later run.
    """
    wanted = entry.updated
    if before is not None:
        if wanted == before.updated:
            return entry
        first = max(before.updated + _SECOND, entry.published or before.updated)
    elif entry.published is None and wanted == entry.ordered:
        first = dates.day_bounds(wanted.astimezone(zone).date(), zone)[0]
    else:
        first = wanted
    updated = taken.free(wanted, first)
    taken.add(updated)
    if gives_back and before is not None:
        taken.give_back(before.updated)
    return msgspec.structs.replace(entry, updated=updated)


def _second(moment: datetime) -> int:
    return int(moment.timestamp() // 1)
