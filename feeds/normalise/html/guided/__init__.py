"""Where on an HTML page an editor says that things are: ``[[pages]]`` rules with CSS selectors.

Rules
- What a rule drops goes before anything else looks at the page, and is named. All other selectors
  are of the page as it is shown.
- Of several selectors, and of several elements, the first counts that is there; of rules, the last.
- A selector that gives nothing on a page is a doubt, and the page is read as without it. So no
  rule makes a date or a name of what isn't one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml.html import HtmlElement

from feeds.model import Dropped
from feeds.model.guidance import DEAR, IDLE, MUTE, Guidance, Guided, Hint
from feeds.model.problem import Problem
from feeds.normalise.html import dom, drops
from feeds.normalise.html.attributes import Attributes
from feeds.normalise.html.guided.match import Finder, TooDearError
from feeds.normalise.html.parsing import Tree

_KEPT = ("html", "head", "body")
_UNSAID = ("script", "style", "template", "noscript")
_LONGEST_TITLE = 500
_REMEDY = "correct the selector in site.toml, or leave these pages out of the rule"


class Told(NamedTuple):
    """An element that an editor pointed at, and by which rule."""

    element: HtmlElement
    rule: str
    css: str

    @property
    def line(self) -> int:
        """The line of the page on which it begins."""
        return dom.line_of(self.element)

    @property
    def value(self) -> str:
        """What it says: of a ``meta``, what that states."""
        element = self.element
        return (element.get("content") or "") if element.tag == "meta" else dom.line_in(element)


class Places(NamedTuple):
    """Where things are on a page. ``lists`` is None if nobody said where its lists are."""

    title: Told | None = None
    date: Told | None = None
    byline: Told | None = None
    body: Told | None = None
    lists: list[HtmlElement] | None = None


NOWHERE = Places()


def take_out(page: Tree, hints: Iterable[Hint]) -> tuple[Tree, list[Dropped], list[Problem]]:
    """``page`` without what ``hints`` say is none of its stories; what that said, and doubts."""
    finder, dropped, doubts = Finder(page.root), list[Dropped](), list[Problem]()
    gone: set[HtmlElement] = set()
    for hint in hints:
        found = _matches(finder, [hint], doubts)
        for told in found:
            element = told.element
            if element in gone or element.tag in _KEPT:
                continue
            gone.update(element.iter())
            dropped += _named(told)
            dom.remove(element)
    if not gone:
        return page, dropped, doubts
    left = list(page.root.iter())
    return page._replace(elements=left, attributes=Attributes(left)), dropped, doubts


def _named(told: Told) -> list[Dropped]:
    """What the element says; its tag if it says nothing."""
    found: list[Dropped] = []
    without = frozenset(told.element.iter(*_UNSAID))
    for block in dom.blocks_in(told.element, without):
        drops.name(found, Dropped(block.line, block.text, told.rule), goes_on=True)
    return found or [Dropped(dom.line_of(told.element), f"<{told.element.tag}>", told.rule)]


def find_places(root: HtmlElement, guidance: Guidance) -> tuple[Places, list[Problem]]:
    """Where on the page ``root`` things are by ``guidance``, and what is doubtful about that."""
    finder, doubts = Finder(root), list[Problem]()

    def first(field: Guided, longest: int = 0) -> Told | None:
        found = _matches(finder, guidance.of(field), doubts)
        for told in found:
            too_long = longest and dom.is_longer(told.element, longest)
            if not too_long and (told.value or told.element.get("datetime")):
                return told
        if found:
            doubts.append(mute(found[0], "nothing that could be it"))
        return None

    places = Places(first("title", _LONGEST_TITLE), first("date"), first("byline"), first("body"))
    if lists := _matches(finder, guidance.of("list"), doubts):
        places = places._replace(lists=[told.element for told in lists])
    return places, doubts


def _matches(finder: Finder, hints: Iterable[Hint], doubts: list[Problem]) -> list[Told]:
    """What the first of ``hints`` points at that points at anything; else adds a doubt."""
    last: Hint | None = None
    for hint in hints:
        try:
            found = finder.find(hint.value)
        except TooDearError:
            what = f"'{hint.value}' counts siblings, of which this page has too many"
            doubts.append(Problem(DEAR, what, 0, _REMEDY, field=hint.rule))
            return []
        if found:
            return [Told(element, hint.rule, hint.value) for element in found]
        last = last or hint
    if last is not None:
        what = f"'{last.value}' matches nothing"
        doubts.append(Problem(IDLE, what, 0, _REMEDY, field=last.rule))
    return []


def mute(told: Told, what: str) -> Problem:
    """What is said of an element that holds ``what``, and nothing that the rule is for."""
    what = f"'{told.css}' gives {what}"
    return Problem(MUTE, what, told.line, _REMEDY, field=told.rule)
