"""Sitemaps and feeds: what they name, and what is done about those that are broken."""

from __future__ import annotations

import gzip
import re
import tracemalloc
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.capture.discovery import Candidate, newest_first, read_feed, read_sitemap
from feeds.model import StatedDate
from feeds.model.errors import FeedsError

AT = "https://desk.org/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by a program -->
<urlset {SPACES}>
  <url>
    <loc>
      https://desk.org/economy/bell
    </loc>
    <lastmod>2026-01-09T12:00:00+04:00</lastmod>
    <news:news>
      <news:publication><news:name>Desk</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-01-09T11:03+04:00</news:publication_date>
      <news:title>The bell of the port &amp; its rope</news:title>
    </news:news>
    <image:image><image:loc>https://desk.org/bell.jpg</image:loc>
      <image:title>A bell</image:title></image:image>
    <xhtml:link rel="alternate" hreflang="en" href="https://desk.org/economy/bell"/>
    <xhtml:link rel="alternate" hreflang="ru" href="https://desk.org/ru/economy/bell"/>
  </url>
</urlset>
"""


def addresses(data: bytes) -> list[str]:
    return [one.address for one in read_sitemap(data, AT).pages]


def test_a_news_sitemap_gives_title_moment_and_change_as_written_and_no_picture() -> None:
    found = read_sitemap(NEWS.encode(), AT)
    assert found.pages[0] == Candidate(
        "https://desk.org/economy/bell",
        "2026-01-09T12:00:00+04:00",
        StatedDate("2026-01-09T11:03+04:00", "minute"),
        "The bell of the port & its rope",
        AT,
    )
    assert found.is_news
    assert not found.odd
    assert addresses(NEWS.encode()) == [
        "https://desk.org/economy/bell",
        "https://desk.org/ru/economy/bell",
    ]


def test_an_index_names_sitemaps_and_no_pages() -> None:
    found = read_sitemap(
        b"<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>2026-01-09</lastmod></sitemap>"
        b"<sitemap><loc>https://desk.org/old.xml.gz</loc></sitemap></sitemapindex>",
        AT,
    )
    assert [(one.address, one.changed) for one in found.sitemaps] == [
        ("https://desk.org/news.xml", "2026-01-09"),
        ("https://desk.org/old.xml.gz", ""),
    ]
    assert not found.pages
    assert not found.is_news


def test_what_is_compressed_by_itself_is_read_in_all_its_parts() -> None:
    whole = NEWS.encode()
    assert read_sitemap(gzip.compress(whole[:300]) + gzip.compress(whole[300:]), AT) == (
        read_sitemap(whole, AT)
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1251"])
def test_other_encodings_are_read_as_they_say(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = (
        f'<?xml version="1.0" encoding="{name}"?><urlset {SPACES}><url><loc>https://desk.org/a</loc>'
        "<news:news><news:title>Колокол порта</news:title></news:news></url></urlset>"
    )
    assert read_sitemap(text.encode(encoding), AT).pages[0].title == "Колокол порта"


def test_a_text_has_an_address_on_each_line() -> None:
    assert addresses(b"\xef\xbb\xbfhttps://desk.org/a\r\nhttps://desk.org/b\n\nno address\n") == [
        "https://desk.org/a",
        "https://desk.org/b",
    ]


def test_a_feed_may_be_a_sitemap() -> None:
    feed = (
        b"<rss><channel><item><title>Bell</title><link>https://desk.org/a</link>"
        b"<pubDate>Fri, 09 Jan 2026 11:03:00 +0400</pubDate></item>"
        b"<item><title>No address</title></item></channel></rss>"
    )
    expected = Candidate(
        "https://desk.org/a", "", StatedDate("2026-01-09T07:03:00+00:00", "second"), "Bell", AT
    )
    assert read_sitemap(feed, AT).pages == (expected,) == read_feed(feed, AT)


def test_a_bare_ampersand_in_an_address_is_one() -> None:
    assert addresses(
        b"<urlset><url><loc>https://desk.org/?a=1&b=2</loc></url>"
        b"<url><loc><![CDATA[https://desk.org/?a=1&amp=2]]></loc></url></urlset>"
    ) == ["https://desk.org/?a=1&b=2", "https://desk.org/?a=1&amp=2"]


def test_a_sitemap_that_ends_in_its_middle_gives_what_is_whole_and_is_told_with_its_line() -> None:
    found = read_sitemap(
        b"<urlset>\n<url><loc>https://desk.org/a</loc></url>\n<url><loc>https://desk.org/b", AT
    )
    assert [one.address for one in found.pages] == ["https://desk.org/a"]
    assert [(one.code, one.line, one.file) for one in found.odd] == [("sitemap-broken", 3, AT)]


def test_half_a_character_ends_a_sitemap_and_no_run() -> None:
    pages = (
        b"<url><loc>https://desk.org/a</loc></url><url><loc>https://desk.org/&#xD83D;</loc></url>"
    )
    assert addresses(b"<urlset>" + pages + b"</urlset>") == ["https://desk.org/a"]


def test_an_entity_is_never_expanded_and_no_declaration_read() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "https://desk.org/secret"><!ENTITY b SYSTEM "file:///etc/hosts">]>'
    found = read_sitemap(
        bomb
        + b"<urlset><url><loc>&a;</loc></url><url><loc>https://desk.org/&b;</loc></url></urlset>",
        AT,
    )
    assert [one.address for one in found.pages] == ["https://desk.org/"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the sitemap is empty"),
        (b"<!doctype html><html><body>Not found", "no sitemap but a web page"),
        (b"hello", "there is no address in it"),
        (b'{"a": "<b>"}', "neither a sitemap nor a feed"),
        (b"\x1f\x8bnothing", "no gzip"),
        (b"<urlset>\n<url", "sitemap.xml:2: the sitemap is not well-formed"),
        (gzip.compress(b"<a>") * 200, "more than 100 parts"),
        (gzip.compress(bytes(51 * 1024 * 1024)), "more than 52,428,800 bytes"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(FeedsError, match=re.escape(said)):
        read_sitemap(data, AT)


def test_more_than_fifty_thousand_addresses_are_left_and_told() -> None:
    pages = b"".join(b"<url><loc>/story-%d</loc></url>" % number for number in range(50_010))
    found = read_sitemap(b"<urlset>" + pages + b"</urlset>", AT)
    assert len(found.pages) == 50_000
    assert [one.code for one in found.odd] == ["sitemap-long"]


def test_elements_without_number_take_no_memory() -> None:
    crowd = b"<urlset><url>" + b"<a/>" * 500_000 + b"</url></urlset>"
    tracemalloc.start()
    read_sitemap(crowd, AT)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * len(crowd)


def test_time_is_linear_in_the_number_of_addresses() -> None:
    def seconds(count: int) -> float:
        pages = b"".join(b"<url><loc>/story-%d</loc></url>" % number for number in range(count))
        began = process_time()
        read_sitemap(b"<urlset>" + pages + b"</urlset>", AT)
        return process_time() - began

    seconds(1000)
    assert seconds(40_000) < 20 * seconds(5000)


def test_the_newest_parts_of_an_index_come_first_by_what_is_said_or_how_they_are_called() -> None:
    def ordered(*sitemaps: tuple[str, str]) -> list[str]:
        found = newest_first(Candidate(f"https://desk.org/{name}", said) for name, said in sitemaps)
        return [one.address.removeprefix("https://desk.org/") for one in found]

    archives = [
        (f"sitemap-{year}-{month:02}.xml", "") for year in (2024, 2026, 2025) for month in (3, 1)
    ]
    assert ordered(*archives)[:3] == [
        "sitemap-2026-03.xml",
        "sitemap-2026-01.xml",
        "sitemap-2025-03.xml",
    ]
    assert ordered(("a.xml", "2025-01-01"), ("b.xml", "2026-01-09T00:00Z"), ("c.xml", "")) == [
        "b.xml",
        "a.xml",
        "c.xml",
    ]
    assert ordered(("posts1.xml", ""), ("posts10.xml", ""), ("posts2.xml", ""))[0] == "posts10.xml"


PIECES = (
    b"<urlset>|<url>|<loc>|https://desk.org/a|</loc>|</url>|</urlset>|&|&#0;|<sitemapindex>|<sitemap>|"
    b"<![CDATA[|]]>|<!--|<news:title>|<rss>|<item>|<html>|\x1f\x8b|\xff\xfe|\x00|<lastmod>9999-99-99|"
    b"<xhtml:link rel='alternate'"
).split(b"|")


MADE = st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)


@given(st.one_of(st.binary(max_size=200), MADE))
def test_whatever_the_bytes_are_there_is_no_error_but_ours(data: bytes) -> None:
    for reader in (read_sitemap, read_feed):
        with suppress(FeedsError):
            reader(data, AT)
