"""What people call an entry, and which of the headlines they mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.entries import identity, names
from feeds.model import Entry, EntryId, StatedDate

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
BELL, BELLS, QUAY = (EntryId(f"tag:desk.test,2026:{name}") for name in ("bell", "bells", "quay"))
HEADLINES = [
    (BELLS, "The bell hangs again, and rings"),
    (BELL, "Bell hangs again"),
    (QUAY, "Un quai de plus"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("bell  HANGS, again!", [BELL]),
        ("bell hangs", [BELLS, BELL]),
        ("hang", [BELLS, BELL]),
        ("de", [QUAY]),
        ("qua", []),
        ("https://desk.test/hangs", []),
        ("…", []),
    ],
    ids=["word by word", "in part", "part of a word", "a word", "too short a part", "URL", "blank"],
)
def test_which_headlines_somebody_means(name: str, found: list[EntryId]) -> None:
    assert names.meant(name, HEADLINES) == found


def test_a_name_in_full_is_no_part_of_a_headline() -> None:
    assert names.meant("bell hangs", HEADLINES, in_part=False) == []
    assert names.meant("bell hangs again", HEADLINES, in_part=False) == [BELL]


def test_the_page_of_a_story_has_its_hash_in_its_address() -> None:
    assert names.hash_in("https://desk.test/feeds/stories/5ukezl2hbu2d/") == "5ukezl2hbu2d"
    assert names.hash_in("5ukezl2hbu2d") == "5ukezl2hbu2d"


def test_an_address_is_known_however_it_is_written() -> None:
    assert names.address("http://www.desk.test/bell?utm_source=x") == identity.url_alias(
        "https://www.desk.test/bell"
    )
    assert names.address("Bell hangs again") is None


def test_a_day_tells_entries_apart() -> None:
    dated = Entry(
        BELL, "headline", "Bell", NOW, NOW, stated=StatedDate("2026-03-14T09:30", "minute")
    )
    undated = Entry(QUAY, "article", "Quay", NOW, NOW)
    assert names.of_day([dated, undated], "2026-03-14") == [dated]
    assert names.of_day([dated, undated], "2026-03-15") == []
    assert names.of_day([dated, undated], "") == [dated, undated]
