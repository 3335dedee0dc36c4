"""What real feed readers make of the feeds, fetched as they fetch them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.request import urlopen

import feedparser
import pytest
from reader import Entry, Reader, make_reader

from tests.clients.conftest import Served
from tests.newsrooms import NOW

SEED_DAYS = [9, 8, 7, 6, 5, 4, 4, 3, 3, 2]
SAMPLE_ARTICLES = [
    "Washington Vows “Full Support” Before Armenia and Azerbaijan Open Moscow Round",
    "Bono Still “Deeply Engaged” but U.S.-Russia Coordination on Caucasus Remains Unclear",
    "U.S. Again Calls Ministers’ Washington Talks “Constructive” Ahead of Moscow Round",
]
XML = ["rss", "atom"]
FORMATS = [*XML, "json"]
LATER = NOW + timedelta(hours=1)


def parsed(url: str, **validators: str) -> Any:
    """What feedparser makes of the feed at ``url``."""
    found = feedparser.parse(url, **validators)
    assert found.bozo is False
    return found


class Seed(NamedTuple):
    """What the seed page says, as plain lines: it is not repeated here."""

    title: str
    paragraphs: list[str]
    headlines: list[tuple[str, date]]


def stated(seed: bytes) -> Seed:
    lines = [line for line in seed.decode().splitlines() if line]
    byline = lines.index("Alex Raufoglu")
    titles = [line.removeprefix("Latest news") for line in lines[byline + 1 : -1 : 2]]
    days = [date(2026, 1, number) for number in SEED_DAYS]
    return Seed(lines[0], lines[1:byline], list(zip(titles, days, strict=True)))


def day(entry: Any) -> date:
    return date(*entry.published_parsed[:3])


@pytest.fixture
def reader() -> Iterator[Reader]:
    """A feed reader with nothing in it."""
    with closing(make_reader(":memory:")) as made:
        yield made


def news(reader: Reader, url: str) -> tuple[int, int]:
    """How many entries are new and how many changed, of those that an update brought."""
    updated = reader.update_feed(url)
    return (updated.new, updated.modified) if updated else (0, 0)


def by_id(reader: Reader) -> dict[str, Entry]:
    return {entry.id: entry for entry in reader.get_entries()}


@pytest.mark.parametrize("form", XML)
def test_feedparser_finds_the_article_and_ten_headlines_of_the_seed(
    seeded: Served, seed: bytes, form: str
) -> None:
    wanted = stated(seed)
    found = parsed(seeded.url(form))
    assert found.status == 200
    assert found.feed.title == "Harbour Desk: latest"
    article, *headlines = found.entries
    assert len(found.entries) == 11
    assert article.title == wanted.title
    assert article.author == "Alex Raufoglu"
    assert "published" not in article
    (content,) = article.content
    assert content.type == "text/html"
    assert content.value.count("<p>") == 8
    assert content.value.split("\n") == [f"<p>{text}</p>" for text in wanted.paragraphs]
    assert [(one.title, day(one)) for one in headlines] == wanted.headlines
    assert not any("author" in one or "content" in one or "summary" in one for one in headlines)


@pytest.mark.parametrize("form", FORMATS)
def test_reader_finds_the_article_and_ten_headlines_of_the_seed(
    seeded: Served, seed: bytes, reader: Reader, form: str
) -> None:
    wanted = stated(seed)
    url = seeded.url(form)
    reader.add_feed(url)
    assert news(reader, url) == (11, 0)
    (article,) = (one for one in reader.get_entries() if one.authors_str)
    headlines = [one for one in reader.get_entries() if one.id != article.id]
    assert article.title == wanted.title
    assert article.authors_str == "Alex Raufoglu"
    assert article.published is None
    assert article.updated == (None if form == "rss" else datetime(2026, 1, 14, 8, tzinfo=UTC))
    (content,) = article.content
    assert content.value.count("<p>") == 8
    headlines.sort(key=lambda one: one.published or NOW, reverse=True)
    found = [(one.title, one.published.date()) for one in headlines if one.published]
    assert found == wanted.headlines


@pytest.mark.parametrize("form", XML)
def test_feedparser_finds_the_stories_of_the_sample_once_each(sampled: Served, form: str) -> None:
    found = parsed(sampled.url(form))
    assert len(found.entries) == len({one.id for one in found.entries}) == 13
    articles = [one for one in found.entries if "content" in one]
    assert [one.title for one in articles] == SAMPLE_ARTICLES
    assert {one.author for one in articles} == {"Alex Raufoglu"}
    assert not any("published" in one for one in articles)
    days = [day(one) for one in found.entries if "published" in one]
    assert days == sorted(days, reverse=True)
    assert (days[0], days[-1]) == (date(2026, 1, 9), date(2026, 1, 2))
    alone = parsed(sampled.url(form, "articles"))
    assert [one.title for one in alone.entries] == SAMPLE_ARTICLES


@pytest.mark.parametrize("form", FORMATS)
def test_reader_finds_the_stories_of_the_sample_once_each(
    sampled: Served, reader: Reader, form: str
) -> None:
    url = sampled.url(form)
    reader.add_feed(url)
    assert news(reader, url) == (13, 0)
    articles = {one.title for one in reader.get_entries() if one.authors_str}
    assert articles == set(SAMPLE_ARTICLES)
    assert all(one.published for one in reader.get_entries() if not one.authors_str)


@pytest.mark.parametrize("form", XML)
def test_a_feed_names_the_address_it_came_from_and_links_that_work(
    sampled: Served, form: str
) -> None:
    found = parsed(sampled.url(form))
    (own,) = (link.href for link in found.feed.links if link.rel == "self")
    assert own == found.href == sampled.url(form)
    for entry in found.entries:
        assert entry.link.startswith(f"{sampled.base}stories/")
        with urlopen(entry.link, timeout=30) as answer:  # noqa: S310 - a loopback address
            assert answer.status == 200


@pytest.mark.parametrize("form", XML)
def test_feedparser_is_not_sent_again_what_it_has(sampled: Served, form: str) -> None:
    first = parsed(sampled.url(form))
    again = feedparser.parse(sampled.url(form), etag=first.etag, modified=first.modified)
    assert (again.status, again.entries) == (304, [])


@pytest.mark.parametrize("form", FORMATS)
def test_what_did_not_change_is_no_news(sampled: Served, reader: Reader, form: str) -> None:
    url, newsroom = sampled.url(form), sampled.newsroom
    reader.add_feed(url)
    reader.update_feeds()
    before = by_id(reader)
    assert reader.update_feed(url) is None
    newsroom.publish(LATER)
    for page in newsroom.root.glob("*.txt"):
        os.utime(page, (LATER.timestamp(), LATER.timestamp()))
    newsroom.publish(LATER)
    assert reader.update_feed(url) is None
    after = by_id(reader)
    assert after.keys() == before.keys()
    assert [one.title for one in after.values()] == [one.title for one in before.values()]


@pytest.mark.parametrize("form", FORMATS)
def test_a_new_name_of_the_feed_makes_no_entry_new(
    sampled: Served, reader: Reader, form: str
) -> None:
    """The whole feed is fetched again, and every entry in it is known."""
    url, newsroom = sampled.url(form), sampled.newsroom
    reader.add_feed(url)
    reader.update_feeds()
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    newsroom.configure(site.replace("Caspian Desk: latest news", "Caspian Desk: newest"))
    newsroom.publish(LATER)
    assert news(reader, url) == (0, 0)
    assert reader.get_feed(url).title == "Caspian Desk: newest"


@pytest.mark.parametrize("form", FORMATS)
def test_a_correction_changes_the_entry_in_place(
    sampled: Served, reader: Reader, form: str
) -> None:
    url, newsroom = sampled.url(form), sampled.newsroom
    reader.add_feed(url)
    reader.update_feeds()
    before = by_id(reader)
    page = newsroom.root / "special-adviser.txt"
    text = page.read_text(encoding="utf-8").replace(
        "Patel shed little light", "Patel shed no light"
    )
    newsroom.page(page.name, text, LATER)
    assert newsroom.publish(LATER).corrected == 1
    assert news(reader, url) == (0, 1)
    after = by_id(reader)
    assert after.keys() == before.keys()
    (changed,) = (one.id for one in after.values() if before[one.id].content != one.content)
    assert after[changed].title == SAMPLE_ARTICLES[1]
    assert "Patel shed no light" in after[changed].content[0].value
    assert after[changed].published is before[changed].published is None


@pytest.mark.parametrize("form", FORMATS)
def test_a_corrected_headline_of_an_article_keeps_its_entry(
    sampled: Served, reader: Reader, form: str
) -> None:
    url, newsroom = sampled.url(form), sampled.newsroom
    reader.add_feed(url)
    reader.update_feeds()
    ids = set(by_id(reader))
    page = newsroom.root / "special-adviser.txt"
    text = page.read_text(encoding="utf-8").replace("Remains Unclear", "Is Still Unclear")
    newsroom.page(page.name, text, LATER)
    newsroom.publish(LATER)
    assert news(reader, url) == (0, 1)
    assert set(by_id(reader)) == ids


@pytest.mark.parametrize("form", FORMATS)
def test_a_new_page_is_one_new_entry(sampled: Served, reader: Reader, form: str) -> None:
    url, newsroom = sampled.url(form), sampled.newsroom
    reader.add_feed(url)
    reader.update_feeds()
    newsroom.page("bridge.txt", "A bridge is opened\n\nIt leads across the river.\nNora Lind\n")
    newsroom.publish(LATER)
    assert news(reader, url) == (1, 0)
    (entry,) = (one for one in reader.get_entries() if one.title == "A bridge is opened")
    assert entry.authors_str == "Nora Lind"
    assert re.sub("<[^>]+>", "", entry.content[0].value) == "It leads across the river."


@pytest.mark.parametrize("form", FORMATS)
def test_moving_to_another_format_brings_the_same_ids(
    sampled: Served, reader: Reader, form: str
) -> None:
    for url in (sampled.url("rss"), sampled.url(form)):
        reader.add_feed(url, exist_ok=True)
    reader.update_feeds()
    ids = [
        {one.id for one in reader.get_entries(feed=url)}
        for url in (sampled.url("rss"), sampled.url(form))
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 13
