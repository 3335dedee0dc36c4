"""When two headlines are one, mended; a wrong "yes" would destroy a story."""

from __future__ import annotations

import pytest

from feeds.entries.similarity import begins, near_equal

TITLE = "Budget of 2025 is passed by the harbour office after eleven nights"


@pytest.mark.parametrize(
    "other",
    [
        TITLE,
        TITLE.replace("Budget", "The “budget”"),
        TITLE.replace("nights", "night"),
        TITLE.replace("the harbour", "harbour"),
    ],
)
def test_a_headline_that_was_mended_is_the_same(other: str) -> None:
    assert near_equal(TITLE, other)
    assert near_equal(other, TITLE)


@pytest.mark.parametrize(
    "other",
    [
        TITLE.replace("2025", "2026"),
        TITLE.replace("2025", "20 25"),
        TITLE.replace("of 2025 ", ""),
        TITLE.replace("passed", "burnt"),
    ],
)
def test_a_headline_with_another_number_or_word_is_another(other: str) -> None:
    assert not near_equal(TITLE, other)
    assert not near_equal(other, TITLE)


@pytest.mark.parametrize(
    "cut", ["Budget of 2025 is…", "Budget of 2025 is pas...", "BUDGET OF 2025 …"]
)
def test_a_headline_cut_short_is_the_beginning_of_the_whole_one(cut: str) -> None:
    assert begins(cut, TITLE)
    assert not begins(TITLE, cut)


@pytest.mark.parametrize(
    "other", ["Budget of 2025 is passed", "Budget…", "Budget of 2026 is…", "…"]
)
def test_what_is_not_cut_or_says_too_little_is_the_beginning_of_nothing(other: str) -> None:
    assert not begins(other, TITLE)
