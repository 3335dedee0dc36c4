"""A site is looked at as often as its stories come at that time of day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.capture import run
from feeds.capture.timetable import pause
from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import stories

NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def by_day(count: int, start: int, hours: int) -> list[datetime]:
    """Stories of two weeks, so many a day, evenly from the hour ``start`` on."""
    begun = NOON.replace(hour=0) - 13 * DAY
    return [
        begun + day * DAY + (start + hours * number / count) * HOUR
        for day in range(14)
        for number in range(count)
    ]


def test_half_of_the_time_between_two_stories_is_waited() -> None:
    came = by_day(48, 6, 12)  # four an hour
    assert 6 * MINUTE < pause(came, NOON) < 9 * MINUTE


def test_at_night_a_site_is_left_alone_for_two_hours() -> None:
    assert pause(by_day(48, 6, 12), NOON.replace(hour=1)) == 2 * HOUR


def test_it_is_never_looked_at_more_often_than_every_two_minutes() -> None:
    assert pause(by_day(5000, 0, 24), NOON) == 2 * MINUTE


def test_a_site_of_which_little_is_known_is_looked_at_now_and_then() -> None:
    assert pause([], NOON) == pause([NOON - DAY] * 9, NOON) == 15 * MINUTE


def test_the_rhythm_is_the_sites_own_from_the_first_run_on(tmp_path: Path) -> None:
    made = NewsSite(stories(48, NOW, apart=30 * MINUTE))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        one.capture()
        assert 12 * MINUTE < run.next_pause(one.newsroom.place, one.now) < 17 * MINUTE
        one.configure("interval = 7")
        assert run.next_pause(one.newsroom.place, one.now) == 7 * MINUTE
