"""feedgen's faults, mended in one place through its extension interface.

Rules
- A feed's hook runs before its entries are appended, an entry's hook on the finished
  node; both may repair what feedgen wrote.
- Atom nodes have bare names while feedgen builds them; RSS nodes from other vocabularies
  have their namespace.
- Dates in RSS are written here: feedgen switches the whole process's locale for them.
- Links are written here: feedgen knows ``hub`` and ``prev-archive`` in Atom alone. Its own
  ``sy:`` extension writes names of another case than the vocabulary's.
"""

from __future__ import annotations

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.newsroom.profiles import READERS, Profile
from feeds.newsroom.site import Site
from feeds.syndication import licence, partners
from feeds.syndication.media import MEDIA, add_enclosure_links, add_media
from feeds.syndication.partners import DCTERMS
from feeds.syndication.view import FeedView, ItemView
from feeds.text import dates

DC = "http://purl.org/dc/elements/1.1/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
_ATOM = "http://www.w3.org/2005/Atom"
_PERIODS = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60}  # in minutes, as ttl is
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedRepair(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Feed-level repairs; ``view`` is set before rendering."""

    view: FeedView

    def extend_ns(self) -> dict[str, str]:
        """Prefixes for the root element."""
        own = {"at": TOMBSTONES} if self.view.tombstones else {}
        if self.view.is_archive:
            own["fh"] = HISTORY
        elif self.view.form == "rss":
            own["sy"] = SYNDICATION
        if self.view.form == "rss":
            if self.view.removals or any(item.modified for item in self.view.items):
                own["dcterms"] = DCTERMS
            if self.view.feed.profile:
                profile = partners.profile_of(self.view.feed)
                own |= {**partners.namespaces(profile), **licence.namespaces(self.view.site)}
        return {"dc": DC, "media": MEDIA, **own}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """The build date in English whatever the locale; links; how often it is new."""
        channel = feed[0]
        _text(channel, "lastBuildDate", dates.rfc822(self.view.updated))
        self._history(channel, f"{{{_ATOM}}}link", "application/rss+xml")
        profile = partners.profile_of(self.view.feed)
        if not self.view.is_archive:
            ttl = partners.ttl(profile, self.view.site)
            period = next((name for name, minutes in _PERIODS.items() if ttl <= minutes), "weekly")
            frequency = str(_PERIODS[period] // ttl)
            etree.SubElement(channel, f"{{{SYNDICATION}}}updatePeriod").text = period
            etree.SubElement(channel, f"{{{SYNDICATION}}}updateFrequency").text = frequency
        partners.add_to_channel(profile, channel, self.view.site, self.view.updated)
        for removal in self.view.removals:
            partners.add_removal(profile, channel, self.view.site, removal)
        return feed

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """``Z`` for UTC, and a declared type for the title; links; tombstones."""
        _text(feed, "updated", dates.rfc3339(self.view.updated))
        feed.find("title").set("type", "text")  # type: ignore[union-attr] # always written
        self._history(feed, "link", "application/atom+xml")
        # RFC 6721; before the entries, where RFC 4287's grammar has its extensions
        for tombstone in self.view.tombstones:
            deleted = etree.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", ref=tombstone.id)
            deleted.set("when", dates.rfc3339(tombstone.when))
            if tombstone.notice:
                etree.SubElement(deleted, f"{{{TOMBSTONES}}}comment").text = tombstone.notice
        return feed

    def _history(self, node: etree._Element, tag: str, media_type: str) -> None:
        """That it is an archive, if it is; hubs; and where older and newer entries are."""
        if self.view.is_archive:
            etree.SubElement(node, f"{{{HISTORY}}}archive")
        for link in self.view.links:
            made = etree.SubElement(node, tag, href=link.url, rel=link.rel)
            if link.rel != "hub":
                made.set("type", media_type)


class EntryRepair(BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """Entry-level repairs; ``item`` and ``site`` are set before rendering."""

    item: ItemView
    site: Site
    profile: Profile = READERS

    def extend_rss(self, node: etree._Element) -> etree._Element:
        """``pubDate``, when it changed, ``dc:creator`` for names, ``media:content``.

        Not ``atom:updated`` for a change: there are readers that take that for the date.
        """
        entry = self.item.entry
        modified = self.item.modified if self.profile.is_redated else None
        if moment := modified or entry.published:
            etree.SubElement(node, "pubDate").text = dates.rfc822(moment)
        if self.item.modified:
            etree.SubElement(node, f"{{{DCTERMS}}}modified").text = dates.rfc3339(
                self.item.modified
            )
        for author in entry.authors:
            etree.SubElement(node, f"{{{DC}}}creator").text = author
        if self.item.language:
            etree.SubElement(node, f"{{{DC}}}language").text = self.item.language
        add_media(node, entry, is_rss=True)
        if self.profile is not READERS:
            partners.add_to_item(self.profile, node, entry)
            licence.add_to_item(node, self.site, node.findtext("link") or "")
        return node

    def extend_atom(self, node: etree._Element) -> etree._Element:
        """Dates with ``Z``, link attributes that feedgen loses, other links, language."""
        entry = self.item.entry
        _text(node, "updated", dates.rfc3339(entry.updated))
        if entry.published is not None:
            _text(node, "published", dates.rfc3339(entry.published))
        node.find("title").set("type", "text")  # type: ignore[union-attr] # always written
        link = node.find("link")
        if link is not None:
            link.set("rel", "alternate")
            link.set("type", "text/html")
        for language, url in self.item.alternates:
            other = etree.SubElement(node, "link", href=url, rel="alternate")
            other.set("type", "text/html")
            other.set("hreflang", language)
        add_enclosure_links(node, entry)
        if self.item.language:
            node.set(_XML_LANG, self.item.language)
        add_media(node, entry, is_rss=False)
        return node


def _text(node: etree._Element, name: str, text: str) -> None:
    found = node.find(name)
    if found is not None:
        found.text = text
