"""Any soup of tags is read or refused, twice the same, and nothing in it can do harm."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Reading
from feeds.model.errors import PageError
from feeds.normalise import normalise
from feeds.readers import read_page
from tests.thorough import OFTEN

PIECES = st.one_of(
    st.sampled_from(
        [
            "<html><head>",
            "<body>",
            "<h1>Lamp is lit again</h1>",
            "<article>",
            "</article>",
            "<aside class=latest>",
            "</div>",
            "<div class=meta>",
            "<p>The lamp at the end of the quay was lit on Friday, after eleven years of dark.</p>",
            "<li><a href=https://tide.example/1>Ferry stays in port</a> 09.Jan.2026</li>",
            "<time datetime=2026-01-09>",
            "<a href='javascript:alert(1)'>run here</a>",
            "<img src=//x.example/a.jpg onerror=alert(1)>",
            "<figure><picture><source srcset='a 1w, b 2w'>",
            '<script type=application/ld+json>{"@type":"NewsArticle","headline":',
            '"x","author":[{"name":[1]}],"image":{"url":[]}}</script>',
            "<script>alert(1)</script>",
            "<svg><style><table><tr><td>",
            "<blockquote><ul><li><b><i>",
            "<meta property=article:published_time content=2026-01-09>",
            "<base href='http://[x'>",
            "<link rel=canonical href='//'>",
            "<span itemprop=datePublished itemscope itemtype=http://schema.org/Article>",
            "<![CDATA[ <?xml <!-- ",
            "&lt;script&gt;&#0;&#xFFFE;",
            "9 January 2026",
        ]
    ),
    st.text(max_size=20),
)
SOUPS = st.lists(PIECES, max_size=25).map("".join)
HARM = re.compile(r"<script|<[^>]*\son\w+\s*=|<[^>]*=\s*\"?\s*javascript:|<style|<iframe", re.I)


def reading(markup: str) -> Reading | None:
    try:
        return normalise(read_page("a.html", markup.encode("utf-8", "replace")))
    except PageError:
        return None


@OFTEN
@given(SOUPS)
def test_any_soup_is_the_same_harmless_reading_twice(markup: str) -> None:
    found = reading(markup)
    assert found == reading(markup)
    if found is None or found.article is None:
        return
    assert not HARM.search(found.article.content)
    lines = markup.count("\n") + markup.count("\r") + 1
    assert all(owed.line <= lines for owed in found.article.evidence.values())
    for story in (found.article, *found.latest):
        assert story.url is None or story.url.startswith(("http://", "https://"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        normalise(read_page("a.html", data))
    except PageError:
        return
