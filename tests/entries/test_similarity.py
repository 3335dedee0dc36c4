"""When two headlines are one, mended; a wrong "yes" would destroy a story."""

from __future__ import annotations

import pytest

from feeds.entries.similarity import near_equal

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
