"""What the app reads: the ledger's last revision, looked up for each request.

The configuration that was in force at the last publish is part of the revision, so the
app serves what was published even while ``site.toml`` is being edited. Before the first
publish the file itself is read, and feeds are valid and empty; after it, a ledger without
a revision was lost.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import archives, documents, exports, history, members, revisions, shown
from feeds.ledger.connect import exists
from feeds.ledger.loss import PublishedLedger, judge_moved, refuse_loss
from feeds.ledger.shown import State
from feeds.model import Entry, Format, Stored
from feeds.model.errors import LedgerError
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Place
from feeds.newsroom.site import Feed, Site
from feeds.newsroom.theme import Theme
from feeds.syndication import sections
from feeds.syndication.corrections import published_corrections
from feeds.syndication.filters import belongs, language_of
from feeds.web import caching, conditional, sitemap
from feeds.web.cache import Shelf
from feeds.web.conditional import Finished

if TYPE_CHECKING:
    from sqlalchemy import Connection


_NEXT, _NEAR = 2, 20
"""So many neighbours are asked for one that is led to, which most are."""
_PATIENCE_SECONDS = 0.1  # whoever asks meanwhile waits too; publishing locks nobody out
_NOTICEABLE = timedelta(minutes=1)
_ARCHIVE_LEVEL = 6  # zlib's highest takes up to three times as long, for a hundredth of the bytes
_ARCHIVE_CACHING = "public, max-age=3600, stale-if-error=86400"


_MOST_RECENT = 8
_recent: dict[str, Finished] = {}
"""The archives that were asked for last: unpacking one takes longer than all else. An ETag names
bytes that nothing else has, whatever ledger they are from."""


class View(NamedTuple):
    """One revision of the ledger, for the length of a request; ``number`` 0: none yet.

    ``site`` knows nothing of the feeds that are ``keyed_feeds``.
    """

    connection: Connection | None
    site: Site
    number: int
    keyed_feeds: tuple[Feed, ...] = ()

    def feed(self, name: str) -> Feed | None:
        """The feed called ``name``."""
        return next((feed for feed in self.site.feeds if feed.name == name), None)

    def document(self, name: str, form: Format) -> Finished | None:
        """The document of the feed ``name`` in the format ``form``."""
        feed = self.feed(name)
        if feed is None:
            return None
        if self.connection is None:
            return _finished(_empty_documents(self.site, feed)[form], self.site, feed, [])
        stored = documents.find(self.connection, name, form)
        return _finished(stored, self.site, feed, self.moments) if stored else None

    def keyed(self, feed: str, name: str, form: Format, *, by_address: bool) -> Finished | None:
        """The document of the keyed ``feed``, its first name, if it is, or was, called ``name``."""
        for one in self.keyed_feeds:
            if self.connection and one.first_name == feed and name in {one.name, *one.former_names}:
                stored = documents.find(self.connection, one.name, form)
                both = conditional.of_keyed(stored, self.moments, self.site) if stored else None
                return both[by_address] if both else None
        return None

    def archive(self, name: str, number: int, form: Format) -> Finished | None:
        """The archive of the feed ``name`` with that ``number``."""
        feed = self.feed(name)
        if feed is None or self.connection is None:
            return None
        known = archives.validators(self.connection, feed.first_name, number)
        etag, _ = known.get((number, form), ("", None))
        if found := _recent.get(etag):
            return found
        kept = archives.document(self.connection, feed.first_name, number, form)
        if kept is None:
            return None
        bodies = {"": kept.body, "gzip": gzip.compress(kept.body, _ARCHIVE_LEVEL, mtime=0)}
        found = conditional.finished(
            kept.content_type, kept.etag, kept.last_modified, bodies, _ARCHIVE_CACHING
        )
        _recent[kept.etag] = found
        for other in list(_recent)[:-_MOST_RECENT]:
            _recent.pop(other, None)
        return found

    def newest_archive(self, name: str) -> int:
        """The number of the newest archive of the feed ``name``; 0 if there is none."""
        feed = self.feed(name)
        if feed is None or self.connection is None:
            return 0
        return archives.newest_stored(self.connection, feed.first_name)

    @property
    def moments(self) -> list[datetime]:
        """When the last revisions that brought entries were committed, newest first."""
        return revisions.moments(self.connection, caching.COUNT) if self.connection else []

    @property
    def failing_exports(self) -> int:
        """So many targets of exports are behind, and could not be exported to."""
        return len(exports.failing(self.connection)) if self.connection else 0

    def members(self, feed: Feed) -> list[Entry]:
        """The entries of ``feed``, in order."""
        return members.of_feed(self.connection, feed.name) if self.connection else []

    def corrections(self, feed: Feed) -> list[Entry]:
        """What ``feed``, which is one of corrections, says of stories: as it was published."""
        stored = documents.find(self.connection, feed.name, "json") if self.connection else None
        return published_corrections(stored.document, self.site) if stored else []

    def moments_of(self, feed: Feed) -> list[datetime | None]:
        """When the entries of ``feed`` were published, in order; None for those without a date."""
        return members.moments_of_feed(self.connection, feed.name) if self.connection else []

    def filled(self) -> set[str]:
        """The names of the feeds with something in them."""
        return members.filled_feeds(self.connection) if self.connection else set()

    def published_since(self, moment: datetime) -> list[Entry]:
        """What readers are shown and was published after ``moment``, newest first."""
        return (
            shown.published_since(self.connection, moment, 4 * sitemap.MOST)
            if self.connection
            else []
        )

    def entry(self, entry_hash: str) -> State | None:
        """The entry whose id ends in ``entry_hash``, hidden or not."""
        return shown.by_hash(self.connection, entry_hash) if self.connection else None

    def beside(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The stories before and after ``entry`` in time and of its language.

        They are near, and such as a feed has room for.
        """
        if self.connection is None:
            return None, None

        language = language_of(self.site, entry)

        def first(found: list[Entry]) -> Entry | None:
            ours = (one for one in found if language_of(self.site, one) == language)
            feeds = self.site.feeds
            return next((one for one in ours if any(belongs(feed, one) for feed in feeds)), None)

        after, before = shown.neighbours(self.connection, entry, _NEXT)
        found = first(before), first(after)
        if all(found) or max(len(before), len(after)) < _NEXT:
            return found
        after, before = shown.neighbours(self.connection, entry, _NEAR)
        return first(before), first(after)

    def amended(self, entry: Entry) -> str:
        """Whether ``entry`` was "reworded" or "enriched" since it came out; else empty."""
        if self.connection is None or entry.updated <= entry.ordered:
            return ""
        return history.amended(self.connection, entry.id)

    def is_changed(self, entry: Entry) -> bool:
        """Whether ``entry`` was changed since it came out, by what was done here or said elsewhere.

        That it was updated a few seconds later says nothing: no two entries have the same moment.
        """
        is_said = "updated" in entry.evidence or entry.standing == "loaded"
        if is_said and entry.updated >= entry.ordered + _NOTICEABLE:
            return True
        return bool(self.amended(entry))


