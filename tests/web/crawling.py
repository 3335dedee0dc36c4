"""Everything that the app answers, and whether something stands in it.

The crawler asks for whatever the app has a route for, for what it links to, and for what
somebody could guess, in all the ways in which clients ask, and unpacks what it gets.
"""

from __future__ import annotations

import gzip
import html
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from flask import Flask
from werkzeug.datastructures import Headers

from feeds.ledger.connect import open_to_read
from feeds.text.words import words
from tests.newsrooms import NOW, SITE, TestNewsroom
from tests.web.asking import NAVIGATION, website

_NAVIGATION = {**NAVIGATION, "Sec-Fetch-Site": "cross-site", "Accept": "text/html"}
ALWAYS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("GET", {"Accept-Encoding": "gzip, br;q=0.5"}),
    ("GET", _NAVIGATION),
    ("HEAD", {}),
    ("OPTIONS", {}),
)
"""The methods and headers with which each address is asked for."""
WHERE_SOMETHING_IS: tuple[tuple[str, Mapping[str, str]], ...] = (
    *(("GET", {"Accept-Encoding": coding}) for coding in ("identity", "gzip", "br", "zstd")),
    ("GET", {"Accept": "application/json", "Origin": "https://elsewhere.test"}),
    ("GET", {"If-None-Match": '"no-such-tag"'}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}),
    ("GET", {"Range": "bytes=0-"}),
    ("HEAD", {"Accept-Encoding": "gzip"}),
    ("HEAD", _NAVIGATION),
)
"""Those with which an address is asked for in addition, if it is one. Its ETag is sent, too."""

