"""What the page shows of its article beside the headline: the header, and the byline in it.

Rules
- The article's header reaches from the headline to the first paragraph, and a little above the
  headline. Of the lists in it only short ones that are more than links belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.bylines import authors_in
from feeds.normalise.html import dom
from feeds.normalise.html.claims import dated
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates.find import find_stamp

_BY = Words(rf"{any_of(vocabulary.BYLINES)}(?:\s*:\s*|\s+)")
_BETWEEN = re.compile(rf"\s*(?:[,;&]|\b{any_of(vocabulary.AND)}\b)\s*")
_DIVIDED = re.compile(r"\s+[|·•—–/]\s+")
_NAME = re.compile(r"[^\d@/:;!?<>|_]{2,60}")
# not all domains: a desk that signs by its site's name is still whom metadata name
_ADDRESS = re.compile(r"(?:www\.|https?:|//)|\.(?:com|org|net|az|ru)\b", re.IGNORECASE)
_FAR = 60
_LONGEST_LINE = 100
_ABOVE = 12
_MOST_ITEMS, _LONGEST_LIST = 6, 200
_EDGES = " \t|·•,–—-()/\u2022"


def header_elements(
    scope: HtmlElement, title: HtmlElement, beside: frozenset[HtmlElement]
) -> Iterator[HtmlElement]:
    """The elements of the article's header, those below the headline before those above."""
    above: list[HtmlElement] = []
    below: list[HtmlElement] = []
    passed = False
    around = set(islice(title.iterancestors(), 3))
    walk = etree.iterwalk(scope, events=("start",))
    for _, element in walk:
        if element in beside or element.tag == "table" or _is_other_list(element):
            walk.skip_subtree()
        elif element is title:
            passed = True
            walk.skip_subtree()
        elif not passed:
            above.append(element)
            del above[:-_ABOVE]
        elif len(below) >= _FAR or (_is_text(element) and not dated.is_date_line(element)):
            break
        else:
            below.append(element)
    yield from below
    for element in above:
        if element not in around and around.intersection(islice(element.iterancestors(), 3)):
            yield element


def _is_other_list(element: HtmlElement) -> bool:
    """Whether ``element`` is a list of links, or of more than what goes with a headline."""
    if element.tag not in ("ul", "ol"):
        return False
    items = list(islice(element.iter("li"), _MOST_ITEMS + 1))
    if len(items) > _MOST_ITEMS or len(dom.line_in(element)) > _LONGEST_LIST:
        return True
    return all(next(item.iter("a"), None) is not None for item in items)


def _is_text(element: HtmlElement) -> bool:
    return element.tag in ("p", "blockquote") and len(dom.line_in(element)) >= dom.PROSE


def find_bylines(header: list[HtmlElement]) -> list[Claim]:
    """The names in the header's byline."""
    for element in header:
        by_rel = "author" in (element.get("rel") or "").lower().split()
        if not by_rel and not dom.is_called(element, names.BYLINE):
            line = dom.line_of(element)
            for part in _DIVIDED.split(_before_time(element)):
                if signed := authors_in(part.removesuffix(" on"), bare=False):
                    return [Claim(name, line, "byline beside the headline") for name in signed]
            continue
        links = [link for link in element.iter("a") if "author" in (link.get("rel") or "").lower()]
        found = [name for item in links or [element] for name in people_in(dom.line_in(item))]
        if found:
            rule = "rel=author" if by_rel or links else "byline beside the headline"
            return [Claim(name, dom.line_of(element), rule) for name in dict.fromkeys(found)]
    return []


def _before_time(element: HtmlElement) -> str:
    """The words of a byline that may go on with a date."""
    if element.tag not in ("p", "div", "span", "address", "footer", "small", "i", "em", "li", "dd"):
        return ""
    words = element.text or ""
    for inner in islice(element, 4):
        own = dom.line_in(inner)
        if inner.tag == "time" or any(map(str.isdigit, own)):
            break
        words += f"{own}{inner.tail or ''}"
    words = " ".join(words.split()).strip(_EDGES)
    stamp = find_stamp(words) if len(words) <= _LONGEST_LINE else None
    return stamp.before if stamp is not None and stamp.full and stamp.before else words


def people_in(words: str) -> list[str]:
    """The names in a byline, without the word that introduces them; none if it holds none."""
    if introduced := authors_in(words, bare=False):
        return list(introduced)
    match = _BY.match(words)
    words = (words[match.end() :] if match else words).strip(_EDGES)
    parts = _BETWEEN.split(words)
    if not all(len(part.split()) >= 2 for part in parts):
        parts = [words]
    return [
        part
        for part in parts
        if _NAME.fullmatch(part) and len(part.split()) <= 6 and not _ADDRESS.search(part)
    ]
