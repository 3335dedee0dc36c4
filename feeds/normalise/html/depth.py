"""Elements nested beyond all reason, put beside each other, as browsers do.

Rules
- Whoever asks an element for its words asks all that is inside: where thousands are nested, page
  after page of words would be read thousands of times. So no element is deeper than ``_DEEPEST``;
  what was stands behind the element that it was in, with its words in their order.
- What is hidden stays inside of what hides it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

_DEEPEST = 120
"""Deeper than pages are; browsers let 512 be nested."""


def is_deeper(root: HtmlElement, levels: int) -> bool:
    """Whether any element of ``root`` is nested deeper than ``levels``."""
    return bool(_path(levels + 1)(root))


@cache
def _path(levels: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/*' * levels})")


def is_wider(root: HtmlElement, most: int) -> bool:
    """Whether any element of ``root`` has more than ``most`` elements right in it."""
    return bool(_wider(most + 1)(root))


@cache
def _wider(many: int) -> etree.XPath:
    return etree.XPath(f"boolean(descendant-or-self::*[*[{many}]])")


def steps_in(root: HtmlElement) -> int:
    """How deep the elements of ``root`` are nested, all of them together."""
    depth = total = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth if event == "start" else 0
    return total


def flatten(root: HtmlElement, hides: Callable[[HtmlElement], bool]) -> None:
    """Brings up whatever is nested deeper than ``_DEEPEST`` in ``root``, which nearly no page has.

    What is in an element of which ``hides`` is true stays there.
    """
    if not is_deeper(root.getroottree().getroot(), _DEEPEST):
        return
    moves: list[_Move] = []
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if depth >= _DEEPEST:
                moves[-1].close(element)
            depth -= 1
            continue
        depth += 1
        if depth < _DEEPEST:
            continue
        if depth == _DEEPEST:
            moves.append(_Move(element))
        else:
            moves[-1].add(element)
        if hides(element):
            walk.skip_subtree()
    for move in moves:
        move.make()


class _Move:
    """What is inside of ``outer``, in its order, and the words behind each."""

    def __init__(self, outer: HtmlElement) -> None:
        self._outer = outer
        self._inside: list[HtmlElement] = []
        self._behind: list[list[str]] = []

    def add(self, element: HtmlElement) -> None:
        self._inside.append(element)
        self._behind.append([])

    def close(self, element: HtmlElement) -> None:
        """What is behind ``element`` comes behind all that was in it."""
        if element.tail and self._behind:
            self._behind[-1].append(element.tail)

    def make(self) -> None:
        if not self._inside:
            return
        self._outer.tail = None
        # from the innermost on: to move an element takes as long as there is something in it
        for element in reversed(self._inside):
            element.tail = None
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        for element, behind in zip(reversed(self._inside), reversed(self._behind), strict=True):
            element.tail = "".join(behind) or None
            self._outer.addnext(element)
