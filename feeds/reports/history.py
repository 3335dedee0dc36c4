"""What the ledger holds, told to people and programs: ``feeds list`` and ``feeds log``.

Reads the ledger and nothing else. Moments are told where the newsroom is; JSON has them in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feeds.ledger import decisions, history, revisions, shown
from feeds.ledger.connect import Ledger, open_to_read
from feeds.ledger.decisions import Record
from feeds.model import Entry, EntryId, hash_of
from feeds.model.errors import ConfigError, FeedsError
from feeds.newsroom import Newsroom
from feeds.reports import lookup
from feeds.text import dates
from feeds.text.words import words

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LINES = 20
"""How many entries of a revision are told; JSON has all."""


def opened(newsroom: Newsroom) -> Ledger:
    """The newsroom's ledger, read-only; raises LedgerError, and FeedsError if there is none."""
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        raise FeedsError("there is no ledger yet", remedy="'feeds publish' makes it")
    return ledger


def zone_of(newsroom: Newsroom, connection: Connection) -> ZoneInfo:
    """The newsroom's time zone, as last published where site.toml is wrong."""
    try:
        return dates.zone(newsroom.site().timezone)
    except ConfigError:
        newest = revisions.latest(connection)
        return dates.zone(newest[0].site.timezone if newest else "UTC")


def list_entries(
    newsroom: Newsroom, text: str, most: int, *, hidden: bool
) -> tuple[list[Entry], int]:
    """The newest ``most`` entries with ``text`` in their headline, and how many there are.

    ``hidden``: only those that readers are not shown.
    """
    part = words(text)
    with opened(newsroom).read() as connection:
        headlines = shown.newest_headlines(connection, hidden=hidden)
        found = [item.id for item in headlines if part in words(item.title)]
        return shown.in_order(connection, found[:most]), len(found)


def list_text(entries: list[Entry], count: int) -> str:
    """``entries``, of ``count`` that there are, for a terminal."""
    lines = [lookup.line_of(entry) for entry in entries]
    if count > len(entries):
        lines.append(f"… and {count - len(entries):,} more; --limit {count} shows all")
    return "\n".join(lines) or "no entry"


def list_fields(entries: list[Entry], count: int) -> dict[str, Any]:
    """The same, ready for JSON."""
    return {
        "count": count,
        "entries": [
            {
                "id": entry.id,
                "hash": entry.hash,
                "kind": entry.kind,
                "title": entry.title,
                "stated": entry.stated.iso if entry.stated else None,
                "published": entry.published,
                "updated": entry.updated,
                "url": entry.url,
                "hidden": entry.hidden,
            }
            for entry in entries
        ],
    }


def collect_log(newsroom: Newsroom, most: int) -> tuple[dict[str, Any], ZoneInfo]:
    """The newest ``most`` revisions and what was decided meanwhile, ready for JSON.

    Newest first. Returns the newsroom's zone besides.
    """
    with opened(newsroom).read() as connection:
        # one more than asked for: what was decided before it is not told
        found = revisions.latest(connection, most + 1)
        since = found[most].committed if len(found) > most else None
        records = [
            record
            for record in decisions.by_key(connection).values()
            if since is None or record.decided > since
        ]
        titles = titles_of(connection, records)
        told = {
            "revisions": [
                {
                    "number": revision.number,
                    "committed": revision.committed,
                    "entered": revision.entered,
                    "corrected": revision.corrected,
                    "documents": revision.documents,
                    "accepted": revision.accepted.split(),
                    "entries": [
                        {
                            "id": line.entry,
                            "hash": hash_of(EntryId(line.entry)),
                            "title": line.title,
                            "what": line.what,
                        }
                        for line in history.of_revision(connection, revision.number)
                    ],
                }
                for revision in found[:most]
            ],
            "decisions": [decision_fields(record, titles) for record in reversed(records)],
        }
        return told, zone_of(newsroom, connection)


