"""Text that stands in no paragraph, put into some, so that none of it is taken for layout.

Rules
- A run of text and inline elements between two blocks is a paragraph; two line breaks with
  nothing in between end one.
- A ``div`` that holds nothing but one such run is a paragraph, if it is longer than a label.
"""

from __future__ import annotations

from lxml.html import HtmlElement, html_parser

from feeds.normalise.html import dom

_CONTAINERS = ("article", "body", "center", "div", "font", "main", "section", "td")
_BLOCKS = dom.BLOCKS - {"br"}


def wrap_bare_text(scope: HtmlElement) -> None:
    """Puts the bare text in ``scope`` into ``p`` elements."""
    for container in list(scope.iter(*_CONTAINERS)):
        if _is_mixed(container):
            _wrap(container)
        elif container.tag == "div" and container is not scope and _is_prose(container):
            container.tag = "p"


def _is_mixed(container: HtmlElement) -> bool:
    """Whether there is text in ``container`` itself, and something that divides it."""
    bare = bool((container.text or "").strip())
    divided = False
    for child in container:
        divided = divided or child.tag == "br" or _is_block(child)
        bare = bare or bool((child.tail or "").strip())
        if bare and divided:
            return True
    return False


def _is_prose(container: HtmlElement) -> bool:
    words = container.text or ""
    if not len(container):
        return len(words) >= dom.PROSE
    return not any(map(_is_block, container)) and len("".join(container.itertext())) >= dom.PROSE


def _is_block(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or next(element.iter(*_BLOCKS), None) is not None


def _wrap(container: HtmlElement) -> None:
    line = container.sourceline
    children = list(container)
    run = _paragraph(line, container.text)
    container.text = None
    made: list[HtmlElement] = []
    for child in children:
        tail, child.tail = child.tail, None
        last = _last(run)
        if child.tag == "br" and last is not None and last.tag == "br" and not last.tail:
            run.remove(last)
            made.append(run)
        elif _is_block(child):
            made += [run, child]
        elif child.tag == "br":
            tail = tail.lstrip() if tail else None
            if last is not None or (run.text or "").strip():
                run.append(child)
                child.tail = tail
            else:
                run.text = tail
            continue
        else:
            run.append(child)
            child.tail = tail
            continue
        run = _paragraph(line, tail)
    made.append(run)
    for element in made:
        last = _last(element)
        if element.tag == "p" and last is not None and last.tag == "br" and not last.tail:
            element.remove(last)
        if element.tag != "p" or _last(element) is not None or (element.text or "").strip():
            container.append(element)


def _last(element: HtmlElement) -> HtmlElement | None:
    """The last element in ``element``, which is not to be counted for it: that takes a while."""
    return next(element.iterchildren(reversed=True), None)


def _paragraph(line: int | None, words: str | None) -> HtmlElement:
    paragraph = html_parser.makeelement("p")
    paragraph.sourceline = line
    paragraph.text = words
    return paragraph
