"""One soak from its beginning to its end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.newsrooms import TestNewsroom
from tests.soak import judge
from tests.soak.commands import Commands, made_shim
from tests.soak.desk import Desk
from tests.soak.observer import Observer
from tests.soak.polled import Polled
from tests.soak.runs import Place
from tests.soak.steps import Steps
from tests.soak.website import website

PAUSE_SECONDS = 0.04
"""Between two questions of a poller."""
_TOLD = 20
"""So many faults are told; after that there is nothing to be learnt."""
_LOGGED = 20
"""So many lines of the server's log are told."""


class Result(NamedTuple):
    """What came of a soak: what was wrong, figures, what was done, how the server's log ends."""

    wrong: list[str]
    figures: list[str]
    steps: list[str]
    log: list[str]

    def __str__(self) -> str:
        lines = self.figures
        if self.wrong:
            lines = ["the server's log ends:", *self.log, "", *self.figures]
            lines += ["", "violated:", *self.wrong[:_TOLD]]
        return "\n".join(lines)


def soak(
    home: Path,
    compiler: str,
    seconds: float,
    seed: int,
    say: Callable[[str], object] = lambda _: None,
    *,
    pause: float = PAUSE_SECONDS,
    goes_on: bool = False,
) -> Result:
    """Soaks a newsroom in ``home`` for so many ``seconds``, and until the step then is done.

    ``say`` is called with each step; each poller asks about every ``pause`` seconds. It ends with
    the first step in which something was wrong, unless it ``goes_on``.
    """
    home = home.resolve()
    newsroom = TestNewsroom(home / "desk")
    chance = random.Random(seed)  # noqa: S311 - to be the same again
    commands = Commands(newsroom, made_shim(compiler, home))
    observer = Observer(newsroom.database)
    desk = Desk(newsroom, seed)
    start = time.monotonic()
    with website(newsroom) as served:
        place = Place(newsroom, desk, commands, served, observer, chance)
        steps = Steps(place)
        steps.begin()
        polled = Polled(place, seed, pause)
        go_through(steps, polled, seconds, say, goes_on=goes_on)
        log = served.log
    lines = figures(steps, polled, time.monotonic() - start, seed)
    return Result(steps.runs.wrong, lines, steps.runs.done, ends_of(log))


def ends_of(log: Path) -> list[str]:
    """The last lines of a ``log``."""
    return log.read_text(errors="replace").splitlines()[-_LOGGED:]


def go_through(
    steps: Steps,
    polled: Polled,
    seconds: float,
    say: Callable[[str], object],
    *,
    goes_on: bool,
) -> None:
    """Does ``steps`` for so many ``seconds`` while everybody asks, and looks at what came of it."""
    observer = steps.place.observer
    observer.start()
    for poller in polled.pollers:
        poller.start()
    try:
        _go_on(steps, polled, time.monotonic() + seconds, say, goes_on=goes_on)
        steps.end()
        steps.audit()
        steps.runs.wrong += polled.judged()
    finally:
        polled.stop()
        observer.stop()
    steps.runs.wrong += polled.judged()


def _go_on(
    steps: Steps,
    polled: Polled,
    until: float,
    say: Callable[[str], object],
    *,
    goes_on: bool,
) -> None:
    first = steps.one_of_each()
    told = 0
    while (goes_on or not steps.runs.wrong) and time.monotonic() < until:
        steps.do(*next(first, None) or steps.any())
        steps.runs.wrong += polled.judged()
        for line in steps.runs.done[told:]:
            say(line)
        told = len(steps.runs.done)


def figures(steps: Steps, polled: Polled, seconds: float, seed: int) -> list[str]:
    """What came of it, for people."""
    revisions = len(steps.place.observer.timeline.numbers)
    runs = ", ".join(f"{kind}: {count}" for kind, count in sorted(steps.runs.counts.items()))
    kinds = ", ".join(f"{kind}: {count}" for kind, count in steps.kinds.items())
    return [
        f"soaked      {seconds:.0f} s, seed {seed}; {revisions} revisions",
        f"steps       {kinds}",
        f"runs        {runs}",
        *judge.summary(polled.judge.figures()),
        f"violations  {len(steps.runs.wrong)}",
    ]
