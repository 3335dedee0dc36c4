"""JSON Feed 1.1.

Rules
- An item has ``content_html`` or ``content_text``; one that is only a headline gives its
  headline as text, since one of the two is required.
- ``next_url`` leads to older items: from what subscribers poll to the newest archive, from an
  archive to the one before it.
- ``image`` names the main picture; readers know that it may stand in the HTML as well.
"""

from __future__ import annotations

from typing import Any

import msgspec

from feeds.syndication.view import FeedView, ItemView
from feeds.text import dates


def render(view: FeedView) -> bytes:
    """The JSON Feed document of ``view``, in UTF-8."""
    site = view.site
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": site.site_url,
        "feed_url": view.self_url,
        "next_url": next(iter(view.urls("prev-archive")), ""),
        "description": view.description,
        "language": view.language,
        "authors": [{"name": site.title, "url": site.site_url}],
        "hubs": [{"type": "WebSub", "url": hub} for hub in view.urls("hub")],
        "icon": site.logo,
        "favicon": site.icon,
        "items": [_item(item) for item in view.items],
    }
    present = {key: value for key, value in document.items() if value or key == "items"}
    return msgspec.json.format(msgspec.json.encode(present), indent=1)


def _item(item: ItemView) -> dict[str, Any]:
    entry = item.entry
    fields: dict[str, Any] = {
        "id": entry.guid or entry.id,
        "url": item.link,
        "title": entry.title,
        "content_html": item.content,
        "content_text": "" if item.content else entry.summary or entry.title,
        "summary": entry.summary,
        "image": entry.image.url if entry.image else "",
        "date_published": dates.rfc3339(entry.published) if entry.published else "",
        "date_modified": dates.rfc3339(entry.updated),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.categories),
        "language": item.language,
    }
    return {key: value for key, value in fields.items() if value}
