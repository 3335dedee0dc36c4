"""Which elements of a page have which attributes.

Half a dozen modules look for elements by these, and every pass through a page takes time: one finds
them for all.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement


class Attributes:
    """The elements of a page by the names of their attributes, as they were when it was read.

    Some of them may have been taken out of their tree since, or have lost an attribute.
    """

    def __init__(self, elements: Iterable[HtmlElement]) -> None:
        self._elements = list(elements)
        self._places: dict[str, list[int]] = {}
        for place, element in enumerate(self._elements):
            for name in element.keys():  # noqa: SIM118 -- an element holds its children
                self._places.setdefault(name, []).append(place)

    def having(self, *names: str) -> list[HtmlElement]:
        """The elements with at least one of the attributes ``names``, in the page's order."""
        found = [self._places[name] for name in names if name in self._places]
        places = found[0] if len(found) == 1 else sorted(set().union(*found))
        return [self._elements[place] for place in places]
