"""The one address of each story, and those without end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.capture.discovery import is_trap, story_address
from feeds.newsroom.site import Site

SITE = Site(
    title="Desk",
    site_url="https://desk.org/",
    feeds_url="https://desk.org/feeds/",
    authority="desk.org,2026",
    timezone="Asia/Baku",
    former_urls=("http://old-desk.org/news/",),
)
TODAY = date(2026, 1, 9)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://desk.org/a/b/", "/a/b/"),
        ("HTTPS://Desk.ORG:443/a/B", "/a/B"),
        ("http://www.desk.org/a#comments", "/a"),
        ("https://desk.org/a?utm_source=x&id=7&fbclid=qw", "/a?id=7"),
        ("https://desk.org/?p=123", "/?p=123"),
        ("https://desk.org/a?b=2&a=1", "/a?b=2&a=1"),
        ("https://desk.org/show.php?cid=77", "/show.php?cid=77"),
        ("https://desk.org/a?ref=front", "/a"),
        ("https://desk.org/a;jsessionid=0A1B2C?PHPSESSID=1f2e3d&x", "/a?x"),
        ("https://desk.org/a?sid=1234", "/a?sid=1234"),
        ("https://desk.org/a?sid=a81bc81bdeadbeef01", "/a"),
        ("https://desk.org/a/../b/./c", "/b/c"),
        ("https://desk.org/%d0%b0", "/%D0%B0"),
        ("https://desk.org/а", "/%D0%B0"),
        ("http://old-desk.org/news/a?id=1", "/a?id=1"),
    ],
)
def test_addresses_of_one_page_come_to_the_same(address: str, expected: str) -> None:
    assert story_address(address, SITE) == f"https://desk.org{expected}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/a",
        "mailto:a@desk.org",
        "https://desk.org",
        "https://desk.org/",
        "https://desk.org/#top",
        "https://desk.org/feeds/latest.rss",
        "https://www.desk.org/feeds",
        "https://other.org/a",
        "https://desk.org.evil.example/a",
        "https://desk.org@evil.example/a",
        "https://me:secret@desk.org/a",
        "https://desk.org:8443/a",
        "https://desk.org/a.pdf",
        "https://desk.org/a.JPG",
        "https://desk.org/" + "a" * 2000,
        "https://[/a",
    ],
)
def test_what_is_no_page_of_the_site_has_no_address(address: str) -> None:
    assert story_address(address, SITE) is None


def test_a_site_below_a_path_or_with_letters_of_its_own_in_its_host_is_no_other() -> None:
    site = Site(
        title="Desk",
        site_url="https://xn--80ajbfb4arj.xn--p1ai/news/",
        feeds_url="https://feeds.desk.org/feeds/",
        authority="desk.org,2026",
        timezone="UTC",
    )
    host = "https://xn--80ajbfb4arj.xn--p1ai"
    assert story_address("https://бюллетень.рф/news/a", site) is None
    idn = "https://" + b"xn--80ajbfb4arj.xn--p1ai".decode("idna") + "/news/a"
    assert story_address(idn, site) == f"{host}/news/a"
    assert story_address(f"{host}/newspaper/a", site) is None
    assert story_address(f"{host}/news/../a", site) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://desk.org/a/b/a/b/a/b",
        "https://desk.org/a/a/a/story",
        "https://desk.org/calendar/2027-01/",
        "https://desk.org/events/?calendar=1",
        "https://desk.org/2031/05/story",
        "https://desk.org/?month=2031-05",
        "https://desk.org/economy/page/51/",
        "https://desk.org/economy?page=99999999999999999999",
        "https://desk.org/" + "x/" * 13,
    ],
)
def test_addresses_without_end_are_traps(address: str) -> None:
    assert is_trap(address, TODAY)


@pytest.mark.parametrize(
    "address",
    [
        "https://desk.org/2026/01/09/bell-of-the-port",
        "https://desk.org/?p=123456",
        "https://desk.org/economy/page/2/",
        "https://desk.org/news/10/10/10",
        "https://desk.org/economy/calendars-are-late-this-year",
        "https://desk.org/2050-05-a-long-way-to-go-12345.html",
    ],
)
def test_addresses_of_stories_are_none(address: str) -> None:
    assert not is_trap(address, TODAY)


@given(st.text(max_size=60).map(lambda text: f"https://desk.org/{text}"))
def test_an_address_that_was_made_tidy_stays_as_it_is(address: str) -> None:
    found = story_address(address, SITE)
    is_trap(address, TODAY)
    if found is not None:
        assert story_address(found, SITE) == found
        assert found.startswith("https://desk.org/")
