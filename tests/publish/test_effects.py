"""What stages come to is added up."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.publish.effects import Effects, total
from tests.newsrooms import NOW

_IDS = st.lists(st.sampled_from("abcdef").map(EntryId), max_size=3).map(tuple)
_PROBLEMS = st.lists(st.sampled_from("abcdef").map(Problem), max_size=3).map(tuple)
_ENTRIES = st.sampled_from("abc").map(lambda name: Entry(EntryId(name), "headline", name, NOW, NOW))
_CHANGED = st.lists(st.tuples(_ENTRIES, _ENTRIES), max_size=3).map(tuple)
_COUNTS = st.integers(0, 3)
EFFECTS = st.builds(
    Effects,
    entered=_COUNTS,
    corrected=_COUNTS,
    retracted=_COUNTS,
    new=_IDS,
    changed=_CHANGED,
    affected=_IDS,
    erased=_IDS,
    withdrawn=_IDS,
    decided=_IDS,
    problems=_PROBLEMS,
    notices=_PROBLEMS,
    is_settled=st.booleans(),
)


@given(st.lists(EFFECTS, max_size=5))
def test_effects_added_one_by_one_are_those_of_all_of_them(some: list[Effects]) -> None:
    assert reduce(Effects.__add__, some, Effects()) == total(some)


@given(EFFECTS, EFFECTS)
def test_nothing_is_lost_and_what_came_later_stands_behind(one: Effects, other: Effects) -> None:
    both = one + other
    for name in set(Effects.__struct_fields__) - {"is_settled"}:
        assert getattr(both, name) == getattr(one, name) + getattr(other, name)
    assert both.is_settled == (one.is_settled and other.is_settled)
    assert set(both.touched) == {*one.touched, *other.touched}
