"""The sitemaps of a site, those of news first; of an index the parts that changed."""

from __future__ import annotations

from urllib.parse import urljoin

from feeds.capture import plan
from feeds.capture.discovery import Candidate, Sitemap, newest_first, read_sitemap
from feeds.capture.documents import MOST_BYTES, Documents
from feeds.model.errors import FeedsError

_GUESSES = ("sitemap.xml", "sitemap_index.xml", "news-sitemap.xml", "sitemap-news.xml")
_MOST_DEPTH = 3
_MOST_VAGUE = 3
"""Of sitemaps whose last change nobody says, or its day alone, so many are asked each time."""
_MOST = 50


class Sitemaps:
    """The sitemaps of one site in one run."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._count = 0

    def addresses(self) -> list[str]:
        """Where they are, as robots.txt says, or by habit; those of news first.

        Raises FetchError and EnoughError.
        """
        base = self._documents.site.site_url
        visits = self._documents.visits
        found = [urljoin(base, one) for one in visits.robots(base).sitemaps]
        mine = [one for one in found if visits.may_ask(one)]
        if mine:
            return sorted(
                mine[:_MOST], key=lambda one: "news" not in one.rpartition("/")[2].lower()
            )
        guesses = [urljoin(base, guess) for guess in _GUESSES]
        self._documents.guesses = frozenset(guesses)
        return sorted(guesses, key=lambda one: not self._documents.known(one))

    def look(self, url: str, changed: str = "", depth: int = 0) -> str:
        """Takes what the sitemap at ``url`` names; returns the newest day of it.

        ``changed`` is when it did, as its index says. Raises EnoughError.
        """
        known = self._documents.known(url)
        self._count += 1
        answer = self._documents.ask(url, "sitemap")
        if answer is None:
            if known is None:
                return ""
            return max([known.newest, *(self.look(one, "", depth + 1) for one in known.parts)])
        try:
            found = read_sitemap(answer.content(MOST_BYTES), answer.url)
        except FeedsError as error:
            self._documents.failed(url, "sitemap", error)
            return ""
        self._documents.problems += found.odd
        newest = self._documents.take(found.pages, is_first=known is None)
        if not (found.is_news or found.odd):
            self._documents.takes.missed(answer.url, found.pages)
        days, vague = self._parts(found, depth)
        newest = max([newest, *days])
        said = {"newest": newest, "changed": changed, "parts": tuple(vague)}
        self._documents.has_read(answer, url, "sitemap", **said)
        return newest

    def _parts(self, found: Sitemap, depth: int) -> tuple[list[str], list[str]]:
        """Looks at the parts of an index: their newest days, and which may change unsaid."""
        days: list[str] = []
        vague: list[str] = []
        for part in newest_first(found.sitemaps) if depth < _MOST_DEPTH else ():
            known = self._documents.known(part.address)
            is_vague = self._is_vague(part)
            if self._is_let_be(part) or (is_vague and len(vague) == _MOST_VAGUE):
                continue
            if is_vague:
                vague.append(part.address)
            elif known and known.changed == part.changed:
                days.append(known.newest)
                continue
            if self._documents.takes.is_enough() or self._count >= _MOST:
                self._documents.is_cut = True
                break
            days.append(self.look(part.address, part.changed, depth + 1))
        return days, vague

    def _is_vague(self, part: Candidate) -> bool:
        """Whether it may have changed since its index said so, which says no clock."""
        day = plan.day_of(part)
        return not plan.tells(part.changed) and not plan.is_old(day, self._documents.now(), 2)

    def _is_let_be(self, part: Candidate) -> bool:
        days, now = self._documents.site.capture.days, self._documents.now()
        may_ask = self._documents.visits.may_ask(part.address)
        return not may_ask or plan.is_old(plan.day_of(part), now, days)
