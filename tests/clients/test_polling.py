"""Real feed readers over a newsroom's days: each story is shown, once, whatever happens to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clients.pollers import POLLERS, Poller
from tests.clients.watching import Watched, watched
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.thorough import THOROUGH
from tests.web.asking import HOST, in_a_thread, port_of_ours

FIRST = [
    "Bell hangs in its tower again after nine years",
    "Budget of the harbour office is passed",
    "Ferry to run at night",
    "Pilot boat gets another engine",
]
BRIDGE = "Bridge across the dry dock is opened on a Tuesday"
LAMP = "Lamp of the outer lighthouse goes out at noon"
HOUR = timedelta(hours=1)
SUBSCRIPTIONS = [
    *(("feedparser", form) for form in ("rss", "atom")),
    *(("reader", form) for form in ("rss", "atom", "json")),
    *(("newsboat", form) for form in (("rss", "atom") if THOROUGH else ("atom",))),
    *(("rss2email", form) for form in (("rss", "atom") if THOROUGH else ("rss",))),
]


class Subscribed(NamedTuple):
    """A newsroom, somebody who subscribed to it, and what went over the wire."""

    newsroom: TestNewsroom
    poller: Poller
    wire: Watched

    def poll(self, *, status: int) -> list[str]:
        """What a poll that is answered with ``status`` shows as new."""
        before = len(self.wire.exchanges)
        new = self.poller.poll()
        assert [one.status for one in self.wire.exchanges[before:]] == [status]
        return new


@pytest.fixture(params=SUBSCRIPTIONS, ids="-".join)
def subscribed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Subscribed]:
    name, form = request.param
    home = tmp_path / "home"
    home.mkdir()
    newsroom = TestNewsroom(tmp_path / "desk")
    newsroom.page("bell.txt")
    with port_of_ours() as port, watched(port) as wire:
        base = f"http://{HOST}:{wire.port}/feeds/"
        poller = POLLERS[name](f"{base}latest.{form}", home)
        newsroom.configure(SITE.replace("https://desk.test/feeds/", base))
        newsroom.publish()
        with in_a_thread(newsroom, port):
            yield Subscribed(newsroom, poller, wire)


def page(headline: str, text: str) -> str:
    return f"{headline}\n\n{text}\nNora Lind\n"


def test_every_story_is_shown_once(subscribed: Subscribed) -> None:
    newsroom, poller, wire = subscribed
    assert subscribed.poll(status=200) == FIRST
    for fetch in (2, 3):
        status = 304 if fetch >= poller.validates_from else 200
        assert subscribed.poll(status=status) == []

    newsroom.page("bridge.txt", page(BRIDGE, "It leads to the east quay."), NOW + HOUR)
    newsroom.publish(NOW + HOUR)
    assert subscribed.poll(status=200) == [BRIDGE]
    assert subscribed.poll(status=304) == []

    newsroom.page("bridge.txt", page(BRIDGE, "It leads to the west quay."), NOW + 2 * HOUR)
    assert newsroom.publish(NOW + 2 * HOUR).corrected == 1
    assert subscribed.poll(status=200) == []
    assert ("west quay" in poller.shown()[BRIDGE]) is poller.mends

    (newsroom.root / "decisions.toml").write_text(
        f'[[decision]]\naction = "retract"\nentry = "{BRIDGE}"\n', encoding="utf-8"
    )
    assert newsroom.publish(NOW + 3 * HOUR).retracted == 1
    assert subscribed.poll(status=200) == []
    assert (BRIDGE in poller.shown()) is not poller.forgets

    newsroom.page("lamp.txt", page(LAMP, "It is a quiet noon."), NOW + 4 * HOUR)
    newsroom.publish(NOW + 4 * HOUR)
    assert subscribed.poll(status=200) == [LAMP]
    assert subscribed.poll(status=304) == []
    kept = [] if poller.forgets else [BRIDGE]
    assert sorted(poller.shown()) == sorted([*FIRST, *kept, LAMP])
    # all of these ask for the difference (RFC 3229), and none was answered with 226
    assert "feed" in [one.sent["A-IM"] for one in wire.exchanges]
    assert not any("html" in one.content_type for one in wire.exchanges)
