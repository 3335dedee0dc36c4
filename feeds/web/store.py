"""What the app reads: the ledger's last revision, looked up for each request.

The configuration that was in force at the last publish is part of the revision, so the
app serves what was published even while ``site.toml`` is being edited. Before the first
publish the file itself is read, and feeds are valid and empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from feeds.config import Feed, Site
from feeds.ledger import revisions
from feeds.ledger.connect import Ledger, exists, is_usable
from feeds.ledger.members import Found, by_hash, members_of
from feeds.model import Entry, Format, Stored
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from sqlalchemy import Connection


class View(NamedTuple):
    """One revision of the ledger, for the length of a request; ``number`` 0: none yet."""

    connection: Connection | None
    site: Site
    number: int

    def feed(self, name: str) -> Feed | None:
        """The feed called ``name``."""
        return next((feed for feed in self.site.feeds if feed.name == name), None)

    def document(self, name: str, form: Format) -> Stored | None:
        """The document of the feed ``name`` in the format ``form``."""
        if self.connection is not None:
            return revisions.document(self.connection, name, form)
        feed = self.feed(name)
        return empty_documents(self.site, feed)[form] if feed else None

    def members(self, feed: Feed) -> list[Entry]:
        """The entries of ``feed``, in order."""
        return members_of(self.connection, feed.name) if self.connection else []

    def entry(self, entry_hash: str) -> Found | None:
        """The entry whose id ends in ``entry_hash``, hidden or not."""
        return by_hash(self.connection, entry_hash) if self.connection else None


class Store:
    """The newsroom as the app sees it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        # kept, for the statements it has compiled; each request connects anew, to whatever
        # file is at that path by then
        self._ledger = Ledger(newsroom.database, read_only=True)

    @contextmanager
    def view(self) -> Iterator[View]:
        """The newest revision. Raises LedgerError, or ConfigError before the first publish."""
        if not exists(self._newsroom.database):
            yield View(None, self._newsroom.site(), 0)
            return
        with self._ledger.read() as connection:
            usable = is_usable(self._newsroom.database, connection)
            newest = revisions.latest(connection) if usable else []
            if newest:
                yield View(connection, newest[0].site, newest[0].number)
            else:
                yield View(None, self._newsroom.site(), 0)


_rendering = Lock()


def empty_documents(site: Site, feed: Feed) -> dict[Format, Stored]:
    """The documents of a feed nothing was published in yet."""
    with _rendering:  # feedgen switches the process's locale, which threads share
        return _empty_documents(site, feed)


@lru_cache(maxsize=64)
def _empty_documents(site: Site, feed: Feed) -> dict[Format, Stored]:
    from feeds.render import documents  # late: serving what was published needs no feedgen

    return {
        made.format: Stored(made, site.authority_since, 0) for made in documents(site, feed, [])
    }
