"""Feeds of the last hours: what gets too old leaves them by itself, and nothing else does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from feeds.ledger import lock
from feeds.newsroom.site import Feed
from feeds.syndication import selection
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds
from tests.publish.test_sections import titles
from tests.syndication.test_selection import START, entry, newest, numbers

HOUR = timedelta(hours=1)
DAILY = SITE + '[[feeds]]\nname = "daily"\ntitle = "Daily"\nhours = 24\n'
MANY = 8


def dated(newsroom: TestNewsroom, name: str, hours: float, title: str) -> None:
    """A page of a story that came out so many ``hours`` before NOW."""
    moment = NOW - hours * HOUR
    newsroom.page(
        f"{name}.txt",
        f"---\ndate: {moment.isoformat()}\n---\n{title}\n\n{title}, said the harbour on Friday.\n",
        moment,
    )


def due(newsroom: TestNewsroom) -> datetime:
    found = lock.last_run(newsroom.database)
    assert found
    assert found.due
    return found.due


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    newsroom.configure(DAILY)
    dated(newsroom, "bell", 20, "Bell hangs again in its tower")
    dated(newsroom, "crane", 30, "Crane falls onto the northern pier")
    dated(newsroom, "ferry", 2, "Ferry runs at night from today")
    return newsroom


def test_a_feed_of_a_day_has_what_is_no_older() -> None:
    feed = Feed("daily", "Daily", hours=3)
    found = selection.select_members(feed, newest(9), newest(9), START + 5 * HOUR)
    assert numbers(found) == [8, 7, 6]
    assert selection.select_members(feed, newest(3), [entry(1)], START + 5 * HOUR) == []


def test_what_gets_too_old_leaves_when_it_is_due_though_no_page_changed(
    newsroom: TestNewsroom,
) -> None:
    newsroom.publish()
    assert titles(newsroom, "daily") == [
        "Ferry runs at night from today",
        "Bell hangs again in its tower",
    ]
    assert len(titles(newsroom, "latest")) == 3
    assert due(newsroom) == NOW + 4 * HOUR
    assert newsroom.publish(NOW + 4 * HOUR - timedelta(seconds=1)).revision is None
    assert newsroom.publish(NOW + 4 * HOUR).revision == 2
    assert titles(newsroom, "daily") == ["Ferry runs at night from today"]
    assert len(titles(newsroom, "latest")) == 3
    assert due(newsroom) == NOW + 22 * HOUR
    assert newsroom.publish(NOW + 22 * HOUR).revision == 3
    assert titles(newsroom, "daily") == []
    assert newsroom.publish(NOW + 23 * HOUR).revision is None


def test_a_quiet_weekend_is_no_alarm(newsroom: TestNewsroom) -> None:
    for number in range(MANY):
        dated(newsroom, f"lamp{number}", 1 + number, f"Lamp number {number} glows over the quay")
    newsroom.publish()
    done = feeds(newsroom, "publish", now=NOW + timedelta(days=3))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "revision 2: no story changed, but what feeds have or say\n"
    assert titles(newsroom, "daily") == []


def test_what_is_gone_without_being_old_still_is_an_alarm(newsroom: TestNewsroom) -> None:
    for number in range(MANY):
        dated(newsroom, f"lamp{number}", 1 + number, f"Lamp number {number} glows over the quay")
    newsroom.publish()
    newsroom.configure(DAILY.replace("hours = 24", 'hours = 24\nrequire = ["picture"]'))
    done = feeds(newsroom, "publish", now=NOW + HOUR)
    assert done.returncode == 3
    assert "daily.rss would have none of its" in done.stderr


def test_what_comes_in_late_never_enters(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    dated(newsroom, "found", 40, "Anchor is found below the quay")
    newsroom.publish(NOW + HOUR)
    assert "Anchor is found below the quay" in titles(newsroom, "latest")
    assert "Anchor is found below the quay" not in titles(newsroom, "daily")
    shown = feeds(newsroom, "show", "Anchor is found below the quay").stdout
    assert "not in       daily: older than 24 hours\n" in shown


def test_a_story_dated_anew_may_come_and_go(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    dated(newsroom, "crane", 1, "Crane falls onto the northern pier")
    newsroom.publish(NOW + HOUR)
    assert "Crane falls onto the northern pier" in titles(newsroom, "daily")
    dated(newsroom, "crane", 50, "Crane falls onto the northern pier")
    newsroom.publish(NOW + 2 * HOUR)
    assert "Crane falls onto the northern pier" not in titles(newsroom, "daily")


def test_what_a_clock_took_out_that_was_ahead_comes_back(newsroom: TestNewsroom) -> None:
    newsroom.publish()
    newsroom.publish(NOW + timedelta(days=30))
    assert titles(newsroom, "daily") == []
    dated(newsroom, "lamp", 1, "Lamp glows over all the quay")
    newsroom.publish(NOW + HOUR)
    assert titles(newsroom, "daily") == [
        "Lamp glows over all the quay",
        "Ferry runs at night from today",
        "Bell hangs again in its tower",
    ]
