"""Comments in the margin of a document, which word processors export with its text.

Rules
- The comment goes, and so does the sign at the words that it is about. Those words stay.
- Word calls them by class and style; Google's have addresses within the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise.html import dom
from feeds.normalise.html.attributes import Attributes

_CLASSES = frozenset("msocomtxt msocomanchor msocomoff msocommentreference msocommenttext".split())
_STYLE = re.compile(r"mso-element\s*:\s*comment(?:-list)?\b")
_SIGN, _COMMENT = re.compile(r"#cmnt\d+"), re.compile(r"#cmnt_ref\d+")
_WITHIN_LINES = ("a", "span", "sup")
_SIGNS = ("mso", "Mso", "#cmnt")
_RULE = "comment in the margin"


def _of_word(attributes: Attributes) -> Iterator[HtmlElement]:
    for element in attributes.having("class"):
        called = element.get("class", "")
        may_be = "mso" in called or "Mso" in called
        if may_be and not _CLASSES.isdisjoint(called.lower().split()):
            yield element
    for element in attributes.having("style"):
        if _STYLE.search(element.get("style", "")):
            yield element


def take_comments(body: HtmlElement, attributes: Attributes, markup: str) -> list[Dropped]:
    """Takes the comments in the margin out of ``body``, which has this ``markup``.

    Returns what they said.
    """
    if not any(sign in markup for sign in _SIGNS):  # as of nearly all pages
        return []
    found = dict.fromkeys(_of_word(attributes))
    for element in attributes.having("href"):
        address = element.get("href", "")
        if address.startswith("#cmnt") and element not in found:
            outer = element.getparent()
            if outer is not None and _SIGN.fullmatch(address):
                found[outer if outer.tag == "sup" else element] = None
            elif outer is not None and _COMMENT.fullmatch(address):
                around = outer.getparent()
                is_box = around is not None and around.tag == "div" and around is not body
                found[around if is_box and around is not None else outer] = None
    taken = [
        element for element in found if not any(outer in found for outer in element.iterancestors())
    ]
    dropped = [
        Dropped(dom.line_of(element), dom.shortened(words), _RULE)
        for element in taken
        if (words := dom.line_in(element))
    ]
    for element in taken:
        if element.tag in _WITHIN_LINES:
            element.clear(keep_tail=True)
            element.tag = "span"
        else:
            dom.remove(element)
    return dropped
