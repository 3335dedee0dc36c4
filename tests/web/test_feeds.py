"""Feeds over HTTP: what a feed reader sends, and what it gets."""

from __future__ import annotations

import pytest

from tests.newsrooms import TestNewsroom
from tests.web.asking import NAVIGATION, Ask

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
RSS = "/feeds/latest.rss"
PUBLISHED = "Wed, 14 Jan 2026 09:30:00 GMT"
LATER = "Thu, 15 Jan 2026 00:00:00 GMT"
CACHING = "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400"
EARLIER = "Wed, 14 Jan 2026 09:29:59 GMT"


@pytest.fixture(scope="module")
def tag(ask: Ask) -> str:
    """The feed's entity tag, quoted."""
    return ask(RSS).headers["ETag"]


@pytest.mark.parametrize("form", TYPES)
def test_a_feed_is_the_published_document_with_its_type(
    ask: Ask, published: TestNewsroom, form: str
) -> None:
    answer = ask(f"/feeds/latest.{form}")
    stored = published.document(form=form)
    assert answer.status == 200
    assert answer.body == stored.document.body
    assert answer.headers["Content-Type"] == TYPES[form]
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["ETag"] == f'"{stored.document.etag}"'
    assert answer.headers["Last-Modified"] == PUBLISHED
    assert answer.headers["Cache-Control"] == CACHING
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("form", TYPES)
def test_head_has_the_headers_of_get_and_no_body(ask: Ask, form: str) -> None:
    got, head = (ask(f"/feeds/latest.{form}", method) for method in ("GET", "HEAD"))
    assert head.body == b""
    assert head.status == got.status
    for answer in (got, head):
        answer.headers.remove("Date")  # of the server, where there is one
    assert sorted(head.headers) == sorted(got.headers)


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"a", {0}', '{0}, "b"', '"a",W/{0} , "b"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_known_tag_gets_304(ask: Ask, tag: str, form: str, method: str) -> None:
    answer = ask(RSS, method, {"If-None-Match": form.format(tag)})
    assert answer.status == 304
    assert answer.body == b""
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == CACHING
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("sent", ['"other"', 'W/"other"', '"a", "b"', '""', "other"])
def test_another_tag_gets_the_feed_even_if_the_date_would_do(ask: Ask, sent: str) -> None:
    assert ask(RSS, headers={"If-None-Match": sent}).status == 200
    both = {"If-None-Match": sent, "If-Modified-Since": LATER}
    assert ask(RSS, headers=both).status == 200


@pytest.mark.parametrize("sent", ["", '"', ",,,", "W/", '"a', "\xff"])
def test_what_is_no_tag_gets_the_feed(ask: Ask, sent: str) -> None:
    assert ask(RSS, headers={"If-None-Match": sent}).status == 200


def test_a_known_tag_gets_304_whatever_the_date(ask: Ask, tag: str) -> None:
    for date in (EARLIER, "yesterday"):
        sent = {"If-None-Match": tag, "If-Modified-Since": date}
        assert ask(RSS, headers=sent).status == 304


@pytest.mark.parametrize(
    ("date", "status"),
    [
        (PUBLISHED, 304),
        (LATER, 304),
        ("Wednesday, 14-Jan-26 09:30:00 GMT", 304),
        ("Wed Jan 14 09:30:00 2026", 304),
        (EARLIER, 200),
        ("yesterday", 200),
        ("", 200),
        ("0", 200),
        ("Wed, 32 Foo 2026 99:99:99 GMT", 200),
        ("Wed, 14 Jan 99999 09:30:00 GMT", 200),
        ("1768383000", 200),
    ],
)
def test_a_date_counts_if_it_is_one(ask: Ask, date: str, status: int) -> None:
    assert ask(RSS, headers={"If-Modified-Since": date}).status == status


