"""HTML to a tree, bounded: in its elements, in their attributes, in how deep they are nested."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from feeds.model import Page
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.normalise.html import depth, visible
from feeds.normalise.html.attributes import Attributes
from feeds.text import characters

_MOST_ELEMENTS = 60_000
_MOST_ATTRIBUTES = 2000
_OF_A_HEAD = frozenset(
    "base basefont bgsound link meta noframes noscript script style template title".split()
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")


class Tree(NamedTuple):
    """A page's tree: its root and ``body``, all elements that it had, and what it lost.

    ``size``: of its markup, in characters.

    Elements made of the tree are forgotten when nobody holds them, and made anew by the next
    pass; ``elements`` holds them, which makes all passes twice as fast.
    """

    root: HtmlElement
    body: HtmlElement
    elements: list[HtmlElement]
    attributes: Attributes
    size: int
    findings: tuple[Problem, ...]


class NoTreeError(Exception):
    """There is no element in what should be HTML."""


def parse_html(page: Page) -> Tree:
    """The tree of the page; raises PageError if it holds none, or one beyond all measure."""
    if _is_crowded(page.markup):
        raise PageError(
            f"a tag of the page has more than {_MOST_ATTRIBUTES:,} attributes",
            file=page.path,
            remedy="save the story alone, or as plain text",
        )
    try:
        root, too_deep = root_of(page.markup)
    except NoTreeError as error:
        raise no_text(page.path) from error
    elements = list(islice(root.iter(), _MOST_ELEMENTS + 1))
    if len(elements) > _MOST_ELEMENTS:
        raise PageError(
            f"the page has more than {_MOST_ELEMENTS:,} elements",
            file=page.path,
            remedy="save the story alone, or as plain text",
        )
    body = _body_of(root) if root.tag == "html" else None
    if body is None:
        raise no_text(page.path)
    if characters.refers_to_forbidden(page.markup):
        _clean(elements)
    lost = tuple(
        Problem(
            "nested-too-deep",
            "elements are nested more than 2,048 deep, and nothing below this is read",
            line,
            "save the story alone, or as plain text",
            weight="loss",
        )
        for line in too_deep[:1]
    )
    depth.flatten(root, visible.is_unseen)
    return Tree(root, body, elements, Attributes(elements), len(page.markup), lost)


def root_of(markup: str) -> tuple[HtmlElement, list[int]]:
    """The root of ``markup``, and the lines on which elements are too deep to be read.

    Raises NoTreeError.
    """
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    # of one class: lxml would ask in Python for the class of each, time and again
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NoTreeError from error
    lost = parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT)
    return root, [entry.line for entry in lost]


def _body_of(root: HtmlElement) -> HtmlElement | None:
    """The body of ``root``, which also gets what the parser left in the head.

    A page may leave out the tags of both (HTML, section 13.1.2.4), and the parser knows none of
    the elements that came with HTML 5: ``article`` ends no head for it.
    """
    head, body = root.find("head"), root.find("body")
    children = [] if head is None else list(head)
    inside = (place for place, child in enumerate(children) if child.tag not in _OF_A_HEAD)
    left = children[next(inside, len(children)) :]
    if not left:
        return body
    if body is None:
        body = etree.SubElement(root, "body")
    left[-1].tail = f"{left[-1].tail or ''}{body.text or ''}" or None
    body.text = None
    body[:0] = left
    return body


def _clean(elements: list[HtmlElement]) -> None:
    """Takes out what character references brought in that the reader kept out of the markup.

    The parser lets it in, and refuses to have it moved elsewhere.
    """
    for element in elements:
        if element.text:
            element.text = _allowed(element.text)
        if element.tail:
            element.tail = _allowed(element.tail)
        for name, value in element.attrib.items():
            if (clean := _allowed(value)) != value:
                element.set(name, clean)


def _allowed(text: str) -> str:
    return characters.with_blanks(characters.allowed(text))


def _is_crowded(markup: str) -> bool:
    """Whether a tag has more attributes than the parser can handle in reasonable time."""
    longest = 2 * _MOST_ATTRIBUTES
    place = 0
    while len(markup) - place > longest:
        later = markup.rfind("<", place + 1, place + longest)
        if later >= 0:
            place = later
            continue
        end = markup.find("<", place + longest)
        part = markup[place : end if end >= 0 else len(markup)]
        if _has_many_attributes(part):
            return True
        place += len(part)
    return False


def _has_many_attributes(part: str) -> bool:
    """Whether the tag that ``part`` begins with has too many."""
    end = part.find(">", 0, 2 * _MOST_ATTRIBUTES)
    if part.startswith("<!") or (end >= 0 and not _is_in_quotes(part, end)):
        return False
    names, closed, _ = _QUOTED.sub("", part).partition(">")
    return bool(closed) and len(names.split()) > _MOST_ATTRIBUTES


def _is_in_quotes(part: str, end: int) -> bool:
    return any(part.count(quote, 0, end) % 2 for quote in "\"'")


def no_text(path: str) -> PageError:
    """What is said of a page without text."""
    return PageError(
        "the page shows no text",
        file=path,
        remedy="save it from a browser when it has loaded, or delete the file",
    )
