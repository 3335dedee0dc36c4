"""A feed of corrections: what was corrected or withdrawn with a notice for the public.

Rules
- An entry stands for a story, and never takes its place: it has an id of its own, made of the
  story's, or whoever subscribes to both feeds would have one of the two for read. Another
  correction of the story is an update of it.
- Of what was withdrawn it has what its page has: the notice, and no word of the story.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from feeds.model import Document, Entry, EntryId, StatedDate, Url
from feeds.newsroom.site import Site
from feeds.text import dates, languages, markup, urls

WORDS = {
    "en": ("Correction", "This story was withdrawn"),
    "az": ("Düzəliş", "Bu xəbər geri götürülüb"),
    "ru": ("Исправление", "Этот материал отозван"),
}
"""What stands above a correction, and for the headline of what was withdrawn, by language."""


class Noticed(NamedTuple):
    """A story of which a public ``notice`` was given: when ``first``, and when ``last``, in UTC."""

    story: Entry
    notice: str
    first: datetime
    last: datetime


def id_of(story: EntryId) -> EntryId:
    """What the correction of the entry called ``story`` is called, for ever (RFC 4151, 2.1)."""
    return EntryId(f"{story}{'-' if '#' in story else '#'}correction")


def entries_of(site: Site, noticed: Iterable[Noticed]) -> list[Entry]:
    """An entry for each of ``noticed``, the one that was given last first."""
    made = [_entry(site, one) for one in noticed]
    return sorted(made, key=lambda entry: (entry.updated, entry.id), reverse=True)


def _entry(site: Site, noticed: Noticed) -> Entry:
    story, notice, first, last = noticed
    corrected, withdrawn = _words(site.language)
    address = urls.of_entry(story, site.feeds_url, site.former_urls, site.site_url)
    if story.hidden:
        address = f"{site.feeds_url}stories/{story.hash}"
    return Entry(
        id=id_of(story.id),
        kind="article",
        title=withdrawn if story.hidden else f"{corrected}: {story.title}",
        entered=first,
        published=first,
        updated=last,
        summary=notice,
        content=markup.from_paragraphs([notice]),
        url=Url(address),
        language=None if story.hidden else story.language,
    )


class _Item(msgspec.Struct):
    id: str
    url: str
    title: str
    summary: str
    date_modified: str
    language: str | None = None


class _Feed(msgspec.Struct):
    items: list[_Item]


def published_corrections(document: Document, site: Site) -> list[Entry]:
    """The entries of a feed of corrections, out of its JSON ``document``, dated as last given."""
    zone = dates.zone(site.timezone)
    return [
        Entry(
            id=EntryId(item.id),
            kind="article",
            title=item.title,
            entered=moment,
            published=moment,
            updated=moment,
            stated=StatedDate(moment.astimezone(zone).isoformat(timespec="minutes"), "minute"),
            summary=item.summary,
            url=Url(item.url),
            language=item.language,
        )
        for item in msgspec.json.decode(document.body, type=_Feed).items
        for moment in [datetime.fromisoformat(item.date_modified)]
    ]


def _words(language: str) -> tuple[str, str]:
    return WORDS.get(languages.folded(language).partition("-")[0], WORDS["en"])
