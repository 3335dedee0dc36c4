"""One soak from its beginning to its end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.newsrooms import TestNewsroom
from tests.soak import judge
from tests.soak.audit import audit
from tests.soak.commands import Commands, made_shim
from tests.soak.desk import EXTRA, Desk
from tests.soak.judge import Judge
from tests.soak.observer import HEALTH, Observer
from tests.soak.pollers import Manner, Poller, World
from tests.soak.runs import Place
from tests.soak.steps import Steps
from tests.soak.website import website

FEEDS = ("latest", "articles", "short")
_COMES_AND_GOES = f"/feeds/{EXTRA}.rss"
_FORMS = ("rss", "atom", "json")
_PAUSE_SECONDS = 0.04
_STORIES_OF_PEOPLE = 6
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


class _Polled:
    """All pollers, and what there is to ask for."""

    def __init__(self, place: Place, seed: int, pause: float) -> None:
        self._place = place
        world = World(place.website.port, lambda: place.desk.secrets(time.time()))
        self._judge = Judge(place.observer, place.website.may_break)
        self.pollers = [
            Poller(world, manner, random.Random(f"{seed} {number}"), pause)  # noqa: S311
            for number, manner in enumerate(self._manners())
        ]

    def _manners(self) -> list[Manner]:
        etag, since = frozenset({"etag"}), frozenset({"since"})
        return [
            Manner("gzip", etag, True, self._documents),
            Manner("br", etag, True, self._documents),
            Manner("", since, True, self._documents),
            Manner("gzip, br", etag | since, False, self._documents),
            Manner("gzip", since, False, self._documents),
            Manner("", frozenset(), False, self._documents),
            Manner("gzip", etag, True, self._everything),
            Manner("gzip", frozenset(), False, self._everything),
            Manner("br", etag, True, self._archives),
            Manner("", frozenset(), True, lambda: [HEALTH]),
        ]

    def _documents(self) -> Sequence[str]:
        return [*(f"/feeds/{feed}.{form}" for feed in FEEDS for form in _FORMS), _COMES_AND_GOES]

    def _everything(self) -> Sequence[str]:
        """What people open, and documents in between."""
        revision = self._place.observer.newest
        stories = [one for one in revision.entries if one[4]] if revision else []
        return [
            *("/feeds/", "/feeds/latest", "/feeds/short", "/feeds/feeds.opml"),
            *("/feeds/news-sitemap.xml", "/feeds/latest.rss", "/feeds/short.atom", HEALTH),
            *(f"/feeds/stories/{name}" for _, name, *_ in stories[-_STORIES_OF_PEOPLE:]),
        ]

    def _archives(self) -> Sequence[str]:
        revision = self._place.observer.newest
        found = revision.documents if revision else {}
        return [path for path in found if "/archive/" in path] + ["/feeds/short.json"]

    def judged(self) -> list[str]:
        """What is wrong with what they were told since the last time."""
        taken = [poller.taken() for poller in self.pollers]
        self._place.observer.look()  # all that they can know of is known here from now on
        return [
            what
            for number, answers in enumerate(taken)
            for what in self._judge.answers(number, answers)
        ]

    def figures(self) -> judge.Figures:
        """What they have seen in all."""
        return self._judge.figures()

    def stop(self) -> None:
        """Ends them."""
        for poller in self.pollers:
            poller.stop()
        for poller in self.pollers:
            poller.join()


def soak(
    home: Path,
    compiler: str,
    seconds: float,
    seed: int,
    say: Callable[[str], object] = lambda _: None,
    *,
    pause: float = _PAUSE_SECONDS,
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
        polled = _Polled(place, seed, pause)
        observer.start()
        for poller in polled.pollers:
            poller.start()
        try:
            _go_on(steps, polled, start + seconds, say, goes_on=goes_on)
            steps.end()
            audit(place, steps.runs)
            steps.runs.wrong += polled.judged()
        finally:
            polled.stop()
            observer.stop()
        steps.runs.wrong += polled.judged()
        log = served.log
    lines = _figures(steps, polled.figures(), observer, time.monotonic() - start, seed)
    ends = log.read_text(errors="replace").splitlines()[-_LOGGED:]
    return Result(steps.runs.wrong, lines, steps.runs.done, ends)


def _go_on(
    steps: Steps,
    polled: _Polled,
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


def _figures(
    steps: Steps, figures: judge.Figures, observer: Observer, seconds: float, seed: int
) -> list[str]:
    runs = ", ".join(f"{kind}: {count}" for kind, count in sorted(steps.runs.counts.items()))
    kinds = ", ".join(f"{kind}: {count}" for kind, count in steps.kinds.items())
    return [
        f"soaked      {seconds:.0f} s, seed {seed}; {len(observer.timeline.numbers)} revisions",
        f"steps       {kinds}",
        f"runs        {runs}",
        *judge.summary(figures),
        f"violations  {len(steps.runs.wrong)}",
    ]
