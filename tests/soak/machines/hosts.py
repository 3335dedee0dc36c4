"""What runs on the hosts."""

from __future__ import annotations

import math
import os
import random
import re
import signal
import textwrap
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from feeds.newsroom.database import Address
from tests import nginx
from tests.benchmarks.polling_load import workers
from tests.newsrooms import PROJECT, TestNewsroom
from tests.postgres import USER, Server
from tests.soak.answers import Answer
from tests.soak.commands import KILLED, Commands, Ended
from tests.soak.machines.network import APPS, DATABASE, DATABASE_ADDRESS, FRONT, Network
from tests.soak.website import Website
from tests.web.asking import Ask, over_a_socket, serving

BACK_SECONDS = 6.0
"""So long after it can reach the database again an app may have what it had before."""
BUSY = "another 'feeds publish' is at work"
_PORT = 8000
_NGINX_SECONDS = 2.0
"""So long connections may break after the worker of nginx was killed."""
_HOST_SECONDS = 17.0
"""So long after an app's host was lost: nginx waits for 15 seconds (docs/operating.md)."""
_SETTINGS = {"listen_addresses": DATABASE_ADDRESS, "synchronous_commit": "on"}
"""What was committed must be there after a crash, since readers have seen it."""
_TRUSTED = "10.2.0.0/24"
_TAKEN_OVER_SECONDS = 60
"""So long a publisher tries again while another has the lock, which perhaps is gone."""
_SOON = {"keepalives_idle": 1, "keepalives_interval": 1, "keepalives_count": 2}
_SECTION = "## Several machines"
_HEADER = "add_header X-Upstream $upstream_addr always;"


class Newsroom(TestNewsroom):
    """A newsroom whose ledger is at ``url``."""

    def __init__(self, home: Path, url: str) -> None:
        super().__init__(home)
        self.database = cast(Path, Address(url))  # only handed on
        self._url = url

    def environment(self) -> dict[str, str]:
        """What a subprocess needs to mean this newsroom."""
        return {**super().environment(), "FEEDS_DATABASE": self._url}


class Publishers(Commands):
    """The command on the host ``at`` which it is run now; once it was killed, on the other."""

    def __init__(self, newsroom: TestNewsroom, network: Network) -> None:
        super().__init__(newsroom, None, lambda: network.inside(self.at))
        self.at = APPS[0]

    def run(
        self,
        *command: str | Path,
        slow: bool = False,
        kill_after: float | None = None,
        database: Path | None = None,
    ) -> Ended:
        """As of any command; one that finds the lock taken is run again, as cron does."""
        until = time.monotonic() + _TAKEN_OVER_SECONDS
        while True:
            ended = super().run(*command, slow=slow, kill_after=kill_after, database=database)
            if BUSY not in ended.said or time.monotonic() > until:
                break
            time.sleep(0.2)
        if ended.code == KILLED:
            self.at = other(self.at)
        return ended


def other(host: str) -> str:
    """The host with an app that is not ``host``."""
    return next(one for one in APPS if one != host)


class CutOff:
    """Which app could not reach the database when."""

    def __init__(self) -> None:
        self._spans: dict[str, list[list[float]]] = defaultdict(list)

    def begin(self, *hosts: str) -> None:
        """The apps on ``hosts`` can't from now on."""
        for host in hosts:
            self._spans[host].append([time.monotonic(), math.inf])

    def end(self, *hosts: str) -> None:
        """They can again."""
        for host in hosts:
            self._spans[host][-1][1] = time.monotonic() + BACK_SECONDS

    def concerns(self, answer: Answer) -> bool:
        """Whether ``answer`` is of an app that couldn't, or has only just been able to."""
        host = {_address(host): host for host in APPS}.get(answer.by, "")
        return any(
            answer.asked <= last and answer.got >= first for first, last in self._spans[host]
        )


def _address(host: str) -> str:
    return f"10.1.0.{APPS.index(host) + 2}:{_PORT}"


