"""What partners' own pages say of a feed, read back from its document; a function for each partner.

Written from these pages (November 2026), and not from the program's table, which none of this
imports: a slip in the one is found by the other. Each yields what is wrong, in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
from lxml import etree, html

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "mi": "http://schemas.ingestion.microsoft.com/common/",
    "snf": "http://www.smartnews.be/snf",
    "webfeeds": "http://webfeeds.org/rss/1.0",
}
DZEN_TAGS = set("p a b i u s h1 h2 h3 h4 blockquote ul ol li figure img figcaption video".split())
Wrong = Iterator[str]
Node = etree._Element


def channel_of(body: bytes) -> Node:
    """The channel of an RSS document, which has to be well-formed for feedparser, too."""
    assert not feedparser.parse(body).bozo
    root = etree.fromstring(body)
    assert root.tag == "rss"
    return root[0]


def items_of(body: bytes) -> list[Node]:
    """Its items, without those that are removals."""
    return [one for one in channel_of(body).iterfind("item") if not is_removal(one)]


def removals_of(body: bytes) -> list[Node]:
    """The items by which a partner is to remove a story."""
    return [one for one in channel_of(body).iterfind("item") if is_removal(one)]


def is_removal(item: Node) -> bool:
    """Whether the partner who reads ``item`` takes its story down."""
    is_deleted = item.find("media:status[@state='deleted']", SPACES) is not None
    return is_deleted or text(item, "dcterms:valid") != "" or text(item, "mi:expirationDate") != ""


def text(node: Node, name: str) -> str:
    """The text of the element called ``name`` in ``node``; empty if there is none."""
    return node.findtext(name, "", SPACES).strip()


def moment(node: Node, name: str = "pubDate") -> datetime:
    """The moment of an element of RSS, in UTC."""
    return parsedate_to_datetime(text(node, name)).astimezone(UTC)


def msn(body: bytes, now: datetime) -> Wrong:
    """Partner Hub: item metadata requirements, content expiration, feed content specifications."""
    channel = channel_of(body)
    if len(body) >= 10_000_000:
        yield "10 MB or more"
    if len(items_of(body)) >= 30:
        yield "30 items or more"
    spoken = [text(one, "dc:language") for one in items_of(body)] + [text(channel, "language")]
    if len({tag.lower().split("-")[0] for tag in spoken if tag}) > 1:
        yield "items of another language"
    for item in channel.iterfind("item"):
        yield from _has(item, "guid", "title", "link", "pubDate")
        if not text(item, "link").startswith("https://"):
            yield f"{text(item, 'link')} is not https"
        if not now - timedelta(days=365) < moment(item) <= now:
            yield f"pubDate {text(item, 'pubDate')}"
        if modified := text(item, "dcterms:modified"):
            yield from _plain_moment(modified, now)
    yield from _msn_stories(body)
    yield from _msn_removals(body, now)


def smartnews(body: bytes, now: datetime) -> Wrong:
    """SmartFormat: channel and item."""
    channel = channel_of(body)
    if len(body) > 1_000_000:
        yield "more than 1 MB"
    if not body.startswith(b"<?xml") or b"UTF-8" not in body[:60].upper():
        yield "not declared as UTF-8"
    yield from _has(channel, "title", "link", "description", "pubDate", "language", "snf:logo/url")
    if len(text(channel, "description")) > 30:
        yield "a description of more than 30 characters"
    if not 1 <= int(text(channel, "ttl") or 0) <= 5:
        yield "a ttl that is not from 1 to 5"
    for item in channel.iterfind("item"):
        yield from _has(item, "title", "link", "guid", "pubDate")
        if moment(item) > now:
            yield "a pubDate in the future"
        if re.search(r"[?&](utm_|fbclid|gclid|yclid)", text(item, "link")):
            yield f"a tracking parameter: {text(item, 'link')}"
    for item in items_of(body):
        yield from _has(item, "content:encoded")


def flipboard(body: bytes, now: datetime) -> Wrong:
    """The specification of RSS for publishers."""
    del now
    channel = channel_of(body)
    yield from _has(channel, "title", "link", "description", "language")
    if not len(items_of(body)) <= 30:
        yield "more than 30 items"
    yield from _nothing_removed(body)
    for item in items_of(body):
        yield from _has(item, "title", "link", "guid", "pubDate", "dc:creator")
        said = html.fromstring(f"<p>{text(item, 'description')}</p>")
        if len("".join(map(str, said.itertext()))) < 300:
            yield "a description of less than 300 characters"
        yield from _picture_of(item, 400, 400)


def apple(body: bytes, now: datetime) -> Wrong:
    """What an RSS channel of Apple News has to have."""
    del now
    channel = channel_of(body)
    yield from _has(channel, "title", "link", "language")
    if not re.fullmatch(r"[a-z]{2}-[A-Z]{2}", text(channel, "language")):
        yield "a language without its country"
    yield from _nothing_removed(body)
    for item in items_of(body):
        yield from _has(item, "title", "link", "description", "atom:updated")


def newsbreak(body: bytes, now: datetime) -> Wrong:
    """Why a feed may be paused: no full text, no picture."""
    del now
    yield from _nothing_removed(body)
    for item in items_of(body):
        yield from _has(item, "title", "link", "content:encoded")
        if item.find("media:content[@medium='image']", SPACES) is None:
            yield f"no picture: {text(item, 'title')}"


def dzen(body: bytes, now: datetime) -> Wrong:
    """What Dzen takes, by quotations of its help."""
    yield from _has(channel_of(body), "title", "link")
    if len(body) > 10_000_000:
        yield "more than 10 MB"
    if len(items_of(body)) > 500:
        yield "more than 500 items"
    yield from _nothing_removed(body)
    for item in items_of(body):
        yield from _has(item, "title", "link", "pubDate", "content:encoded", "category")
        if item.find("enclosure") is None:
            yield f"no enclosure: {text(item, 'title')}"
        if moment(item) < now - timedelta(days=8, hours=1):
            yield f"older than eight days: {text(item, 'title')}"
        yield from _picture_of(item, 480, 320)
        content = html.fragment_fromstring(text(item, "content:encoded"), create_parent="div")
        if others := {one.tag for one in content.iterdescendants()} - DZEN_TAGS:
            yield f"elements {sorted(others)}"


def feedly(body: bytes, now: datetime) -> Wrong:
    """What Feedly shows of a newsroom that has said how it looks."""
    del now
    channel = channel_of(body)
    cover = channel.find("webfeeds:cover", SPACES)
    if cover is None or not cover.get("image"):
        yield "no cover"
    yield from _has(channel, "title", "link", "webfeeds:icon", "webfeeds:accentColor")
    if not text(channel, "webfeeds:logo").endswith(".svg"):
        yield "no logo that is an SVG"
    yield from _nothing_removed(body)


RULES: Mapping[str, Callable[[bytes, datetime], Wrong]] = {
    "msn": msn,
    "smartnews": smartnews,
    "flipboard": flipboard,
    "apple": apple,
    "newsbreak": newsbreak,
    "dzen": dzen,
    "feedly": feedly,
}


def _msn_stories(body: bytes) -> Wrong:
    for item in items_of(body):
        yield from _has(item, "content:encoded")
        title = text(item, "title")
        if not 20 < len(title) <= 150 or "<" in title:
            yield f"title '{title}'"


def _msn_removals(body: bytes, now: datetime) -> Wrong:
    for item in removals_of(body):
        for name in ("dcterms:valid", "mi:expirationDate"):
            yield from _plain_moment(text(item, name), now)
        if not text(item, "dcterms:modified"):
            yield "a removal that is skipped, since nothing is newer"


def _has(node: Node, *names: str) -> Wrong:
    for name in names:
        if not text(node, name):
            yield f"no {name} in {node.tag} '{text(node, 'title')}'"


def _plain_moment(said: str, now: datetime) -> Wrong:
    """RFC 3339, in UTC, and past."""
    found: Any = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said)
    if not found or datetime.fromisoformat(said) > now:
        yield f"'{said}' is no moment that is past"


def _nothing_removed(body: bytes) -> Wrong:
    if removals_of(body):
        yield "a removal, which this partner shows as a story"


def _picture_of(item: Node, width: int, height: int) -> Wrong:
    picture = item.find("media:content[@medium='image']", SPACES)
    if picture is None or not (picture.get("width") and picture.get("height")):
        return
    if int(picture.get("width", "0")) < width or int(picture.get("height", "0")) < height:
        yield f"a picture of less than {width}×{height}: {text(item, 'title')}"
