"""Captions that no element calls so.

Rules
- What ends with the credit of a picture is one, unless it stands among the paragraphs of a text.
- So is the line of a box that holds a picture and nothing else, a line that ends with how long a
  recording is, and the line of a box that has one more, which says whose the picture is.
- What captions a table is text if the table is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import embeds, furniture, sources
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import ends_with_credit, is_credit, names
from feeds.normalise.words.patterns import small

_LEVELS, _DEEPEST = 3, 6
_RECORDING = re.compile(r"(?:^|\W)\d{1,2}:\d\d(?::\d\d)?\s?(?:[Mm]in|[Ss]td)\.?$")
_CROWD = 3
_MOST_LINES, _LONGEST = 2, 400
_BOXES = frozenset(("center", "div", "p", "section", "span"))


def mark(pieces: list[Piece], tree: HtmlElement) -> None:
    """Gives the lines that caption the pictures of ``tree`` their verdict.

    Above the text it takes a credit: beside a face there stands a name.
    """
    bare: dict[HtmlElement, bool] = {}
    pictured = [(image, list(_boxes(_alone(image, bare)))) for image in tree.iter("img")]
    inside: dict[HtmlElement, list[Piece]] = {box: [] for _, boxes in pictured for box in boxes}
    below: set[int] = set()
    for piece in pieces:
        if below or piece.is_held:
            below.add(id(piece))
        for outer in _boxes(piece.block) if inside else ():
            if outer in inside:
                inside[outer].append(piece)
    _mark_credited(pieces)
    is_told = sum(piece.is_held and piece.is_prose for piece in pieces) > _MOST_LINES
    for image, boxes in pictured:
        near = set(_boxes(image))
        for box in boxes:
            lines = inside[box]
            if sum(len(line.words) for line in lines) > _LONGEST or len(lines) > _MOST_LINES:
                break
            is_signed = len(lines) > 1 and is_told and is_credit(small(lines[-1].words))
            for line in lines:
                if (
                    not line.verdict
                    and _is_caption(
                        line, below=box in near and id(line) in below, is_signed=is_signed
                    )
                    and (embeds.embed_of(image) or sources.source_of(image))
                ):
                    line.verdict = verdicts.CAPTION


def leave_to_tables(pieces: list[Piece], tree: HtmlElement) -> None:
    """Makes text of what captions tables that are text, or says below where they are from."""
    if next(tree.iter("table"), None) is None:
        return
    found: dict[HtmlElement, list[Piece]] = {}
    told: set[HtmlElement] = set()
    for piece in pieces:
        outer = next(piece.block.iterancestors("figure", "table"), None)
        if outer is not None and outer.tag == "table" and piece.verdict == TEXT:
            told.update((outer, *outer.iterancestors("figure")))
        if (captioned := _captioned(piece, outer)) is not None:
            found.setdefault(captioned, []).append(piece)
    for outer, captions in found.items():
        for piece in captions if outer in told else ():
            piece.verdict = TEXT


def _captioned(piece: Piece, outer: HtmlElement | None) -> HtmlElement | None:
    """The table or figure that ``piece``, which stands in ``outer``, captions; or is credit of."""
    if outer is not None:
        tag = "caption" if outer.tag == "table" else "figcaption"
        return outer if piece.block.tag == tag or _is_in(piece, tag) else None
    above = piece.block.getprevious() if piece.verdict == verdicts.CREDIT else None
    return above if above is not None and above.tag == "table" else None


def _is_in(piece: Piece, tag: str) -> bool:
    return next(piece.block.iterancestors(tag), None) is not None


def _mark_credited(pieces: list[Piece]) -> None:
    """Gives their verdict to the lines that end with a credit, unless they are all that is told."""
    crowded = Counter(piece.block.getparent() for piece in pieces if piece.is_prose)
    credited = [
        piece
        for piece in pieces
        if len(piece.words) <= _LONGEST
        and crowded[piece.block.getparent()] < _CROWD
        and ends_with_credit(piece.words)
    ]
    others = {id(piece) for piece in pieces if piece.is_held and piece.is_prose}
    if others.difference(map(id, credited)):
        for piece in credited:
            piece.verdict = verdicts.CAPTION


def _alone(image: HtmlElement, bare: dict[HtmlElement, bool]) -> HtmlElement:
    """``image``, or the outermost of the elements around it that have no words.

    ``bare`` is what is known by now of which elements have none.
    """
    for outer in islice(image.iterancestors(), _DEEPEST):
        if outer not in bare:
            bare[outer] = not dom.is_longer(outer, 0)
        if not bare[outer]:
            break
        image = outer
    return image


def _boxes(element: HtmlElement) -> Iterator[HtmlElement]:
    """The boxes that ``element`` is or stands in, from the inside."""
    for outer in (element, *islice(element.iterancestors(), _LEVELS - 1)):
        if outer.tag in _BOXES:
            yield outer
        elif outer is not element:
            return


def _is_caption(line: Piece, *, below: bool, is_signed: bool) -> bool:
    """Whether ``line`` captions the picture beside it.

    ``below``: the text has begun, and the picture is right in the box; ``is_signed``: another line
    says whose the picture is.
    """
    if not any(map(str.isalpha, line.words)):
        return False
    around = (line.block, *islice(line.block.iterancestors(), _LEVELS))
    if any(outer.tag in dom.HEADINGS for outer in around):
        return False
    if is_signed or dom.is_called(line.block, names.CAPTIONED) or ends_with_credit(line.words):
        return True
    if _RECORDING.search(line.words):
        return True
    return below and not furniture.is_sentence(line.words)
