"""Which pieces of a page are its article's text, and by which rule each of the others isn't.

Rules
- What the witnesses hold is text, unless it is furniture. So is prose in elements like theirs:
  a text in two containers is one.
- What stands between pieces of the text is text too, however short it is, unless a rule says
  what else it is: furniture, a link to another page, a box of links.
- Above and below the text, within the same container, sentences alone are.
- Of what is said twice, the one counts that stands where most of the text does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture
from feeds.normalise.html.body.pieces import Piece, pieces_in
from feeds.normalise.html.body.witness import Witness
from feeds.normalise.words import names

TEXT = "text"
HEADLINE = "headline"
"""What a piece is; every other verdict is the rule by which it is no text."""
OUTSIDE = "outside the article"
_GOOD_PART = 0.3
_LINKED = 0.8
_MOSTLY = 0.6
_HOLDING_QUOTES = frozenset((names.BOX, "buttons to share"))
_MANY_CARDS, _LONGEST_CARD, _CARD_DEPTH = 3, 500, 4
_CARDS = frozenset(("a", "article", "div", "li", "section"))
_POINT, _MOST_ITEMS, _MOST_INSIDE = 4, 50, 20
_PARAGRAPHS = ("p", "blockquote", "li", "td")


@dataclass(slots=True)
class Selection:
    """The pieces of a page, and of each what it is.

    ``scope``: the smallest element that holds the text, and the headline if there is one;
    ``furniture``: the outermost elements that are other things as a whole; ``direct``: those in
    which text stands; ``rule``: how the text was found.
    """

    pieces: list[Piece]
    verdicts: list[str]
    scope: HtmlElement
    furniture: set[HtmlElement]
    direct: set[HtmlElement]
    rule: str


def select(tree: HtmlElement, title: HtmlElement | None, witness: Witness) -> Selection:
    """What of ``tree`` is text."""
    pieces = pieces_in(tree)
    ways: tuple[tuple[str, Callable[[Piece], bool]], ...] = (
        ("text found by trafilatura", lambda piece: witness.holds(piece.words)),
        ("paragraphs of the page", _is_prose),
        ("paragraphs of the page", lambda piece: piece.block.tag in _PARAGRAPHS),
        ("words of the page", lambda piece: piece.linked < _LINKED),
    )
    for rule, test in ways:  # noqa: B007 -- the last one counts
        held = [test(piece) for piece in pieces]
        chooser = _Chooser(tree, title, pieces, held)
        chooser.choose()
        if TEXT in chooser.verdicts:
            break
    return Selection(
        pieces, chooser.verdicts, chooser.scope(), chooser.furniture, chooser.direct, rule
    )


class _Chooser:
    def __init__(
        self,
        tree: HtmlElement,
        title: HtmlElement | None,
        pieces: list[Piece],
        held: list[bool],
    ) -> None:
        self._tree, self._title, self._pieces, self._held = tree, title, pieces, held
        self.verdicts = [""] * len(pieces)
        self._above = set(title.iterancestors()) if title is not None else set[HtmlElement]()
        self._of_title = set(title.iter()) if title is not None else set[HtmlElement]()
        self._around: set[HtmlElement] = set()
        self._lists: dict[HtmlElement, bool] = {}
        self.furniture: set[HtmlElement] = set()
        self.direct: set[HtmlElement] = set()

    def choose(self) -> None:
        self._by_rules()
        self._cards()
        self._by_likeness()
        self._once()
        text = [place for place, verdict in enumerate(self.verdicts) if verdict == TEXT]
        if not text:
            self.verdicts = [verdict or OUTSIDE for verdict in self.verdicts]
            return
        for place in text:
            self._note(place)
        self._between(text[0], text[-1])

    def scope(self) -> HtmlElement:
        """The smallest element that holds the text, and the headline if there is one."""
        wanted = [p.block for p, v in zip(self._pieces, self.verdicts, strict=True) if v == TEXT]
        if not wanted:
            return self._tree
        if self._title is not None:
            wanted.append(self._title)
        path = list(reversed([wanted[0], *wanted[0].iterancestors()]))
        for element in (wanted[-1], wanted[len(wanted) // 2], *wanted):
            around = {element, *element.iterancestors()}
            while path[-1] not in around:
                path.pop()
        return path[-1] if path[-1] in {self._tree, *self._tree.iterdescendants()} else self._tree

    def _by_rules(self) -> None:
        inside: Counter[HtmlElement] = Counter()
        total = 0
        for piece, held in zip(self._pieces, self._held, strict=True):
            if held:
                total += len(piece.words)
                for outer in (piece.block, *piece.block.iterancestors()):
                    inside[outer] += len(piece.words)
        alike: Counter[tuple[str, str]] = Counter()
        for element, size in inside.items():
            alike[_called(element)] += size
        good = {element for element in inside if alike[_called(element)] >= total * _GOOD_PART}
        own = next(
            (outer for outer in self._above if outer.tag == "article" and outer in good), None
        )
        if own is not None and inside[own] >= total / 2:
            good.intersection_update({*own.iter(), *own.iterancestors()})
        places = furniture.Places(self._tree, good | self._above)
        self.furniture = {
            element for element in self._tree.iter("img", "figure") if places.rule_of(element)
        }
        for place, piece in enumerate(self._pieces):
            if self._is_headline(piece):
                self.verdicts[place] = HEADLINE
                continue
            rule = self._rule_of(places.rule_of(piece.block), place)
            rule = furniture.caption_rule(piece.block) or rule
            if not rule and _is_time(piece):
                rule = "time of day"
            if not rule and own is not None and self._is_in_another(piece, own):
                rule = "another article"
            self.verdicts[place] = rule or (TEXT if self._held[place] else "")
        self._below_headline()

    def _rule_of(self, rule: str, place: int) -> str:
        """The rule by which a piece is furniture, which its place says is ``rule``."""
        piece, held = self._pieces[place], self._held[place]
        if rule == names.BOX and held and _is_prose(piece):
            rule = ""
        if rule in _HOLDING_QUOTES and furniture.is_quoted(piece.block):
            rule = ""
        rule = rule or furniture.rule_by_words(piece.words, piece.linked)
        if rule or not held or piece.block.tag in (*dom.HEADINGS, "td", "th"):
            return rule
        is_link = piece.linked >= _MOSTLY and not furniture.is_whole_sentence(piece.words)
        is_link = is_link and not _is_in_list_of_words(piece.block)
        return "link to another page" if is_link else ""

    def _below_headline(self) -> None:
        """What stands above the headline is no text, unless most of the text does."""
        headline = next((p for p, v in enumerate(self.verdicts) if v == HEADLINE), 0)
        text = [place for place, verdict in enumerate(self.verdicts) if verdict == TEXT]
        size = sum(len(self._pieces[place].words) for place in text)
        above = [place for place in text if place < headline]
        if sum(len(self._pieces[place].words) for place in above) < size / 2:
            for place in above:
                self.verdicts[place] = "above the headline"

    def _is_headline(self, piece: Piece) -> bool:
        return any(
            (element.getparent() if is_tail else element) in self._of_title
            for element, is_tail in piece.places
        )

    def _is_in_another(self, piece: Piece, own: HtmlElement) -> bool:
        """Whether the piece is in an ``article`` that isn't around the headline, nor inside."""
        other = False
        for outer in (piece.block, *piece.block.iterancestors()):
            if outer is own:
                return False
            other = other or (outer.tag == "article" and outer not in self._above)
        return other

    def _cards(self) -> None:
        """Elements alike that follow each other, each with a headline that is a link, are cards."""
        size: Counter[HtmlElement] = Counter()
        members: dict[HtmlElement, list[int]] = {}
        cards: dict[tuple[HtmlElement | None, str, str], set[HtmlElement]] = {}
        for place, piece in enumerate(self._pieces):
            is_title = piece.linked >= 0.5 and not furniture.is_whole_sentence(piece.words)
            for outer in islice((piece.block, *piece.block.iterancestors()), _CARD_DEPTH):
                if outer in self._above or outer is self._tree:
                    break
                size[outer] += len(piece.words)
                members.setdefault(outer, []).append(place)
                if is_title and outer.tag in _CARDS:
                    cards.setdefault((outer.getparent(), *_called(outer)), set()).add(outer)
        for alike in cards.values():
            short = [card for card in alike if size[card] <= _LONGEST_CARD]
            if len(short) < _MANY_CARDS:
                continue
            for card in short:
                for place in members[card]:
                    if self.verdicts[place] in ("", TEXT):
                        self.verdicts[place] = "links to other stories"

    def _by_likeness(self) -> None:
        """Prose in elements like those of the text is text."""
        like: Counter[tuple[str, ...]] = Counter()
        total = 0
        for piece, verdict in zip(self._pieces, self.verdicts, strict=True):
            if verdict == TEXT and _is_prose(piece):
                like[_shape(piece)] += len(piece.words)
                total += len(piece.words)
        usual = {shape for shape, size in like.items() if size >= total * _GOOD_PART}
        for place, piece in enumerate(self._pieces):
            if not self.verdicts[place] and _is_prose(piece) and _shape(piece) in usual:
                self.verdicts[place] = TEXT

    def _once(self) -> None:
        """Of what is said twice, leaves the one that stands where most of the text does."""
        weight: Counter[HtmlElement | None] = Counter()
        for piece, verdict in zip(self._pieces, self.verdicts, strict=True):
            if verdict == TEXT:
                weight[piece.block.getparent()] += len(piece.words)
        seen: dict[str, int] = {}
        for place, piece in enumerate(self._pieces):
            if self.verdicts[place] != TEXT or not _is_prose(piece) or piece.block.tag == "li":
                continue
            words = piece.words.casefold()
            if (other := seen.get(words)) is None:
                seen[words] = place
                continue
            own, rival = piece.block.getparent(), self._pieces[other].block.getparent()
            if own is rival:
                continue  # a refrain
            loser = other if weight[own] > weight[rival] else place
            self.verdicts[loser] = "said again"
            seen[words] = other if loser == place else place

    def _note(self, place: int) -> None:
        block = self._pieces[place].block
        outer = block.getparent()
        self.direct.add(block)
        if outer is not None:
            self.direct.add(outer)
        for element in (block, *block.iterancestors()):
            if element in self._around:
                break
            self._around.add(element)

    def _between(self, first: int, last: int) -> None:
        headline = max(
            (place for place in range(first) if self.verdicts[place] == HEADLINE), default=first
        )
        boxes: dict[HtmlElement, list[int]] = {}
        for place, piece in enumerate(self._pieces):
            boxes.setdefault(self._box(piece), []).append(place)
        for box, members in boxes.items():
            unknown = [place for place in members if not self.verdicts[place]]
            if not unknown:
                continue
            within = box in self._around
            outer = box.getparent()
            says = any(furniture.is_whole_sentence(self._pieces[place].words) for place in members)
            near = within or outer in self.direct or (says and self._is_like_text(box))
            size = sum(len(self._pieces[place].words) for place in members)
            links = sum(
                len(self._pieces[place].words) * self._pieces[place].linked for place in members
            )
            is_links = not within and len(members) > 1 and links >= size / 2
            for place in unknown:
                piece = self._pieces[place]
                if headline < place < first and self._leads(place, first):
                    rule = TEXT
                elif not near:
                    rule = OUTSIDE
                elif first < place < last:
                    rule = "box of links" if is_links else self._rule_between(piece, box)
                elif place > last or place > headline:
                    is_text = furniture.is_sentence(piece.words) and (
                        piece.linked < 0.5 or _is_linked_prose(piece)
                    )
                    rule = TEXT if is_text else "beside the text"
                else:
                    rule = OUTSIDE
                self.verdicts[place] = rule
            is_links = is_links or (not within and links >= size / 2)
            if is_links and all(self.verdicts[place] != TEXT for place in members):
                self.furniture.add(box)

    def _leads(self, place: int, first: int) -> bool:
        """Whether the piece above the text is its first heading, or one of its key points."""
        piece = self._pieces[place]
        if piece.linked:
            return False
        if furniture.is_heading(piece.block):
            text = self._pieces[first].block
            return place + 1 == first and piece.block.getparent() is text.getparent()
        outer = piece.block.getparent()
        if piece.block.tag != "li" or outer is None or len(piece.words.split()) < _POINT:
            return False
        if outer not in self._lists:  # asked once of a list: some have thousands of items
            self._lists[outer] = _is_list_of_points(outer)
        return self._lists[outer]

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
            return "heading of a box" if piece.linked < _LINKED else "link to another page"
        if (
            piece.linked >= _MOSTLY
            and not furniture.is_whole_sentence(piece.words)
            and piece.block.tag not in ("td", "th")
            and not _is_in_list_of_words(piece.block)
        ):
            return "link to another page"
        return TEXT

    def _box(self, piece: Piece) -> HtmlElement:
        """The largest element around the piece that holds no text, else its own block."""
        box = piece.block
        outer = box.getparent()
        while box not in self._around and outer is not None and outer not in self._around:
            box, outer = outer, outer.getparent()
        return box


