"""Every combination of validator, coding and method that matters, and what HTTP requires then.

The table is made of its columns: for each coding that can be asked for, which one is sent; for
each set of validators, whether the client has the document already. All of it is asked of the
function that every answer comes from, some of it of every server, which may change what it hears.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from itertools import product
from typing import NamedTuple

import brotli
import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ

from feeds.model import Stored
from feeds.web import create_app
from feeds.web.conditional import answer, of_stored
from tests.newsrooms import TestNewsroom
from tests.web.asking import Answer, Ask, website

FORMATS = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
PUBLISHED = "Wed, 14 Jan 2026 09:30:00 GMT"
LATER = "Thu, 15 Jan 2026 00:00:00 GMT"
EARLIER = "Tue, 13 Jan 2026 00:00:00 GMT"

CODINGS = {
    # what is asked for: what is sent
    None: "",
    "": "",
    "gzip": "gzip",
    "GZIP": "gzip",
    "x-gzip": "gzip",
    "br": "br",
    "deflate": "",
    "zstd, compress": "",
    "identity": "",
    "*": "br",
    "gzip, deflate": "gzip",
    "gzip, deflate, br, zstd": "br",
    "br;q=0.5, gzip": "gzip",
    "br;q=0, *": "gzip",
    "gzip;q=0": "",
    "gzip;q=0, br;q=0": "",
    "gzip;q=0.2, identity": "",
    "gzip;q=0.8, identity;q=0.2": "gzip",
    "gzip; q=1.0": "gzip",
    "gzip;q=1, *;q=0": "gzip",
    "gzip;q=nonsense, br": "br",
    "identity;q=0": "",
    "identity;q=0, gzip;q=0, br;q=0": "",
    "*;q=0": "",
    "*;q=0, gzip": "gzip",
    ",,;;==": "",
    "gzip," * 300: "",
}
"""Who refuses everything gets it uncompressed: nobody ever gets 406."""


Documents = Mapping[str, Stored]


class Sent(NamedTuple):
    """Validators; in their values ``{tag}`` is the bare tag of the document's bytes."""

    headers: dict[str, str]
    status: int


KNOWN = [
    '"{tag}"',
    '"{tag}-gzip"',
    '"{tag}-br"',
    'W/"{tag}"',
    'W/"{tag}-gzip"',
    '"{tag};gzip"',
    '"{tag}-gzip-gzip"',
    '"a", "{tag}"',
    'W/"a" , W/"{tag}-br","b"',
    "*",
    "{tag}",
]
UNKNOWN = ['"{tag}x"', '"x-gzip"', '"-gzip"', '""', '"', "", "W/", ",,,", '"a", "b"', "\xff"]

VALIDATORS = [
    Sent({}, 200),
    *(Sent({"If-None-Match": tag}, 304) for tag in KNOWN),
    *(Sent({"If-None-Match": tag}, 200) for tag in UNKNOWN),
    *(Sent({"If-Modified-Since": date}, 304) for date in (PUBLISHED, LATER)),
    Sent({"If-Modified-Since": "Wednesday, 14-Jan-26 09:30:00 GMT"}, 304),
    Sent({"If-Modified-Since": "Wed Jan 14 09:30:00 2026"}, 304),
    *(
        Sent({"If-Modified-Since": date}, 200)
        for date in (EARLIER, "", "0", "yesterday", "Wed, 32 Foo 2026 99:99:99 GMT", "1768383000")
    ),
    Sent({"If-Modified-Since": "Wed, 14 Jan 99999999999999999999 09:30:00 GMT"}, 200),
    Sent({"If-Modified-Since": "Fri, 31 Dec 9999 23:59:59 -1200"}, 200),
    Sent({"If-None-Match": '"{tag}"', "If-Modified-Since": EARLIER}, 304),
    Sent({"If-None-Match": '"other"', "If-Modified-Since": LATER}, 200),
    Sent({"If-None-Match": "", "If-Modified-Since": LATER}, 200),
    Sent({"If-Match": "*"}, 200),
    Sent({"If-Match": '"{tag}"'}, 200),
    Sent({"If-Match": '"a", "{tag}-gzip"'}, 200),
    Sent({"If-Match": '"other"'}, 412),
    Sent({"If-Match": 'W/"{tag}"'}, 412),  # compared strongly
    Sent({"If-Match": '"{tag}"', "If-None-Match": '"{tag}"'}, 304),
    Sent({"If-Match": '"other"', "If-None-Match": '"{tag}"'}, 412),
    Sent({"If-Match": '"{tag}"', "If-Unmodified-Since": EARLIER}, 200),
    Sent({"If-Unmodified-Since": PUBLISHED}, 200),
    Sent({"If-Unmodified-Since": LATER, "If-None-Match": '"{tag}"'}, 304),
    Sent({"If-Unmodified-Since": EARLIER}, 412),
    Sent({"If-Unmodified-Since": "yesterday"}, 200),
    Sent({"Range": "bytes=0-3"}, 200),
    Sent({"Range": "bytes=0-3", "If-Range": '"{tag}"'}, 200),
    Sent({"Range": "bytes=999999999-", "If-None-Match": '"{tag}"'}, 304),
]


