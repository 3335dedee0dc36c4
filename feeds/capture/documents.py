"""Documents that name stories, asked for on condition that they changed, and remembered.

Rules
- Each is asked for on condition that it changed (RFC 9110, section 13). What was read, but whose
  pages were not all fetched, is read whole the next time.
- What is not to be had waits, longer each time, and is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from feeds.capture import plan
from feeds.capture.discovery import Candidate
from feeds.capture.state import Kind, Known, State
from feeds.capture.visits import Visits
from feeds.client.asking import Answer
from feeds.model.errors import FeedsError, FetchError
from feeds.model.problem import Problem
from feeds.newsroom.site import Site

MOST_BYTES = 50 * 1024 * 1024
_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"


class Takes(NamedTuple):
    """What is done with what is found.

    ``candidate`` returns whether it is new; ``old`` has it be let be; ``page`` gets the address
    and answer of a list; ``missed`` gets the address of a sitemap and all that it names by now;
    ``is_enough``: so much is known by now that the run can't fetch it all.
    """

    candidate: Callable[[Candidate], bool]
    old: Callable[[Candidate], None]
    page: Callable[[str, Answer], None]
    missed: Callable[[str, Iterable[Candidate]], None]
    is_enough: Callable[[], bool]


class Documents:
    """The documents of one site in one run. ``guesses`` are where it is no fault to have none."""

    def __init__(
        self, visits: Visits, state: State, site: Site, now: Callable[[], datetime], takes: Takes
    ) -> None:
        self.visits = visits
        self.site = site
        self.now = now
        self.takes = takes
        self.guesses: frozenset[str] = frozenset()
        self.is_cut = False
        self.problems: list[Problem] = []
        self._state = state
        self._read: list[Known] = []

    def known(self, url: str) -> Known | None:
        """What is known of the document at ``url``; None of one that was not to be had."""
        found = self._state.pages.get(url)
        return None if found is None or found.came == "failed" else found

    def is_there(self, url: str) -> bool:
        """Whether the document at ``url`` was had, in this run or the last that asked for it."""
        return self.known(url) is not None or any(one.address == url for one in self._read)

    def ask(self, url: str, kind: Kind) -> Answer | None:
        """What is at ``url``, if it changed; None if it didn't, or isn't to be had."""
        known = self._state.pages.get(url)
        if known and known.due and known.due > self.now():
            return None
        headers = conditions(known)
        try:
            answer = self.visits.ask(url, {"Accept": _ACCEPT, **headers}, MOST_BYTES)
        except FetchError as error:
            self.failed(url, kind, error)
            return None
        if answer.status == 304 and headers:
            return None
        if answer.status != 200:
            self.failed(url, kind, FetchError(f"the site answers {answer.status}", file=url))
            return None
        return answer

    def take(self, found: Iterable[Candidate], *, is_first: bool = False) -> str:
        """Takes what a document names; returns the newest day of it.

        If ``is_first``, all is old of which no day is known.
        """
        pages = list(found)
        newest = max((plan.day_of(one) for one in pages), default="")
        for one in pages:
            if is_first and not newest:
                self.takes.old(one)
            else:
                self.takes.candidate(one)
        return newest

    def has_read(self, answer: Answer, url: str, kind: Kind, **said: object) -> None:
        """Has the ``answer`` to ``url`` remembered at the end, and what it ``said``."""
        known = self._state.pages.get(url)
        row = Known(
            url,
            known.found if known else self.now(),
            kind,
            "same",
            self.now(),
            etag=answer.header("ETag"),
            modified=answer.header("Last-Modified"),
        )
        self._read.append(msgspec.structs.replace(row, **said))

    def failed(self, url: str, kind: Kind, error: FeedsError) -> None:
        """Remembers that it is not to be had, and for how long it need not be tried."""
        now = self.now()
        known = self._state.pages.get(url)
        tries = known.tries if known and known.came == "failed" else 0
        what = error.problem.what
        is_guess = url in self.guesses
        due = now + plan.GUESSED_AGAIN if is_guess else plan.after_failure(tries, now)
        if not is_guess and (known is None or known.why != what):
            self.problems.append(msgspec.structs.replace(error.problem, file=url))
        row = Known(url, known.found if known else now, kind, "failed", now, due=due)
        self._state.put(msgspec.structs.replace(row, tries=tries + 1, why=what))

    def remember(self, *, is_all_done: bool) -> None:
        """Remembers what was read; that it need not be read again, if all it names was fetched."""
        undone = {"etag": "", "modified": "", "changed": ""}
        for one in self._read:
            is_done = is_all_done and not self.is_cut
            if known := self._state.pages.get(one.address):  # a list may have been saved since
                one = msgspec.structs.replace(one, saved=known.saved)
            self._state.put(one if is_done else msgspec.structs.replace(one, **undone))


def conditions(known: Known | None) -> dict[str, str]:
    """The headers that ask for something only if it is not as it is ``known`` (RFC 9110, 13.1)."""
    if known is None:
        return {}
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in said.items() if value}
