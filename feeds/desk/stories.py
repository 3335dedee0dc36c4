"""All about one story, and how it would be with what an editor is about to say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import lxml.etree
import msgspec

from feeds.entries import overlay
from feeds.entries.overlay import Decreed
from feeds.ledger import decisions, shown
from feeds.ledger.decisions import Record
from feeds.model import Entry, EntryId
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import CORRECTIONS, Decision
from feeds.newsroom.site import Feed, Site
from feeds.publish import edit
from feeds.reports.entry import EntryAnswer, collect_entry
from feeds.reports.lookup import open_ledger
from feeds.syndication import documents
from feeds.text import dates

LISTS = {"authors", "categories"}
LONG = {"summary", *LISTS}
_Command = tuple[str, list[str], list[str]]
"""Of ``feeds``: its name, the entries that it is about, and its options."""


class StoryAnswer(NamedTuple):
    """A story: its entry as readers have it and as its pages tell it, and all about it.

    ``version`` changes with whatever is decided or read of it.
    """

    entry: Entry
    told: Entry
    about: EntryAnswer
    version: str


def find_story(newsroom: Newsroom, entry_hash: str) -> StoryAnswer | None:
    """The story whose id ends in ``entry_hash``; None if there is none. Raises FeedsError."""
    with open_ledger(newsroom).read() as connection:
        state = shown.by_hash(connection, entry_hash)
        if state is None:
            return None
        records = decisions.of_entry(connection, state.entry.id)
    about, _zone = collect_entry(newsroom, state.entry.id)
    known = msgspec.json.encode(
        (state.entry, state.told, state.notice, [one.decision.key for one in records])
    )
    version = hashlib.sha256(known).hexdigest()[:16]
    told = state.told or state.entry
    return StoryAnswer(state.entry, told, about, version)


def written(entry: Entry) -> dict[str, str]:
    """What of ``entry`` may be corrected, as a form has it: lists have a line for each."""
    image = entry.image
    return {
        "title": entry.title,
        "published": entry.stated.iso if entry.stated else "",
        "authors": "\n".join(entry.authors),
        "url": entry.url or "",
        "categories": "\n".join(entry.categories),
        "image": image.url if image else "",
        "alt": image.alt if image else "",
        "summary": entry.summary,
        "language": entry.language or "",
        "rights": entry.rights,
    }


def changed(entry: Entry, form: Mapping[str, str]) -> dict[str, str | list[str]]:
    """What ``form`` has otherwise than ``entry``; an empty value takes a correction back."""
    found: dict[str, str | list[str]] = {}
    for name, before in written(entry).items():
        after = "\n".join(line.strip() for line in form.get(name, before).splitlines()).strip()
        if after != before.strip():
            lines = [line for line in after.split("\n") if line]
            found[name] = lines if name in LISTS else " ".join(lines)
    return found


def as_options(told: Mapping[str, str | Sequence[str]]) -> list[str]:
    """``told`` as options of ``feeds correct``."""
    singular = {"authors": "author", "categories": "category"}
    options = []
    for name, value in told.items():
        values = [value] if isinstance(value, str) else value or [""]
        options += [f"--{singular.get(name, name)}={one}" for one in values]
    return options


def preview(
    story: StoryAnswer, told: Mapping[str, str | Sequence[str]], site: Site, when: datetime
) -> Entry:
    """The entry with what is ``told`` of it at the moment ``when``; raises ConfigError."""
    zone = dates.zone(site.timezone)
    decision = edit.correction(story.entry, told, when.astimezone(zone).date())
    decreed = Decreed(decision, when, story.entry.id, None)
    return overlay.corrected(story.entry, story.told, decreed, zone, site.site_url)


def rss_item(entry: Entry, site: Site) -> str:
    """What RSS has of ``entry``, in lines for people."""
    feed = site.feeds[0] if site.feeds else Feed("latest", site.title)
    made = documents.documents(site, feed, [entry])
    body = next(one.body for one in made if one.format == "rss")
    item = lxml.etree.fromstring(body).find("channel/item")
    if item is None:
        return ""
    lxml.etree.indent(item)
    return lxml.etree.tostring(item, encoding="unicode", with_tail=False)


def undoing(name: EntryId, made: Sequence[Record]) -> _Command | None:
    """The command that takes back the last of the decisions ``made`` about the entry ``name``.

    None if there is none that can be taken back: what is erased is gone.
    """
    if not made:
        return None
    last, before = made[-1].decision, made[:-1]
    if last.action == "correct":
        return _uncorrected(name, last, [one.decision for one in before])
    if last.action == "merge":
        return ("restore", [made[-1].duplicate], []) if made[-1].duplicate else None
    return _as_before(name, last, before)


def _uncorrected(name: EntryId, last: Decision, before: Sequence[Decision]) -> _Command:
    options: dict[str, str | Sequence[str]] = {}
    for field in (*CORRECTIONS, "notice"):
        if getattr(last, field) or field in last.undone:
            said = (_value(one, field) for one in reversed(before))
            options[field] = next((value for value in said if value is not None), "")
    return "correct", [name], as_options(options)


def _as_before(name: EntryId, last: Decision, before: Sequence[Record]) -> _Command | None:
    """What makes a story hidden, or not, as it was ``before`` the ``last`` decision."""
    if last.action not in {"retract", "restore"} or last.erase:
        return None
    found = (one for one in reversed(before) if _hides_or_shows(one, name))
    earlier = next(found, None)
    if earlier is None or earlier.decision.action == "restore":
        return ("restore", [name], []) if last.action == "retract" else None
    if earlier.decision.action == "merge":
        return ("merge", [earlier.entry, name], []) if earlier.entry else None
    if earlier.decision.erase:
        return None
    return "retract", [name], [f"--notice={earlier.decision.notice}"]


def _hides_or_shows(record: Record, name: EntryId) -> bool:
    """Whether that decision says if readers have the entry ``name``."""
    action = record.decision.action
    return action in {"retract", "restore"} or (action == "merge" and record.duplicate == name)


def _value(decision: Decision, field: str) -> str | Sequence[str] | None:
    """What ``decision`` says of ``field``; None if nothing."""
    if decision.action != "correct":
        return None
    if field in decision.undone:
        return ""
    value = getattr(decision, field)
    if field == "published":
        return decision.published.iso if decision.published else None
    return value or None
