"""A headline for which a list had no room is the story that has the whole of it."""

from __future__ import annotations

import pytest

from tests.newsrooms import TestNewsroom

TEXT = "The crane turns again since Monday, the harbour office said, and it makes less noise.\n"
ARTICLE = f"Crane turns again in the northern dock\n3 January 2026\n\n{TEXT}Nobody had asked it.\n"
ROWS = """Latest news
{cut}
03.Jan.2026
Ferry sails again after nine weeks
02.Jan.2026

14 Jan 2026
"""
LIST = f"Mayor opens the new bridge\n4 January 2026\n\n{TEXT}It is green.\n\n{ROWS}"
WHOLE = "Crane turns again in the northern dock"


def titles(newsroom: TestNewsroom) -> list[str]:
    return sorted(entry.title for entry in newsroom.entries())


@pytest.mark.parametrize("cut", ["Crane turns again in the…", "Crane turns again in the nor..."])
@pytest.mark.parametrize("list_first", [True, False])
def test_a_headline_cut_short_is_the_story_of_its_day(
    newsroom: TestNewsroom, cut: str, list_first: bool
) -> None:
    pages = {"a.txt": ARTICLE, "b.txt": LIST.format(cut=cut)}
    for name in sorted(pages, reverse=list_first):
        newsroom.page(name, pages[name])
        newsroom.publish()
    assert titles(newsroom) == sorted(
        [WHOLE, "Ferry sails again after nine weeks", "Mayor opens the new bridge"]
    )


def test_a_headline_cut_short_of_another_day_is_another_story(newsroom: TestNewsroom) -> None:
    newsroom.page("a.txt", ARTICLE)
    listed = LIST.format(cut="Crane turns again in the…").replace("03.Jan", "01.Jan")
    newsroom.page("b.txt", listed.replace("02.Jan", "01.Jan"))
    newsroom.publish()
    assert "Crane turns again in the…" in titles(newsroom)


def test_two_stories_that_begin_alike_leave_a_headline_cut_short_alone(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("a.txt", ARTICLE)
    newsroom.page("c.txt", ARTICLE.replace("dock", "yard").replace("crane", "old crane"))
    newsroom.page("b.txt", LIST.format(cut="Crane turns again in the northern…"))
    newsroom.publish()
    assert len(titles(newsroom)) == 5
