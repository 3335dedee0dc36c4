"""Pages of a site, fetched one by one: each is saved if its reading is new.

Rules
- A page is saved under the address that it calls its own (``canonical``), if that is the site's.
- A page that has no article is none; nor is one that states no date, unless a feed or a list of
  the site does: sites have more pages than stories.
- What is gone twice, some hours apart, has vanished. That is told, and takes nothing back.
- A story that leads to another address is told; what it leads to is a page as any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from feeds.capture import plan, versions
from feeds.capture.discovery import Candidate, read_links, story_address
from feeds.capture.documents import conditions
from feeds.capture.plan import Wanted
from feeds.capture.standing import ANOTHER, gone, leads_away, vanished
from feeds.capture.state import Came, Known, State
from feeds.capture.visits import ForbiddenError, Visits
from feeds.client import inside
from feeds.client.asking import Answer
from feeds.model import Story
from feeds.model.errors import FeedsError, FetchError, PageError
from feeds.model.guidance import Guidance
from feeds.model.problem import Problem
from feeds.newsroom import captured, files
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.readers import warc
from feeds.text import dates

_ACCEPT = "text/html, application/xhtml+xml"
_HTML = frozenset({"", "text/html", "application/xhtml+xml"})
_GONE = frozenset({404, 410})
_DAY = timedelta(days=1)
_LONG = timedelta(days=30)
_MOST_TRIES = 5


class Pages:
    """The pages that are fetched in one run.

    ``came``: how many came to what; ``not_had``: what was gone or failed.
    """

    def __init__(
        self,
        root: Path,
        outside: Outside,
        visits: Visits,
        state: State,
        site: Site,
        now: Callable[[], datetime],
        candidate: Callable[[Candidate], object],
    ) -> None:
        self._root = root
        self._outside = outside
        self._visits = visits
        self._state = state
        self._site = site
        self._now = now
        self._candidate = candidate
        self._begun = now()
        self.came: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.not_had: list[Known] = []

    def fetch(self, wanted: Wanted) -> None:
        """Fetches a page, and saves it if it is a story that is new. Raises EnoughError."""
        headers = {"Accept": _ACCEPT, **conditions(self._state.pages.get(wanted.address))}
        try:
            answer = self._visits.ask(wanted.address, headers)
        except ForbiddenError:
            self.came["forbidden"] += 1
            self._put(self._row(wanted.address, wanted), "forbidden", due=self._now() + _DAY)
            return
        except FetchError as error:
            self._not_had(self._row(wanted.address, wanted), error)
            return
        row = self._row(wanted.address, wanted)
        row = msgspec.structs.replace(row, status=answer.status)
        if answer.status == 304:
            self._same(row, wanted, answer)
        elif answer.status in _GONE:
            self._gone(row, wanted)
        elif answer.status != 200:
            self._not_had(row, FetchError(f"the site answers {answer.status}", file=wanted.address))
        else:
            self._arrived(row, wanted, answer)

    def fail(self, wanted: Wanted, problem: Problem) -> None:
        """Notes that a page could not be dealt with, for a reason that is this program's."""
        self.problems.append(problem)
        self.came["failed"] += 1
        row = self._row(wanted.address, wanted)
        self._put(row, "failed", why=problem.what, due=plan.after_vain(5, self._now()))

    def _row(self, address: str, wanted: Wanted) -> Known:
        """What is known of ``address``, which was asked for just now."""
        known = self._state.pages.get(address)
        row = known or Known(address, plan.since(wanted.day, self._now()))
        said = {"asked": self._now(), "found_in": wanted.found_in}
        return msgspec.structs.replace(row, **said, due=None, again=False, said="")

    def save_list(self, url: str, answer: Answer) -> None:
        """Saves a page of a list, if its dated lines are new."""
        row = self._state.pages.get(url) or Known(url, self._now(), "list")
        after = warc.Capture(
            url, self._moment(), answer.status, answer.headers, answer.body, is_list=True
        )
        before = self._before(row)
        with suppress(PageError):  # what is no page has no lines
            if versions.has_new_lines(before, after, self._guided(after)):
                path = captured.save(self._root, after)
                self.came["list"] += 1
                self._state.put(msgspec.structs.replace(row, saved=path))

    def _arrived(self, row: Known, wanted: Wanted, answer: Answer) -> None:
        if answer.kind not in _HTML:
            self._no_story(row, wanted, f"it is '{answer.kind[:80]}', and no HTML")
            return
        try:
            links = read_links(answer.content(), answer.charset, answer.url)
        except FeedsError as error:
            self._no_story(row, wanted, error.problem.what)
            return
        target = self._target(answer, links.canonical)
        if target is None:
            self._elsewhere(row, links.canonical or answer.url)
            return
        for _, address in links.languages:
            self._candidate(Candidate(address, found_in=wanted.address))
        if target != row.address:
            self._leads_to(row, target, wanted, answer)
            known = self._state.pages.get(target)
            if known and known.asked and known.asked >= self._begun:
                return
            row = self._row(target, wanted)
        self._keep(row, wanted, answer)

    def _target(self, answer: Answer, canonical: str) -> str | None:
        """The address of the page that came; None if it is none of the site's stories."""
        if canonical:
            if not inside.is_inside(canonical, self._visits.bases):
                return None
            if named := story_address(canonical, self._site):
                return named
        return story_address(answer.url, self._site)

    def _moment(self) -> datetime:
        """What time it is in the newsroom: "today" on a page is a day there."""
        return self._now().astimezone(dates.zone(self._site.timezone))

    def _keep(self, row: Known, wanted: Wanted, answer: Answer) -> None:
        """Saves what came, if it is new."""
        moment = self._moment()
        after = warc.Capture(row.address, moment, answer.status, answer.headers, answer.body)
        said = {"etag": answer.header("ETag"), "modified": answer.header("Last-Modified")}
        row = msgspec.structs.replace(row, **said)
        try:
            before = self._before(row)
            if before is None:
                came = self._judged(after, wanted)
            else:
                is_new = versions.is_new(before, after, self._guided(after))
                came = "saved" if is_new else "same"
        except PageError as error:
            self._no_story(row, wanted, error.problem.what)
            return
        if came == "same":
            self._same(row, wanted, answer)
            return
        if came != "saved":
            self.came[came] += 1
            self._put(row, came, changed=wanted.changed)
            return
        path = captured.save(self._root, after)
        self.came["changed" if row.saved else "new"] += 1
        row = msgspec.structs.replace(row, saved=path, tries=0, changed=wanted.changed)
        self._put(row, "saved", **self._looks(row, wanted))

    def _before(self, row: Known) -> warc.Capture | None:
        """The newest version of the page that is there."""
        if not row.saved:
            return None
        try:
            return warc.read_capture(row.saved, files.read_regular(self._root / row.saved))
        except (OSError, PageError):
            return None  # somebody took it away since the run began, or wrote into it

    def _judged(self, after: warc.Capture, wanted: Wanted) -> Came:
        """What a page is that was never saved; raises PageError if it is none."""
        story = versions.story_of(after, self._guided(after))
        if story is None:
            return "no-story"
        return "saved" if story.published or wanted.is_dated else "undated"

    def _guided(self, capture: warc.Capture) -> Guidance:
        return self._outside.guidance(captured.place_of(capture.address, capture.moment))

    def _no_story(self, row: Known, wanted: Wanted, why: str) -> None:
        """Remembers that there is no story, which is not looked for until the site says so."""
        self.came["no-story"] += 1
        self._put(row, "no-story", why=why, changed=wanted.changed)

    def _same(self, row: Known, wanted: Wanted, answer: Answer) -> None:
        """Notes that a page is as before, and for how long it is let be."""
        self.came["same"] += 1
        etag = answer.header("ETag") or row.etag
        modified = answer.header("Last-Modified") or row.modified
        row = msgspec.structs.replace(row, etag=etag, modified=modified)
        if wanted.changed and wanted.changed != row.changed:
            due = plan.after_vain(row.tries, self._now())
            self._put(row, "same", changed=wanted.changed, tries=row.tries + 1, due=due)
        else:
            self._put(row, "same", **self._looks(row, wanted))

    def _looks(self, row: Known, wanted: Wanted) -> dict[str, object]:
        """When the page is looked at again of which nobody says when it changes."""
        if plan.tells(wanted.changed) and self._is_of_a_change(row, wanted):
            return {"due": None, "again": False}
        due = plan.next_look(row.found, self._now())
        return {"due": due, "again": due is not None}

    def _is_of_a_change(self, row: Known, wanted: Wanted) -> bool:
        """Whether the moment that the site says is not that of publishing."""
        zone = dates.zone(self._site.timezone)
        if wanted.is_dated and not plan.is_after(wanted.changed, wanted.day, zone):
            return False
        kept = self._before(row)
        story = self._story(kept) if kept else None
        stated = story.published if story else None
        return stated is None or plan.is_after(wanted.changed, stated.iso, zone)

    def _gone(self, row: Known, wanted: Wanted) -> None:
        self.came["gone"] += 1
        known = self._state.pages.get(row.address)
        after = gone(row, known.due if known else None, wanted.changed, self._now())
        if row.saved and row.came == "gone" and after.came == "vanished":
            self.problems.append(vanished(after))
        self._put(after, after.came)

    def _elsewhere(self, row: Known, to: str, pause: timedelta = _LONG) -> None:
        if row.saved and row.to != to:
            self.problems.append(leads_away(row, to))
        self.came["elsewhere"] += 1
        self._put(row, "elsewhere", to=to, due=self._now() + pause, told=ANOTHER)

    def _leads_to(self, row: Known, target: str, wanted: Wanted, answer: Answer) -> None:
        """Notes that a page is at another address by now, and tells if it is another story."""
        after = warc.Capture(target, self._now(), answer.status, answer.headers, answer.body)
        before = self._before(row)
        is_another = before is not None and self._title(before) != self._title(after)
        if is_another and row.to != target:
            self.problems.append(leads_away(row, target))
        told = ANOTHER if is_another else ""
        self._put(row, "elsewhere", to=target, changed=wanted.changed, told=told)

    def _title(self, capture: warc.Capture) -> str:
        """The headline of the story on a page; empty if there is none."""
        story = self._story(capture)
        return story.title if story else ""

    def _story(self, capture: warc.Capture) -> Story | None:
        try:
            return versions.story_of(capture, self._guided(capture))
        except PageError:
            return None

    def _not_had(self, row: Known, error: FetchError) -> None:
        if error.problem.code == "leads-elsewhere":
            # for a while, maybe, as when there is work on a site
            tries = row.tries if row.came == "elsewhere" else 0
            row = msgspec.structs.replace(row, tries=tries + 1, again=tries < _MOST_TRIES)
            self._elsewhere(row, error.problem.what, _DAY * (1 << min(tries, _MOST_TRIES)))
            return
        self.came["failed"] += 1
        tries = row.tries if row.came == "failed" else 0
        due = plan.after_failure(tries, self._now())
        if tries == 2:
            self.problems.append(error.problem)
        why = error.problem.what
        self._put(row, "failed", tries=tries + 1, due=due, again=tries < _MOST_TRIES, why=why)

    def _put(self, row: Known, came: Came, **changes: object) -> None:
        changes.setdefault("why", "")
        row = msgspec.structs.replace(row, came=came, **changes)
        if came in {"gone", "vanished", "failed"}:
            self.not_had.append(row)
        self._state.put(row)
