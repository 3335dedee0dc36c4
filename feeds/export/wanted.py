"""Which files a revision has, and which of them a target lacks. Pure.

Pages of stories are not among them: the revision itself notes those that it changes
(``feeds/publish/owed_files.py``).

Rules
- An address that was ever given out works: of a feed that was renamed, its documents stand at the
  old addresses too, and its page leads to the new one. Of one that is gone, a page says so.
- Archives name the one that will follow. Until that is there, the feed itself stands in its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from feeds.export import layout
from feeds.ledger.exports import File
from feeds.model import FORMATS, Format
from feeds.model.exports import Stage
from feeds.newsroom.site import Feed, Site
from feeds.syndication import licence


class Validators(NamedTuple):
    """By what a document is known, and since when it is as it is."""

    etag: str
    modified: datetime


class Facts(NamedTuple):
    """What a revision is: ``site`` as published, its documents, and what is in each archive.

    ``archives`` are by the first names of feeds; ``pages`` changes with what pages are made by,
    the program and the configuration; ``static`` are the files that came with the program;
    ``news`` is when the oldest story was published that is still news.
    """

    epoch: int
    revision: int
    site: Site
    documents: Mapping[tuple[str, Format], Validators]
    archives: Mapping[str, Mapping[tuple[int, Format], Validators]]
    pages: str
    static: Mapping[str, str]
    news: datetime | None = None


class Wanted(NamedTuple):
    """A file that is to be there: when its turn is, and what it is made of.

    ``asked`` is what the app is asked for to have it; ``modified`` is None where that isn't known
    before it is made. ``is_gone``: it says that there is nothing any more.
    """

    stage: Stage
    version: str
    asked: str
    modified: datetime | None = None
    is_gone: bool = False


def wanted(facts: Facts) -> dict[str, Wanted]:
    """All files of a revision but for stories, by address."""
    found: dict[str, Wanted] = {}
    for feed in facts.site.feeds:
        found |= dict(_of_feed(facts, feed))
    revision = digest([f"{facts.epoch}.{facts.revision}", facts.pages, str(facts.news)])
    addresses = ["", "feeds.opml", "for-your-site", "news-sitemap.xml", "healthz"]
    if facts.site.rights is not None:
        addresses.append(licence.NAME)
    for address in addresses:
        found[address] = Wanted(Stage.PAGE, revision, address)
    for name in facts.site.gone:
        found[name] = Wanted(Stage.TOMBSTONE, facts.pages, name, is_gone=True)
    found[layout.NOTHING] = Wanted(Stage.PAGE, facts.pages, layout.NOTHING)
    for name, version in facts.static.items():
        address = f"static/{name}"
        found[address] = Wanted(Stage.STORY, version, address)
    return found


def _of_feed(facts: Facts, feed: Feed) -> Iterator[tuple[str, Wanted]]:
    names = (feed.name, *feed.former_names)
    archived = facts.archives.get(feed.first_name, {})
    follows = max((number for number, _ in archived), default=0) + 1
    made_of = [facts.pages]
    for form in FORMATS:
        validators = facts.documents.get((feed.name, form))
        if validators is None:
            continue
        made_of.append(validators.etag)
        asked = f"{feed.name}.{form}"
        document = Wanted(Stage.DOCUMENT, validators.etag, asked, validators.modified)
        for name in names:
            yield f"{name}.{form}", document
            if archived:
                yield f"{name}/archive/{follows}.{form}", document
    for (number, form), validators in archived.items():
        asked = f"{feed.name}/archive/{number}.{form}"
        for name in names:
            archive = Wanted(Stage.ARCHIVE, validators.etag, asked, validators.modified)
            yield f"{name}/archive/{number}.{form}", archive
    version = digest(made_of)
    for name in names:
        yield name, Wanted(Stage.PAGE, version, name)


def stages(wanted: Mapping[str, Wanted], known: Iterable[File]) -> dict[str, Stage]:
    """What of a target is to be looked at, and when: what it lacks, has otherwise or too much."""
    found = {address: one.stage for address, one in wanted.items()}
    for file in known:
        one = wanted.get(file.address)
        if one is None:
            found[file.address] = Stage.REMOVAL
        elif file.stage is None and file.digest and file.version == one.version:
            del found[file.address]
    return found


def modified(known: File, own: datetime | None, now: datetime) -> datetime:
    """Since when a file that changes now is as it is: later than it was before, by seconds.

    Its time and size are what nginx tells it by.
    """
    wished = own or now
    before = known.modified
    if before is None or int(before.timestamp()) < int(wished.timestamp()):
        return wished
    return datetime.fromtimestamp(int(before.timestamp()) + 1, wished.tzinfo)


def digest(parts: Collection[str]) -> str:
    """Changes with any of ``parts``."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
