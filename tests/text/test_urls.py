"""What is a URL that may be published, and where an entry is read."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entry, EntryId, Url
from feeds.text import urls

MOMENT = datetime(2026, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://desk.test",
        "https://desk.test/",
        "http://desk.test:8000/a/b?c=d&e=%20#f",
        "http://127.0.0.1/",
        "http://[::1]:8000/feeds/",
        "https://xn--e1afmkfd.test/",
        "https://desk.test/(a)'b',~c@d",
    ],
)
def test_an_absolute_web_address_is_a_url(url: str) -> None:
    assert urls.checked(url) == url


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "blanks"),
        ("desk.test", "begins with https://"),
        ("/feeds/", "begins with https://"),
        ("//desk.test/", "begins with https://"),
        ("ftp://desk.test/", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("data:text/html,x", "begins with https://"),
        ("https://", "host"),
        ("https:///feeds/", "host"),
        ("https://:80/", "host"),
        ("https:desk.test", "host"),
        ("https://desk.test/a b", "blanks"),
        ("https://desk.test/\n", "blanks"),
        (" https://desk.test/", "blanks"),
        ("https://дом.test/", "unencoded"),
        ("https://desk.test/é", "unencoded"),
        ('https://desk.test/"><b', "unencoded"),
        ("https://desk.test/\x00", "unencoded"),
        ("https://desk.test\\a", "unencoded"),
        ("https://desk.test:0/", "port"),
        ("https://desk.test:65536/", "(?i)port"),
        ("https://desk.test:x/", "(?i)port"),
        ("https://[::1/", "IPv6"),
    ],
)
def test_anything_else_is_refused_with_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        urls.checked(text)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:8000/feeds/", True),
        ("http://LOCALHOST/feeds/", True),
        ("http://127.0.0.1/feeds/", True),
        ("http://127.1.2.3/feeds/", True),
        ("http://[::1]:8000/feeds/", True),
        ("https://desk.test/feeds/", False),
        ("https://localhost.desk.test/", False),
        ("https://desk.test/localhost", False),
        ("http://10.0.0.1/", False),
        ("http://128.0.0.1/", False),
        ("", False),
    ],
)
def test_a_loopback_url_reaches_this_machine_alone(url: str, loopback: bool) -> None:
    assert urls.is_loopback(url) is loopback


def test_an_entry_is_read_at_its_own_url_else_in_the_app() -> None:
    entry = Entry(EntryId("tag:desk.test,2026:abc"), "headline", "Quay opens", MOMENT, MOMENT)
    assert (
        urls.of_entry(entry, "https://desk.test/feeds/", (), "https://desk.test/")
        == "https://desk.test/feeds/stories/abc"
    )
    own = msgspec.structs.replace(entry, url=Url("https://desk.test/quay"))
    told = urls.of_entry(own, "https://desk.test/feeds/", (), "https://desk.test/")
    assert told == "https://desk.test/quay"


@pytest.mark.parametrize(
    ("base", "address", "url"),
    [
        ("https://desk.test/a/b", "c", "https://desk.test/a/c"),
        ("https://desk.test/a/b", " /c d ", "https://desk.test/c%20d"),
        ("https://desk.test/", "//ö.test/ä?ü=%20", "https://xn--nda.test/%C3%A4?%C3%BC=%20"),
        ("", "https://desk.test/a\nb", "https://desk.test/ab"),
        ("https://desk.test:81/a/b?c", "/d/e.html", "https://desk.test:81/d/e.html"),
        ("https://desk.test/a/b", "/./d/../e", "https://desk.test/e"),
        ("https://desk.test/", "https://news.test/a/../b?", "https://news.test/a/../b?"),
        ("", "a", None),
        ("https://desk.test/", "", None),
        ("https://desk.test/", " ", None),
        ("https://desk.test/", "mailto:a@desk.test", None),
        ("https://desk.test/", "http://[", None),
    ],
)
def test_an_address_is_seen_from_its_base(base: str, address: str, url: str | None) -> None:
    assert urls.absolute(base, address) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://desk.test/a/story",
        "http://desk.test/a/story",
        "https://www.desk.test/a/story",
        "https://DESK.test:443/a/story/",
        "http://desk.test:80/a/story//",
        "https://desk.test/a/story#top",
        "https://desk.test/a/story/index.html",
        "https://desk.test/a/story/INDEX.php?utm_source=x&fbclid=y",
        "https://desk.test/%61/st%6Fry?",
        "https://desk.test/a/story?mc_cid=1&&UTM_Medium=2#x",
        "desk.test/a/story",
    ],
)
def test_urls_of_one_story_have_one_canonical_text(url: str) -> None:
    assert urls.canonical(url) == "desk.test/a/story"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://desk.test/?b=2&a=1&utm_id=3", "desk.test?b=2&a=1"),
        ("https://desk.test/A", "desk.test/A"),
        ("https://desk.test:8443/", "desk.test:8443"),
        ("http://desk.test:443/", "desk.test:443"),
        ("https://desk.test/%c3%b6%2f%7e", "desk.test/%C3%B6%2F~"),
        ("https://desk.test/ö", "desk.test/%C3%B6"),
        ("https://desk.test/index.htm", "desk.test"),
        ("https://desk.test/my-index.html", "desk.test/my-index.html"),
        ("https://desk.test/a?utmost=1&gclidx=2&ref=3", "desk.test/a?utmost=1&gclidx=2&ref=3"),
        ("https://desk.test/a?url=https://b.test/", "desk.test/a?url=https://b.test/"),
        ("https://www.www.test/", "test"),
        ("http://[::1]:8000/a", "[::1]:8000/a"),
        ("https://[bad/", "https://[bad/"),
    ],
)
def test_what_tells_stories_apart_stays_in_the_canonical_text(url: str, text: str) -> None:
    assert urls.canonical(url) == text


PARTS = st.sampled_from(
    "http:// https:// www. desk.test :80 :443 / // index.html /index.php ? & = # utm_a=1 fbclid "
    "%41 %2 % %25 %2f %c3 ö a . .. : @ [ ] + ; \t".split(" ")
)


@given(st.one_of(st.text(), st.lists(PARTS).map("".join)))
def test_a_canonical_text_is_its_own(url: str) -> None:
    once = urls.canonical(url)
    assert urls.canonical(once) == once


SITE = "https://desk.test/news/"
FORMER = ["http://old.test", "https://old.test/blog/", "http://desk.test/news/"]


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("http://old.test", SITE),
        ("http://old.test/", SITE),
        ("https://old.test/a/b?c=d#e", f"{SITE}a/b?c=d#e"),
        ("http://OLD.test/a", f"{SITE}a"),
        ("https://old.test?p=1", f"{SITE}?p=1"),
        ("http://old.test/blog/a", f"{SITE}a"),
        ("http://old.test/blogs/a", f"{SITE}blogs/a"),
        ("http://desk.test/news/a", f"{SITE}a"),
        ("https://desk.test/news/a", f"{SITE}a"),
        ("https://desk.test/other", "https://desk.test/other"),
        ("https://old.test.example/a", "https://old.test.example/a"),
        ("https://other.test/old.test/", "https://other.test/old.test/"),
    ],
)
def test_a_url_of_a_former_site_moves_with_it(url: str, moved: str) -> None:
    assert urls.rewritten(Url(url), FORMER, SITE) == moved
    assert urls.rewritten(Url(moved), FORMER, SITE) == moved


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://desk.test/news", True),
        ("http://www.desk.test/news/index.html?utm_source=x", True),
        ("http://old.test/", True),
        ("https://old.test/index.php", True),
        ("https://old.test/blog", True),
        ("https://desk.test/", False),
        ("https://old.test/?p=17", False),
        ("https://old.test/az/", False),
        ("https://desk.test/news/a", False),
    ],
)
def test_a_home_page_is_the_root_of_a_site_present_or_former(url: str, home: bool) -> None:
    assert urls.is_home(url, SITE, FORMER) is home
