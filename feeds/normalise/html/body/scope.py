"""What an article's text is chosen from, and what is taken off the text that was chosen."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise import verdicts
from feeds.normalise.html import body, dom
from feeds.normalise.html.body import furniture
from feeds.normalise.html.body.pieces import Piece
from feeds.normalise.html.body.witness import Witness
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.html.guided import NOWHERE, Places
from feeds.normalise.verdicts import HEADLINE, TEXT
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of, in_language
from feeds.text.dates import resolve

_LOG_IN, _TO_READ = rf"(?:{any_of(vocabulary.LOG_IN)}|\bmember)", any_of(vocabulary.TO_READ)
_STUB = Words(rf"{_LOG_IN}.{{0,80}}\b{_TO_READ}|\b{_TO_READ}.{{0,80}}{_LOG_IN}")
# in English stories tell of members who log in: only there it has to be readers who are asked
_IN_ENGLISH = Words(rf"\b(?:{in_language('en', vocabulary.LOG_IN)}|member)")
_QUOTED = frozenset("“”„«»「」")
_ASKING = Words(any_of(vocabulary.ASKED_OF_READERS))
_LONGEST_STUB = 260
_NEAR, _LINKED, _LONG = 7, 0.5, 25
_OF_OTHERS = frozenset((verdicts.COMMENTS, verdicts.OTHER_STORIES, verdicts.ANOTHER_ARTICLE))


class Parts(NamedTuple):
    """The tree of the page without its lists, the headline in it, and what is beside.

    ``rules`` knows what elements are by themselves, ``told`` where an editor says that things are.
    """

    tree: HtmlElement
    title: HtmlElement | None
    beside: frozenset[HtmlElement]
    witness: Witness
    rules: furniture.Rules
    told: Places = NOWHERE


def with_headline(scope: HtmlElement, parts: Parts) -> HtmlElement:
    """The smallest element that holds ``scope`` and the headline."""
    if parts.title is None:
        return scope
    around = {parts.title, *parts.title.iterancestors()}
    return next((one for one in (scope, *scope.iterancestors()) if one in around), scope)


def cut_headline(scope: HtmlElement, heading: HtmlElement | None, title: str) -> None:
    """Takes the headline out of ``scope``, and every heading that says the same."""
    if heading is not None and heading is not scope and heading.getparent() is not None:
        dom.remove(heading)
    folded = title.casefold()
    for other in list(scope.iter(*dom.HEADINGS)):
        if folded and other is not scope and dom.line_in(other).casefold() == folded:
            dom.remove(other)


def take_paywall(scope: HtmlElement, dropped: list[Dropped]) -> Claim | None:
    """Takes out the box that asks for a subscription; it says that the page is paid for."""
    for element in list(scope.iter("div", "section", "aside", "p")):
        if dom.is_called(element, names.PAYWALL):
            words = dom.line_in(element)
            line = dom.line_of(element)
            if len(words) <= 2 * _LONGEST_STUB and element is not scope and _is_notice(words):
                dropped.append(Dropped(line, dom.shortened(words), verdicts.PAID))
                dom.remove(element)
                return Claim("false", line, verdicts.PAID)
    return None


def _is_notice(words: str) -> bool:
    """Whether ``words`` ask readers to log in before they read on.

    That members may read something is told of others as well, and quoted.
    """
    if not _STUB.search(words) or not _QUOTED.isdisjoint(words):
        return False
    return not _IN_ENGLISH.search(words) or bool(_ASKING.search(words))


def find_notice(pieces: list[Piece]) -> Claim | None:
    """What in or right behind the text says that it is for those who pay.

    A notice beside a headline that leads elsewhere is about that.
    """
    text = [place for place, piece in enumerate(pieces) if piece.verdict == TEXT]
    if not text:
        return None
    first = max((p for p in range(text[0]) if pieces[p].verdict == HEADLINE), default=text[0])
    for place in range(first + 1, min(text[-1] + _NEAR, len(pieces))):
        piece = pieces[place]
        if piece.verdict == TEXT or not furniture.is_for_payers(piece.words):
            continue
        if piece.verdict in _OF_OTHERS or any(map(_leads_away, pieces[place - 1 : place + 2])):
            continue
        return Claim("false", piece.line, "notice beside the text that it is for those who pay")
    return None


def _leads_away(piece: Piece) -> bool:
    """Whether ``piece`` is, or may be, the headline of another page."""
    return (
        piece.linked >= _LINKED
        and len(piece.words) >= _LONG
        and not furniture.rule_by_words(piece.words, 1)
    )


def take_notice(
    scope: HtmlElement, blocks: list[body.Block], dropped: list[Dropped]
) -> Claim | None:
    """Takes the notice to log in off the end of the text."""
    if blocks and len(blocks[-1].words) <= _LONGEST_STUB and _is_notice(blocks[-1].words):
        words = blocks.pop().words
        line = line_of_words(scope, words)
        dropped.append(Dropped(line, dom.shortened(words), verdicts.PAID))
        return Claim("false", line, "notice to log in or subscribe at the end of the text")
    return None


def without_headline(
    blocks: list[body.Block], title: str, scope: HtmlElement, dropped: list[Dropped] | None
) -> list[body.Block]:
    """The blocks without a headline in front of them, and without a bare date.

    The date is added to ``dropped``; None if the page has a header, whose dates are known.
    """
    folded = title.casefold()
    for place, block in enumerate(blocks):
        if folded and block.words.casefold() == folded:
            continue
        if dropped is None or not block.words or resolve.read_date(block.words) is None:
            return blocks[place:]
        line = line_of_words(scope, block.words)
        dropped.append(Dropped(line, block.words, verdicts.DATE))
    return []


def line_of_words(scope: HtmlElement, words: str) -> int:
    """The line of the last paragraph that is ``words``; 0 if it isn't found."""
    for element in islice(reversed(list(scope.iter("p", "div", "span"))), 50):
        if dom.line_in(element) == words:
            return dom.line_of(element)
    return 0
