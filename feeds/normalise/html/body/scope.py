"""Which part of a page is its article, and what in that part is no text.

Rules
- It is the smallest part around the headline that holds most of the paragraphs, or the
  ``article`` element around the headline.
- Headline, whatever short stands above it, byline, dates, what is beside the article, and
  notices to log in are no text.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise.html import body, dom
from feeds.normalise.html.body import beside
from feeds.normalise.html.claims import dated, shown
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates import resolve

_LOG_IN, _TO_READ = rf"(?:{any_of(vocabulary.LOG_IN)}|\bmember)", any_of(vocabulary.TO_READ)
_STUB = Words(rf"{_LOG_IN}.{{0,80}}\b{_TO_READ}|\b{_TO_READ}.{{0,80}}{_LOG_IN}")
_LONGEST_STUB, _LONGEST_LINE = 260, 160
_ENOUGH, _SHARE, _SHORT = 250, 0.6, 60


class Parts(NamedTuple):
    """The tree of the page without its lists, the headline in it, and what is beside."""

    tree: HtmlElement
    title: HtmlElement | None
    beside: frozenset[HtmlElement]
    weight: dict[HtmlElement, int]


def find_scope(parts: Parts) -> HtmlElement:
    """The part of the page that is the article."""
    weight = dict(parts.weight)
    for element in parts.beside:
        lost = weight.get(element, 0)
        for outer in element.iterancestors() if lost else ():
            if outer in weight:
                weight[outer] -= lost
    total = weight.get(parts.tree, 0)
    if parts.title is None:
        found = [
            element
            for element in parts.tree.iter("article", "main")
            if weight.get(element, 0) >= max(total * _SHARE, 1)
        ]
        return found[-1] if found else parts.tree
    for outer in parts.title.iterancestors():
        own = weight.get(outer, 0)
        if outer is parts.tree:
            break
        if (outer.tag == "article" and own >= min(_ENOUGH, max(total * _SHARE, 1))) or (
            total and own >= total * _SHARE
        ):
            return outer
    return parts.tree


def cut_non_text(
    scope: HtmlElement, stands: list[HtmlElement], parts: Parts, title: str
) -> list[Dropped]:
    """Takes out of ``scope`` what is no text: headline, byline, dates, what is beside."""
    dropped: list[Dropped] = []
    inside = set(scope.iter())
    for element in [one for one in scope.iter() if one in parts.beside]:
        words = dom.line_in(element)
        if words:
            what = "advertising" if beside.is_advert(element) else "beside the article"
            dropped.append(Dropped(dom.line_of(element), dom.shortened(words), what))
        dom.remove(element)
    for element in stands:
        if element.getparent() is None or element not in inside:
            continue
        words = dom.line_in(element)
        holds_more = element.tag != "p" and next(element.iter("p", "img"), None) is not None
        if not words or len(words) > _LONGEST_LINE or holds_more:
            continue
        is_date = element.tag == "time" or dated.is_date_line(element)
        is_date = is_date or dated.is_label(words)
        if is_date or shown.find_bylines([element]):
            what = "date of the article" if is_date else "byline"
            dropped.append(Dropped(dom.line_of(element), dom.shortened(words), what))
            inside.difference_update(element.iter())
            dom.remove(element)
    if parts.title is not None and parts.title in inside and parts.title is not scope:
        dropped += _above(parts.title, scope)
        dom.remove(parts.title)
    folded = title.casefold()
    for heading in list(scope.iter(*dom.HEADINGS)):
        if folded and dom.line_in(heading).casefold() == folded:
            dom.remove(heading)
    return dropped


def _above(title: HtmlElement, scope: HtmlElement) -> list[Dropped]:
    """Takes out the short lines above the headline: section, kicker, place."""
    dropped: list[Dropped] = []
    for inner in (title, *islice(title.iterancestors(), 20)):
        if inner is scope:
            break
        for element in list(inner.itersiblings(preceding=True)):
            words = dom.line_in(element)
            is_picture = next(element.iter("img", "figure"), None) is not None
            if not is_picture and words and len(words) <= _SHORT:
                dropped.append(
                    Dropped(dom.line_of(element), words, "short line above the headline")
                )
                dom.remove(element)
    return dropped


def take_paywall(scope: HtmlElement, dropped: list[Dropped]) -> Claim | None:
    """Takes out the box that asks for a subscription; it says that the page is paid for."""
    for element in list(scope.iter("div", "section", "aside", "p")):
        if dom.is_called(element, names.PAYWALL):
            words = dom.line_in(element)
            line = dom.line_of(element)
            if words and len(words) <= 2 * _LONGEST_STUB and element is not scope:
                dropped.append(Dropped(line, dom.shortened(words), "notice to log in or subscribe"))
                dom.remove(element)
                return Claim("false", line, "notice to log in or subscribe")
    return None


def take_byline(scope: HtmlElement, dropped: list[Dropped]) -> list[Claim]:
    """Takes the byline out of ``scope`` that stands below the text, by its class or its words."""
    for element in islice(reversed(list(scope.iter("p", "div", "span", "address"))), 25):
        if len(element.text or "") > _LONGEST_LINE:
            continue
        words = dom.line_in(element)
        if not words or len(words) > _LONGEST_LINE:
            continue
        found = shown.find_bylines([element])
        if found and element.getparent() is not None:
            dropped.append(Dropped(dom.line_of(element), words, "byline below the text"))
            dom.remove(element)
            return [claim._replace(rule="byline below the text") for claim in found]
    return []


def take_notice(
    scope: HtmlElement, blocks: list[body.Block], dropped: list[Dropped]
) -> Claim | None:
    """Takes the notice to log in off the end of the text."""
    if blocks and len(blocks[-1].words) <= _LONGEST_STUB and _STUB.search(blocks[-1].words):
        words = blocks.pop().words
        line = line_of_words(scope, words)
        dropped.append(Dropped(line, dom.shortened(words), "notice to log in or subscribe"))
        return Claim("false", line, "notice to log in or subscribe at the end of the text")
    return None


def without_headline(blocks: list[body.Block], title: str) -> list[body.Block]:
    """The blocks without a headline or a bare date in front of them."""
    folded = title.casefold()
    for place, block in enumerate(blocks):
        is_title = folded and block.words.casefold() == folded
        if not is_title and not (block.words and resolve.read_date(block.words) is not None):
            return blocks[place:]
    return []


def line_of_words(scope: HtmlElement, words: str) -> int:
    """The line of the last paragraph that is ``words``; 0 if it isn't found."""
    for element in islice(reversed(list(scope.iter("p", "div", "span"))), 50):
        if dom.line_in(element) == words:
            return dom.line_of(element)
    return 0
