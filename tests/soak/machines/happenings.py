"""What befalls machines, between the steps of any soak."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from feeds.cli.health import Health
from tests.postgres import Server
from tests.soak.machines.hosts import BACK_SECONDS, CutOff, Front, Publishers, other
from tests.soak.machines.network import APPS, DATABASE, Network
from tests.soak.machines.observer import ServerObserver
from tests.soak.polled import FEEDS
from tests.soak.runs import Place, Way
from tests.soak.steps import Steps

_AWAY = "the ledger's server can't be reached"
_NOTICED_SECONDS = 6.0
"""So long after it was cut off an app may say that all is well."""
_ENDS_SECONDS = 90
_OURS_AS_WELL = (
    *("a new page", "several pages", "a list with new lines", "a corrected page"),
    *("a retraction", "a page with another headline", "a decision to correct", "a restoration"),
    *("an erasure", "a page that takes its story back", "an embargo", "another configuration"),
    *("nothing new", "a worker is killed", "workers are replaced"),
)


class Happenings(Steps):
    """Does one step after the other on several machines, and notes what is wrong."""

    def __init__(
        self,
        place: Place,
        network: Network,
        server: Server,
        cut_off: CutOff,
    ) -> None:
        super().__init__(place)
        assert isinstance(place.commands, Publishers)
        assert isinstance(place.website, Front)
        assert isinstance(place.observer, ServerObserver)
        self._publishers, self._front, self._observer = (
            place.commands,
            place.website,
            place.observer,
        )
        self._network, self._server, self._cut_off = network, server, cut_off
        self.taken_over: list[float] = []
        """How long after a publisher was cut off the other one had published, in seconds."""
        self.back: list[float] = []
        """How long apps took to have the newest revision once the database was back."""
        ours: dict[str, Callable[[Way], None]] = {
            "a publisher is killed": self._publisher_killed,
            "an app is killed": self._app_killed,
            "a publisher is cut off": partial(self._publisher_cut_off, wakes_up_late=False),
            "PostgreSQL crashes": partial(self._stopped, crash=True),
            "a host can't reach PostgreSQL": self._host_cut_off,
            "PostgreSQL is stopped": partial(self._stopped, crash=False),
            "nobody can reach PostgreSQL": self._all_cut_off,
            "PostgreSQL crashes in a run": partial(self._restarted, crash=True),
            "PostgreSQL is restarted in a run": partial(self._restarted, crash=False),
            "a publisher wakes up late": partial(self._publisher_cut_off, wakes_up_late=True),
        }
        self.all = ours | {name: self.all[name] for name in _OURS_AS_WELL}

    def one_of_each(self) -> Iterator[tuple[str, Way]]:
        """Every step."""
        for number, name in enumerate(self.all):
            yield name, Way(killed=number % 3 == 1)

    def any(self) -> tuple[str, Way]:
        """Some step; no disk is slow."""
        name, way = super().any()
        return name, way._replace(slow=False)

    def end(self) -> None:
        """Whatever an editor left undone is done; both apps have the same."""
        super().end()
        self.runs.publish(Way())
        self._expect_back(APPS)
        for path in [f"/feeds/{feed}.{form}" for feed in FEEDS for form in ("rss", "atom", "json")]:
            first, second = (self._front.apps[host].ask(path) for host in APPS)
            if first != second:
                self.runs.wrong.append(f"{path} is {first[:2]} here and {second[:2]} there")

    # publishers

    def _publisher_killed(self, _: Way) -> None:
        self.place.desk.story("md")
        self.runs.publish(Way(killed=True))

    def _publisher_cut_off(self, way: Way, *, wakes_up_late: bool) -> None:
        """It has the lock, and its host is cut off: the other one takes over, it writes nothing."""
        here = self._publishers.at
        for form in ("md", "txt", "html"):
            self.place.desk.story(form)
        with self._publishers.start("publish") as process:
            if not self._has_lock():
                return
            process.send_signal(signal.SIGSTOP)
            began = time.monotonic()
            self._network.cut(here, "database", "front")
            self._cut_off.begin(here)
            if not wakes_up_late:
                process.send_signal(signal.SIGCONT)
            self._publishers.at = other(here)
            self.runs.publish(way._replace(killed=False))
            self.taken_over.append(time.monotonic() - began)
            newest = self._observer.newest
            self._network.mend(here, "database", "front")
            self._cut_off.end(here)
            if wakes_up_late:
                process.send_signal(signal.SIGCONT)
            said, _ = process.communicate(timeout=_ENDS_SECONDS)
        self.runs.done.append(f"  who was cut off ended with {process.returncode}: {said.strip()}")
        self.runs.look()
        if self._observer.newest is not newest:
            self.runs.wrong.append("who was cut off, and came back, has written something")
        if process.returncode != 2:
            self.runs.wrong.append(f"who was cut off ended with {process.returncode}: {said}")
        self._expect_back(APPS)

    def _has_lock(self) -> bool:
        until = time.monotonic() + _ENDS_SECONDS
        while time.monotonic() < until:
            if self._observer.publishers():
                return True
        self.runs.wrong.append("a publisher took no lock")
        return False

    # apps

    def _app_killed(self, way: Way) -> None:
        app = self._front.apps[self.place.chance.choice(APPS)]
        app.website.kill()
        self.runs.counts["app killed"] += 1
        self._new_page(way)
        app.start()
        self._expect_back([app.host])

    # the database

    def _stopped(self, way: Way, *, crash: bool) -> None:
        self._cut_off.begin(*APPS)
        self._server.stop(crash=crash)
        self._expect_away(APPS)
        self.place.desk.story("md")
        ended = self.runs.run("publish")
        if ended.code != 2 or "can't be reached" not in ended.said:
            self.runs.wrong.append(f"without a database: {ended}")
        self._start()
        self._expect_back(APPS)
        self.runs.publish(way)

    def _restarted(self, way: Way, *, crash: bool) -> None:
        for form in ("md", "txt", "html"):
            self.place.desk.story(form)
        with self._publishers.start("publish") as process:
            if self._has_lock():
                time.sleep(self.place.chance.uniform(0, self.runs.seconds / 2))
            self._cut_off.begin(*APPS)
            self._server.stop(crash=crash)
            self._start()
            said, _ = process.communicate(timeout=_ENDS_SECONDS)
        self.runs.done.append(f"  it ended with {process.returncode}: {said.strip()}")
        if process.returncode not in {0, 2} or "Traceback" in said:
            self.runs.wrong.append(f"a restart within a run: {process.returncode}: {said}")
        self.runs.publish(way)
        self._expect_back(APPS)

    def _start(self) -> None:
        with self._network.inside(DATABASE):
            self._server.start()
        self._cut_off.end(*APPS)

    def _host_cut_off(self, way: Way) -> None:
        """Its app shows what it has, and what it has to look up the other one shows."""
        host = self.place.chance.choice(APPS)
        self._cut_off.begin(host)
        self._network.cut(host, "database")
        self._publishers.at = other(host)
        self._expect_away([host])
        self._corrected(way._replace(killed=False))
        self._network.mend(host, "database")
        self._cut_off.end(host)
        self._expect_back([host])

    def _all_cut_off(self, way: Way) -> None:
        self._cut_off.begin(*APPS)
        for host in APPS:
            self._network.cut(host, "database")
        self._expect_away(APPS)
        for host in APPS:
            self._network.mend(host, "database")
        self._cut_off.end(*APPS)
        self._expect_back(APPS)
        self._new_page(way)

    # what apps say

    def _expect_away(self, hosts: Iterable[str]) -> None:
        """They say that the database is away, and serve what they had."""
        newest = self._observer.newest
        assert newest
        path = "/feeds/latest.rss"

        def is_known(host: str) -> bool:
            return _AWAY in self._health(host).warnings

        for host in hosts:
            self._wait(f"the app on {host} knows it is cut off", _NOTICED_SECONDS, is_known, host)
            status, tag, _ = self._front.apps[host].ask(path)
            if (status, tag.strip('"')) != (200, newest.documents[path].etag):
                self.runs.wrong.append(f"cut off, {host} answers {status} with the tag {tag}")

    def _expect_back(self, hosts: Iterable[str]) -> None:
        """They have the newest revision."""
        self.runs.look()
        newest = self._observer.newest
        assert newest

        def is_back(host: str) -> bool:
            told = self._health(host)
            return told.revision >= newest.number[1] and _AWAY not in told.warnings

        for host in hosts:
            took = self._wait(f"the app on {host} has the newest", BACK_SECONDS, is_back, host)
            self.back.append(took)

    def _health(self, host: str) -> Health:
        status, _, body = self._front.apps[host].ask("/feeds/healthz")
        if status != 200:
            self.runs.wrong.append(f"healthz on {host} answers {status}: {body!r}")
        return msgspec.json.decode(body, type=Health)

    def _wait(self, what: str, seconds: float, is_so: Callable[[str], bool], host: str) -> float:
        began = time.monotonic()
        while not is_so(host):
            if time.monotonic() - began > seconds:
                self.runs.wrong.append(f"{what}: not within {seconds:g} s")
                break
            time.sleep(0.05)
        return time.monotonic() - began
