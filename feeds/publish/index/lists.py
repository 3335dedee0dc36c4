"""Lists as they were last seen on pages: which headline stood beside which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from feeds.ledger import latest
from feeds.model import EntryId

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Lists:
    """Lists by the paths of their pages. What is other than it was is in ``changed``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lists: dict[str, list[EntryId]] = {}
        self._paths: dict[EntryId, set[str]] = {}
        self._new: set[EntryId | None] = set()
        self.changed: dict[str, Sequence[EntryId]] = {}

    def load(self, paths: Collection[str]) -> None:
        """Asks for the lists of the pages at ``paths`` at once."""
        asked = [path for path in paths if path not in self._lists]
        self._lists |= {path: [] for path in asked}
        for path, entry_id in latest.of_pages(self._connection, asked):
            self._lists[path].append(entry_id)
            self._paths.setdefault(entry_id, set()).add(path)

    def know(self, entry_id: EntryId) -> None:
        """Notes that ``entry_id`` is new: no list in the ledger has it."""
        self._new.add(entry_id)

    def between(
        self, above: EntryId | None, below: EntryId | None, day: date | None
    ) -> set[EntryId]:
        """The entries of ``day`` that stood between ``above`` and ``below`` in some list, alone.

        None is the end of a list, both can't be; or any day. Some may be of another one.
        """
        anchor = below or above
        if anchor is None:
            return set()
        found = set()
        if not self._new & {above, below}:
            stood = latest.between(self._connection, above, below, day)
            found = {entry_id for path, entry_id in stood if path not in self._lists}
        for path in self._paths.get(anchor, ()):
            listed = [None, *self._lists[path], None]
            for over, entry_id, under in zip(listed, listed[1:], listed[2:], strict=False):
                if entry_id and (over, under) == (above, below):
                    found.add(entry_id)
        return found

    def save(self, path: str, ordered: Sequence[EntryId]) -> None:
        """Notes what the list of the page at ``path`` has now, newest first."""
        self.load([path])
        before = self._lists[path]
        if before == list(ordered):
            return
        for entry_id in before:
            self._paths[entry_id].discard(path)
        self._lists[path] = list(ordered)
        for entry_id in ordered:
            self._paths.setdefault(entry_id, set()).add(path)
        self.changed[path] = ordered
