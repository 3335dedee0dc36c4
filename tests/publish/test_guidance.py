"""Rules that say how pages are read, from a real folder to a real feed: when they take effect."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from feeds.model.errors import PageError
from feeds.reports.check import check_newsroom
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, said

LATER = NOW + timedelta(days=1)
TEXT = """\
Boat {number} sails again

{menu}The boat that lay at the quay for a year sails again, and the pilots say they had missed it.
Who mended it, number {number}, is not known in the harbour office, where the bill was paid.

9 January 2026
"""
HTML = """\
<html><head><title>Harbour</title></head><body><h1>Boat {number} sails again</h1>
<div class="at">9 January 2026</div><p>The boat that lay at the quay for a year sails again, and
the pilots say that they had missed it, all of them.</p><p class="promo">Buy the calendar of the
harbour while there are still a few of them left in the office.</p>
<p>Who mended it, number {number}, is not known in the office, where the bill was paid.</p></body>
</html>
"""


def rule(text: str, path: str = "**") -> str:
    return f'{SITE}\n[[pages]]\npath = "{path}"\n{text}\n'


def fill(newsroom: TestNewsroom, count: int = 3) -> None:
    for number in range(count):
        newsroom.page(f"text{number}.txt", TEXT.format(number=number, menu="Read the Gazette\n"))
        newsroom.page(f"html{number}.html", HTML.format(number=number + 50))


def moments(newsroom: TestNewsroom) -> list[tuple[object, ...]]:
    return [
        (entry.id, entry.published, entry.updated, entry.rank, entry.ordered)
        for entry in newsroom.entries()
    ]


def texts(newsroom: TestNewsroom) -> str:
    return " ".join(entry.content for entry in newsroom.entries())


def test_a_new_rule_takes_effect_at_the_next_publish_and_moves_nothing(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.publish()
    before = moments(newsroom)
    assert "Read the Gazette" in texts(newsroom)
    assert "calendar" in texts(newsroom)
    newsroom.configure(rule('furniture = "Read the Gazette"\ndrop = ".promo"'))
    outcome = newsroom.publish(LATER)
    assert (outcome.corrected, outcome.entered, outcome.problems) == (6, 0, [])
    assert said(outcome.notices) == [
        "site.toml: 6 pages were read again by changed rules, 6 corrected"
    ]
    assert "Read the Gazette" not in texts(newsroom)
    assert "calendar" not in texts(newsroom)
    assert moments(newsroom) == before
    assert newsroom.publish(LATER).revision is None


def test_a_rule_that_is_gone_is_read_as_without_it(newsroom: TestNewsroom) -> None:
    fill(newsroom)
    newsroom.configure(rule('furniture = "Read the Gazette"'))
    newsroom.publish()
    assert "Read the Gazette" not in texts(newsroom)
    newsroom.configure(SITE)
    newsroom.publish(LATER)
    assert "Read the Gazette" in texts(newsroom)


def test_pages_are_not_read_again_where_a_rule_only_moves_or_says_it_elsewhere(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.configure(rule('furniture = "Read the Gazette"'))
    newsroom.publish()
    newsroom.configure(
        rule('language = "az"', "port/**")
        + '\n[[pages]]\npath = "**"\nfurniture = "Read the Gazette"\n'
    )
    outcome = newsroom.publish(LATER)
    assert [line for line in said(outcome.notices) if "read again" in line] == []


def test_only_the_pages_that_a_changed_rule_matches_are_read_again(newsroom: TestNewsroom) -> None:
    fill(newsroom)
    newsroom.publish()
    newsroom.configure(rule('furniture = "Read the Gazette"', "*1.txt"))
    outcome = newsroom.publish(LATER)
    assert said(outcome.notices) == [
        "site.toml: 1 page was read again by changed rules, 1 corrected"
    ]


def test_a_headline_or_a_date_by_a_rule_changes_no_id_and_no_moment(newsroom: TestNewsroom) -> None:
    page = HTML.replace(
        "<h1>", '<h1>Of the Harbour Gazette, page {number}</h1><h2 class="head">'
    ).replace("9 January 2026</div>", '9 January 2026</div><i class="day">8 January 2026</i>')
    for number in range(7):
        newsroom.page(
            f"{number}.html", page.replace("</h1>\n<div", "</h2>\n<div").format(number=number)
        )
    newsroom.publish()
    before = moments(newsroom)
    newsroom.configure(rule('title = ".head"\ndate = ".day"'))
    outcome = newsroom.publish(LATER)
    assert outcome.problems == []
    assert {entry.title for entry in newsroom.entries()} == {
        f"Boat {number} sails again" for number in range(7)
    }
    assert {entry.evidence["title"].rule for entry in newsroom.entries()} == {
        "[[pages]] rule 1: title"
    }
    assert moments(newsroom) == before


def test_what_was_held_for_want_of_a_headline_comes_out_once_a_rule_says_where_it_is(
    newsroom: TestNewsroom,
) -> None:
    page = HTML.replace("<h1>", '<p class="head">').replace("</h1>", "</p>")
    newsroom.page("a.html", page.replace("<title>Harbour</title>", "").format(number=5))
    assert "no headline" in " ".join(said(newsroom.publish().problems))
    newsroom.configure(rule('title = ".head"'))
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.problems) == (1, [])
    assert said(outcome.notices) == [
        "site.toml: 1 page was read again by changed rules, 0 corrected, "
        "1 published that had been kept out"
    ]
    assert [entry.title for entry in newsroom.entries()] == ["Boat 5 sails again"]


MENU = "Port Desk\nSign in\n\n"
WORDS = (
    "harbour boat pilot crane lamp quay tide gull net rope anchor mast sail deck hull buoy ferry "
    "tug dock pier"
).split()
TIDY = rule('furniture = ["Port Desk", "Sign in"]')


def confused(newsroom: TestNewsroom, count: int) -> list[str]:
    """Pages whose menus hide their headlines, of texts in the same words; the headlines.

    They are too short for labels of lines to see what is a menu.
    """
    chance = Random(3)  # noqa: S311
    titles = []
    for number in range(count):
        title, *told = (
            " ".join(chance.choices(WORDS, k=size)).capitalize() for size in (6, 40, 40, 40)
        )
        text = " ".join(f"{one}." for one in told)
        newsroom.page(f"{number}.txt", f"{MENU}{title}\n\n2 January 2026\n\n{text}\n")
        titles.append(title)
    return titles


def test_pages_that_were_taken_for_one_story_by_their_menu_come_out_once_a_rule_names_that(
    newsroom: TestNewsroom,
) -> None:
    titles = confused(newsroom, 6)
    outcome = newsroom.publish()
    assert (outcome.entered, len(outcome.problems)) == (1, 5)
    (first,) = newsroom.entries()
    newsroom.configure(TIDY)
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected, outcome.problems) == (5, 1, [])
    found = newsroom.entries()
    assert sorted(entry.title for entry in found) == sorted(titles)
    (same,) = [entry for entry in found if entry.id == first.id]
    assert (same.title, same.updated) == (titles[0], first.updated)
    assert newsroom.publish(LATER).revision is None


def test_what_was_taken_back_does_not_come_out_since_a_rule_tells_its_pages_apart(
    newsroom: TestNewsroom,
) -> None:
    confused(newsroom, 2)
    newsroom.publish()
    (entry,) = newsroom.entries()
    assert feeds(newsroom, "retract", entry.id).returncode == 0
    newsroom.configure(TIDY)
    assert newsroom.publish(LATER).entered == 0


def test_stories_that_a_rule_brings_besides_wait_until_they_are_accepted(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(rule('list = "#nothing"\nfurniture = "Lamp glows over the quay again"'))
    listed = (
        "\n\nLatest news\nLamp glows over the quay again\n07.Jan.2026\nBell hangs\n06.Jan.2026\n"
    )
    newsroom.page("a.txt", TEXT.format(number=1, menu="") + listed)
    newsroom.publish()
    ids = {entry.id for entry in newsroom.entries()}
    newsroom.configure(SITE)
    outcome = newsroom.publish(LATER)
    assert {entry.id for entry in newsroom.entries()} == ids
    (told,) = said(outcome.notices)
    assert told == (
        "site.toml: 1 page was read again by changed rules, 0 corrected, 1 new held back; "
        "to publish what is new: feeds publish --reread --accept new"
    )
    assert feeds(newsroom, "publish", "--reread", "--accept", "new").returncode == 0
    assert "Lamp glows over the quay again" in {entry.title for entry in newsroom.entries()}


def test_a_selector_that_gives_nothing_is_told_once_for_all_pages_with_a_count(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom, 5)
    newsroom.configure(rule('title = ".none"\ndate = ["h1", "h2"]\ndrop = [".promo", ".none"]'))
    told = [
        "site.toml: [[pages]] rule 1: date: 'h1' gives no date of publication in full on 5 pages, "
        "such as html0.html, html1.html, html2.html; correct the selector in site.toml, or leave "
        "these pages out of the rule",
        "site.toml: [[pages]] rule 1: title: '.none' matches nothing on 5 pages, such as "
        "html0.html, html1.html, html2.html; correct the selector in site.toml, or leave these "
        "pages out of the rule",
    ]
    assert sorted(said(newsroom.publish().notices)) == told
    hints = [
        str(found.problem)
        for found in check_newsroom(newsroom.place, NOW)
        if "[[pages]] rule" in str(found.problem)
    ]
    drop = told[1].replace("rule 1: title", "rule 1: drop")
    assert sorted(hints) == [told[0], drop, told[1]]
    newsroom.page("html0.html", HTML.replace("promo", "none").format(number=9))
    newsroom.publish(LATER)
    found = check_newsroom(newsroom.place, LATER)
    assert [one for one in found if "rule 1: drop" in str(one.problem)] == []


def test_feeds_read_shows_what_rules_do_to_a_page_of_the_newsroom(newsroom: TestNewsroom) -> None:
    fill(newsroom, 1)
    newsroom.configure(rule('furniture = "Read the Gazette"\ndate = ".at"\nbyline = ".none"'))
    shown = feeds(newsroom, "read", str(newsroom.place.root / "html0.html")).stdout
    assert "<- line 2, [[pages]] rule 1: date" in shown
    assert "[[pages]] rule 1: byline: '.none' matches nothing" in shown
    shown = feeds(newsroom, "read", str(newsroom.place.root / "text0.txt")).stdout
    assert "Read the Gazette  <- [[pages]] rule 1: furniture" in shown


def test_a_rule_by_which_nothing_is_left_of_pages_leaves_what_was_published(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom)
    newsroom.publish()
    before = texts(newsroom)
    newsroom.configure(rule('drop = ["h1", "p", "div"]', "*.html"))
    outcome = newsroom.publish(LATER)
    assert texts(newsroom) == before
    assert said(outcome.notices) == [
        "site.toml: 3 pages were read again by changed rules, 0 corrected, "
        "3 left as before, since nothing is read then"
    ]


def test_a_page_that_fails_for_a_rule_is_refused_when_it_is_new() -> None:
    from feeds.model.guidance import Guidance, Hint
    from feeds.normalise import normalise
    from feeds.readers import read_page

    page = read_page("a.html", HTML.format(number=1).encode())
    with pytest.raises(PageError, match="shows no text"):
        normalise(page, Guidance((Hint("drop", "h1, div, p", "[[pages]] rule 1: drop"),)))
