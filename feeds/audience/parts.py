"""Days of logs put together, each line once.

Rules
- Logs rotate at any hour, grow, are given again, zipped, or joined with others. What a part is
  known by is therefore what is in it: check sums of up to a thousand of its polls.
- A part that has all marks of an older one takes its place. One that has nothing new is left
  out. One that shares nothing with the others is added: other hours, or another server.
- One that shares some of its lines with another, each having more, can't be added without
  counting twice: it is left out, and said to be so. A handful in common is chance.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from feeds.audience import hyperloglog
from feeds.audience.groups import MARKS, Group, Key, Part

Verdict = Literal["added", "known", "overlaps"]

_CHANCE = 50
"""What has fewer than one mark in so many in common has nothing in common."""


class Placed(NamedTuple):
    """What becomes of a part, and the indexes of older ones whose place it takes."""

    verdict: Verdict
    replaced: tuple[int, ...] = ()


def place(part: Part, older: Sequence[Sequence[int]]) -> Placed:
    """What ``part`` is beside others of its day with the marks ``older``, in rising order.

    The part has looked for all of these marks.
    """
    if _is_known(part, older):
        return Placed("known")
    replaced = tuple(index for index, marks in enumerate(older) if part.seen.issuperset(marks))
    for index, marks in enumerate(older):
        shared = len(part.seen.intersection(marks))
        if index not in replaced and shared * _CHANCE > len(marks):
            return Placed("overlaps")
    return Placed("added", replaced)


def _is_known(part: Part, older: Sequence[Sequence[int]]) -> bool:
    """Whether older parts have all lines of ``part``, as far as marks of all of them tell."""
    full = [marks[-1] for marks in (part.marks, *older) if len(marks) == MARKS]
    limit = min(full, default=1 << 32)
    own = {mark for mark in part.marks if mark <= limit}
    return bool(own) and own.issubset(mark for marks in older for mark in marks)


def together(parts: Iterable[Mapping[Key, Group]]) -> dict[Key, Group]:
    """What was counted in all of ``parts``, of one day or of several."""
    made: dict[Key, Group] = {}
    for groups in parts:
        for key, group in groups.items():
            whole = made.setdefault(key, Group())
            whole.full += group.full
            whole.unchanged += group.unchanged
            whole.size += group.size
            whole.repeats += group.repeats
            for name, count in group.told.items():
                whole.told[name] = max(whole.told.get(name, 0), count)
            for seconds, count in group.intervals.items():
                whole.intervals[seconds] = whole.intervals.get(seconds, 0) + count
            whole.readers = bytearray(hyperloglog.together(whole.readers, group.readers))
    return made


_Stored = list[tuple[Key, Group]]


def packed(groups: Mapping[Key, Group]) -> bytes:
    """Groups to be stored; equal ones give equal bytes."""
    return zlib.compress(msgspec.msgpack.encode(sorted(groups.items(), key=_key)))


def unpacked(data: bytes) -> dict[Key, Group]:
    """Groups that were stored. Raises msgspec.DecodeError for anything else."""
    try:
        plain = zlib.decompress(data)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from error
    return dict(msgspec.msgpack.decode(plain, type=_Stored))


def _key(item: tuple[Key, Group]) -> Key:
    return item[0]
