"""Exports of content management systems: of all that they hold, what was published.

Rules
- They are told by what is in them, and never read as feeds.
- What is taken comes one by one; what is left out is counted by kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from zoneinfo import ZoneInfo

from feeds.model.problem import Problem
from feeds.readers.feed import ghost, wordpress
from feeds.readers.feed.ghost import Ghost
from feeds.readers.feed.items import Imported, each_item
from feeds.readers.feed.wordpress import WordPress
from feeds.text import urls

UTC = ZoneInfo("UTC")


class Export:
    """An export, whose items are taken once; all else is known when they were.

    ``address`` is the site's. ``left_out`` counts what was not published, by kind. ``taken`` are
    the guids of what was, and ``withheld`` those of posts that are not public, and of no others;
    ``odd`` is what is wrong with the file, ``doubts`` what is doubtful about items.
    """

    def __init__(self, source: Ghost | WordPress, address: str) -> None:
        self._source = source
        self.address = urls.absolute(address, source.site.base) or address
        self.doubts: list[Problem] = []
        self.left_out = source.left_out
        self.odd = source.odd
        self.taken: set[str] = set()

    @property
    def exported(self) -> datetime | None:
        """When it was made, in UTC; None if that isn't known."""
        return self._source.exported

    @property
    def withheld(self) -> set[str]:
        """As above."""
        return self._source.withheld - self.taken

    def items(self) -> Iterator[Imported]:
        """What was published, in the order of the export."""
        language = self._source.site.language
        for item in each_item(self._source.items(), self.address, language, self.doubts):
            self.taken.add(item.guid)
            yield item


def export_of(data: bytes, name: str, address: str) -> Export | None:
    """The export in ``data``, which is all of it; as below."""
    return export_in(BytesIO(data), name, address)


def export_in(file: BinaryIO, name: str, address: str = "", zone: ZoneInfo = UTC) -> Export | None:
    """The export in ``file``, which can be read from its beginning again; None if it is none.

    ``address`` is the site's, empty if it isn't known; clocks without a zone are in ``zone``.
    Raises FeedImportError for one that nothing can be made of.
    """
    file.seek(0)
    if ghost.may_be_export(file):
        file.seek(0)
        found = ghost.read_export(file, name, address)
        return Export(found, address) if found else None
    file.seek(0)
    if wordpress.is_export(file):
        return Export(WordPress(file, name, zone), address)
    return None