def _called(element: HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class") or element.get("id") or ""


def _is_prose(piece: Piece) -> bool:
    return len(piece.words) >= dom.PROSE and piece.linked < 0.5


def _is_linked_prose(piece: Piece) -> bool:
    """Whether the piece is a paragraph that is a link, as no headline of a link is."""
    return (
        piece.block.tag == "p"
        and len(piece.words) >= dom.PROSE
        and furniture.is_whole_sentence(piece.words)
    )


def _is_list_of_points(element: HtmlElement) -> bool:
    """Whether ``element`` has a few items, and neither links nor dates nor buttons."""
    items = list(islice(element.iterchildren(), _MOST_ITEMS + 1))
    return (
        len(items) <= _MOST_ITEMS
        and all(item.tag == "li" for item in items)
        and next(element.iter("a", "time", "button"), None) is None
    )


def _is_in_list_of_words(block: HtmlElement) -> bool:
    """Whether ``block`` is an item of a list of which others are no links."""
    outer = block.getparent()
    if block.tag != "li" or outer is None:
        return False
    items = list(islice(outer.iterchildren("li"), _MOST_ITEMS))
    return 2 * sum(not _has_link(item) for item in items) >= len(items)


def _has_link(item: HtmlElement) -> bool:
    return any(inner.tag == "a" for inner in islice(item.iterdescendants(), _MOST_INSIDE))


def _is_time(piece: Piece) -> bool:
    """Whether the piece is nothing but what a ``time`` element says."""
    return all(
        element.tag == "time" and not is_tail
        for element, is_tail in piece.places
        if ((element.tail if is_tail else element.text) or "").strip()
    )


def _shape(piece: Piece) -> tuple[str, ...]:
    """What elements of a template share: their tag, and the tag and class of what they stand in."""
    outer = piece.block.getparent()
    called = (outer.get("class") or "") if outer is not None else ""
    return (str(piece.block.tag), str(outer.tag) if outer is not None else "", called)
