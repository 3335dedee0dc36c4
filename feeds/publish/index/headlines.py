"""Which entries stand under a distinctive headline by now, whatever their day."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.ledger import entries
from feeds.ledger.entries import Told
from feeds.model import EntryId

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Headlines:
    """Fingerprints of headlines that were asked for. A changed one was asked for before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._headed: dict[str, list[tuple[int, EntryId]]] = {}

    def ask(self, keys: Iterable[str]) -> None:
        """Asks for the entries under the headlines of ``keys`` at once."""
        asked = {key for key in keys if key and key not in self._headed}
        if asked:
            self._headed |= {key: [] for key in asked}
            for key, sequence, entry_id in entries.headed(self._connection, asked):
                self._headed[key].append((sequence, entry_id))

    def under(self, key: str) -> list[EntryId]:
        """The entries under the headline of ``key``, oldest first; none for an empty one."""
        self.ask([key])
        return [entry_id for _, entry_id in self._headed.get(key, ())]

    def change(self, told: Told, before: str) -> None:
        """Notes that the headline of ``told`` is another than that of ``before``."""
        if before == told.title_key:
            return
        self.ask([before, told.title_key])
        place = (told.sequence, told.entry.id)
        if before:
            self._headed[before].remove(place)
        if told.title_key:
            insort(self._headed[told.title_key], place)
