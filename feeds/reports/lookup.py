"""TODO."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from feeds.entries import names
from feeds.entries.identity import url_names
from feeds.ledger import aliases, shown
from feeds.ledger.connect import open_to_read
from feeds.model import Entry
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST = 10


def named(newsroom: Newsroom, text: str) -> Entry:
    """The one entry that ``text`` names: by id, URL, or an unambiguous part of its headline.

    Raises FeedsError if there is none, or lists the candidates if there are more.
    """
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        raise FeedsError("there is no ledger yet", remedy="'feeds publish' makes it")
    with ledger.read() as connection:
        found = called(connection, text)
        if not found and "://" in text:
            ids = set(aliases.ids_named(connection, url_names(newsroom.site(), text)).values())
            found = shown.in_order(connection, sorted(ids))
    if len(found) == 1:
        return found[0]
    if not found:
        raise FeedsError(f"no entry is called '{text}'", remedy="'feeds list' shows what there is")
    lines = [f"  {line_of(entry)}" for entry in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"  … and {len(found) - _MOST} more")
    raise _AmbiguousError(f"'{text}' can be {len(found)} entries; name one of them:", lines)


def called(connection: Connection, text: str) -> list[Entry]:
    """The entries that somebody may mean by ``text``: those of that id, URL or headline."""
    found = shown.by_name(connection, text, names.hash_in(text), names.address(text))
    return found or shown.in_order(connection, names.meant(text, shown.headlines(connection)))


class _AmbiguousError(FeedsError):
    def __init__(self, what: str, lines: Sequence[str]) -> None:
        super().__init__(what)
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join((self.problem.what, *self._lines))


def line_of(entry: Entry) -> str:
    """An entry in one line: the name to call it by, its day, its headline."""
    day = entry.stated.iso[:10] if entry.stated else "undated   "
    title = entry.title or "(erased)"
    hidden = f" [{entry.hidden}]" if entry.hidden else ""
    return f"{entry.hash}  {day}  {title}{hidden}"