def titles_of(connection: Connection, records: list[Record]) -> dict[EntryId, str]:
    """The headlines of the entries that ``records`` are about, by id."""
    ids = {entry for record in records for entry in (record.entry, record.duplicate) if entry}
    return {name: state.entry.title for name, state in shown.by_ids(connection, ids).items()}


def decision_fields(record: Record, titles: Mapping[EntryId, str]) -> dict[str, Any]:
    """A decision, ready for JSON; ``titles`` are the headlines of entries by id."""
    decision = record.decision
    corrected = {
        "title": decision.title,
        "published": decision.published.iso if decision.published else "",
        "authors": list(decision.authors),
        "url": decision.url,
        "notice": decision.notice,
        "erase": decision.erase,
        "path": decision.path,
        "feed": decision.feed,
    }
    return {
        "action": decision.action,
        "decided": record.decided,
        "who": decision.who,
        "why": decision.reason,
        "line": decision.line,
        "named": decision.entry,
        "entry": record.entry,
        "headline": titles.get(record.entry, "") if record.entry else "",
        "named_duplicate": decision.duplicate,
        "duplicate": record.duplicate,
        "says": {name: value for name, value in corrected.items() if value},
    }


def decision_line(told: Mapping[str, Any], zone: ZoneInfo) -> str:
    """A decision from ``decision_fields``, in one line."""
    says = ", ".join(
        f"{name} {', '.join(value) if isinstance(value, list) else value}"
        for name, value in told["says"].items()
        if name != "erase"
    )
    action = "erase" if told["says"].get("erase") else told["action"]
    parts = [f"{moment(told['decided'], zone)}  {action}"]
    if told["action"] == "merge":
        merged = [
            hash_of(told[entry]) if told[entry] else f"'{told[name]}'"
            for entry, name in (("duplicate", "named_duplicate"), ("entry", "named"))
        ]
        parts.append(f" {' into '.join(merged)}")
    parts += [f" ({says})"] if says else []
    parts.append(f", by {told['who'] or 'an editor'}")
    parts += [f": {told['why']}"] if told["why"] else []
    return "".join(parts)


def log_text(told: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Revisions and decisions, newest first, for a terminal."""
    blocks = [(item["committed"], 0, list(_revision(item, zone))) for item in told["revisions"]]
    blocks += [(item["decided"], 1, list(_decision(item, zone))) for item in told["decisions"]]
    # a decision of the moment of its revision comes below it, since it came first
    blocks.sort(key=lambda block: (-block[0].timestamp(), block[1]))
    return "\n".join(line for _, _, lines in blocks for line in lines) or "nothing was published"


def _revision(item: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    documents = f"{item['documents']} document{'' if item['documents'] == 1 else 's'}"
    said = f"{item['entered']} new, {item['corrected']} corrected, {documents}"
    if item["accepted"]:
        said += f"; the gate was made to accept: {', '.join(item['accepted'])}"
    yield f"revision {item['number']}  {moment(item['committed'], zone)}  {said}"
    for line in item["entries"][:_LINES]:
        yield row(f"  {line['hash']} ", line["title"] or "(erased)")
        yield row(" " * 15, line["what"])
    if len(item["entries"]) > _LINES:
        yield f"  {'':12}  … and {len(item['entries']) - _LINES:,} more; --json has all"


def _decision(item: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    yield row("decided    ", decision_line(item, zone))
    name = hash_of(item["entry"]) if item["entry"] else "(not known)"
    if headline := item["headline"] or item["named"]:
        yield row(f"  {name:<12} ", headline)


def moment(when: datetime, zone: ZoneInfo) -> str:
    """``when`` where the newsroom is."""
    return f"{when.astimezone(zone):%Y-%m-%d %H:%M}"


def row(name: str, value: str) -> str:
    """``value`` beside its name, in one line."""
    return f"{name} {' '.join(value.splitlines())}".rstrip()
