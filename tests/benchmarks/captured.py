"""What a day of looking at a site costs, whose newsroom publishes 50 stories that day.

`feeds capture` runs every ten minutes, `feeds publish` after it. Five of the stories are corrected
later that day, two are gone, pages differ in their advertising at each visit. It is compared with
fetching every page that the site names, each time. In the end there has to be each story once, with
the minute that the site states.

    python -m tests.benchmarks.captured
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import stories

PER_DAY, BEFORE, RUNS = 50, 150, 144
EVERY = timedelta(minutes=10)
SECTIONS = ("economy", "sport", "culture")


class Day(NamedTuple):
    """What the runs of a day cost: requests and bytes of each, and of fetching everything.

    ``quiet``: the requests of runs with nothing new. ``doubles``, ``lacking`` and ``misdated`` are
    stories.
    """

    requests: list[int]
    bytes: list[int]
    quiet: list[int]
    everything: tuple[float, float]
    doubles: int
    lacking: int
    misdated: int


def with_sitemap(site: NewsSite) -> None:
    """A site with a sitemap for news."""
    site.sitemap = "news"


def with_publishing(site: NewsSite) -> None:
    """A site whose sitemap has the moment of publishing in the place of the last change."""
    site.sitemap, site.says_changes = "plain", False


def with_feed(site: NewsSite) -> None:
    """A site with a feed of its newest 20 stories."""
    site.feed, site.named_feeds = True, ("/rss.xml",)


def with_lists(site: NewsSite) -> None:
    """A site with neither: a front page and three sections, page by page."""


KINDS: dict[str, Callable[[NewsSite], None]] = {
    "sitemap": with_sitemap,
    "published": with_publishing,
    "feed": with_feed,
    "lists": with_lists,
}


def site_of(kind: str) -> NewsSite:
    """A site of that ``kind`` in the morning, before its 50 stories."""
    apart = timedelta(hours=24) / PER_DAY
    made = NewsSite(
        stories(BEFORE + PER_DAY, NOW + apart * PER_DAY, apart=apart, sections=SECTIONS)
    )
    made.sections, made.coding, made.is_noisy = SECTIONS, "gzip", True
    KINDS[kind](made)
    return made


def a_day(kind: str, home: Path, runs: int = RUNS) -> Day:
    """The runs of a day on a site of that ``kind``, with a newsroom in ``home``."""
    requests, sizes, quiet, every = [], [], [], []
    site = site_of(kind)
    with desk(home, site, "budget = 1000") as one:
        one.capture()
        one.newsroom.publish(one.now)
        begun = site.now
        for number in range(1, runs + 1):
            site.now = max(site.now, begun + EVERY * number)
            if number % 29 == 0:
                site.out[5].rewrite(site.now - EVERY / 2)
            if number in {40, 90}:
                site.out[9].status = 410
            outcome = one.capture()
            requests.append(len(site.log))
            sizes.append(sum(asked.size for asked in site.log))
            if not outcome.came:
                quiet.append(len(site.log))
            every.append(_everything(site))
            one.newsroom.publish(one.now)
        return Day(
            requests,
            sizes,
            quiet,
            (mean(count for count, _ in every), mean(size for _, size in every)),
            *_faults(one),
        )


def _everything(site: NewsSite) -> tuple[int, int]:
    """Requests and bytes of fetching what names stories, and every story that is there."""
    paths = ["/sitemap.xml"] if site.sitemap else ["/"]
    paths += [one.path for one in site.out]
    return len(paths), sum(len(gzip.compress(site.answer(path).body)) for path in paths)


def _faults(one: Desk) -> tuple[int, int, int]:
    """How many stories are there twice, not at all, or with another minute than the site's."""
    entries = one.newsroom.entries()
    known = {entry.title: entry for entry in entries}
    day = [story for story in one.site.out if story.number > BEFORE]
    there = [story for story in day if story.title in known]
    misdated = [story for story in there if known[story.title].published != story.published]
    return len(entries) - len(known), len(day) - len(there), len(misdated)


def main() -> int:
    """Prints a line for each kind; returns 1 if a story is there twice, lacking or misdated."""
    is_good = True
    sys.stdout.write(
        f"{PER_DAY} stories a day; of each of {RUNS} runs, and of fetching everything\n"
    )
    for kind in sys.argv[1:] or KINDS:
        with tempfile.TemporaryDirectory() as home:
            day = a_day(kind, Path(home))
        requests, size = mean(day.requests), mean(day.bytes)
        sys.stdout.write(
            f"{kind:9} {requests:5.1f} requests, {size:9,.0f} bytes  "
            f"({day.everything[0]:.0f} and {day.everything[1]:,.0f}: "
            f"1/{day.everything[0] / requests:.0f} and 1/{day.everything[1] / size:.0f}); "
            f"with nothing new {median(day.quiet or [0]):.0f}; "
            f"doubles {day.doubles}, lacking {day.lacking}, misdated {day.misdated}\n"
        )
        is_good = is_good and not (day.doubles or day.lacking or day.misdated)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