def _finished(stored: Stored, site: Site, feed: Feed, moments: list[datetime]) -> Finished:
    told = conditional.told(site, feed, stored.document.format)
    return conditional.of_stored(stored, conditional.caching(site, moments), told)


class Store:
    """The newsroom as the app sees it."""

    def __init__(self, newsroom: Newsroom, now: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._kept: View | None = None
        self.now = now
        # kept, for the statements it has compiled; each request connects anew, to whatever
        # file is at that path by then
        self.shelf = Shelf(PublishedLedger(newsroom, patience=_PATIENCE_SECONDS))

    @property
    def database(self) -> Place:
        """Where the ledger is."""
        return self._newsroom.database

    @contextmanager
    def view(self) -> Iterator[View]:
        """The newest revision, which the shelf has by then, too.

        Raises LedgerError, or ConfigError before the first publish.
        """
        if self._kept:
            yield self._kept
            return
        if not exists(self._newsroom.database):
            yield self._unpublished()
            return
        with self.shelf.read() as (connection, newest):
            if newest:
                known = revisions.sections(connection).made
                site = sections.widened(newest.site, known)
                keyed = tuple(feed for feed in site.feeds if feed.keyed)
                yield View(connection, site.without_keyed, newest.number, keyed)
            else:
                yield self._unpublished()

    def is_moved(self, view: View) -> bool:
        """Whether a copy of what is viewed was published into since."""
        if view.connection is None:
            return False
        return judge_moved(self._newsroom, revisions.mark(view.connection)) is not None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A block in which this thread, which alone may ask, always has the same view.

        Raises as ``view`` does.
        """
        with self.view() as self._kept:
            try:
                yield
            finally:
                self._kept = None

    def site(self) -> Site:
        """The configuration in force, from memory if it can be; raises as ``view`` does."""
        if self.shelf.site:
            return self.shelf.site
        with self.view() as view:
            return view.site

    def theme(self, site: Site) -> Theme:
        """The theme that ``site`` names, as far as it was published."""
        found = self.shelf.theme
        return found if found.key == site.theme else Theme()

    def has(self, name: str) -> bool:
        """Whether there is a feed called ``name``; raises as ``view`` does."""
        return any(feed.name == name for feed in self.site().feeds)

    def _unpublished(self) -> View:
        if self.shelf.number:
            raise LedgerError("the ledger is gone or emptied", file=str(self._newsroom.database))
        refuse_loss(self._newsroom)
        return View(None, self._newsroom.site().without_keyed, 0)


_rendering = Lock()


def _empty_documents(site: Site, feed: Feed) -> dict[Format, Stored]:
    """The documents of a feed nothing was published in yet."""
    with _rendering:  # feedgen switches the process's locale, which threads share
        return _rendered_empty(site, feed)


@lru_cache(maxsize=64)
def _rendered_empty(site: Site, feed: Feed) -> dict[Format, Stored]:
    # late: serving what was published needs no feedgen
    from feeds.syndication.documents import documents as rendered

    return {made.format: Stored(made, site.authority_since, 0) for made in rendered(site, feed, [])}
