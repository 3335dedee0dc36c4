"""Feeds that a site has: the addresses of their items, newest first as they are there."""

from __future__ import annotations

from datetime import datetime

from feeds.capture.discovery.candidates import Candidate
from feeds.model import StatedDate
from feeds.model.errors import CaptureError
from feeds.readers.feed import parse_feed
from feeds.text import dates

MOST_BYTES = 16 * 1024 * 1024
_MIDNIGHT = "T00:00:00+00:00"


def read_feed(data: bytes, address: str) -> tuple[Candidate, ...]:
    """The items of the RSS, Atom or JSON Feed ``data`` that have an address, in their order.

    It came from ``address``. Raises FeedsError for what is no feed.
    """
    if len(data) > MOST_BYTES:
        raise CaptureError(f"the feed has more than {MOST_BYTES:,} bytes", file=address)
    items, _ = parse_feed(data, address, address)
    found: dict[str, Candidate] = {}
    for item in items:
        if item.url:
            changed = dates.rfc3339(item.updated) if item.updated else ""
            published = _stated(item.published) if item.published else None
            found.setdefault(item.url, Candidate(item.url, changed, published, item.title, address))
    return tuple(found.values())


def _stated(moment: datetime) -> StatedDate:
    """``moment``; a day alone where it is a midnight, which feeds have of days, too."""
    iso = moment.isoformat(timespec="seconds")
    if iso.endswith(_MIDNIGHT):
        return StatedDate(iso.removesuffix(_MIDNIGHT), "day")
    return StatedDate(iso, "second")
