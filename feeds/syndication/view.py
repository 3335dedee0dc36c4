"""What every format says of a feed and its items, decided once.

An item's link is its own URL, else its page in the app. The feed's ``updated`` is when what it
tells last changed, if that is known, else its newest entry's; a feed that never had an entry takes
the first moment of its authority, so that nothing here ever asks the clock.

An item was modified if what it says changed after it came in, or if its page, or the feed that
it was taken over from, states a later change. That its ``updated`` is some seconds after
``published``, since no two entries may share one, is no change.

An archive (RFC 5005) names its successor even while there is none, so that its bytes stay as
they are when there is one; the app answers for it with the subscription document.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from feeds.model import Entry, EntryId, Format, Image, Tombstone
from feeds.newsroom.site import Feed, Site
from feeds.text import languages, markup, urls

_TOLD = (
    "id", "guid", "kind", "title", "updated", "published", "authors", "summary", "url", "language",
    "categories",
)  # fmt: skip
"""The fields of an entry, besides its content, that documents have of each."""
_TOLD_OF_SOME = ("tags", "enclosures", "author_urls", "translations")
_TOLD_OF_IMAGES = ("url", "type", "length", "alt", "credit")

_APART = timedelta(minutes=1)
"""Nearer to ``published``, ``updated`` only tells entries of one moment apart."""
_MANY = 3
"""So many stories of a document that have one summary have that of their site."""


class ItemView(NamedTuple):
    """One entry as the formats need it. ``content`` is HTML, empty where there is none.

    ``alternates`` are translations with their languages, and behind them the entry itself;
    ``returned`` is since when a partner is to take it in anew: it was removed, or had another
    picture.
    """

    entry: Entry
    link: str
    content: str
    language: str | None
    alternates: tuple[tuple[str, str], ...] = ()
    returned: datetime | None = None

    @property
    def modified(self) -> datetime | None:
        """When what it says changed since it was published; None if it didn't, or has no date."""
        found = [self.entry.updated] if _is_modified(self.entry) else []
        return max([*found, *([self.returned] if self.returned else [])], default=None)

    def categories(self, site: Site) -> list[dict[str, str]]:
        """Its sections, and its tags, which a scheme of ``site`` tells from them."""
        sections = [{"term": category} for category in self.entry.categories]
        tags = [{"term": tag, "scheme": site.tags_scheme} for tag in self.entry.tags]
        return sections + tags


class Removal(NamedTuple):
    """An item that a partner is to remove: what it is called, its page, its date, since when."""

    guid: str
    hash: str
    published: datetime | None
    when: datetime


class ForPartner(NamedTuple):
    """What RSS for a partner has besides: removals, and since when some are to be read anew."""

    removals: Sequence[Removal] = ()
    returned: Mapping[EntryId, datetime] = {}


FOR_READERS = ForPartner()


class Link(NamedTuple):
    """From a document to another one of its feed, or to a hub: ``rel`` as registered for Atom."""

    rel: str
    url: str


class FeedView(NamedTuple):
    """One document of a feed: of what subscribers poll, or of an archive."""

    site: Site
    feed: Feed
    form: Format
    id: str
    self_url: str
    title: str
    description: str
    language: str
    """Of all that says no other; empty if that is none that anybody knows."""
    updated: datetime
    items: list[ItemView]
    tombstones: Sequence[Tombstone]
    links: list[Link]
    is_archive: bool
    removals: Sequence[Removal] = ()

    def urls(self, rel: str) -> list[str]:
        """Where the links of the relation ``rel`` lead."""
        return [link.url for link in self.links if link.rel == rel]


def contents_hash(feed: Feed, entries: Sequence[Entry], tombstones: Sequence[NamedTuple]) -> str:
    """Changes whenever documents of ``feed`` would tell something else of these.

    That RSS says of a moment that something changed then is nothing else: the moment is told.
    """
    told = [
        (
            *(getattr(entry, name) for name in _TOLD),
            _image_told(entry.image),
            *((name, value) for name in _TOLD_OF_SOME if (value := getattr(entry, name))),
            entry.content if feed.content == "full" else bool(entry.content),
        )
        for entry in (released(feed, one) for one in entries)
    ]
    return hashlib.sha256(msgspec.json.encode((told, tombstones))).hexdigest()


