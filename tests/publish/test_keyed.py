"""What has to be paid for is in keyed feeds alone; what nobody may have is not even there."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest

from feeds.model import Document
from feeds.newsroom.site import Feed, Site
from feeds.syndication import documents
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds
from tests.web.asking import in_process
from tests.web.crawling import Response, assert_nowhere, contains, crawl

LATER = NOW + timedelta(hours=1)
WIDE = SITE.replace("authority", 'hubs = ["https://hub.test/"]\nsections = true\nauthority')
KEYED = f"""{WIDE}
[[feeds]]
name = "smart"
title = "For a partner without a key"
profile = "smartnews"

[[feeds]]
name = "full"
title = "In full"
keyed = true

[[feeds]]
name = "msn"
title = "For a partner with a key"
profile = "msn"
keyed = true

[[feeds]]
name = "short"
title = "Summaries for those who have a key"
content = "summary"
keyed = true

[[feeds]]
name = "long"
title = "Long texts about mud"
min_text = 100
keywords = ["mud"]
keyed = true
"""
SUMMARY = "An anchor was found off the pier."
PAID = (
    "The anchor lay under four metres of mud, said the harbour master on Wednesday afternoon.",
    "Nobody had asked for it in thirty years, and nobody will pay the divers for a second week.",
)
EMBARGOED = "The lightship itself was sold to a circus that has never been at sea, a clerk admits."
ERASED = "A diver whose name must never be told again found a box of somebody's letters there."


def page(title: str, *paragraphs: str, matter: str = "access: paid", name: str = "") -> str:
    """A page of Markdown that has to be paid for, unless ``matter`` says otherwise."""
    url = f"https://desk.test/{name or title.split()[0].lower()}"
    head = f"title: {title}\ndate: 2026-01-14\nurl: {url}\nsummary: {SUMMARY}\n{matter}"
    return f"---\n{head}\n---\n" + "\n\n".join(paragraphs) + "\n"


DIVER = "Diver finds a box in the mud of the harbour"
ANCHOR = "Anchor of the old lightship is found by divers"


def put(newsroom: TestNewsroom, site: str = KEYED) -> None:
    """Publishes a page that has to be paid for, and one for everybody."""
    newsroom.configure(site)
    newsroom.page("bell.txt")
    newsroom.page("anchor.md", page(ANCHOR, *PAID))
    newsroom.publish()


def add(newsroom: TestNewsroom, name: str, feed: str) -> str:
    """Makes a key; returns its token."""
    return str(
        json.loads(feeds(newsroom, "key", "add", name, "--feed", feed, "--json").stdout)["token"]
    )


def has(newsroom: TestNewsroom, feed: str, sentence: str, form: str = "rss") -> bool:
    """Whether a document has a sentence."""
    return sentence in newsroom.document(feed, form).document.body.decode()


@pytest.mark.engines
def test_a_paid_text_is_in_keyed_feeds_that_have_texts_and_in_no_others(
    newsroom: TestNewsroom,
) -> None:
    put(newsroom)
    for form in ("rss", "atom", "json"):
        found = {
            feed: [has(newsroom, feed, sentence, form) for sentence in PAID]
            for feed in ("latest", "smart", "full", "msn", "short", "long")
        }
        there, away = [True, True], [False, False]
        assert found == {
            "latest": away, "smart": away, "short": away,
            "full": there, "msn": there, "long": there,
        }  # fmt: skip
    assert has(newsroom, "latest", SUMMARY)


def unpacked(path: Path) -> bytes:
    """What is in a file of an export, which may be compressed."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    return bytes(brotli.decompress(data)) if path.suffix == ".br" else data


def everything(newsroom: TestNewsroom, folder: Path) -> list[Response]:
    """All that the app answers who has no key, and all files of an export."""
    feeds(newsroom, "export", str(folder))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    named = [path for path in files if {"full", "msn", "short", "long"} & {*path.parts}]
    assert not [*named, *folder.rglob("full.*"), *folder.rglob("msn.*")]
    return crawl(newsroom)


