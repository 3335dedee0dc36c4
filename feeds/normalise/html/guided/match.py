"""The elements of a page that a CSS selector means, in linear time whatever the page is.

Rules
- What a selector asks of one element lxml answers, one pass for each of its parts; parents and
  siblings are gone along here, each of them once.
- Counting siblings takes the square of how many there are. A page with too many for that is not
  asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from feeds.text.selectors import Step, parse_selector

_MOST_PAIRS = 10_000_000
"""So many siblings of siblings are counted, which takes a tenth of a second or two."""


class TooDearError(Exception):
    """The page has too many siblings for a selector that counts them."""


class Finder:
    """Finds the elements in ``root`` that selectors mean."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root

    def find(self, css: str) -> list[HtmlElement]:
        """The elements that the selector ``css`` means, in the page's order.

        Raises TooDearError.
        """
        every = [self._meant(steps) for steps in parse_selector(css)]
        if len(every) == 1:
            return every[0]
        meant = {element for found in every for element in found}
        return [element for element in self._root.iter() if element in meant]

    def _meant(self, steps: tuple[Step, ...]) -> list[HtmlElement]:
        if any(step.is_numbered for step in steps) and self._has_too_many_siblings():
            raise TooDearError
        found: list[HtmlElement] = []
        for step in steps:
            before = set(found)
            if step.combinator and not before:
                return []
            found = _standing(self._all(step.path), step.combinator, before)
        return found

    def _all(self, path: str) -> list[HtmlElement]:
        found = _compiled(path)(self._root)
        elements = found if isinstance(found, list) else ()  # which that of a path is
        return [one for one in elements if isinstance(one, HtmlElement)]

    def _has_too_many_siblings(self) -> bool:
        return sum(len(element) ** 2 for element in self._root.iter()) > _MOST_PAIRS


@lru_cache(maxsize=1000)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)


def _standing(
    found: list[HtmlElement], combinator: str, before: set[HtmlElement]
) -> list[HtmlElement]:
    """Those of ``found`` that stand to one of ``before`` as ``combinator`` says."""
    if not combinator:
        return found
    go = etree._Element.getparent if combinator in " >" else etree._Element.getprevious
    if combinator in ">+":
        return [element for element in found if go(element) in before]
    known: dict[etree._Element, bool] = {}
    return [element for element in found if _reaches(element, go, before, known)]


def _reaches(
    element: etree._Element,
    go: Callable[[etree._Element], etree._Element | None],
    wanted: set[HtmlElement],
    known: dict[etree._Element, bool],
) -> bool:
    """Whether one who goes on and on from ``element`` comes to one that is ``wanted``.

    ``known``: of which elements that was found out, so that none is passed twice.
    """
    passed: list[etree._Element] = []
    place = go(element)
    while place is not None and place not in wanted and place not in known:
        passed.append(place)
        place = go(place)
    is_there = place is not None and (place in wanted or known[place])
    known.update(dict.fromkeys(passed, is_there))
    return is_there
