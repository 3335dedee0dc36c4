"""What a page says of its pictures besides where they are: how large they are, and their previews.

Rules
- All of it is said of one address, and holds for that alone: behind ``og:image`` in ``meta``, in
  the ImageObject of the article's JSON-LD, as attributes of ``img``, in this order of trust.
- A width without a height says nothing.
- What a picture may be used for stands at ``license``, ``usageInfo`` or ``acquireLicensePage`` of
  its ImageObject (schema.org), or behind a link of its figure that is called so. That there is a
  licence says not whether it lets others have the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import msgspec
from lxml.html import HtmlElement

from feeds.model import Image, Url
from feeds.normalise.html import dom
from feeds.normalise.html.claims import jsonld
from feeds.text import media, urls

_MOST = 1000
_MOST_ELEMENTS = 100_000
_LONGEST_CREDIT = 300
_LICENCES = ("license", "usageInfo", "acquireLicensePage")
"""Of these the first counts."""
_SIZE = ("width", "height")
_ADDRESSES = {"og:image", "og:image:url", "og:image:secure_url"}


class Pictures(NamedTuple):
    """What is said of each picture, by its address; and a preview of the article's picture."""

    facts: Mapping[Url, Facts]
    preview: Url | None


class Facts(NamedTuple):
    """The size of a picture in pixels, 0 if unknown, and a smaller picture of the same.

    And where it says what it may be used for, and whose it is.
    """

    width: int = 0
    height: int = 0
    thumbnail: Url | None = None
    licence: Url | None = None
    credit: str = ""


def collect_facts(root: HtmlElement, found: jsonld.JsonLd, base: str) -> Pictures:
    """What the page says of its pictures, whose addresses are seen from ``base``."""
    facts: dict[Url, Facts] = {}
    for address, said in (
        *_of_meta(root),
        *_of_jsonld(found, base),
        *_of_markup(root),
        *_of_figures(root, base),
    ):
        url = urls.from_page(base, address)
        if url is None:
            continue
        url = Url(url.partition("#")[0])
        before = facts.get(url, Facts())
        is_known = before.width and before.height
        size = before if is_known or not (said.width and said.height) else said
        facts[url] = Facts(
            size.width,
            size.height,
            before.thumbnail or said.thumbnail,
            before.licence or said.licence,
            before.credit or said.credit,
        )
    previews = jsonld.strings((found.article or {}).get("thumbnailUrl"), "url")
    return Pictures(facts, urls.from_page(base, previews[0]) if previews else None)


def completed(image: Image | None, said: Pictures) -> Image | None:
    """``image``, which is the article's, with what is said of it."""
    if image is None:
        return None
    facts = said.facts.get(image.url, Facts())
    thumbnail = facts.thumbnail or said.preview
    return msgspec.structs.replace(
        image,
        width=facts.width,
        height=facts.height,
        thumbnail=thumbnail if thumbnail != image.url else None,
        licence=facts.licence,
        # what is read around a picture may have more in it than whose it is
        credit=(facts.credit in image.credit and facts.credit) or image.credit or facts.credit,
    )


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
        licences = (urls.from_page(base, one) for key in _LICENCES for one in _addresses(node, key))
        licence = next(filter(None, licences), None)
        for key in ("url", "contentUrl"):
            for address in jsonld.strings(node.get(key), "url"):
                yield address, Facts(width, height, thumbnail, licence)


def _addresses(node: Mapping[str, object], key: str) -> list[str]:
    return jsonld.strings(node.get(key), "url") or jsonld.strings(node.get(key), "@id")


def _of_figures(root: HtmlElement, base: str) -> Iterator[tuple[str, Facts]]:
    """What links and words in a figure, or in an ImageObject, say of the one picture there."""
    for figure in islice(root.iter(), _MOST_ELEMENTS):
        is_object = (figure.get("itemtype") or "").rstrip().endswith("schema.org/ImageObject")
        if figure.tag != "figure" and not is_object:
            continue
        pictures: set[str] = set()
        licences: dict[str, Url | None] = {}
        credit = ""
        for one in islice(figure.iterdescendants(), _MOST):
            called = " ".join(one.get(name) or "" for name in ("itemprop", "property", "rel"))
            names = called.replace("schema:", "").split()
            address = one.get("href") or one.get("content") or one.get("src") or ""
            if one.tag in {"img", "amp-img"} or "contentUrl" in names:
                pictures.add(address)
            for name in set(names) & set(_LICENCES):
                licences.setdefault(name, urls.from_page(base, address))
            if "creditText" in names and not credit:
                credit = (one.get("content") or dom.text_of(one))[:_LONGEST_CREDIT]
        stated = (licences.get(name) for name in _LICENCES)
        licence = next(filter(None, stated), None)
        if len(pictures) == 1 and (licence or credit):
            yield pictures.pop(), Facts(licence=licence, credit=credit)


def _of_markup(root: HtmlElement) -> Iterator[tuple[str, Facts]]:
    for image in islice(root.iter("img", "amp-img"), _MOST):
        address = (image.get("src") or "").strip()
        width, height = (media.pixels(image.get(name) or "") for name in _SIZE)
        if address and not address.startswith("data:") and width and height:
            yield address, Facts(width, height)
