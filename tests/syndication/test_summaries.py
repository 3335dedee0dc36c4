"""The summary of an item: the editor's, and not what a site says of each of its pages."""

from __future__ import annotations

import msgspec
import pytest

from feeds.model import Entry
from feeds.syndication.view import view
from tests.syndication.examples import ARTICLE, PLAIN
from tests.syndication.test_content import FULL

DEFAULT = "All that happens at the coast, every day."


def stories(
    count: int, summary: str, content: str = "<p>It was lit.</p><p>At last.</p>"
) -> list[Entry]:
    return [
        msgspec.structs.replace(ARTICLE, title=f"Lamp {n}", summary=summary, content=content)
        for n in range(count)
    ]


def summaries(entries: list[Entry]) -> list[str]:
    return [item.entry.summary for item in view(PLAIN, FULL, entries, "json").items]


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_stories_have_the_summary_that_they_have(count: int) -> None:
    assert summaries(stories(count, DEFAULT)) == [DEFAULT] * count


def test_the_summary_of_many_stories_is_that_of_none() -> None:
    others = stories(1, "The lamp burns.")
    assert summaries(stories(3, DEFAULT) + others) == ["It was lit."] * 3 + ["The lamp burns."]
    assert summaries(stories(3, DEFAULT, "")) == [""] * 3


def test_a_story_that_is_there_twice_shares_its_summary_with_nobody() -> None:
    assert summaries(stories(1, DEFAULT) * 3) == [DEFAULT] * 3
