"""What a page says of its pictures besides where they are: how large they are, and their previews.

Rules
- All of it is said of one address, and holds for that alone: behind ``og:image`` in ``meta``, in
  the ImageObject of the article's JSON-LD, as attributes of ``img``, in this order of trust.
- A width without a height says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import msgspec
from lxml.html import HtmlElement

from feeds.model import Image, Url
from feeds.normalise.html.claims import jsonld
from feeds.text import media, urls

_MOST = 1000
_SIZE = ("width", "height")
_ADDRESSES = {"og:image", "og:image:url", "og:image:secure_url"}


class Pictures(NamedTuple):
    """What is said of each picture, by its address; and a preview of the article's picture."""

    facts: Mapping[Url, Facts]
    preview: Url | None


class Facts(NamedTuple):
    """The size of a picture in pixels, 0 if unknown, and a smaller picture of the same."""

    width: int = 0
    height: int = 0
    thumbnail: Url | None = None


def collect_facts(root: HtmlElement, found: jsonld.JsonLd, base: str) -> Pictures:
    """What the page says of its pictures, whose addresses are seen from ``base``."""
    facts: dict[Url, Facts] = {}
    for address, said in (*_of_meta(root), *_of_jsonld(found, base), *_of_markup(root)):
        url = urls.from_page(base, address)
        if url is None:
            continue
        url = Url(url.partition("#")[0])
        before = facts.get(url, Facts())
        is_known = before.width and before.height
        size = before if is_known or not (said.width and said.height) else said
        facts[url] = Facts(size.width, size.height, before.thumbnail or said.thumbnail)
    previews = jsonld.strings((found.article or {}).get("thumbnailUrl"), "url")
    return Pictures(facts, urls.from_page(base, previews[0]) if previews else None)


def completed(image: Image | None, said: Pictures) -> Image | None:
    """``image``, which is the article's, with what is said of it."""
    if image is None:
        return None
    width, height, thumbnail = said.facts.get(image.url, Facts())
    thumbnail = thumbnail or said.preview
    thumbnail = thumbnail if thumbnail != image.url else None
    return msgspec.structs.replace(image, width=width, height=height, thumbnail=thumbnail)


def _of_meta(root: HtmlElement) -> Iterator[tuple[str, Facts]]:
    groups: list[tuple[list[str], dict[str, int]]] = []
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name in _ADDRESSES and content:
            # one picture may have an address each for http and https, and that only
            if not groups or name == "og:image" or groups[-1][1]:
                groups.append(([], {}))
            groups[-1][0].append(content)
        elif name in {"og:image:width", "og:image:height"} and groups:
            groups[-1][1].setdefault(name.rpartition(":")[2], media.pixels(content))
        if len(groups) >= _MOST:
            break
    for addresses, size in groups:
        for address in addresses:
            yield address, Facts(size.get("width", 0), size.get("height", 0))


def _of_jsonld(found: jsonld.JsonLd, base: str) -> Iterator[tuple[str, Facts]]:
    images = (found.article or {}).get("image")
    for item in (images if isinstance(images, list) else [images])[:_MOST]:
        node = item if isinstance(item, dict) else {"url": item}
        node = {**found.names.get(str(node.get("@id")), {}), **node}
        small = jsonld.strings(node.get("thumbnailUrl") or node.get("thumbnail"), "url")
        thumbnail = urls.from_page(base, small[0]) if small else None
        width, height = (media.pixels(jsonld.number(node.get(name))) for name in _SIZE)
        for key in ("url", "contentUrl"):
            for address in jsonld.strings(node.get(key), "url"):
                yield address, Facts(width, height, thumbnail)


def _of_markup(root: HtmlElement) -> Iterator[tuple[str, Facts]]:
    for image in islice(root.iter("img", "amp-img"), _MOST):
        address = (image.get("src") or "").strip()
        width, height = (media.pixels(image.get(name) or "") for name in _SIZE)
        if address and not address.startswith("data:") and width and height:
            yield address, Facts(width, height)
