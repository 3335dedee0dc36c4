"""The entries that the stories of some pages may be, as they are known by now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import msgspec

from feeds.entries import identity
from feeds.ledger import entries
from feeds.ledger.entries import Told
from feeds.model import Entry, EntryId, hash_of
from feeds.text.ellipses import MARKS, is_cut

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AFTER_ALL = 1 << 60  # above whatever number the ledger has given
_NEAR = timedelta(days=4)
_MOMENTS = ("entered", "updated", "published", "captured")


class Stories:
    """Entries by their ids. What is new or changed is in ``entered`` and ``replaced``, in order.

    ``is_redated``: some are of another day than they were.
    """

    def __init__(self, connection: Connection, revision: int) -> None:
        self._connection = connection
        self._revision = revision
        self._told: dict[EntryId, Told] = {}
        self._minted: dict[str, bool] = {}
        self._asked_cut: list[tuple[datetime, datetime]] = []
        self._numbers = count(_AFTER_ALL)
        self._cut: list[tuple[datetime, EntryId]] = []
        self._changed_cut: dict[EntryId, None] = {}
        self.is_redated = False
        self.entered: dict[EntryId, None] = {}
        self.replaced: dict[EntryId, None] = {}

    def load(self, ids: Iterable[EntryId]) -> None:
        """Asks for those called ``ids`` at once."""
        asked = {entry_id for entry_id in ids if entry_id not in self._told}
        if asked:
            self._told |= {one.entry.id: one for one in entries.by_ids(self._connection, asked)}

    def told(self, entry_id: EntryId) -> Told:
        """The entry called ``entry_id``, which there is."""
        if entry_id not in self._told:
            self.load([entry_id])
        return self._told[entry_id]

    def entry(self, entry_id: EntryId) -> Entry:
        """The same as its pages tell it."""
        return self.told(entry_id).entry

    def in_order(self, ids: Iterable[EntryId]) -> list[Entry]:
        """Those called ``ids``, oldest first."""
        wanted = set(ids)
        self.load(wanted)
        found = sorted((self._told[entry_id] for entry_id in wanted), key=_sequence)
        return [told.entry for told in found]

    def called(self, name: str) -> Entry | None:
        """The entry whose id or guid is ``name``; None if there is none."""
        if name in self._told:
            return self._told[EntryId(name)].entry
        found = entries.id_called(self._connection, name)
        return self.entry(found) if found else None

    def ask_minted(self, ids: Iterable[EntryId]) -> None:
        """Asks at once which of ``ids`` were minted before."""
        asked = {end for entry_id in ids if (end := hash_of(entry_id)) not in self._minted}
        if asked:
            self._minted |= dict.fromkeys(asked, False)
            self._minted |= dict.fromkeys(entries.known_hashes(self._connection, asked), True)

    def is_minted(self, entry_id: EntryId) -> bool:
        """Whether ``entry_id`` was minted before, or another that ends like it."""
        self.ask_minted([entry_id])
        return self._minted[hash_of(entry_id)]

    def between(self, first: datetime, last: datetime, *, cut: bool) -> list[Entry]:
        """The entries of the time from ``first`` to ``last``, oldest first.

        ``cut``: only those whose headlines end in an ellipsis, as readers are shown them or not.
        """
        if cut:
            self.ask_cut([(first, last)])
            start, end = (
                bisect(self._cut, moment, key=_moment)
                for bisect, moment in ((bisect_left, first), (bisect_right, last))
            )
            known = [entry_id for _, entry_id in self._cut[start:end]]
            ids = self._changed_cut | dict.fromkeys(known)
        else:
            found = entries.moments_between(self._connection, first, last)
            ids = self.entered | self.replaced | {entry_id: None for _, entry_id in found}
        if not ids:
            return []
        self.load(ids)
        return self.in_order(
            entry_id
            for entry_id in ids
            if first <= self._told[entry_id].seen.ordered <= last
            and (not cut or _has_cut(self._told[entry_id]))
        )

    def shares_address(self, entry: Entry) -> bool:
        """Whether another entry has the address of ``entry``, too."""
        if entry.url is None:
            return False
        known = {one.id for one in entries.by_url(self._connection, entry.url)}
        ids = {*known, *self.entered, *self.replaced} - {entry.id}
        return any(self.entry(entry_id).url == entry.url for entry_id in ids)

    def ask_cut(self, times: Iterable[tuple[datetime, datetime]]) -> None:
        """Asks for the entries of ``times`` whose headlines end in an ellipsis.

        At once where times are near one another, and not for what is between others.
        """
        near: list[tuple[datetime, datetime]] = []
        for first, last in sorted(times):
            if any(start <= first and last <= end for start, end in self._asked_cut):
                continue
            if near and first - near[-1][1] < _NEAR:
                near[-1] = (near[-1][0], max(last, near[-1][1]))
            else:
                near.append((first, last))
        found = [
            one
            for first, last in near
            for one in entries.moments_between(self._connection, first, last, MARKS)
        ]
        if near:
            self._asked_cut += near
            self._cut = sorted({*self._cut, *found})

    def enter(self, entry: Entry) -> Told:
        """Adds ``entry``, which is new, with a number above all others."""
        self._minted[entry.hash] = True
        key = identity.title_key(entry.title)
        told = Told(next(self._numbers), in_utc(entry), None, key, self._revision)
        self._put(told)
        self.entered[entry.id] = None
        return told

    def replace(self, entry: Entry) -> Told:
        """Puts ``entry`` in the place of the one with its id."""
        before = self.told(entry.id)
        # what is erased keeps the fingerprint that it had
        key = before.title_key if entry.hidden == "erased" else identity.title_key(entry.title)
        told = before._replace(entry=in_utc(entry), title_key=key)
        self._put(told)
        self.is_redated |= before.entry.stated != entry.stated
        if entry.id not in self.entered:
            self.replaced[entry.id] = None
        return told

    def _put(self, told: Told) -> None:
        self._told[told.entry.id] = told
        if _has_cut(told):
            self._changed_cut[told.entry.id] = None


def in_utc(entry: Entry) -> Entry:
    """``entry`` as it comes back from the ledger."""
    moments = {name: getattr(entry, name) for name in _MOMENTS}
    if all(moment is None or moment.tzinfo is UTC for moment in moments.values()):
        return entry
    made = {name: moment and moment.astimezone(UTC) for name, moment in moments.items()}
    return msgspec.structs.replace(entry, **made)


def _has_cut(told: Told) -> bool:
    """Whether a headline is cut, as readers are shown it or as its page tells it."""
    return is_cut(told.seen.title) or is_cut(told.entry.title)


def _moment(known: tuple[datetime, EntryId]) -> datetime:
    return known[0]


def _sequence(told: Told) -> int:
    return told.sequence
