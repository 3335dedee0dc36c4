"""Another program that reads the ledger: it sees each revision, and when that is there.

It looks every few milliseconds, over a connection of its own that it keeps open, so that a
publisher is not the last to close the ledger; or it stays away, so that one is, until it is asked
to look.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, NamedTuple, Protocol

from lxml import etree

from feeds.ledger.packing import unpack, unpack_together
from tests.soak import desk
from tests.soak.items import Item, read_items
from tests.soak.timeline import NOTHING, Timeline

HEALTH = "/feeds/healthz"
_LOOK_SECONDS = 0.005
_TITLES_OF_A_PAGE = 8
"""A page for people has so many stories at least, if the feed has."""


class Shown(NamedTuple):
    """A document as it was stored: its tag, a digest of its bytes, what is in it."""

    etag: str
    digest: str
    items: list[Item]


class Revision(NamedTuple):
    """All that a revision shows.

    ``documents`` are those of feeds and archives, by path. ``entries`` are the entries, hidden or
    not: id, hash, title, whether readers may see it, and which edition it is.
    """

    number: tuple[int, int]
    seen: float
    documents: Mapping[str, Shown]
    entries: list[tuple[str, str, str, bool, tuple[int, int] | None]]

    def titles(self, prefix: str) -> dict[str, Item]:
        """The items of all documents whose path begins with ``prefix``, by title."""
        return {
            item.title: item
            for path, document in self.documents.items()
            if path.startswith(prefix)
            for item in document.items
        }


class Asked(Protocol):
    """An open ledger, whatever keeps it; what is to be filled into a query is ``?`` there."""

    def execute(self, query: str, values: Sequence[object] = (), /) -> Any:
        """The rows, as a cursor has them."""


class Observer(Thread):
    """Looks into the ledger at ``database``, and keeps the ``timeline``."""

    look_seconds = _LOOK_SECONDS

    def __init__(self, database: Path) -> None:
        super().__init__(daemon=True)
        self.timeline = Timeline()
        self.newest: Revision | None = None
        self.wrong: list[str] = []
        """What was found to be wrong with revisions; whoever takes it empties it."""
        self.digests: dict[tuple[str, str], str] = {}
        """Of the bytes of each document that there ever was, by path and tag."""
        self._database = database
        self._looking = Lock()
        self._stopping, self._is_away = Event(), Event()
        self._connection: sqlite3.Connection | None = None
        self._inode, self._version = 0, 0
        self._parsed: dict[tuple[str, str], Shown] = {}

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._stopping.wait(self.look_seconds):
            if not self._is_away.is_set():
                self.look()
        self._close()

    def stop(self) -> None:
        """Ends it."""
        self._stopping.set()
        self.join()

    def stay_away(self, *, away: bool) -> None:
        """Whether it has the ledger open at all, when nobody asks it to look."""
        if away:
            self._is_away.set()
            with self._looking:
                self._close()
        else:
            self._is_away.clear()

    def integrity(self) -> list[str]:
        """What the ledger's engine finds wrong with it."""
        return integrity(self._database)

    def look(self) -> None:
        """Sees what is there now."""
        with self._looking:
            try:
                self._look()
            except sqlite3.Error as error:
                self._close()
                # a publisher that is the last to leave keeps all others out for a moment
                if "locked" not in str(error) and "busy" not in str(error):
                    self.wrong.append(f"the ledger can't be read: {error}")
            finally:
                if self._is_away.is_set():
                    self._close()

    def _look(self) -> None:
        try:
            inode = self._database.stat().st_ino
        except FileNotFoundError:
            return
        if self._connection is None or inode != self._inode:
            self._close()
            self._connection = sqlite3.connect(
                f"file:{self._database}?mode=ro", uri=True, timeout=5, check_same_thread=False,
                isolation_level=None,
            )  # fmt: skip
            self._inode = inode
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        seen = time.monotonic()
        self._connection.execute("BEGIN")
        try:
            tables = self._connection.execute("SELECT name FROM sqlite_master")
            if ("revisions",) in tables:
                self._take(self._connection, seen)
        finally:
            self._connection.execute("ROLLBACK")
        self._version = version

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection, self._version = None, 0

    def _take(self, connection: Asked, seen: float) -> None:
        """Takes over the newest revision, as it was ``seen`` over ``connection`` at that moment."""
        (newest,) = connection.execute("SELECT max(number) FROM revisions").fetchone()
        epoch = connection.execute("SELECT value FROM settings WHERE key = 'epoch'").fetchone()
        if newest is None:
            return
        number = (int(epoch[0]) if epoch else 1, int(newest))
        if self.newest and number == self.newest.number:
            return
        if self.newest and number < self.newest.number:
            self.wrong.append(f"revision {number} came after {self.newest.number}")
            return
        revision = Revision(number, seen, self._documents(connection), list(_entries(connection)))
        self.wrong += [f"revision {number}: {what}" for what in _contradictions(revision)]
        self.newest = revision
        self.timeline.add(number, seen, _addresses(revision))

    def _documents(self, connection: Asked) -> dict[str, Shown]:
        found = {}
        for feed, form, etag in connection.execute("SELECT feed, format, etag FROM documents"):
            path = f"/feeds/{feed}.{form}"
            found[path] = self._shown(path, etag, partial(_document, connection, feed, form))
        query = "SELECT feed, number, format, etag FROM archives"
        for feed, number, form, etag in connection.execute(query):
            path = f"/feeds/{feed}/archive/{number}.{form}"
            found[path] = self._shown(path, etag, partial(_archive, connection, feed, number, form))
        # what is no more is forgotten: there are hundreds of revisions
        self._parsed = {(path, made.etag): made for path, made in found.items()}
        return found

    def _shown(self, path: str, etag: str, body: Callable[[], bytes]) -> Shown:
        known = self._parsed.get((path, etag))
        if known:
            return known
        document = body()
        try:
            items = list(read_items(document, path.rpartition(".")[2]))
        except (etree.XMLSyntaxError, ValueError) as error:
            self.wrong.append(f"{path} with the tag {etag} is not well-formed: {error}")
            items = []
        made = Shown(etag, hashlib.sha256(document).hexdigest(), items)
        self.digests[path, etag] = made.digest
        return made


