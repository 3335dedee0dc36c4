"""Which entries are in a feed, and in what order.

Rules
- Newest first: by published, else captured, else entered; then by rank in the list
  that showed them; then by id.
- A feed holds its newest ``limit`` entries, and whatever arrived in the two days up to
  the latest arrival, so that a daily poll sees everything. What a new ledger began with
  doesn't count as an arrival, and four times ``limit`` is the end. The clock is not
  asked: a ledger's feeds change when the ledger does.
- The latest arrival is that of the newsroom; for a section it is its own, so that nothing but
  its own entries changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from feeds.model import Entry, EntryId, Tombstone
from feeds.newsroom.site import Feed
from feeds.syndication import partners
from feeds.syndication.filters import belongs

Belongs = Callable[[Feed, Entry], bool]
RECENT = timedelta(hours=48)
MOST = 4


def order_key(entry: Entry) -> tuple[float, int, str]:
    """Sort key of an entry: smaller is earlier in the document."""
    return -entry.ordered.timestamp(), entry.rank, entry.id


def select_members(
    feed: Feed,
    newest: Iterable[Entry],
    recent: Iterable[Entry],
    after: datetime | None = None,
    belongs: Belongs = belongs,
) -> list[Entry]:
    """The members of ``feed`` in order, all later than ``after``, if there is that moment.

    ``newest`` yields all entries in the order of ``order_key`` and is read no further than
    needed; ``recent`` holds those that came in lately. ``belongs`` says what passes the filters.
    """
    members: dict[str, Entry] = {}
    for entry in newest:
        if after and entry.ordered <= after:
            break
        if belongs(feed, entry):
            members[entry.id] = entry
            if len(members) >= feed.limit:
                break
    # a partner's bound is one that holds
    is_bounded = partners.profile_of(feed).items
    most = feed.limit if is_bounded else MOST * feed.limit
    for entry in sorted(recent, key=order_key):
        if len(members) >= most or (after and entry.ordered <= after):
            break
        if belongs(feed, entry):
            members.setdefault(entry.id, entry)
    return sorted(members.values(), key=order_key)


class Candidate(NamedTuple):
    """What belongs to a section, as far as selecting it goes by that."""

    id: EntryId
    entered: datetime
    is_arrival: bool


def of_section(limit: int, ordered: Sequence[Candidate]) -> list[EntryId]:
    """The members of a section in their order; ``ordered`` is all of it, by ``order_key``.

    ``limit`` is that of its feed.
    """
    latest = max((item.entered for item in ordered if item.is_arrival), default=None)
    older = [
        item.id
        for item in ordered[limit:]
        if latest and item.is_arrival and item.entered >= latest - RECENT
    ]
    return [*(item.id for item in ordered[:limit]), *older[: (MOST - 1) * limit]]


def tombstones_of(
    feed: Feed, found: Iterable[tuple[Tombstone, Entry]], belongs: Belongs = belongs
) -> list[Tombstone]:
    """The tombstones of what may have been in ``feed``; of an erased entry nobody can tell."""
    return [stone for stone, entry in found if entry.hidden == "erased" or belongs(feed, entry)]
