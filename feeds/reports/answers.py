"""What all answers are made with: structs for JSON, and their parts as words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

_Answer = TypeVar("_Answer", bound=msgspec.Struct)


class Revision(msgspec.Struct, frozen=True):
    """A publish that changed something. Counts are of entries, and of documents."""

    number: int
    committed: datetime
    entered: int
    corrected: int
    documents: int


def filled(kind: type[_Answer], *sources: object, **more: Any) -> _Answer:
    """A ``kind`` with the values in ``more``; all others ``sources`` have by the same names.

    Of several that have one, the first.
    """
    for name in kind.__struct_fields__:
        if name not in more:
            more[name] = next(getattr(one, name) for one in sources if hasattr(one, name))
    return kind(**more)


def counted(number: int, name: str) -> str:
    """So many of what is called ``name``."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """``moment`` where the newsroom is."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def labelled(name: str, value: str) -> str:
    """``value`` beside its name, in one line."""
    return f"{name} {' '.join(value.splitlines())}".rstrip()
