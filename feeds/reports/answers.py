"""What all answers are made with: structs for JSON, and their parts as words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from feeds.ledger.mark import Origin

if TYPE_CHECKING:
    from feeds.ledger import revisions

_Revision = TypeVar("_Revision", bound="Revision")
_Answer = TypeVar("_Answer", bound=msgspec.Struct)


class Revision(msgspec.Struct, frozen=True):
    """A publish that changed something. Counts are of entries, and of documents.

    ``origin`` is why it began an epoch of the ledger, if it did.
    """

    number: int
    committed: datetime
    entered: int
    corrected: int
    documents: int
    origin: Origin | None = None


def filled(kind: type[_Answer], *sources: object, **more: Any) -> _Answer:
    """A ``kind`` with the values in ``more``; all others ``sources`` have by the same names.

    Of several that have one, the first.
    """
    for name in kind.__struct_fields__:
        if name not in more:
            more[name] = next(getattr(one, name) for one in sources if hasattr(one, name))
    return kind(**more)


def filled_revision(
    kind: type[_Revision], made: revisions.Revision, origins: Mapping[int, Origin], **more: Any
) -> _Revision:
    """A ``kind`` with the values of a revision, its own of ``origins``, and ``more``."""
    return filled(kind, made, origin=origins.get(made.number), **more)


def origin_text(origin: Origin) -> str:
    """Why a revision began an epoch, in words."""
    if origin.how == "restored":
        when = f" of {origin.committed:%Y-%m-%d %H:%M} UTC" if origin.committed else ""
        return f"restored from {origin.file}, which has revision {origin.revision}{when}"
    if origin.revision:
        return f"--rebuild: taken as it was, at revision {origin.revision}"
    return "--rebuild: made anew from the pages"


def counted(number: int, name: str) -> str:
    """So many of what is called ``name``."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """``moment`` where the newsroom is."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def labelled(name: str, value: str) -> str:
    """``value`` beside its name, in one line."""
    return f"{name} {' '.join(value.splitlines())}".rstrip()
