"""What of a page a browser would show: the rest is cut out before anything else looks at the tree.

Rules
- Style sheets aren't read; ``hidden`` and the page's own ``style`` attributes are.
- Blocks that a server sent hidden, for a script to put into their places, are shown there.
- So is a ``noscript`` with a text in it: what a script would show there is no other.
- A button within a sentence is one of its words. What else buttons, forms, drawings and what waits
  for scripts among paragraphs say is named, and so is what within a sentence is for those alone
  who hear the page.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.normalise import verdicts
from feeds.normalise.html import depth, dom, drops
from feeds.normalise.html.attributes import Attributes

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
_HIDDEN = "hidden from view"
_WITH_WORDS = {
    "button": "button or label",
    "textarea": verdicts.FORM,
    "svg": "words of a drawing",
    "noscript": "for browsers without scripts",
    "template": _HIDDEN,
}
_OF_DRAWINGS = ("title", "desc", "text")
_HEARD = frozenset(
    "sr-only visually-hidden visuallyhidden u-visually-hidden is-visually-hidden a11y-hidden "
    "screen-reader-text screen-reader-only screenreader-only".split()
)
_ONLY_HEARD = ("p", "span")
_MAY_BE_HEARD = re.compile("-only|idden|creen").search
"""Whether a class may be one of ``_HEARD``: each has one of these parts, and it is asked of every
paragraph, nearly all of which it saves from being parted into words."""
_FULL_STOPS = tuple(".!?…:;。！？।؟")
_SENTENCES = ("p", "li", "blockquote", "dd")
_LEVELS, _MANY = 3, 40
_LONGEST_WORD = 40
_MOST_STREAMED = 500
_STREAMED = re.compile("S:[0-9a-f]+")
_MOVES = re.compile(r"""\$R[A-Z]\(\s*["']([BPS]:[0-9a-f]+)["']\s*,\s*["']([BPS]:[0-9a-f]+)["']""")


def prune(body: HtmlElement, attributes: Attributes) -> list[Dropped]:
    """Cuts out of ``body`` whatever a browser wouldn't show; returns what had text in it."""
    candidates = _candidates(body, attributes)
    if _lift_streamed(body, list(candidates)):
        depth.flatten(body, is_unseen)  # what is put into each other may be deep again
    _show_without_scripts(body)
    _show_as_browsers_do(body)
    unseen = set(body.iter(*_UNSEEN))
    never_said = frozenset(unseen)
    dropped: list[Dropped] = []
    hidden = [one for one in candidates if is_hidden(one) or _is_only_heard(one)]
    unseen.update(hidden)
    for element in hidden:
        around = set(element.iterancestors())
        if body in around and unseen.isdisjoint(around):
            dropped += _named(element, never_said, _HIDDEN)
    dropped += _said_beside(body, unseen)
    for element in unseen:
        element.tag = "unseen"
    etree.strip_elements(body, "unseen", with_tail=False)
    for picture in body.iter(*_PICTURES):
        picture.tag = "img"
    return dropped


def _candidates(body: HtmlElement, attributes: Attributes) -> dict[HtmlElement, None]:
    """What may be hidden, at a glance."""
    heard = (
        element
        for element in body.iter(*_ONLY_HEARD)
        if (called := element.get("class")) and _MAY_BE_HEARD(called)
    )
    return dict.fromkeys((*attributes.having("style", "hidden"), *body.iter("dialog"), *heard))


def _show_as_browsers_do(body: HtmlElement) -> None:
    """Shows what else browsers show of elements that otherwise have no text."""
    for template in body.iter("template"):
        if "shadowrootmode" in template.attrib:
            template.tag = "div"  # which a browser shows without any script
    for button in body.iter("button"):
        folded = next(button.iterancestors(*_FOLDED), None)
        if (folded is not None and not _is_beside(button, folded)) or _is_word(button):
            button.tag = "span"  # a question whose answer is folded away, a word to be explained


def _named(element: HtmlElement, without: frozenset[HtmlElement], rule: str) -> list[Dropped]:
    """What ``element`` says, but for the elements ``without`` in it."""
    found: list[Dropped] = []
    for block in dom.blocks_in(element, without):
        drops.name(found, Dropped(block.line, block.text, rule), goes_on=True)
    return found


def _said_beside(body: HtmlElement, unseen: set[HtmlElement]) -> list[Dropped]:
    """What buttons, forms and drawings beside paragraphs say, which are ``unseen``."""
    with_prose: dict[HtmlElement, bool] = {}
    found: list[Dropped] = []
    for element in body.iter(*_WITH_WORDS):
        outer = [element, *islice(element.iterancestors(), _LEVELS)]
        for one in outer:
            if one not in with_prose:
                inner = islice(one.iterchildren("p"), _MANY)
                with_prose[one] = any(dom.is_longer(each, dom.PROSE) for each in inner)
        if not any(map(with_prose.get, outer)):
            continue
        if element in unseen and unseen.isdisjoint(islice(element.iterancestors(), 100)):
            parts = list(element.iter(*_OF_DRAWINGS)) if element.tag == "svg" else [element]
            apart = frozenset(one for one in element.iter("script", "style", "svg"))
            for part in parts:
                found += _named(part, apart, _WITH_WORDS[element.tag])
    return found


def _is_beside(button: HtmlElement, heading: HtmlElement) -> bool:
    """Whether most of what ``heading`` says stands beside ``button``, which is no part of it."""
    return len(dom.line_in(heading)) > 2 * len(dom.line_in(button))


def _is_word(button: HtmlElement) -> bool:
    """Whether ``button`` is a word of the sentence around it, as one that can be explained is."""
    sentence = next((one for one in islice(button.iterancestors(), 2) if one.tag == "p"), None)
    if sentence is None or not (button.tail or "").strip() or not dom.line_in(button):
        return False
    before, outer = button.getprevious(), button.getparent()
    text = before.tail if before is not None else outer.text if outer is not None else ""
    if not (text or "").strip() or dom.is_longer(button, _LONGEST_WORD):
        return False
    words = dom.line_in(sentence)
    return len(words) >= dom.PROSE and words.endswith(_FULL_STOPS)


def _is_only_heard(element: HtmlElement) -> bool:
    """Whether ``element`` is a part of a sentence, or a whole one, for who hears the page alone."""
    called = element.get("class")
    if not called or _HEARD.isdisjoint(called.lower().split()):
        return False
    if element.tag == "p":
        return True
    if element.tag != "span":
        return False
    outer = next((one for one in islice(element.iterancestors(), 4) if one.tag in _SENTENCES), None)
    return outer is not None and dom.is_longer(outer, dom.PROSE)


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
