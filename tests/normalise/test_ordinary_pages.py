"""Ordinary pages, and lines in them that only look like something else."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feeds.entries import holds
from feeds.model import Reading, Story
from feeds.model.errors import PageError
from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers import read_page

TEXT = "The bell hangs in its tower again.\nIt took two days and a crane.\n"


def reading(text: str, name: str = "a.txt") -> Reading:
    return with_statements(normalise(read_page(name, text.encode())))


def article(text: str, name: str = "a.txt") -> Story:
    found = reading(text, name).article
    assert found is not None
    return found


@pytest.mark.parametrize(
    "line",
    [
        "Voters can register until Friday.",
        "The rest is for subscribers only.",
        "What changes",
        "Share prices fell again.",
        "Attendance: 1 204",
        "Nobody Knows Why the Bell Rang",
        "- Who rang the bell?",
        "1. Ring the bell.",
        "Goals: Berg (12), Lund (45), Vik (88)",
    ],
)
def test_a_line_inside_the_text_stays_there(line: str) -> None:
    found = article(f"Bell hangs again\n\n{TEXT}{line}\nThe keeper is content.\nNora Lind\n")
    assert found.paragraphs[2] == line
    assert found.authors == ("Nora Lind",)
    assert found.access == "free"


@pytest.mark.parametrize(
    "title", ["2026 budget", "100 days at sea", "Sport: 3-0", "Press review 23.02.2026", "1-0"]
)
def test_a_headline_may_look_like_a_number_or_end_with_a_date(title: str) -> None:
    found = article(f"{title}\n\n{TEXT}")
    assert (found.title, found.published, len(found.paragraphs)) == (title, None, 2)


@pytest.mark.parametrize("views", ["Views: 1 234", "1234 views", "Просмотров: 1 234"])
def test_views_above_the_headline_are_no_headline(views: str) -> None:
    assert article(f"{views}\nBell hangs again\n\n{TEXT}").title == "Bell hangs again"


def test_views_between_date_and_headline_make_the_date_the_articles() -> None:
    found = article(f"14 January 2026\n1 234 views\nBell hangs again\n\n{TEXT}")
    assert found.published is not None
    assert found.published.iso == "2026-01-14"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("2026-01-09T11:03:00Z", "2026-01-09T11:03:00+00:00"),
        ("2026-01-09T11:03+04:00", "2026-01-09T11:03+04:00"),
        ("9 January 2026\n11:03", "2026-01-09T11:03"),
        ("11:03\n9 January 2026", "2026-01-09T11:03"),
        ("11:039/01/2026, Friday", "2026-01-09T11:03"),
        ("Friday9 January 2026", "2026-01-09"),
        ("Posted on: 9th of January 2026", "2026-01-09"),
        ("2026-01-09 11:03:15 来源：海港日报", "2026-01-09T11:03:15"),
        ("Jan Kos, (kg) | Utworzono: 09.01.2026, 11:03", "2026-01-09T11:03"),
        ("Ada Finch\nHarbour correspondent\n9 January 2026", "2026-01-09"),
        ("Autor:\nIna Roth\n9. Januar 2026", "2026-01-09"),
        (
            "por Ana Silva publicado 09/01/2026 11h03, última modificação 18/03/2026 9h00",
            "2026-01-09T11:03",
        ),
        ("Published: 9 January 2026", "2026-01-09"),
    ],
)
def test_a_date_below_the_headline_is_the_articles_and_no_text(line: str, iso: str) -> None:
    found = article(f"Bell hangs again\n\n{line}\n\n{TEXT}")
    assert found.published is not None
    assert found.published.iso == iso
    assert len(found.paragraphs) == 2


def test_yesterday_below_the_headline_is_the_day_before_the_page_was_saved() -> None:
    text = f"Bell hangs again\n\nYesterday, 20:15\n\n{TEXT}\n"
    found = article(f"{text}20 November 2026\n")
    assert found.published is not None
    assert found.published.iso == "2026-11-19T20:15"
    assert article(text).published is None


def test_a_headline_that_was_wrapped_is_one() -> None:
    found = article(f"Port to close its northern basin for two\nmonths this winter\n\n{TEXT}")
    assert found.title == "Port to close its northern basin for two months this winter"


def test_each_headline_of_a_list_has_the_date_on_its_own_line() -> None:
    found = reading(
        f"Bell hangs again\n\n{TEXT}Latest news\n"
        "Crane is sold - 18 Nov 2026\n2026-11-17 Fog delays ferry\n12.11.26 Dredger arrives here\n"
    )
    dated = [(story.title, story.published and story.published.iso) for story in found.latest]
    assert dated == [
        ("Crane is sold", "2026-11-18"),
        ("Fog delays ferry", "2026-11-17"),
        ("Dredger arrives here", "2026-11-12"),
    ]


def test_a_title_in_front_matter_replaces_the_pages_headline() -> None:
    found = article(
        "---\ntitle: Bell is back\n---\n"
        f"Bell hangs again\n\nBy Nora Lind\n20 November 2025\n\n{TEXT}"
    )
    assert found.title == "Bell is back"
    assert found.authors == ("Nora Lind",)
    assert found.published is not None
    assert len(found.paragraphs) == 2


def test_below_a_title_in_front_matter_a_short_first_sentence_is_text() -> None:
    assert len(article(f"---\ntitle: Bell is back\n---\n{TEXT}").paragraphs) == 2


def test_front_matter_above_html_counts() -> None:
    page = "<h1>Secret story</h1><p>This must not be published before the board meets.</p>"
    found = article(f"---\nstatus: draft\n---\n<html><body>{page}</body></html>", "a.html")
    assert (found.status, found.title) == ("draft", "Secret story")


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("<!DOCTYPE html>\n<html><p>Bell</p></html>", "a.txt", r"HTML .*ends in \.html"),
        ("Bell hangs again\n\nIt does.", "a.html", r"plain text .*ends in \.txt"),
    ],
)
def test_a_page_by_the_wrong_name_is_told_the_right_one(text: str, name: str, told: str) -> None:
    with pytest.raises(PageError, match=told):
        reading(text, name)


LIST = """\
Latest newsPilot boat gets another engine
09.Jan.2026
Budget passed in the hall
08.Jan.2026

