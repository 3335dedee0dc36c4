"""How files are called where they are put, and what goes with them. Pure.

An *address* is what follows the feeds' own URL: ``latest.rss``, ``stories/HASH``, nothing for the
first page. In a bucket the object is called so. In a directory a page is ``latest.html``, since
``latest`` is a folder there; stories are parted by the first letters of their hashes, so that
no folder has too many; and what is gone says so by its name, which a server tells by.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal, NamedTuple

from feeds.ledger.exports import STORIES
from feeds.model import FORMATS
from feeds.syndication import licence

Kind = Literal["page", "moved", "gone"]

_DOCUMENTS = tuple(f".{form}" for form in FORMATS)
HTML = "text/html; charset=utf-8"
NOTHING = "_nothing"
"""The page that is shown where there is nothing. No feed's name begins like that."""
GONE_SUFFIX = ".gone.html"
INDEX = "index.html"
HOUR = "public, max-age=3600"
MINUTE = "public, max-age=60"
DAY = "public, max-age=86400"
FIVE_MINUTES = "public, max-age=300"
NEVER = "no-store"


class File(NamedTuple):
    """A file to be put: what it tells by its ``kind``, its body, its headers, its time."""

    address: str
    kind: Kind
    content_type: str
    body: bytes
    caching: str
    modified: datetime

    @property
    def digest(self) -> str:
        """Changes with whatever the target has of it, but for ``modified``."""
        told = f"{self.kind}\n{self.content_type}\n{self.caching}\n".encode()
        return hashlib.sha256(told + self.body).hexdigest()[:32]


def place(address: str, kind: str) -> str:
    """What the file at ``address`` is called in a directory."""
    if address.startswith(STORIES):
        name = address.removeprefix(STORIES)
        suffix = GONE_SUFFIX if kind == "gone" else ".html"
        return f"{STORIES}{name[:1]}/{name[:2]}/{name}{suffix}"
    if kind == "gone":
        return f"{address}{GONE_SUFFIX}"
    if not address:
        return INDEX
    is_page = "." not in address.rpartition("/")[2] and address != "healthz"
    return f"{address}.html" if is_page else address


def has_brotli(address: str) -> bool:
    """Whether what is at ``address`` is asked for often enough for the best coding."""
    is_document = "/" not in address and address.endswith(_DOCUMENTS)
    return is_document or address.startswith("static/")


def key(address: str) -> str:
    """What the object at ``address`` is called in a bucket."""
    return address or INDEX


def caching(address: str, polling: str) -> str:
    """The Cache-Control of what is at ``address``; ``polling`` is that of feeds."""
    if address.startswith("static/"):
        return DAY
    if address == "healthz":
        return NEVER
    if address in {"news-sitemap.xml", licence.NAME}:
        return FIVE_MINUTES
    return polling if address.endswith(_DOCUMENTS) else MINUTE
