"""What every format says of a feed and its items, decided once.

An item's link is its own URL, else its page in the app. The feed's ``updated`` is its
newest entry's; a feed without entries takes the first moment of its authority, so that
nothing here ever asks the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from feeds import markup, urls
from feeds.config import Feed, Site
from feeds.model import Entry, Format, Tombstone


class ItemView(NamedTuple):
    """One entry as the formats need it. ``content`` is HTML, empty where there is none."""

    entry: Entry
    link: str
    content: str
    language: str | None


class FeedView(NamedTuple):
    """One feed in one format."""

    site: Site
    feed: Feed
    id: str
    self_url: str
    title: str
    description: str
    updated: datetime
    items: list[ItemView]
    tombstones: Sequence[Tombstone] = ()


def view(
    site: Site,
    feed: Feed,
    entries: Sequence[Entry],
    name: Format,
    tombstones: Sequence[Tombstone] = (),
) -> FeedView:
    """``feed`` with ``entries`` in their order, ready for the renderer of format ``name``.

    ``tombstones`` stand for what was in the feed, newest first.
    """
    moments = [entry.updated for entry in entries] + [item.when for item in tombstones]
    return FeedView(
        site=site,
        feed=feed,
        id=f"tag:{site.authority}:feed/{feed.name}",
        self_url=f"{site.feeds_url}{feed.name}.{name}",
        title=feed.title,
        description=feed.description or site.description or feed.title,
        updated=max(moments, default=site.authority_since),
        items=[
            ItemView(
                entry,
                urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url),
                markup.with_image(entry.content, entry.image) if feed.content == "full" else "",
                entry.language if entry.language != site.language else None,
            )
            for entry in entries
        ],
        tombstones=tombstones,
    )
