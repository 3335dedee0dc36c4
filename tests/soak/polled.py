"""All who ask, and what there is to ask for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from tests.soak.answers import Answer
from tests.soak.desk import EXTRA
from tests.soak.judge import Judge
from tests.soak.observer import HEALTH
from tests.soak.pollers import Manner, Poller, World
from tests.soak.runs import Place

FEEDS = ("latest", "articles", "short")
_COMES_AND_GOES = f"/feeds/{EXTRA}.rss"
_FORMS = ("rss", "atom", "json")
_STORIES_OF_PEOPLE = 6


class Polled:
    """All pollers, and what there is to ask for; each has an address of its own.

    They ask ``inside`` of what they are to be in; ``is_cut_off`` is the judge's.
    """

    def __init__(
        self,
        place: Place,
        seed: int,
        pause: float,
        inside: Callable[[], AbstractContextManager[object]] = nullcontext,
        is_cut_off: Callable[[Answer], bool] = lambda _: False,
    ) -> None:
        self._place = place
        world = World(place.website.port, lambda: place.desk.secrets(time.time()), inside)
        self.judge = Judge(place.observer, place.website.may_break, is_cut_off)
        self.pollers = [
            Poller(world, manner, random.Random(f"{seed} {number}"), pause, address)  # noqa: S311
            for number, manner in enumerate(self._manners())
            for address in [f"127.0.0.{number + 1}"]
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
            for what in self.judge.answers(number, answers)
        ]

    def stop(self) -> None:
        """Ends them."""
        for poller in self.pollers:
            poller.stop()
        for poller in self.pollers:
            poller.join()
