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
from feeds.normalise.html.claims import signed
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import PUBLISHED, UPDATED, names, vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text import dates
from feeds.text.dates import resolve
from feeds.text.dates.find import find_stamp

_UPDATED = Words(rf"(?<!\w){any_of(vocabulary.UPDATED)}")
_DIVIDED = re.compile(r"\s+[|·•—–/]\s+")
_BYLINE = "byline beside the headline"
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
    texts = 0
    around = set(islice(title.iterancestors(), 3))
    walk = etree.iterwalk(scope, events=("start",))
    for _, element in walk:
        if element is title or element in beside or _is_apart(element):
            passed = passed or element is title
            walk.skip_subtree()
        elif not passed:
            above.append(element)
            del above[:-_ABOVE]
        else:
            texts += _is_text(element)
            if texts > 1 or len(below) >= _FAR:
                break
            # a byline may also stand below the standfirst
            if not texts or signed.is_byline(element):
                below.append(element)
    yield from below
    for element in above:
        if element not in around and around.intersection(islice(element.iterancestors(), 3)):
            yield element


def _is_apart(element: HtmlElement) -> bool:
    return element.tag in ("ul", "ol", "table") and not signed.is_byline(element)


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
        line = dom.line_of(element)
        if any(outer.tag == "figure" for outer in islice(element.iterancestors(), 5)):
            continue  # whose the picture is
        if not signed.is_byline(element):
            for part in _DIVIDED.split(_line_of_byline(element)):
                if found := authors_in(_before_date(part), bare=False):
                    addresses = signed.addresses_in(element)
                    return [
                        Claim(name, line, _BYLINE, url=addresses.get(name, "")) for name in found
                    ]
        elif people := signed.people_of(element):
            return [Claim(name, line, _BYLINE, url=url) for name, url in people.items()]
    return []


def _line_of_byline(element: HtmlElement) -> str:
    """The words of what may be a byline, whatever it is called."""
    if element.tag not in ("p", "div", "span", "address", "footer", "small", "i", "em", "h5", "h6"):
        return ""
    words = signed.words_of(element)
    return words if len(words) <= _LONGEST_LINE else ""


def _before_date(words: str) -> str:
    stamp = find_stamp(words) if any(map(str.isdigit, words)) else None
    words = stamp.before if stamp is not None and stamp.full and stamp.before else words
    return words.strip(_EDGES).removesuffix(" on").strip(_EDGES)
