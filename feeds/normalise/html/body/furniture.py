"""What stands on a page, within its article too, and is none of the article's text.

Rules
- It is told by where it stands: in an element that is for other things, or one that its template
  calls so. What holds a good part of the text is never furniture, whatever it is called.
- Short lines are also told by their words, whoever holds them for text.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.words import is_credit, is_furniture, names
from feeds.normalise.words.patterns import small

_ELEMENTS = {
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "aside": "beside the article",
}
_ROLES = {
    "navigation": "navigation",
    "complementary": "beside the article",
    "contentinfo": "footer",
    "search": "navigation",
    "banner": "beside the article",
}
_NEVER = frozenset(("a", "article", "body", "main", "p", "time"))
_IN_A_FIGURE = frozenset(("blockquote", "li", "pre", "table", "tbody", "td", "th", "tr"))
_TO_SHARE = "buttons to share"
_LONGEST = 160
CAPTION = "caption"
"""What goes with a picture."""


class Places:
    """The rule by which what stands in an element is furniture, element by element.

    ``spared`` are elements that never are.
    """

    def __init__(self, tree: HtmlElement, spared: set[HtmlElement]) -> None:
        self._rules: dict[HtmlElement, str] = {tree: ""}
        self._spared = spared

    def rule_of(self, element: HtmlElement) -> str:
        """The rule for ``element``, empty if it is no furniture."""
        path: list[HtmlElement] = []
        outer: HtmlElement | None = element
        while outer is not None and outer not in self._rules:
            path.append(outer)
            outer = outer.getparent()
        rule = self._rules[outer] if outer is not None else ""
        for inner in reversed(path):
            if not rule and inner not in self._spared:
                rule = _rule_of_itself(inner)
            self._rules[inner] = rule
        return rule


def _rule_of_itself(element: HtmlElement) -> str:
    if rule := _ELEMENTS.get(element.tag) or _ROLES.get(element.get("role") or "", ""):
        return rule
    called = f"{element.get('class', '')} {element.get('id', '')}"
    if len(called) > 2 and element.tag not in _NEVER:
        for pattern, rule in names.FURNITURE:
            if pattern.search(called) and not (rule == _TO_SHARE and _quotes(element)):
                return rule
    return ""


def _quotes(element: HtmlElement) -> bool:
    """Whether what a template calls social is somebody's post, and no buttons."""
    return next(element.iter("blockquote"), None) is not None


def caption_rule(block: HtmlElement) -> str:
    """The rule by which ``block`` captions a picture: ``CAPTION`` if the picture keeps it.

    Who is quoted, or what a table shows, is text.
    """
    captioned = False
    for outer in (block, *block.iterancestors()):
        if outer.tag in _IN_A_FIGURE:
            return ""
        captioned = captioned or outer.tag == "figcaption"
        if outer.tag == "figure":
            if captioned and next(outer.iter("blockquote", "pre", "table"), None) is not None:
                return ""
            kept = captioned and next(outer.iter("img"), None) is not None
            return CAPTION if kept else "caption of a picture"
    return "caption of a picture" if captioned else ""


def rule_by_words(words: str) -> str:
    """The rule by which a line of these words is furniture; empty if it is none."""
    if len(words) > _LONGEST:
        return ""
    lowered = small(words)
    if is_furniture(lowered) and not words.endswith((".", "!", "?")):
        return "furniture of the site"
    if is_credit(lowered):
        return "credit of a picture"
    return ""


_ENDS = tuple(".!?…:;\"”»«’')]。！？」』।؟։")


def is_sentence(words: str) -> bool:
    """Whether ``words`` end as sentences do."""
    return words.endswith(_ENDS)


def is_heading(block: HtmlElement) -> bool:
    """Whether ``block`` is a heading."""
    return block.tag in dom.HEADINGS
