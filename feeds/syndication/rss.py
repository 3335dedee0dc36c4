"""RSS 2.0, through feedgen.

Rules
- The guid is the entry's id and no permalink. An item without a known date has no
  ``pubDate``; names go into ``dc:creator``, since ``author`` must be an address.
- ``description`` is the summary as HTML text, ``content:encoded`` the full text; an item
  that is only a headline has neither.
- ``&`` and ``<`` in titles are written ``&#x26;`` and ``&#x3C;`` (RSS Advisory Board
  profile, "Character Data"), which clients that decode twice take least badly.
"""

from __future__ import annotations

import html
import re

from feedgen.feed import FeedGenerator

from feeds.newsroom.profiles import Profile
from feeds.syndication import partners
from feeds.syndication.feedgen import EntryRepair, FeedRepair
from feeds.syndication.media import rss_enclosure
from feeds.syndication.view import FeedView

_TITLE = re.compile(rb"<title>[^<]*</title>")


def render(view: FeedView) -> bytes:
    """The RSS document of ``view``, in UTF-8."""
    profile = partners.profile_of(view.feed)
    site = view.site
    fg = FeedGenerator()
    fg.register_extension("repair", FeedRepair, EntryRepair)
    fg.repair.view = view
    fg.title(view.title)
    fg.link(href=view.self_url, rel="self", type="application/rss+xml")
    fg.link(href=site.site_url, rel="alternate")  # last: feedgen makes it the channel's link
    fg.description(_of_feed(view, profile))
    fg.language(view.language)
    fg.lastBuildDate(view.updated)
    fg.generator("newsroom-feeds")
    if not view.is_archive:
        fg.ttl(partners.ttl(profile, site))
    if site.copyright:
        fg.copyright(site.copyright)
    if site.logo:
        fg.image(url=site.logo, title=view.title, link=site.site_url)
    for item in view.items:
        entry = item.entry
        fe = fg.add_entry(order="append")
        fe.repair.item, fe.repair.site = item, site
        fe.repair.profile = profile
        fe.guid(entry.guid or entry.id, permalink=False)
        fe.title(entry.title)
        fe.link(href=partners.link(profile, item.link))
        if summary := partners.description(profile, entry):
            fe.description(html.escape(summary, quote=False))
        if item.content:
            fe.content(partners.narrowed(profile, item.content))
        for category in item.categories(site):
            fe.category(category)
        if enclosure := rss_enclosure(entry):
            fe.enclosure(*enclosure)
    return _TITLE.sub(_hexadecimal, bytes(fg.rss_str(pretty=True)))


def _of_feed(view: FeedView, profile: Profile) -> str:
    """The channel's description, or its title where that is too long, cut if that is, too."""
    most = profile.description_of_feed
    texts = (view.description, view.title)
    if not most or len(texts[0]) <= most:
        return texts[0]
    return texts[1] if len(texts[1]) <= most else f"{texts[1][: most - 1].rstrip()}…"


def _hexadecimal(title: re.Match[bytes]) -> bytes:
    return title.group().replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