def decoded(answer: Answer) -> bytes:
    match answer.headers.get("Content-Encoding"):
        case "gzip":
            return gzip.decompress(answer.body)
        case "br":
            return bytes(brotli.decompress(answer.body))
        case other:
            assert other is None
            return answer.body


def check(
    ask: Ask, documents: Documents, form: str, method: str, accepted: str | None, sent: Sent
) -> None:
    """Asks once, and compares everything about the answer."""
    document = documents[form].document
    headers = {name: value.format(tag=document.etag) for name, value in sent.headers.items()}
    if accepted is not None:
        headers["Accept-Encoding"] = accepted
    answered = ask(f"/feeds/latest.{form}", method, headers)
    coding = CODINGS[accepted]
    tag = f'"{document.etag}-{coding}"' if coding else f'"{document.etag}"'
    told = f"{method} {form} {headers}"
    assert answered.status == sent.status, told
    assert answered.headers["ETag"] == tag, told
    assert answered.headers["Vary"] == "Accept-Encoding", told
    kept = "no-store" if sent.status == 412 else "public, max-age="
    assert answered.headers["Cache-Control"].startswith(kept), told
    assert answered.headers["Access-Control-Allow-Origin"] == "*", told
    assert len({name.lower() for name, _ in answered.headers}) == len(answered.headers), told
    assert not {"Set-Cookie", "Content-Range", "Accept-Ranges"} & {
        name for name, _ in answered.headers
    }, told
    if sent.status != 200:
        assert answered.body == b"", told
        assert "Content-Encoding" not in answered.headers, told
        assert answered.headers.get("Content-Length", "0") == "0", told
        return
    assert answered.headers["Content-Type"] == FORMATS[form], told
    assert answered.headers["Last-Modified"] == PUBLISHED, told
    assert answered.headers.get("Content-Encoding", "") == coding, told
    assert answered.headers["X-Content-Type-Options"] == "nosniff", told
    if method == "HEAD":
        assert answered.body == b"", told
        assert int(answered.headers["Content-Length"]) > 0, told
    else:
        assert len(answered.body) == int(answered.headers["Content-Length"]), told
        assert decoded(answered) == document.body, told


@pytest.fixture(scope="module")
def documents(published: TestNewsroom) -> Documents:
    """What is published, by format."""
    return {form: published.document(form=form) for form in FORMATS}


