"""Atom 1.0 (RFC 4287), through feedgen.

Rules
- Feed and entries have exactly one id, title and ``updated``; the feed has an author, so
  that entries without one are valid (section 4.1.1).
- An entry without content has an alternate link (section 4.1.2); here, all have one.
- Translations are alternate links with a language. feedparser takes the last alternate link for
  the entry's own, others the first: so the entry's own is the first, and the last once more.
- Content is ``type="html"``, escaped (section 3.1.1.2); a summary is plain text.
"""

from __future__ import annotations

from feedgen.feed import FeedGenerator

from feeds.syndication.feedgen import EntryRepair, FeedRepair
from feeds.syndication.view import FeedView


def render(view: FeedView) -> bytes:
    """The Atom document of ``view``, in UTF-8."""
    site = view.site
    fg = FeedGenerator()
    fg.register_extension("repair", FeedRepair, EntryRepair)
    fg.repair.view = view
    fg.id(view.id)
    fg.title(view.title)
    fg.subtitle(view.description)
    fg.updated(view.updated)
    fg.author(name=site.title, uri=site.site_url)
    fg.link(href=view.self_url, rel="self", type="application/atom+xml")
    fg.link(href=site.site_url, rel="alternate", type="text/html")
    fg.language(view.language)
    fg.generator("newsroom-feeds", uri="")
    if site.copyright:
        fg.rights(site.copyright)
    if site.logo:
        fg.logo(site.logo)
    if site.icon:
        fg.icon(site.icon)
    for item in view.items:
        entry = item.entry
        fe = fg.add_entry(order="append")
        fe.repair.item = item
        fe.id(entry.id)
        fe.title(entry.title)
        fe.updated(entry.updated)
        if entry.published is not None:
            fe.published(entry.published)
        for author in entry.authors:
            home = entry.author_urls.get(author)
            fe.author({"name": author, "uri": home} if home else {"name": author})
        fe.link(href=item.link, rel="alternate")
        if entry.summary:
            fe.summary(entry.summary, type="text")
        if item.content:
            fe.content(item.content, type="html")
        for category in item.categories(site):
            fe.category(category)
    return bytes(fg.atom_str(pretty=True))
