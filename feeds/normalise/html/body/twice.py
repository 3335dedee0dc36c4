"""What a template shows twice, once for phones and once for larger screens.

Rules
- Two elements beside each other that say the same, and are called by different names, are one of
  which a style sheet shows either.
- A refrain is none: its paragraphs are called alike, or not at all. Nor are cells, or a score.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT

_LEVELS, _FAR = 4, 12
_LONGEST = 2000
_CELLS = frozenset(("dd", "dt", "li", "td", "th", "tr"))


def leave_one_of_two(pieces: list[Piece]) -> None:
    """Takes the verdict back from the text of ``pieces`` that a neighbour of its element shows."""
    last: dict[str, int] = {}
    second: set[HtmlElement] = set()
    for place, piece in enumerate(pieces):
        if piece.verdict != TEXT or " " not in piece.words:
            continue
        words = piece.words.casefold()
        before = last.get(words)
        last[words] = place
        if (
            before is not None
            and place - before <= _FAR
            and pieces[before].block is not piece.block
        ) and (box := _shown_again(piece.block)) is not None:
            second.add(box)
    for piece in pieces if second else ():
        if piece.verdict == TEXT and not second.isdisjoint(
            (piece.block, *islice(piece.block.iterancestors(), _LEVELS))
        ):
            piece.verdict = verdicts.SAID_AGAIN


def _shown_again(block: HtmlElement) -> HtmlElement | None:
    """The element around ``block`` that says what the element before it says."""
    for box in (block, *islice(block.iterancestors(), _LEVELS)):
        before = box.getprevious()
        if before is None or before.tag != box.tag or box.tag in _CELLS:
            continue
        names, others = box.get("class"), before.get("class")
        if not names or not others or names == others or dom.is_longer(box, _LONGEST):
            continue
        if dom.text_of(box).casefold() == dom.text_of(before).casefold():
            return box
    return None
