"""What a piece is of which no rule tells it: by what stands around it.

Rules
- Between pieces of the text it is text too, however short it is, but for a link to another page
  and a box of links. The links of a post of another site are of the text, and so is a link to a
  document or a recording.
- Above and below the text, in the container that the text is in, sentences alone are text; and
  above it its first heading, and a list of its points; right below it, a list of a few words
  each, with its heading, none of which is a link, or of its sources (``points``).
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture, link_rows, points, tables
from feeds.normalise.html.body.amid import is_amid_prose, is_own_list
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.html.claims import surroundings
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.text import urls
from feeds.text.dates import find

_MOSTLY = 0.6
_REST, _SCORE = 15, re.compile(r"\d\s?[:–-]\s?\d{1,2}\W*$")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_CUT_SHORT = ("...", "…")
_MOST_ITEMS, _MOST_INSIDE = 50, 20
_TO_HEADING = 2


def decide(pieces: list[Piece]) -> tuple[set[HtmlElement], set[HtmlElement]]:
    """Gives each piece of ``pieces`` that has none a verdict.

    Returns the boxes of links, which are furniture as a whole, and the elements in which text
    stands directly.
    """
    text = [place for place, piece in enumerate(pieces) if piece.verdict == TEXT]
    if not text:
        for piece in pieces:
            piece.verdict = piece.verdict or verdicts.OUTSIDE
        return set(), set()
    decider = _Decider(pieces, text)
    decider.decide()
    return decider.furniture, decider.direct


class _Decider:
    def __init__(self, pieces: list[Piece], text: list[int]) -> None:
        self._pieces, self._first, self._last = pieces, text[0], text[-1]
        self._headline = max(
            (place for place in range(self._first) if pieces[place].verdict == HEADLINE),
            default=self._first,
        )
        self._around: set[HtmlElement] = set()
        self._lists: dict[HtmlElement, bool] = {}
        self.furniture: set[HtmlElement] = set()
        self.direct: set[HtmlElement] = set()
        for place in text:
            self._note(pieces[place].block)

    def _note(self, block: HtmlElement) -> None:
        outer = block.getparent()
        self.direct.add(block)
        if outer is not None:
            self.direct.add(outer)
        inner: HtmlElement | None = block
        while inner is not None and inner not in self._around:
            self._around.add(inner)
            inner = inner.getparent()

    def decide(self) -> None:
        boxes: dict[HtmlElement, list[int]] = {}
        for place, piece in enumerate(self._pieces):
            boxes.setdefault(self._box(piece), []).append(place)
        for box, members in boxes.items():
            unknown = [place for place in members if not self._pieces[place].verdict]
            if unknown:
                self._decide_box(box, [self._pieces[place] for place in members], unknown)

    def _decide_box(self, box: HtmlElement, members: list[Piece], unknown: list[int]) -> None:
        within = box in self._around
        says = any(furniture.is_whole_sentence(piece.words) for piece in members)
        near = within or box.getparent() in self.direct or (says and self._is_like_text(box))
        size = sum(len(piece.words) for piece in members)
        links = sum(len(piece.words) * piece.linked for piece in members)
        has_links = not within and links >= size / 2
        tells = has_links and all(_is_in_list_of_words(piece.block) for piece in members)
        for place in unknown:
            piece = self._pieces[place]
            is_between = self._first < place < self._last
            leads = self._headline < place < self._first and self._leads(place)
            if leads or (is_between and (tells or self._heads(place))):
                piece.verdict = TEXT
            elif not near or (place <= self._headline and not is_between):
                piece.verdict = verdicts.OUTSIDE
            elif not is_between:
                is_text = _tells(piece) or _is_in_quote(piece) or _offers(piece)
                is_text = is_text or link_rows.is_row_of_names(piece.block)
                is_text = is_text or (place > self._last and tables.is_of_table(piece.block))
                is_text = is_text or (place > self._last and self._ends(piece.block))
                piece.verdict = TEXT if is_text else verdicts.BESIDE
            elif (
                has_links
                and len(members) > 1
                and not _offers(piece)
                and not furniture.is_posted(piece.block)
            ):
                piece.verdict = verdicts.BOX_OF_LINKS
            else:
                piece.verdict = self._rule_between(piece, box)
        if has_links and all(piece.verdict != TEXT for piece in members):
            self.furniture.add(box)

    def _box(self, piece: Piece) -> HtmlElement:
        """The largest element around the piece that holds no text, else its own block."""
        box = piece.block
        outer = box.getparent()
        while box not in self._around and outer is not None and outer not in self._around:
            box, outer = outer, outer.getparent()
        return box

    def _leads(self, place: int) -> bool:
        """Whether the piece above the text is its first heading, or one of its key points."""
        piece = self._pieces[place]
        if piece.linked:
            return False
        if piece.is_time and place + _TO_HEADING >= self._first:
            # the clock of the first post of many, such as a live blog's
            return surroundings.is_of_a_post(piece.places[0][0])
        outer = piece.block.getparent()
        if furniture.is_heading(piece.block):
            text = self._pieces[self._first].block
            return place + 1 == self._first and outer is text.getparent()
        if piece.block.tag != "li" or outer is None:
            return False
        if outer not in self._lists:  # asked once of a list: some have thousands of items
            self._lists[outer] = points.are_points(outer)
        return self._lists[outer]

    def _ends(self, block: HtmlElement) -> bool:
        """Whether ``block``, below the text, is of a list that ends it, or heads such a list."""
        closing = points.list_of(block)
        if closing is None:
            return False
        if closing not in self._lists:  # asked once of a list
            self._lists[closing] = points.ends(closing, self._around)
        return self._lists[closing]

    def _heads(self, place: int) -> bool:
        """Whether the piece is the heading of the text that follows, such as a post's."""
        piece = self._pieces[place]
        return (
            furniture.is_heading(piece.block)
            and piece.linked < furniture.LINKED
            and self._pieces[place + 1].verdict == TEXT
        )

    def _is_like_text(self, box: HtmlElement) -> bool:
        """Whether ``box`` is a block of the template, as its neighbours with text are."""
        names_of = set((box.get("class") or "").split())
        if not names_of or next(box.iter("a"), None) is not None:
            return False
        near = (*islice(box.itersiblings(), 3), *islice(box.itersiblings(preceding=True), 3))
        return any(
            sibling in self._around
            and sibling.tag == box.tag
            and not names_of.isdisjoint((sibling.get("class") or "").split())
            for sibling in near
        )

    def _rule_between(self, piece: Piece, box: HtmlElement) -> str:
        if furniture.is_heading(piece.block):
            if piece.block is box or box in self._around or piece.block.getparent() in self.direct:
                return TEXT
            is_text = piece.linked < furniture.LINKED
            return verdicts.HEADING_OF_BOX if is_text else verdicts.LINK
        return verdicts.LINK if is_link(piece) else TEXT


