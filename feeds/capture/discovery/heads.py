"""What a page's head says of its site: feeds, other languages, its colour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from feeds.text import urls

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
_MOST_FEEDS = 10
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)


class Head(NamedTuple):
    """A ``link`` of a page: its relations, type, sizes and language, and where it leads."""

    relations: list[str]
    type: str
    sizes: str
    language: str
    address: str

    @property
    def is_translation(self) -> bool:
        """Whether it leads to the same in another language."""
        return "alternate" in self.relations and bool(self.language)


def heads_of(root: _Element, base: str) -> Iterator[Head]:
    """The ``link`` elements of the page that lead somewhere, seen from ``base``."""
    for link in root.iter("link"):
        if found := urls.absolute(base, link.get("href") or ""):
            yield Head(
                (link.get("rel") or "").lower().split(),
                (link.get("type") or "").partition(";")[0].strip().lower(),
                link.get("sizes") or "",
                (link.get("hreflang") or "").strip()[:40],
                found,
            )


def feeds_in(heads: Iterable[Head]) -> tuple[str, ...]:
    """The addresses of feeds (autodiscovery), once each."""
    found = (one.address for one in heads if "alternate" in one.relations and one.type in _FEEDS)
    return tuple(dict.fromkeys(found))[:_MOST_FEEDS]


def colour_of(root: _Element) -> str:
    """The colour that browsers paint themselves in (HTML, section 4.2.5.1), as #rrggbb."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").strip().lower() == "theme-color" and not meta.get("media"):
            colour = (meta.get("content") or "").strip().lower()
            if _COLOUR.fullmatch(colour):
                return colour if len(colour) == 7 else "#" + "".join(one * 2 for one in colour[1:])
    return ""
