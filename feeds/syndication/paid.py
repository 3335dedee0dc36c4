"""An entry with its text that has to be paid for, as feeds for those who have a key have it."""

from __future__ import annotations

import msgspec

from feeds.model import Entry, PaidText
from feeds.newsroom.site import Feed


def within(feed: Feed, entry: Entry, text: PaidText | None) -> Entry:
    """``entry`` as ``feed`` has it: with ``text`` if that is its own, and such are in the feed."""
    if text is None or text.fingerprint != entry.paid or not feed.has_paid_texts:
        return entry
    return msgspec.structs.replace(entry, content=text.content, enclosures=text.enclosures)