@pytest.fixture(scope="module")
def table(documents: Documents) -> Ask:
    """Asks ``answer`` itself."""
    made = {
        f"/feeds/latest.{form}": of_stored(stored, "public, max-age=300", ())
        for form, stored in documents.items()
    }

    def ask(path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        sent = {
            f"HTTP_{name.upper().replace('-', '_')}": text for name, text in (headers or {}).items()
        }
        given = answer(made[path], {"REQUEST_METHOD": method, **sent})
        return Answer(int(given.status[:3]), Headers(given.headers), b"".join(given.body))

    return ask


@pytest.mark.parametrize("sent", VALIDATORS, ids=str)
def test_every_validator_with_every_method_and_coding(
    table: Ask, documents: Documents, sent: Sent
) -> None:
    for method, accepted in product(("GET", "HEAD"), CODINGS):
        check(table, documents, "rss", method, accepted, sent)


@pytest.mark.parametrize("accepted", CODINGS)
def test_every_coding_with_every_format_and_method(
    table: Ask, documents: Documents, accepted: str | None
) -> None:
    for form, method in product(FORMATS, ("GET", "HEAD")):
        for sent in (VALIDATORS[0], Sent({"If-None-Match": '"{tag}-gzip"'}, 304)):
            check(table, documents, form, method, accepted, sent)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("form", "accepted", "sent"),
    [
        ("rss", None, Sent({}, 200)),
        ("atom", "gzip, deflate, br, zstd", Sent({}, 200)),
        ("json", "gzip;q=1, *;q=0", Sent({"Range": "bytes=0-3", "If-None-Match": '"b"'}, 200)),
        ("rss", "gzip", Sent({"If-None-Match": 'W/"a" , W/"{tag}-br","b"'}, 304)),
        ("atom", "br", Sent({"If-Modified-Since": PUBLISHED, "If-None-Match": "\xff"}, 200)),
        ("json", None, Sent({"If-Modified-Since": LATER}, 304)),
        ("rss", "br", Sent({"If-Match": '"other"', "If-None-Match": '"{tag}"'}, 412)),
    ],
)
def test_every_server_hears_and_says_what_was_sent(
    ask: Ask, documents: Documents, method: str, form: str, accepted: str | None, sent: Sent
) -> None:
    check(ask, documents, form, method, accepted, sent)


def test_the_tag_of_another_document_is_not_this_ones(ask: Ask, documents: Documents) -> None:
    other = documents["atom"].document.etag
    check(ask, documents, "rss", "GET", None, Sent({"If-None-Match": f'"{other}"'}, 200))


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/feeds/latest.rss?" + "a" * 5000, {}, 414),
        ("/feeds/" + "a" * 5000, {}, 414),
        ("/feeds/latest", {f"X-{number}": "a" * 7000 for number in range(4)}, 431),
        ("/feeds/latest.rss", {"If-None-Match": '"a",' * 1500 + '"b"'}, 431),
        ("/feeds/latest.rss", {"If-None-Match": "," * 200_000}, 431),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_requests_without_end_are_refused(
    ask: Ask, path: str, headers: dict[str, str], status: int, method: str
) -> None:
    answer = ask(path, method, headers)
    # a server may refuse what is longer than its own bounds before the app sees it
    assert answer.status == status or answer.status in {400, 414, 431}


BOUNDED = (
    "If-None-Match If-Modified-Since If-Match If-Unmodified-Since Accept-Encoding Accept-Language "
    "Range Cookie"
).split()


@pytest.mark.parametrize("path", ["/feeds/latest.rss", "/feeds/latest", "/feeds/static/style.css"])
@pytest.mark.parametrize("name", BOUNDED)
def test_no_header_is_taken_apart_that_is_longer_than_any_reader_sends(
    ask: Ask, path: str, name: str
) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        assert ask(path, method, {name: "," * 5000}).status == 431
    assert ask(path, headers={name: "," * 3000}).status != 431


@pytest.mark.parametrize("count", [20, 90])
def test_a_tag_is_known_among_all_that_a_proxy_sends(
    ask: Ask, documents: Documents, count: int
) -> None:
    others = [f'W/"{number:026}-gzip"' for number in range(count)]
    for tags in ([*others, '"{tag}"'], ['"{tag}"', *others]):
        check(ask, documents, "rss", "GET", None, Sent({"If-None-Match": ", ".join(tags)}, 304))
    check(ask, documents, "rss", "GET", None, Sent({"If-None-Match": ", ".join(others)}, 200))


def test_a_server_that_changes_the_headers_that_it_is_given_changes_no_later_answer(
    published: TestNewsroom,
) -> None:
    app = website(published)
    given: list[list[tuple[str, str]]] = []

    def start(_status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], None]:
        given.append(list(headers))
        headers.append(("Set-Cookie", "of=somebody"))  # as PEP 3333 allows
        return lambda _: None

    for _ in range(2):
        app.wsgi_app(create_environ("/feeds/latest.rss"), start)
    assert given[0] == given[1]


def test_a_request_with_a_large_body_is_refused(published: TestNewsroom) -> None:
    app = create_app(str(published.root), published.url)
    large = {"CONTENT_LENGTH": str(10**9)}
    assert app.test_client().get("/feeds/latest", environ_overrides=large).status_code == 413
