"""What the page shows of its article beside the headline: byline and dates.

Rules
- A date is the article's own only in its header: between the headline and the first
  paragraph, or just above the headline, and in no list, link or part beside the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import StatedDate
from feeds.normalise.bylines import authors_in
from feeds.normalise.html import dom
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import PUBLISHED, UPDATED, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text import dates
from feeds.text.dates import resolve
from feeds.text.dates.find import find_stamp

_UPDATED = Words(rf"(?<!\w){any_of(vocabulary.UPDATED)}")
_BY = Words(rf"{any_of(vocabulary.BYLINES)}(?:\s*:\s*|\s+)")
_BETWEEN = re.compile(rf"\s*(?:[,;&]|\b{any_of(vocabulary.AND)}\b)\s*")
_DIVIDED = re.compile(r"\s+[|·•—–/]\s+")
_NAME = re.compile(r"[^\d@/:;!?<>|_]{2,60}")
# not all domains: a desk that signs by its site's name is still whom metadata name
_ADDRESS = re.compile(r"(?:www\.|https?:|//)|\.(?:com|org|net|az|ru)\b", re.IGNORECASE)
_FAR = 60
_LONGEST_LINE = 100
_ABOVE = 12
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
        if element in beside or element.tag in ("ul", "ol", "table"):
            walk.skip_subtree()
        elif element is title:
            passed = True
            walk.skip_subtree()
        elif not passed:
            above.append(element)
            del above[:-_ABOVE]
        elif len(below) >= _FAR or _is_text(element):
            break
        else:
            below.append(element)
    yield from below
    for element in above:
        if element not in around and around.intersection(islice(element.iterancestors(), 3)):
            yield element


def _is_text(element: HtmlElement) -> bool:
    return element.tag in ("p", "blockquote") and len(dom.line_in(element)) >= dom.PROSE


def stated_dates(header: list[HtmlElement]) -> tuple[list[Claim], list[Claim]]:
    """What the header states as published and as updated, in its order."""
    published: list[Claim] = []
    updated: list[Claim] = []
    for element in header:
        if any(outer.tag == "a" for outer in islice(element.iterancestors(), 3)):
            continue
        if element.tag == "time":
            value, rule = (
                element.get("datetime") or dom.line_in(element),
                "time beside the headline",
            )
            if dates.parse_machine_date(value) is None and not _stated(value):
                value = dom.line_in(element)
        elif (len(element) == 0 or (len(element) == 1 and element[0].tag != "time")) and (
            value := _own_date(element)
        ):
            rule = "date beside the headline"
        else:
            continue
        if not value:
            continue
        outer = element.getparent()
        called = [element.get("class"), element.get("itemprop")]
        if outer is not None and len(outer) <= 2:
            called.append(outer.get("class"))
        is_updated = any(names.UPDATED.search(name or "") for name in called)
        is_updated = is_updated or _UPDATED.search(_before(element)) is not None
        (updated if is_updated else published).append(Claim(value, dom.line_of(element), rule))
    return published, updated


def _before(element: HtmlElement) -> str:
    """The label in front of the element, if there is one."""
    previous = element.getprevious()
    outer = element.getparent()
    words = (
        previous.tail if previous is not None else outer.text if outer is not None else ""
    ) or ""
    if not words.strip() and previous is not None and previous.tag not in ("time", "h1"):
        words = dom.line_in(previous)
    return words[-60:]


def is_label(words: str) -> bool:
    """Whether ``words`` are no more than what introduces a date."""
    words = words.strip(_EDGES + ":")
    return len(words) < 20 and bool(PUBLISHED.fullmatch(words) or UPDATED.match(words))


def _own_date(element: HtmlElement) -> str:
    """The date that is all the text of the element, a label in front of it apart."""
    words = dom.line_in(element) if len(element) else (element.text or "")
    words = " ".join(words.split()).strip(_EDGES)
    if not words or len(words) > _LONGEST_LINE or not any(letter.isdigit() for letter in words):
        return ""
    match = PUBLISHED.match(words)
    if match:
        words = words[match.end() :].strip(_EDGES)
    return words if _stated(words) else _among_others(words)


def _among_others(words: str) -> str:
    """The date in a line that holds a byline or a section as well; in ISO 8601."""
    if words[-1:] in ".!?…":
        return ""
    parts = [part for part in _DIVIDED.split(words) if _stated(part)]
    if len(parts) == 1:
        return parts[0]
    stamp = find_stamp(words)
    if stamp is None or stamp.alone or not stamp.full or stamp.after:
        return ""
    if not authors_in(stamp.before.removesuffix(" on"), bare=False):
        return ""
    stated = resolve.stated_date(stamp)
    return stated.iso if isinstance(stated, StatedDate) else ""


def _stated(words: str) -> bool:
    return isinstance(resolve.read_date(words), StatedDate)


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
    if element.tag not in ("p", "div", "span", "address", "footer", "small", "i", "em"):
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
