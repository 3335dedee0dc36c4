"""What the ledger holds, told to people and programs: ``feeds list`` and ``feeds log``.

Reads the ledger and nothing else. Moments are told where the newsroom is; JSON has them in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from feeds.ledger import briefs, decisions, history, revisions, shown
from feeds.ledger.decisions import Record
from feeds.ledger.mark import Origin
from feeds.model import EntryId, hash_of
from feeds.model.errors import ConfigError
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import Action
from feeds.reports.answers import (
    Revision,
    counted,
    filled,
    filled_revision,
    in_zone,
    labelled,
    origin_text,
)
from feeds.reports.lookup import Listed, listed, open_ledger
from feeds.text import dates
from feeds.text.words import words

if TYPE_CHECKING:
    from sqlalchemy import Connection

LINES = 20
"""How many entries of a revision are told; JSON has all."""


class List(msgspec.Struct, frozen=True):
    """Some entries, of ``count`` that there are."""

    count: int
    entries: list[Listed]


class Happened(msgspec.Struct, frozen=True):
    """What became of an entry in a revision."""

    id: str
    hash: str
    title: str
    what: str


class Logged(Revision, frozen=True, kw_only=True):
    """A revision, with what the gate was made to accept, and what happened in it.

    ``more``: so much else happened, where not all was asked for.
    """

    accepted: list[str]
    entries: list[Happened]
    more: int | UnsetType = UNSET


class Says(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a decision says besides the entries that it is about."""

    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    categories: tuple[str, ...] = ()
    image: str = ""
    alt: str = ""
    summary: str = ""
    language: str = ""
    rights: str = ""
    undone: tuple[str, ...] = ()
    notice: str = ""
    erase: bool = False
    path: str = ""
    feed: str = ""
    mended_by: str = ""


class Decided(msgspec.Struct, frozen=True):
    """A decision: what somebody named, and the ids of what it was known as."""

    action: Action
    decided: datetime
    who: str
    why: str
    line: int
    named: str
    entry: EntryId | None
    headline: str
    named_duplicate: str
    duplicate: EntryId | None
    says: Says


class Log(msgspec.Struct, frozen=True):
    """Revisions, and what was decided meanwhile, newest first."""

    revisions: list[Logged]
    decisions: list[Decided]


def zone_of(newsroom: Newsroom, connection: Connection) -> ZoneInfo:
    """The newsroom's time zone, as last published where site.toml is wrong."""
    try:
        return dates.zone(newsroom.site().timezone)
    except ConfigError:
        newest = revisions.latest(connection)
        return dates.zone(newest[0].site.timezone if newest else "UTC")


def list_entries(newsroom: Newsroom, text: str, most: int, *, hidden: bool, start: int = 0) -> List:
    """The newest ``most`` entries with ``text`` in their headline, without the first ``start``.

    ``hidden``: only those that readers are not shown.
    """
    part = words(text)
    with open_ledger(newsroom).read() as connection:
        if part:
            found, count = _with_words(
                briefs.newest_headlines(connection, hidden=hidden), part, most
            )
        else:
            found, count = briefs.newest_ids(connection, most, hidden=hidden)
        found = found[start:]
        held = shown.objected(connection, found)
        entries = shown.in_order(connection, found)
        return List(count, [listed(entry, is_held=entry.id in held) for entry in entries])


def _with_words(
    headlines: Iterable[briefs.Headline], part: str, most: int
) -> tuple[list[EntryId], int]:
    """The first ``most`` of the ``headlines`` that have the words ``part``, and how many do."""
    found, count = [], 0
    for item in headlines:
        if part in words(item.title):
            count += 1
            if count <= most:
                found.append(item.id)
    return found, count


def list_text(found: List) -> str:
    """The same for a terminal."""
    lines = [str(entry) for entry in found.entries]
    if found.count > len(lines):
        more = found.count - len(lines)
        lines.append(f"… and {more:,} more; --limit {found.count} shows all")
    return "\n".join(lines) or "no entry"


def collect_log(newsroom: Newsroom, most: int, lines: int | None = None) -> tuple[Log, ZoneInfo]:
    """The newest ``most`` revisions and what was decided meanwhile, and the newsroom's zone.

    Of each revision the first ``lines`` entries, or all.
    """
    with open_ledger(newsroom).read() as connection:
        # one more than asked for: what was decided before it is not told
        found = revisions.latest(connection, most + 1)
        since = found[most].committed if len(found) > most else None
        records = decisions.since(connection, since)
        log = Log(logged(connection, found[:most], lines), decided(connection, records)[::-1])
        return log, zone_of(newsroom, connection)


