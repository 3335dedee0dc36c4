"""Archives are closed, written out and stored: the shell around ``syndication.archives``.

Rules
- Both are parts of the transaction that makes a revision. What it costs goes by what the run
  touched: nobody looks through the ledger but when a feed begins to have archives, or its filters
  were changed.
- One archive is written at a time, so that memory is bounded. One whose bytes did not change
  keeps its ETag and Last-Modified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import archives, settings
from feeds.model import Entry, EntryId
from feeds.model.errors import GateError
from feeds.newsroom.site import Feed
from feeds.publish.rendering import render_archive
from feeds.publish.run import Run
from feeds.syndication import filters, gate, selection
from feeds.syndication.archives import closed, filters_hash, look_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SETTING = "archives"
_SECOND = timedelta(seconds=1)


class _State(NamedTuple):
    """By which settings a feed's archives were made."""

    filters: str
    look: str


def newly_visible(run: Run) -> Iterator[list[Entry]]:
    """What nobody could see until now, and can in an archive of this revision, some at a time.

    These are entries for the archive alone, while a feed begins to have archives, or other filters;
    whatever else there is was published when it came in.
    """
    before = _states(run.connection)
    begun = [
        feed
        for feed in run.site.feeds
        if feed.archive and not _is_known(before.get(feed.first_name), feed)
    ]
    if not begun:
        return
    for batch in archives.candidates(run.connection, None):
        yield [
            entry
            for entry, _ in batch
            if entry.standing == "archived"
            and not entry.hidden
            and any(filters.belongs(feed, entry) for feed in begun)
        ]


def close_archives(run: Run, touched: Set[EntryId], feed: Feed, polled: Sequence[Entry]) -> int:
    """Closes the archives of ``feed`` that have to be; returns the number of the newest.

    ``touched`` are the entries that may be otherwise by now; ``polled`` is what is in the document
    that subscribers poll, from now on.
    """
    connection, name = run.connection, feed.first_name
    is_known = _is_known(_states(connection).get(name), feed)
    for batch in archives.candidates(connection, touched if is_known else None):
        belong = [
            entry.id for entry, is_shown in batch if is_shown and filters.belongs(feed, entry)
        ]
        others = {entry.id for entry, _ in batch} - set(belong)
        archives.await_archive(connection, name, belong, sorted(others))
    number = archives.newest_assigned(connection, name)
    waiting = archives.waiting(connection, name)
    for ids in closed(waiting, {entry.id for entry in polled}):
        number += 1
        archives.assign(connection, name, ids, number)
    return number


def store_archives(run: Run, touched: Set[EntryId], left: Collection[str]) -> None:
    """Writes the archives that are new, or have an entry of ``touched``, or look otherwise now.

    Those of feeds that have none any more are dropped; those of feeds whose first names are in
    ``left`` stay as they are. Raises GateError for what must not be published, and
    UnrenderableError.
    """
    connection, site = run.connection, run.site
    before = _states(connection)
    states: dict[str, _State] = {}
    for feed in site.feeds:
        if feed.archive:
            name = feed.first_name
            if name in left:
                continue  # without its state, all of it is looked at once it can be rendered
            state = states[name] = _State(filters_hash(feed), look_hash(site, feed))
            last = archives.newest_assigned(connection, name)
            if name in before and before[name].look == state.look:
                numbers = archives.numbers_with(connection, name, touched)
                numbers.update(range(archives.newest_stored(connection, name) + 1, last + 1))
            else:
                numbers = set(range(1, last + 1))
            for number in run.order.watch(sorted(numbers), "writing archives"):
                _write(run, feed, number)
    for name in before.keys() - states.keys() - set(left):
        archives.drop_documents(connection, name)
    if states != before:
        settings.put_json(connection, _SETTING, states)


def last_modified(now: datetime, before: datetime | None) -> datetime:
    """Since when bytes that are stored ``now`` are there, in the place of those from ``before``.

    Always later than those, even within a second or after the clock was set back.
    """
    return max(now, before + _SECOND) if before else now


def _write(run: Run, feed: Feed, number: int) -> None:
    connection, name = run.connection, feed.first_name
    entries, gone = archives.contents(connection, name, number)
    made = render_archive(run.site, feed, number, sorted(entries, key=selection.order_key), gone)
    if found := gate.document_objections(made):
        raise GateError(found, keeps_readings=run.order.keeps_readings)
    before = archives.validators(connection, name, number)
    fresh = {}
    for item in made:
        etag, moment = before.get((number, item.format), ("", None))
        if etag != item.etag:
            fresh[item.format] = last_modified(run.now, moment)
    if fresh:
        archives.put_documents(connection, name, number, made, fresh, run.revision)


def _is_known(before: _State | None, feed: Feed) -> bool:
    return before is not None and before.filters == filters_hash(feed)


def _states(connection: Connection) -> dict[str, _State]:
    return settings.find_json(connection, _SETTING, dict[str, _State]) or {}
