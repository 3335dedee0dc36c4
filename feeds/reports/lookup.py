"""The ledger as somebody asks for it: opened, and the entry that a name means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from feeds.entries import names
from feeds.entries.identity import url_names
from feeds.ledger import aliases, briefs, shown
from feeds.ledger.connect import Ledger, open_to_read
from feeds.ledger.loss import refuse_loss
from feeds.model import Access, Entry, EntryId, Hidden, Image, Kind, Url
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import CORRECTIONS
from feeds.reports.answers import filled, in_zone
from feeds.reports.media import image_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELDS = tuple(name for name in CORRECTIONS if name != "alt")  # which is the image's
_MOST = 10


class Listed(msgspec.Struct, frozen=True):
    """An entry in a list. ``stated`` is the page's own date, in ISO 8601.

    ``is_held``: the gate keeps it out of every document.
    """

    id: EntryId
    hash: str
    kind: Kind
    title: str
    stated: str | None
    published: datetime | None
    updated: datetime
    url: Url | None
    hidden: Hidden
    access: Access
    is_held: bool = False

    def __str__(self) -> str:
        """One line: the name to call it by, its day, its headline."""
        day = self.stated[:10] if self.stated else "undated   "
        state = self.hidden or ("held" if self.is_held else "")
        marks = "".join(f" [{mark}]" for mark in (state, self.access) if mark not in {"", "free"})
        return f"{self.hash}  {day}  {self.title or '(erased)'}{marks}"


def listed(entry: Entry, *, is_held: bool = False) -> Listed:
    """``entry`` as it stands in a list; ``is_held`` if the gate keeps it out."""
    stated = entry.stated.iso if entry.stated else None
    return filled(Listed, entry, stated=stated, is_held=is_held)


def changes(before: Entry, after: Entry, zone: ZoneInfo, notice: object = None) -> list[str]:
    """What readers have otherwise than ``before``, a line for each field: what it was → it is.

    ``notice`` is what they are told of it, empty if that is taken back.
    """
    lines = []
    for name in _FIELDS:
        was, became = (_shown(getattr(entry, name), zone) for entry in (before, after))
        if was != became:
            lines.append(f"{name}: {was} → {became}")
    if notice is not None:
        lines.append(f"notice: {notice or 'none'}")
    return lines or ["nothing is other than before"]


def _quoted(value: object) -> str:
    """One of several values, in quotes if it could be taken for two."""
    text = str(value)
    return f"'{text}'" if "," in text else text


def _shown(value: object, zone: ZoneInfo) -> str:
    match value:
        case datetime():
            return in_zone(value, zone)
        case tuple():
            return ", ".join(map(_quoted, value)) or "none"
        case Image():
            return f"{image_text(value)} ({value.alt})" if value.alt else image_text(value)
    return str(value or "none")


def open_ledger(newsroom: Newsroom) -> Ledger:
    """The newsroom's ledger, read-only; raises LedgerError, and FeedsError if there is none."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        refuse_loss(newsroom)
        newsroom.configuration()  # it says so if this is no newsroom's folder, and which may be
        raise FeedsError("there is no ledger yet", remedy="'feeds publish' makes it")
    return ledger


def find_entry(newsroom: Newsroom, text: str) -> Entry:
    """The one entry that ``text`` names: by id, URL, or an unambiguous part of its headline.

    Raises FeedsError if there is none, or lists the candidates if there are more.
    """
    with open_ledger(newsroom).read() as connection:
        found = entries_called(connection, text)
        if not found and "://" in text:
            ids = set(aliases.ids_named(connection, url_names(newsroom.site(), text)).values())
            found = shown.in_order(connection, sorted(ids))
    if len(found) == 1:
        return found[0]
    if not found:
        raise FeedsError(f"no entry is called '{text}'", remedy="'feeds list' shows what there is")
    lines = [f"  {listed(entry)}" for entry in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"  … and {len(found) - _MOST} more")
    raise _AmbiguousError(f"'{text}' can be {len(found)} entries; name one of them:", lines)


def is_in_part(text: str, entry: Entry) -> bool:
    """Whether ``text`` is a part of the headline of ``entry``, and no other name of it."""
    return names.is_in_part(text, entry.title)


def entries_called(connection: Connection, text: str) -> list[Entry]:
    """The entries that somebody may mean by ``text``: those of that id, URL or headline."""
    found = shown.by_name(connection, text, names.hash_in(text), names.address(text))
    return found or shown.in_order(connection, names.meant(text, briefs.headlines(connection)))


class _AmbiguousError(FeedsError):
    def __init__(self, what: str, lines: Sequence[str]) -> None:
        super().__init__(what)
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join((self.problem.what, *self._lines))
