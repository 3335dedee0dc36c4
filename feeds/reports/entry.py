"""Everything that is known of one entry, and from where; ``entry_text`` has the words for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from feeds.entries import clocks
from feeds.ledger import aliases, decisions, history, latest, members, paid, readings, revisions
from feeds.ledger import holds as held_stories
from feeds.ledger import shown as shown_entries
from feeds.model import (
    Access,
    Enclosure,
    Entry,
    EntryId,
    Evidence,
    Hidden,
    Image,
    Kind,
    Rights,
    Standing,
    Url,
)
from feeds.newsroom import Newsroom, files
from feeds.newsroom.site import Feed
from feeds.reports.answers import filled
from feeds.reports.history import Decided, decided, zone_of
from feeds.reports.lookup import find_entry, open_ledger
from feeds.syndication import filters, partners
from feeds.syndication.paid import within

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELDS = (
    "title", "published", "authors", "author_urls", "url", "language", "categories", "tags",
    "image", "enclosures", "translations", "summary", "content",
)  # fmt: skip
Value = str | tuple[str, ...] | tuple[Enclosure, ...] | dict[str, Url] | datetime | Image | None


class Field(msgspec.Struct, frozen=True):
    """A field's value and evidence; and what its pages tell, where that is something else."""

    value: Value
    evidence: Evidence | None
    told: Value | UnsetType = UNSET
    told_evidence: Evidence | UnsetType | None = UNSET


class Name(msgspec.Struct, frozen=True):
    """By what an entry is recognised: a fingerprint says nothing to anybody, its kind does."""

    kind: str


class PageName(Name, frozen=True):
    """A page of an entry."""

    path: str
    is_there: bool
    missing_since: datetime | None


class Held(msgspec.Struct, frozen=True):
    """A version that is kept out; see ``holds.HeldStory``."""

    page: str
    line: int
    title: str
    why: str
    remedy: str
    until: datetime | None
    since: datetime


class InFeed(msgspec.Struct, frozen=True):
    """A feed, and why the entry is not in it; empty if it is."""

    feed: str
    why_not: str


class Event(msgspec.Struct, frozen=True):
    """What became of an entry in a revision."""

    revision: int
    moment: datetime
    what: str


class EntryAnswer(msgspec.Struct, frozen=True):
    """All about one entry; see ``model.Entry`` and ``ledger.shown.State``.

    ``is_clock_stated``: somebody stated the clock at which it was published; else it is ours.
    """

    id: EntryId
    hash: str
    guid: str
    kind: Kind
    standing: Standing
    hidden: Hidden
    access: Access
    rights: Rights
    gone: datetime | None
    notice: str
    keeper: EntryId | None
    withdrawn: bool
    objection: str
    revision: int
    entered: datetime
    updated: datetime
    captured: datetime | None
    ordered: datetime
    rank: int
    stated: str | None
    is_clock_stated: bool
    fields: dict[str, Field]
    names: list[Name]
    lists: list[str]
    feeds: list[InFeed]
    held: list[Held]
    decisions: list[Decided]
    history: list[Event]


def collect_entry(newsroom: Newsroom, text: str) -> tuple[EntryAnswer, ZoneInfo]:
    """All about the entry that ``text`` names as in ``find_entry``, and the newsroom's zone.

    Raises FeedsError if there is none, or more than one.
    """
    name = find_entry(newsroom, text).id
    with open_ledger(newsroom).read() as connection:
        whole = shown_entries.by_ids(connection, [name])[name]
        entry, told = whole.entry, whole.told or whole.entry
        pages = aliases.pages_of(connection, name)
        zone = zone_of(newsroom, connection)
        answer = filled(
            EntryAnswer,
            entry,
            whole,
            guid=entry.guid or entry.id,
            withdrawn=told.withdrawn,
            objection=whole.objection.what if whole.objection else "",
            stated=entry.stated.iso if entry.stated else None,
            is_clock_stated=clocks.is_stated(entry, zone),
            fields=_fields(entry, told),
            names=_names(newsroom, connection, name, pages),
            lists=latest.pages_with(connection, name),
            feeds=[] if whole.objection or entry.hidden else _feeds(connection, entry),
            held=[
                filled(Held, held, page=page)
                for page in pages
                for held in held_stories.of_page(connection, page)
            ],
            decisions=decided(connection, decisions.of_entry(connection, name)),
            history=[filled(Event, line) for line in history.of_entry(connection, name)],
        )
        return answer, zone


def _feeds(connection: Connection, entry: Entry) -> list[InFeed]:
    """The feeds that have ``entry``, and why the others don't that somebody wrote down."""
    newest = revisions.latest(connection)
    there = members.feeds_with(connection, [entry.id])
    own = [feed for feed in newest[0].site.feeds if feed.section is None] if newest else []
    sections = sorted(there - {feed.name for feed in own})
    text = paid.of_entries(connection, [entry.id]).get(entry.id)
    return [
        *(
            InFeed(
                feed.name,
                ""
                if feed.name in there
                else _why_not(connection, feed, within(feed, entry, text), newest[0].committed),
            )
            for feed in own
        ),
        *(InFeed(name, "") for name in sections),
    ]


def _why_not(connection: Connection, feed: Feed, entry: Entry, chosen: datetime) -> str:
    """Why ``feed``, as it was ``chosen``, has not ``entry``."""
    if entry.standing == "archived":
        return "it is in archives alone"
    if why := filters.why_not(feed, entry):
        return why
    if feed.hours and entry.ordered <= chosen - timedelta(hours=feed.hours):
        return f"older than {feed.hours} hours"
    size = partners.profile_of(feed).size
    there = members.of_feed(connection, feed.name) if size else []
    if size and (len(there) < feed.limit or there[-1].ordered < entry.ordered):
        return f"there is no room for it in {size:,} bytes"
    return f"older than the newest {feed.limit}"


def _fields(entry: Entry, pages_tell: Entry) -> dict[str, Field]:
    """Each field that has a value, or had one."""
    found = {}
    for name in _FIELDS:
        value, beneath = getattr(entry, name), getattr(pages_tell, name)
        if value or value != beneath:
            found[name] = Field(value, _evidence(entry, name))
        if value != beneath:
            told = _evidence(pages_tell, name)
            found[name] = msgspec.structs.replace(found[name], told=beneath, told_evidence=told)
    return found


def _evidence(entry: Entry, name: str) -> Evidence | None:
    source = entry.evidence.get(name)
    return source and source.told


def _names(
    newsroom: Newsroom, connection: Connection, name: EntryId, pages: list[str]
) -> list[Name]:
    names = aliases.of_entry(connection, name)
    return [
        *(
            PageName(
                "page",
                page,
                files.is_file(newsroom.root / page),
                readings.missing_since(connection, page),
            )
            for page in pages
        ),
        *(Name(alias.kind) for alias in names if alias.kind != "page"),
    ]
