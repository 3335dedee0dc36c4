"""Addresses of stories as seen from their site's root, on pages that don't say which that is."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise.statements import with_statements
from tests.normalise.reading import reading

TEXT = (
    "<p>The keeper of the old lamp lit it again on Monday evening, and people came from both "
    "sides of the bay to see it burn.</p><p>Nobody knows how long the oil will last, the harbour "
    "office said, but there is a barrel of it left in the cellar.</p>"
)
LIST = (
    "<aside><h2>Latest news</h2><ul>"
    "<li><a href=/news/2026/weir>The weir holds after all the rain</a> <i>9 January 2026</i></li>"
    "<li><a href=news/boat>The pilot boat gets an engine</a> <i>8 January 2026</i></li>"
    "<li><a href=/news/2026/mole>The mole is shut until April</a> <i>7 January 2026</i></li>"
    "</ul></aside>"
)
SITE = "https://desk.example/en/"


def placed(head: str = "", site: str = SITE) -> Reading:
    page = (
        f"<title>Old lamp is lit again</title>{head}<body><main><article><h1>Old lamp is lit again"
        f"</h1>{TEXT}</article></main>{LIST}</body>"
    )
    return with_statements(reading(page, "a.html"), (), site)


def test_headlines_of_a_list_lead_to_where_the_site_is() -> None:
    assert [story.url for story in placed().latest] == [
        "https://desk.example/news/2026/weir",
        None,  # seen from a page whose place nobody knows
        "https://desk.example/news/2026/mole",
    ]


def test_without_a_site_they_lead_nowhere() -> None:
    assert {story.url for story in placed(site="").latest} == {None}


def test_the_pages_own_address_counts_before_the_site() -> None:
    own = "<link rel=canonical href=https://other.example/lamp>"
    assert placed(own).latest[0].url == "https://other.example/news/2026/weir"


@pytest.mark.parametrize(("site", "url"), [(SITE, "https://desk.example/news/lamp"), ("", None)])
def test_a_canonical_address_seen_from_the_root_is_placed(site: str, url: str | None) -> None:
    read = placed("<link rel=canonical href=/news/lamp>", site)
    assert read.article is not None
    assert read.article.url == url
    assert [one.code for one in read.findings if one.code == "no-url"] == []


def test_the_root_is_no_articles_address_and_is_named_as_written() -> None:
    read = placed("<link rel=canonical href=/>")
    assert read.article is not None
    assert read.article.url is None
    assert [one.what[:2] for one in read.findings if one.code == "url-is-home"] == ["/ "]
