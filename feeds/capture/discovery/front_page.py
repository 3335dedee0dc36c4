"""What a site's front page says of the site: its title, language, icon, colour, feeds.

Rules
- What is found is a proposal, which a person is asked about: nothing is guessed further than that.
- What can't be a setting is not proposed (``text/values.py``). Nothing in a page is trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feeds.capture.discovery.heads import Head, colour_of, feeds_in, heads_of
from feeds.readers import decoding
from feeds.text import characters, languages, urls, values

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_TITLE, _LONGEST_DESCRIPTION = 120, 500
_PARTS = re.compile(r"\s+[|·•»–—-]\s+|\s*[|»—]\s*|:\s+")
_SIZE = re.compile(r"(\d{1,4})x\d{1,4}", re.IGNORECASE)
_TOUCH = 180
"""Pixels of an icon for telephones that doesn't say how large it is."""


class FrontPage(NamedTuple):
    """What is proposed: settings of ``[site]`` by their names, and the addresses of feeds."""

    settings: dict[str, str]
    feeds: tuple[str, ...]


def read_front_page(data: bytes, charset: str, url: str) -> FrontPage:
    """What the HTML in ``data`` says; it came from ``url`` in ``charset``, empty if unknown.

    Whatever is in it, this is no exception: what can't be understood proposes nothing.
    """
    root = _tree(data, charset)
    if root is None:
        return FrontPage({}, ())
    metas = dict(reversed(list(_metas(root))))  # the first of each name counts
    heads = list(heads_of(root, _base(root, url)))
    found = {
        "title": _title(root, metas, url),
        "description": metas.get("og:description") or metas.get("description", ""),
        "language": _language(root, metas),
        "icon": _icon(heads),
        "accent": colour_of(root),
    }
    tidy = {key: characters.cleaned(text) for key, text in found.items()}
    good = {key: text for key, text in tidy.items() if text and not values.wrong(key, text)}
    if len(good.get("description", "")) > _LONGEST_DESCRIPTION:
        del good["description"]  # half a sentence is no description
    return FrontPage(good, feeds_in(heads))


def _tree(data: bytes, charset: str) -> _Element | None:
    from lxml import etree  # late: whoever looks at no page needs none

    text = decoding.decoded(data, charset or decoding.declaration(data)).text
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return etree.fromstring(characters.allowed(text).encode(), parser)
    except etree.LxmlError:
        return None


def _metas(root: _Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        if content := meta.get("content", "").strip():
            yield name.strip().lower(), content


def _base(root: _Element, url: str) -> str:
    base = next((one.get("href", "") for one in root.iter("base") if one.get("href")), "")
    return urls.absolute(url, base) or url


def _title(root: _Element, metas: dict[str, str], url: str) -> str:
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        if stated := metas.get(name, ""):
            return stated[:_LONGEST_TITLE]
    title = next(("".join(map(str, one.itertext())) for one in root.iter("title")), "")
    title = characters.cleaned(title)
    host = _letters((urlsplit(url).hostname or "").removeprefix("www."))
    parts = [part for part in _PARTS.split(title) if _letters(part)]
    named = [part for part in parts if _letters(part) in host]
    return (max(named, key=len) if named else title)[:_LONGEST_TITLE]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _language(root: _Element, metas: dict[str, str]) -> str:
    stated = (root.get("lang"), metas.get("og:locale"), metas.get("content-language"))
    return next(filter(None, map(languages.known_language, stated)), "")


def _icon(heads: Iterable[Head]) -> str:
    """The largest of the pictures that feed readers can show, the first of equals."""
    found = []
    for one in heads:
        is_touch = any(name.startswith("apple-touch-icon") for name in one.relations)
        if is_touch or "icon" in one.relations:
            size = max((int(width) for width in _SIZE.findall(one.sizes)), default=0)
            is_drawing = urlsplit(one.address).path.lower().endswith(".svg")
            found.append((not is_drawing, size or (_TOUCH if is_touch else 0), one.address))
    return max(found, key=lambda one: one[:2])[2] if found else ""
