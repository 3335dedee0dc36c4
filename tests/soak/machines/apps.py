"""What both apps say, each asked itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import msgspec

from feeds.cli.health import Health
from tests.soak.machines.hosts import BACK_SECONDS, Front
from tests.soak.machines.network import APPS
from tests.soak.machines.observer import ServerObserver
from tests.soak.observer import HEALTH
from tests.soak.runs import Runs

_AWAY = "the ledger's server can't be reached"
_NOTICED_SECONDS = 6.0
"""So long after it was cut off an app may say that all is well."""
_OK, _NOT_MODIFIED = 200, 304
_BESIDE = ("/feeds/", "/feeds/feeds.opml", "/feeds/news-sitemap.xml")
"""What each revision has, and no timeline."""


class Apps:
    """Both apps of ``front``; notes among ``runs`` what is wrong with what they say."""

    def __init__(self, front: Front, observer: ServerObserver, runs: Runs) -> None:
        self._front, self._observer, self._runs = front, observer, runs
        self.back: list[float] = []
        """How long apps took to have the newest revision once the database was back."""
        self.compared = 0
        """So many addresses were asked for at both."""

    def expect_away(self, hosts: Iterable[str]) -> None:
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
                self._runs.wrong.append(f"cut off, {host} answers {status} with the tag {tag}")

    def expect_back(self, hosts: Iterable[str]) -> None:
        """They have the newest revision."""
        self._runs.look()
        newest = self._observer.newest
        assert newest

        def is_back(host: str) -> bool:
            told = self._health(host)
            return told.revision >= newest.number[1] and _AWAY not in told.warnings

        for host in hosts:
            took = self._wait(f"the app on {host} has the newest", BACK_SECONDS, is_back, host)
            self.back.append(took)

    def compare(self) -> None:
        """Both have the same of all that there is, bytes and tags alike."""
        for path in [*self._observer.timeline.shown, *_BESIDE]:
            if path != HEALTH:
                self._compare(path)

    def _compare(self, path: str) -> None:
        here, there = (self._front.apps[host] for host in APPS)
        first, second = here.ask(path), there.ask(path)
        if first != second:
            self._runs.wrong.append(f"{path} is {first[:2]} here and {second[:2]} there")
        status, tag, _ = first
        if tag and status == _OK and (unchanged := there.ask(path, tag)[0]) != _NOT_MODIFIED:
            self._runs.wrong.append(f"{path} is {tag} here, and {unchanged} there for who has it")
        self.compared += 1

    def _health(self, host: str) -> Health:
        status, _, body = self._front.apps[host].ask("/feeds/healthz")
        if status != 200:
            self._runs.wrong.append(f"healthz on {host} answers {status}: {body!r}")
        return msgspec.json.decode(body, type=Health)

    def _wait(self, what: str, seconds: float, is_so: Callable[[str], bool], host: str) -> float:
        began = time.monotonic()
        while not is_so(host):
            if time.monotonic() - began > seconds:
                self._runs.wrong.append(f"{what}: not within {seconds:g} s")
                break
            time.sleep(0.05)
        return time.monotonic() - began
