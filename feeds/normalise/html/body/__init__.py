"""The text of an article as clean HTML: found by trafilatura, cleaned by ``sanitise``.

Rules
- trafilatura sees only the part of the page that is the article, after the headline, the
  byline, the dates and every list were cut out. It is never asked for a date, since it
  takes one from wherever there is one, and uses no other extractor beside its own.
- Links and pictures are absolute; those that can't be lose their address, or are dropped.
- Where it finds nothing, or the page is beyond what it handles in reasonable time, the
  paragraphs of the article are taken as they stand.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, html_parser

from feeds.normalise.html import dom
from feeds.normalise.html.body import markup, wrapping
from feeds.normalise.html.body.blocks import Block, as_html, paragraphs
from feeds.normalise.html.body.pictures import Picture
from feeds.text import urls

__all__ = ["Block", "as_html", "extract_blocks", "make_links_absolute", "paragraphs"]

_SIGNS = {"", "#", "¶", "§", "^", "↑", "↩", "↩︎", "⏎", "↵", "🔗"}
_MOST_ELEMENTS = 12_000
_MOST_CHARACTERS = 1_500_000
_DEEPEST = 150
_TAGS = {"item": "li", "quote": "blockquote", "ref": "a", "lb": "br", "code": "pre", "row": "tr"}
_HEADS = {"h1": "h2", "h2": "h2", "h3": "h3"}
_EMPHASIS = {"#i": "em", "#b": "strong", "#sub": "sub", "#sup": "sup"}


def make_links_absolute(scope: HtmlElement, base: str) -> None:
    """Makes every link in ``scope`` absolute; what can't be is a link no longer.

    What leads to another place of the page keeps its words, but for a mere sign.
    """
    for link in list(scope.iter("a")):
        address = link.get("href") or ""
        if address[:1] == "#" and _is_sign(link):
            dom.remove(link)
            continue
        url = urls.from_page(base, address) if address[:1] != "#" else None
        link.attrib.clear()
        if url is not None:
            link.set("href", url)
        else:
            link.tag = "span"


def _is_sign(link: HtmlElement) -> bool:
    """Whether a link within the page says no more than that: from a note back, to a heading."""
    return next(link.iterchildren(), None) is None and (link.text or "").strip() in _SIGNS


def extract_blocks(scope: HtmlElement, shown: list[Picture]) -> tuple[list[Block], str]:
    """The text in ``scope`` block by block, and how it was found."""
    root = _extracted(scope)
    rule = "text found by trafilatura"
    if root is None or not any(
        True for node in root.iter() if (node.text or node.tail or "").strip()
    ):
        root, rule = _paragraphs(scope), "paragraphs of the article"
    return markup.render_blocks(root, shown), rule


def _extracted(scope: HtmlElement) -> etree._Element | None:
    """What trafilatura makes of ``scope``, in the tags of HTML; None if that is nothing."""
    from trafilatura.core import bare_extraction  # late: it takes longer to load than any page

    if _is_beyond(scope):
        return None
    wrapping.wrap_bare_text(scope)
    page = html_parser.makeelement("html")
    scope.tail = None
    # elsewhere than in an article it keeps paragraphs alone, and loses lists and tables
    scope.tag = "article"
    etree.SubElement(page, "body").append(scope)
    try:
        document = bare_extraction(
            page,
            fast=True,
            favor_precision=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
            output_format="html",
            # or it would ask the clock for the latest day that a date may have
            date_extraction_params={"extensive_search": False},
        )
    except (etree.LxmlError, ArithmeticError, AttributeError, LookupError, RecursionError):
        return None  # a page that trafilatura stumbles over is read without it
    if document is None or isinstance(document, dict):
        return None
    body = document.body
    for element in list(body.iter()):
        _retag(element)
    etree.strip_tags(body, "strip")
    return body


def _is_beyond(scope: HtmlElement) -> bool:
    """Whether the article is larger or more deeply nested than trafilatura should be given."""
    depth = size = 0
    for count, (event, element) in enumerate(etree.iterwalk(scope, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        size += len(element.text or "") if event == "start" else len(element.tail or "")
        if depth > _DEEPEST or count > 2 * _MOST_ELEMENTS or size > _MOST_CHARACTERS:
            return True
    return False


def _retag(element: etree._Element) -> None:
    """Gives an element of trafilatura's result the tag that HTML has for it."""
    tag, rend = element.tag, element.get("rend") or ""
    target, source, alt = element.get("target"), element.get("src"), element.get("alt")
    role = element.get("role")
    element.attrib.clear()
    if tag == "head":
        element.tag = _HEADS.get(rend, "h4")
    elif tag == "list":
        element.tag = "ol" if rend == "ol" else "ul"
    elif tag == "hi":
        element.tag = _EMPHASIS.get(rend, "strip")
    elif tag == "cell":
        element.tag = "th" if role == "head" else "td"
    elif tag == "graphic":
        element.tag = "img"
        element.set("src", source or "")
        element.set("alt", alt or "")
    elif tag == "ref" and not target:
        element.tag = "strip"
    elif isinstance(tag, str):
        element.tag = _TAGS.get(tag, tag if tag in ("p", "table") else "strip")
        if tag == "ref":
            element.set("href", target or "")


def _paragraphs(scope: HtmlElement) -> etree._Element:
    """The paragraphs of ``scope`` without their markup; runs of text where it has none."""
    body = etree.Element("body")
    runs = list(dom.blocks_in(scope))
    own = [
        run
        for run in runs
        if any(
            outer.tag in ("p", "blockquote", "li") for outer in (run.element, *_outer(run.element))
        )
    ]
    for run in own or runs:
        if not run.url:
            paragraph = etree.SubElement(body, "p")
            paragraph.text = run.text
    return body


def _outer(element: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    outer = element.getparent()
    while outer is not None and outer.tag not in dom.BLOCKS and len(found) < 20:
        found.append(outer)
        outer = outer.getparent()
    return [*found, outer] if outer is not None else found
