"""Everything that is known of one entry, and from where: ``feeds show``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feeds.ledger import aliases, decisions, history, latest, readings, shown
from feeds.ledger import holds as held_stories
from feeds.ledger.shown import State
from feeds.model import Entry, Image, hash_of
from feeds.newsroom import Newsroom
from feeds.reports import lookup
from feeds.reports.history import (
    decision_fields,
    decision_line,
    moment,
    opened,
    row,
    titles_of,
    zone_of,
)
from feeds.text import markup

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELDS = (
    "title",
    "published",
    "authors",
    "url",
    "language",
    "categories",
    "image",
    "summary",
    "content",
)
_NAME = 12
_TEXT = 240


def collect_entry(newsroom: Newsroom, text: str) -> tuple[dict[str, Any], ZoneInfo]:
    """All about the entry that ``text`` names as in ``lookup.named``, ready for JSON.

    Returns the newsroom's zone besides. Raises FeedsError if there is none, or more than one.
    """
    entry_id = lookup.named(newsroom, text).id
    with opened(newsroom).read() as connection:
        whole = shown.by_ids(connection, [entry_id])[entry_id]
        records = [
            record
            for record in decisions.by_key(connection).values()
            if entry_id in {record.entry, record.duplicate}
        ]
        titles = titles_of(connection, records)
        pages = aliases.pages_of(connection, entry_id)
        told = {
            **_state(whole),
            "fields": _fields(whole),
            "names": _names(newsroom, connection, whole.entry, pages),
            "lists": latest.pages_with(connection, entry_id),
            "held": [
                {
                    "page": story.path,
                    "line": story.line,
                    "title": story.title,
                    "why": story.why,
                    "remedy": story.remedy,
                    "until": story.until,
                    "since": story.since,
                }
                for page in pages
                for story in held_stories.of_page(connection, page)
            ],
            "decisions": [decision_fields(record, titles) for record in records],
            "history": [
                {"revision": line.revision, "moment": line.moment, "what": line.what}
                for line in history.of_entry(connection, entry_id)
            ],
        }
        return told, zone_of(newsroom, connection)


def _state(whole: State) -> dict[str, Any]:
    entry = whole.entry
    return {
        "id": entry.id,
        "hash": entry.hash,
        "guid": entry.guid or entry.id,
        "kind": entry.kind,
        "standing": entry.standing,
        "hidden": entry.hidden,
        "gone": whole.gone,
        "notice": whole.notice,
        "keeper": whole.keeper,
        "withdrawn": (whole.told or entry).withdrawn,
        "objection": whole.objection,
        "revision": whole.revision,
        "entered": entry.entered,
        "updated": entry.updated,
        "captured": entry.captured,
        "ordered": entry.ordered,
        "rank": entry.rank,
        "stated": entry.stated.iso if entry.stated else None,
    }


def _fields(whole: State) -> dict[str, dict[str, Any]]:
    """Each field's value and evidence, and what its pages tell where that is something else."""
    found: dict[str, dict[str, Any]] = {}
    told = whole.told or whole.entry
    for name in _FIELDS:
        value, beneath = getattr(whole.entry, name), getattr(told, name)
        if not value and value == beneath:
            continue
        source = whole.entry.evidence.get(name)
        found[name] = {"value": value, "evidence": source and source.fields}
        if beneath != value:
            found[name]["told"] = beneath
            source = told.evidence.get(name)
            found[name]["told_evidence"] = source and source.fields
    return found


def _names(
    newsroom: Newsroom, connection: Connection, entry: Entry, pages: list[str]
) -> list[dict[str, Any]]:
    """By what the entry is recognised; a fingerprint says nothing to anybody, its kind does."""
    kinds = [alias.kind for alias in aliases.of_entry(connection, entry.id)]
    return [
        *(
            {
                "kind": "page",
                "path": page,
                "is_there": (newsroom.root / page).is_file(),
                "missing_since": readings.missing_since(connection, page),
            }
            for page in pages
        ),
        *({"kind": kind} for kind in kinds if kind != "page"),
    ]


