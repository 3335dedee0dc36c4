"""The finished documents of the newest revision, in memory.

Rules
- Whether there is a new revision is asked of SQLite, through a connection that is kept, when a
  request comes: at most every hundredth of a second. ``feeds serve`` also looks once a second, so
  that what was published is there even if nobody asked before the ledger was lost. One request
  takes the new documents out of the ledger, all of one revision at once, while others go on with
  those of before.
- A revision is named by its epoch and its number. What is served never goes back: an older
  revision, as a copy of the ledger has it, is not taken over, and pages aren't made of it either.
- While the ledger can't be read, what was read last is served, unless somebody wants nothing stale.
- No more than ``_MOST_BYTES`` are kept, those of the first feeds; the rest is left to whoever
  looks it up for each request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.ledger import documents, keys, revisions, themes
from feeds.ledger.connect import Ledger, exists, is_usable
from feeds.ledger.keys import Key
from feeds.ledger.lock import LastRun, run_of
from feeds.ledger.revisions import Revision
from feeds.metrics.counts import Served
from feeds.model import FORMATS, Stored
from feeds.model.errors import LedgerError, LedgerOlderError
from feeds.newsroom.site import Site
from feeds.newsroom.theme import Theme
from feeds.syndication import sections
from feeds.web import conditional
from feeds.web.caching import COUNT
from feeds.web.complaints import Complaints
from feeds.web.conditional import Finished
from feeds.web.keys import Asked, admit, enter

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_BYTES = 64 * 1024 * 1024
_LOOK_SECONDS = 0.01
_MOST_DOORS = 1024
"""So many ways in are known without looking at their tokens again."""
_AWAY_SECONDS = 0.5


class Shelved(NamedTuple):
    """A revision: its epoch and number, its configuration, its documents by path, their sources.

    ``committed`` is when it was, None for none. ``keyed`` are the documents for those who have a
    key, by what this opens; ``site`` knows nothing of them. ``theme`` is how its pages look.
    """

    stamp: tuple[int, int]
    committed: datetime | None
    site: Site | None
    ready: Mapping[str, Finished]
    keyed: Mapping[tuple[str, str, bool], Finished]
    sources: Mapping[str, Stored]
    theme: Theme = Theme()


class Shelf:
    """What of a ledger is kept in memory; may be asked by many threads."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger = ledger
        self._clock = clock
        self._watch = ledger.kept_by.watch()
        self._taking = Lock()
        self._shelved = Shelved((0, 0), None, None, {}, {}, {})
        self._mark: object = None
        self._keys: Mapping[str, Key] = {}
        self._doors: dict[tuple[str, str], tuple[Asked, Finished]] = {}
        self._next_look = 0.0
        self.is_current = True
        """Whether the ledger could be read when it was looked at last."""
        self.complaints = Complaints(clock)

    @property
    def number(self) -> int:
        """The revision that is served; 0 for none."""
        return self._shelved.stamp[1]

    @property
    def served(self) -> Served | None:
        """The revision that is served, and when it was committed; None for none."""
        shelved = self._shelved
        return Served(*shelved.stamp, shelved.committed) if shelved.committed else None

    @property
    def site(self) -> Site | None:
        """The configuration of the revision that is served; None for none."""
        return self._shelved.site

    @property
    def theme(self) -> Theme:
        """The theme of the revision that is served."""
        return self._shelved.theme

    @property
    def last_run(self) -> LastRun | None:
        """How the last run ended; None if none is known. Raises LedgerError."""
        return run_of(self._watch.noted())

    def get(self, path: str) -> Finished | None:
        """The document at ``path``, such as /feeds/latest.rss; None if it is not kept here."""
        if self._clock() >= self._next_look:
            self.refresh()
        return self._shelved.ready.get(path)

    @property
    def keys(self) -> Mapping[str, Key]:
        """All keys by their hashes."""
        if self._clock() >= self._next_look:
            self.refresh()
        return self._keys

    def opened(self, asked: Asked) -> Finished | None:
        """What was ``asked`` for, if its key opens it; None if not, or it is not kept here."""
        if asked.key is None or asked.key.revoked:
            return None
        return self._shelved.keyed.get(asked.opens)

    def admit(self, environ: dict[str, Any]) -> tuple[Asked, Finished | None]:
        """What a request asks for with a key, whose token is taken out of it, and what it gets."""
        doors = self._doors  # of the same keys and documents as are asked below, or older ones
        way_in = environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION", "")
        if found := doors.get(way_in):
            enter(environ, found[0])
            return found
        asked = admit(environ, self._keys)
        document = self.opened(asked)
        if document and len(doors) < _MOST_DOORS:
            doors[way_in] = asked, document
        return asked, document

    def refresh(self) -> None:
        """Takes over a new revision if there is one. Never raises, never waits for others."""
        if not self._taking.acquire(blocking=False):
            return
        try:
            self._refresh()
            self._next_look = self._clock() + _LOOK_SECONDS
            self.is_current = True
            self.complaints.shelf_reads()
        except Exception as error:  # noqa: BLE001 - whatever it is, what was read last is served
            self._next_look = self._clock() + _AWAY_SECONDS
            self.is_current = False
            self.complaints.shelf_fails(error, self.number)
        finally:
            self._taking.release()

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, Revision | None]]:
        """The ledger, and its newest revision, which is what is served from now on; None if none.

        Raises LedgerError, also if the revision is older than what is served.
        """
        with ExitStack() as stack:
            with self._taking:  # or another could take over a newer revision than is seen here
                self._watch.require()  # within, or each of those who wait here would wait again
                connection = stack.enter_context(self._ledger.read())
                newest = self._agreed(connection)
            yield connection, newest

    def _refresh(self) -> None:
        if not exists(self._ledger.place):
            self._watch.close()
            if self.number:
                raise LedgerError("the ledger is gone", file=str(self._ledger.place))
            return
        mark = self._watch.mark()
        if mark == self._mark:
            return
        self._watch.require()
        with self._ledger.read() as connection:
            self._agreed(connection)
        self._mark = mark

    def _agreed(self, connection: Connection) -> Revision | None:
        """The newest revision that ``connection`` sees, taken over if it was not yet."""
        file = str(self._ledger.place)
        newest = revisions.latest(connection) if is_usable(self._ledger.place, connection) else []
        if not newest:
            if self.number:
                raise LedgerError("the ledger was emptied", file=file)
            return None
        stamp = revisions.epoch(connection), newest[0].number
        if stamp < self._shelved.stamp:
            raise LedgerOlderError(
                f"this is revision {stamp[1]}, older than what is served",
                file=file,
                remedy="put back the ledger that was here, or go back to this one on purpose "
                "with 'feeds restore-ledger'",
            )
        if stamp > self._shelved.stamp:
            before = self._shelved
            made = _shelved(connection, stamp, newest[0], before.sources)
            theme = before.theme
            if theme.key != newest[0].site.theme:
                theme = themes.find(connection) if newest[0].site.theme else Theme()
                self.complaints.forget_theme()
            self._shelved = made._replace(theme=theme)
        self._keys = {key.hash: key for key in keys.all_keys(connection)}
        self._doors = {}  # last: what is noted there was open by all of the above
        return newest[0]


