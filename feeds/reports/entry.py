"""Everything that is known of one entry, and from where: ``feeds show``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from feeds.entries import clocks
from feeds.ledger import aliases, decisions, history, latest, members, readings, revisions
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
    Standing,
    Url,
    hash_of,
)
from feeds.newsroom import Newsroom, files
from feeds.newsroom.site import Feed
from feeds.reports.answers import filled, in_zone, labelled
from feeds.reports.history import Decided, decided, decision_line, zone_of
from feeds.reports.lookup import find_entry, open_ledger
from feeds.reports.media import addresses_text, enclosure_text, image_text
from feeds.syndication import filters
from feeds.text import markup

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELDS = (
    "title", "published", "authors", "author_urls", "url", "language", "categories", "tags",
    "image", "enclosures", "translations", "summary", "content",
)  # fmt: skip
_NAME = 12
_TEXT = 240
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
    return [
        *(InFeed(feed.name, "" if feed.name in there else _why_not(feed, entry)) for feed in own),
        *(InFeed(name, "") for name in sections),
    ]


def _why_not(feed: Feed, entry: Entry) -> str:
    if entry.standing == "archived":
        return "it is in archives alone"
    return filters.why_not(feed, entry) or f"older than the newest {feed.limit}"


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


def entry_text(answer: EntryAnswer, zone: ZoneInfo) -> str:
    """The same for people, a line for each value."""
    lines = [answer.id, *_head(answer, zone), ""]
    for name, field in answer.fields.items():
        whose = _whose_clock(answer) if name == "published" else ""
        lines += [_row(name, _value(field.value, zone) + whose), *_place(field.evidence)]
        if not isinstance(field.told, UnsetType):
            beneath = _value(field.told, zone) or "nothing"
            lines += [_row("", f"its pages tell: {beneath}"), *_place(field.told_evidence)]
    if "published" not in answer.fields:
        lines.append(_row("published", "unknown"))
    lines += ["", *_known_by(answer, zone)]
    for name, said in (
        ("decisions", [decision_line(one, zone) for one in answer.decisions]),
        ("history", [_event(one, zone) for one in answer.history]),
    ):
        lines += [_row("" if number else name, line) for number, line in enumerate(said)]
    return "\n".join(lines)


def _whose_clock(answer: EntryAnswer) -> str:
    """That nobody stated the clock at which an entry was published; nothing if somebody did."""
    if answer.stated is None or answer.is_clock_stated:
        return ""
    is_day = len(answer.stated) == len("2026-01-09")
    why = "the day alone is stated" if is_day else "not the stated one"
    return f" (the clock is ours: {why})"


def _head(answer: EntryAnswer, zone: ZoneInfo) -> list[str]:
    """What an entry is, and whether readers see it."""
    state: str = answer.hidden or ("held" if answer.objection else "shown")
    if answer.hidden and answer.gone:
        state += f" since {in_zone(answer.gone, zone)}"
    if answer.keeper:
        state += f", into {hash_of(answer.keeper)}"
    if answer.withdrawn:
        state += "; its page says that it is retracted"
    standing = {"live": "", "loaded": ", came with a feed that was taken over"}
    values = {
        "state": state,
        "objection": answer.objection and f"the gate keeps it out: {answer.objection}",
        "notice": answer.notice,
        "access": answer.access if answer.access != "free" else "",
        "kind": answer.kind + standing.get(answer.standing, ", in archives alone"),
        "guid": answer.guid if answer.guid != answer.id else "",
        "entered": f"{in_zone(answer.entered, zone)}, in revision {answer.revision}",
        "updated": in_zone(answer.updated, zone),
        "captured": answer.captured and in_zone(answer.captured, zone),
        "stated": answer.stated,
    }
    return [_row(name, value) for name, value in values.items() if value]


def _known_by(answer: EntryAnswer, zone: ZoneInfo) -> Iterator[str]:
    """The pages and names by which an entry is known, and what of them is held."""
    for name in answer.names:
        if isinstance(name, PageName):
            there = "" if name.is_there else " (not in the folder)"
            if name.missing_since:
                there = f" (gone since {in_zone(name.missing_since, zone)})"
            yield _row("page", f"{name.path}{there}")
    for page in answer.lists:
        yield _row("in the list", page)
    if having := [one.feed for one in answer.feeds if not one.why_not]:
        yield _row("in feeds", ", ".join(having))
    for one in answer.feeds:
        if one.why_not:
            yield _row("not in", f"{one.feed}: {one.why_not}")
    others = Counter(name.kind for name in answer.names if not isinstance(name, PageName))
    if others:
        counted = (f"{kind} ({count})" if count > 1 else kind for kind, count in others.items())
        yield _row("known by", ", ".join(counted))
    for held in answer.held:
        where = f"{held.page}:{held.line}"
        yield _row("held", f"{where}: '{held.title}': {held.why}; {held.remedy}")


def _event(event: Event, zone: ZoneInfo) -> str:
    return f"{in_zone(event.moment, zone)}  revision {event.revision}: {event.what}"


def _value(value: Value, zone: ZoneInfo) -> str:
    """A field's value in words, long ones cut."""
    if isinstance(value, datetime):
        return in_zone(value, zone)
    if isinstance(value, tuple):
        return ", ".join(
            enclosure_text(one) if isinstance(one, Enclosure) else one for one in value
        )
    if isinstance(value, Image):
        return image_text(value)
    if isinstance(value, dict):
        return addresses_text(value)
    told = " ".join(markup.plain(value).split()) if value and "<" in value else value or ""
    return told if len(told) <= _TEXT else f"{told[:_TEXT]}… ({len(told):,} characters)"


def _place(source: Evidence | UnsetType | None) -> list[str]:
    if not source:
        return []
    where = f"{source.file}:{source.line}" if source.line else source.file
    return [_row("", f"({where}, {source.rule})")]


def _row(name: str, value: str) -> str:
    return labelled(f"{name:<{_NAME}}", value)
