"""A feed and its entries to documents, byte for byte the same whenever it is asked.

``RENDERERS`` is the table of formats: a new one is a module here and a row. Each renderer
gets a ``FeedView``, which has already answered what all formats need to know.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence

from feeds.config import Feed, Site
from feeds.model import Document, Entry, Format, Tombstone
from feeds.render import atom, jsonfeed, rss
from feeds.render.view import FeedView, view

RENDERERS: dict[Format, tuple[str, Callable[[FeedView], bytes]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss.render),
    "atom": ("application/atom+xml; charset=utf-8", atom.render),
    "json": ("application/feed+json", jsonfeed.render),
}


def documents(
    site: Site, feed: Feed, entries: Sequence[Entry], tombstones: Sequence[Tombstone] = ()
) -> list[Document]:
    """``feed`` with ``entries``, in their order, and what is gone from it, in every format."""
    made = []
    for name, (content_type, renderer) in RENDERERS.items():
        body = renderer(view(site, feed, entries, name, tombstones))
        made.append(Document(feed.name, name, content_type, body, etag(body)))
    return made


def etag(body: bytes) -> str:
    """What names a document of these bytes, and of no others."""
    return base64.b32encode(hashlib.sha256(body).digest()).decode().lower()[:26]
