"""How a newsroom is doing: the last runs, what is held or unreadable, the newest story."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from feeds.ledger import (
    afterwards,
    entries,
    exports,
    history,
    holds,
    keys,
    lock,
    outbox,
    readings,
    revisions,
    shown,
)
from feeds.ledger.connect import open_to_read
from feeds.ledger.loss import find_loss, find_moved
from feeds.model import Change, Entry, EntryId
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.reports.answers import Revision, counted, filled, filled_revision, origin_text
from feeds.reports.facts import gather_facts
from feeds.reports.problems import LOOKS, Heading, cut, look_at, read_by_another
from feeds.text import dates

_REVISIONS = 5
_DECIDED: tuple[Change, ...] = ("retracted", "erased", "merged", "restored")
"""What becomes of entries besides that they are new or corrected."""


class Did(Revision, frozen=True, kw_only=True):
    """A revision, and of how many entries it did what else: ``{"retracted": 1}``."""

    others: dict[str, int]


class Run(msgspec.Struct, frozen=True):
    """How the last run ended."""

    finished: datetime
    exit_code: int
    said: str


class Newest(msgspec.Struct, frozen=True):
    """The newest entry; ``moment`` is None if it is undated."""

    title: str
    moment: datetime | None
    id: EntryId


class Ping(msgspec.Struct, frozen=True):
    """What ``hub`` is still to be told of; see ``outbox.Ping``."""

    hub: str
    topic: str
    revision: int
    since: datetime
    due: datetime
    attempts: int
    failure: str


class Export(msgspec.Struct, frozen=True):
    """How far ``target`` is: it has all up to ``revision``, and is behind ``since`` a moment.

    ``since`` is None if it has all there is. Of what is not ``followed``, revisions get there by
    hand alone. ``failure``: why the last of ``attempts`` failed.
    """

    target: str
    revision: int
    followed: bool
    since: datetime | None
    failure: str
    attempts: int


class Status(msgspec.Struct, frozen=True):
    """The state of a newsroom; ``older`` counts pages that another version of the program read.

    ``lost``: why the ledger is not the one that was published into last, if it isn't. What has to
    be known of single pages, stories and hubs is in lines: of each kind some, and how many others.
    What is ``kept_back`` is so because its editor means it, and needs nobody. ``next_release`` is
    in the newsroom's ``zone``. ``waiting``: pages that are read, and of which no run has come to
    its end; whether one is ``at_work`` on them is looked at where there are any, or no revision.
    So many ``keys`` open a feed that is not for everybody.
    ``after`` is what the command after a revision is still to be told, and why it failed.
    """

    title: str
    source: str
    ledger: str
    last_run: Run | None
    revisions: list[Did] = []
    entries: int = 0
    newest: Newest | None = None
    failed: list[str] = []
    held: list[str] = []
    kept_back: list[str] = []
    doubtful: list[str] = []
    vanished: list[str] = []
    next_release: datetime | None = None
    zone: str = "UTC"
    older: int = 0
    pings: list[Ping] = []
    hubs_given_up: list[str] = []
    exports: list[Export] = []
    after: str = ""
    keys: int = 0
    lost: str = ""
    waiting: int = 0
    at_work: bool = False

    @property
    def is_first_load(self) -> bool:
        """Whether nothing was published yet."""
        return not (self.revisions or self.lost)

    @property
    def needs_attention(self) -> bool:
        """Whether an editor or operator has something to do."""
        is_stopped = self.waiting and not self.at_work
        known = self.failed or self.held or self.hubs_given_up or self.lost
        is_behind = self.after or any(export.failure for export in self.exports)
        return bool(known or is_behind or self.has_failed or is_stopped)

    @property
    def has_failed(self) -> bool:
        """Whether the last run did nothing."""
        return self.last_run is not None and self.last_run.exit_code > 1


def collect_status(newsroom: Newsroom, now: datetime) -> Status:
    """The state as of ``now``. Raises ConfigError or LedgerError."""
    site = newsroom.site()
    outside = newsroom.outside(site)
    run = lock.last_run(newsroom.database)
    last_run = filled(Run, run) if run else None
    loss = find_loss(newsroom) or find_moved(newsroom)
    plain = Status(
        site.title,
        str(newsroom.root),
        str(newsroom.database),
        last_run,
        failed=_unread(newsroom),
        lost=str(loss) if loss else "",
        zone=site.timezone,
    )
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return msgspec.structs.replace(plain, at_work=lock.is_held(newsroom.database))
    zone = dates.zone(site.timezone)
    told: dict[Heading, list[str]] = defaultdict(list)
    told["failed"] += plain.failed
    with ledger.read() as connection:
        facts = gather_facts(connection, site, outside, now)
        for look in sorted(LOOKS, key=lambda look: look.area != "pages"):
            if look.heading:
                found = cut(look_at(look, facts, connection))
                told[look.heading] += [str(problem) for _, problem in found]
        newest = next(shown.newest(connection), None)
        origins = revisions.origins(connection)
        due = holds.next_due(connection)
        newest_revisions = revisions.latest(connection, _REVISIONS)
        others = history.counts(connection, (one.number for one in newest_revisions), _DECIDED)
        waiting = len(readings.pending(connection))
        is_unfinished = waiting > 0 or not newest_revisions
        return msgspec.structs.replace(
            plain,
            revisions=[
                filled_revision(Did, one, origins, others=others.get(one.number, {}))
                for one in newest_revisions
            ],
            entries=entries.count(connection),
            newest=newest and _newest(newest, zone),
            next_release=due and due.astimezone(zone),
            older=readings.count_older(connection),
            pings=[filled(Ping, ping) for ping in outbox.pending(connection)],
            exports=[_export(target) for target in exports.all_targets(connection)],
            keys=sum(key.revoked is None for key in keys.all_keys(connection)),
            after=_after(afterwards.find(connection)),
            waiting=waiting,
            at_work=is_unfinished and lock.is_held(newsroom.database),
            **told,
        )


def _after(owed: afterwards.Owed | None) -> str:
    """What is wrong with the command after a revision, if it failed."""
    if owed is None or not owed.failure:
        return ""
    due = dates.rfc3339(owed.due)
    return f"the command after revision {owed.revision} is run again, due {due}: {owed.failure}"


def _export(target: exports.Target) -> Export:
    return Export(
        target.name,
        target.revision,
        target.followed,
        target.since,
        target.failure,
        target.attempts,
    )


def _unread(newsroom: Newsroom) -> list[str]:
    """The decisions that can't be understood."""
    try:
        return [str(problem) for problem in newsroom.decided().wrong]
    except FeedsError as error:
        return [str(problem) for problem in error.problems]


