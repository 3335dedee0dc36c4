"""The pictures of an article.

Rules
- They travel through trafilatura under numbers, so that none is lost for its address.
- Of several sizes the largest counts, lazy ones included; an address has to be absolute.
- A figure's caption and credit go with its first picture, and are no text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Url
from feeds.normalise.html import dom
from feeds.normalise.words import names
from feeds.text import characters, urls

NUMBER = re.compile(r"https://picture\.invalid/(\d+)\.jpg")
_NUMBERED = "https://picture.invalid/{}.jpg"


class Picture(NamedTuple):
    """A picture of the text: absolute URL, alternative text, caption and credit."""

    url: Url
    alt: str
    caption: str
    credit: str
    line: int


def number_pictures(scope: HtmlElement, base: str) -> list[Picture]:
    """Numbers the pictures in ``scope`` and returns them; captions leave the tree with them."""
    found: list[Picture] = []
    captions: dict[HtmlElement, tuple[str, str]] = {}
    for figure in list(scope.iter("figure")):
        caption = next(figure.iter("figcaption"), None)
        if caption is None:
            continue
        credit = ""
        for inner in list(caption.iterdescendants()):
            if dom.is_called(inner, names.CREDIT):
                credit = dom.text_of(inner)
                dom.remove(inner)
                break
        captions[figure] = (dom.text_of(caption).strip(" ,;|–—"), credit)
        dom.remove(caption)
    for image in list(scope.iter("img")):
        url = urls.absolute(base, _source(image))
        if url is None:
            dom.remove(image)
            continue
        outer = image.getparent()
        while outer is not None and outer.tag in ("a", "picture", "source", "div", "span"):
            outer = outer.getparent()
        caption_of, credit_of = captions.pop(outer, ("", "")) if outer is not None else ("", "")
        alt = characters.cleaned(image.get("alt") or "")
        found.append(Picture(url, alt, caption_of, credit_of, dom.line_of(image)))
        image.attrib.clear()
        image.set("src", _NUMBERED.format(len(found) - 1))
    return found


def _source(image: HtmlElement) -> str:
    """The address of a picture, the largest where there are several, lazy ones included."""
    outer = image.getparent()
    sources = [image]
    while outer is not None and outer.tag == "source":  # to the parser, source has contents
        sources.append(outer)
        outer = outer.getparent()
    if outer is not None and outer.tag == "picture":
        sources += [source for source in outer.iter("source") if source not in sources]
    for name in ("data-srcset", "srcset", "data-lazy-srcset"):
        for element in sources:
            if address := _largest(element.get(name) or ""):
                return address
    for name in ("data-src", "data-original", "data-lazy-src", "data-url", "src"):
        address = (image.get(name) or "").strip()
        if address and not address.startswith("data:"):
            return address
    return ""


def _largest(srcset: str) -> str:
    """The candidate of a ``srcset`` with the largest width or density."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset[:10_000]):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        value = float(number[0]) if number and len(number[0]) < 10 else 0.0
        if address and not address.startswith("data:") and value > most:
            best, most = address, value
    return best