def is_link(piece: Piece) -> bool:
    """Whether ``piece`` is mostly a link, no sentence, and in no table or list of words."""
    return (
        piece.linked >= _MOSTLY
        and not _is_cell(piece)
        and (not furniture.is_whole_sentence(piece.words) or piece.words.endswith(_CUT_SHORT))
        and not (piece.is_held and _ADDRESS.match(piece.words))  # of a source
        and not _is_note(piece.block)
        and not link_rows.is_row_of_days(piece.block)
        and not link_rows.is_row_of_names(piece.block)
        and not _is_in_list_of_words(piece.block)
        and not furniture.is_posted(piece.block)
        and not urls.is_document(piece.leads_to)
        and not urls.is_recording(piece.leads_to)
    )


def _tells(piece: Piece) -> bool:
    """Whether ``piece`` is a sentence that is no link, or a paragraph, as no link's headline is."""
    if piece.linked < 0.5:
        return furniture.is_sentence(piece.words)
    if _is_note(piece.block):
        return True
    return (
        piece.block.tag == "p"
        and len(piece.words) >= dom.PROSE
        and furniture.is_whole_sentence(piece.words)
        and not piece.words.endswith(_CUT_SHORT)
    )


def _is_note(block: HtmlElement) -> bool:
    """Whether ``block`` is a note at the foot of a text, which begins with its number."""
    number = next(block.iterchildren("sup"), None)
    if number is None or number.getprevious() is not None or (block.text or "").strip():
        return False
    return dom.line_in(number).strip("[]().").isdecimal()


def _is_in_quote(piece: Piece) -> bool:
    """Whether ``piece`` is quoted with the text, or says who is, or is of a post."""
    if piece.linked < _MOSTLY:
        return furniture.is_quoted(piece.block)
    return furniture.is_posted(piece.block)


def _offers(piece: Piece) -> bool:
    """Whether ``piece`` is a link to a document or a recording."""
    return piece.linked >= _MOSTLY and (
        urls.is_document(piece.leads_to) or urls.is_recording(piece.leads_to)
    )


def _is_cell(piece: Piece) -> bool:
    """Whether ``piece`` is all that a cell of a table says."""
    return piece.block.tag in ("td", "th") and dom.line_in(piece.block) == piece.words


def _is_in_list_of_words(block: HtmlElement) -> bool:
    """Whether ``block`` is an item of a list most of which say something besides links."""
    outer = block.getparent()
    if block.tag != "li" or outer is None:
        return False
    if is_own_list(outer):
        return True
    items = list(islice(outer.iterchildren("li"), _MOST_ITEMS))
    telling = list(filter(_says_something, items))
    if 2 * sum(not _is_dated(item) for item in telling) >= len(items):
        return True
    return 2 * len(telling) >= len(items) and is_amid_prose(outer, outer)


def _is_dated(item: HtmlElement) -> bool:
    """Whether an item has a link, and a date beside."""
    return next(item.iter("a"), None) is not None and find.find_stamp(dom.line_in(item)) is not None


def _says_something(item: HtmlElement) -> bool:
    """Whether an item says something besides its link: a sentence, a score."""
    inner = list(islice(item.iterdescendants(), _MOST_INSIDE))
    links = [one for one in inner if one.tag == "a"]
    if not links:
        return True
    words = dom.line_in(item)
    rest = len(words) - sum(len(dom.line_in(link)) for link in links)
    return rest >= _REST or _SCORE.search(words) is not None
