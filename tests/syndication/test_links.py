"""Where a document says that it is itself, and where hubs, older and newer entries are."""

from __future__ import annotations

from typing import Any

import feedparser
import msgspec
import pytest
from lxml import etree

from feeds.newsroom.site import Feed
from tests.syndication.examples import EXAMPLES, HEADLINE, LATEST, PLAIN, RICH, Example

BASE = "https://desk.test/feeds/latest"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
FULL, ARCHIVE = EXAMPLES["full"], EXAMPLES["archive"]
FIRST = ARCHIVE._replace(archive=1)


def root(example: Example, form: str) -> Any:
    return etree.fromstring(example.document(form).body)


def head(example: Example, form: str) -> Any:
    found = root(example, form)
    return found[0] if form == "rss" else found


def links(example: Example, form: str) -> list[tuple[str, str, str]]:
    """Relation, address without the format, and type, of each link of the feed itself."""
    return [
        (
            link.get("rel"),
            link.get("href").removesuffix(f".{form}"),
            link.get("type", "").removeprefix("application/").removesuffix("+xml"),
        )
        for link in head(example, form).findall(f"{ATOM}link")
        if link.get("rel") != "alternate"
    ]


def json(example: Example) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(example.document("json").body)
    return found


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_what_is_polled_names_itself_its_hubs_and_the_newest_archive(form: str) -> None:
    assert links(FULL, form) == [
        ("self", BASE, form),
        ("hub", "https://hub.test/?a=1&b=2", ""),
        ("hub", "https://push.test/", ""),
        ("prev-archive", f"{BASE}/archive/2", form),
    ]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_archive_names_itself_its_neighbours_and_what_is_polled_and_no_hub(form: str) -> None:
    assert links(ARCHIVE, form) == [
        ("self", f"{BASE}/archive/2", form),
        ("current", BASE, form),
        ("prev-archive", f"{BASE}/archive/1", form),
        ("next-archive", f"{BASE}/archive/3", form),
    ]
    assert [link[0] for link in links(FIRST, form)] == ["self", "current", "next-archive"]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_only_an_archive_says_that_it_is_one(form: str) -> None:
    assert len(head(ARCHIVE, form).findall(f"{HISTORY}archive")) == 1
    assert HISTORY[1:-1].encode() not in FULL.document(form).body


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_site_is_the_link_of_every_document(form: str) -> None:
    for example in (FULL, ARCHIVE):
        assert feedparser.parse(example.document(form).body).feed.link == "https://desk.test/"


def test_json_leads_from_page_to_page() -> None:
    assert json(FULL)["next_url"] == f"{BASE}/archive/2.json"
    assert json(ARCHIVE)["next_url"] == f"{BASE}/archive/1.json"
    assert json(ARCHIVE)["feed_url"] == f"{BASE}/archive/2.json"
    assert "next_url" not in json(FIRST)


def test_json_names_hubs_where_they_are_of_use() -> None:
    assert json(FULL)["hubs"] == [{"type": "WebSub", "url": hub} for hub in RICH.hubs]
    assert "hubs" not in json(ARCHIVE)


def test_a_feed_without_archives_and_hubs_links_to_none() -> None:
    plain = EXAMPLES["empty"]
    for form in ("rss", "atom"):
        assert [link[0] for link in links(plain, form)] == ["self"]
    assert not {"hubs", "next_url"} & json(plain).keys()


@pytest.mark.parametrize(
    ("ttl", "told"),
    [
        (1, ("hourly", "60")),
        (7, ("hourly", "8")),
        (15, ("hourly", "4")),
        (60, ("hourly", "1")),
        (61, ("daily", "23")),
        (1440, ("daily", "1")),
        (1441, ("weekly", "6")),
        (10080, ("weekly", "1")),
    ],
)
def test_rss_says_how_often_it_is_new(ttl: int, told: tuple[str, str]) -> None:
    site = msgspec.structs.replace(PLAIN, ttl=ttl)
    channel = head(Example(site, Feed("latest", "Latest"), ()), "rss")
    assert channel.findtext("ttl") == str(ttl)
    names = ("updatePeriod", "updateFrequency")
    assert tuple(channel.findtext(f"{SYNDICATION}{name}") for name in names) == told


def test_an_archive_does_not_say_how_often_it_is_new() -> None:
    channel = head(ARCHIVE, "rss")
    assert [node.tag for node in channel if "update" in str(node.tag) or node.tag == "ttl"] == []


def test_a_feed_keeps_its_id_under_another_name_and_in_its_archives() -> None:
    assert LATEST.former_names[0] == "first"
    for example in (FULL, ARCHIVE):
        assert root(example, "atom").findtext(f"{ATOM}id") == "tag:desk.test,2026:feed/first"


def test_what_was_taken_back_is_a_tombstone_in_the_archive_in_atom() -> None:
    (stone,) = root(ARCHIVE, "atom").findall(DELETED)
    assert stone.get("ref") == "tag:desk.test,2026:eeeeeeeeeeee"
    assert root(ARCHIVE, "atom").findtext(f"{ATOM}updated") == "2026-01-16T08:00:00Z"
    for form in ("rss", "json"):
        assert b"eeeeeeeeeeee" not in ARCHIVE.document(form).body


def test_an_archive_does_not_change_with_what_concerns_polling_alone() -> None:
    site = msgspec.structs.replace(RICH, ttl=5, hubs=(), undated="hold")
    feed = msgspec.structs.replace(LATEST, limit=9)
    assert ARCHIVE._replace(site=site, feed=feed).documents() == ARCHIVE.documents()


def test_an_archive_of_which_nothing_is_left_is_a_feed_without_entries() -> None:
    empty = ARCHIVE._replace(entries=(), tombstones=())
    assert json(empty)["items"] == []
    assert feedparser.parse(empty.document("rss").body).bozo is False
    assert HEADLINE.title.encode() not in empty.document("rss").body
