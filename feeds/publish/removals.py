"""What a partner's feed carried and was taken back stays in it for days, as a removal.

Rules
- Retracted, erased, merged, expired, behind the pay wall, for our own site alone (itself, or the
  picture that it needs), held by the gate: all that is taken back.
  What is too old, or one too many, or kept out by a filter, is no removal.
- It is the feed's own memory that counts: what a committed revision of it ever had.
- What comes back says that it changed after it was removed, and what has another picture by now, or
  none, that it changed, or the partner would skip it.
- Removals end by themselves: that is due, like an embargo's end. No renderer asks a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feeds.ledger import carried, shown
from feeds.model import Entry, EntryId
from feeds.newsroom.site import Feed, Site
from feeds.publish.run import Run
from feeds.syndication import filters, partners
from feeds.syndication.selection import Belongs
from feeds.syndication.view import FOR_READERS, ForPartner, Removal, released

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LATER = timedelta(seconds=1)


def settle(
    run: Run,
    feed: Feed,
    polled: Sequence[Entry],
    touched: Collection[EntryId],
    changed: Iterable[tuple[Entry, Entry]] = (),
    belongs: Belongs = filters.belongs,
) -> ForPartner:
    """Notes what of all that ``feed`` ever had is taken back, or back; returns what it tells of it.

    ``polled`` is what the feed may have now, ``touched`` are the entries that may be otherwise by
    now, ``changed`` those of them that were corrected, before and after. ``belongs`` says what
    passes filters.
    """
    if not _hears(feed):
        return FOR_READERS
    connection, now = run.connection, run.now
    there = {entry.id for entry in polled}
    known = carried.of_feed(connection, feed.first_name, {*touched, *there})
    states = shown.by_ids(connection, known.keys() - there)
    other = {new.id for old, new in changed if _picture(feed, old) != _picture(feed, new)}
    repictured = other & there
    moments: dict[EntryId, tuple[datetime | None, datetime | None]] = {}
    for entry_id, one in known.items():
        state = states.get(entry_id)
        is_gone = state is not None and (state.objection or _is_gone(feed, state.entry, belongs))
        if is_gone and not one.removed:
            moments[entry_id] = (_after(now, one.returned), None)
        elif not is_gone and (one.removed or entry_id in repictured):
            moments[entry_id] = (None, _after(now, one.removed or one.returned))
    carried.note(connection, feed.first_name, moments)
    returned = {
        name: moment
        for name, one in known.items()
        if name in there and (moment := moments.get(name, one[1:])[1])
    }
    return ForPartner(list(_current(connection, feed, now)), returned)


def remember(run: Run, feed: Feed, polled: Collection[EntryId]) -> None:
    """Notes that ``feed`` has ``polled``, of which the partner may have to hear one day."""
    if _hears(feed):
        known = carried.of_feed(run.connection, feed.first_name, polled)
        carried.add(run.connection, feed.first_name, sorted(set(polled) - known.keys()))


def next_end(connection: Connection, site: Site, now: datetime) -> list[datetime]:
    """When removals of the feeds of ``site`` end, which are in them ``now``."""
    return [
        removed.when + timedelta(days=feed.takedown_days)
        for feed in site.feeds
        if _hears(feed)
        for removed in _current(connection, feed, now)
    ]


def names(connection: Connection, site: Site) -> set[str]:
    """What documents call what partners' feeds have as removals, or had: ids and guids."""
    feeds = [feed.first_name for feed in site.feeds if _hears(feed)]
    return {name for feed in feeds for name in carried.names_of_removed(connection, feed)}


def _current(connection: Connection, feed: Feed, now: datetime) -> Iterator[Removal]:
    begun = now - timedelta(days=feed.takedown_days)
    for entry, when in carried.removed_after(connection, feed.first_name, begun):
        yield Removal(entry.guid or entry.id, entry.hash, entry.published, when)


def _hears(feed: Feed) -> bool:
    return bool(partners.profile_of(feed).removal)


def _is_gone(feed: Feed, entry: Entry, belongs: Belongs) -> bool:
    is_less_free = entry.access == "paid" or bool(partners.why_kept(feed, entry))
    return bool(entry.hidden) or (is_less_free and not belongs(feed, entry))


def _picture(feed: Feed, entry: Entry) -> str:
    image = released(feed, entry).image
    return image.url if image else ""


def _after(now: datetime, told: datetime | None) -> datetime:
    """``now``, or a second after what a partner was ``told`` last, if that is no earlier."""
    return max(now, told + _LATER) if told else now
