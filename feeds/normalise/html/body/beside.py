"""How much prose each part of a page holds, and which parts are beside the article.

Rules
- Parts are told by their element, their role and the words in their class and id.
- What holds the headline or most of the page's prose is never beside the article, whatever
  it is called.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise import verdicts
from feeds.normalise.html import dom
from feeds.normalise.html.body import furniture

_WITHIN = frozenset(
    ("", verdicts.ABOUT_AUTHOR, verdicts.CAPTION, verdicts.GALLERY, verdicts.PLAYER)
)
_REST_TAGS = frozenset(("aside", "nav", "footer"))


def prose_weights(body: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of prose there are in each element that has any.

    Prose is all text of a ``p``, and elsewhere any long run of text that is no link.
    """
    found: dict[HtmlElement, int] = {}
    for element in reversed(list(body.iter())):
        tag = element.tag
        weight = found.get(element, 0)
        if tag == "p":
            weight = len(dom.string_of(element).strip())
        elif tag == "a":
            weight = 0
        elif (words := element.text) and len(words) >= dom.PROSE and not words.isspace():
            weight += len(words.strip())
        if weight:
            found[element] = weight
        parent = element.getparent()
        if parent is None or element is body:
            continue
        if (words := element.tail) and len(words) >= dom.PROSE and not words.isspace():
            weight += len(words.strip())
        if weight:
            found[parent] = found.get(parent, 0) + weight
    return found


def parts_beside(
    body: HtmlElement,
    headline: HtmlElement | None,
    weight: dict[HtmlElement, int],
    rules: furniture.Rules,
) -> frozenset[HtmlElement]:
    """The outermost elements that are beside the article: navigation, sidebars, footers.

    What holds the headline, or most of the page's paragraphs, is never one of them,
    whatever it is called.
    """
    holding = {headline, *headline.iterancestors()} if headline is not None else set()
    most = weight.get(body, 0) / 2
    found: list[HtmlElement] = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is body or element in holding or rules[element] in _WITHIN:
            continue
        if element.tag == "footer" and _is_above_text(element, weight):
            continue
        if element.tag in _REST_TAGS or not most or weight.get(element, 0) < most:
            found.append(element)
            walk.skip_subtree()
    return frozenset(found)


def _is_above_text(footer: HtmlElement, weight: dict[HtmlElement, int]) -> bool:
    """Whether a footer is what some systems make of an article's byline, above its text."""
    outer = footer.getparent()
    return (
        outer is not None
        and outer.tag == "article"
        and footer not in weight
        and not any(before in weight for before in footer.itersiblings(preceding=True))
        and any(after in weight for after in footer.itersiblings())
    )


def is_beside(element: HtmlElement) -> bool:
    """Whether ``element`` is beside an article by what it says of itself.

    Boxes of authors, pictures and players aren't: what they hold may be the article's.
    """
    return furniture.rule_of_itself(element) not in _WITHIN
