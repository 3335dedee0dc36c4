"""What is otherwise in a partner's RSS. What each partner asks stands here in words of its own."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
import pytest
from lxml import etree

from feeds.model import Entry, Image, Url
from feeds.model.errors import ConfigError
from feeds.newsroom.profiles import PROFILES
from feeds.newsroom.site import Feed
from feeds.newsroom.site_file import load_site
from feeds.syndication import partners
from feeds.syndication.documents import documents, fitting
from feeds.syndication.filters import why_not
from feeds.syndication.view import ForPartner, Removal
from feeds.text.markup import from_paragraphs, plain
from tests.newsroom.test_site import FEED, LEAST
from tests.newsrooms import NOW
from tests.syndication.examples import RICH
from tests.syndication.test_content import NAMESPACES
from tests.syndication.test_selection import entry

SPACES = {**NAMESPACES, **partners.NAMESPACES}
WORDS = [
    f"Number {number} of the sentences about the quay has eleven words." for number in range(9)
]
PICTURE = Image(Url("https://desk.test/bell.jpg"), "image/jpeg", 9, width=1200, height=800)
STORY = entry(
    1,
    title="Bell hangs again in its old tower",
    image=PICTURE,
    url=Url("https://desk.test/bell?id=3&utm_source=mail"),
    content=from_paragraphs(WORDS),
    summary=WORDS[0],
)
MARKED = (
    "<p><strong>Bold</strong>, <em>leaning</em>, <code>a = 1</code>, <del>struck</del>.</p>"
    "<table><tbody><tr><td>One</td><td>two</td></tr></tbody></table>"
    '<h2>More</h2><p>See <a href="https://desk.test/x">there</a>.</p>'
)


def feed(name: str, **values: Any) -> Feed:
    return Feed("partner", "Desk for a partner of ours", profile=name, **values)  # type: ignore[arg-type]


def channel(made: Feed, *entries: Entry) -> Any:
    site = msgspec.structs.replace(RICH, icon="https://desk.test/i.png")
    body = documents(site, made, entries)[0].body
    return etree.fromstring(body).find("channel")


@pytest.mark.parametrize("name", PROFILES)
def test_a_good_story_is_in_every_partners_feed(name: str) -> None:
    assert why_not(feed(name), STORY) == ""
    (item,) = channel(feed(name), STORY).findall("item")
    assert item.findtext("title") == STORY.title
    tracking = "" if name == "smartnews" else "&utm_source=mail"
    assert item.findtext("link") == f"https://desk.test/bell?id=3{tracking}"


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("?id=%FC&utm_source=a", "?id=%FC"),
        ("?story123&fbclid=9&c=1,2/3:4", "?story123&c=1,2/3:4"),
        ("?utm_source=a&utm_medium=b#top", "#top"),
        ("?q=utm_source%20and+more", "?q=utm_source%20and+more"),
        ("", ""),
    ],
)
def test_what_tells_where_readers_come_from_is_taken_out_and_nothing_else(
    address: str, plain: str
) -> None:
    found = partners.link(PROFILES["smartnews"], f"https://desk.test/a{address}")
    assert found == f"https://desk.test/a{plain}"


@pytest.mark.parametrize(
    ("name", "fields", "why"),
    [
        ("msn", {"title": "Bell hangs again now"}, "title of 20 characters, at least 21"),
        ("msn", {"title": "Bell " * 31}, "title of 155 characters, at most 150"),
        ("msn", {"content": ""}, "no text"),
        ("msn", {"published": None}, "no date"),
        ("msn", {"url": "http://desk.test/bell"}, "its address is not https"),
        ("smartnews", {"url": None}, "no address of its own (url)"),
        ("smartnews", {"published": None}, "no date"),
        ("flipboard", {"authors": ()}, "no author"),
        ("flipboard", {"content": "<p>Short.</p>"}, "text of 6 characters, at least 300"),
        (
            "flipboard",
            {"image": msgspec.structs.replace(PICTURE, height=300)},
            "picture of 1200×300 pixels, at least 400×400",
        ),
        ("dzen", {"image": None}, "no picture"),
        ("dzen", {"categories": ()}, "no category"),
    ],
)
def test_a_story_that_a_partner_refuses_is_left_out_and_told(
    name: str, fields: dict[str, Any], why: str
) -> None:
    assert why_not(feed(name), msgspec.structs.replace(STORY, **fields)) == why


def test_a_text_has_what_the_partner_takes_and_loses_no_word() -> None:
    narrow = partners.narrowed(PROFILES["dzen"], MARKED)
    assert narrow == (
        "<p><b>Bold</b>, <i>leaning</i>, a = 1, <s>struck</s>.</p><p>One two </p>  "
        '<h2>More</h2><p>See <a href="https://desk.test/x">there</a>.</p>'
    )
    nested = "<table><tr><td><p>A</p></td><td>b<br>c</td></tr></table>"
    assert plain(partners.narrowed(PROFILES["dzen"], nested)).split() == ["A", "b", "c"]
    assert "".join(plain(narrow).split()) == "".join(plain(MARKED).split())
    assert partners.narrowed(PROFILES["msn"], MARKED) == MARKED


def test_a_feed_for_a_partner_keeps_within_its_bounds() -> None:
    text = LEAST + FEED + 'profile = "dzen"\nlimit = 1000\nhours = 500\n'
    (made,) = load_site(text, "site.toml").feeds
    assert (made.limit, made.hours) == (500, 192)
    (made,) = load_site(LEAST + FEED + 'profile = "msn"\n', "site.toml").feeds
    assert (made.limit, made.hours, made.languages) == (29, 364 * 24, ("en", ""))


def test_smartnews_hears_of_a_change_by_the_date_and_has_a_logo_and_thumbnails() -> None:
    changed = msgspec.structs.replace(STORY, updated=STORY.entered + timedelta(hours=5))
    made = channel(feed("smartnews"), changed)
    (item,) = made.findall("item")
    assert parsedate_to_datetime(item.findtext("pubDate")) == changed.updated
    assert made.findtext("snf:logo/url", None, SPACES) == RICH.logo
    assert len(made.findtext("description")) <= 30
    assert 1 <= int(made.findtext("ttl")) <= 5
    assert item.find("media:thumbnail", SPACES).get("url") == PICTURE.url
    assert item.findtext("content:encoded", None, SPACES)


def test_msn_hears_of_a_change_by_a_date_of_its_own() -> None:
    changed = msgspec.structs.replace(STORY, updated=STORY.entered + timedelta(hours=5))
    (item,) = channel(feed("msn"), changed).findall("item")
    assert parsedate_to_datetime(item.findtext("pubDate")) == STORY.published
    assert item.findtext("dcterms:modified", None, SPACES) == "2026-01-09T14:00:00Z"


def test_flipboard_has_descriptions_that_are_long_enough() -> None:
    (item,) = channel(feed("flipboard"), STORY).findall("item")
    assert 300 <= len(item.findtext("description")) <= 501


def test_feedly_has_what_it_shows_of_a_newsroom() -> None:
    made = channel(feed("feedly"), STORY)
    assert made.find("webfeeds:cover", SPACES).get("image") == RICH.logo
    assert made.findtext("webfeeds:icon", None, SPACES) == "https://desk.test/i.png"
    assert made.find("webfeeds:related", SPACES).get("layout") == "card"


def test_a_feed_that_would_be_too_large_is_without_what_is_too_large_and_its_oldest() -> None:
    long = from_paragraphs([f"{WORDS[0]} " * 300] * 10)
    many = [
        msgspec.structs.replace(STORY, id=f"tag:desk.test,2026:{number}", content=long)
        for number in range(12)
    ]
    huge = msgspec.structs.replace(STORY, id="tag:desk.test,2026:huge", content=long * 8)
    kept = fitting(RICH, feed("smartnews"), [huge, *many])
    assert kept == many[: len(kept)]
    assert 500_000 < len(documents(RICH, feed("smartnews"), kept)[0].body) <= 1_000_000
    assert fitting(RICH, Feed("latest", "Latest"), [huge, *many]) == [huge, *many]
    gone = ForPartner([Removal(f"tag:desk.test,2026:{n}", f"{n}", NOW, NOW) for n in range(900)])
    less = fitting(RICH, feed("smartnews"), many, gone)
    assert less == many[: len(less)]
    assert 0 < len(less) < len(kept)
    body = documents(RICH, feed("smartnews"), less, partner=gone)[0].body
    assert 500_000 < len(body) <= 1_000_000


def test_settings_that_a_partner_can_t_have_are_refused() -> None:
    for line, why in (("archive = true", "no archives"), ('content = "summary"', "wants the text")):
        with pytest.raises(ConfigError, match=why):
            load_site(f'{LEAST}{FEED}profile = "msn"\n{line}\n', "site.toml")
    (made,) = load_site(f'{LEAST}{FEED}profile = "msn"\n', "site.toml").feeds
    assert not made.archive


def test_what_readers_get_has_nothing_of_it() -> None:
    made = documents(RICH, Feed("latest", "Latest"), [STORY])[0].body
    assert b"utm_source" in made
    assert not any(space.encode() in made for space in partners.NAMESPACES.values())
