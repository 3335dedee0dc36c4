"""Rows and rules that keep back what is not there: somebody is told, and nothing gets out."""

from __future__ import annotations

import pytest

from feeds.newsroom.near_pages import is_near, nearest
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said
from tests.publish.test_statements import BODY, LATER, front, table


@pytest.mark.parametrize(
    "row",
    [
        "lamp.text,2027-01-01,",
        "Lamp.txt,32.01.2027,",
        "lamp,,draft",
        "source/lamp.txt,,retracted",
        "lamp.txt ,2027-01-01,,,,x",
        "lamp.html,2027-01-01,draft,x",
    ],
)
def test_a_row_that_keeps_back_and_has_no_page_holds_the_one_that_it_was_meant_for(
    newsroom: TestNewsroom, row: str
) -> None:
    newsroom.page("lamp.txt", BODY)
    table(newsroom, f"path,embargo,status\n{row}\n")
    outcome = newsroom.publish()
    assert newsroom.entries() == []
    assert outcome.exit_code == 1
    table(newsroom, "path,embargo,status\nlamp.txt,,published\n")
    newsroom.publish(LATER)
    assert len(newsroom.entries()) == 1


def test_it_is_told_with_the_page_that_was_meant(newsroom: TestNewsroom) -> None:
    newsroom.page("lamp.txt", BODY)
    newsroom.page("crane.txt", BODY.replace("amp", "rane"))
    table(newsroom, "path,embargo,title\nlamp.text,2027-01-01,\ncrane.text,,Crane\n")
    outcome = newsroom.publish()
    told = said(outcome.problems)
    assert [
        line
        for line in told
        if "there is no page 'lamp.text', which its row is to keep back; did you mean 'lamp.txt'"
        in line
    ]
    assert [line for line in told if line.startswith("lamp.txt") or "held" in line]
    assert [line for line in said(outcome.notices) if "did you mean 'crane.txt'?" in line]
    assert len(newsroom.entries()) == 1, "what a title says keeps nothing back"
    checked = feeds(newsroom, "check").stdout
    assert "did you mean 'lamp.txt'?" in checked


def test_a_page_that_comes_after_its_row_is_held_too_until_the_page_of_the_row_is_there(
    newsroom: TestNewsroom,
) -> None:
    table(newsroom, "path,embargo\nlamp.text,2027-01-01\n")
    newsroom.page("crane.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    assert newsroom.publish().exit_code == 1
    newsroom.page("lamp.txt", BODY)
    assert newsroom.publish(LATER).exit_code == 1
    assert [entry.title for entry in newsroom.entries()] == ["Crane falls"]


def test_a_row_of_a_page_that_is_gone_needs_nobody(newsroom: TestNewsroom) -> None:
    page = newsroom.page("lamp.txt", BODY)
    table(newsroom, "path,embargo\nlamp.txt,2026-01-01\n")
    newsroom.publish()
    page.unlink()
    newsroom.page("bridge.txt", BODY.replace("amp", "ridge"))
    outcome = newsroom.publish(LATER)
    assert said(outcome.problems) == []
    assert len(newsroom.entries()) == 2


def test_a_rule_that_keeps_back_and_matches_nothing_needs_somebody(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "member/**"\naccess = "paid"\n')
    newsroom.page("members/lamp.txt", BODY)
    outcome = newsroom.publish()
    assert outcome.exit_code == 1
    assert said(outcome.problems)[0].startswith("site.toml: [[pages]] rule 1, 'member/**'")


@pytest.mark.parametrize(
    ("row", "page", "near"),
    [
        ("s6.text", "s6.txt", True),
        ("S6", "s6.txt", True),
        ("s6.txt", "posts/s6.txt", True),
        ("content/posts/s6.md", "posts/s6.md", True),
        ("habour-lamp.md", "harbour-lamp.md", True),
        ("harbour_lamp.md", "harbour-lamp.md", True),
        ("s5.txt", "s6.txt", False),
        ("part-1-of-the-tale.txt", "part-2-of-the-tale.txt", False),
        ("2024/bell.md", "2025/bell.md", False),
        ("bell.md", "boat.md", False),
        ("a/index.md", "b/index.md", False),
    ],
)
def test_a_path_is_near_what_it_may_have_been_meant_for(row: str, page: str, near: bool) -> None:
    assert is_near(row, page) is near


def test_the_nearest_page_is_named_if_there_is_one() -> None:
    assert nearest("s6.text", ["s6.txt", "s7.txt"]) == "s6.txt"
    assert nearest("2024/bell.md", ["2025/bell.md"]) == "2025/bell.md"
    assert nearest("s6.text", ["s6.txt", "s6.html"]) == ""


def test_a_bundle_is_called_what_its_folder_is_called(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE + '\n[[pages]]\npath = "**"\nurl = "https://desk.test/posts/{stem}/"\n')
    newsroom.page("posts/old-lamp/index.md", front("title: Lamp glows\ndate: 2026-01-08", BODY))
    newsroom.page(
        "posts/crane/index.de.md",
        front("title: Der Kran steht\ndate: 2026-01-08", "Er steht still.\n"),
    )
    newsroom.publish(NOW)
    assert {(entry.url, entry.language) for entry in newsroom.entries()} == {
        ("https://desk.test/posts/old-lamp/", None),
        ("https://desk.test/posts/crane/", "de"),
    }


def test_a_post_without_categories_has_no_empty_folder_in_its_address(
    newsroom: TestNewsroom,
) -> None:
    template = "https://desk.test/{categories}/{year}/{month}/{day}/{slug}.html"
    newsroom.configure(SITE + f'\n[[pages]]\npath = "**"\nurl = "{template}"\n')
    newsroom.page("2026-01-08-lamp.md", front("title: Lamp glows", BODY))
    newsroom.page(
        "2026-01-07-crane.md",
        front("title: Crane falls\ncategories: [Port]", "It stopped on Friday.\n"),
    )
    newsroom.publish(NOW)
    assert {entry.url for entry in newsroom.entries()} == {
        "https://desk.test/2026/01/08/lamp.html",
        "https://desk.test/port/2026/01/07/crane.html",
    }
