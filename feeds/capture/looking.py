"""A site looked over once, for a person who named it: what it is called, and what it has.

Rules
- The front page is asked for first, as ``visiting`` has it, and tells where the site is.
  The rest is asked for as a run of ``feeds capture`` does: robots.txt, pauses, a budget.
  Nothing is written.
- What is not to be had is told, and stops nothing: a site without stories has a title.
"""

from __future__ import annotations

from typing import NamedTuple

from feeds.capture import plan, visiting
from feeds.capture.discovery import Candidate, Links, read_links, story_address
from feeds.capture.documents import Documents, Takes
from feeds.capture.sections import Section, proposed_sections
from feeds.capture.sources import Sources
from feeds.capture.state import Known, Unwritten
from feeds.capture.time_zones import likely_zone
from feeds.capture.visits import Budget, Clock, EnoughError, Visits, client_of
from feeds.client.asking import Answer, Bounds
from feeds.model import Reading
from feeds.model.errors import FeedsError, FetchError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, captured
from feeds.newsroom.site import CaptureTable, Site
from feeds.normalise import normalise, statements
from feeds.readers import read_page, warc
from feeds.text import urls

STORIES = 10
_BUDGET = Budget(requests=40, seconds=180.0)
_GLIMPSE = Bounds(10.0, 64 * 1024, beginning=True)
_OK = 200


class Proposal(NamedTuple):
    """What is proposed of a site: ``settings`` of ``[site]``, ``feeds`` that it has, sections.

    ``readings`` are of the newest stories, as they would be read; ``found_in`` are the documents
    that named stories, and how many each; ``problems`` what was not to be had, or is odd.
    """

    settings: dict[str, str]
    feeds: tuple[str, ...]
    sections: list[Section]
    readings: list[Reading]
    found_in: dict[str, int]
    problems: list[Problem]


def look_over(
    where: str, newsroom: Newsroom, clock: Clock, seconds: float = visiting.SECONDS
) -> Proposal:
    """What the site at the URL ``where`` says, for a ``newsroom`` that is not there yet.

    Raises FeedsError if its front page is not to be had in ``seconds``, or must not be asked for.
    """
    front = visiting.front_page(where, seconds)
    page = visiting.read(front)
    settings = {**page.settings, "site_url": visiting.site_url(where, front.url)}
    site = _provisional(settings["site_url"])
    look = _Look(site, newsroom, clock, front)
    look.look()
    readings = look.read()
    if settings.get("icon") and not look.is_there(settings["icon"]):
        del settings["icon"]
    stated = [
        one.article.published for one in readings.values() if one.article and one.article.published
    ]
    language = settings.get("language", "")
    if zone := likely_zone(stated, language, site.site_url):
        settings["timezone"] = zone
    return Proposal(
        settings,
        tuple(one for one in page.feeds if not one.startswith(site.feeds_url)),
        proposed_sections(look.links.called, look.found, readings),
        list(readings.values()),
        look.found_in(),
        look.problems,
    )


def _provisional(site_url: str) -> Site:
    pause = 0 if urls.is_loopback(site_url) else 1  # nobody else is kept waiting by this machine
    return Site(
        title="",
        site_url=site_url,
        feeds_url=f"{urls.origin(site_url)}feeds/",
        authority="",
        timezone="UTC",
        capture=CaptureTable(pause=pause),
    )


class _Look:
    """One look at a site whose front page was had."""

    def __init__(self, site: Site, newsroom: Newsroom, clock: Clock, front: Answer) -> None:
        state = Unwritten(newsroom.root)
        self.found: dict[str, Candidate] = {}
        self.problems: list[Problem] = []
        self.links = self._links(front)
        self._site, self._now = site, clock.now
        state.put(
            Known(
                site.site_url,
                clock.now(),
                "list",
                etag=front.header("ETag"),
                modified=front.header("Last-Modified"),
                parts=self.links.sections,
                feeds=self.links.feeds,
            )
        )
        self._client = client_of(site)
        self._visits = Visits(self._client, site, state, clock, _BUDGET)
        takes = Takes(self._take, self._take_old, _let_be, _let_be, self._is_enough)
        self._documents = Documents(self._visits, state, site, clock.now, takes)

    def look(self) -> None:
        """Finds stories, as a run does; those of the front page come with it."""
        try:
            Sources(self._documents).look()
        except (EnoughError, FetchError) as error:
            self._tell(error)
        self.problems += self._documents.problems
        for one in self.links.stories:
            self._take(one)

    def read(self) -> dict[str, Reading]:
        """The newest pages with a story as they would be read, by their addresses."""
        newest = sorted(self.found, key=lambda one: plan.day_of(self.found[one]), reverse=True)
        readings: dict[str, Reading] = {}
        for address in newest[: 2 * STORIES]:
            if len(readings) == STORIES:
                break
            try:
                reading = self._read(address)
                if reading.article is not None:
                    readings[address] = reading
            except EnoughError as error:
                self._tell(error)
                break
            except FeedsError as error:
                self.problems += error.problems
        return readings

    def is_there(self, url: str) -> bool:
        """Whether a file of the site, or of where it keeps its files, is to be had."""
        try:
            if self._visits.may_ask(url):
                return self._visits.ask(url).status == _OK
            return self._client.ask(url, None, _GLIMPSE).status == _OK
        except (EnoughError, FetchError):
            return False

    def found_in(self) -> dict[str, int]:
        """How many addresses each document named first."""
        counts: dict[str, int] = {}
        for one in self.found.values():
            counts[one.found_in] = counts.get(one.found_in, 0) + 1
        return counts

    def _read(self, address: str) -> Reading:
        answer = self._visits.ask(address)
        moment = self._now().replace(microsecond=0)
        capture = warc.Capture(answer.url, moment, answer.status, answer.headers, answer.body)
        path = captured.place_of(answer.url, moment)
        page = read_page(path, warc.record_of(capture))
        reading = normalise(page)
        return statements.with_statements(reading, (), self._site.site_url, ())

    def _take(self, candidate: Candidate) -> bool:
        address = story_address(candidate.address, self._site)
        if address is None or address in self.found:
            return False
        self.found[address] = candidate
        return True

    def _take_old(self, candidate: Candidate) -> None:
        self._take(candidate)

    def _is_enough(self) -> bool:
        return len(self.found) >= STORIES

    def _links(self, front: Answer) -> Links:
        try:
            return read_links(front.content(), front.charset, front.url)
        except FeedsError as error:
            self.problems += error.problems
            return Links()

    def _tell(self, error: EnoughError | FetchError) -> None:
        if isinstance(error, FetchError):
            self.problems += error.problems
        elif error.problem:
            self.problems.append(error.problem)


def _let_be(_url: str, _found: object) -> None:
    """Does nothing with a list, which is looked at for its stories alone, or a sitemap."""
