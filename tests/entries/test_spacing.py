"""No two entries have one ``updated``; none moves more than it has to, or at all without need."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.entries.spacing import Taken, spaced
from feeds.model import Entry, EntryId
from feeds.text import dates

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BAKU = dates.zone("Asia/Baku")
NEAR = st.integers(-9, 9).map(lambda seconds: NOW + seconds * SECOND)


def entry(updated: datetime = NOW, **more: object) -> Entry:
    return Entry(EntryId("tag:x:1"), "article", "A", NOW, updated, **more)  # type: ignore[arg-type]


def knowing(*moments: datetime) -> Taken:
    return Taken(lambda first, last: [one for one in moments if first <= one <= last])


@given(st.sets(NEAR), NEAR, NEAR)
def test_the_nearest_second_that_is_free_is_found(
    taken: set[datetime], wanted: datetime, first: datetime
) -> None:
    found = knowing(*taken).free(wanted, first)
    assert found not in taken
    assert found >= first
    if found < wanted:
        between = int((wanted - found).total_seconds())
        assert {found + step * SECOND for step in range(1, between + 1)} <= taken
    elif found > wanted:
        start = max(wanted, first)
        assert {start + step * SECOND for step in range(int((found - start) / SECOND))} <= taken
        below = int((wanted - first).total_seconds())
        assert {wanted - step * SECOND for step in range(below + 1)} <= taken


def test_a_moment_that_nobody_has_is_taken_as_it_is() -> None:
    wanted = NOW.replace(microsecond=7)
    assert spaced(entry(wanted), None, knowing(), BAKU).updated == wanted


def test_two_moments_of_one_second_are_one_to_documents() -> None:
    taken = knowing(NOW.replace(microsecond=500))
    assert spaced(entry(published=NOW), None, taken, BAKU).updated == NOW + SECOND


@pytest.mark.parametrize(
    ("published", "captured", "expected"),
    [
        (NOW, None, [0, 1, 2, 3]),
        (None, NOW, [0, -1, -2, -3]),
        (None, None, [0, -1, -2, -3]),
    ],
    ids=["dated", "captured", "neither"],
)
def test_new_entries_of_one_moment_are_a_second_apart(
    published: datetime | None, captured: datetime | None, expected: list[int]
) -> None:
    taken = knowing()
    one = entry(published=published, captured=captured)
    made = [spaced(one, None, taken, BAKU) for _ in expected]
    assert [(each.updated - NOW) / SECOND for each in made] == expected
    assert {(each.published, each.captured) for each in made} == {(published, captured)}


def test_an_undated_entry_stays_on_the_day_on_which_it_was_captured() -> None:
    midnight = datetime(2026, 1, 13, 20, 0, tzinfo=UTC)  # in Baku
    taken = knowing(midnight)
    captured = entry(midnight, captured=midnight)
    assert spaced(captured, None, taken, BAKU).updated == midnight + SECOND


def test_corrections_of_one_run_are_later_than_what_they_correct() -> None:
    taken = knowing(NOW - timedelta(hours=1), NOW - 2 * SECOND)
    before = entry(NOW - 2 * SECOND)
    after = msgspec.structs.replace(before, updated=NOW)
    made = [spaced(after, before, taken, BAKU).updated for _ in range(4)]
    assert [(one - NOW) / SECOND for one in made] == [0, -1, 1, 2]


def test_what_was_not_updated_does_not_move_though_another_has_its_moment() -> None:
    taken = knowing(NOW, NOW)
    before = entry()
    after = msgspec.structs.replace(before, url="https://a.test/")
    assert spaced(after, before, taken, BAKU) is after


def test_many_entries_of_one_moment_take_time_by_their_number_alone() -> None:
    taken = knowing()
    one = entry(published=NOW)
    made = [spaced(one, None, taken, BAKU).updated for _ in range(20_000)]
    assert made[-1] == NOW + 19_999 * SECOND


def test_moments_are_asked_for_as_far_as_need_be_and_once() -> None:
    asked: list[tuple[datetime, datetime]] = []

    def known(first: datetime, last: datetime) -> list[datetime]:
        asked.append((first, last))
        return [NOW]

    taken = Taken(known)
    assert taken.free(NOW, NOW) == NOW + SECOND
    assert taken.free(NOW, NOW) == NOW + SECOND
    ((first, last),) = asked
    assert first <= NOW < last < first + timedelta(days=4)


def test_what_was_asked_for_is_neither_asked_nor_counted_again() -> None:
    asked: list[tuple[datetime, datetime]] = []
    moments = [NOW + day * timedelta(days=1) for day in range(9)]

    def known(first: datetime, last: datetime) -> list[datetime]:
        asked.append((first, last))
        return [one for one in moments if first <= one <= last]

    taken = Taken(known)
    assert not taken.is_shared(moments[4])
    taken.ask([(moments[0], moments[8])])
    taken.ask([(moments[2], moments[7])])
    assert len(asked) == 2
    assert not any(taken.is_shared(one) for one in moments)
    assert all(taken.free(one, one) != one for one in moments)


def test_what_was_taken_and_undone_is_free_again() -> None:
    taken = knowing()
    mark = taken.mark()
    for _ in range(3):
        taken.add(taken.free(NOW, NOW))
    taken.undo(mark)
    assert taken.free(NOW, NOW) == NOW


def test_what_lies_between_days_that_are_far_apart_is_not_asked_for() -> None:
    asked: list[tuple[datetime, datetime]] = []

    def known(first: datetime, last: datetime) -> list[datetime]:
        asked.append((first, last))
        return []

    year, day = timedelta(days=365), timedelta(days=1)
    days = [NOW, NOW - year, NOW - 9 * day, NOW - year + day]
    Taken(known).ask((some, some + day) for some in days)
    assert len(asked) == 2
    assert sum((last - first for first, last in asked), timedelta()) < timedelta(days=30)
    for some in days:
        assert any(first <= some and some + day <= last for first, last in asked)
