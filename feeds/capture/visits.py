"""A newsroom's site, asked politely: one request at a time, with pauses, and within a budget.

Rules
- robots.txt of each server is obeyed (RFC 9309), and read anew after a day. As long as it can't be
  had, the one known counts for another day; then nothing is asked.
- Between two requests lies the pause of the configuration, or that of robots.txt if it is longer.
- A redirect is followed inside the site alone, and is a request as any other.
- What answers 429 or 503 is asked nothing more in this run, nor before it said (``Retry-After``,
  RFC 9110, section 10.2.3); if it said nothing, or failed several times in a row, for longer each
  time.
- A run has so many requests, bytes and minutes, and then leaves the rest to the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple

import msgspec

from feeds.capture.state import Origin, State
from feeds.client import agents, inside, robots
from feeds.client.asking import REDIRECTS, Answer, Bounds, Client
from feeds.client.machines import Machines
from feeds.model.errors import FetchError
from feeds.model.problem import Problem
from feeds.newsroom.site import Site
from feeds.text import urls

MOST_REDIRECTS = 5
_DAY = timedelta(hours=24)
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=4)
_LONGEST_WISH = timedelta(days=7)
_DOUBLINGS = 8
_MOST_FAILURES = 3
"""So many in a row, and the site is not well: the run leaves it alone."""
_BUSY = frozenset({429, 503})
_SECONDS = 30.0

Ended = Literal["requests", "bytes", "minutes", "asked-to-wait", "failing", "robots"]
"""Why nothing more is asked in a run."""


class EnoughError(Exception):
    """Nothing more is to be asked in this run; ``why``, and until when if the site is left alone.

    ``problem`` is what is wrong with the site, None if nothing is.
    """

    def __init__(
        self, why: Ended, problem: Problem | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(why)
        self.why: Ended = why
        self.problem = problem
        self.until = until


class ForbiddenError(FetchError):
    """robots.txt doesn't permit to ask for it."""

    code = "robots"


class Budget(NamedTuple):
    """What a run may take."""

    requests: int = 200
    bytes: int = 100 * 1024 * 1024
    seconds: float = 480.0


class Clock(NamedTuple):
    """What tells the time, in aware moments and in seconds, and lets some pass."""

    now: Callable[[], datetime]
    wait: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic


