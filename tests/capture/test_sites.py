"""The sites that tests are made of: their pages read as newspapers' do, to the word and the minute.

What is asserted of a capture elsewhere is worth no more than this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
import urllib3

from feeds.capture.discovery import read_feed, read_links, read_sitemap, story_address
from feeds.newsroom.site import Site
from feeds.normalise import normalise
from feeds.readers import read_page
from tests.capture.sites import NOW, Coding, Links, NewsSite, Reply, serving
from tests.capture.words import ZONE, DateForm, Language, Story, stories

HOUR = timedelta(hours=1)


def got(site: NewsSite, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return urllib3.request("GET", site.url + path, headers=named, redirect=False, retries=False)


@pytest.mark.parametrize("language", ["en", "ru", "az"])
@pytest.mark.parametrize("form", ["json-ld", "meta", "time", "words", "none"])
def test_a_storys_page_is_read_with_its_title_date_and_text(
    form: DateForm, language: Language
) -> None:
    story = Story(7, NOW - HOUR, "economy", language, form)
    related = [Story(number, NOW - 2 * HOUR, language=language) for number in range(20, 23)]
    with serving(NewsSite([story, *related])) as site:
        site.sections = ("economy", "news")
        reading = normalise(read_page("a.html", got(site, story.path).data))
    assert reading.article is not None
    assert reading.article.title == story.title
    assert reading.article.paragraphs == tuple(story.paragraphs)
    stated = reading.article.published
    expected = story.published.astimezone(ZONE).isoformat()
    if form == "none":
        assert stated is None
    else:
        assert stated is not None
        assert expected.startswith(stated.iso)
        assert len(stated.iso) >= len("2026-01-14T11:00")


@pytest.mark.parametrize("links", ["absolute", "path", "base"])
def test_pages_lead_to_their_stories_however_their_links_are_written(links: Links) -> None:
    with serving(NewsSite(stories(25, NOW, apart=HOUR, sections=("economy", "sport")))) as site:
        site.sections, site.links = ("economy", "sport"), links
        front = read_links(got(site, "/").data, "utf-8", f"{site.url}/")
        section = read_links(got(site, "/sport/").data, "utf-8", f"{site.url}/sport/")
        second = read_links(got(site, "/sport/?page=2").data, "utf-8", f"{site.url}/sport/?page=2")
    assert [one.address for one in front.stories] == [site.url + one.path for one in site.out[:10]]
    assert [one.title for one in front.stories] == [one.title for one in site.out[:10]]
    assert {one.published.iso for one in front.stories if one.published} == {
        one.moment for one in site.out[:10]
    }
    assert front.called == {f"{site.url}/economy/": "Economy", f"{site.url}/sport/": "Sport"}
    assert section.next == f"{site.url}/sport/?page=2"
    assert not second.next
    assert len(second.stories) == 3
    assert front.colour == "#0b3d5c"


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_sitemaps_and_feeds_name_each_story_once(coding: Coding) -> None:
    with serving(NewsSite(stories(25, NOW, apart=HOUR))) as site:
        site.feed, site.coding = True, coding
        expected = [site.url + one.path for one in site.out]
        kinds: list[Literal["plain", "news"]] = ["plain", "news"]
        for kind in kinds:
            site.sitemap = kind
            found = read_sitemap(got(site, "/sitemap.xml", Accept_Encoding="gzip, br").data, "x")
            assert [one.address for one in found.pages] == expected
            assert found.is_news == (kind == "news")
        feed = read_feed(got(site, "/rss.xml").data, f"{site.url}/rss.xml")
        assert [one.address for one in feed] == expected[:20]
        site.sitemap, site.archives = "index", 3
        parts = read_sitemap(got(site, "/sitemap.xml").data, "x").sitemaps
        assert [one.address.rpartition("/")[2] for one in parts] == [
            "sitemap-2025-10.xml",
            "sitemap-2025-11.xml",
            "sitemap-2025-12.xml",
            "sitemap-now.xml",
        ]


def test_a_story_is_there_when_the_clock_says_so_and_a_second_look_is_conditional() -> None:
    with serving(NewsSite([Story(1, NOW + HOUR)])) as site:
        path = site.stories[0].path
        assert got(site, path).status == 404
        site.now += 2 * HOUR
        answer = got(site, path)
        assert answer.status == 200
        assert got(site, path, If_None_Match=answer.headers["ETag"]).status == 304
        since = answer.headers["Last-Modified"]
        assert got(site, path, If_Modified_Since=since).status == 304
        site.stories[0].rewrite(site.now)
        assert got(site, path, If_Modified_Since=since).status == 200
        assert got(site, path, If_None_Match=answer.headers["ETag"]).status == 200
    assert [(one.number, one.status) for one in site.log] == list(
        zip(range(1, 7), (404, 200, 304, 304, 200, 200), strict=True)
    )


def test_a_site_is_as_broken_as_it_is_told() -> None:
    with serving(NewsSite()) as site:
        site.faults = {"/a": Reply(b"x" * 100, cut=10), "/b": Reply(status=503)}
        with pytest.raises(urllib3.exceptions.HTTPError):
            got(site, "/a")
        assert got(site, "/b").status == 503
        assert site.paths == ["/a", "/b"]


def test_the_addresses_of_a_site_are_its_own() -> None:
    with serving(NewsSite()) as site:
        configured = Site(
            title="Quay Gazette",
            site_url=f"{site.url}/",
            feeds_url=f"{site.url}/feeds/",
            authority="quay.test,2026",
            timezone="Asia/Baku",
        )
        assert story_address(f"{site.url}/news/a", configured) == f"{site.url}/news/a"
        assert story_address("http://127.0.0.1:1/news/a", configured) is None
        assert story_address("http://127.0.0.2/news/a", configured) is None
