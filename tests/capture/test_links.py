"""What a page leads to."""

from __future__ import annotations

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.capture.discovery import read_links
from feeds.model import StatedDate
from feeds.model.errors import FeedsError

AT = "https://desk.org/economy/"
PAGE = """<!doctype html>
<html lang="en">
<head><title>Economy - Desk</title>
<link rel="canonical" href="https://desk.org/economy">
<link rel="alternate" hreflang="ru" href="/ru/economy">
<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="All">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<meta name="theme-color" content="#1A2"></head>
<body>
<nav><a href="/">Home</a> <a href="/politics">Politics</a> <a href="/economy/">Economy</a>
<a href="/about">About us</a> <a href="/author/rena">Rena</a></nav>
<main><h1>Economy</h1>
<article><h2><a href="/bell?utm_source=front">The bell of the port is silent</a></h2>
<time datetime="2026-01-09T11:03+04:00">9 January</time></article>
<article><h2><a href="/rope.html">A rope is bought at last</a></h2>
<time datetime="2026-01-08T09:00+04:00">8 January</time></article>
<div><a href="/2026/01/crane-of-the-north-quay">Crane</a></div>
<div><a href="https://other.org/some-story-of-another-site">Some story of another site</a></div>
<div><a rel="sponsored" href="/buy-this-thing-now-please">Buy this thing now, please do</a></div>
<p class="pagination"><a href="/economy/?page=2">Older stories</a></p>
</main>
<footer><a href="/privacy">Privacy</a></footer>
</body></html>
"""


def test_a_page_tells_stories_sections_feeds_next_page_languages_and_colour() -> None:
    found = read_links(PAGE.encode(), "", AT)
    assert [(one.address, one.published, one.title) for one in found.stories] == [
        (
            "https://desk.org/bell?utm_source=front",
            StatedDate("2026-01-09T11:03+04:00", "minute"),
            "The bell of the port is silent",
        ),
        (
            "https://desk.org/rope.html",
            StatedDate("2026-01-08T09:00+04:00", "minute"),
            "A rope is bought at last",
        ),
        ("https://desk.org/2026/01/crane-of-the-north-quay", None, "Crane"),
    ]
    assert {one.found_in for one in found.stories} == {AT}
    assert found.sections == ("https://desk.org/politics",)
    assert found.called == {"https://desk.org/politics": "Politics"}
    assert found.feeds == ("https://desk.org/rss.xml",)
    assert found.next == "https://desk.org/economy/?page=2"
    assert found.canonical == "https://desk.org/economy"
    assert found.languages == (("ru", "https://desk.org/ru/economy"),)
    assert found.colour == "#11aa22"


def test_links_are_seen_from_the_base_that_the_page_names() -> None:
    page = (
        '<base href="/news/"><h2><a href="bell">The bell of the port</a></h2>'
        '<link rel="next" href="?p=2">'
    )
    found = read_links(page.encode(), "", "https://desk.org/")
    assert [one.address for one in found.stories] == ["https://desk.org/news/bell"]
    assert found.next == "https://desk.org/news/?p=2"


def test_words_of_other_alphabets_are_read_in_the_charset_that_the_server_says() -> None:
    page = '<h2><a href="/kolokol">Колокол порта молчит</a></h2>'
    found = read_links(page.encode("windows-1251"), "windows-1251", "https://desk.org/")
    assert [one.title for one in found.stories] == ["Колокол порта молчит"]


@pytest.mark.parametrize("data", [b"", b"words alone", b"\x00\x01"])
def test_what_is_no_page_says_so(data: bytes) -> None:
    with pytest.raises(FeedsError, match=r"https://desk\.org/economy/"):
        read_links(data, "", AT)


def page_of(count: int) -> bytes:
    return "".join(
        f'<p><a href="/story-{number}-of-the-port">Story {number} of the port</a> '
        '<time datetime="2026-01-09">9 January 2026</time></p>'
        for number in range(count)
    ).encode()


def test_a_page_of_100_000_links_is_read_in_part_and_in_linear_time() -> None:
    def seconds(count: int) -> float:
        data = page_of(count)
        began = process_time()
        assert len(read_links(data, "", AT).stories) <= 2000
        return process_time() - began

    seconds(100)
    assert seconds(100_000) < 8 * seconds(25_000)


PIECES = (
    "<a href='/story-of-the-old-bell'>|<a rel=next href=//[>|<base href='http://['>|</a>|<nav>|<h2>|"
    "<time datetime=2026-01-09>|9 January 2026|<link rel=canonical href=/x>|\x00|<p>|<template>|"
    "<meta name=theme-color content='#fff'>|<a href='https://desk.org:99999/a-b-c-d'>"
).split("|")


@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(PIECES), max_size=30).map(lambda some: "".join(some).encode()),
    ),
    st.sampled_from(["", "utf-8", "koi8-r", "utf-16", "no such"]),
)
def test_whatever_the_bytes_are_there_is_no_error_but_ours(data: bytes, charset: str) -> None:
    with suppress(FeedsError):
        read_links(data, charset, AT)
