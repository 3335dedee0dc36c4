"""What stands between a reader and the app: proxies, and clients with odd headers."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Filled
from tests.newsrooms import SITE, TestNewsroom, publish_bell
from tests.web.asking import NAVIGATION, Ask, in_process


def publish_below(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("https://desk.test/feeds/", "https://desk.test/news/feeds/"))
    publish_bell(newsroom)


@pytest.fixture
def behind_a_path(filled: Filled) -> Ask:
    """A website that its proxy publishes below /news/, which the proxy cuts off."""
    return in_process(filled(publish_below))


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest"])
def test_links_have_the_path_that_a_proxy_cut_off(behind_a_path: Ask, path: str) -> None:
    links = re.findall(r'(?:href|src)="(/[^"]*)"', behind_a_path(path).text)
    assert links
    assert all(link.startswith("/news/feeds/") for link in links)


@pytest.mark.parametrize(
    ("path", "headers", "wanted"),
    [
        ("/", {}, "/news/feeds/"),
        ("/feeds", {}, "/news/feeds/"),
        ("/rss.xml", {}, "/news/feeds/latest.rss"),
        ("/feeds/latest.atom", NAVIGATION, "latest"),
    ],
)
def test_redirects_have_it_too(
    behind_a_path: Ask, path: str, headers: dict[str, str], wanted: str
) -> None:
    assert behind_a_path(path, headers=headers).headers["Location"] == wanted


@pytest.mark.parametrize(
    "path", ["/", "/feeds", "/feeds//latest.rss", "/feeds//", "/rss", "/feed/", "/atom.xml"]
)
def test_no_redirect_leads_where_a_host_header_says(ask: Ask, path: str) -> None:
    answer = ask(path, headers={"Host": "evil.test"})
    assert answer.headers.get("Location", "/").startswith("/")
    assert "evil.test" not in answer.text


@pytest.mark.parametrize("suffix", ["-gzip", "-br", ";gzip"])
def test_a_tag_that_a_compressing_proxy_changed_is_still_known(ask: Ask, suffix: str) -> None:
    tag = ask("/feeds/latest.rss").headers["ETag"]
    changed = tag[:-1] + suffix + '"'
    assert ask("/feeds/latest.rss", headers={"If-None-Match": changed}).status == 304
    assert ask("/feeds/latest.rss", headers={"If-None-Match": f"W/{changed}"}).status == 304


@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
@pytest.mark.parametrize("path", ["/feeds/latest.rss", "/feeds/static/style.css"])
def test_a_date_that_no_calendar_has_is_ignored(ask: Ask, header: str, path: str) -> None:
    far = "Wed, 14 Jan 99999999999999999999 09:30:00 GMT"
    assert ask(path, headers={header: far, "Range": "bytes=0-1"}).status in {200, 206}
