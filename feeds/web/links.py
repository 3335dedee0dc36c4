"""Addresses within the app, below whatever path ``feeds_url`` has in front of ``/feeds/``.

A proxy may publish the app below a path of its own and cut that off before it asks; links
have to have it nevertheless. They are never absolute: no Host header gets into an answer.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from flask import redirect, url_for
from werkzeug.wrappers import Response

from feeds.newsroom.site import Site

_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed/{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
)


def within(site: Site, endpoint: str, **values: Any) -> str:
    """The path of ``endpoint`` as a browser has to ask for it."""
    prefix = urlsplit(site.feeds_url).path.removesuffix("/feeds/")
    return prefix + url_for(endpoint, **values)


def redirected(address: str, code: int, cache: str) -> Response:
    """A redirect to ``address`` with the given Cache-Control."""
    response = redirect(address, code)
    response.headers["Cache-Control"] = cache
    return response


def host(address: str) -> str:
    """The host of ``address`` as people know it: without ``www.``, in its own letters."""
    name = (urlsplit(address).hostname or address).removeprefix("www.")
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:  # it has such letters already, or is none of those names
        return name


def reader_links(feed_url: str) -> list[tuple[str, str]]:
    """The name of each reader, and the address at which it takes ``feed_url``."""
    return [(name, address.format(quote(feed_url, safe=""))) for name, address in _READERS]
