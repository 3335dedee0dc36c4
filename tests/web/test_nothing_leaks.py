"""What is not out yet, or not for everybody, stands in no answer that the app can give.

One newsroom has a page about a vessel for each way to keep something from readers. Everything that
is served is looked through a second before the embargoes end; and what is read, when they have.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.newsrooms import PAGE, TestNewsroom
from tests.web.crawling import Response, assert_nowhere, contains, crawl, glance

EARLY = datetime(2025, 12, 1, tzinfo=UTC)
ENDS = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

SENTENCES = (
    "Minister's “quiet” yacht & its crew are sold to a circus",
    "The yacht “Ophelia” left its berth before the circus or the yacht was awake.",
    "A clerk's ledger names the circus, the price <and> a wooden elephant.",
    "The circus never was at sea, as the yacht told over a cup of tea.",
)
BEFORE = "Nobody knows yet what the {} was sold for, nor for how long the circus will have it."
"""What an earlier version of a page has in place of its third sentence."""
TEASER = "What a clerk found about the {} is told to those who have paid for it."
EMBARGO = "embargo: 2026-01-15T14:00+04:00"

KEPT_BACK = {
    "yacht.txt": EMBARGO,
    "brig.md": EMBARGO,
    "skiff.txt": "",  # pages.csv has its embargo
    "ketch.html": "",  # and this one's
    "raft.txt": "status: draft",
    "barge.txt": "status: retracted",
    "punt.txt": "embargo: soon",
}
"""What is said above the text of pages that are to be nowhere."""
FOR_EVER = ("raft", "barge", "punt")
"""Those of them that no embargo keeps."""


def said_of(vessel: str) -> list[str]:
    """Sentences of a page about ``vessel``, the first its headline.

    Not nine words in a row of them are in another page.
    """
    if vessel == "yacht":
        return list(SENTENCES)
    words = {"yacht": vessel, "circus": f"{vessel} club", "Ophelia": f"Ophelia {vessel}"}
    return [re.sub("|".join(words), lambda found: words[found[0]], text) for text in SENTENCES]


def page(name: str, matter: str = "", third: str = "", listed: str = "") -> str:
    """A page about the vessel that its name begins with."""
    title, first, middle, last = said_of(name.partition(".")[0])
    middle = third or middle
    if name.endswith(".html"):
        texts = (first, middle.replace("<and>", "&lt;and&gt;"), last)
        text = "".join(f"<p>{each}</p>" for each in texts)
        return f"<title>{title}</title><body><article><h1>{title}</h1>{text}</article></body>"
    mark = "# " if name.endswith(".md") else ""
    body = f"{mark}{title}\n\n{first}\n{middle}\n{last}\n{listed}"
    return f"---\n{matter}\n---\n{body}" if matter else body


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> TestNewsroom:
    """The newsroom, a second before its embargoes end."""
    made = TestNewsroom(tmp_path_factory.mktemp("leaks") / "desk")

    def put(name: str, text: str) -> None:
        made.page(name, text, EARLY)

    put("bell.txt", PAGE)
    put("ferry.txt", page("ferry.txt", third=BEFORE.format("ferry")))
    put("cutter.txt", page("cutter.txt"))
    put("launch.txt", page("launch.txt"))
    for name, matter in KEPT_BACK.items():
        put(name, page(name, matter))
    rows = "".join(f"{name},2026-01-15T14:00+04:00\n" for name in ("skiff.txt", "ketch.html"))
    put("pages.csv", f"path,embargo\n{rows}")
    made.publish()
    assert said_of("cutter")[2].partition(" <")[0].encode() in made.document().document.body
    put("ferry.txt", page("ferry.txt", EMBARGO))
    put("cutter.txt", page("cutter.txt", f"access: paid\nsummary: {TEASER.format('cutter')}"))
    own = f"Latest news{said_of('dinghy')[0]}\n14.Jan.2026\nTide tables are printed\n13.Jan.2026\n"
    put("dinghy.txt", page("dinghy.txt", EMBARGO, listed=own))
    put("tug.txt", page("tug.txt", EMBARGO))
    others = f"Latest news{said_of('tug')[0]}\n13.Jan.2026\n"
    put("gong.txt", PAGE.replace("Bell", "Gong").replace("Latest news", others))
    put("sloop.md", page("sloop.md", f"access: paid\nsummary: {TEASER.format('sloop')}"))
    put("canoe.txt", page("canoe.txt", "access: paid"))
    made.publish(ENDS - SECOND)
    return made


@pytest.fixture(scope="module")
def before(newsroom: TestNewsroom) -> list[Response]:
    """All that the app answers a second before the embargoes end; none of it by accident."""
    found = crawl(newsroom)
    assert contains(found, "Pilot boat gets another engine")
    assert not [response for response in found if response.status >= 500]
    return found


@pytest.fixture(scope="module")
def after(newsroom: TestNewsroom, before: list[Response]) -> list[Response]:
    """What is read when they have ended; ``before`` was looked at."""
    assert before
    newsroom.publish(ENDS)
    return glance(newsroom)


def test_pages_that_are_kept_back_are_nowhere(before: list[Response]) -> None:
    vessels = [name.partition(".")[0] for name in KEPT_BACK]
    assert_nowhere(before, [said for vessel in vessels for said in said_of(vessel)])


def test_what_no_embargo_keeps_back_is_nowhere_for_ever(after: list[Response]) -> None:
    assert_nowhere(after, [said for vessel in FOR_EVER for said in said_of(vessel)])


@pytest.mark.parametrize("vessel", ["yacht", "skiff", "ketch"])
def test_an_embargoed_page_is_out_with_the_first_publish_at_its_second(
    after: list[Response], vessel: str
) -> None:
    assert [sentence for sentence in said_of(vessel) if not contains(after, sentence)] == []


def test_a_list_on_its_own_page_does_not_give_an_embargoed_headline_away(
    before: list[Response], after: list[Response]
) -> None:
    title, _, middle, _ = said = said_of("dinghy")
    assert_nowhere(before, said)
    assert contains(after, title)
    assert contains(after, middle)


def test_a_list_on_another_page_does_not_give_an_embargoed_headline_away(
    before: list[Response],
) -> None:
    assert contains(before, "Gong hangs in its tower again")
    assert_nowhere(before, said_of("tug"))


def test_an_embargoed_version_over_a_published_page_leaves_the_old_text_out(
    before: list[Response], after: list[Response]
) -> None:
    title, _, middle, _ = said_of("ferry")
    assert contains(before, title)
    assert contains(before, BEFORE.format("ferry"))
    assert_nowhere(before, [middle])
    assert contains(after, middle)


def test_of_a_paid_article_only_the_stated_summary_is_anywhere(before: list[Response]) -> None:
    title, *text = said_of("sloop")
    assert contains(before, title)
    assert contains(before, TEASER.format("sloop"))
    assert_nowhere(before, text)


def test_a_paid_article_without_a_summary_shows_its_headline_alone(before: list[Response]) -> None:
    title, *text = said_of("canoe")
    assert contains(before, title)
    assert_nowhere(before, text)


def test_an_article_that_is_paid_for_from_now_on_takes_its_text_back(
    before: list[Response],
) -> None:
    _, *text = said_of("cutter")
    assert contains(before, TEASER.format("cutter"))
    assert_nowhere(before, text)


def test_the_crawler_finds_what_is_out_however_it_is_written(before: list[Response]) -> None:
    for form in ("rss", "atom", "json"):
        document = [answer for answer in before if answer.url == f"/feeds/latest.{form}"]
        assert [said for said in said_of("launch") if not contains(document, said)] == []
    assert {answer.method for answer in before} == {"GET", "HEAD", "OPTIONS"}
    assert {200, 302, 303, 304, 308, 404} <= {answer.status for answer in before}
