"""Which pieces of a page are its article's text, and by which rule each of the others isn't.

Rules
- What the witnesses hold is text, unless it is furniture. So is prose in elements like theirs:
  a text in two containers is one (``alike``).
- What stands between pieces of the text is text too, however short it is, unless a rule says
  what else it is (``neighbours``).
- Of what is said twice, the one counts that stands where most of the text does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import (
    alike,
    captions,
    comments,
    ends,
    furniture,
    neighbours,
    pleas,
    standfirst,
    tables,
    twice,
)
from feeds.normalise.html.body.pieces import Piece, pieces_in
from feeds.normalise.html.body.witness import Witness
from feeds.normalise.html.claims import surroundings
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.text import media, urls

_GOOD_PART, _MOST = 0.3, 0.6
_HOLDING_QUOTES = frozenset((verdicts.BOX, verdicts.SHARING))
_MAYBE_BY_ACCIDENT = frozenset(
    (
        verdicts.BOX,
        verdicts.GALLERY,
        verdicts.OTHER_STORIES,
        verdicts.PLAYER,
        verdicts.POLL,
        verdicts.ADVERTISING,
        verdicts.SHARING,
        verdicts.TAGS,
    )
)
"""What a box may be called that is about something of that name."""
_WITH_PICTURES = frozenset(("", verdicts.CAPTION, verdicts.GALLERY, verdicts.PLAYER))
_MANY_WAYS = 5
_ENDING = re.compile(r"\.[A-Za-z]\w{1,3}(?:[?#]|\Z)")
_PARAGRAPHS = ("p", "blockquote", "li", "td")


@dataclass(slots=True)
class Selection:
    """The pieces of a page, each with its verdict.

    ``scope``: the smallest element that holds the text, and the headline if there is one;
    ``furniture``: the outermost elements that are other things as a whole; ``direct``: those in
    which text stands; ``rule``: how the text was found; ``standfirst``: what leads into it.
    """

    pieces: list[Piece]
    scope: HtmlElement
    furniture: set[HtmlElement]
    direct: set[HtmlElement]
    rule: str
    standfirst: frozenset[str]

    def below_standfirst(self, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the text's ``paragraphs`` that don't lead into it."""
        return tuple(words for words in paragraphs if words not in self.standfirst)


def select(
    tree: HtmlElement,
    title: HtmlElement | None,
    witness: Witness,
    described: Witness,
    rules: furniture.Rules,
    told: str = "",
) -> Selection:
    """What of ``tree`` is text; ``described``: what the page says that it is about.

    ``rules`` knows what elements are by themselves; ``told`` is the rule by which an editor says
    that ``tree`` is the text, furniture apart.
    """
    pieces = pieces_in(tree)
    ways: tuple[tuple[str, Callable[[Piece], bool]], ...] = (
        ("text found by trafilatura", lambda piece: witness.holds(piece.words)),
        ("paragraphs of the page", lambda piece: piece.is_prose),
        ("paragraphs of the page", lambda piece: piece.block.tag in _PARAGRAPHS),
        ("words of the page", lambda piece: piece.linked < furniture.LINKED),
    )
    if told:
        ways = ((told, ways[-1][1]),)
    for rule, test in ways:  # noqa: B007 -- the last one counts
        for piece in pieces:
            piece.is_held, piece.verdict = test(piece), ""
        captions.mark(pieces, tree)
        others = _by_rules(tree, title, pieces, rules)
        comments.mark(pieces, rules)
        alike.mark_cards(pieces, tree, title)
        alike.mark_likeness(pieces)
        _leave_one_of_two(pieces)
        ends.leave_strays(pieces)
        if any(piece.verdict == TEXT for piece in pieces):
            break
    boxes, direct = neighbours.decide(pieces)
    captions.leave_to_tables(pieces, tree)
    twice.leave_one_of_two(pieces)
    ends.leave_teasers(pieces)
    pleas.leave_boxes(pieces)
    pleas.leave_pleas(pieces)
    ends.leave_headings(pieces)
    leads = standfirst.mark(pieces, described)
    return Selection(pieces, _scope(tree, title, pieces), others | boxes, direct, rule, leads)


