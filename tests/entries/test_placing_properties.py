"""However a list grows, its headlines keep their order, their day, and their moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feeds.entries import placing
from feeds.text import dates

ZONES = st.sampled_from(
    ["UTC", "Asia/Baku", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"]
).map(dates.zone)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
HOURS = st.integers(0, 30 * 3600).map(lambda seconds: timedelta(seconds=seconds))
COUNT = st.integers(0, 20)
HOUR = timedelta(hours=1)  # has room for more headlines than any test lists
LATE = timedelta(days=40)


def strictly_newest_first(placed: list[datetime]) -> bool:
    return all(above > below for above, below in pairwise(placed))


@given(DAYS, ZONES, HOURS, HOURS, COUNT)
def test_a_new_list_is_in_its_order_on_its_day_and_not_after_now(
    day: date, zone: ZoneInfo, saved: timedelta, age: timedelta, count: int
) -> None:
    first, last = dates.day_bounds(day, zone)
    modified, now = first + HOUR + saved, first + HOUR + age
    placed = placing.place(day, [None] * count, modified, now, zone)
    assert len(placed) == count
    assert strictly_newest_first(placed)
    assert all(first <= moment <= min(last, now) for moment in placed)
    assert all(moment.tzinfo is UTC and moment.microsecond == 0 for moment in placed)


@given(DAYS, ZONES, st.integers(0, 12), st.lists(COUNT, max_size=6), st.data())
def test_batches_of_newer_headlines_on_top_keep_the_order(
    day: date, zone: ZoneInfo, delay: int, batches: list[int], data: st.DataObject
) -> None:
    first, last = dates.day_bounds(day, zone)
    behind = data.draw(st.sampled_from([LATE, HOUR * 0]))
    saved = first + HOUR * (1 + delay)
    placed: list[datetime] = []
    for count in batches:
        modified = data.draw(st.sampled_from([saved, saved - HOUR / 6, saved + LATE, first - LATE]))
        now = saved + behind
        before = placed
        placed = placing.place(day, [*[None] * count, *before], modified, now, zone)
        assert placed[count:] == before
        assert strictly_newest_first(placed)
        assert all(first <= moment <= min(last, now) for moment in placed)
        saved += HOUR


@given(DAYS, ZONES, st.lists(st.booleans(), max_size=25), st.data())
def test_known_moments_never_move_and_new_ones_stand_where_the_list_shows_them(
    day: date, zone: ZoneInfo, are_known: list[bool], data: st.DataObject
) -> None:
    first, last = dates.day_bounds(day, zone)
    now = data.draw(st.sampled_from([last, last + LATE]))
    # Known headlines stand an hour or nearly from each other and from the ends of the day.
    apart = (last - first) / (len(are_known) + 2)
    known = [
        (last - apart * place).replace(microsecond=0) if is_known else None
        for place, is_known in enumerate(are_known, start=1)
    ]
    placed = placing.place(day, known, now, now, zone)
    assert [old or new for old, new in zip(known, placed, strict=True)] == placed
    assert strictly_newest_first(placed)
    assert all(first <= moment <= min(last, now) for moment in placed)


@given(DAYS, ZONES, st.lists(st.one_of(st.none(), HOURS), max_size=40), HOURS, HOURS)
def test_known_moments_never_move_whatever_is_asked(
    day: date,
    zone: ZoneInfo,
    offsets: list[timedelta | None],
    saved: timedelta,
    age: timedelta,
) -> None:
    first, _ = dates.day_bounds(day, zone)
    now = first + age
    known = [None if offset is None else min(first + offset, now) for offset in offsets]
    placed = placing.place(day, known, first + saved, now, zone)
    assert [old or new for old, new in zip(known, placed, strict=True)] == placed
    assert all(moment <= now for moment in placed)
