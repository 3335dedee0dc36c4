"""How long caches keep a feed, and when a monitor is told: from how often the site publishes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from feeds.web import caching
from tests.newsrooms import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TTL = timedelta(minutes=15)


def every(*gaps: timedelta) -> list[datetime]:
    moments = [NOW]
    for gap in gaps:
        moments.append(moments[-1] - gap)
    return moments


@pytest.mark.parametrize(
    ("gap", "age", "stale"),
    [
        (timedelta(minutes=2), 60, 300),
        (timedelta(minutes=30), 180, 600),
        (HOUR, 360, 600),
        (DAY, 900, 600),
    ],
)
def test_a_feed_is_fresh_for_a_tenth_of_the_usual_gap_within_bounds(
    gap: timedelta, age: int, stale: int
) -> None:
    assert caching.polling_cache_control(every(gap, gap, gap), TTL) == (
        f"public, max-age={age}, stale-while-revalidate={stale}, stale-if-error=86400"
    )


def test_one_long_night_does_not_change_what_is_usual() -> None:
    assert caching.usual_gap(every(HOUR, HOUR, 9 * HOUR, HOUR)) == HOUR


def test_a_feed_is_never_fresh_for_longer_than_its_ttl() -> None:
    short = timedelta(minutes=2)
    assert "max-age=120," in caching.polling_cache_control(every(DAY, DAY, DAY), short)


def test_a_site_of_which_little_is_known_is_asked_every_five_minutes() -> None:
    for moments in ([], [NOW], every(DAY)):
        assert caching.usual_gap(moments) is None
        assert caching.polling_cache_control(moments, TTL).startswith("public, max-age=300,")


def test_a_run_is_overdue_half_as_long_again_as_the_usual_gap_but_not_within_an_hour() -> None:
    minute = timedelta(minutes=1)
    assert caching.run_overdue(every(minute, minute, minute)) == HOUR
    assert caching.run_overdue(every(2 * HOUR, 2 * HOUR, 2 * HOUR)) == 3 * HOUR
    assert caching.run_overdue(every(DAY, DAY, DAY)) == 36 * HOUR
    assert caching.run_overdue(every(7 * DAY, 7 * DAY, 7 * DAY)) == 10.5 * DAY


def test_a_run_of_a_site_of_which_little_is_known_may_be_one_a_day() -> None:
    assert caching.run_overdue([]) == caching.run_overdue([NOW]) == 36 * HOUR


def test_silence_is_too_long_half_as_long_again_as_the_longest_that_was_seen() -> None:
    assert caching.story_overdue(every(HOUR, 60 * HOUR, HOUR)) == 90 * HOUR
    assert caching.story_overdue(every(HOUR, HOUR, HOUR)) == DAY
    assert caching.story_overdue([NOW]) == 7 * DAY
