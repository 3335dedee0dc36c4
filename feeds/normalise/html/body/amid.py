"""Whether something stands amid an article's prose: between two of its paragraphs.

Rules
- The paragraphs stand in one element, or in what holds nothing else before and behind it. A
  heading may be in between, but none that announces other stories.
- At the end of the text, a heading may say that a list is the article's own: its chronology, its
  sources.
- What a template calls a box of other things is none of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture
from feeds.normalise.words import is_list_heading, vocabulary
from feeds.normalise.words.patterns import Words, any_of

_LEVELS, _NEAR = 4, 4
_LONGEST_HEADING = 80
# a wiki links the change of each part in its heading
_OWN = Words(rf"[\W\d_]*{any_of(vocabulary.OWN_LISTS)}\W*(?:\[[^\]]*\]\W*)?")


def is_amid_prose(
    first: HtmlElement,
    last: HtmlElement,
    bounds: Collection[HtmlElement] = (),
    *,
    announced: bool = False,
    sure: bool = False,
) -> bool:
    """Whether what begins with ``first`` and ends with ``last``, its sibling, is amid prose.

    ``bounds``: elements that are more than that. ``announced``: whether a heading above it, or
    the colon of the paragraph above, has to say that it is the article's own; ``sure``: whether
    it says so itself, and may end the text.
    """
    is_named = False
    for _ in range(_LEVELS):
        if first in bounds or furniture.rule_of_itself(first):
            return False
        heading, before = _prose(first.itersiblings(preceding=True))
        if heading is not None:
            words = dom.line_in(heading)
            if is_list_heading(words):
                return False
            is_named = is_named or _OWN.fullmatch(words[:_LONGEST_HEADING]) is not None
            announced = False
        after = _prose(last.itersiblings())[1] is not None
        if before is not None:
            is_told = not announced or dom.line_in(before).endswith((":", "："))
            return sure or is_named or (after and is_told)
        outer = first.getparent()
        if after or outer is None or outer is not last.getparent() or outer.tag == "body":
            return False
        first = last = outer
    return False


def is_own_list(element: HtmlElement) -> bool:
    """Whether the heading right above the list ``element`` says that it is the article's own."""
    for before in islice(element.itersiblings(preceding=True), _NEAR):
        if dom.is_longer(before, 0):
            return _is_named(before)
    return False


def _is_named(heading: HtmlElement) -> bool:
    if heading.tag not in (*dom.HEADINGS, "p") or dom.is_longer(heading, _LONGEST_HEADING):
        return False
    return _OWN.fullmatch(dom.line_in(heading)) is not None


def _prose(siblings: Iterable[HtmlElement]) -> tuple[HtmlElement | None, HtmlElement | None]:
    """The first heading among the next ``siblings``, and the paragraph of prose that follows."""
    heading: HtmlElement | None = None
    for sibling in islice(siblings, _NEAR):
        if sibling.tag in dom.HEADINGS or _is_named(sibling):
            heading = heading if heading is not None else sibling
        elif dom.is_longer(sibling, 0):
            inner = sibling if sibling.tag == "p" else _only_paragraph(sibling)
            return heading, inner if inner is not None and _is_prose(inner) else None
    return heading, None


def _only_paragraph(element: HtmlElement) -> HtmlElement | None:
    """The first paragraph of a box in which a template puts each, or some, of them."""
    if element.tag not in ("div", "section") or furniture.rule_of_itself(element):
        return None
    return next(element.iterchildren("p"), None)


def _is_prose(paragraph: HtmlElement) -> bool:
    """Whether ``paragraph`` is a text, or announces something, and is not one link."""
    links = sum(len(dom.line_in(link)) for link in islice(paragraph.iter("a"), _NEAR))
    words = dom.line_in(paragraph)
    is_long = len(words) >= dom.PROSE or words.endswith((":", "："))
    return is_long and 2 * links < len(words)
