"""What is in a document of a feed, as whoever reads it sees it. Pure."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from tests.soak import desk

_ATOM = "{http://www.w3.org/2005/Atom}"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Item(NamedTuple):
    """One item of a document, and which edition of which story its text is, if it has one."""

    id: str
    title: str
    edition: tuple[int, int] | None


def read_items(body: bytes, form: str) -> Iterable[Item]:
    """The items of a document in that ``form``. Raises ValueError or XMLSyntaxError."""
    if form == "json":
        for item in json.loads(body)["items"]:
            yield _item(item["id"], item["title"], item.get("content_html", ""))
    elif form == "rss":
        for element in etree.fromstring(body).iter("item"):
            yield _item(*(element.findtext(name, "") for name in ("guid", "title", _ENCODED)))
    else:
        for element in etree.fromstring(body).iter(f"{_ATOM}entry"):
            texts = (element.findtext(f"{_ATOM}{name}", "") for name in ("id", "title", "content"))
            yield _item(*texts)


def _item(entry: str, title: str, text: str) -> Item:
    # titles of RSS are written twice over, for programs that decode them twice
    return Item(entry, html.unescape(title), desk.edition(text))