def test_without_a_key_no_paid_embargoed_or_erased_word_is_to_be_had(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    put(newsroom)
    newsroom.page("yacht.md", page("Yacht of the minister sinks in the harbour", EMBARGOED,
        matter="access: paid\nembargo: 2026-02-01"))  # fmt: skip
    newsroom.page("diver.md", page(DIVER, ERASED))
    newsroom.publish(LATER)
    tokens = [add(newsroom, name, name) for name in ("full", "msn", "short")]
    assert contains(crawl(newsroom, tokens), ERASED)
    gone = feeds(newsroom, "retract", "--erase", "--yes", DIVER)
    assert gone.returncode == 0
    nobody = everything(newsroom, tmp_path / "out")
    assert contains(nobody, SUMMARY)
    assert_nowhere(nobody, [*PAID, EMBARGOED, ERASED])
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            body = unpacked(path)
            assert not any(said.encode() in body for said in (*PAID, EMBARGOED, ERASED)), path
    for response in nobody:
        where = f"{response.headers}{response.body.decode('utf-8', 'replace')}"
        if "keyed" not in response.url:
            assert not any(f"/feeds/{name}" in where for name in ("full", "msn", "short", "long"))
    someone = crawl(newsroom, tokens)
    assert all(contains(someone, sentence) for sentence in PAID)
    assert_nowhere(someone, [EMBARGOED, ERASED])
    for name in ("full", "msn", "short"):
        feeds(newsroom, "key", "revoke", name)
    assert_nowhere(crawl(newsroom, tokens), [*PAID, EMBARGOED, ERASED])
    assert ERASED not in "".join(newsroom.dump())
    for file in newsroom.ledger_files():
        assert ERASED.encode() not in file.read_bytes()


def test_no_hub_hears_of_a_keyed_feed_and_none_is_named_in_it(newsroom: TestNewsroom) -> None:
    put(newsroom)
    topics = {topic for (topic,) in newsroom.rows("SELECT topic FROM outbox")}
    assert "https://desk.test/feeds/latest.rss" in topics
    assert not [topic for topic in topics if "full" in topic or "msn" in topic]
    assert has(newsroom, "latest", "https://hub.test/")
    assert not has(newsroom, "full", "https://hub.test/")


def test_what_is_embargoed_is_kept_from_those_who_pay_even_in_another_text(
    newsroom: TestNewsroom,
) -> None:
    newsroom.configure(KEYED)
    newsroom.page("bell.txt")
    newsroom.page("yacht.txt", f"---\nembargo: 2026-02-01\n---\nYacht sinks\n\n{EMBARGOED}\n")
    newsroom.page("anchor.md", page(ANCHOR, *PAID, EMBARGOED))
    outcome = newsroom.publish()
    assert [one.code for one in outcome.problems if one.weight == "hold"] == ["secret-sentence"]
    assert not has(newsroom, "full", EMBARGOED)
    assert not has(newsroom, "latest", SUMMARY)


def test_what_those_who_pay_had_before_is_no_secret_from_them(newsroom: TestNewsroom) -> None:
    put(newsroom)
    newsroom.page("crane.txt", f"---\nembargo: 2026-02-01\n---\nCrane falls\n\n{PAID[0]}\n")
    newsroom.page("mast.md", page("Mast of the lightship is for sale", "It has no use any more."))
    newsroom.publish(LATER)
    assert has(newsroom, "full", PAID[0])


def test_a_text_that_is_free_by_now_is_everywhere_and_kept_apart_no_more(
    newsroom: TestNewsroom,
) -> None:
    put(newsroom)
    assert newsroom.rows("SELECT count(*) FROM paid") == [(1,)]
    newsroom.page("anchor.md", page(ANCHOR, *PAID, matter="access: free"), saved=NOW)
    newsroom.publish(LATER)
    assert has(newsroom, "latest", PAID[0])
    assert newsroom.rows("SELECT count(*) FROM paid") == [(0,)]
    newsroom.page("anchor.md", page(ANCHOR, *PAID), saved=LATER)
    newsroom.publish(LATER + timedelta(hours=1))
    assert not has(newsroom, "latest", PAID[0])
    assert has(newsroom, "full", PAID[0])


def test_a_paid_text_in_other_words_is_an_update_and_other_typography_is_none(
    newsroom: TestNewsroom,
) -> None:
    put(newsroom)

    def updated() -> object:
        return next(one for one in newsroom.entries() if one.title == ANCHOR).updated

    before = updated()
    newsroom.page("anchor.md", page(ANCHOR, PAID[0].replace(",", " –"), PAID[1]), saved=NOW)
    newsroom.publish(LATER)
    assert has(newsroom, "full", "mud –")
    assert updated() == before
    newsroom.page("anchor.md", page(ANCHOR, PAID[0].replace("four", "five"), PAID[1]), saved=LATER)
    newsroom.publish(LATER + timedelta(hours=1))
    assert has(newsroom, "full", "five metres")
    assert updated() == LATER + timedelta(hours=1)


def test_a_story_that_is_held_now_stays_as_those_who_pay_had_it(newsroom: TestNewsroom) -> None:
    put(newsroom)
    newsroom.page(
        "anchor.md",
        page(ANCHOR, PAID[0], EMBARGOED, matter="access: paid\nembargo: 2026-02-01"),
        saved=NOW,
    )
    newsroom.page("mast.md", page("Mast of the lightship is for sale", "It has no use any more."))
    newsroom.publish(LATER)
    assert has(newsroom, "full", PAID[1])
    assert not has(newsroom, "full", EMBARGOED)


def test_a_partner_with_a_key_hears_of_what_is_taken_back(newsroom: TestNewsroom) -> None:
    put(newsroom)
    feeds(newsroom, "retract", ANCHOR)
    assert not has(newsroom, "msn", PAID[0])
    assert has(newsroom, "msn", "dcterms:valid")
    assert not has(newsroom, "full", PAID[0])


def test_a_feed_that_is_keyed_no_more_has_no_paid_texts(newsroom: TestNewsroom) -> None:
    put(newsroom)
    newsroom.configure(KEYED.replace("keyed = true\n", ""))
    newsroom.publish(LATER, accept=("empty",))
    assert not any(has(newsroom, feed, PAID[0]) for feed in ("full", "msn", "short"))
    assert has(newsroom, "full", SUMMARY)


def test_a_feed_that_can_not_be_rendered_when_it_is_keyed_no_more_is_not_served_as_it_was(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(newsroom)
    newsroom.configure(KEYED.replace("keyed = true\n", "", 1))
    rendered = documents.documents

    def failing(site: Site, feed: Feed, *others: Any) -> list[Document]:
        if feed.name == "full":
            raise RuntimeError("some fault of the program")
        return rendered(site, feed, *others)

    monkeypatch.setattr(documents, "documents", failing)
    assert "feed-program-failed" in {one.code for one in newsroom.publish(LATER).problems}
    answers = [in_process(newsroom)(f"/feeds/full.{form}") for form in ("rss", "atom", "json")]
    assert not [answer for answer in answers if answer.status == 200]


def test_a_ledger_that_had_no_paid_texts_gets_them_with_the_first_keyed_feed(
    newsroom: TestNewsroom,
) -> None:
    put(newsroom, SITE)
    newsroom.change(
        "DELETE FROM paid",
        "DELETE FROM settings WHERE key = 'paid'",
        "UPDATE entries SET paid = ''",
    )
    assert newsroom.publish(LATER).revision is None
    newsroom.configure(KEYED)
    newsroom.publish(LATER)
    assert has(newsroom, "full", PAID[0])
    assert (has(newsroom, "latest", PAID[0]), has(newsroom, "latest", SUMMARY)) == (False, True)


def test_the_keyed_feed_is_in_no_list_of_feeds(newsroom: TestNewsroom) -> None:
    put(newsroom)
    ask = in_process(newsroom)
    for path in ("/feeds/", "/feeds/feeds.opml", "/feeds/news-sitemap.xml"):
        assert not any(name in ask(path).text for name in ("In full", "feeds/full", "feeds/msn"))


def test_what_is_told_of_a_paid_story_goes_by_the_text_that_a_feed_has(
    newsroom: TestNewsroom,
) -> None:
    put(newsroom)
    newsroom.page("mast.md", page("Mast is for sale to anyone", "It has no use any more."))
    newsroom.publish(LATER)
    told = json.loads(feeds(newsroom, "show", "Mast is for sale to anyone", "--json").stdout)
    why = {one["feed"]: one["why_not"] for one in told["feeds"]}
    assert (why["full"], why["msn"]) == ("", "")
    assert why["long"] == "text of 23 characters, at least 100"
    assert why["smart"] == "no text"
    assert "no use any more" not in json.dumps(told)
    said = feeds(newsroom, "check", "--profile", "msn").stdout.splitlines()
    assert not [line for line in said if "not in it: 'Mast" in line]
