"""What Google's news sitemap says of entries: which of them, and each one's day and language.

Rules (Google's "news sitemap" documentation)
- Only what was published in the last two days, at most a thousand, the newest first.
- Only addresses of the site itself; entries whose page is this app's are not among them, for
  search engines are asked to leave those alone. What has no date is in no sitemap, and no
  address that is longer than sitemaps may have them.
- A language is two or three letters, but ``zh-cn`` and ``zh-tw`` for the two kinds of Chinese.
- A date is no more precise than the page had it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from feeds.model import Entry
from feeds.newsroom.site import Site
from feeds.text import urls
from feeds.web import metadata

PERIOD = timedelta(days=2)
MOST = 1000
_TOO_LONG = 2048
_TRADITIONAL = {"tw", "hk", "mo", "hant"}


class Item(NamedTuple):
    """One ``url`` of the sitemap."""

    url: str
    language: str
    date: str
    title: str


def sitemap_items(entries: Iterable[Entry], site: Site) -> list[Item]:
    """The items of ``entries``, which are the dated ones of the period, newest first."""
    found = []
    server = urls.server(site.site_url)
    for entry in entries:
        if entry.published is None or not entry.url:
            continue
        url = urls.rewritten(entry.url, site.former_urls, site.site_url)
        if len(url) < _TOO_LONG and urls.server(url) == server:
            language = entry.language or site.language
            found.append(Item(url, named(language), metadata.published(entry), entry.title))
    return found[:MOST]


def named(language: str) -> str:
    """A language tag as Google wants it."""
    first, *others = language.lower().split("-")
    if first != "zh":
        return first
    return "zh-tw" if _TRADITIONAL.intersection(others) else "zh-cn"
