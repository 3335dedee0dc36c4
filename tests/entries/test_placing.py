"""Stated days to moments: a page's list in its order, each headline on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from feeds.entries import placing
from feeds.text import dates

DAY = date(2026, 1, 9)
ZONE = dates.zone("Asia/Baku")
FIRST, LAST = dates.day_bounds(DAY, ZONE)
NOON = datetime(2026, 1, 9, 8, tzinfo=UTC)
LATER = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("modified", "now", "moment"),
    [
        (LATER, LATER, NOON),
        (FIRST - SECOND, LATER, NOON),
        (LAST + SECOND, LATER, NOON),
        (FIRST, LATER, FIRST),
        (LAST, LATER, LAST),
        (LAST + timedelta(seconds=0.9), LATER, LAST),
        (NOON + timedelta(hours=2, seconds=0.5), LATER, NOON + timedelta(hours=2)),
        (LATER, NOON - timedelta(hours=3, seconds=0.5), NOON - timedelta(hours=3, seconds=1)),
        (NOON + MINUTE, NOON, NOON),
    ],
    ids=[
        "noon if the page was saved on another day",
        "noon if it was saved just before the day",
        "noon if it was saved just after the day",
        "the first second of the day",
        "the last second of the day",
        "the last second, begun",
        "when the page was saved, to the second",
        "never later than now, to the second",
        "never later than now, though saved later",
    ],
)
def test_a_day_is_anchored_when_the_page_was_saved_or_at_noon(
    modified: datetime, now: datetime, moment: datetime
) -> None:
    assert placing.anchor(DAY, modified, now, ZONE) == moment


def place(
    *known: datetime | None, modified: datetime = LATER, now: datetime = LATER
) -> list[datetime]:
    return placing.place(DAY, known, modified, now, ZONE)


@pytest.mark.parametrize("moment", [FIRST - SECOND, LAST + SECOND])
def test_what_was_dated_anew_draws_no_headline_to_its_day(moment: datetime) -> None:
    assert place(None, moment, None) == [NOON, moment, NOON - MINUTE]


def test_new_headlines_stand_a_minute_apart_newest_first() -> None:
    assert place(None, None, None) == [NOON, NOON - MINUTE, NOON - 2 * MINUTE]


def test_no_headlines_have_no_moments() -> None:
    assert place() == []


def test_new_headlines_above_a_known_one_come_after_it() -> None:
    assert place(None, None, NOON) == [NOON + 2 * MINUTE, NOON + MINUTE, NOON]


def test_new_headlines_above_a_known_one_are_anchored_when_the_page_was_saved_if_later() -> None:
    saved = NOON + timedelta(hours=3)
    assert place(None, None, NOON, modified=saved) == [saved, saved - MINUTE, NOON]


def test_new_headlines_below_a_known_one_come_before_it() -> None:
    assert place(NOON, None, None) == [NOON, NOON - MINUTE, NOON - 2 * MINUTE]


def test_new_headlines_between_known_ones_share_the_time_between_them() -> None:
    found = place(NOON, None, None, None, NOON - 4 * MINUTE)
    assert found == [NOON - step * MINUTE for step in range(5)]


def test_known_moments_stay_even_if_the_list_was_reordered() -> None:
    known = [NOON - MINUTE, None, None, NOON, None, NOON - 2 * MINUTE]
    found = place(*known)
    assert [old or new for old, new in zip(known, found, strict=True)] == found
    assert NOON > found[1] > found[2] > NOON - MINUTE
    assert NOON > found[4] > NOON - 2 * MINUTE


def test_headlines_squeeze_together_where_the_day_is_too_young_for_minutes() -> None:
    now = FIRST + 2 * MINUTE
    found = place(*[None] * 10, now=now)
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 10
    assert FIRST <= found[-1] < found[0] <= now


def test_headlines_above_a_known_one_squeeze_together_below_now() -> None:
    known = NOON
    found = place(*[None] * 10, known, now=NOON + 2 * MINUTE)
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 11
    assert found[0] <= NOON + 2 * MINUTE


def test_headlines_below_a_known_one_squeeze_together_above_the_days_start() -> None:
    found = place(FIRST + 5 * MINUTE, *[None] * 20)
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 21
    assert found[-1] >= FIRST


def test_more_headlines_than_minutes_still_have_their_order() -> None:
    found = place(*[None] * 2000)
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 2000
    assert FIRST <= found[-1] < found[0] <= LAST
