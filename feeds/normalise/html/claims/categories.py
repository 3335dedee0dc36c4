"""What the links below or above a text call it: its tags, and the sections that it is in.

Rules
- ``rel="tag"`` says that a link is one of the article's tags, ``rel="category tag"`` one of its
  sections; no link is without.
- A link belongs to the nearest post around it, which has to hold the headline. Teasers, which
  have headlines with links of their own, and what stands beside the text have other stories' tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.claims.metadata import Claim
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of

_POSTS = frozenset(("article", "aside", "nav"))
_POST_CLASSES = frozenset(("hentry", "h-entry"))
_MOST_LINKS, _MOST_INSIDE = 100, 200
_FOOTER = re.compile(r"(?:^|[\s_-])footer(?:$|[\s_-])")
_MARKS = ' \t,;:·•|#›»«‹„“”"'
_UNSORTED = Words(any_of(vocabulary.UNSORTED))


def linked_categories(
    attributes: Attributes, title: HtmlElement | None, beside: Iterable[HtmlElement]
) -> list[tuple[str, Claim]]:
    """The sections and tags that links of the post around the headline ``title`` name.

    ``beside`` holds what stands beside the article.
    """
    if title is None:
        return []
    others = set(beside)
    around = {title, *title.iterancestors()}
    links = (one for one in attributes.having("rel") if one.tag == "a" and "tag" in _rel(one))
    found: list[tuple[str, Claim]] = []
    for link in islice(links, _MOST_LINKS):
        words = dom.line_in(link).strip(_MARKS)
        if words and not _UNSORTED.fullmatch(words) and _is_own(link, around, others):
            kind = "category" if "category" in _rel(link) else "tag"
            field = "section" if kind == "category" else "tags"
            found.append((field, Claim(words, dom.line_of(link), f"link rel={kind}")))
    return found


def _rel(link: HtmlElement) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _is_own(link: HtmlElement, around: set[HtmlElement], others: set[HtmlElement]) -> bool:
    """Whether no other post, nor a teaser, is between ``link`` and what holds the headline too."""
    part = link
    for outer in link.iterancestors():
        if outer in around:
            return not _has_linked_heading(part)
        if outer.tag in _POSTS or (outer in others and not _is_footer(outer)):
            return False
        if not _POST_CLASSES.isdisjoint((outer.get("class") or "").split()):
            return False
        part = outer
    return False  # of what was taken out of the page


def _is_footer(element: HtmlElement) -> bool:
    """Whether ``element`` is where templates put the tags of a post, below its text."""
    return element.tag == "footer" or _FOOTER.search(element.get("class") or "") is not None


def _has_linked_heading(part: HtmlElement) -> bool:
    inner = islice(part.iterdescendants(), _MOST_INSIDE)
    return any(one.tag in dom.HEADINGS and next(one.iter("a"), None) is not None for one in inner)
