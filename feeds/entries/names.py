"""What people call an entry: by its id, its address, its headline, or words of that.

Rules
- Pure. The ledger looks for ids and addresses; which headline is meant is chosen here.
- A headline that is the same, word by word, is meant rather than those that have the words in them.
"""

from __future__ import annotations

from collections.abc import Iterable

from feeds.entries import identity
from feeds.model import Entry, EntryId
from feeds.model.names import Alias
from feeds.text.words import words

_LONG = 3
"""A part of a word counts only if it is longer than this."""
_MOST = 200


def hash_in(name: str) -> str:
    """The last part of ``name`` if that is the address of a story's page; else ``name``."""
    return name.rstrip("/").rpartition("/stories/")[2]


def address(name: str) -> Alias | None:
    """The alias of a story at the address ``name``; None if it is no address."""
    return identity.url_alias(name) if "://" in name else None


def meant(
    name: str, headlines: Iterable[tuple[EntryId, str]], *, in_part: bool = True
) -> list[EntryId]:
    """Those of the ``headlines`` that somebody may mean by ``name``, in their order.

    Those that have the same words; if there are none, and ``in_part``, those that hold them.
    """
    wanted = words(name)
    if not wanted or "://" in name:
        return []
    whole, part = [], []
    for entry_id, title in headlines:
        told = words(title)
        if told == wanted:
            whole.append(entry_id)
        elif in_part and (f" {wanted} " in f" {told} " or (len(wanted) > _LONG and wanted in told)):
            part.append(entry_id)
    return (whole or part)[:_MOST]


def is_in_part(name: str, title: str) -> bool:
    """Whether ``name`` is a part of the headline ``title``, and neither all of it nor an id."""
    wanted, told = words(name), words(title)
    return "://" not in name and wanted != told and bool(wanted) and wanted in told


def of_day(found: Iterable[Entry], day: str) -> list[Entry]:
    """Those of ``found`` that state ``day`` (ISO 8601); all of them if ``day`` is empty."""
    return [entry for entry in found if not day or (entry.stated and entry.stated.iso[:10] == day)]