def _document(connection: Asked, feed: str, form: str) -> bytes:
    query = "SELECT body, gzip FROM documents WHERE feed = ? AND format = ?"
    body, packed = connection.execute(query, (feed, form)).fetchone()
    return bytes(body) or gzip.decompress(packed)


def _archive(connection: Asked, feed: str, number: int, form: str) -> bytes:
    query = "SELECT bodies FROM archive_bodies WHERE feed = ? AND number = ?"
    return unpack_together(connection.execute(query, (feed, number)).fetchone()[0])[form]


def _entries(
    connection: Asked,
) -> Iterable[tuple[str, str, str, bool, tuple[int, int] | None]]:
    query = "SELECT id, hash, title, hidden, objection, texts FROM entries"
    for entry, name, title, hidden, objection, texts in connection.execute(query):
        yield (
            entry,
            name,
            title,
            not hidden and not objection,
            desk.edition(json.loads(unpack(texts))[0]),
        )


def _contradictions(revision: Revision) -> Iterable[str]:
    """What is in ``revision`` twice, or though it was taken back, or in one format alone."""
    by_feed: dict[str, dict[str, list[Item]]] = {}
    public = {entry for entry, _, _, is_public, _ in revision.entries if is_public}
    for path, document in revision.documents.items():
        for item in document.items:
            if item.id not in public:
                yield f"'{item.title}' is in {path}, and nobody may see it"
        for what, count in Counter(item.id for item in document.items).items():
            if count > 1:
                yield f"{what} is in {path} {count} times"
        name, _, form = path.rpartition(".")
        by_feed.setdefault(name, {})[form] = document.items
    for name, forms in by_feed.items():
        if len(forms) != 3 or any(items != forms["rss"] for items in forms.values()):
            found = {form: len(items) for form, items in forms.items()}
            yield f"the formats of {name} differ: {found}"
    titles = Counter(title for _, _, title, is_public, _ in revision.entries if is_public)
    for title, count in titles.items():
        if count > 1:
            yield f"{count} entries are called {title}"


def _addresses(revision: Revision) -> dict[str, str]:
    """What ``revision`` shows at each address."""
    found = {HEALTH: str(revision.number[1])}
    for path, document in revision.documents.items():
        found[path] = document.etag
        name, _, form = path.rpartition(".")
        if form == "json" and "/archive/" not in path:
            found[name] = page_word(item.title for item in document.items)
    for _, name, title, is_public, edition in revision.entries:
        found[f"/feeds/stories/{name}"] = story_word(title, edition) if is_public else GONE
    return found


GONE = "gone"


def page_word(titles: Iterable[str]) -> str:
    """What stands for a page with the stories called ``titles``, of which it has the first."""
    return "\n".join(list(titles)[:_TITLES_OF_A_PAGE]) or NOTHING


def story_word(title: str, edition: tuple[int, int] | None) -> str:
    """What stands for the page of a story."""
    return f"{title} {edition}"


def integrity(database: Path) -> list[str]:
    """What SQLite finds wrong with the ledger at ``database``."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        found += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return [] if found == ["ok"] else found


def ids(database: Path) -> dict[str, str]:
    """The ids of the entries in the ledger at ``database``, by title."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT title, id FROM entries WHERE hidden = ''"))
