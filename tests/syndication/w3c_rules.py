"""What the W3C's feed validator says against an RSS document, as far as this program may meet it.

By its documentation and source (w3c/feedvalidator): which elements it knows, which may stand once,
what their attributes and values may be. Errors and warnings are told alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

from lxml import etree

Wrong = Iterator[str]
Node = etree._Element
_MIME = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+(?:\s*;.*)?")
_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+\-.]*:(?://)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#\[\]]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_W3CDTF = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?"
)
_MOMENT = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})")
_SOME = re.compile(r".+", re.DOTALL)
_POSITIVE = re.compile(r"[1-9]\d*")
_PLAIN_OR_HTML = re.compile(r"plain|html")
_MARKUP = re.compile(r"<[a-z/][^>]*>|&(?:[a-z]+|#\d+);")
_UNSAFE = re.compile(
    r"<(?:script|style|iframe|object|embed|meta|form)\b|<[^>]*\son\w+\s*=|javascript:",
    re.IGNORECASE,
)
_WANTED: Mapping[str, re.Pattern[str]] = {
    "pubDate": _MOMENT,
    "lastBuildDate": _MOMENT,
    "dcterms:modified": _W3CDTF,
    "language": _LANGUAGE,
    "dc:language": _LANGUAGE,
    "link": _URI,
    "title": _SOME,
    "category": _SOME,
    "ttl": _POSITIVE,
    "sy:updateFrequency": _POSITIVE,
    "sy:updatePeriod": re.compile("hourly|daily|weekly|monthly|yearly"),
    "media:rating": re.compile("adult|nonadult"),
}
_UNWANTED: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("title", "media:title", "media:text", "media:copyright"), _MARKUP),
    **dict.fromkeys(("description", "content:encoded"), _UNSAFE),
    "copyright": _MARKUP,
}
_NUMBERS = dict.fromkeys(("width", "height", "fileSize"), _POSITIVE)
_VALUES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "media:content": {
        **_NUMBERS,
        "url": _URI,
        "type": _MIME,
        "medium": re.compile("image|audio|video|document|executable"),
        "duration": re.compile(r"\d+\.?\d*"),
    },
    "media:thumbnail": {**_NUMBERS, "url": _URI},
    "media:copyright": {"url": _URI},
    "media:text": {"type": _PLAIN_OR_HTML},
    "media:title": {"type": _PLAIN_OR_HTML},
    "atom:link": {"href": _URI, "type": _MIME, "rel": re.compile("[a-z-]+")},
    "enclosure": {"url": re.compile("https?://.+"), "length": re.compile(r"\d+"), "type": _MIME},
}
_NEEDED: Mapping[str, set[str]] = {
    "media:thumbnail": {"url"},
    "atom:link": {"href"},
    "enclosure": {"url", "length", "type"},
}
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/history/1.0": "fh",
}
_CHANNEL = set(
    "title link description language copyright pubDate lastBuildDate docs generator ttl image item"
    " category atom:link sy:updatePeriod sy:updateFrequency sy:updateBase fh:archive"
    " docs cloud".split()
)
_ITEM = set(
    "title link description guid pubDate category enclosure comments source content:encoded"
    " dc:creator dc:language dcterms:modified dcterms:created dcterms:issued dcterms:valid"
    " media:content media:thumbnail media:title media:text media:credit media:copyright"
    " media:rating media:keywords media:category atom:link atom:updated".split()
)
_MEDIA = set(
    "media:title media:text media:credit media:copyright media:thumbnail media:rating"
    " media:keywords media:category".split()
)
_MANY = {"item", "category", "atom:link", "dc:creator", "media:content", "media:credit"} | {
    *("media:text", "media:thumbnail", "media:category", "media:keywords", "media:rating")
}
_ATTRIBUTES: Mapping[str, set[str]] = {
    "media:content": set(
        "bitrate channels duration expression fileSize framerate height isDefault lang medium"
        " samplingrate type url width".split()
    ),
    "media:thumbnail": {"height", "time", "url", "width"},
    "media:credit": {"role", "scheme"},
    "media:text": {"end", "lang", "start", "type"},
    "media:title": {"type"},
    "media:copyright": {"url"},
    "media:rating": {"scheme"},
    "atom:link": {"href", "rel", "type", "hreflang", "title", "length"},
    "guid": {"isPermaLink"},
    "enclosure": {"url", "length", "type"},
    "category": {"domain"},
}


def wrong_with(body: bytes) -> Wrong:
    """All that the validator would have against the RSS document ``body``."""
    root = etree.fromstring(body)
    channel = root[0]
    if root.get("version") != "2.0":
        yield "version"
    yield from _children(channel, _CHANNEL)
    yield from _has(channel, "title", "link", "description", "language")
    names = [_name(node) for node in channel]
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "something of the channel stands behind its items"
    links = [node for node in channel if _name(node) == "atom:link"]
    if [node.get("rel") for node in links].count("self") != 1:
        yield "no atom:link to itself, or more than one"
    guids = Counter(item.findtext("guid") for item in channel.iterfind("item"))
    yield from (f"guid {guid} {count} times" for guid, count in guids.items() if count > 1)
    for item in channel.iterfind("item"):
        yield from _of_item(item)
    for node in root.iter(etree.Element):
        yield from _of_element(node)


def _of_item(item: Node) -> Wrong:
    yield from _children(item, _ITEM)
    yield from _has(item, "title", "guid")
    names = [_name(node) for node in item]
    if "content:encoded" in names and "description" not in names[: names.index("content:encoded")]:
        yield f"content:encoded without a description before it: {item.findtext('title')}"
    if "author" in names and "dc:creator" in names:
        yield "an author and a dc:creator"
    for node in item:
        if _name(node) == "media:content":
            yield from _children(node, _MEDIA)


def _of_element(node: Node) -> Wrong:
    name, text = _name(node), (node.text or "").strip()
    known = _ATTRIBUTES.get(name)
    if known is not None and (others := {*map(str, node.attrib)} - known):
        yield f"{name} has {sorted(others)}"
    yield from _of_values(name, text)
    yield from _of_attributes(name, node)


def _of_values(name: str, text: str) -> Wrong:
    wanted = _WANTED.get(name)
    if wanted is not None and not wanted.fullmatch(text):
        yield f"{name} '{text}'"
    elif wanted is _MOMENT and parsedate_to_datetime(text).strftime("%a") != text[:3]:
        yield f"{name} has the wrong day: {text}"
    unwanted = _UNWANTED.get(name)
    if unwanted is not None and unwanted.search(text):
        yield f"{name} holds what it is not to: {text[:80]}"


def _of_attributes(name: str, node: Node) -> Wrong:
    for attribute, wanted in _VALUES.get(name, {}).items():
        said = node.get(attribute)
        if said is None and attribute not in _NEEDED.get(name, ()):
            continue
        if said is None or not wanted.fullmatch(said):
            yield f"{name} {attribute} '{said}'"
    if name == "guid":
        yield from _of_guid(node.text or "", is_link=node.get("isPermaLink", "true") == "true")


def _of_guid(text: str, *, is_link: bool) -> Wrong:
    if is_link and not text.startswith(("http://", "https://")):
        yield f"guid {text} is no link"
    if not is_link and text.isdigit() and len(text) < 9:
        yield f"guid {text} is not unique enough"


def _name(node: Node) -> str:
    tag = str(node.tag)
    if not tag.startswith("{"):
        return tag
    space, _, name = tag[1:].partition("}")
    return f"{_PREFIXES.get(space, space)}:{name}"


def _children(node: Node, known: set[str]) -> Wrong:
    counts = Counter(_name(child) for child in node)
    for name, count in counts.items():
        if name not in known:
            yield f"{_name(node)} has {name}, which is not known there"
        if count > 1 and name not in _MANY:
            yield f"{_name(node)} has {name} {count} times"


def _has(node: Node, *names: str) -> Wrong:
    there = {_name(child) for child in node}
    yield from (f"{_name(node)} has no {name}" for name in names if name not in there)
