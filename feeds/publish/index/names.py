"""By what names the entries are known, and to which each name leads by now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feeds.ledger import aliases
from feeds.model import EntryId
from feeds.model.names import Alias

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Names:
    """Names that were asked for; ``added`` are new, and ``moved`` lead elsewhere than before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owners: dict[Alias, EntryId | None] = {}
        self._pages: dict[EntryId, set[str]] = {}
        self.added: dict[Alias, EntryId] = {}
        self.moved: dict[Alias, EntryId] = {}

    def owners(self, names: Iterable[Alias]) -> dict[Alias, EntryId]:
        """The entries that ``names`` lead to; the others are left out."""
        wanted = dict.fromkeys(names)
        asked = [name for name in wanted if name not in self._owners]
        if asked:
            self._owners |= dict.fromkeys(asked, None)
            self._owners |= aliases.ids_named(self._connection, asked)
        return {name: owner for name in wanted if (owner := self._owners[name])}

    def pages_of(self, entry_id: EntryId) -> list[str]:
        """The paths of the pages whose article ``entry_id`` is."""
        self.load_pages([entry_id])
        return sorted(self._pages[entry_id])

    def load_pages(self, ids: Iterable[EntryId]) -> None:
        """Asks for the pages of ``ids`` at once."""
        asked = {entry_id for entry_id in ids if entry_id not in self._pages}
        if not asked:
            return
        self._pages |= {entry_id: set() for entry_id in asked}
        for entry_id, path in aliases.pages_of_all(self._connection, asked):
            self._pages[entry_id].add(path)

    def know(self, entry_id: EntryId) -> None:
        """Notes that ``entry_id`` is new: the ledger has no pages of it."""
        self._pages[entry_id] = set()

    def add(self, entry_id: EntryId, names: Iterable[Alias]) -> None:
        """Gives ``entry_id`` names that nothing has yet; raises ValueError for others."""
        for name in names:
            if name in self.owners([name]):
                raise ValueError(f"the name {name} is another entry's already")
            self._owners[name] = self.added[name] = entry_id
            if name.kind == "page":
                self.load_pages([entry_id])
                self._pages[entry_id].add(name.value)

    def move(self, name: Alias, entry_id: EntryId) -> None:
        """Takes ``name`` from the entry that has it, and gives it to ``entry_id``."""
        before = self.owners([name]).get(name)
        if name.kind == "page":
            self.load_pages([entry_id, *([before] if before else [])])
            if before:
                self._pages[before].discard(name.value)
            self._pages[entry_id].add(name.value)
        self._owners[name] = entry_id
        if name in self.added:
            self.added[name] = entry_id
        else:
            self.moved[name] = entry_id
