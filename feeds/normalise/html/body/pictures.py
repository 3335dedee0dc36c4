"""The pictures of an article.

Rules
- They travel through whatever cuts and moves text under numbers, so that none is lost for its
  address.
- Of several sizes the largest counts, lazy ones included; an address has to be absolute.
- What only decorates is no picture (``decoration``).
- A picture in the folder of a saved page is at no address. It is given the one that the page
  has for it elsewhere, in a link around it or in its metadata, else it is left out, with a doubt.
- A figure's caption and credit go with its first picture, and are no text; without a picture
  they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Dropped, Url
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.body import embeds, sources
from feeds.normalise.html.body.decoration import is_counter, is_decoration
from feeds.normalise.html.body.originals import Originals
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


class Pictures(NamedTuple):
    """The pictures of a text by their numbers; what is doubtful about them, what is left out."""

    shown: list[Picture]
    findings: list[Problem]
    dropped: list[Dropped]


def prepare_pictures(body: HtmlElement) -> None:
    """Makes of the pictures in ``body`` what readers see who have scripts.

    Pictures for those who have none stand in the place of what a script would load; pictures of
    characters are characters.
    """
    for image in list(body.iter("img")):
        if names.EMOJI.search(image.get("class") or "") and (alt := image.get("alt")):
            image.clear(keep_tail=True)
            image.tag = "span"
            image.text = alt
    for element in list(body.iter("noscript")):
        before, outer = element.getprevious(), element.getparent()
        if before is not None and before.tag not in ("img", "picture", "a", "span", "div"):
            before = None
        waiting = next(before.iter("img"), None) if before is not None else None
        if waiting is None and (outer is None or outer.tag not in ("figure", "picture")):
            continue
        if waiting is not None and sources.source_of(waiting):
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
        address = sources.source_of(image)
        is_captioned = _figure(image) in captions
        if is_counter(image, address) or (not is_captioned and is_decoration(image, address, base)):
            dom.remove(image)
            continue
        if sources.is_saved(address):
            url = originals.find(image, address)
        else:
            url = urls.from_page(base, address)
        if url is None or (found.shown and found.shown[-1].url == url):
            if url is None and address:
                lost.append((dom.line_of(image), dom.shortened(sources.file_name(address))))
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
    url = None if sources.is_saved(address) else urls.from_page(base, address)
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
