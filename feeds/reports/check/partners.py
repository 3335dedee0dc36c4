"""A feed as the partner it is made for would judge it: ``feeds check --profile``.

Rules
- What partners ask is written down here once more, by what they say themselves, and not by the
  table (``newsroom/profiles.py``) by which feeds are made: a slip in that is found here.
- It reads the document that is served, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

import msgspec
from lxml import etree

from feeds.ledger import documents, members, paid, revisions, shown
from feeds.model import Entry
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.newsroom.site import Feed, ProfileName
from feeds.newsroom.site_file import for_partner
from feeds.reports.lookup import open_ledger
from feeds.reports.problems import Found
from feeds.syndication import filters
from feeds.syndication.paid import within

if TYPE_CHECKING:
    from sqlalchemy import Connection

PARTNERS = get_args(ProfileName)
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
_MOST_LEFT_OUT = 100
_MOST_TOLD = 5
"""So many are named where nobody asked for that partner."""

Said = Iterator[str]


class Judged(msgspec.Struct, frozen=True):
    """A feed as a partner sees it: how much there is, what is wrong, what it hasn't got and why."""

    feed: str
    profile: str
    items: int
    size: int
    wrong: list[str]
    left_out: list[str]


def judge(newsroom: Newsroom, profile: str, now: datetime) -> list[Judged]:
    """The feeds that are made for ``profile``; without any, the first one as if it were.

    Raises FeedsError while nothing is published.
    """
    with open_ledger(newsroom).read() as connection:
        newest = revisions.latest(connection)
        feeds = newest[0].site.feeds if newest else ()
        made = [feed for feed in feeds if feed.profile == profile]
        language = newest[0].site.language if newest else ""
        return [_judged(connection, feed, profile, language, now) for feed in made or feeds[:1]]


def _judged(
    connection: Connection, feed: Feed, profile: str, language: str, now: datetime
) -> Judged:
    stored = documents.find(connection, feed.name, "rss")
    body = stored.document.body if stored else b"<rss><channel/></rss>"
    as_if = for_partner(msgspec.structs.replace(feed, profile=profile), language)
    there = {entry.id for entry in members.of_feed(connection, feed.name)}
    known = there if feed.profile == profile else set()
    newest = list(islice(shown.newest(connection), _MOST_LEFT_OUT))
    left_out = list(_left_out(as_if, _whole(connection, as_if, newest), known, now))
    wrong = list(faults(profile, body, now))
    return Judged(feed.name, profile, body.count(b"<item>"), len(body), wrong, left_out)


def kept_from(connection: Connection, now: datetime) -> Iterator[list[Found]]:
    """By partner's feed which of the newest stories its rules, or its filters, keep out of it."""
    published = revisions.latest(connection)
    feeds = [feed for feed in published[0].site.feeds if feed.profile] if published else []
    newest = list(islice(shown.newest(connection), _MOST_LEFT_OUT)) if feeds else []
    for feed in feeds:
        there = {entry.id for entry in members.of_feed(connection, feed.name)}
        whole = _whole(connection, feed, newest)
        if out := list(_left_out(feed, whole, there, now)):
            what = f"{len(out)} of the {len(newest)} newest stories are not in it"
            remedy = f"'feeds check --profile {feed.profile}' names them all"
            told = [what, *(f"not in it: {why}" for why in out[:_MOST_TOLD])]
            problems = [Problem("not-for-partner", text, file=feed.name) for text in told]
            problems[0] = msgspec.structs.replace(problems[0], remedy=remedy)
            yield [("hint", one) for one in problems]


def _whole(connection: Connection, feed: Feed, entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` as ``feed`` has them, which may be with texts that have to be paid for."""
    some = list(entries)
    texts = paid.of_entries(connection, [entry.id for entry in some if entry.paid])
    return [within(feed, entry, texts.get(entry.id)) for entry in some]


def _left_out(
    feed: Feed, entries: Iterable[Entry], there: Collection[str], now: datetime
) -> Iterator[str]:
    """Those of ``entries`` that ``feed`` has not, being none of ``there``, with the reasons."""
    for entry in entries:
        why = "" if entry.id in there else filters.why_not(feed, entry)
        if entry.id not in there and feed.hours:
            is_old = entry.ordered <= now - timedelta(hours=feed.hours)
            why = why or (f"older than {feed.hours // 24} days" if is_old else "")
        if why:
            yield f"'{entry.title}': {why}"


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


def judged_text(found: list[Judged]) -> str:
    """The same for people."""
    lines = []
    for one in found:
        state = f"{len(one.wrong)} faults" if one.wrong else "as it is asked"
        size = f"{one.items} items, {one.size:,} bytes"
        lines.append(f"{one.feed}.rss for {one.profile}: {size}: {state}")
        lines += [f"  {what}" for what in one.wrong]
        lines += [f"  not in it: {what}" for what in one.left_out]
    return "\n".join(lines)


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