class Visits:
    """The requests of one run to one site."""

    def __init__(
        self, client: Client, site: Site, state: State, clock: Clock, budget: Budget
    ) -> None:
        self._client = client
        self._state = state
        self._clock = clock
        self._budget = budget
        self._feeds_url = site.feeds_url
        self._pause = float(site.capture.pause)
        self._begun = clock.seconds()
        self._last = _last_request(state, clock)
        self._failures = 0
        self._robots_failure: Problem | None = None
        self._robots: dict[str, robots.Robots] = {}
        self.bases = (site.site_url, *site.former_urls)
        self.requests = 0
        self.bytes = 0

    def may_ask(self, url: str) -> bool:
        """Whether ``url`` is the site's, and none of what this program serves there itself."""
        own, asked = urls.canonical(self._feeds_url), urls.canonical(url)
        is_own = asked == own or asked.startswith(f"{own}/")
        return not is_own and inside.is_inside(url, self.bases)

    def ask(
        self, url: str, headers: Mapping[str, str] | None = None, most: int = Bounds().bytes
    ) -> Answer:
        """What the site answers to a GET of ``url``, where its redirects lead in the end.

        Raises FetchError if it can't be had or must not be asked for, and EnoughError.
        """
        answer = self._permitted(url, headers, most)
        for _ in range(MOST_REDIRECTS):
            if answer.status not in REDIRECTS:
                return answer
            url = inside.redirected(answer.url, answer.header("Location"), self.bases)
            answer = self._permitted(url, headers, most)
        if answer.status in REDIRECTS:
            raise FetchError("its redirects don't end", file=url, code="leads-elsewhere")
        return answer

    def robots(self, url: str) -> robots.Robots:
        """What robots.txt of the server of ``url`` says. Raises FetchError and EnoughError."""
        origin = urls.origin(url)
        if origin not in self._robots:
            self._robots[origin] = robots.Robots(self._robots_text(origin))
        return self._robots[origin]

    def _permitted(self, url: str, headers: Mapping[str, str] | None, most: int) -> Answer:
        if not self.may_ask(url):
            raise FetchError("it is no page of the site", file=url, code="leads-elsewhere")
        found = self.robots(url)
        if not found.permits(url):
            raise ForbiddenError("robots.txt forbids it", file=url)
        return self._asked(url, headers, most, max(found.delay, self._pause))

    def _robots_text(self, origin: str) -> str:
        now = self._clock.now()
        known = self._state.origins.get(origin, Origin(origin))
        if known.read and now - known.read < _DAY:
            self._refuse_early(known, now)
            return known.text
        text = self._read_robots(origin)
        known = self._state.origins.get(origin, Origin(origin))
        if text is not None:
            self._state.put(msgspec.structs.replace(known, text=text, read=now))
            return text
        if known.read and now - known.read < 2 * _DAY:
            return known.text
        raise EnoughError("robots", self._robots_failure)

    def _read_robots(self, origin: str) -> str | None:
        """What is in robots.txt; None if it can't be had (RFC 9309, section 2.3.1)."""
        url = f"{origin}robots.txt"
        try:
            answer = self._asked(url, None, robots.MOST_BYTES, self._pause, beginning=True)
            for _ in range(MOST_REDIRECTS):
                if answer.status not in REDIRECTS:
                    break
                to = inside.redirected(answer.url, answer.header("Location"), self.bases)
                answer = self._asked(to, None, robots.MOST_BYTES, self._pause, beginning=True)
            if answer.status >= 500:
                raise FetchError(f"it answers {answer.status}", file=url)
            if answer.status != 200:
                return ""
            return robots.read_robots(answer.content(robots.MOST_BYTES))
        except FetchError as error:
            if error.problem.code in {"leads-elsewhere", "too-large"}:
                return ""
            what = f"robots.txt can't be had, so nothing may be asked: {error.problem.what}"
            self._robots_failure = Problem(
                "capture-robots", what, remedy=error.problem.remedy, weight="error", file=url
            )
            return None

    def _refuse_early(self, known: Origin, now: datetime) -> None:
        """Raises EnoughError if the server is to be left alone for now."""
        if known.until and known.until > now:
            raise EnoughError("asked-to-wait", until=known.until)

    def _asked(
        self,
        url: str,
        headers: Mapping[str, str] | None,
        most: int,
        pause: float,
        *,
        beginning: bool = False,
    ) -> Answer:
        """One request, after a pause."""
        origin = urls.origin(url)
        self._refuse_early(self._state.origins.get(origin, Origin(origin)), self._clock.now())
        self._refuse_too_much()
        if self._last is not None:
            self._clock.wait(max(0.0, self._last + pause - self._clock.seconds()))
        self.requests += 1
        try:
            answer = self._client.ask(url, headers, Bounds(_SECONDS, most, beginning))
        except FetchError as error:
            if error.problem.code == "too-large":
                self.bytes += most
            else:
                self._count_failure(error.problem)
            raise
        finally:
            self._last = self._clock.seconds()
        self.bytes += len(answer.body)
        if answer.status in _BUSY:
            until = _wished(answer, self._clock.now())
            self._leave_alone("asked-to-wait", _refusal(answer), until)
        if answer.status >= 500:
            self._count_failure(_refusal(answer))
        else:
            self._is_well(origin)
        return answer

    def _refuse_too_much(self) -> None:
        if self.requests >= self._budget.requests:
            raise EnoughError("requests")
        if self.bytes >= self._budget.bytes:
            raise EnoughError("bytes")
        if self._clock.seconds() - self._begun >= self._budget.seconds:
            raise EnoughError("minutes")

    def _count_failure(self, problem: Problem) -> None:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self._leave_alone("failing", problem, None)

    def _leave_alone(self, why: Ended, problem: Problem, until: datetime | None) -> None:
        """Asks the server nothing more until then, or for longer each time; raises EnoughError."""
        origin = urls.origin(problem.file)
        known = self._state.origins.get(origin, Origin(origin))
        pause = min(_FIRST_PAUSE * (1 << min(known.tries, _DOUBLINGS)), _LONGEST_PAUSE)
        until = until or self._clock.now() + pause
        self._state.put(msgspec.structs.replace(known, until=until, tries=known.tries + 1))
        raise EnoughError(why, problem, until)

    def _is_well(self, origin: str) -> None:
        self._failures = 0
        known = self._state.origins.get(origin)
        if known and (known.tries or known.until or known.told):
            self._state.put(msgspec.structs.replace(known, until=None, tries=0, told=""))


def _refusal(answer: Answer) -> Problem:
    """That a server answers that it can't, or won't."""
    what = f"the site answers {answer.status}"
    return Problem("capture-refused", what, weight="error", file=answer.url)


def _last_request(state: State, clock: Clock) -> float | None:
    """When a run before asked for something last, as ``clock`` counts seconds; None if never."""
    asked = max((one.asked for one in state.pages.values() if one.asked), default=None)
    if asked is None:
        return None
    # no less than nothing: a clock that was set back would have the run wait for hours
    return clock.seconds() - max(0.0, (clock.now() - asked).total_seconds())


def _wished(answer: Answer, now: datetime) -> datetime | None:
    """From when on the server wants to be asked again, a week at most; None if it's silent."""
    text = answer.header("Retry-After").strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST_WISH)
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(found.astimezone(UTC), now + _LONGEST_WISH) if found > now else None


def client_of(site: Site) -> Client:
    """What asks: the machine that ``site_url`` leads to may be anywhere, and no other."""
    agent = agents.with_contact(site.capture.contact or site.site_url)
    host = urls.server(site.site_url)[0]
    return Client(agent, Machines(host))
