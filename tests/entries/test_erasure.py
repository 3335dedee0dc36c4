"""What is left of an erased story, and by what it is known again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from feeds.entries import erasure, identity
from feeds.model import Entry, EntryId
from feeds.newsroom.decisions import LISTS, Decision

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LINES = (
    "It was a quiet morning.",
    "Nobody expected more.",
    "The vote was late.",
    "Two were absent.",
)
GONE = erasure.erased(
    Entry(
        EntryId("tag:desk.test,2026:bell"),
        "article",
        "Bell hangs again",
        NOW,
        NOW,
        content="".join(f"<p>{line}</p>" for line in LINES),
    )
)


@pytest.mark.parametrize(
    ("text", "is_its"),
    [
        (LINES, True),
        (LINES[2:], True),
        (LINES[3:], False),
        ((*LINES[:2], "Windows broke.", "No one was hurt."), True),
        ((*LINES[:2], "Windows broke.", "No one was hurt.", "He said so."), False),
        ((), False),
    ],
)
def test_half_of_the_longer_text_makes_it_the_same(text: tuple[str, ...], is_its: bool) -> None:
    _, *printed = identity.traced("", text)
    assert erasure.has_text_of(printed, GONE) is is_its


def test_a_decision_about_an_erased_story_says_no_word_of_it() -> None:
    texts = (
        "entry", "duplicate", "other", "title", "url", "image", "alt", "summary", "language",
        "reason",
    )  # fmt: skip
    told: dict[str, Any] = dict.fromkeys(texts, "bell") | dict.fromkeys(LISTS, ("bell",))
    kept = Decision("correct", undone=("alt",), who="editor", when=NOW, key="k", line=3)
    assert erasure.muted(msgspec.structs.replace(kept, **told)) == kept


def test_an_erased_entry_keeps_the_fingerprints_that_it_had() -> None:
    assert identity.fingerprints(GONE) is None
