"""The lines that lead into an article: between its headline and its text, in neither of them.

Rules
- What the page describes itself with, and shows there, is one; so is what its template calls so,
  and so are the sentences that follow the headline, or its byline and date, at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.html.body.witness import Witness
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.normalise.words import names
from feeds.normalise.words.patterns import Words
from feeds.text.dates import find

_FEWEST = 20
_LINKED = 0.5
_OPEN = frozenset((verdicts.OUTSIDE, verdicts.BESIDE, verdicts.BOX))
_LEVELS, _MOST_SHORT = 3, 3


def mark(pieces: list[Piece], described: Witness) -> frozenset[str]:
    """Makes text of what leads into the text of ``pieces``; returns its words.

    ``described``: what the page says that it is about.
    """
    text = (place for place, piece in enumerate(pieces) if piece.verdict == TEXT)
    first = next((place for place in text if not _is_of_header(pieces[place])), 0)
    headline = max((p for p in range(first) if pieces[p].verdict == HEADLINE), default=first)
    said = {piece.words for piece in pieces if piece.verdict == TEXT}
    found: set[str] = set()
    follows = True
    short = 0
    for piece in pieces[headline + 1 : first]:
        is_beside = piece.verdict == verdicts.BOX and not _is_called(piece, names.LEADING_BOX)
        near = follows and (not short or not is_beside)
        leads = piece.verdict in _OPEN and _leads(piece, described, follows=near)
        short += not leads
        follows = follows and (leads or (short <= _MOST_SHORT and _is_of_header(piece)))
        if leads and piece.words not in said:
            piece.verdict = TEXT
            said.add(piece.words)
            found.add(piece.words)
    return frozenset(found)


def _leads(piece: Piece, described: Witness, *, follows: bool) -> bool:
    """Whether ``piece`` leads into the text; ``follows``: it is right below the headline."""
    if piece.linked >= _LINKED or len(piece.words) < _FEWEST:
        return False
    if _is_dateline(piece.words):
        return False
    if described.holds(piece.words):
        return True
    if follows and furniture.is_whole_sentence(piece.words):
        return True
    return piece.verdict != verdicts.BOX and _is_called(piece, names.STANDFIRST)


def _is_of_header(piece: Piece) -> bool:
    """Whether ``piece`` may say who wrote the text, when and where, rather than begin a box."""
    return (
        len(piece.words) < dom.PROSE
        and not furniture.is_heading(piece.block)
        and not furniture.is_whole_sentence(piece.words)
    )


def _is_called(piece: Piece, called: Words) -> bool:
    return any(dom.is_called(element, called) for element in _around(piece))


def _around(piece: Piece) -> Iterator[HtmlElement]:
    """The innermost elements that ``piece`` begins in."""
    first, is_tail = next(
        (e, is_tail)
        for e, is_tail in piece.places
        if ((e.tail if is_tail else e.text) or "").strip()
    )
    return islice((*(() if is_tail else (first,)), *first.iterancestors()), _LEVELS)


def _is_dateline(words: str) -> bool:
    """Whether ``words`` are little more than a date."""
    stamp = find.find_stamp(words)
    return stamp is not None and stamp.full and len(stamp.before + stamp.after) < dom.PROSE
