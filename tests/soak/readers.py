"""What somebody who reads feeds has noticed, who knows stories by their ids alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.soak.desk import number_of
from tests.soak.items import Item


class Reader:
    """One who remembers all stories that any feed had, whatever happens to the feeds."""

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}
        """Under which id each story was seen first, by its number."""

    def faults(self, items: Sequence[Item]) -> Iterator[str]:
        """By which of the ``items`` of a feed a story would be there twice."""
        found = [(number, item) for item in items if (number := number_of(item.title))]
        for number, count in Counter(number for number, _ in found).items():
            if count > 1:
                yield f"story {number} is there {count} times"
        for number, item in found:
            known = self._ids.setdefault(number, item.id)
            if known != item.id:
                yield f"story {number} was {known}, and is there again as {item.id}"
