"""What elements of one make tell of each other: cards of stories, paragraphs of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture
from feeds.normalise.html.body.amid import is_amid_prose, is_own_list
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.verdicts import TEXT
from feeds.text.dates import find

_GOOD_PART, _MOSTLY = 0.3, 0.6
_MANY_CARDS, _LONGEST_CARD, _CARD_DEPTH = 3, 500, 4
_OF_TITLES = frozenset(("", TEXT, verdicts.OTHER_STORIES, verdicts.BOX, verdicts.LINK))
_CARDS = frozenset(("a", "article", "div", "li", "section"))


def called(element: HtmlElement) -> tuple[str, str]:
    """The tag of ``element``, and what its template calls it."""
    return str(element.tag), element.get("class") or element.get("id") or ""


def mark_cards(pieces: list[Piece], tree: HtmlElement, title: HtmlElement | None) -> None:
    """Elements alike that follow each other, each with a headline that is a link, are cards."""
    above = {tree} if title is None else {tree, *title.iterancestors()}
    many = _rows_of_cards(pieces, above)
    members: dict[HtmlElement, list[Piece]] = {card: [] for row in many for card in row}
    for piece in pieces if many else ():
        for outer in _around(piece, above):
            if outer in members:
                members[outer].append(piece)
    for row in many:
        short = [
            members[card]
            for card in row
            if _size(members[card]) <= _LONGEST_CARD
            and not (card.tag == "li" and _is_told_first(members[card]))
        ]
        for piece in (piece for card in short for piece in card if len(short) >= _MANY_CARDS):
            if piece.verdict in ("", TEXT):
                piece.verdict = verdicts.OTHER_STORIES


def _rows_of_cards(pieces: list[Piece], above: set[HtmlElement]) -> list[set[HtmlElement]]:
    """Elements alike, and beside each other, that each hold a link as headlines are."""
    rows: dict[tuple[HtmlElement | None, str, str], set[HtmlElement]] = {}
    for piece in pieces:
        if _is_title(piece):
            for outer in _around(piece, above):
                if outer.tag in _CARDS:
                    rows.setdefault((outer.getparent(), *called(outer)), set()).add(outer)
    return [
        row
        for (outer, tag, _), row in rows.items()
        if len(row) >= _MANY_CARDS
        and not (tag == "li" and outer is not None and _is_chronology(outer, row, above))
    ]


def _is_chronology(outer: HtmlElement, rows: set[HtmlElement], above: set[HtmlElement]) -> bool:
    """Whether the list ``outer`` is the article's own: sources, or days on which things were."""
    if is_own_list(outer):
        return True
    dated = (find.find_stamp(dom.line_in(row)) is not None for row in rows)
    return all(dated) and is_amid_prose(outer, outer, above)


def _is_told_first(card: list[Piece]) -> bool:
    """Whether prose that others hold for text stands above all links of ``card``."""
    first = next((piece for piece in card if piece.is_prose or _is_title(piece)), None)
    return first is not None and first.is_prose and first.is_held


def _size(pieces: list[Piece]) -> int:
    return sum(len(piece.words) for piece in pieces)


def _around(piece: Piece, above: set[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements around ``piece`` that a card may be, from the inside."""
    for outer in (piece.block, *islice(piece.block.iterancestors(), _CARD_DEPTH - 1)):
        if outer in above:
            return
        yield outer


def _is_title(piece: Piece) -> bool:
    """Whether ``piece`` may be a headline that leads to another page."""
    if piece.linked < _MOSTLY or piece.verdict not in _OF_TITLES:
        return False  # or a button of the post
    if furniture.is_whole_sentence(piece.words):
        return False
    element, _ = piece.places[0]
    links = (*element.iter("a"), *islice(element.iterancestors("a"), 1))
    return not links or any((link.get("href") or "#")[0] != "#" for link in links)


def mark_likeness(pieces: list[Piece]) -> None:
    """Prose in elements like those of the text is text, and so are paragraphs around its lists."""
    like: Counter[tuple[str, ...]] = Counter()
    around: set[HtmlElement | None] = set()
    total = 0
    for piece in pieces:
        if piece.verdict == TEXT and piece.is_prose:
            like.update(dict.fromkeys(_shapes(piece), len(piece.words)))
            total += len(piece.words)
            outer = piece.block.getparent()
            if piece.block.tag == "li" and outer is not None:
                around.add(outer.getparent())
    usual = {shape for shape, size in like.items() if size >= total * _GOOD_PART}
    for piece in pieces:
        if piece.verdict or not piece.is_prose:
            continue
        is_beside_list = (
            piece.block.tag == "p"
            and piece.block.getparent() in around
            and furniture.is_whole_sentence(piece.words)
        )
        if is_beside_list or not usual.isdisjoint(_shapes(piece)):
            piece.verdict = TEXT


def _shapes(piece: Piece) -> list[tuple[str, ...]]:
    """What elements of a template share: their tag, and the tag and class of what they stand in.

    Or the class that they have themselves, and the first of what they stand in.
    """
    outer = piece.block.getparent()
    around = str(outer.tag) if outer is not None else ""
    names = (outer.get("class") or "") if outer is not None else ""
    found: list[tuple[str, ...]] = [(str(piece.block.tag), around, names)]
    if (own := piece.block.get("class")) and names.strip():
        found.append((str(piece.block.tag), own, around, names.split()[0], "itself"))
    return found
