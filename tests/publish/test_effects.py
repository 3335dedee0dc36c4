"""What stages come to is added up."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import EntryId
from feeds.model.problem import Problem
from feeds.publish.effects import Effects, total

_IDS = st.lists(st.sampled_from("abcdef").map(EntryId), max_size=3).map(tuple)
_PROBLEMS = st.lists(st.sampled_from("abcdef").map(Problem), max_size=3).map(tuple)
_COUNTS = st.integers(0, 3)
EFFECTS = st.builds(
    Effects,
    entered=_COUNTS,
    corrected=_COUNTS,
    retracted=_COUNTS,
    new=_IDS,
    affected=_IDS,
    erased=_IDS,
    withdrawn=_IDS,
    problems=_PROBLEMS,
    notices=_PROBLEMS,
    is_settled=st.booleans(),
)


@given(st.lists(EFFECTS, max_size=5))
def test_effects_added_one_by_one_are_those_of_all_of_them(some: list[Effects]) -> None:
    assert reduce(Effects.__add__, some, Effects()) == total(some)


@given(EFFECTS, EFFECTS)
def test_what_came_later_stands_behind(one: Effects, other: Effects) -> None:
    both = one + other
    assert both.problems == one.problems + other.problems
    assert both.new == one.new + other.new
    assert both.entered == one.entered + other.entered
    assert both.is_settled == (one.is_settled and other.is_settled)
    assert set(both.touched) == {*one.touched, *other.touched}
