"""A feed and its entries to documents, byte for byte the same whenever it is asked.

``RENDERERS`` is the table of formats: a new one is a module here and a row. Each renderer
gets a ``FeedView``, which has already answered what all formats need to know.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from feeds.model import FORMATS, Document, Entry, Format, Tombstone
from feeds.newsroom.site import Feed, Site
from feeds.syndication import atom, jsonfeed, partners, rss
from feeds.syndication.view import FOR_READERS, FeedView, ForPartner, path_of, view

_USED = 0.95
"""The share of a partner's bytes that is used, since stories together are not just their sum."""
RENDERERS: dict[Format, Callable[[FeedView], bytes]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": jsonfeed.render,
}


def documents(
    site: Site,
    feed: Feed,
    entries: Sequence[Entry],
    tombstones: Sequence[Tombstone] = (),
    archives: int = 0,
    updated: datetime | None = None,
    partner: ForPartner = FOR_READERS,
) -> list[Document]:
    """``feed`` with ``entries``, in their order, and what is gone from it, in every format.

    That is what subscribers poll. ``archives`` is how many archives the feed has, ``updated`` when
    any of this last changed; without it, that is when the newest entry did. ``partner`` is what a
    partner's RSS says besides.
    """
    return [
        _document(
            feed.name, view(site, feed, entries, name, tombstones, archives, updated, partner)
        )
        for name in RENDERERS
    ]


def fitting(
    site: Site, feed: Feed, entries: Sequence[Entry], partner: ForPartner = FOR_READERS
) -> list[Entry]:
    """Those of ``entries``, newest first, for which a partner's RSS has room; all for readers.

    What that says besides, of ``partner``, comes first: removals are never left out.
    """
    profile = partners.profile_of(feed)
    most = profile.size * _USED

    def size(some: Sequence[Entry]) -> int:
        return len(rss.render(view(site, feed, some, "rss", partner=partner)))

    if not most or size(entries) <= most:
        return list(entries)
    found, empty = [], size([])
    room = most - empty
    for entry in entries:
        needed = size([entry]) - empty
        if needed <= room:
            found.append(entry)
            room -= needed
    return found


def archive(
    site: Site,
    feed: Feed,
    number: int,
    entries: Sequence[Entry],
    tombstones: Sequence[Tombstone] = (),
) -> list[Document]:
    """The archive of ``feed`` with that ``number``, the oldest being 1, in every format.

    Such a document's ``feed`` is its path, "latest/archive/1".
    """
    return [
        _document(
            path_of(feed, number), view(site, feed, entries, name, tombstones, archive=number)
        )
        for name in RENDERERS
    ]


def _document(path: str, shown: FeedView) -> Document:
    body = RENDERERS[shown.form](shown)
    media_type = FORMATS[shown.form].media_type
    content_type = f"{media_type}; charset=utf-8" if media_type.endswith("+xml") else media_type
    return Document(path, shown.form, content_type, body, etag(body))


def etag(body: bytes) -> str:
    """What names a document of these bytes, and of no others."""
    return base64.b32encode(hashlib.sha256(body).digest()).decode().lower()[:26]
