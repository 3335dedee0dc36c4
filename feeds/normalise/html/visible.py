"""What of a page a browser would show: the rest is cut out before anything else looks at the tree.

Rules
- Style sheets aren't read; ``hidden`` and the page's own ``style`` attributes are.
- Blocks that a server sent hidden, for a script to put into their places, are shown there.
- So is a ``noscript`` with a text in it: what a script would show there is no other.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise.html import depth, dom

_UNSEEN_NAMES = (
    "amp-ad amp-analytics amp-consent amp-embed amp-lightbox amp-list amp-sidebar "
    "amp-social-share amp-state amp-sticky-ad applet area audio base button canvas datalist "
    "embed frame frameset iframe input link meta noembed noframes noscript object option "
    "param script select style svg template textarea track video"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_FOLDED = (*dom.HEADINGS, "dt", "summary")
_NOTICE = 400
"""So long may what asks for scripts be."""
_PICTURES = ("amp-img", "amp-anim")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_STREAMED = 500
_STREAMED = re.compile("S:[0-9a-f]+")
_MOVES = re.compile(r"""\$R[A-Z]\(\s*["']([BPS]:[0-9a-f]+)["']\s*,\s*["']([BPS]:[0-9a-f]+)["']""")


def prune(body: HtmlElement) -> list[Dropped]:
    """Cuts out of ``body`` whatever a browser wouldn't show; returns what had text in it."""
    candidates = [
        element
        for element in body.iterdescendants()
        if element.get("style") or element.get("hidden") is not None or element.tag == "dialog"
    ]
    if _lift_streamed(body, candidates):
        depth.flatten(body, is_unseen)  # what is put into each other may be deep again
    _show_without_scripts(body)
    for template in body.iter("template"):
        if "shadowrootmode" in template.attrib:
            template.tag = "div"  # which a browser shows without any script
    for button in body.iter("button"):
        if next(button.iterancestors(*_FOLDED), None) is not None:
            button.tag = "span"  # a question whose answer is folded away
    unseen = set(body.iter(*_UNSEEN))
    hidden = [element for element in candidates if is_hidden(element)]
    unseen.update(hidden)
    dropped = [
        Dropped(dom.line_of(element), dom.shortened(words), "hidden from view")
        for element in hidden
        if unseen.isdisjoint(islice(element.iterancestors(), 100))
        and (words := dom.text_of(element))
    ]
    for element in unseen:
        element.tag = "unseen"
    etree.strip_elements(body, "unseen", with_tail=False)
    for picture in body.iter(*_PICTURES):
        picture.tag = "img"
    return dropped


def _show_without_scripts(body: HtmlElement) -> None:
    """Shows each ``noscript`` with a text that the page doesn't show anyway."""
    texts = [one for one in body.iter("noscript") if dom.is_longer(one, _NOTICE)]
    if not texts:
        return
    apart = frozenset(body.iter("noscript", "script", "style", "template"))
    shown = "\n".join(block.text for block in dom.blocks_in(body, apart))
    for element in texts:
        said = [dom.line_in(one) for one in element.iter("p")]
        is_said = any(len(words) >= dom.PROSE and words in shown for words in said)
        if not is_said:
            element.tag = "div"


def _lift_streamed(body: HtmlElement, candidates: list[HtmlElement]) -> bool:
    """Shows the blocks that a page was still loading when it came, where its script puts them.

    A server that sends the parts of a page as they get ready hides each, and lets a script move it
    to the template that keeps its place. Returns whether there were some.
    """
    streamed = [
        element
        for element in candidates
        if "hidden" in element.attrib and _STREAMED.fullmatch(element.get("id", ""))
    ]
    if not 0 < len(streamed) <= _MOST_STREAMED:
        return False
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
    return True


def _put_behind(element: HtmlElement, tail: str | None) -> None:
    """Leaves ``tail`` where ``element`` was, which is about to be moved."""
    before, outer = element.getprevious(), element.getparent()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail and outer is not None:
        outer.text = (outer.text or "") + tail


def is_unseen(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of the element, by its tag or by what it says of itself."""
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
