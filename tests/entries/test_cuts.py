"""A headline that was cut short is the beginning of the whole one, and no other is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.entries.cuts import begins, may_be_one
from feeds.text.ellipses import MARKS, is_cut, stem

TITLE = "Budget of 2025 is passed by the harbour office after eleven nights"
FORMS = (
    "…", " …", "...", " ...", "....", ". . .", " . . .", "[…]", " […]", "[...]", "(…)", " (...)",
    "‥", "⋯", "……", "…”", "...»", "…\"", "…'", "\u00a0…", ".\u00a0.\u00a0.", "…」", " [ . . . ]",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("beginning", ["Budget of 2025 is passed by", "Budget of 2025 is pas"])
def test_a_headline_that_ends_in_an_ellipsis_is_the_beginning_of_the_whole_one(
    beginning: str, form: str
) -> None:
    cut = f"{beginning}{form}"
    assert stem(cut) == beginning
    assert any(mark in cut[-12:] for mark in MARKS), "or the ledger would not find it"
    assert begins(cut, TITLE)
    assert not begins(TITLE, cut)
    assert may_be_one(cut, TITLE)
    assert may_be_one(TITLE, cut)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("BUDGET OF 2025 IS PASSED…", TITLE),
        ("Budget of 2025 is “passed” – by…", TITLE),
        ("Budget\u00a0of 2025 is passed…", TITLE),
        ("Budget of 2025 is passed…", "Budget of 2025 is passed by the harbour…"),
        ("Лодка снова идёт к дальним…", "Лодка снова идёт к дальним островам"),
        ("قارب يبحر من جديد إلى…", "قارب يبحر من جديد إلى الجزر"),
        ("渡船今天早上又开往远方……", "渡船今天早上又开往远方的岛屿"),
        ("नाव आज फिर से दूर…", "नाव आज फिर से दूर के द्वीपों को जाती है"),
    ],
)
def test_signs_and_scripts_make_no_difference(cut: str, whole: str) -> None:
    assert may_be_one(cut, whole)
    assert may_be_one(whole, cut)


@pytest.mark.parametrize(
    "title",
    [
        "Budget of 2025 is passed by",
        "Budget of 2025 is passed by.",
        "Budget of 2025 is passed by..",
        "Budget of 2025 is passed by the U.S.A.",
        "… is passed by the harbour office",
        "…",
        "",
    ],
)
def test_without_an_ellipsis_at_its_end_nothing_is_cut_short(title: str) -> None:
    assert not is_cut(title)
    assert not begins(title, TITLE)


@pytest.mark.parametrize("cut", ["Budget of 2026 is passed…", "Budget of 2025 was…", TITLE + "…"])
def test_what_begins_otherwise_is_no_beginning(cut: str) -> None:
    assert not begins(cut, TITLE)


def test_four_words_say_too_little_without_a_link() -> None:
    assert begins("Budget of 2025 is…", TITLE)
    assert not may_be_one("Budget of 2025 is…", TITLE)


@given(st.text(max_size=40))
def test_what_is_left_of_any_headline_is_its_beginning(title: str) -> None:
    assert title.startswith(stem(title))
