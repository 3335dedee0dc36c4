"""What the lines of all servers have in common. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from feeds.newsroom.site import Site
from feeds.syndication import licence
from feeds.web import caching, documents

STORY = "[a-z2-7]"
"""A letter of an entry's hash."""
NAME = "[a-z0-9-]+"
"""Nothing else gets from an address into a header: a line's end there would begin another one."""
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
    "opml": "text/x-opml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
"""By the ends of files' names; as the app has them, which a test holds them to."""


def polling(site: Site) -> str:
    """The Cache-Control of documents."""
    return caching.polling_cache_control((), timedelta(minutes=site.ttl))


def links_of(site: Site, own: str = "") -> str:
    """A Link header: the hubs of what is at the address ``own``, and the licence."""
    links = [f'<{hub}>; rel="hub"' for hub in site.hubs] if own else []
    links += [f'<{site.feeds_url}{own}>; rel="self"'] if own else []
    links += [] if site.rights is None else [licence.link(site)]
    return ", ".join(links)


def guesses(form: str) -> str:
    """A pattern of the addresses that people guess for the main feed in the format ``form``."""
    return "|".join(re.escape(one) for one in documents.guessed_addresses(form))


def quoted(path: str) -> str:
    """``path`` as nginx and Caddy read it, whatever is in it."""
    return f'"{path}"' if re.search(r'[\s;{}"]', path) else path
