"""The ledger as somebody asks for it: opened, and the entry that a name means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from feeds.entries.identity import url_names
from feeds.ledger import entries, members
from feeds.ledger.connect import Ledger, open_to_read
from feeds.model import Entry, EntryId, Hidden, Kind, Url
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.reports.answers import filled

_MOST = 10


class Listed(msgspec.Struct, frozen=True):
    """An entry in a list. ``stated`` is the page's own date, in ISO 8601."""

    id: EntryId
    hash: str
    kind: Kind
    title: str
    stated: str | None
    published: datetime | None
    updated: datetime
    url: Url | None
    hidden: Hidden

    def __str__(self) -> str:
        """One line: the name to call it by, its day, its headline."""
        day = self.stated[:10] if self.stated else "undated   "
        hidden = f" [{self.hidden}]" if self.hidden else ""
        return f"{self.hash}  {day}  {self.title or '(erased)'}{hidden}"


def listed(entry: Entry) -> Listed:
    """``entry`` as it stands in a list."""
    return filled(Listed, entry, stated=entry.stated.iso if entry.stated else None)


def open_ledger(newsroom: Newsroom) -> Ledger:
    """The newsroom's ledger, read-only; raises LedgerError, and FeedsError if there is none."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        raise FeedsError("there is no ledger yet", remedy="'feeds publish' makes it")
    return ledger


def find_entry(newsroom: Newsroom, text: str) -> Entry:
    """The one entry that ``text`` names: by id, URL, or an unambiguous part of its headline.

    Raises FeedsError if there is none, or lists the candidates if there are more.
    """
    with open_ledger(newsroom).read() as connection:
        found = entries.called(connection, text)
        if not found and "://" in text:
            names = url_names(newsroom.site(), text)
            ids = {entry.id for entry in entries.find(connection, names).values()}
            found = [item.entry for name in ids if (item := members.by_id(connection, name))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise FeedsError(f"no entry is called '{text}'", remedy="'feeds list' shows what there is")
    lines = [f"  {listed(entry)}" for entry in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"  … and {len(found) - _MOST} more")
    raise _AmbiguousError(f"'{text}' can be {len(found)} entries; name one of them:", lines)


class _AmbiguousError(FeedsError):
    def __init__(self, what: str, lines: Sequence[str]) -> None:
        super().__init__(what)
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join((self.problem.what, *self._lines))
