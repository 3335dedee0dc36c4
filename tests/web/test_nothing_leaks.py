"""What is not out yet, or not for everybody, stands in no answer that the app can give."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.newsrooms import NOW, PAGE, TestNewsroom
from tests.web.crawling import Response, assert_nowhere, contains, crawl

EARLY = datetime(2025, 12, 1, tzinfo=UTC)
ENDS = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

TITLE = "Minister's “quiet” yacht & its crew are sold to a circus"
FIRST = "The yacht “Ophelia” left its berth before anybody in the harbour office was awake."
MIDDLE = "A clerk's handwritten ledger names the circus, the price <and> a wooden elephant."
LAST = "Nobody at the circus has ever been to sea, as its director told over a cup of tea."
SENTENCES = (TITLE, FIRST, MIDDLE, LAST)
BODY = f"{TITLE}\n\n{FIRST}\n{MIDDLE}\n{LAST}\n"
TEASER = "What a clerk found, and for how much, is told to those who have paid for it."


def front(matter: str, body: str = BODY, name: str = "") -> str:
    mark = "# " if name.endswith(".md") else ""
    return f"---\n{matter}\n---\n{mark}{body}"


EMBARGO = "embargo: 2026-01-15T14:00+04:00"


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    """A newsroom in which something is out already."""
    newsroom.page("bell.txt", PAGE, EARLY)
    newsroom.publish()
    return newsroom


def answers(newsroom: TestNewsroom) -> list[Response]:
    """All that the app answers; it serves its feeds, and no answer is an accident."""
    found = crawl(newsroom)
    assert contains(found, "Pilot boat gets another engine")
    assert not [response for response in found if response.status >= 500]
    return found


# one way to keep a page back for each page: its name, and what is said above its text
KEPT_BACK = {
    "yacht.md": EMBARGO,
    "raft.txt": "status: draft",
    "barge.txt": "status: retracted",
    "punt.txt": "embargo: soon",
    "skiff.txt": "",  # pages.csv has its embargo
    "ketch.html": "",  # and this one's
}


def said_of(kind: str) -> list[str]:
    """Sentences of a page about another vessel, each in no other page."""
    words = {"yacht": kind, "circus": f"{kind} club", "Ophelia": f"Ophelia {kind}"}
    return [re.sub("|".join(words), lambda found: words[found[0]], text) for text in SENTENCES]


def test_pages_that_are_kept_back_are_nowhere(newsroom: TestNewsroom) -> None:
    sentences = []
    for name, matter in KEPT_BACK.items():
        title, first, middle, last = said = said_of(name.partition(".")[0])
        sentences += said
        if name.endswith(".html"):
            middle = middle.replace("<and>", "&lt;and&gt;")
            text = "".join(f"<p>{each}</p>" for each in (first, middle, last))
            page = f"<title>{title}</title><body><article><h1>{title}</h1>{text}</article></body>"
        else:
            page = f"{title}\n\n{first}\n{middle}\n{last}\n"
        newsroom.page(name, front(matter, page, name) if matter else page, EARLY)
    rows = "".join(f"{name},2026-01-15T14:00+04:00\n" for name in ("skiff.txt", "ketch.html"))
    newsroom.page("pages.csv", f"path,embargo\n{rows}", EARLY)
    newsroom.publish()
    newsroom.publish(ENDS - SECOND)
    assert_nowhere(answers(newsroom), sentences)


def test_an_embargoed_page_is_out_with_the_first_publish_at_its_second(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("yacht.txt", front(EMBARGO), EARLY)
    newsroom.publish(ENDS - SECOND)
    newsroom.publish(ENDS)
    found = answers(newsroom)
    assert [sentence for sentence in SENTENCES if not contains(found, sentence)] == []


def test_a_list_on_its_own_page_does_not_give_an_embargoed_headline_away(
    newsroom: TestNewsroom,
) -> None:
    listed = f"{BODY}Latest news{TITLE}\n14.Jan.2026\nTide tables are printed\n13.Jan.2026\n"
    newsroom.page("yacht.txt", front(EMBARGO, listed), EARLY)
    newsroom.publish(ENDS - SECOND)
    assert_nowhere(answers(newsroom), SENTENCES)
    newsroom.publish(ENDS)
    found = answers(newsroom)
    assert contains(found, TITLE)
    assert contains(found, MIDDLE)


def test_a_list_on_another_page_does_not_give_an_embargoed_headline_away(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("yacht.txt", front(EMBARGO), EARLY)
    other = PAGE.replace("Bell", "Gong").replace(
        "Latest news", f"Latest news{TITLE}\n13.Jan.2026\n"
    )
    newsroom.page("gong.txt", other, EARLY)
    newsroom.publish(ENDS - SECOND)
    found = answers(newsroom)
    assert contains(found, "Gong hangs in its tower again")
    assert_nowhere(found, SENTENCES)


def test_an_embargoed_version_over_a_published_page_leaves_the_old_text_out(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("yacht.txt", BODY.replace(MIDDLE, "Its price is not known."), EARLY)
    newsroom.publish()
    newsroom.page("yacht.txt", front(EMBARGO), EARLY)
    newsroom.publish(ENDS - SECOND)
    found = answers(newsroom)
    assert contains(found, TITLE)
    assert contains(found, "Its price is not known.")
    assert_nowhere(found, [MIDDLE])
    newsroom.publish(ENDS)
    assert contains(answers(newsroom), MIDDLE)


@pytest.mark.parametrize("name", ["yacht.md"])
def test_of_a_paid_article_only_the_stated_summary_is_anywhere(
    newsroom: TestNewsroom, name: str
) -> None:
    newsroom.page(name, front(f"access: paid\nsummary: {TEASER}", name=name), EARLY)
    newsroom.publish()
    found = answers(newsroom)
    assert contains(found, TITLE)
    assert contains(found, TEASER)
    assert_nowhere(found, [FIRST, MIDDLE, LAST])


@pytest.mark.parametrize("name", ["yacht.txt"])
def test_a_paid_article_without_a_summary_shows_its_headline_alone(
    newsroom: TestNewsroom, name: str
) -> None:
    newsroom.page(name, front("access: paid", name=name), EARLY)
    newsroom.publish()
    found = answers(newsroom)
    assert contains(found, TITLE)
    assert_nowhere(found, [FIRST, MIDDLE, LAST])


def test_an_article_that_is_paid_for_from_now_on_takes_its_text_back(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("yacht.txt", BODY, EARLY)
    newsroom.publish()
    assert contains(answers(newsroom), MIDDLE)
    newsroom.page("yacht.txt", front(f"access: paid\nsummary: {TEASER}"), EARLY)
    newsroom.publish(NOW + timedelta(hours=1))
    found = answers(newsroom)
    assert contains(found, TEASER)
    assert_nowhere(found, [FIRST, MIDDLE, LAST])


def test_the_crawler_finds_what_is_out_however_it_is_written(newsroom: TestNewsroom) -> None:
    newsroom.page("yacht.txt", BODY, EARLY)
    newsroom.publish()
    found = answers(newsroom)
    for form in ("rss", "atom", "json"):
        document = [answer for answer in found if answer.url == f"/feeds/latest.{form}"]
        assert [sentence for sentence in SENTENCES if not contains(document, sentence)] == []
    assert {answer.method for answer in found} == {"GET", "HEAD", "OPTIONS"}
    assert {200, 302, 303, 304, 308, 404} <= {answer.status for answer in found}
