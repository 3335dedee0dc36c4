"""What is a URL that may be published, and where an entry is read."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from feeds import urls
from feeds.model import Entry, EntryId, Url

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
    assert (
        urls.of_entry(own, "https://desk.test/feeds/", (), "https://desk.test/")
        == "https://desk.test/quay"
    )
