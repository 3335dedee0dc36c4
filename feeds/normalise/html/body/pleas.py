"""What newsrooms ask readers for below a text, in whole sentences.

Rules
- A short paragraph at the very end that begins as an invitation and names a network, a letter, an
  app or a gift is no text. Within the text people are told such things as well.
- What stands in a box of its own with two pleas or more, which are as much as all else in it, is
  of them.
- So is a paragraph at the very end whose last words are a button, with what stands in its box.
- What a site says for legal reasons is none at the beginning either.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of

_LONGEST, _LONGEST_LEGAL = 300, 600
_LEVELS, _FEWEST, _SMALL_PART = 3, 2, 0.25
_ASKING = frozenset((verdicts.INVITATION, verdicts.PAID))
_MOST, _FIRST = 4, 2
_BEGINNING = Words(rf"[\W_]*(?:{any_of(vocabulary.INVITED)})(?!\w)")
_WHAT_FOR = Words(
    rf"(?<!\w)(?:{any_of(vocabulary.INVITED_TO)}|{any_of(vocabulary.NEWSLETTERS)})(?!\w)"
)
_BUTTON = re.compile(r"(?:^|[\s_-])(?:button|btn|cta)(?:$|[\s_-])", re.IGNORECASE)
_SURE = Words(rf"[\W_]*(?:{any_of(vocabulary.CLOSING)})")


def leave_boxes(pieces: list[Piece]) -> None:
    """Takes out what stands in a box of pleas, and is not much of the text."""
    inside: dict[HtmlElement, list[Piece]] = {}
    for piece in pieces:
        if piece.verdict in _ASKING:
            for outer in islice(piece.block.iterancestors(), _LEVELS):
                inside.setdefault(outer, [])
    size = 0
    for piece in pieces:
        size += len(piece.words) if piece.verdict == TEXT else 0
        for outer in piece.block.iterancestors() if inside else ():
            if outer in inside:
                inside[outer].append(piece)
    for within in inside.values():
        told = [piece for piece in within if piece.verdict == TEXT]
        asking = [piece for piece in within if piece.verdict in _ASKING]
        is_theirs = len(asking) >= _FEWEST and len(asking) >= len(told)
        if is_theirs and sum(len(piece.words) for piece in told) <= size * _SMALL_PART:
            for piece in told:
                piece.verdict = verdicts.INVITATION


def leave_pleas(pieces: list[Piece]) -> None:
    """Takes what asks readers for something off the end of the text of ``pieces``."""
    text = [piece for piece in pieces if piece.verdict == TEXT]
    for piece in text[:_FIRST] if len(text) > _FIRST else ():
        if len(piece.words) <= _LONGEST_LEGAL and _SURE.match(piece.words):
            piece.verdict = verdicts.INVITATION
    for piece in reversed(text[1:][-_MOST:]):
        if _ends_with_button(piece):
            for one in _box_of(piece, text):
                one.verdict = verdicts.INVITATION
        elif piece.verdict == TEXT and not _is_plea(piece.words):
            return
        piece.verdict = verdicts.INVITATION


def _ends_with_button(piece: Piece) -> bool:
    """Whether the last words of ``piece`` are a link that looks like a button."""
    element, is_tail = next(place for place in reversed(piece.places) if _words_at(place))
    if is_tail:
        return False
    around = (element, *islice(element.iterancestors(), _LEVELS))
    link = next((one for one in around if one.tag == "a"), None)
    return link is not None and _BUTTON.search(link.get("class") or "") is not None


def _words_at(place: tuple[HtmlElement, bool]) -> str:
    element, is_tail = place
    return ((element.tail if is_tail else element.text) or "").strip()


def _box_of(plea: Piece, text: list[Piece]) -> list[Piece]:
    """The pieces of the ``text`` that stand in the box of ``plea``, and are less than that."""
    for outer in islice(plea.block.iterancestors(), _LEVELS - 1):
        inside = set(outer.iter())
        found = [piece for piece in text if piece.block in inside and piece is not plea]
        if found:
            return found if sum(len(one.words) for one in found) < len(plea.words) else []
    return []


def _is_plea(words: str) -> bool:
    if len(words) <= _LONGEST_LEGAL and _SURE.match(words):
        return True
    if len(words) > _LONGEST:
        return False
    return _BEGINNING.match(words) is not None and _WHAT_FOR.search(words) is not None
