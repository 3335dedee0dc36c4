"""What the elements of a page are to a text: lines, containers, boundaries; or only layout."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from feeds.normalise.html import dom

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
LINES = {**HEADINGS, "dt": "dt", "caption": "caption"}
"""What is one line, whatever stands in it."""
CONTAINERS = {
    "ul": "ul",
    "menu": "ul",
    "dir": "ul",
    "ol": "ol",
    "li": "li",
    "dl": "dl",
    "dd": "dd",
    "blockquote": "blockquote",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
WITHIN = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr", "tr": "td"}
"""In which element of a container text may stand."""
ONLY_IN = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "caption": ("table",),
}
HOLDS_WORDS = frozenset(("li", "dd", "td", "th"))
EMPTY = frozenset(("br", "img", "hr"))
CELLS = frozenset(("td", "th"))
BOUNDARIES = (dom.BLOCKS | {"dir", "figure", "hgroup", "legend", "menu", "noscript", "search"}) - {
    "br"
}
NUMBERS = {
    "ol": ("start",),
    "li": ("value",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}
KINDS_OF_NUMBERS = frozenset("aAiI")
"""What an ordered list may be numbered with besides figures: letters, Roman numbers."""
NUMBER = re.compile(r"-?\d{1,5}")
"""What an attribute of a list or cell may say."""
_STRUCK = re.compile(r"text-decoration[^;:]*:[^;]*line-through", re.IGNORECASE)
_LONGEST_STYLE = 2000
_LONGEST_CELL, _NEARLY_ALL = 500, 0.8


def tables_for_layout(scope: etree._Element) -> set[HtmlElement]:
    """The tables in ``scope`` that only say where things stand."""
    found: set[HtmlElement] = set()
    for table in scope.iter("table"):
        outer = next(table.iterancestors("table"), None)
        if outer is not None:
            found.add(outer)
        if table.get("role") in ("presentation", "none"):
            found.add(table)
        rows = table.iter("tr")
        if (
            all(sum(cell.tag in CELLS for cell in row) <= 1 for row in rows)
            and (next(table.iter("th", "caption"), None) is None)
        ) or _holds_a_text(table):
            found.add(table)
    return found


def _holds_a_text(table: HtmlElement) -> bool:
    """Whether one of the table's cells has nearly all that stands in it, and more than a cell."""
    sizes = [len(dom.string_of(cell).strip()) for cell in table.iter("td")]
    return bool(sizes) and max(sizes) > _LONGEST_CELL and max(sizes) >= _NEARLY_ALL * sum(sizes)


def is_struck(element: HtmlElement) -> bool:
    """Whether the element's own style strikes out its words."""
    style = element.get("style")
    return bool(style and len(style) < _LONGEST_STYLE and _STRUCK.search(style))


def is_heading(element: HtmlElement) -> bool:
    """Whether the element is one by its role alone."""
    return bool(element.get("role") == "heading")


def lines_of(pre: HtmlElement) -> Iterable[str]:
    """The text of ``pre``; what is a block in it is a line."""
    walk = etree.iterwalk(pre, events=("start", "end"))
    for event, node in walk:
        is_line = node is not pre and (node.tag in BOUNDARIES or node.tag == "br")
        if event == "start":
            yield node.text or ""
            continue
        if is_line and not (node.tail or "").startswith("\n"):
            yield "\n"
        if node is not pre:
            yield node.tail or ""
