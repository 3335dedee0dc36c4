"""Where a site names its stories: sitemaps, else feeds, else its pages of lists.

Rules
- What the configuration names is asked, and nothing else. Without that, what robots.txt names, or
  where sitemaps usually are; feeds that the front page names if no sitemap names anything of the
  last days; the front page and its sections if no feed does.
- Where sitemaps or feeds are enough, the front page is asked when they name something new, for the
  headlines and days in its list.
- Of a sitemap without any dates, what it names at first is taken for old; what it names later is
  new.
"""

from __future__ import annotations

from feeds.capture import plan
from feeds.capture.discovery import read_feed
from feeds.capture.documents import Documents
from feeds.capture.lists import Lists
from feeds.capture.sitemaps import Sitemaps
from feeds.model.errors import FeedsError


class Sources:
    """The sources of one site in one run."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._sitemaps = Sitemaps(documents)
        self._lists = Lists(documents)

    def look(self) -> None:
        """Asks for what names stories, and takes what it names.

        Raises FetchError if the site is not to be had, and EnoughError.
        """
        named = self._documents.site.capture
        if named.sitemap or named.feeds or named.sections:
            for url in named.sitemap:
                self._sitemaps.look(url)
            for url in named.feeds:
                self._feed(url)
            for url in named.sections:
                self._lists.follow(url)
            return
        days: list[str] = []
        for url in self._sitemaps.addresses():
            days.append(self._sitemaps.look(url))
            if url in self._documents.guesses and self._documents.is_there(url):
                break
        if not self._is_current(days):
            days += [self._feed(url) for url in self._lists.feeds()]
        if not self._is_current(days):
            for url in self._lists.sections():
                self._lists.follow(url)

    def look_at_lists(self) -> None:
        """Asks for the pages that have the headlines of what is new, if they were not asked."""
        site = self._documents.site
        for url in site.capture.sections or (site.site_url,):
            self._lists.take_dated(url)

    def _is_current(self, days: list[str]) -> bool:
        return plan.is_current(max(days, default=""), self._documents.now())

    def _feed(self, url: str) -> str:
        """Takes what the feed at ``url`` names; returns the newest day of it."""
        known = self._documents.known(url)
        answer = self._documents.ask(url, "feed")
        if answer is None:
            return known.newest if known else ""
        try:
            found = read_feed(answer.content(), answer.url)
        except FeedsError as error:
            self._documents.failed(url, "feed", error)
            return ""
        newest = self._documents.take(found)
        self._documents.has_read(answer, url, "feed", newest=newest)
        return newest
