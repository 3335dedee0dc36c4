"""The pages of a site that list its stories: the front page, sections, and their next pages."""

from __future__ import annotations

from feeds.capture.discovery import Links, is_trap, read_links
from feeds.capture.documents import Documents
from feeds.model.errors import FeedsError

_MOST_SECTIONS = 10
_MOST_PAGES = 5
"""So many pages of a list are followed while all that they name is new."""


class Lists:
    """The lists of one site in one run: each is asked for once."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._asked: dict[str, Links | None] = {}

    def look(self, url: str) -> Links | None:
        """Where the list at ``url`` leads; None if it is as before, or not to be had."""
        if url in self._asked:
            return self._asked[url]
        self._asked[url] = None
        answer = self._documents.ask(url, "list")
        if answer is None:
            return None
        try:
            links = read_links(answer.content(), answer.charset, answer.url)
        except FeedsError as error:
            self._documents.failed(url, "list", error)
            return None
        self._asked[url] = links
        said = {"parts": links.sections[:_MOST_SECTIONS], "feeds": links.feeds}
        self._documents.has_read(answer, url, "list", **said)
        self._documents.takes.page(url, answer)
        return links

    def follow(self, url: str) -> None:
        """Takes what the list at ``url`` names, and its next pages as long as all is new."""
        for _ in range(_MOST_PAGES):
            links = self.look(url)
            if links is None or not self._take(links) or not links.next:
                return
            url = links.next
            if url in self._asked or not self._documents.visits.may_ask(url):
                return

    def take_dated(self, url: str) -> None:
        """Takes what the list at ``url`` names with a date: where others name all there is."""
        if links := self.look(url):
            for one in links.stories:
                if one.published:
                    self._documents.takes.candidate(one)

    def feeds(self) -> list[str]:
        """The feeds that the front page names, but for those that this program makes."""
        site = self._documents.site
        links = self.look(site.site_url)
        known = self._documents.known(site.site_url)
        found = links.feeds if links else known.feeds if known else ()
        return [one for one in found if self._documents.visits.may_ask(one)]

    def sections(self) -> list[str]:
        """The front page, and the sections that it leads to."""
        base = self._documents.site.site_url
        links = self.look(base)
        known = self._documents.known(base)
        found = links.sections if links else known.parts if known else ()
        mine = [one for one in found if self._documents.visits.may_ask(one)]
        good = [one for one in mine if not is_trap(one, self._documents.now().date())]
        return [base, *(one for one in good if one != base)][: _MOST_SECTIONS + 1]

    def _take(self, links: Links) -> bool:
        """Takes what a list names; returns whether all of it is new."""
        new = [self._documents.takes.candidate(one) for one in links.stories]
        return bool(new) and all(new)