def logged(
    connection: Connection, found: Sequence[revisions.Revision], lines: int | None = None
) -> list[Logged]:
    """The revisions that were ``found``, with what happened in each: some ``lines``, or all."""
    origins = revisions.origins(connection)
    return [_logged(connection, revision, origins, lines) for revision in found]


def _logged(
    connection: Connection,
    revision: revisions.Revision,
    origins: Mapping[int, Origin],
    lines: int | None,
) -> Logged:
    happened = [
        filled(Happened, line, id=line.entry, hash=hash_of(EntryId(line.entry)))
        for line in history.of_revision(connection, revision.number, lines)
    ]
    others: int | UnsetType = UNSET
    if lines is not None:
        others = history.count_of_revision(connection, revision.number) - len(happened)
    accepted = revision.accepted.split()
    return filled_revision(
        Logged, revision, origins, accepted=accepted, entries=happened, more=others
    )


def decided(connection: Connection, records: Sequence[Record]) -> list[Decided]:
    """``records`` of decisions, with the headlines of the entries that they are about."""
    ids = {entry for record in records for entry in (record.entry, record.duplicate) if entry}
    states = shown.by_ids(connection, ids)
    titles = {name: state.entry.title for name, state in states.items()}
    made = []
    for record in records:
        decision = record.decision
        published = decision.published.iso if decision.published else ""
        made.append(
            filled(
                Decided,
                record,
                decision,
                why=decision.reason,
                named=decision.entry,
                headline=titles.get(EntryId(record.entry or ""), ""),
                named_duplicate=decision.second,
                says=filled(Says, decision, published=published),
            )
        )
    return made


def decision_line(made: Decided, zone: ZoneInfo) -> str:
    """A decision in one line."""
    said = ", ".join(
        f"{name} {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in msgspec.structs.asdict(made.says).items()
        if value and name not in {"erase", "undone"}
    )
    parts = [f"{in_zone(made.decided, zone)}  {'erase' if made.says.erase else made.action}"]
    if made.action in {"merge", "keep-apart"}:
        between = "into" if made.action == "merge" else "and"
        other = hash_of(made.duplicate) if made.duplicate else f"'{made.named_duplicate}'"
        kept = hash_of(made.entry) if made.entry else f"'{made.named}'"
        parts.append(f" {other} {between} {kept}")
    undone = [f"{name} as its page has it" for name in made.says.undone]
    said = ", ".join(part for part in (said, *undone) if part)
    parts += [f" ({said})"] if said else []
    parts.append(f", by {made.who or 'an editor'}")
    parts += [f": {made.why}"] if made.why else []
    return "".join(parts)


def log_text(log: Log, zone: ZoneInfo) -> str:
    """Revisions and decisions, newest first, for a terminal."""
    blocks = [(item.committed, 0, list(_revision(item, zone))) for item in log.revisions]
    blocks += [(item.decided, 1, list(_decision(item, zone))) for item in log.decisions]
    # a decision of the moment of its revision comes below it, since it came first
    blocks.sort(key=lambda block: (-block[0].timestamp(), block[1]))
    return "\n".join(line for _, _, lines in blocks for line in lines) or "nothing was published"


def _revision(item: Logged, zone: ZoneInfo) -> Iterator[str]:
    documents = counted(item.documents, "document")
    said = f"{item.entered} new, {item.corrected} corrected, {documents}"
    if item.origin:
        said += f"; {origin_text(item.origin)}"
    if item.accepted:
        said += f"; the gate was made to accept: {', '.join(item.accepted)}"
    yield f"revision {item.number}  {in_zone(item.committed, zone)}  {said}"
    for line in item.entries:
        yield labelled(f"  {line.hash} ", line.title or "(erased)")
        yield labelled(" " * 15, line.what)
    if item.more:
        yield f"  {'':12}  … and {item.more:,} more; --json has all"


def _decision(item: Decided, zone: ZoneInfo) -> Iterator[str]:
    yield labelled("decided    ", decision_line(item, zone))
    name = hash_of(item.entry) if item.entry else "(not known)"
    if headline := item.headline or item.named:
        yield labelled(f"  {name:<12} ", headline)