FORMATS = ("", ".rss", ".atom", ".json", ".xml", ".html", ".txt", ".opml")
GUESSES = (
    *("/", "/feeds", "/feeds/", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/feed", "/rss"),
    *("/feeds/feeds.opml", "/feeds/news-sitemap.xml", "/feeds/healthz", "/feeds/status"),
    *("/feeds/stories", "/feeds/stories/", "/feeds/drafts", "/feeds/held", "/feeds/decisions.toml"),
    *("/feeds/site.toml", "/feeds/pages.csv", "/feeds/static/", "/feeds/static/../pages.py"),
    *("/feeds/feeds.db", "/instance/feeds.db", "/source/site.toml", "/feeds/search?q=a"),
    *("/feeds/latest.rss?raw", "/feeds/latest.json?raw=1&page=2", "/feeds/latest?limit=1000"),
)
_LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|(https?://[^\s"'<>\\]+)""")
_MOST = 2000
_NOT_MODIFIED = 304
_NOTHING_THERE = {404, 308}
"""What says no more to one client than to another: not found, moved for ever."""


class Response(NamedTuple):
    """What was asked, and answered; ``body`` is decompressed, ``headers`` are the answer's."""

    url: str
    method: str
    asked: Mapping[str, str]
    status: int
    headers: Headers
    body: bytes


def glance(newsroom: TestNewsroom) -> list[Response]:
    """What whoever follows the feed of ``newsroom`` is answered, a document or page at a time."""
    client = _app(newsroom).test_client()
    hashes = _column(newsroom, "SELECT hash FROM entries")
    paths = [f"/feeds/latest{form}" for form in ("", ".rss", ".atom", ".json")]
    found = []
    for url in ("/feeds/", *paths, *(f"/feeds/stories/{value}" for value in hashes)):
        with client.get(url) as answer:
            found.append(Response(url, "GET", {}, answer.status_code, answer.headers, answer.data))
    return found


def _app(newsroom: TestNewsroom) -> Flask:
    app = website(newsroom, NOW + timedelta(days=1))
    app.testing = False  # an exception has to become an answer here, as it does elsewhere
    return app


def crawl(newsroom: TestNewsroom, tokens: Sequence[str] = ()) -> list[Response]:
    """Every answer of the app that serves ``newsroom``, to who has the ``tokens`` of keys."""
    app = _app(newsroom)
    client = app.test_client()
    found: list[Response] = []
    seen: set[str] = set()
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    queue = list(dict.fromkeys([*_addresses(newsroom, rules, tokens), *_pages(newsroom)]))

    def ask(url: str, method: str, asked: Mapping[str, str]) -> Response:
        with client.open(url, method=method, headers=dict(asked)) as answer:
            body = _unpacked(answer.data, answer.headers.get("Content-Encoding", ""))
            response = Response(url, method, asked, answer.status_code, answer.headers, body)
        found.append(response)
        queue.extend(link for link in _links(url, response) if link not in seen)
        return response

    while queue:
        url = queue.pop(0)
        if url in seen:
            continue
        seen.add(url)
        assert len(seen) < _MOST, "the app goes on and on"
        first = [ask(url, method, asked) for method, asked in ALWAYS]
        # a route has OPTIONS, whether or not there is something
        if {each.status for each in first if each.method != "OPTIONS"} <= _NOTHING_THERE:
            continue
        tags = set()
        for method, asked in WHERE_SOMETHING_IS:
            if tag := ask(url, method, asked).headers.get("ETag"):
                tags.add(tag)
        for tag in sorted(tags):
            assert ask(url, "GET", {"If-None-Match": tag}).status == _NOT_MODIFIED, url
    return found


def _addresses(
    newsroom: TestNewsroom, rules: Sequence[str], tokens: Sequence[str]
) -> Iterator[str]:
    """Every address that a route can have, with the names that the ledger knows."""
    names = ["latest", *re.findall(r'^name = "(.+)"', _site(newsroom), re.MULTILINE)]
    hashes = _column(newsroom, "SELECT hash FROM entries")
    values: dict[str, Sequence[str]] = {
        "name": names,
        "form": ("rss", "atom", "json"),
        "format": ("rss", "atom", "json"),
        "entry_hash": hashes,
        "filename": ("style.css", "nope.css"),
        "path": ("style.css", "nope.css"),
        "number": ("0", "1", "2"),
        "key": (*tokens, "A" * 43, "-"),
    }
    yield from GUESSES
    for rule in rules:
        parts = re.split(r"<[^<>]+>", rule)
        wanted = [name.split(":")[-1] for name in re.findall(r"<([^<>]+)>", rule)]
        unknown = [name for name in wanted if name not in values]
        assert not unknown, f"the crawler has no values for {unknown} in {rule}"
        for chosen in itertools.product(*(values[name] for name in wanted)):
            yield "".join(
                part + quote(value)
                for part, value in itertools.zip_longest(parts, chosen, fillvalue="")
            )
    for name, form in itertools.product(names, FORMATS):
        yield f"/feeds/{quote(name)}{form}"
    for value in [*hashes, *_column(newsroom, "SELECT id FROM entries")]:
        yield f"/feeds/stories/{quote(value, safe='')}"
        yield f"/feeds/stories/{quote(value, safe='')}.json"


def _pages(newsroom: TestNewsroom) -> Iterator[str]:
    """Addresses that somebody might think pages have."""
    for file in newsroom.root.rglob("*"):
        name = quote(file.relative_to(newsroom.root).as_posix())
        yield f"/feeds/{name}"
        yield f"/feeds/stories/{name}"
        yield f"/feeds/static/{name}"
        yield f"/feeds/static/..%2f..%2f{name}"


def _site(newsroom: TestNewsroom) -> str:
    file: Path = newsroom.root / "site.toml"
    return file.read_text(encoding="utf-8") if file.exists() else SITE


def _column(newsroom: TestNewsroom, query: str) -> list[str]:
    if open_to_read(newsroom.database) is None:
        return []
    return [value for (value,) in newsroom.rows(query)]


def _links(url: str, response: Response) -> Iterator[str]:
    """The addresses of this app in an answer; any host's, since the app does not know its own."""
    text = response.body.decode("utf-8", "replace")
    for pair in [*_LINK.findall(text), (response.headers.get("Location", ""), "")]:
        parts = urlsplit(urljoin(url, html.unescape(pair[0] or pair[1])))
        if parts.path.startswith("/feeds"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _unpacked(data: bytes, coding: str) -> bytes:
    match coding:
        case "" | "identity":
            return data
        case "gzip":
            return gzip.decompress(data) if data else data
        case "deflate":
            return zlib.decompress(data) if data else data
        case _:
            return _decoded(data, coding) if data else data


def _decoded(data: bytes, coding: str) -> bytes:
    """``data`` without a coding that Python can't undo by itself; fails loudly if nothing can."""
    import importlib

    module = importlib.import_module({"br": "brotli", "zstd": "zstandard"}[coding])
    if coding == "br":
        plain: bytes = module.decompress(data)
    else:
        plain = module.ZstdDecompressor().decompressobj().decompress(data)
    return plain


def assert_nowhere(responses: Iterable[Response], sentences: Iterable[str]) -> None:
    """None of ``sentences`` stands in any header or body, however it may be written there."""
    wanted = {sentence: words(sentence) for sentence in sentences}
    assert all(wanted.values())
    leaks = []
    for response in responses:
        told = "\n".join(f"{name}: {value}" for name, value in response.headers)
        for where, text in (("headers", told), ("body", response.body.decode("utf-8", "replace"))):
            read = _readings(text)
            leaks += [
                f"{response.method} {response.url} {dict(response.asked)}: {where}: {sentence}"
                for sentence, folded in wanted.items()
                if folded in read
            ]
    assert not leaks, "\n".join(leaks)


def contains(responses: Iterable[Response], sentence: str) -> bool:
    """Whether ``sentence`` stands anywhere."""
    try:
        assert_nowhere(responses, [sentence])
    except AssertionError:
        return True
    return False


@lru_cache(maxsize=4096)  # the same text comes again and again
def _readings(text: str) -> str:
    """The words of ``text`` as it is and with each way of writing undone, and undone twice."""
    steps = (html.unescape, _from_json, unquote, _without_tags)
    once = {text, *(step(text) for step in steps)}
    twice = once | {step(one) for one in once for step in steps}
    return "\n".join({words(one) for one in twice})


def _from_json(text: str) -> str:
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(
        r"\\(.)", lambda found: {"n": " ", "t": " ", "r": " "}.get(found[1], found[1]), plain
    )


def _without_tags(text: str) -> str:
    """``text`` without markup within words: ``<b>bo</b>ld`` is ``bold``; and no CDATA's marks."""
    return re.sub(r"<!\[CDATA\[|\]\]>|</?[A-Za-z][^<>]*>", "", text)
