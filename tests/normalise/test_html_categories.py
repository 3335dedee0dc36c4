"""Where an article's categories come from: data of the page, then links that say what they are."""

from __future__ import annotations

import json

import pytest

from tests.normalise.reading import article, reading

TEXT = (
    "<p>The keeper of the old lamp lit it again on Monday evening, and people came from both "
    "sides of the bay to see it burn.</p><p>Nobody knows how long the oil will last, the harbour "
    "office said, but there is a barrel of it left in the cellar.</p>"
)
TAGS = "<p>Tags: <a rel=tag href=/t/lamp>Lamp</a>, <a rel=tag href=/t/oil>Oil</a></p>"
SECTION = '<span><a rel="category tag" href=/c/harbour>Harbour</a></span>'


def categories(inside: str, below: str = "", above: str = "", head: str = "") -> tuple[str, ...]:
    page = (
        f"<title>Old lamp is lit again</title>{head}<body><main><article>{above}"
        f"<h1>Old lamp is lit again</h1>{TEXT}{inside}</article>{below}</main></body>"
    )
    return article(page, "a.html").categories


def test_links_of_the_article_name_its_sections_and_tags() -> None:
    assert categories(TAGS, above=SECTION) == ("Harbour", "Lamp", "Oil")
    assert categories("", TAGS) == ("Lamp", "Oil")
    assert categories(f"<footer>{TAGS}</footer>") == ("Lamp", "Oil")
    assert categories(f"<div class=post-footer><div>{TAGS}</div></div>") == ("Lamp", "Oil")


def test_what_the_page_states_as_data_counts_before_its_links() -> None:
    node = {"@type": "NewsArticle", "headline": "Old lamp is lit again", "keywords": ["Light"]}
    data = f"<script type=application/ld+json>{json.dumps(node)}</script>"
    assert categories(TAGS, above=SECTION, head=data) == ("Harbour", "Light")


def test_a_section_for_what_nobody_sorted_is_none_and_marks_are_no_words() -> None:
    unsorted = SECTION.replace("Harbour", "Uncategorized")
    assert categories(TAGS.replace(">Lamp", ">› „Lamp”"), above=unsorted) == ("Lamp", "Oil")


@pytest.mark.parametrize(
    "below",
    [
        f"<article><h2><a href=/b>Boat is back</a></h2>{TAGS}</article>",
        f"<div class='post hentry'><h2>Boat is back</h2>{TAGS}</div>",
        f"<div class=card><div>{TAGS}</div><h3><a href=/b>Boat is back</a></h3></div>",
        f"<aside>{TAGS}</aside>",
        f"<nav>{TAGS}</nav>",
        TAGS.replace("rel=tag", ""),
        TAGS.replace("rel=tag", "rel=tags-cloud"),
    ],
)
def test_links_of_other_stories_and_of_the_site_are_none_of_the_articles(below: str) -> None:
    assert categories("", below) == ()


def test_a_moment_in_the_title_of_an_abbreviation_is_no_wrong_date() -> None:
    moment = (
        "<abbr itemprop=datePublished class=published title=2026-11-22T21:14:00+03:00>21:14</abbr>"
    )
    read = reading(
        "<title>Old lamp is lit again</title><div class=hentry itemscope "
        "itemtype=http://schema.org/BlogPosting><h1 itemprop=headline>Old lamp is lit again</h1>"
        f"{TEXT}<p>at {moment}</p></div>",
        "a.html",
    )
    assert read.article is not None
    assert read.article.published is not None
    assert read.article.published.iso == "2026-11-22T21:14:00+03:00"
    assert [one.code for one in read.findings if one.code == "no-date"] == []
