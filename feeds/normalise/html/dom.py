"""The tree of an HTML page as a browser would show it, and where in it things stand.

Rules
- What no browser shows is no text: it is cut out before anything else looks at the tree.
  Style sheets aren't read; ``hidden`` and the page's own ``style`` attributes are.
- Every pass goes once over the elements. Trees are bounded: in depth by the parser, in
  elements by ``_MOST_ELEMENTS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from feeds.model import Dropped, Page
from feeds.model.errors import PageError
from feeds.model.problem import Problem
from feeds.normalise.html import depth
from feeds.normalise.words.patterns import Words
from feeds.text import characters

_MOST_ELEMENTS = 60_000
_MOST_ATTRIBUTES = 2000
_LONG_TAG = re.compile(rf"<(?!!)[^<]{{{2 * _MOST_ATTRIBUTES},}}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol "
    "option p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = 60
"""So many characters in one go are a text; fewer may be a label, a button, a link."""
_UNSEEN_NAMES = (
    "amp-ad amp-analytics amp-consent amp-embed amp-lightbox amp-list amp-sidebar "
    "amp-social-share amp-state amp-sticky-ad applet area audio base button canvas datalist "
    "embed frame frameset iframe input link map meta noembed noframes noscript object option "
    "param script select style svg template textarea track video"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_PICTURES = ("amp-img", "amp-anim")
_MAY_BE_HIDDEN = etree.XPath(".//*[@hidden or @style or self::dialog]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STREAMED = re.compile("S:[0-9a-f]+")
_MOVES = re.compile(r"""\$R[A-Z]\(\s*["']([BPS]:[0-9a-f]+)["']\s*,\s*["']([BPS]:[0-9a-f]+)["']""")
_LONGEST_DROP = 120
_LONGEST_LINE = 1000
"""Of so many tags and texts is no headline, byline or date, but a text."""
_LONGEST_NAME = 300
"""So far into a class or an id it is looked for what it is called."""


class Block(NamedTuple):
    """A run of text between two boundaries of blocks. ``url``: of the link it is, else empty."""

    text: str
    line: int
    element: HtmlElement
    url: str


class Tree(NamedTuple):
    """A page's tree: its root, its ``body``, all elements that it had, and what it lost.

    Elements made of the tree are forgotten when nobody holds them, and made anew by the next
    pass; ``elements`` holds them, which makes all passes twice as fast.
    """

    root: HtmlElement
    body: HtmlElement
    elements: list[HtmlElement]
    findings: tuple[Problem, ...]


def parse_html(page: Page) -> Tree:
    """The tree of the page; raises PageError if it holds none, or one beyond all measure."""
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    if _is_crowded(page.markup):
        raise PageError(
            f"a tag of the page has more than {_MOST_ATTRIBUTES:,} attributes",
            file=page.path,
            remedy="save the story alone, or as plain text",
        )
    try:
        root = document_fromstring(page.markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise no_text(page.path) from error
    elements = list(islice(root.iter(), _MOST_ELEMENTS + 1))
    if len(elements) > _MOST_ELEMENTS:
        raise PageError(
            f"the page has more than {_MOST_ELEMENTS:,} elements",
            file=page.path,
            remedy="save the story alone, or as plain text",
        )
    body = root.find("body")
    if root.tag != "html" or body is None:
        raise no_text(page.path)
    if characters.refers_to_forbidden(page.markup):
        _clean(elements)
    lost = tuple(
        Problem(
            "nested-too-deep",
            "elements are nested more than 2,048 deep, and nothing below this is read",
            entry.line,
            "save the story alone, or as plain text",
            weight="loss",
        )
        for entry in parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT)
    )
    depth.flatten(root, _is_unseen)
    return Tree(root, body, elements, lost[:1])


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
    for part in _LONG_TAG.finditer(markup):
        names, closed, _ = _QUOTED.sub("", part[0]).partition(">")
        if closed and len(names.split()) > _MOST_ATTRIBUTES:
            return True
    return False


def no_text(path: str) -> PageError:
    """What is said of a page without text."""
    return PageError(
        "the page shows no text",
        file=path,
        remedy="save it from a browser when it has loaded, or delete the file",
    )


def prune(body: HtmlElement) -> list[Dropped]:
    """Cuts out of ``body`` whatever a browser wouldn't show; returns what had text in it."""
    _lift_streamed(body)
    unseen = set(body.iter(*_UNSEEN))
    candidates = cast("list[HtmlElement]", _MAY_BE_HIDDEN(body))
    hidden = [element for element in candidates if is_hidden(element)]
    unseen.update(hidden)
    dropped = [
        Dropped(line_of(element), shortened(words), "hidden from view")
        for element in hidden
        if unseen.isdisjoint(islice(element.iterancestors(), 100)) and (words := text_of(element))
    ]
    for element in unseen:
        element.tag = "unseen"
    etree.strip_elements(body, "unseen", with_tail=False)
    for picture in body.iter(*_PICTURES):
        picture.tag = "img"
    return dropped


def _lift_streamed(body: HtmlElement) -> None:
    """Shows the blocks that a page was still loading when it came, where its script puts them.

    A server that sends the parts of a page as they get ready hides each, and lets a script move it
    to the template that keeps its place.
    """
    streamed = [
        element
        for element in cast("list[HtmlElement]", _MAY_BE_HIDDEN(body))
        if "hidden" in element.attrib and _STREAMED.fullmatch(element.get("id", ""))
    ]
    if not streamed:
        return
    calls = "".join(script.text or "" for script in body.iter("script"))
    moved = dict(sorted(pair, reverse=True) for pair in _MOVES.findall(calls))
    places = {template.get("id"): template for template in body.iter("template")}
    for element in streamed:
        place = moved.get(element.get("id", ""))
        if place is None:
            continue
        del element.attrib["hidden"]
        template = places.get(place)
        if template is not None and element not in set(template.iterancestors()):
            tail, element.tail = element.tail, None
            _put_behind(element, tail)
            template.addprevious(element)


def _put_behind(element: HtmlElement, tail: str | None) -> None:
    """Leaves ``tail`` where ``element`` was, which is about to be moved."""
    before, outer = element.getprevious(), element.getparent()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail and outer is not None:
        outer.text = (outer.text or "") + tail


def _is_unseen(element: HtmlElement) -> bool:
    return element.tag in _UNSEEN or is_hidden(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element says of itself that it is not shown."""
    attributes = element.attrib
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if element.tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return bool(style and _HIDING.search(style))


def remove(element: HtmlElement) -> None:
    """Takes ``element`` out of its tree; text behind it stays, on a line of its own."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        element.clear(keep_tail=True)
        element.tag = "br"
    else:
        parent.remove(element)


def line_of(element: HtmlElement) -> int:
    """The line on which the element begins; 0 if the parser lost it."""
    return element.sourceline or 0


def text_of(element: etree._Element, without: str = "", most: int = 0) -> str:
    """The words of ``element`` on one line, a blank wherever a block begins or ends.

    ``without`` is the tag of elements whose own words are left out. ``most`` is after how many
    tags and texts nobody wants to hear the rest, 0 for all.
    """
    if next(element.iterchildren(), None) is None:
        return characters.cleaned(element.text or "")
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if most and len(parts) > most:
            break
        if node.tag == without:
            continue
        if node.tag in BLOCKS:
            parts.append(" ")
        if event == "start":
            parts.append(node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    return characters.cleaned("".join(parts))


def line_in(element: etree._Element) -> str:
    """The words of ``element`` as ``text_of`` has them, if it is a line: else so many of them."""
    return text_of(element, most=_LONGEST_LINE)


def blocks_in(body: HtmlElement, without: frozenset[HtmlElement] = frozenset()) -> Iterator[Block]:
    """The text of ``body``, run by run; the elements ``without`` and all in them are left out."""
    run = _Run()
    inside = ""
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        if node.tag in BLOCKS:
            yield from run.ended()
        if event == "start":
            if node in without:
                walk.skip_subtree()
                continue
            inside = node.get("href", "") if node.tag == "a" else inside
            run.add(node.text, node, inside)
            continue
        inside = "" if node.tag == "a" else inside
        if node is not body:
            parent = node.getparent()
            run.add(node.tail, node if parent is None else parent, inside)
    yield from run.ended()


class _Run:
    """The text between two boundaries of blocks, as it is being put together."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._first: HtmlElement | None = None
        self._links: set[str] = set()

    def add(self, words: str | None, element: HtmlElement, address: str) -> None:
        """More text, which stands in ``element`` and in a link to ``address``, if in one."""
        if not words:
            return
        self._parts.append(words)
        if not words.isspace():
            self._links.add(address)
            if self._first is None:
                self._first = element

    def ended(self) -> Iterator[Block]:
        """The block, if there is text in it; begins another."""
        words = characters.cleaned("".join(self._parts))
        if words and self._first is not None:
            url = next(iter(self._links)) if len(self._links) == 1 else ""
            yield Block(words, line_of(self._first), self._first, url)
        self._parts, self._first, self._links = [], None, set()


def names_of(element: HtmlElement) -> str:
    """What a template calls the element: its class and its id, as far as anybody has to look."""
    called = f"{element.get('class', '')} {element.get('id', '')}"
    return called if len(called) <= _LONGEST_NAME else called[:_LONGEST_NAME]


def is_called(element: HtmlElement, names: Words) -> bool:
    """Whether class, id or itemprop of the element are among ``names``."""
    return any(
        is_name_of(names, called[:_LONGEST_NAME])
        for name in ("class", "id", "itemprop")
        if (called := element.get(name))
    )


@lru_cache(maxsize=5000)
def is_name_of(names: Words, called: str) -> bool:
    """Whether ``called`` holds one of ``names``; a page calls many things alike."""
    return names.search(called) is not None


def shortened(words: str) -> str:
    """``words`` at a length that a report can show."""
    return words if len(words) <= _LONGEST_DROP else words[: _LONGEST_DROP - 1] + "…"