def _is_modified(entry: Entry) -> bool:
    """Whether what a dated entry says changed since it was published."""
    if entry.published is None or entry.updated < entry.published + _APART:
        return False
    return "updated" in entry.evidence or entry.updated > entry.entered


def _image_told(image: Image | None) -> dict[str, object] | None:
    """What documents have of ``image``: as it was before it could have more than these."""
    if image is None:
        return None
    told = msgspec.structs.asdict(image)
    del told["rights"]
    return {name: value for name, value in told.items() if value or name in _TOLD_OF_IMAGES}


def released(feed: Feed, entry: Entry) -> Entry:
    """``entry`` as ``feed`` may have it: others get no picture that is for our own site."""
    image = entry.image
    if not feed.is_passed_on or image is None or image.rights != "own-site":
        return entry
    content = markup.without_image(entry.content, image)
    return msgspec.structs.replace(entry, image=None, content=content)


def path_of(feed: Feed, archive: int = 0) -> str:
    """What stands in URLs between the feeds' base and the format; ``archive`` 0: none."""
    return f"{feed.name}/archive/{archive}" if archive else feed.name


def view(
    site: Site,
    feed: Feed,
    entries: Sequence[Entry],
    name: Format,
    tombstones: Sequence[Tombstone] = (),
    archives: int = 0,
    updated: datetime | None = None,
    partner: ForPartner = FOR_READERS,
    *,
    archive: int = 0,
) -> FeedView:
    """``feed`` with ``entries`` in their order, ready for the renderer of format ``name``.

    ``tombstones`` stand for what was in the feed, newest first. ``archive`` is the number of the
    archive that is to be made, 0 for what subscribers poll, which has ``archives`` behind it.
    ``updated`` is when any of that last changed, None if nobody knows. ``partner`` is for RSS.
    """
    if name != "rss":
        partner = FOR_READERS

    def url(number: int) -> str:
        return f"{site.feeds_url}{path_of(feed, number)}.{name}"

    language = languages.known_language(feed.language or site.language) or ""
    before = archive - 1 if archive else archives
    links = [Link("prev-archive", url(before))] if before else []
    if archive:
        links = [Link("current", url(0)), *links, Link("next-archive", url(archive + 1))]
    else:
        hubs = () if feed.keyed else site.hubs  # a hub would get nothing, or hand on what it got
        links = [*(Link("hub", hub) for hub in hubs), *links]
    moments = [entry.updated for entry in entries] + [item.when for item in tombstones]
    entries = _without_defaults([released(feed, entry) for entry in entries])
    return FeedView(
        site=site,
        feed=feed,
        form=name,
        id=f"tag:{site.authority}:feed/{feed.first_name}",
        self_url=url(archive),
        title=feed.title,
        description=feed.description or site.description or feed.title,
        language=language,
        updated=updated or max(moments, default=site.authority_since),
        items=[
            _item(site, feed, entry, language)._replace(returned=partner.returned.get(entry.id))
            for entry in entries
        ],
        tombstones=tombstones,
        links=links,
        is_archive=bool(archive),
        removals=partner.removals,
    )


def _without_defaults(entries: Sequence[Entry]) -> list[Entry]:
    """``entries`` with the beginning of their text for a summary that many stories share.

    What a site says of each of its pages describes none of them.
    """
    sharing = Counter(summary for _, summary in {(one.title, one.summary) for one in entries})
    return [
        msgspec.structs.replace(entry, summary=markup.summary(markup.blocks(entry.content)))
        if entry.summary and sharing[entry.summary] >= _MANY
        else entry
        for entry in entries
    ]


def _item(site: Site, feed: Feed, entry: Entry, around: str) -> ItemView:
    link = urls.of_entry(entry, site.feeds_url, site.former_urls, site.site_url)
    own = languages.known_language(entry.language) or around
    others = {
        name: urls.rewritten(url, site.former_urls, site.site_url)
        for name, url in entry.translations.items()
        if own and name != own
    }
    return ItemView(
        entry,
        link,
        markup.with_image(entry.content, entry.image) if feed.content == "full" else "",
        _told(entry, around),
        (*others.items(), (own, link)) if others else (),
    )


def _told(entry: Entry, around: str) -> str | None:
    """The language of ``entry`` where it is not the one ``around``; None if it is not known."""
    language = languages.known_language(entry.language)
    return language if language != around else None
