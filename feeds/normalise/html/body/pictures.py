"""The pictures of an article.

Rules
- They travel through whatever cuts and moves text under numbers, so that none is lost for its
  address.
- Of several sizes the largest counts, lazy ones included; an address has to be absolute.
- A picture of one pixel counts readers, and is none.
- A picture in the folder of a saved page is at no address. It is given the one that the page
  has for it elsewhere, in a link around it or in its metadata, else it is left out, with a doubt.
- A figure's caption and credit go with its first picture, and are no text; without a picture
  they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from feeds.model import Dropped, Url
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.body import embeds
from feeds.normalise.html.body.originals import Originals
from feeds.normalise.words import names
from feeds.text import characters, urls

NUMBER = re.compile(r"https://picture\.invalid/(\d+)\.jpg")
_NUMBERED = "https://picture.invalid/{}.jpg"
_ADDRESSES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_SETS = ("data-srcset", "srcset", "data-lazy-srcset")
_WIDTH = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[0-3](?:px)?\s*(?=;|$)", re.ASCII)
_LARGEST_PIXEL = 3
_INLINE_PICTURE = 2000
"""So many characters of a ``data:`` address are more than fill a gap until the picture is there."""


class Picture(NamedTuple):
    """A picture of the text: absolute URL, alternative text, caption and credit."""

    url: Url
    alt: str
    caption: str
    credit: str
    line: int


class Pictures(NamedTuple):
    """The pictures of a text by their numbers; what is doubtful about them, what is left out."""

    shown: list[Picture]
    findings: list[Problem]
    dropped: list[Dropped]


def lift_lazy_pictures(body: HtmlElement) -> None:
    """Puts pictures for browsers without scripts in the place of what a script would load."""
    for element in list(body.iter("noscript")):
        before, outer = element.getprevious(), element.getparent()
        if before is not None and before.tag not in ("img", "picture", "a", "span", "div"):
            before = None
        waiting = next(before.iter("img"), None) if before is not None else None
        if waiting is None and (outer is None or outer.tag not in ("figure", "picture")):
            continue
        if waiting is not None and _source(waiting):
            continue
        for image in list(element.iter("img")):
            image.tail = None
            element.addprevious(image)


def number_pictures(scope: HtmlElement, base: str, originals: Originals) -> Pictures:
    """Numbers the pictures in ``scope`` and returns them; captions leave the tree with them.

    ``originals`` are addresses that the page has for the files of its folder.
    """
    found = Pictures([], [], [])
    captions = _captions(scope)
    lost: list[tuple[int, str]] = []
    for image in list(scope.iter("img")):
        if embeds.embed_of(image):
            _resolve_embed(image, base, found)
            continue
        address = _source(image)
        url = (
            originals.find(image, address) if _is_saved(address) else urls.from_page(base, address)
        )
        is_shown_already = bool(found.shown) and found.shown[-1].url == url
        if _is_counter(image, address) or url is None or is_shown_already:
            if url is None and address and not _is_counter(image, address):
                lost.append((dom.line_of(image), dom.shortened(_file_name(address))))
            dom.remove(image)
            continue
        caption, credit = captions.pop(_figure(image), ("", ""))
        alt = characters.cleaned(image.get("alt") or "")
        found.shown.append(Picture(url, alt, caption, credit, dom.line_of(image)))
        image.attrib.clear()
        image.set("src", _NUMBERED.format(len(found.shown) - 1))
    if lost:
        found.findings.append(_doubt(lost))
    for figure, (caption, credit) in captions.items():
        if figure is not None and (words := " ".join(filter(None, (caption, credit)))):
            line = dom.line_of(figure)
            rule = "caption of a picture that is left out"
            found.dropped.append(Dropped(line, dom.shortened(words), rule))
    return found


def _captions(scope: HtmlElement) -> dict[HtmlElement | None, tuple[str, str]]:
    """Caption and credit of each figure that has a picture; they are taken out of the tree."""
    captions: dict[HtmlElement | None, tuple[str, str]] = {}
    for figure in list(scope.iter("figure")):
        caption = next(figure.iter("figcaption"), None)
        pictures = (one for one in figure.iter("img") if not embeds.embed_of(one))
        if caption is None or next(pictures, None) is None:
            continue
        credit = ""
        for inner in list(caption.iterdescendants()):
            if dom.is_called(inner, names.CREDIT):
                credit = dom.text_of(inner)
                dom.remove(inner)
                break
        captions[figure] = (dom.text_of(caption).strip(" ,;|–—"), credit)
        dom.remove(caption)
    return captions


def _figure(image: HtmlElement) -> HtmlElement | None:
    """What ``image`` is in but for links and layout: its figure, if it has one."""
    outer = image.getparent()
    while outer is not None and outer.tag in ("a", "picture", "source", "div", "span"):
        outer = outer.getparent()
    return outer


def _resolve_embed(image: HtmlElement, base: str, found: Pictures) -> None:
    address = embeds.embed_of(image)
    url = None if _is_saved(address) else urls.from_page(base, address)
    if url is not None:
        image.set(embeds.EMBED, url)
        return
    words = dom.shortened(" ".join(filter(None, (image.get("alt"), address))))
    found.dropped.append(Dropped(dom.line_of(image), words, "embedded, at no known address"))
    image.attrib.clear()
    dom.remove(image)


def _doubt(lost: list[tuple[int, str]]) -> Problem:
    line, name = lost[0]
    others = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
    return Problem(
        "picture-unaddressed",
        f"the page doesn't say at which address the picture '{name}' is{others}; left out",
        line,
        "put the picture on the website, and its address into the page",
    )


def _is_counter(image: HtmlElement, address: str) -> bool:
    """Whether a picture is there to count readers, or to fill a gap."""
    sizes = [(image.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    if all(size.isdecimal() and int(size[:9]) <= _LARGEST_PIXEL for size in sizes):
        return True
    style = (image.get("style") or "")[:_INLINE_PICTURE]
    return len(_WIDTH.findall(style)) > 1 or bool(names.COUNTER.search(address[:_INLINE_PICTURE]))


def _is_saved(address: str) -> bool:
    """Whether ``address`` is that of a file which was saved with the page."""
    if address.startswith("data:"):
        return True
    if "://" in address or address.startswith("/"):
        return address.startswith("file:")
    folder = address.removeprefix("./").partition("/")[0]
    return "/" in address and bool(_SAVED.search(unquote(folder)))


def _file_name(address: str) -> str:
    if address.startswith("data:"):
        return address[: address.find(",")][:30]
    try:
        return unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:
        return address


def _source(image: HtmlElement) -> str:
    """The address of a picture, the largest where there are several, lazy ones included.

    One of a saved file only if there is no other.
    """
    outer = image.getparent()
    sources = [image]
    while outer is not None and outer.tag == "source":  # to the parser, source has contents
        sources.append(outer)
        outer = outer.getparent()
    if outer is not None and outer.tag == "picture":
        sources += [source for source in outer.iter("source") if source not in sources]
    single = [(image.get(name) or "").strip() for name in _ADDRESSES]
    single = [one for one in single if one and not (one.startswith("data:") and _is_small(one))]
    own = next((one for one in single if not _is_saved(one)), "")
    width = (image.get("width") or "").strip()
    for name in _SETS:
        for element in sources:
            address, size = _largest(element.get(name) or "")
            if address and own and width.isdecimal() and size < int(width[:9]) and size > _DENSEST:
                continue
            if address:
                return address
    return own or next(iter(single), "")


def _is_small(address: str) -> bool:
    return len(address) < _INLINE_PICTURE or address.startswith("data:image/svg")


_DENSEST = 10
"""Above this a number in a ``srcset`` is a width."""
_SAVED = re.compile(f"(?:{names.SAVED_FOLDER.pattern.pattern})$", re.IGNORECASE)


def _largest(srcset: str) -> tuple[str, float]:
    """The candidate of a ``srcset`` with the largest width or density, and that."""
    best, most = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset[:10_000]):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        value = float(number[0]) if number and len(number[0]) < 10 else 0.0
        if address and not _is_saved(address) and value > most:
            best, most = address, value
    return best, most
