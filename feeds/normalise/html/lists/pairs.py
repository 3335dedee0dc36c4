"""Dates and headlines that stand beside each other in one element, pair by pair or day by day.

Rules
- They are pairs if they alternate: a date before or behind each headline, whichever comes first.
- They are days if each date stands above some headlines, in an element that holds none.
- All headlines stand in the same place of the element, or it is no list.
"""

from __future__ import annotations

from itertools import pairwise

from lxml.html import HtmlElement

from feeds.normalise.html.lists.days import Day
from feeds.normalise.html.lists.marks import Link
from feeds.normalise.html.lists.structure import Item, List, Tally, child_of, path_to

_TWO_PAIRS = 4


def find_pairs(element: HtmlElement, tally: Tally) -> List | None:
    """Headlines and dates that stand beside each other in ``element``."""
    row = _row(element, tally)
    kinds = [isinstance(one, Day) for one in row]
    paths = {path_to(one[0].element, element) for one in row if not isinstance(one, Day)}
    if len(paths) != 1 or len(row) < _TWO_PAIRS:
        return None
    alternate = all(here != below for here, below in pairwise(kinds))
    if alternate and kinds[0] != kinds[-1]:
        first = kinds[0]
    elif kinds[0] and not kinds[-1] and sum(kinds) > 1 and _are_headings(row, kinds, element):
        first = True
    else:
        return None
    items: list[Item] = []
    day: Day | None = None
    for one in row if first else reversed(row):
        if isinstance(one, Day):
            day = one
        else:
            items.append(Item(child_of(one[0].element, element), one, day))
    items = items if first else items[::-1]
    elements = [item.element for item in items]
    elements += [child_of(known.element, element) for known in tally.days[element]]
    return List(items, element, [one for one in dict.fromkeys(elements) if one is not element])


def _row(element: HtmlElement, tally: Tally) -> list[Day | list[Link]]:
    """The dates and the links in ``element`` in their order, each date and each story once."""
    found: list[Day | Link] = [*tally.days[element], *tally.links[element]]
    row: list[Day | list[Link]] = []
    for one in sorted(found, key=lambda mark: mark.place):
        last = row[-1] if row else None
        if isinstance(one, Day):
            if not (isinstance(last, Day) and last.date == one.date):
                row.append(one)
        elif isinstance(last, list) and last[0].key == one.key:
            last.append(one)
        else:
            row.append([one])
    return row


def _are_headings(row: list[Day | list[Link]], kinds: list[bool], element: HtmlElement) -> bool:
    """Whether each date stands above headlines, and none in one element with them."""
    if any(here and below for here, below in pairwise(kinds)):
        return False
    heads = {child_of(one[0].element, element) for one in row if isinstance(one, list)}
    return all(
        child_of(one.element, element) not in heads and one.element is not element
        for one in row
        if isinstance(one, Day)
    )
