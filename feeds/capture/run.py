"""One run: what names stories is asked, what is new is fetched and saved, the rest is left.

Rules
- Nothing is fetched twice and nothing lost, whatever ends a run in between: what was saved is
  known by its file, and what was not is new to the next run.
- A run that only looks asks what names stories, and fetches, saves and remembers nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from feeds.capture import erased, plan, state, timetable
from feeds.capture.discovery import Candidate, is_trap, story_address
from feeds.capture.documents import Documents, Takes
from feeds.capture.pages import Pages
from feeds.capture.plan import Wanted
from feeds.capture.sources import Sources
from feeds.capture.state import Known, Origin, State
from feeds.capture.thinning import thin
from feeds.capture.visits import Budget, Clock, Ended, EnoughError, Visits, client_of
from feeds.client.asking import Answer
from feeds.ledger.connect import open_to_read
from feeds.model.errors import FeedsError, PageError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom, captured, files
from feeds.newsroom.site import Site
from feeds.readers import warc
from feeds.text import urls

_MOST_WAITING = 20_000
_LEAST = 30
"""So many of the newest are fetched in any case, however old they are."""


class Order(NamedTuple):
    """What a run is asked for. ``only_look``: nothing is fetched but what names stories.

    ``watch`` is handed what takes long.
    """

    newsroom: Newsroom
    site: Site
    clock: Clock
    only_look: bool = False
    watch: Watch = unwatched


class Outcome(NamedTuple):
    """What came of a run. ``left`` is for the next one, or what would be fetched: newest first.

    ``not_had``: what was gone or failed. ``ended``: why it asked for no more, and ``until`` when
    the site is let be.
    """

    came: dict[str, int]
    let_be: dict[str, int]
    left: list[Wanted]
    requests: int
    bytes: int
    problems: list[Problem]
    not_had: list[Known]
    ended: Ended | None = None
    until: datetime | None = None

    @property
    def exit_code(self) -> int:
        """0, or 1 if something needs a person."""
        return 1 if self.problems else 0


def capture(order: Order) -> Outcome:
    """Looks at the site once. Raises FeedsError, of which LedgerBusyError if a run is at work."""
    root = order.newsroom.root
    with nullcontext() if order.only_look else state.alone(root):
        known = (state.Unwritten if order.only_look else state.State)(root)
        return _Run(order, known).run()


def next_pause(newsroom: Newsroom, now: datetime) -> timedelta:
    """In what time the site is to be looked at again, as configured or by its own rhythm.

    Raises ConfigError and CaptureError.
    """
    if minutes := newsroom.site().capture.interval:
        return timedelta(minutes=minutes)
    pages = state.State(newsroom.root).pages.values()
    came = (one.found for one in pages if one.saved and one.kind == "page")
    return timetable.pause((one for one in came if one.hour or one.minute), now)


class _Run:
    def __init__(self, order: Order, known: State) -> None:
        self._order = order
        self._state = known
        self._site = order.site
        self._now = order.clock.now
        self._wanted: dict[str, Wanted] = {}
        self._old: dict[str, Wanted] = {}
        self._lists: set[str] = set()
        self._let_be: Counter[str] = Counter()
        budget = Budget(requests=order.site.capture.budget)
        self._budget = budget
        self._visits = Visits(client_of(order.site), order.site, known, order.clock, budget)
        takes = Takes(self._take, self._take_old, self._list, self._miss, self._is_enough)
        self._documents = Documents(self._visits, known, order.site, self._now, takes)
        self._sources = Sources(self._documents)
        self._outside = order.newsroom.outside(order.site)
        self._pages = Pages(
            order.newsroom.root,
            self._outside,
            self._visits,
            known,
            order.site,
            self._now,
            self._take,
        )

    def run(self) -> Outcome:
        self._look_into_files()
        enough: EnoughError | None = None
        for one in plan.due(self._state.pages.values(), self._now()):
            self._wanted[one.address] = one
        try:
            self._sources.look()
            self._take_the_newest()
            if any(one.why in {"new", "changed"} for one in self._wanted.values()):
                self._sources.look_at_lists()
            self._fetch()
        except EnoughError as error:
            enough = error
        if not self._order.only_look:
            self._documents.remember(is_all_done=not self._wanted and enough is None)
            lists = [one.address for one in self._state.pages.values() if one.kind == "list"]
            thin(self._order.newsroom.root, lists, self._now(), self._outside.guidance)
            self._state.tidy()
        problems = [*self._documents.problems, *self._pages.problems]
        if enough and enough.problem and self._is_news(enough.problem):
            problems.append(enough.problem)
        return Outcome(
            dict(self._pages.came),
            dict(self._let_be),
            plan.in_order(self._wanted.values()),
            self._visits.requests,
            self._visits.bytes,
            problems,
            self._pages.not_had,
            enough.why if enough else None,
            enough.until if enough else None,
        )

    def _is_news(self, problem: Problem) -> bool:
        """Whether nobody was told of what is wrong with a server since it was well."""
        origin = urls.origin(problem.file)
        known = self._state.origins.get(origin, Origin(origin))
        self._state.put(msgspec.structs.replace(known, told=problem.what))
        return known.told != problem.what

    def _fetch(self) -> None:
        """Fetches what is wanted, newest first, and what that leads to."""
        while self._wanted and not self._order.only_look:
            self._leave_erased()
            pages = plan.in_order(self._wanted.values())
            for one in self._order.watch(pages, "fetching pages"):
                try:
                    self._pages.fetch(one)
                except (EnoughError, FeedsError):
                    raise  # such as a disk that is full: no page is to blame
                except Exception as error:  # noqa: BLE001 - whatever it is, it is this page's
                    self._pages.fail(one, failure_on(error, one.address, "capture it"))
                del self._wanted[one.address]

    def _leave_erased(self) -> None:
        """Lets be what somebody had every word of deleted. Raises FeedsError."""
        ledger = open_to_read(self._order.newsroom.database)
        if ledger:
            with ledger.read() as connection:
                for address in erased.erased(connection, self._site, self._wanted):
                    del self._wanted[address]
                    self._let_be["erased"] += 1

    def _take(self, candidate: Candidate) -> bool:
        """Has what is named fetched, if that is to be; returns whether it is new."""
        address = story_address(candidate.address, self._site)
        if address is None or address in self._lists:
            self._let_be["none"] += 1
            return False
        known = self._state.pages.get(address)
        if known and known.came == "elsewhere" and known.to:
            lead = self._state.pages.get(known.to)
            if candidate.changed == known.changed:
                known = lead or known
        if known and known.kind != "page":
            self._let_be["none"] += 1
            return False
        found = plan.judged(candidate, address, known, self._now())
        if isinstance(found, str):
            self._let(found, known, candidate.changed)
            return False
        if is_trap(address, self._now().date()):
            self._let_be["trap"] += 1
            return False
        is_old = plan.is_old(found.day, self._now(), self._site.capture.days)
        if known is None and is_old:
            self._old.setdefault(address, found)
            return True
        before = self._wanted.get(address)
        if before is None and len(self._wanted) < _MOST_WAITING:
            self._wanted[address] = found
        elif before and found.is_dated and not before.is_dated:
            self._wanted[address] = before._replace(day=found.day, is_dated=True)
        return True

    def _let(self, why: str, known: Known | None, changed: str) -> None:
        """Lets a page be, and notes that it ``changed``: nothing may say so when its time comes."""
        is_none = why == "known" and known and known.came in {"no-story", "undated", "elsewhere"}
        self._let_be[known.came if known and is_none else why] += 1
        if why == "waiting" and known and changed not in {"", known.changed, known.said}:
            self._state.put(msgspec.structs.replace(known, again=True, said=changed))

    def _take_old(self, candidate: Candidate) -> None:
        """Remembers what was there before anybody looked, of whose age nothing is known."""
        address = story_address(candidate.address, self._site)
        if address and address not in self._state.pages and address not in self._wanted:
            row = Known(address, self._now(), came="older", found_in=candidate.found_in)
            self._state.put(row)
            self._let_be["older"] += 1

    def _miss(self, sitemap: str, named: Iterable[Candidate]) -> None:
        """Has what a sitemap named until now looked for once, if it is recent."""
        there = {story_address(one.address, self._site) for one in named}
        for one in self._state.pages.values():
            is_of_it = one.found_in == sitemap and one.came in {"saved", "same"}
            if is_of_it and one.address not in there and plan.is_recent(one.found, self._now()):
                wanted = Wanted(one.address, "unlisted", one.found.isoformat(), one.changed)
                self._wanted.setdefault(one.address, wanted)

    def _take_the_newest(self) -> None:
        """Has the newest of what is old fetched, where there is little else."""
        there = sum(1 for one in self._state.pages.values() if one.saved)
        lacking = max(0, _LEAST - there - len(self._wanted))
        newest = plan.in_order(self._old.values())
        for one in newest[:lacking]:
            self._wanted[one.address] = one
        self._let_be["older"] += len(newest[lacking:])

    def _is_enough(self) -> bool:
        return len(self._wanted) >= self._budget.requests

    def _list(self, url: str, answer: Answer) -> None:
        """Takes the list at ``url`` for what it is, though a sitemap may name it, and saves it."""
        self._lists.add(url)
        if self._wanted.pop(url, None):
            self._let_be["none"] += 1
        if not self._order.only_look:
            self._pages.save_list(url, answer)

    def _look_into_files(self) -> None:
        """Learns of pages that were saved and not noted, and of those that somebody deleted."""
        newest: dict[str, str] = {}
        for path in captured.saved(self._order.newsroom.root):
            newest[path.rpartition("/")[0]] = path
        known = {one.saved: one for one in self._state.pages.values() if one.saved}
        for path in newest.values():
            if path not in known:
                with suppress(OSError, PageError):  # publishing tells what is wrong with it
                    data = files.read_regular(self._order.newsroom.root / path)
                    self._learn(path, warc.read_capture(path, data))
        for path, one in known.items():
            if path.rpartition("/")[0] not in newest and one.kind == "page":
                self._state.put(msgspec.structs.replace(one, came="taken-out", again=False))

    def _learn(self, path: str, found: warc.Capture) -> None:
        """Remembers a page that was saved, as far as it tells."""
        row = self._state.pages.get(found.address)
        made = Known(found.address, row.found if row else found.moment, asked=found.moment)
        if found.is_list:
            made = msgspec.structs.replace(row or made, kind="list", saved=path)
        else:
            made = msgspec.structs.replace(
                made,
                etag=found.header("ETag"),
                modified=found.header("Last-Modified"),
                saved=path,
                due=plan.next_look(found.moment, found.moment),
                again=True,
            )
        self._state.put(made)
