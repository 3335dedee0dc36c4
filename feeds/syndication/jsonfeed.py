"""JSON Feed 1.1.

Rules
- An item has ``content_html`` or ``content_text``; one that is only a headline gives its
  headline as text, since one of the two is required.
- ``next_url`` leads to older items: from what subscribers poll to the newest archive, from an
  archive to the one before it.
- ``image`` names the main picture; readers know that it may stand in the HTML as well.
- Sound and video are ``attachments``.
- What is empty is left out.
"""

from __future__ import annotations

import msgspec

from feeds.syndication.view import FeedView, ItemView
from feeds.text import dates


class _Author(msgspec.Struct, omit_defaults=True):
    name: str
    url: str = ""


class _Hub(msgspec.Struct):
    type: str
    url: str


class _Attachment(msgspec.Struct, omit_defaults=True):
    url: str
    mime_type: str
    title: str = ""
    size_in_bytes: int = 0
    duration_in_seconds: int = 0


class _Item(msgspec.Struct, omit_defaults=True, kw_only=True):
    id: str
    url: str
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    image: str = ""
    date_published: str = ""
    date_modified: str
    authors: list[_Author] = []
    tags: tuple[str, ...] = ()
    language: str | None = None
    attachments: list[_Attachment] = []


class _Feed(msgspec.Struct, omit_defaults=True, kw_only=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    next_url: str = ""
    description: str
    language: str = ""
    authors: list[_Author]
    hubs: list[_Hub] = []
    icon: str = ""
    favicon: str = ""
    items: list[_Item]


def render(view: FeedView) -> bytes:
    """The JSON Feed document of ``view``, in UTF-8."""
    site = view.site
    document = _Feed(
        version="https://jsonfeed.org/version/1.1",
        title=view.title,
        home_page_url=site.site_url,
        feed_url=view.self_url,
        next_url=next(iter(view.urls("prev-archive")), ""),
        description=view.description,
        language=view.language,
        authors=[_Author(site.title, site.site_url)],
        hubs=[_Hub("WebSub", hub) for hub in view.urls("hub")],
        icon=site.logo,
        favicon=site.icon,
        items=[_item(item) for item in view.items],
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=1)


def _item(item: ItemView) -> _Item:
    entry = item.entry
    return _Item(
        id=entry.guid or entry.id,
        url=item.link,
        title=entry.title,
        content_html=item.content,
        content_text="" if item.content else entry.summary or entry.title,
        summary=entry.summary,
        image=entry.image.url if entry.image else "",
        date_published=dates.rfc3339(entry.published) if entry.published else "",
        date_modified=dates.rfc3339(entry.updated),
        authors=[_Author(author, entry.author_urls.get(author, "")) for author in entry.authors],
        tags=(*entry.categories, *entry.tags),
        language=item.language or None,
        attachments=[
            _Attachment(one.url, one.type, one.title, one.length, one.duration)
            for one in entry.enclosures
        ],
    )