def _shelved(
    connection: Connection, stamp: tuple[int, int], revision: Revision, before: Mapping[str, Stored]
) -> Shelved:
    """The documents of a revision; those of ``before`` that it still has are not read again."""
    whole = sections.widened(revision.site, revisions.sections(connection).made)
    site, moments = whole.without_keyed, revisions.moments(connection, COUNT)
    caching = conditional.caching(site, moments)
    etags = documents.validators(connection)
    ready: dict[str, Finished] = {}
    keyed: dict[tuple[str, str, bool], Finished] = {}
    sources: dict[str, Stored] = {}
    left = _MOST_BYTES
    for feed in whole.feeds:
        for form in FORMATS:
            path = f"/feeds/{feed.name}.{form}"
            stored: Stored | None = before.get(path)
            newest = etags.get((feed.name, form))
            if stored is None or (stored.document.etag, stored.last_modified) != newest:
                stored = documents.find(connection, feed.name, form)
            if stored is None:
                continue
            if feed.keyed:
                both = conditional.of_keyed(stored, moments, site)
                left -= both[0].size
            else:
                made = conditional.of_stored(stored, caching, conditional.told(site, feed, form))
                left -= made.size
            if left < 0:
                continue
            sources[path] = stored
            if feed.keyed:
                keyed |= {
                    (feed.first_name, f"{name}.{form}", way): both[way]
                    for name in (feed.name, *feed.former_names)
                    for way in (False, True)
                }
            else:
                ready[path] = made
    return Shelved(stamp, revision.committed, site, ready, keyed, sources)
