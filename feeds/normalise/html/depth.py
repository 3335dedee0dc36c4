"""Elements nested beyond all reason, put beside each other, as browsers do.

Rules
- Whoever asks an element for its words asks all that is inside: where thousands are nested, page
  after page of words would be read thousands of times. So no element is deeper than ``_DEEPEST``;
  what was stands behind the element that it was in, with its words in their order.
- What is hidden stays inside of what hides it.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree
from lxml.html import HtmlElement

_DEEPEST = 120
"""Deeper than pages are; browsers let 512 be nested."""


def flatten(root: HtmlElement, hides: Callable[[HtmlElement], bool]) -> None:
    """Brings up whatever is nested deeper than ``_DEEPEST`` in ``root``.

    What is in an element of which ``hides`` is true stays there.
    """
    deep: list[HtmlElement] = []
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        depth += 1 if event == "start" else -1
        if event == "start" and depth >= _DEEPEST:
            if hides(element):
                walk.skip_subtree()
            elif next(element.iterchildren(), None) is not None:
                deep.append(element)
    # from the outermost on: by then what is inside of one has come up to its own depth
    for element in deep:
        children = list(element)
        if element.tail:
            children[-1].tail = (children[-1].tail or "") + element.tail
            element.tail = None
        for child in reversed(children):
            element.addnext(child)
