"""A recording as one place of a page states it."""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.model import Enclosure, Url
from feeds.text import urls

_CACHING = re.compile(r"([?&])_=\d+(?:&|$)")
MOST_LOOKED_AT = 50
LONGEST_TITLE = 200


class File(NamedTuple):
    """A recording as one place states it, and where; ``kind`` is empty if nobody can fetch it."""

    address: str
    enclosure: Enclosure | None
    line: int
    rule: str


def file_url(address: str, base: str) -> Url | None:
    """The address of a file, as seen from ``base``; None if it is none."""
    url = urls.from_page(base, address)
    # WordPress adds a number to what its players play
    return Url(_CACHING.sub(r"\1", url).rstrip("?&")) if url and "_=" in url else url
