"""URLs that are checked before anything is published under them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from feeds.model import Entry, Url

# RFC 3986, section 2: anything else has to be percent-encoded before it is a URL.
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def checked(text: str) -> Url:
    """``text`` as an absolute http(s) URL.

    Raises ValueError, saying what was expected, for anything that is not one.
    """
    if not _ALLOWED.fullmatch(text):
        raise ValueError("expected a URL without blanks or unencoded characters")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"}:
        raise ValueError("expected a URL that begins with https:// or http://")
    if not parts.hostname:
        raise ValueError("expected a URL with a host, as in https://news.example/")
    if parts.port == 0:
        raise ValueError("expected a port from 1 to 65535")
    return Url(text)


def is_loopback(url: str) -> bool:
    """Whether only this very machine can reach ``url``."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def of_entry(entry: Entry, feeds_url: str, former: Sequence[str], site_url: str) -> str:
    """Where a subscriber reads ``entry``: its own URL, else its page in the app."""
    if entry.url:
        return rewritten(entry.url, former, site_url)
    return f"{feeds_url}stories/{entry.hash}"


def canonical(url: str) -> str:
    """Placeholder."""
    return url.partition("://")[2].partition("#")[0].rstrip("/").removeprefix("www.")


def rewritten(url: Url, former: Sequence[str], site_url: str) -> Url:
    """Placeholder."""
    for prefix in former:
        if url.startswith(prefix):
            return Url(site_url + url[len(prefix) :])
    return url


def is_home(url: str, site_url: str, former: Sequence[str]) -> bool:
    """Placeholder."""
    return canonical(url) in {canonical(home) for home in (site_url, *former)}