def test_a_part_of_a_feed_is_never_sent(ask: Ask, tag: str) -> None:
    for headers in ({"Range": "bytes=0-3"}, {"Range": "bytes=0-3", "If-Range": tag}):
        answer = ask(RSS, headers=headers)
        assert answer.status == 200
        assert answer.body == ask(RSS).body
        assert "Content-Range" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/plain"},
        {"Accept": "application/atom+xml"},
        {"Accept": "*/*;q=0"},
        {"Accept": "nonsense"},
        {"Accept-Encoding": "identity;q=0"},
        {"Accept-Language": "az"},
        {"A-IM": "feed"},
        {"User-Agent": "Mozilla/5.0"},
        {"Cookie": "a=b"},
        {"Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
    ids=str,
)
def test_nothing_that_a_reader_sends_changes_the_feed(ask: Ask, headers: dict[str, str]) -> None:
    plain, answer = ask(RSS), ask(RSS, headers=headers)
    assert (answer.status, answer.body) == (200, plain.body)
    for name in ("Content-Type", "ETag", "Vary"):
        assert answer.headers.getlist(name) == plain.headers.getlist(name)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_person_who_opens_a_feed_is_sent_to_its_page(ask: Ask, form: str, method: str) -> None:
    answer = ask(f"/feeds/latest.{form}", method, NAVIGATION)
    assert answer.status == 303
    assert answer.headers["Location"] == "latest"  # beside it, whatever a proxy cut off
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert ask("/feeds/latest", headers=NAVIGATION).status == 200


@pytest.mark.parametrize("rest", [".rss", "/archive/1.atom"])
@pytest.mark.parametrize(
    "name", ["https:evil.test", "javascript:alert(1)", "mailto:a@evil.test", "a%0d%0ab", ".."]
)
def test_nobody_is_sent_to_an_address_that_stands_where_a_feed_s_name_does(
    ask: Ask, name: str, rest: str
) -> None:
    answer = ask(f"/feeds/{name}{rest}", headers=NAVIGATION)
    assert answer.status == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("query", ["?raw", "?raw=", "?raw=1", "?a=b&raw"])
def test_a_person_who_asks_for_the_source_gets_it(ask: Ask, query: str) -> None:
    answer = ask(RSS + query, headers=NAVIGATION)
    assert (answer.status, answer.headers["Content-Type"]) == (200, TYPES["rss"])


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/rss", "rss"),
        ("/rss.xml", "rss"),
        ("/feed", "rss"),
        ("/feed/", "rss"),
        ("/feed.xml", "rss"),
        ("/index.xml", "rss"),
        ("/atom", "atom"),
        ("/atom.xml", "atom"),
        ("/feed.json", "json"),
        ("/atom/", "atom"),
        ("/feed/atom/", "atom"),
        ("/feeds/rss", "rss"),
        ("/feeds/atom.xml", "atom"),
        ("/feeds/latest.xml", "rss"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_guessed_address_leads_to_the_first_feed_for_good(
    ask: Ask, path: str, form: str, method: str
) -> None:
    answer = ask(path, method)
    assert answer.status == 308
    assert answer.headers["Location"] == f"/feeds/latest.{form}"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [RSS, "/feeds/", "/feeds/latest", "/feeds/healthz", "/rss", "/"])
def test_nothing_can_be_written(ask: Ask, path: str, method: str) -> None:
    answer = ask(path, method)
    assert answer.status == 405
    assert {"GET", "HEAD"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


def test_feeds_can_be_read_by_scripts_of_other_sites(ask: Ask) -> None:
    assert ask(RSS).headers["Access-Control-Allow-Origin"] == "*"
    assert ask(RSS).headers["Access-Control-Expose-Headers"] == "ETag, Link"
    asked = {"Origin": "https://b.test", "Access-Control-Request-Method": "GET"}
    allowed = ask(RSS, "OPTIONS", asked)
    assert allowed.status in {200, 204}
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in allowed.headers["Access-Control-Allow-Headers"]
