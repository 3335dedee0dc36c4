"""The pictures of an article.

Rules
- They travel through whatever cuts and moves text under numbers, so that none is lost for its
  address.
- Of several sizes the largest counts, lazy ones included; an address has to be absolute. What is
  shown twice, in whatever size, is shown once, with all that is said of it.
- What only decorates is no picture (``decoration``).
- A picture in the folder of a saved page is at no address. It is given the one that the page
  has for it elsewhere, in a link around it or in its metadata, else it is left out, with a doubt.
- A figure's caption and credit go with its picture, those of a gallery with the last of its
  pictures, and are no text; without a picture they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Dropped, Url
from feeds.model.problem import Problem
from feeds.normalise.html import dom
from feeds.normalise.html.body import embeds, sources
from feeds.normalise.html.body.decoration import is_counter, is_decoration, is_drawing
from feeds.normalise.html.body.originals import Originals
from feeds.normalise.words import credit_place, names
from feeds.text import characters, images, same_picture, urls

NUMBER = re.compile(r"https://picture\.invalid/(\d+)\.jpg")
_AROUND, _BRACKETS = " ,;|–—", "()[]"
_MOST_AROUND = 2
_PLACES = frozenset(("img", "picture", "a", "span", "div"))
_NUMBERED = "https://picture.invalid/{}.jpg"


class Picture(NamedTuple):
    """A picture of the text: absolute URL, alternative text, caption and credit, as written."""

    url: Url
    alt: str
    caption: str
    credit: str
    line: int

    @property
    def owner(self) -> str:
        """The credit without the brackets that a caption puts it in."""
        return self.credit.strip(_BRACKETS) if self.credit[:1] in _BRACKETS else self.credit


_Captions = dict[HtmlElement | None, tuple[str, str]]
"""Caption and credit by figure."""


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
    for line in list(body.iter("dt")):
        if next(line.iter("img"), None) is not None and not dom.line_in(line):
            _unlist(line.getparent())
    for element in list(body.iter("noscript")):
        waiting, outer = _waiting(element), element.getparent()
        if waiting is None and (outer is None or outer.tag not in ("figure", "picture")):
            continue
        if waiting is not None and not _is_gap(sources.source_of(waiting)):
            continue
        for image in list(element.iter("img")):
            whole = image
            while (around := whole.getparent()) is not None and around.tag in ("source", "picture"):
                whole = around
            whole.tail = None
            element.addprevious(whole)


def _waiting(noscript: HtmlElement) -> HtmlElement | None:
    """The picture right beside ``noscript`` in whose place a script would load another."""
    beside = (noscript.getprevious(), noscript.getnext())
    places = (one for one in beside if one is not None and one.tag in _PLACES)
    return next((image for one in places for image in islice(one.iter("img"), 1)), None)


def _is_gap(address: str) -> bool:
    """Whether what is at ``address``, if anything, only fills the gap until a picture is there."""
    return not address or bool(names.COUNTER.search(address) or names.DECORATION.search(address))


def _unlist(terms: HtmlElement | None) -> None:
    """Makes boxes of a list in which pictures are explained."""
    if terms is not None and terms.tag == "dl":
        for element in (terms, *terms.iter("dt", "dd")):
            element.tag = "div"


def number_pictures(scope: HtmlElement, base: str, originals: Originals) -> Pictures:
    """Numbers the pictures in ``scope`` and returns them; captions leave the tree with them.

    ``originals`` are addresses that the page has for the files of its folder.
    """
    found = Pictures([], [], [])
    captions = _captions(scope)
    lost: list[tuple[int, str]] = []
    numbers: dict[str, int] = {}
    taken: dict[HtmlElement | None, list[int]] = {}
    for image in list(scope.iter("img")):
        if embeds.embed_of(image):
            _resolve_embed(image, base, found)
            continue
        address = sources.source_of(image)
        figure = _figure(image)
        own = captions if figure not in taken else {}
        if not _is_shown(image, address, base, own):
            dom.remove(image)
            continue
        if sources.is_saved(address):
            url = originals.find(image, address)
        else:
            url = urls.from_page(base, address)
        url = images.itself(url) if url is not None else None
        if url is None:
            lost.append((dom.line_of(image), dom.shortened(sources.file_name(address))))
            dom.remove(image)
            continue
        alt = characters.cleaned(image.get("alt") or "")
        key = same_picture.key_of(url)
        number = numbers.setdefault(key, len(found.shown))
        for outer in _figures_of(figure, captions):
            taken.setdefault(outer, []).append(number)
        if number < len(found.shown):
            first = found.shown[number]
            found.shown[number] = first._replace(alt=first.alt or alt)
            dom.remove(image)
            continue
        found.shown.append(Picture(url, alt, "", "", dom.line_of(image)))
        image.attrib.clear()
        image.set("src", _NUMBERED.format(len(found.shown) - 1))
    if lost := [one for one in lost if one[1]]:
        found.findings.append(_doubt(lost))
    found.dropped.extend(_captioned(found.shown, captions, taken))
    return found


def _captioned(
    shown: list[Picture],
    captions: _Captions,
    taken: Mapping[HtmlElement | None, list[int]],
) -> Iterator[Dropped]:
    """Gives the pictures ``shown`` their ``captions``; what these say that no picture has.

    ``taken``: the numbers of the pictures in each figure. What is said of all stands below the
    last.
    """
    # those of a gallery after those of its pictures
    figures = sorted(captions, key=lambda figure: len(set(taken.get(figure, ()))))
    for figure in figures:
        said = caption, credit = captions[figure]
        numbers = taken.get(figure, [])
        is_gallery = len(set(numbers)) > 1
        before = shown[numbers[-1]] if numbers else None
        if before is not None and (is_gallery or not before.caption or caption in before.caption):
            if caption not in before.caption:
                caption = " ".join(filter(None, (before.caption, caption)))
            shown[numbers[-1]] = before._replace(
                caption=caption or before.caption, credit=before.credit or credit
            )
        elif figure is not None and (words := " ".join(filter(None, said))):
            rule = "caption of a picture that is left out"
            yield Dropped(dom.line_of(figure), dom.shortened(words), rule)


def _is_shown(
    image: HtmlElement,
    address: str,
    base: str,
    captions: _Captions,
) -> bool:
    """Whether ``image`` shows something, be it that its caption says so."""
    figure = _figure(image)
    if is_counter(image, address):
        return False
    if figure is None or figure not in captions:
        return not is_decoration(image, address, base)
    others = (one for one in figure.iter("img") if one is not image)
    return not is_drawing(image, address) or all(
        is_drawing(one, sources.source_of(one)) for one in others
    )


def _figures_of(figure: HtmlElement | None, captions: _Captions) -> Iterator[HtmlElement]:
    """The figures with captions that a picture, whose own is ``figure``, stands in."""
    if figure is not None:
        for outer in (figure, *islice(figure.iterancestors("figure"), _MOST_AROUND)):
            if outer in captions:
                yield outer


def _captions(scope: HtmlElement) -> _Captions:
    """Caption and credit of each figure that has a picture; they are taken out of the tree."""
    captions: _Captions = {}
    for figure in list(scope.iter("figure")):
        caption = next(
            (
                one
                for one in figure.iter("figcaption")
                if next(one.iterancestors("figure")) is figure
            ),
            None,
        )
        pictures = (one for one in figure.iter("img") if not embeds.embed_of(one))
        if caption is None or next(pictures, None) is None:
            continue
        credit = ""
        for inner in list(caption.iterdescendants()):
            if dom.is_called(inner, names.CREDIT):
                credit = dom.text_of(inner)
                dom.remove(inner)
                break
        captions[figure] = _parted(dom.text_of(caption), credit)
        dom.remove(caption)
    return captions


def _parted(caption: str, credit: str) -> tuple[str, str]:
    """What a picture shows, and whose it is, which may end a line that says both."""
    both = credit or caption
    place = credit_place(both)
    shows = both[:place].rstrip()
    if place is not None and (not credit or _tells(shows)):
        whose = both[place:]
        if shows.endswith(("(", "[")):
            shows, whose = shows[:-1], shows[-1] + whose
        caption, credit = (f"{caption} {shows}" if credit else shows), whose.strip()
    return caption.strip(_AROUND), credit


def _tells(words: str) -> bool:
    """Whether ``words``, at the beginning of a credit, are none themselves."""
    return words.endswith((".", "!", "?", "(", "[")) and credit_place(words) is None


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
