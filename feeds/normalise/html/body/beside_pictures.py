"""The lines that caption the pictures of an article, put where captions belong: into its figures.

Rules
- A caption goes with the picture of its figure, else with the one above it in the smallest box
  that holds both and few other words, else with that which stands just above.
- In a gallery whatever stands with one picture, and leads nowhere, captions that.
- A caption whose picture is left out is none; nor is what stands beside a logo.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement, html_parser

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import embeds, sources
from feeds.normalise.html.body.decoration import is_drawing
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.words import is_credit, names
from feeds.normalise.words.patterns import small

_RULES = frozenset((verdicts.CAPTION, verdicts.GALLERY, verdicts.CREDIT))
_LEVELS, _LONGEST, _LONGEST_CREDIT = 4, 400, 70
_WRAPPERS = ("a", "picture", "source")
# which is around the picture too, so that each piece of it may have one end
_SHORTCODE = re.compile(r"\[caption(?:\s[^\[\]]{1,300})?\]\s*|\s*\[/caption\]")
_TOP = ("article", "body", "html", "main")


def picture_of(piece: Piece) -> HtmlElement | None:
    """The picture that ``piece`` captions; None if there is none, or it is no caption."""
    if piece.verdict not in _RULES or len(piece.words) > _LONGEST:
        return None
    in_gallery = piece.verdict == verdicts.GALLERY
    if (in_gallery and piece.linked) or dom.is_called(piece.block, names.UNHEARD):
        return None
    for box in (piece.block, *islice(piece.block.iterancestors(), _LEVELS)):
        if box.tag in _TOP or (box.tag != "figure" and dom.is_longer(box, _LONGEST)):
            break
        pictures = _pictures(box)
        if pictures:
            if next(box.iter("input"), None) is not None:
                return None
            if in_gallery and len(pictures) > 1:
                return None
            return _above(piece.block, pictures)
    return None if in_gallery else _just_above(piece.block)


def add_caption(image: HtmlElement, piece: Piece) -> None:
    """Makes ``piece``, which is cut, a caption of ``image``."""
    figure = next(image.iterancestors("figure"), None)
    if figure is None:
        figure = _wrapped(image)
    caption = next(figure.iter("figcaption"), None)
    is_new = caption is None
    if caption is not None and piece.words in dom.line_in(caption):
        return
    if caption is None:
        caption = html_parser.makeelement("figcaption")
        caption.sourceline = piece.line
        figure.append(caption)
    called = (piece.block, *(element for element, _ in piece.places[:2]))
    is_owned = any(dom.is_called(one, names.CREDIT) for one in called) or is_credit(
        small(piece.words)
    )
    if len(piece.words) <= _LONGEST_CREDIT and (is_owned or not is_new):
        line = html_parser.makeelement("span", {"class": "credit"})
    else:
        line = html_parser.makeelement("span")
    line.text = f" {_SHORTCODE.sub('', piece.words)}"
    caption.append(line)


def _pictures(box: HtmlElement) -> list[HtmlElement]:
    return [
        image
        for image in box.iter("img")
        if not embeds.embed_of(image)
        and (address := sources.source_of(image))
        and not is_drawing(image, address)
    ]


def _above(block: HtmlElement, pictures: list[HtmlElement]) -> HtmlElement:
    """The last of ``pictures`` above ``block``, else the first below."""
    if len(pictures) == 1:
        return pictures[0]
    order = {element: place for place, element in enumerate(pictures[0].getroottree().iter())}
    above = [image for image in pictures if order[image] < order[block]]
    return above[-1] if above else pictures[0]


def _just_above(block: HtmlElement) -> HtmlElement | None:
    before = block.getprevious()
    if before is None or (before.tail or "").strip() or dom.line_in(before):
        return None
    return next(iter(_pictures(before)[-1:]), None)


def _wrapped(image: HtmlElement) -> HtmlElement:
    """A figure around ``image``, and the link that it is."""
    outer = image
    while (parent := outer.getparent()) is not None and parent.tag in _WRAPPERS:
        outer = parent
    figure = html_parser.makeelement("figure")
    figure.sourceline = image.sourceline
    outer.addprevious(figure)
    figure.tail, outer.tail = outer.tail, None
    figure.append(outer)
    return figure