def entry_text(told: Mapping[str, Any], zone: ZoneInfo) -> str:
    """The same for people, a line for each value."""
    lines = [told["id"], *_head(told, zone), ""]
    for name, field in told["fields"].items():
        lines += [_row(name, _value(field["value"], zone)), *_evidence(field["evidence"])]
        if "told" in field:
            beneath = _value(field["told"], zone) or "nothing"
            lines += [_row("", f"its pages tell: {beneath}"), *_evidence(field["told_evidence"])]
    if "published" not in told["fields"]:
        lines.append(_row("published", "unknown"))
    lines += ["", *_whence(told, zone)]
    for name, said in (
        ("decisions", [decision_line(item, zone) for item in told["decisions"]]),
        ("history", [_event(line, zone) for line in told["history"]]),
    ):
        lines += [_row("" if number else name, line) for number, line in enumerate(said)]
    return "\n".join(lines)


def _head(told: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """What an entry is, and whether readers see it."""
    state = told["hidden"] or "shown"
    if told["hidden"] and told["gone"]:
        state += f" since {moment(told['gone'], zone)}"
    if told["keeper"]:
        state += f", into {hash_of(told['keeper'])}"
    if told["withdrawn"]:
        state += "; its page says that it is retracted"
    yield _row("state", state)
    if told["objection"]:
        yield _row("objection", f"the gate keeps it out: {told['objection']}")
    if told["notice"]:
        yield _row("notice", told["notice"])
    standing = {"live": "", "loaded": ", came with a feed that was taken over"}
    kind = told["kind"] + standing.get(told["standing"], ", in archives alone")
    yield _row("kind", kind)
    if told["guid"] != told["id"]:
        yield _row("guid", told["guid"])
    entered = f"{moment(told['entered'], zone)}, in revision {told['revision']}"
    yield _row("entered", entered)
    yield _row("updated", moment(told["updated"], zone))
    if told["captured"]:
        yield _row("captured", moment(told["captured"], zone))
    if told["stated"]:
        yield _row("stated", told["stated"])


def _whence(told: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """The pages and names by which an entry is known, and what of them is held."""
    others: dict[str, int] = {}
    for name in told["names"]:
        if name["kind"] != "page":
            others[name["kind"]] = others.get(name["kind"], 0) + 1
            continue
        there = "" if name["is_there"] else " (not in the folder)"
        if name["missing_since"]:
            there = f" (gone since {moment(name['missing_since'], zone)})"
        yield _row("page", f"{name['path']}{there}")
    for page in told["lists"]:
        yield _row("in the list", page)
    counted = [f"{kind} ({count})" if count > 1 else kind for kind, count in others.items()]
    if counted:
        yield _row("known by", ", ".join(counted))
    for item in told["held"]:
        place = f"{item['page']}:{item['line']}"
        yield _row("held", f"{place}: '{item['title']}': {item['why']}; {item['remedy']}")


def _event(line: Mapping[str, Any], zone: ZoneInfo) -> str:
    return f"{moment(line['moment'], zone)}  revision {line['revision']}: {line['what']}"


def _value(value: Any, zone: ZoneInfo) -> str:
    """A field's value in words, long ones cut."""
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Image):
        return value.url
    told = " ".join(markup.plain(value or "").split()) if "<" in (value or "") else value or ""
    return told if len(told) <= _TEXT else f"{told[:_TEXT]}… ({len(told):,} characters)"


def _evidence(source: Mapping[str, Any] | None) -> list[str]:
    if source is None:
        return []
    place = f"{source['file']}:{source['line']}" if source["line"] else source["file"]
    return [_row("", f"({place}, {source['rule']})")]


def _row(name: str, value: str) -> str:
    return row(f"{name:<{_NAME}}", value)
