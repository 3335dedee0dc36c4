"""When what a feed tells of its entries last changed: its ``updated`` and ``lastBuildDate``.

Rules
- It moves with whatever enters, leaves or changes in that very feed, and with nothing else: not
  with the configuration, the program, or another feed.
- It is the moment of the revision, always later than before, and stored: documents depend on the
  ledger, and not on the time of the run that happens to write them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import settings
from feeds.model import Entry
from feeds.newsroom.site import Feed
from feeds.publish.archives import last_modified
from feeds.publish.run import Run
from feeds.syndication.view import contents_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SETTING = "feeds updated"


class _Contents(NamedTuple):
    """What a feed told last, as a hash, and since when."""

    told: str
    since: datetime


class FeedUpdates:
    """The moments of all feeds, as of the last revision and of the one that is being made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._before = settings.find_json(connection, _SETTING, dict[str, _Contents]) or {}
        self._after: dict[str, _Contents] = {}

    def of_feed(
        self, run: Run, feed: Feed, entries: Sequence[Entry], tombstones: Sequence[NamedTuple]
    ) -> datetime | None:
        """When ``feed`` was last changed, given what it has now; None if it never had anything."""
        before = self._before.get(feed.first_name)
        if before is None and not entries and not tombstones:
            return None
        told = contents_hash(feed, entries, tombstones)
        if before is None or before.told != told:
            since = last_modified(run.now, before.since if before else None)
            before = _Contents(told, max([since, *(entry.updated for entry in entries)]))
        self._after[feed.first_name] = before
        return before.since

    def remember(self, feeds: Collection[Feed]) -> None:
        """Stores the moments of ``feeds``, which are all that there are."""
        known: Mapping[str, _Contents] = self._before | self._after
        names = {feed.first_name for feed in feeds}
        kept = {name: known[name] for name in sorted(names & known.keys())}
        if kept != self._before:
            settings.put_json(self._connection, _SETTING, kept)
