"""A headline that no heading holds: the element that shows it.

Rules
- It is the longest element that shows a title of the metadata. Where that knows none, it is the
  line whose letters are larger than all others, by what its own ``style`` or ``font`` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from feeds.normalise.html import dom
from feeds.normalise.html.claims import agreement

_SIZE = re.compile(r"font-size:\s*(\d{1,3}(?:\.\d+)?)\s*(px|pt|r?em|%)", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_OF_FONT = {"5": 24.0, "6": 32.0, "7": 48.0, "+2": 24.0, "+3": 32.0, "+4": 48.0}
_SMALLEST, _FEWEST_WORDS, _LONGEST = 20, 3, 160
_APART = frozenset(("a", "li", "nav", "aside", "footer", "table"))
_MOST = 5000


def find_stated(body: HtmlElement, is_known: Callable[[str], bool]) -> HtmlElement | None:
    """The element whose words are a title by the metadata, as ``is_known`` says."""
    found: HtmlElement | None = None
    for element in islice(body.iter("b", "strong", "font", "big", "div", "span", "p", "td"), _MOST):
        words = element.text
        if words and not len(element) and is_known(" ".join(words.split())):
            outer = {other.tag for other in islice(element.iterancestors(), 20)}
            longer = found is None or len(words) > len(found.text or "")
            if longer and not outer & (_APART - {"table"}):
                found = element
    return found


def find_largest(body: HtmlElement, site: str) -> HtmlElement | None:
    """The one line that is written larger than all but the name of the ``site``, as a key."""
    found: HtmlElement | None = None
    largest = 0.0
    for element in islice(body.iter("b", "strong", "font", "div", "span", "p"), _MOST):
        size = _size(element)
        words = dom.line_in(element) if size >= max(largest, _SMALLEST) else ""
        if words and agreement.key(words) != site:
            is_inside = found is not None and found in element.iterancestors()
            if size == largest and not is_inside:
                found = None  # one of several
            elif size > largest:
                outer = {other.tag for other in islice(element.iterancestors(), 20)}
                is_headline = len(words.split()) >= _FEWEST_WORDS and len(words) <= _LONGEST
                found = element if is_headline and not outer & _APART else None
            largest = size
    return found


def _size(element: HtmlElement) -> float:
    """The size of the letters of ``element`` in pixels, as far as it says so itself."""
    if size := _SIZE.search(element.get("style") or ""):
        return float(size[1]) * _PIXELS[size[2].lower()]
    return _OF_FONT.get(element.get("size") or "", 0) if element.tag == "font" else 0
