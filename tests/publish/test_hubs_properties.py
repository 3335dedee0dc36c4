"""However often a hub fails, it is left alone ever longer, but never too long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.publish import hubs

SINCE = datetime(2026, 1, 14, tzinfo=UTC)


@given(st.integers(1, 10**9))
def test_each_pause_is_twice_the_one_before_up_to_the_longest(failures: int) -> None:
    now, after = hubs.pause(failures), hubs.pause(failures + 1)
    assert hubs.FIRST_PAUSE <= now <= after <= hubs.LONGEST_PAUSE
    assert after == min(2 * now, hubs.LONGEST_PAUSE)


@given(st.lists(st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds)), max_size=60))
def test_a_hub_that_never_answers_is_given_up_after_a_day_and_a_handful_of_attempts(
    delays: list[timedelta],
) -> None:
    moment, failures = SINCE, 0
    late = iter(delays)
    while not hubs.is_over(SINCE, moment):
        failures += 1
        # cron comes some time after a ping is due
        moment += hubs.pause(failures) + next(late, timedelta(0))
    assert 1 < failures <= 14
    assert moment - SINCE < hubs.PATIENCE + hubs.LONGEST_PAUSE + timedelta(hours=1)
