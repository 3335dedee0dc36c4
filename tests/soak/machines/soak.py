"""One soak of several machines from its beginning to its end."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from tests.soak.desk import Desk
from tests.soak.machines.happenings import Happenings
from tests.soak.machines.hosts import CutOff, Newsroom, Publishers, front, server, url
from tests.soak.machines.network import FRONT, network
from tests.soak.machines.observer import ServerObserver
from tests.soak.polled import Polled
from tests.soak.runs import Place
from tests.soak.soak import PAUSE_SECONDS, Result, ends_of, figures, go_through


def soak_machines(
    home: Path,
    seconds: float,
    seed: int,
    say: Callable[[str], object] = lambda _: None,
    *,
    pause: float = PAUSE_SECONDS,
    goes_on: bool = False,
    soon: bool = False,
) -> Result:
    """Soaks a newsroom of several machines, with ``home`` as the disk that all of them have.

    ``soon``: who is gone is missed after three seconds, and not after fifteen; the rest is as of
    any soak. Raises NoNetworkError where there can be no such machines.
    """
    home = home.resolve()
    start = time.monotonic()
    with network() as hosts, server(hosts) as database:
        name = database.create()
        newsroom = Newsroom(home / "desk", url(name, soon=soon))
        observer = ServerObserver(database.url(name))
        desk = Desk(newsroom, seed)
        cut_off = CutOff()
        with front(home, hosts, newsroom) as served:
            chance = random.Random(seed)  # noqa: S311 - to be the same again
            commands = Publishers(newsroom, hosts)
            place = Place(newsroom, desk, commands, served, observer, chance)
            steps = Happenings(place, hosts, database, cut_off)
            steps.begin()
            polled = Polled(place, seed, pause, lambda: hosts.inside(FRONT), cut_off.concerns)
            go_through(steps, polled, seconds, say, goes_on=goes_on)
            log = served.log
    lines = [
        *figures(steps, polled, time.monotonic() - start, seed),
        f"taken over  {_told(steps.taken_over)} after the host of a publisher was cut off",
        f"cut off     an app had an older revision for {polled.judge.behind_when_cut_off:.1f} s at "
        f"most, and refused {polled.judge.looked_up_in_vain} pages; once it wasn't any more it had "
        f"the newest after {_told(steps.apps.back)}",
        f"shown again {polled.judge.shown_again} times what was taken back, by an app that was "
        "less than a second behind the other",
        f"in the end  {steps.apps.compared} addresses were asked for at both apps",
    ]
    return Result(steps.runs.wrong, lines, steps.runs.done, ends_of(log))


def _told(seconds: list[float]) -> str:
    if not seconds:
        return "never"
    return f"{statistics.median(seconds):.1f} s, at most {max(seconds):.1f} s,"
