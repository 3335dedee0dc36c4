"""What befalls machines, between the steps of any soak."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.postgres import Server
from tests.soak.desk import FORMS
from tests.soak.machines.apps import Apps
from tests.soak.machines.hosts import BUSY, CutOff, Front, Publishers, other
from tests.soak.machines.network import APPS, DATABASE, Network
from tests.soak.machines.observer import ServerObserver
from tests.soak.runs import Place, Way
from tests.soak.steps import Steps

_ENDS_SECONDS = 90
_FAILED = 2
_COPY = "another copy"
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
        self.apps = Apps(self._front, self._observer, self.runs)
        ours: dict[str, Callable[[Way], None]] = {
            "a publisher is killed": self._publisher_killed,
            "two publishers at once": self._two_at_once,
            "a publisher is paused": self._publisher_paused,
            "a copy that nobody synchronises": self._copy_published,
            "an app is killed": self._app_killed,
            "nginx is killed": self._nginx_killed,
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

    def do(self, name: str, way: Way) -> None:
        """One step, by the publisher and its standby in turns."""
        self._publishers.at = other(self._publishers.at)
        super().do(name, way)

    def audit(self) -> None:
        """As of any soak; and both apps have the same of all that there is."""
        super().audit()
        self.apps.expect_back(APPS)
        self.apps.compare()

    # publishers

    def _publisher_killed(self, _: Way) -> None:
        self.place.desk.story("md")
        self.runs.publish(Way(killed=True))

    def _two_at_once(self, _: Way) -> None:
        """Both hosts have cron: one publishes, and the other one lets it, or finds nothing new."""
        self.place.desk.story("txt")
        with self._publishers.start("publish") as first:
            self._publishers.at = other(self._publishers.at)
            with self._publishers.start("publish") as second:
                ended = [self._ended(process) for process in (first, second)]
        self._expect_one_of(ended)
        self.runs.publish(Way())

    def _publisher_paused(self, _: Way) -> None:
        """It has the lock, its host is well, and it does nothing: the standby lets it."""
        for form in FORMS:
            self.place.desk.story(form)
        with self._publishers.start("publish") as first:
            if not self._has_lock():
                return
            first.send_signal(signal.SIGSTOP)
            self._publishers.at = other(self._publishers.at)
            with self._publishers.start("publish") as second:
                ended = [self._ended(second)]
            first.send_signal(signal.SIGCONT)
            ended.append(self._ended(first))
        self._expect_one_of(ended)
        self.runs.publish(Way())

    def _ended(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        said, _ = process.communicate(timeout=_ENDS_SECONDS)
        self.runs.done.append(f"  one of two ended with {process.returncode}: {said.strip()}")
        return process.returncode, said

    def _expect_one_of(self, ended: Sequence[tuple[int, str]]) -> None:
        """At most one was let in; the other one said so, and did nothing."""
        self.runs.look()
        well = [code for code, said in ended if code != _FAILED or BUSY not in said]
        may_be = {0, 1} if self.place.desk.secrets(time.time()) else {0}
        if not well or not may_be.issuperset(well):
            self.runs.wrong.append(f"two publishers at once ended like this: {ended}")

    def _copy_published(self, way: Way) -> None:
        """Somebody's copy of the pages, of before the newest revision, is refused."""
        root = self.place.newsroom.root
        copy = root.parent / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(root, copy)
        self._new_page(way)
        newest = self._observer.newest
        ended = self.runs.run("publish", "--source", copy)
        if ended.code != _FAILED or _COPY not in ended.said or self._observer.newest is not newest:
            self.runs.wrong.append(f"a copy was published: {ended}")

    def _publisher_cut_off(self, way: Way, *, wakes_up_late: bool) -> None:
        """It has the lock, and its host is cut off: the other one takes over, it writes nothing."""
        here = self._publishers.at
        for form in FORMS:
            self.place.desk.story(form)
        with self._publishers.start("publish") as process:
            if not self._has_lock():
                return
            process.send_signal(signal.SIGSTOP)
            began = time.monotonic()
            self._front.lose_host()
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
        # whoever had not begun yet finds that all is done
        if process.returncode != _FAILED and said.strip() != "nothing new":
            self.runs.wrong.append(f"who was cut off ended with {process.returncode}: {said}")
        self.apps.expect_back(APPS)

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
        self.apps.expect_back([app.host])

    def _nginx_killed(self, way: Way) -> None:
        self._front.kill_nginx()
        self.runs.counts["nginx killed"] += 1
        self._new_page(way)

    # the database

    def _stopped(self, way: Way, *, crash: bool) -> None:
        self._cut_off.begin(*APPS)
        self._server.stop(crash=crash)
        self.apps.expect_away(APPS)
        self.place.desk.story("md")
        ended = self.runs.run("publish")
        if ended.code != _FAILED or "can't be reached" not in ended.said:
            self.runs.wrong.append(f"without a database: {ended}")
        self._start()
        self.apps.expect_back(APPS)
        self.runs.publish(way)

    def _restarted(self, way: Way, *, crash: bool) -> None:
        for form in FORMS:
            self.place.desk.story(form)
        with self._publishers.start("publish") as process:
            if self._has_lock():
                time.sleep(self.place.chance.uniform(0, self.runs.seconds / 2))
            self._cut_off.begin(*APPS)
            self._server.stop(crash=crash)
            self._start()
            said, _ = process.communicate(timeout=_ENDS_SECONDS)
        self.runs.done.append(f"  it ended with {process.returncode}: {said.strip()}")
        if process.returncode not in {0, _FAILED} or "Traceback" in said:
            self.runs.wrong.append(f"a restart within a run: {process.returncode}: {said}")
        self.runs.publish(way)
        self.apps.expect_back(APPS)

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
        self.apps.expect_away([host])
        befalls = self.place.chance.choice((self._corrected, self._retracted))
        befalls(way._replace(killed=False))
        self._network.mend(host, "database")
        self._cut_off.end(host)
        self.apps.expect_back([host])

    def _all_cut_off(self, way: Way) -> None:
        self._cut_off.begin(*APPS)
        for host in APPS:
            self._network.cut(host, "database")
        self.apps.expect_away(APPS)
        for host in APPS:
            self._network.mend(host, "database")
        self._cut_off.end(*APPS)
        self.apps.expect_back(APPS)
        self._new_page(way)
