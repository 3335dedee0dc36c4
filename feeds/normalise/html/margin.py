"""Comments in the margin of a document, which word processors export with its text.

Rules
- The comment goes, and so does the sign at the words that it is about. Those words stay.
- Word calls them by class and style; Google's have addresses within the page.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise.html import dom

_CLASSES = frozenset("msocomtxt msocomanchor msocomoff msocommentreference msocommenttext".split())
_MAY_BE = etree.XPath(
    ".//*[contains(@class, 'mso') or contains(@class, 'Mso') or contains(@class, 'MSO')"
    " or contains(@style, 'mso-element') or starts-with(@href, '#cmnt')]"
)
_SIGNS = ("msocom", "MsoCom", "#cmnt")
_STYLE = re.compile(r"mso-element\s*:\s*comment(?:-list)?\b")
_SIGN, _COMMENT = re.compile(r"#cmnt\d+"), re.compile(r"#cmnt_ref\d+")
_WITHIN_LINES = ("a", "span", "sup")
_RULE = "comment in the margin"


def take_comments(body: HtmlElement, markup: str) -> list[Dropped]:
    """Takes the comments in the margin out of ``body``; returns what they said.

    ``markup`` is what it was made of, which mostly tells that there are none.
    """
    if not any(sign in markup for sign in _SIGNS):
        return []
    found: dict[HtmlElement, None] = {}
    for element in cast("list[HtmlElement]", _MAY_BE(body)):
        own = (element.get("class") or "").lower().split()
        if not _CLASSES.isdisjoint(own) or _STYLE.search(element.get("style") or ""):
            found[element] = None
        elif element.tag == "a" and (address := element.get("href") or "").startswith("#cmnt"):
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