def _by_rules(
    tree: HtmlElement, title: HtmlElement | None, pieces: list[Piece], rules: furniture.Rules
) -> set[HtmlElement]:
    """Gives pieces the verdicts that rules have on them; the pictures that are furniture."""
    above = list(title.iterancestors()) if title is not None else []
    facts = tables.facts_beside(above)
    of_title = set(title.iter()) if title is not None else set[HtmlElement]()
    near_title = of_title.union(above)
    good, own = _good_places(pieces, above)
    pictured: set[HtmlElement] = set()
    for figure in tree.iter("figure", "figcaption"):
        if figure not in pictured:
            pictured.update(figure.iter())
    places = furniture.Places(tree, good.union(above), rules)
    for piece in pieces:
        if piece.block in near_title and _is_of_title(piece, of_title):
            piece.verdict = HEADLINE
            continue
        if piece.block in facts:
            piece.verdict = verdicts.FACTS
            continue
        rule = furniture.caption_rule(piece.block) if piece.block in pictured else ""
        rule = rule or piece.verdict
        rule = rule or _rule_of(piece, places)
        if not rule and piece.is_time and not surroundings.is_of_a_post(piece.places[0][0]):
            rule = verdicts.TIME_OF_DAY
        if not rule and own is not None and _is_in_another(piece, own, above):
            rule = verdicts.ANOTHER_ARTICLE
        piece.verdict = rule or (TEXT if piece.is_held else "")
    if own is not None:
        _behind(pieces, own)
    _below_headline(pieces)
    return {
        element
        for element in tree.iter("img", "figure")
        if (rule := places.rule_of(element)) not in _WITH_PICTURES
        or (rule == verdicts.GALLERY and _leads_on(element))
    }


def _is_of_title(piece: Piece, of_title: set[HtmlElement]) -> bool:
    """Whether some of the piece stands in the headline, whose elements are ``of_title``."""
    return any((e.getparent() if is_tail else e) in of_title for e, is_tail in piece.places)


def _leads_on(element: HtmlElement) -> bool:
    """Whether the picture ``element`` is a way to another page."""
    links = (*islice(element.iterancestors("a"), 1), *element.iter("a"))
    return any(not urls.is_picture(link.get("href") or "") for link in links)


def _good_places(
    pieces: list[Piece], above: list[HtmlElement]
) -> tuple[set[HtmlElement], HtmlElement | None]:
    """The elements with a good part of what is held, and the article among those ``above``."""
    inside: Counter[HtmlElement] = Counter()
    total = 0
    for piece in pieces:
        if piece.is_held:
            total += len(piece.words)
            for outer in (piece.block, *piece.block.iterancestors()):
                inside[outer] += len(piece.words)
    alike_size: Counter[tuple[str, str]] = Counter()
    for element, size in inside.items():
        alike_size[alike.called(element)] += size
    good = {e for e in inside if alike_size[alike.called(e)] >= total * _GOOD_PART}
    own = next((outer for outer in above if outer.tag == "article" and outer in good), None)
    if own is not None and inside[own] >= total / 2:
        good.intersection_update({*own.iter(), *own.iterancestors()})
    return good, own


def _rule_of(piece: Piece, places: furniture.Places) -> str:
    """The rule by which ``piece`` is furniture, by its place or its words."""
    rule = places.rule_of(piece.block)
    if rule in _MAYBE_BY_ACCIDENT and piece.is_held and _is_told(piece):
        rule = ""
    if rule in _HOLDING_QUOTES and furniture.is_quoted(piece.block):
        rule = ""
    if rule == furniture.BESIDE and places.is_correction(piece.block):
        rule = ""
    rule = rule or furniture.rule_by_words(piece.words, piece.linked, piece.block.tag)
    if not rule and piece.linked and _plays(piece):
        return verdicts.PLAYER
    if rule or not piece.is_held or piece.block.tag in dom.HEADINGS:
        return rule
    return verdicts.LINK if neighbours.is_link(piece) else ""