def _newest(entry: Entry, zone: ZoneInfo) -> Newest:
    return Newest(entry.title, entry.published and entry.published.astimezone(zone), entry.id)


def status_text(status: Status, now: datetime) -> str:
    """The same for a terminal."""
    lines = [f"{status.title}: {status.entries} entries in {status.ledger}"]
    if status.lost:
        lines.append(f"lost        {status.lost}")
    if status.last_run or not status.lost:
        lines.append(f"last run    {_last_run(status, now)}")
    if status.is_first_load or status.waiting:
        lines.append(f"progress    {_progress(status)}")
    lines += [f"revision    {_revision(revision, now)}" for revision in status.revisions]
    if newest := status.newest:
        day = f"{newest.moment:%Y-%m-%d}" if newest.moment else "undated"
        lines.append(f"newest      {day}: {newest.title}")
    if status.next_release:
        due = dates.with_zone(status.next_release, dates.zone(status.zone))
        lines.append(f"next        {due}: a story that waits is due")
    found = {name: getattr(status, name) for name in ("failed", "held", "doubtful", "vanished")}
    others = {"given up": status.hubs_given_up, "kept back": status.kept_back}
    for name, some in (*found.items(), *others.items()):
        lines += [f"{name:<11} {line}" for line in some]
    hubs = dict.fromkeys(ping.hub for ping in status.pings)
    lines += [f"waiting     {_waiting(hub, status.pings, now)}" for hub in hubs]
    lines += [f"export      {_exported(export, status, now)}" for export in status.exports]
    lines += [f"waiting     {line}" for line in filter(None, [status.after])]
    if status.keys:
        lines.append(f"keys        {counted(status.keys, 'key')} in use: 'feeds key list'")
    if status.older:
        lines.append(f"older       {read_by_another(status.older)}")
    is_open = status.is_first_load or status.waiting or status.has_failed
    if not (any(found.values()) or status.lost or is_open):
        waits = ", but what its editors keep back" if status.kept_back else ""
        lines.append(f"all pages are read; nothing is held{waits}")
    return "\n".join(lines)


def _last_run(status: Status, now: datetime) -> str:
    if run := status.last_run:
        said = run.said.replace("\n", f"\n{' ' * 12}")
        return f"{_ago(run.finished, now)}: {said}"
    if status.at_work or status.waiting:
        return "none has come to its end yet"
    return "none yet: run 'feeds publish'"


def _progress(status: Status) -> str:
    """How far a run has come that has not come to its end, or that there is none."""
    parts = ["nothing is published yet"] if status.is_first_load else []
    if status.waiting:
        pages = "1 page is" if status.waiting == 1 else f"{status.waiting:,} pages are"
        parts.append(f"{pages} read and still to be published")
    if status.at_work:
        parts.append("a 'feeds publish' is at work")
    elif status.waiting:
        parts.append("the next 'feeds publish' goes on from there")
    return "; ".join(parts)


def _revision(revision: Did, now: datetime) -> str:
    others = [f"{count} {change}" for change, count in revision.others.items()]
    said = ", ".join((f"{revision.entered} new, {revision.corrected} corrected", *others))
    if revision.origin:
        said += f"; {origin_text(revision.origin)}"
    return f"{revision.number}, {_ago(revision.committed, now)}: {said}"


def _waiting(hub: str, pings: list[Ping], now: datetime) -> str:
    """What a hub was not told yet, and why."""
    waiting = [ping for ping in pings if ping.hub == hub]
    topics = counted(len(waiting), "document")
    since = _ago(min(ping.since for ping in waiting), now)
    due = dates.rfc3339(min(ping.due for ping in waiting))
    failure = max(waiting, key=lambda ping: ping.attempts).failure
    tried = f"; at the last attempt: {failure}" if failure else ""
    return f"{hub} is to be told of {topics}, changed {since}; due {due}{tried}"


def _exported(export: Export, status: Status, now: datetime) -> str:
    """How far a target of exports is behind, since when, and why."""
    newest = max((revision.number for revision in status.revisions), default=0)
    if export.since is None:
        return f"{export.target} has all of revision {export.revision}"
    at = f"is at revision {export.revision} of {newest}" if export.revision else "has nothing yet"
    what = f"{export.target} {at}, behind since {dates.rfc3339(export.since)}"
    what += f" ({_ago(export.since, now)})"
    if export.failure:
        what += f"; at the last of {counted(export.attempts, 'attempt')}: {export.failure}"
    if not export.followed:
        return f"{what}; 'feeds export' brings it there"
    return f"{what}; the next 'feeds publish' tries it again"


def _ago(moment: datetime, now: datetime) -> str:
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // 1440} days ago"
