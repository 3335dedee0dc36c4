"""What a partner would have against the document that is served to it, by its own words.

Rules
- What partners ask is written down here once more, by what they say themselves, and not by the
  table (``newsroom/profiles.py``) by which feeds are made: a slip in that is found here.
- It reads the document, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "snf": "http://www.smartnews.be/snf",
    "webfeeds": "http://webfeeds.org/rss/1.0",
}
_TRACKING = re.compile(r"[?&](?:utm_|fbclid|gclid)")
_TAGS = re.compile(r"<([a-z][a-z0-9]*)")
_DZEN = set("p a b i u s h1 h2 h3 h4 blockquote ul ol li figure img figcaption video".split())

Said = Iterator[str]


def faults(profile: str, body: bytes, now: datetime) -> Said:
    """What the partner called ``profile`` would have against the RSS document ``body``."""
    channel = etree.fromstring(body)[0]
    yield from _of_channel(channel, *_CHANNELS[profile])
    yield from _WHOLES[profile](channel, body)
    for item in channel.iterfind("item"):
        title = item.findtext("title", "")
        judged = _removed if _is_removal(item) else _ITEMS[profile]
        for what in judged(item, now):
            yield f"'{title}': {what}"


def _of_channel(channel: etree._Element, *names: str) -> Said:
    for name in names:
        if not channel.findtext(name):
            yield f"the channel has no {name}"


def _lacking(item: etree._Element, *names: str) -> Said:
    for name in names:
        if not item.findtext(name, None, _SPACES):
            yield f"no {name}"


def _moment(item: etree._Element) -> datetime | None:
    text = item.findtext("pubDate")
    return parsedate_to_datetime(text).astimezone(UTC) if text else None


def _is_removal(item: etree._Element) -> bool:
    return any(item.find(name, _SPACES) is not None for name in ("media:status", "dcterms:valid"))


def _removed(item: etree._Element, now: datetime) -> Said:
    """By MSN: no longer valid, and changed since; by SmartNews: deleted, with another date."""
    yield from _lacking(item, "guid", "link", "pubDate")
    valid = item.findtext("dcterms:valid", None, _SPACES)
    if valid is None:
        if item.find("media:status[@state='deleted']", _SPACES) is None:
            yield "its media:status is not deleted"
    elif datetime.fromisoformat(valid) > now:
        yield "it is valid still"
    elif not item.findtext("dcterms:modified", None, _SPACES):
        yield "no dcterms:modified"


def _msn(channel: etree._Element, body: bytes) -> Said:
    if len(body) >= 10_000_000:
        yield f"{len(body):,} bytes, less than 10 MB are taken"
    if sum(not _is_removal(item) for item in channel.iterfind("item")) >= 30:
        yield "30 items or more"
    others = channel.findall("item/dc:language", _SPACES)
    if len({_primary(one.text) for one in [*channel.findall("language"), *others]}) > 1:
        yield "more than one language"


def _primary(tag: str | None) -> str:
    return (tag or "").lower().partition("-")[0]


def _msn_item(item: etree._Element, now: datetime) -> Said:
    yield from _lacking(item, "guid", "link", "pubDate", "content:encoded")
    title = item.findtext("title", "")
    if not 20 < len(title) <= 150:
        yield f"title of {len(title)} characters, more than 20 and at most 150 are taken"
    if urlsplit(item.findtext("link", "")).scheme != "https":
        yield "its link is not https"
    if (moment := _moment(item)) and not now - timedelta(days=365) < moment <= now:
        yield f"its pubDate is not within the last 365 days: {moment:%Y-%m-%d}"


def _smartnews(channel: etree._Element, body: bytes) -> Said:
    if len(body) > 1_000_000:
        yield f"{len(body):,} bytes, at most 1 MB are taken"
    if len(channel.findtext("description", "")) > 30:
        yield "the channel's description is longer than 30 characters"
    if not 1 <= int(channel.findtext("ttl", "0")) <= 5:
        yield "ttl is not from 1 to 5 minutes"
    if channel.find("snf:logo/url", _SPACES) is None:
        yield "no snf:logo: set 'logo' in [site]"


def _smartnews_item(item: etree._Element, now: datetime) -> Said:
    del now
    yield from _lacking(item, "guid", "link", "pubDate", "content:encoded")
    if _TRACKING.search(item.findtext("link", "")):
        yield "its link has tracking parameters"


def _picture(item: etree._Element, width: int, height: int) -> Said:
    picture = item.find("media:content[@medium='image']", _SPACES)
    found = [int(picture.get(side, "0")) for side in _SIDES] if picture is not None else [0, 0]
    if all(found) and (found[0] < width or found[1] < height):
        yield f"its picture is smaller than {width}×{height} pixels"


def _flipboard_item(item: etree._Element, now: datetime) -> Said:
    del now
    yield from _lacking(item, "guid", "link", "pubDate", "dc:creator")
    if len(item.findtext("description", "")) < 300:
        yield "its description has less than 300 characters"
    yield from _picture(item, 400, 400)


def _flipboard(channel: etree._Element, body: bytes) -> Said:
    del body
    if len(channel.findall("item")) > 30:
        yield "more than 30 items"


def _apple(channel: etree._Element, body: bytes) -> Said:
    del body
    if "-" not in channel.findtext("language", ""):
        yield "its language has no country: write 'language' in [site] as 'en-GB'"


def _apple_item(item: etree._Element, now: datetime) -> Said:
    del now
    yield from _lacking(item, "link", "description", "atom:updated")


def _nothing(channel: etree._Element, body: bytes) -> Said:
    del channel, body
    yield from ()


def _newsbreak_item(item: etree._Element, now: datetime) -> Said:
    del now
    yield from _lacking(item, "guid", "link", "content:encoded")
    if item.find("media:content[@medium='image']", _SPACES) is None:
        yield "no picture"


def _dzen(channel: etree._Element, body: bytes) -> Said:
    if len(body) > 10_000_000:
        yield f"{len(body):,} bytes, at most 10 MB are taken"
    if len(channel.findall("item")) > 500:
        yield "more than 500 items"


def _dzen_item(item: etree._Element, now: datetime) -> Said:
    yield from _lacking(item, "link", "pubDate", "content:encoded", "category")
    if not (item.find("enclosure") is not None or item.find("media:content", _SPACES) is not None):
        yield "no enclosure"
    yield from _picture(item, 480, 320)
    text = item.findtext("content:encoded", "", _SPACES)
    if others := sorted(set(_TAGS.findall(text)) - _DZEN):
        yield f"its text has elements that are not taken: {', '.join(others)}"
    if (moment := _moment(item)) and moment < now - timedelta(days=8, hours=1):
        yield "it is older than eight days"


def _feedly(channel: etree._Element, body: bytes) -> Said:
    del body
    if channel.find("webfeeds:cover", _SPACES) is None:
        yield "no webfeeds:cover: set 'logo' in [site]"
    if channel.find("webfeeds:icon", _SPACES) is None:
        yield "no webfeeds:icon: set 'icon' in [site]"


def _any_item(item: etree._Element, now: datetime) -> Said:
    del now
    yield from _lacking(item, "guid", "link")


_SIDES = ("width", "height")
_CHANNELS: Mapping[str, tuple[str, ...]] = {
    "msn": ("title", "link"),
    "smartnews": ("title", "link", "description", "pubDate", "language"),
    "flipboard": ("title", "link", "description", "language"),
    "apple": ("title", "link", "language"),
    "newsbreak": ("title", "link"),
    "dzen": ("title", "link"),
    "feedly": ("title", "link"),
}
_WHOLES: Mapping[str, Callable[[etree._Element, bytes], Said]] = {
    "msn": _msn,
    "smartnews": _smartnews,
    "flipboard": _flipboard,
    "apple": _apple,
    "newsbreak": _nothing,
    "dzen": _dzen,
    "feedly": _feedly,
}
_ITEMS: Mapping[str, Callable[[etree._Element, datetime], Said]] = {
    "msn": _msn_item,
    "smartnews": _smartnews_item,
    "flipboard": _flipboard_item,
    "apple": _apple_item,
    "newsbreak": _newsbreak_item,
    "dzen": _dzen_item,
    "feedly": _any_item,
}