class App:
    """``feeds serve`` with one worker on ``host``, which can be killed and started again."""

    def __init__(self, newsroom: TestNewsroom, network: Network, host: str, log: Path) -> None:
        self._newsroom, self._network = newsroom, network
        self.host = host
        self._log = log
        self._running = ExitStack()
        self.website: Website

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        with self._network.inside(self.host), self._log.open("ab") as output:
            process = self._running.enter_context(
                serving(
                    *(self._newsroom, _PORT, "serve", "--host", "0.0.0.0"),  # noqa: S104
                    output=output.fileno(),
                )
            )
        self.website = Website(process, _PORT, self._log, 1)

    def stop(self) -> None:
        """Ends it."""
        self._running.close()

    def ask(self, path: str, known: str = "") -> tuple[int, str, bytes]:
        """What it answers itself, to who has the ETag ``known``: the status, the ETag, the body."""
        with self._network.inside(self.host):
            asked: Ask = over_a_socket(_PORT)
            answer = asked(path, headers={"If-None-Match": known} if known else {})
        return answer.status, answer.headers.get("ETag", ""), answer.body


class Front:
    """Both apps, as pollers see them through the ``nginx``, a process, on ``port`` of its host."""

    def __init__(self, nginx: int, port: int, log: Path, apps: dict[str, App]) -> None:
        self.port, self.log, self.apps = port, log, apps
        self._nginx = nginx
        self._breaks: list[tuple[float, float]] = []

    @property
    def is_complete(self) -> bool:
        """Whether all workers are there, and nothing happened to one just now."""
        return all(app.website.is_complete for app in self.apps.values())

    def kill_worker(self, chance: random.Random) -> None:
        """Kills a worker of one of them."""
        self.apps[chance.choice(APPS)].website.kill_worker(chance)

    def replace_workers(self) -> None:
        """Has both replace their workers."""
        for app in self.apps.values():
            app.website.replace_workers()

    def kill_nginx(self) -> None:
        """Kills the worker of nginx, which starts another."""
        self._may_break_for(_NGINX_SECONDS)
        for worker in workers(self._nginx):
            os.kill(worker, signal.SIGKILL)

    def may_break(self, moment: float) -> bool:
        """Whether a connection may break at that ``moment``, since a worker ends, or just has."""
        return any(app.website.may_break(moment) for app in self.apps.values()) or any(
            first <= moment <= last for first, last in self._breaks
        )

    def lose_host(self) -> None:
        """Nothing comes from an app's host any more: what it had begun to answer breaks off."""
        self._may_break_for(_HOST_SECONDS)

    def _may_break_for(self, seconds: float) -> None:
        now = time.monotonic()
        self._breaks.append((now, now + seconds))


@contextmanager
def server(network: Network) -> Iterator[Server]:
    """PostgreSQL on its host."""
    with network.inside(DATABASE):
        made = Server(_SETTINGS, _TRUSTED)
    try:
        yield made
    finally:
        made.remove()


def url(database: str, *, soon: bool) -> str:
    """Where ``database`` is for the other hosts; with ``soon`` a lost one is missed sooner."""
    plain = f"postgresql://{USER}@{DATABASE_ADDRESS}/{database}"
    if not soon:
        return plain
    ours = "&".join(f"{name}={value}" for name, value in _SOON.items())
    theirs = " ".join(f"-c tcp_{name}={value}" for name, value in _SOON.items())
    return f"{plain}?{ours}&tcp_user_timeout=3000&options={quote(theirs)}"


@contextmanager
def front(home: Path, network: Network, newsroom: TestNewsroom) -> Iterator[Front]:
    """Both apps, and an nginx with the lines of docs/operating.md before them."""
    log = home / "serve.log"
    apps = {host: App(newsroom, network, host, log) for host in APPS}
    http, location = _documented()
    with ExitStack() as stack:
        for app in apps.values():
            app.start()
            stack.callback(app.stop)
        with network.inside(FRONT):
            lines = f"{_HEADER}\n{location}"
            port = stack.enter_context(nginx.running(home / "nginx", lines, http))
        process = int((home / "nginx" / "nginx.pid").read_text(encoding="utf-8"))
        yield Front(process, port, log, apps)


def _documented() -> tuple[str, str]:
    """The lines of docs/operating.md for the blocks ``http`` and ``server``."""
    text = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
    section = text.partition(f"{_SECTION}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.M)
    found = {block.split()[0]: textwrap.dedent(block) for block in blocks}
    return found["upstream"], found["location"]