14 Jan 2026
"""
DATED = [
    ("Pilot boat gets another engine", "2026-01-09"),
    ("Budget passed in the hall", "2026-01-08"),
]


def dated(found: Reading) -> list[tuple[str, str]]:
    return [(story.title, story.published.iso) for story in found.latest if story.published]


@pytest.mark.parametrize(
    "above",
    [
        "Ola Finch\n10.01.2026\n",
        "The next fair is on\n12 March 2026\n",
        "* * *\nThe keeper spoke again.\n* * *\nThen he left.\n",
        "Related:\nQuay opens in spring\nThe keeper spoke again on that day.\n",
        "A short history:\n5 March 1905\nThe bell is cast\n7 May 1945\nThe bell is lost\n",
    ],
)
def test_a_list_begins_at_its_heading_whatever_stands_above(above: str) -> None:
    assert dated(reading(f"Bell hangs again\n\n{TEXT}{above}{LIST}")) == DATED


def test_bullets_below_the_headline_are_text() -> None:
    found = article(
        "Council approves the budget\n\nThe council approved three measures on Monday:\n"
        f"- a bridge\n- higher fees\n- a longer season\nThe mayor is content.\n{LIST}"
    )
    assert found.title == "Council approves the budget"
    assert len(found.paragraphs) == 5


@pytest.mark.parametrize("headline", ["Reuters: Oil Falls", "Photo of the Week", "Sport", "1990"])
def test_a_headline_between_its_heading_and_its_date_keeps_it(headline: str) -> None:
    found = reading(
        f"Bell hangs again\n\n{TEXT}Latest news\nLamp is lit\n10.Jan.2026\n"
        f"{headline}\n09.Jan.2026\nBudget passed\n08.Jan.2026\n\n14 Jan 2026\n"
    )
    assert dated(found)[1:] == [(headline, "2026-01-09"), ("Budget passed", "2026-01-08")]


@pytest.mark.parametrize(
    "line",
    [
        "Next game: 12 March 2026, 18:00",
        "The vote is on 5 March 2026 at 10:00",
        "Open 5-7 May 2026",
        "Стороны подписали соглашение о перемирии.",
        "The ministry told Reuters.",
        "She smiled and took a photo.",
        "No comment.",
    ],
)
def test_the_last_line_of_a_text_may_be_anything(line: str) -> None:
    found = article(f"Bell hangs again\n\n{TEXT}{line}\n")
    assert found.paragraphs[-1] == line
    assert (found.published, found.access) == (None, "free")


@pytest.mark.parametrize(
    "title",
    [
        "Events of 20 January 1990",
        "Press Review 23.02.2025",
        "Photo exhibition opens in Baku",
        "Home team wins again",
        "By the sea",
    ],
)
def test_a_first_line_that_stands_apart_is_the_headline(title: str) -> None:
    found = article(f"{title}\n\n{TEXT}{LIST}")
    assert (found.title, found.published) == (title, None)


@pytest.mark.parametrize(
    "page",
    [
        f"Bell hangs again\nEmbargo: 10 January 2030\n\n{TEXT}",
        f"status: draft\n\nBell hangs again\n\n{TEXT}",
    ],
)
def test_what_may_be_meant_to_keep_a_page_back_holds_it(page: str) -> None:
    found = article(page)
    assert found.bar is not None
    assert found.bar.weight == "hold"


@pytest.mark.parametrize("line", ["embargo_until: 2030-01-01", "hold: true"])
def test_what_is_understood_to_keep_a_page_back_lets_it_wait(line: str) -> None:
    found = article(f"---\n{line}\n---\nBell hangs again\n\n{TEXT}")
    kept = holds.kept_back(found, datetime(2026, 1, 10, tzinfo=UTC), ZoneInfo("UTC"))
    assert kept is not None
    assert kept.code in {"embargo", "draft"}