def _plays(piece: Piece) -> bool:
    """Whether ``piece`` is no sentence, and leads to one recording in several ways."""
    address = piece.leads_to
    if not _ENDING.search(address):  # a dear question, and nearly no link leads to a file
        return False
    url = urls.from_page(urls.UNPLACED, address)
    if url is None or not media.sound_or_video(url) or furniture.is_whole_sentence(piece.words):
        return False
    links = [link.get("href") for link in islice(piece.block.iter("a"), _MANY_WAYS)]
    return len(links) > 1 and len(set(links)) == 1


def _is_told(piece: Piece) -> bool:
    """Whether ``piece`` is a paragraph of sentences."""
    return piece.is_prose and furniture.is_sentence(piece.words)


def _behind(pieces: list[Piece], own: HtmlElement) -> None:
    """What stands behind the article that holds most of the text is none of it."""
    inside = set(own.iter())
    text = [piece for piece in pieces if piece.verdict == TEXT]
    within = sum(len(piece.words) for piece in text if piece.block in inside)
    if within < _MOST * sum(len(piece.words) for piece in text):
        return
    is_behind = False
    for piece in pieces:
        is_within = piece.block in inside
        is_behind = is_behind or is_within
        if is_behind and not is_within and piece.verdict in ("", TEXT):
            piece.verdict = verdicts.OUTSIDE


def _below_headline(pieces: list[Piece]) -> None:
    """What stands above the headline is no text, unless most of the text does."""
    headline = next((p for p, piece in enumerate(pieces) if piece.verdict == HEADLINE), 0)
    size = sum(len(piece.words) for piece in pieces if piece.verdict == TEXT)
    above = [piece for piece in pieces[:headline] if piece.verdict == TEXT]
    if sum(len(piece.words) for piece in above) < size / 2:
        for piece in above:
            piece.verdict = verdicts.ABOVE


def _is_in_another(piece: Piece, own: HtmlElement, above: list[HtmlElement]) -> bool:
    """Whether the piece is in an ``article`` that isn't around the headline, nor inside."""
    other = False
    for outer in (piece.block, *piece.block.iterancestors()):
        if outer is own:
            return False
        other = other or (outer.tag == "article" and outer not in above)
    return other


def _leave_one_of_two(pieces: list[Piece]) -> None:
    """Of what is said twice, leaves the one that stands where most of the text does."""
    weight: Counter[HtmlElement | None] = Counter()
    for piece in pieces:
        if piece.verdict == TEXT:
            weight[piece.block.getparent()] += len(piece.words)
    seen: dict[str, Piece] = {}
    for piece in pieces:
        if piece.verdict != TEXT or not piece.is_prose or piece.block.tag == "li":
            continue
        words = piece.words.casefold()
        rival = seen.setdefault(words, piece)
        if (outer := piece.block.getparent()) is rival.block.getparent():
            continue  # itself, or a refrain
        is_rivals = weight[rival.block.getparent()] >= weight[outer]
        loser, seen[words] = (piece, rival) if is_rivals else (rival, piece)
        loser.verdict = verdicts.SAID_AGAIN


def _scope(tree: HtmlElement, title: HtmlElement | None, pieces: list[Piece]) -> HtmlElement:
    """The smallest element that holds the text, and the headline if there is one."""
    wanted = [piece.block for piece in pieces if piece.verdict == TEXT]
    if not wanted:
        return tree
    if title is not None:
        wanted.append(title)
    path = list(reversed([wanted[0], *wanted[0].iterancestors()]))
    for element in (wanted[-1], wanted[len(wanted) // 2], *wanted):
        around = {element, *element.iterancestors()}
        while path[-1] not in around:
            path.pop()
    return path[-1] if path[-1] is tree or tree in path[-1].iterancestors() else tree
