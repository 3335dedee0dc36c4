"""Microformats: what blogs' templates say of a post by the classes of hAtom and h-entry.

Rules
- A statement belongs to the nearest entry around it, and that has to hold the headline.
- Blogger states the day above the posts of that day. Old templates of WordPress state it in a
  sentence below the text.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of
from feeds.text.dates.find import find_stamp

_ENTRIES = frozenset(("hentry", "h-entry"))
_DATES = {
    "published": "published",
    "dt-published": "published",
    "dt-updated": "updated",
}
_AUTHORS = frozenset(("author", "p-author", "post-author"))
_NAMES = frozenset(("fn", "p-name"))
_POSTED = Words(rf"[\W_]*{any_of(vocabulary.POSTED)}\s")
_LONGEST_DAY = 80
_FAR = 5000


def claims_of_entry(headline: HtmlElement | None) -> list[tuple[str, Claim]]:
    """The claims of the entry that holds ``headline``, with the fields that they are of."""
    if headline is None:
        return []
    outer = list(headline.iterancestors())
    entry = next((one for one in outer if _ENTRIES & _called(one)), None)
    found: list[tuple[str, Claim]] = []
    for element in islice(entry.iterdescendants(), _FAR) if entry is not None else ():
        called = _called(element)
        if not called or not _is_of(element, entry):
            continue
        for name in sorted(called & set(_DATES)):
            value = element.get("title") or element.get("datetime") or dom.line_in(element)
            stamp = find_stamp(value)
            if stamp is not None and stamp.full and stamp.alone:
                found.append((_DATES[name], _claim(value, element, name)))
        if called & _AUTHORS:
            inner = (one for one in islice(element.iter(), 20) if _NAMES & _called(one))
            if (named := next(inner, None)) is not None:
                found.append(("authors", _claim(dom.line_in(named), named, "author")))
    return found or _of_system(headline, outer)


def _of_system(headline: HtmlElement, outer: list[HtmlElement]) -> list[tuple[str, Claim]]:
    """The day above a blog's posts, or the one that a sentence below the text states."""
    for around in outer:
        if "date-outer" in _called(around):
            for element in islice(around.iter("h2"), 3):
                if "date-header" in _called(element):
                    return [("published", _claim(dom.line_in(element), element, "date-header"))]
    for element in islice(headline.itersiblings(), 20):
        for one in islice(element.iter("p", "div"), _FAR):
            if "postmetadata" in _called(one) and (label := _POSTED.match(dom.line_in(one))):
                words = dom.line_in(one)[label.end() :][:_LONGEST_DAY]
                stamp = find_stamp(words)
                if stamp is not None and stamp.full and not stamp.before:
                    day = words[: len(words) - len(stamp.after)]
                    return [("published", _claim(day, one, "postmetadata"))]
    return []


def _is_of(element: HtmlElement, entry: HtmlElement | None) -> bool:
    """Whether ``entry`` is the nearest around ``element``, and no comment is."""
    for outer in element.iterancestors():
        if outer is entry:
            return True
        called = _called(outer)
        if called & _ENTRIES or called & {"comment", "comments", "h-cite"}:
            return False
    return False


def _called(element: HtmlElement) -> set[str]:
    return set(called.split()) if (called := element.get("class")) else set()


def _claim(value: str, element: HtmlElement, name: str) -> Claim:
    rule = f"microformat {name}"
    return Claim(value.strip(" ,.|"), dom.line_of(element), rule, "microdata", name)
