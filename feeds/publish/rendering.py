"""Documents are rendered, and what the program fails on is found: an entry, or a feed.

Rules
- An entry that can't be rendered is held; its feed is rendered without it.
- If no single entry is to blame, the feed's documents stay as readers have them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from feeds.model import Document, Entry, EntryId, Tombstone
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom.site import Feed, Site
from feeds.publish.failures import concerns_run, entry_failure
from feeds.publish.page_reading import REMEDY
from feeds.syndication import documents
from feeds.syndication.view import ForPartner


class Unrenderable(NamedTuple):
    """What can't be rendered: entries and feeds (by their first names), with the reasons."""

    entries: dict[EntryId, Problem]
    feeds: dict[str, Problem]


class UnrenderableError(Exception):
    """Documents can't be rendered, but can without what is ``found``."""

    def __init__(self, found: Unrenderable) -> None:
        super().__init__("some documents can't be rendered")
        self.found = found


def render_feed(
    site: Site,
    feed: Feed,
    entries: Sequence[Entry],
    tombstones: Sequence[Tombstone],
    archives: int,
    updated: datetime | None,
    partner: ForPartner,
) -> list[Document]:
    """The documents of ``feed``, as ``syndication`` makes them; raises UnrenderableError."""

    def render(some: Sequence[Entry]) -> list[Document]:
        return documents.documents(site, feed, some, tombstones, archives, updated, partner)

    return _rendered(feed, render, entries)


def render_archive(
    site: Site, feed: Feed, number: int, entries: Sequence[Entry], tombstones: Sequence[Tombstone]
) -> list[Document]:
    """The same of one archive."""

    def render(some: Sequence[Entry]) -> list[Document]:
        return documents.archive(site, feed, number, some, tombstones)

    return _rendered(feed, render, entries)


def _rendered(
    feed: Feed, render: Callable[[Sequence[Entry]], list[Document]], entries: Sequence[Entry]
) -> list[Document]:
    try:
        return render(entries)
    except BaseException as error:  # whatever it is, it is an entry's, or this feed's
        if concerns_run(error):
            raise
        found = Unrenderable({}, {})
        for entry in entries:
            try:
                render([entry])
            except BaseException as why:  # as above
                if concerns_run(why):
                    raise
                found.entries[entry.id] = entry_failure(why, "render it")
        if len(found.entries) in {0, len(entries)}:  # each fails: then it is not theirs
            what = "render this feed, whose documents stay as they were"
            code = "feed-program-failed"
            problem = failure_on(error, feed.name, what, code=code, remedy=REMEDY)
            found = Unrenderable({}, {feed.first_name: problem})
        raise UnrenderableError(found) from error
