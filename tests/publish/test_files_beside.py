"""What lies beside pages and is none: one line with a count, and nobody has to do anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.newsroom.folder import kind_beside
from tests.newsrooms import NOW, TestNewsroom, feeds, said

HOUR = timedelta(hours=1)


def test_pictures_styles_and_what_systems_leave_are_counted_in_a_line_that_needs_nobody(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell/index.md", "# Bell hangs\n\nIt hangs in its tower again.\n")
    for name in ("bell/cover.jpg", "bell/Tower.JPG", "bell/ring.mp3", "style.css", "Thumbs.db"):
        newsroom.page(name, "\x89\x00")
    outcome = newsroom.publish()
    assert (outcome.exit_code, outcome.entered, said(outcome.problems)) == (0, 1, [])
    line = "5 files that are no pages are passed over: 2 *.jpg, 1 *.css, 1 *.mp3, 1 thumbs.db"
    assert said(outcome.notices) == [line]
    newsroom.page("crane.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    assert said(newsroom.publish(NOW + HOUR).notices) == [], "it was told of as many"
    assert line in feeds(newsroom, "check").stdout
    assert feeds(newsroom, "status").returncode == 0


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.odt", "a.rtf", "a.pages", "a.xlsx", "a.xyz"])
def test_what_may_hold_a_story_is_refused_by_its_name(newsroom: TestNewsroom, name: str) -> None:
    newsroom.page(name, "Crane falls\n\nIt stopped on Friday.\n")
    outcome = newsroom.publish()
    assert outcome.exit_code == 1
    assert said(outcome.problems)[0].startswith(f"{name}: ")


def test_what_lektor_notes_of_a_picture_lies_beside_pages() -> None:
    assert kind_beside("lamp.jpg.lr") == "*.lr"
    assert kind_beside("contents.lr") == kind_beside("contents+de.lr") == ""


@pytest.mark.parametrize("name", ["jpg", "bell.jpg.txt", "css.md", "bell.mp"])
def test_other_names_are_pages(name: str) -> None:
    assert kind_beside(name) == ""
