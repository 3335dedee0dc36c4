"""The finished documents of the newest revision, in memory.

Rules
- A new revision is noticed by looking at the ledger's files, not by asking the database: at most
  every hundredth of a second, and only when a request comes. One request takes the new documents
  out of the ledger, all of one revision at once, while others go on with those of before.
- While the ledger can't be read, what was read last is served.
- No more than ``_MOST_BYTES`` are kept, those of the first feeds; the rest is left to whoever
  looks it up for each request.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import documents, revisions
from feeds.ledger.connect import Ledger, exists, is_usable
from feeds.ledger.revisions import Revision
from feeds.model import FORMATS, Stored
from feeds.model.errors import FeedsError, LedgerError
from feeds.newsroom.site import Site
from feeds.syndication import sections
from feeds.web import conditional
from feeds.web.caching import COUNT
from feeds.web.conditional import Finished

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_BYTES = 64 * 1024 * 1024
_LOOK_SECONDS = 0.01
_SURE_SECONDS = 0.1  # coarser than any file system's clock: two writes may carry one time
_AWAY_SECONDS = 1.0

_log = logging.getLogger("feeds")


class Shelved(NamedTuple):
    """A revision: its configuration, its documents by path, and what they were made of."""

    revision: tuple[int, datetime | None]
    site: Site | None
    ready: Mapping[str, Finished]
    sources: Mapping[str, Stored]


class Shelf:
    """What of a ledger is kept in memory; may be asked by many threads."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger = ledger
        self._clock = clock
        self._refreshing = Lock()
        self._shelved = Shelved((0, None), None, {}, {})
        self._marks: object = None
        self._next_look = 0.0
        self._unsure_until = 0.0
        self._complaint = ""

    @property
    def number(self) -> int:
        """The revision that is served; 0 for none."""
        return self._shelved.revision[0]

    @property
    def site(self) -> Site | None:
        """The configuration of the revision that is served; None for none."""
        return self._shelved.site

    def get(self, path: str) -> Finished | None:
        """The document at ``path``, such as /feeds/latest.rss; None if it is not kept here."""
        if self._clock() >= self._next_look:
            self.refresh()
        return self._shelved.ready.get(path)

    def refresh(self) -> None:
        """Takes over a new revision if there is one. Never raises, never waits for others."""
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            self._refresh()
            self._next_look = self._clock() + _LOOK_SECONDS
            self._complaint = ""
        except (FeedsError, OSError, ValueError) as error:  # ValueError: a damaged value
            self._next_look = self._clock() + _AWAY_SECONDS
            if str(error) != self._complaint:
                self._complaint = str(error)
                _log.error("serving revision %d from memory: %s", self.number, error)
        finally:
            self._refreshing.release()

    def _refresh(self) -> None:
        if not exists(self._ledger.path):
            if self.number:
                raise LedgerError("the ledger is gone", file=str(self._ledger.path))
            return
        marks, now = self._look(), self._clock()
        if marks == self._marks and now >= self._unsure_until:
            return
        with self._ledger.read() as connection:
            usable = is_usable(self._ledger.path, connection)
            newest = revisions.latest(connection) if usable else []
            if self.number and not newest:
                raise LedgerError("the ledger was emptied", file=str(self._ledger.path))
            if newest and (newest[0].number, newest[0].committed) != self._shelved.revision:
                self._shelved = _shelved(connection, newest[0], self._shelved.sources)
        if marks != self._marks:
            self._marks, self._unsure_until = marks, now + _SURE_SECONDS

    def _look(self) -> object:
        """Changes whenever something is written to the ledger."""
        path = self._ledger.path
        found = []
        for name in (path, path.with_name(f"{path.name}-wal")):
            try:
                info = name.stat()
            except FileNotFoundError:
                continue
            found.append((info.st_ino, info.st_mtime_ns, info.st_size))
        return found


def _shelved(connection: Connection, revision: Revision, before: Mapping[str, Stored]) -> Shelved:
    """The documents of ``revision``; those of ``before`` that it still has are not read again."""
    site = sections.widened(revision.site, revisions.sections(connection).made)
    caching = conditional.caching(site, revisions.moments(connection, COUNT))
    etags = documents.validators(connection)
    ready: dict[str, Finished] = {}
    sources: dict[str, Stored] = {}
    left = _MOST_BYTES
    for feed in site.feeds:
        for form in FORMATS:
            path = f"/feeds/{feed.name}.{form}"
            stored: Stored | None = before.get(path)
            newest = etags.get((feed.name, form))
            if stored is None or (stored.document.etag, stored.last_modified) != newest:
                stored = documents.find(connection, feed.name, form)
            if stored is None:
                continue
            made = conditional.of_stored(stored, caching, conditional.links(site, feed, form))
            left -= made.size
            if left >= 0:
                ready[path], sources[path] = made, stored
    return Shelved((revision.number, revision.committed), site, ready, sources)
