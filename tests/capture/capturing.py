"""A newsroom on this machine whose site is served here too, and runs of ``feeds capture``."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from feeds.capture import run
from feeds.capture.visits import Clock
from tests.capture.sites import NewsSite, serving
from tests.newsrooms import TestNewsroom

SITE = """\
[site]
title = "Quay Gazette"
site_url = "{url}/"
feeds_url = "{url}/feeds/"
language = "en"
timezone = "Asia/Baku"
authority = "desk.test,2026"

[capture]
{capture}
"""


class Desk:
    """A newsroom, its ``site``, and a clock that both have: nobody waits for anything."""

    def __init__(self, home: Path, site: NewsSite, capture: str = "") -> None:
        self.site = site
        self.newsroom = TestNewsroom(home, SITE.format(url=site.url, capture=capture))
        self.waited = 0.0

    def configure(self, capture: str) -> None:
        """Writes other lines into the ``[capture]`` table."""
        self.newsroom.configure(SITE.format(url=self.site.url, capture=capture))

    def wait(self, seconds: float) -> None:
        """Has so much time pass."""
        self.waited += seconds
        self.site.now += timedelta(seconds=seconds)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.site.now.replace(microsecond=0)

    def capture(self, **later: Any) -> run.Outcome:
        """A run, after ``later``, with a log of the site that begins with it."""
        self.site.now += timedelta(**later)
        self.site.forget()
        clock = Clock(lambda: self.now, self.wait, lambda: self.site.now.timestamp())
        return run.capture(run.Order(self.newsroom.place, self.newsroom.place.site(), clock))

    def look(self) -> run.Outcome:
        """A run that only looks."""
        self.site.forget()
        clock = Clock(lambda: self.now, self.wait, lambda: self.site.now.timestamp())
        place = self.newsroom.place
        return run.capture(run.Order(place, place.site(), clock, only_look=True))

    @property
    def files(self) -> list[str]:
        """The captured pages."""
        folder = self.newsroom.root
        return sorted(str(one.relative_to(folder)) for one in folder.rglob("*.warc"))


@contextmanager
def desk(
    home: Path, site: NewsSite, capture: str = "", context: ssl.SSLContext | None = None
) -> Iterator[Desk]:
    """A newsroom in ``home`` whose ``site`` is served; ``capture`` are lines of its table.

    It is served encrypted if there is a ``context`` for it.
    """
    with serving(site, context=context):
        yield Desk(home, site, capture)
