"""What stands in a document, read as a subscriber's program would."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import msgspec
from lxml import etree

from feeds.model import Document

UNREADABLE = (etree.XMLSyntaxError, msgspec.DecodeError, ValueError)
"""What ``items`` raises for a document that is none."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_REMOVED = (
    "{http://search.yahoo.com/mrss/}status[@state='deleted']",
    "{http://purl.org/dc/terms/}valid",
)
"""What an item of a partner's RSS has that is to be removed (``partners.add_removal``)."""


class Item(NamedTuple):
    """One item of a document; parts that it doesn't have are empty."""

    id: str
    title: str
    link: str
    date: datetime | None


class _Paths(NamedTuple):
    """Where an XML format has what makes an item."""

    root: str
    items: str
    id: str
    title: str
    link: str
    date: str


_PATHS = {
    "rss": _Paths("rss", "channel/item", "guid", "title", "link", "pubDate"),
    "atom": _Paths(
        f"{_ATOM}feed",
        f"{_ATOM}entry",
        f"{_ATOM}id",
        f"{_ATOM}title",
        f"{_ATOM}link[@rel='alternate']",
        f"{_ATOM}published",
    ),
}


class _JsonItem(msgspec.Struct):
    id: str
    title: str = ""
    url: str = ""
    date_published: str = ""


class _JsonFeed(msgspec.Struct):
    items: list[_JsonItem]


def items(document: Document) -> list[Item]:
    """What is in ``document``; raises one of ``UNREADABLE``."""
    found = _of_json(document.body) if document.format == "json" else _of_xml(document)
    if any(not item.id for item in found):
        raise ValueError("one of its entries has no id")
    return found


def tombstones(document: Document) -> list[str]:
    """The ids of what ``document`` says is gone (RFC 6721)."""
    if document.format == "json":
        return []
    return [node.get("ref") or "" for node in _root(document).iterfind(_GONE)]


def removals(document: Document) -> set[str]:
    """The ids of those items of ``document`` that a partner is to remove."""
    if document.format != "rss":
        return set()
    items = _root(document).iterfind(_PATHS["rss"].items)
    removed = [item for item in items if any(item.find(name) is not None for name in _REMOVED)]
    return {item.findtext("guid", "") for item in removed}


def _of_json(body: bytes) -> list[Item]:
    return [
        Item(item.id, item.title, item.url, _moment(item.date_published))
        for item in msgspec.json.decode(body, type=_JsonFeed).items
    ]


def _of_xml(document: Document) -> list[Item]:
    root = _root(document)
    paths = _PATHS[document.format]
    if root.tag != paths.root:
        raise ValueError(f"its root is {root.tag}")
    return [
        Item(
            node.findtext(paths.id, ""),
            node.findtext(paths.title, ""),
            _link(node.find(paths.link)),
            _moment(node.findtext(paths.date, "")),
        )
        for node in root.iterfind(paths.items)
    ]


def _root(document: Document) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(document.body, parser)


def _link(node: etree._Element | None) -> str:
    return "" if node is None else node.get("href") or node.text or ""


def _moment(text: str) -> datetime | None:
    """An RFC 3339 or RFC 822 date; raises ValueError."""
    if not text:
        return None
    return datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
