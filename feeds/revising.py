"""One revision: readings, decisions, documents and the gate, on an open ledger.

Rules
- Deciding, rendering, the gate and the commit are one transaction: subscribers see a
  whole revision or the one before it, whatever happens to the process.
- Documents are made anew only if an entry or the configuration changed, and stored only
  if their bytes did: an unchanged document keeps its ETag and Last-Modified.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from feeds import dates, deciding, folder, reading, rereading
from feeds.config import Site
from feeds.errors import GateError, LedgerError, describe
from feeds.ledger import entries, readings, revisions
from feeds.ledger.connect import Ledger, open_to_read, open_to_write, require_space
from feeds.ledger.revisions import Revision
from feeds.model import Again, Outcome, Reading
from feeds.outside import Outside

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SECOND = timedelta(seconds=1)


def revise(
    site: Site,
    outside: Outside,
    key: str,
    root: Path,
    database: Path,
    listed: list[folder.Found],
    found: list[folder.Found],
    now: datetime,
    wait: Callable[[float], None],
    again: Again | None = None,
) -> tuple[Outcome, datetime | None, bool]:
    """Brings the ledger at ``database`` up to the files in ``found``; the caller has the lock.

    ``listed`` is all that is in the folder, ``found`` that or a part of it; ``outside`` is what
    is said about pages outside of them.

    ``key`` changes with whatever else could change a document. Returns what was done, the
    moment from which a held story is due, and whether nothing was left undone. Raises LedgerError
    and GateError; then what was published is unchanged.
    """
    ledger = open_to_write(database)
    zone = dates.zone(site.timezone)
    with ledger.read() as connection:
        _check_authority(connection, site, ledger)
    read = reading.read_folder(ledger, root, listed, found, now, wait)
    with ledger.read() as connection:
        newest = revisions.latest(connection)
        settings_changed = not newest or newest[0].render_key != key
        due = readings.next_due(connection)
        restated = revisions.setting(connection, "outside") != outside.digest
        nothing = (
            again is None
            and read.is_nothing
            and not settings_changed
            and not restated
            and not readings.pending(connection)
            and not readings.untold(connection)
            and not (due and due <= now)
        )
    if nothing:
        return Outcome(None, 0, 0, read.left, []), due, not read.left
    require_space(ledger.path, 0)
    tally = deciding.Tally()
    tally.problems += read.left
    with ledger.write() as connection:
        if revisions.setting(connection, "authority") is None:
            revisions.set_setting(connection, "authority", site.authority)
        number = newest[0].number + 1 if newest else 1
        run = deciding.Run(connection, site, outside, zone, now, number, read.present, tally)
        readings.miss(connection, read.gone, now)
        _tell(run)
        fresh = _decide(run, restated=restated, returned=bool(read.returned))
        everything = settings_changed or bool(read.returned)
        for path in readings.reopened(connection, now, everything=everything):
            if path not in fresh:
                deciding.decide_held(run, readings.load(connection, path))
        changes: tuple[str, ...] = ()
        if again:
            reread = rereading.reread(run, root, found, accept_new=again.accept_new)
            changes = (*reread.changes, *rereading.advice(reread, again.command, preview=False))
            _tell(run)
        tally.notices += _vanished(connection, now)
        changed = settings_changed or bool(tally.entered or tally.corrected)
        if changed:
            _commit_revision(connection, site, key, number, now, tally)
        due = readings.next_due(connection)
    if settings_changed:
        tally.notices += [describe(text, file="site.toml") for text in site.not_yet()]
    outcome = Outcome(
        number if changed else None,
        tally.entered,
        tally.corrected,
        tally.problems,
        tally.notices,
        changes,
    )
    return outcome, due, not read.left


def preview(
    site: Site,
    outside: Outside,
    root: Path,
    database: Path,
    found: list[folder.Found],
    now: datetime,
    again: Again,
) -> Outcome:
    """What reading ``found`` again would change, without changing it.

    Raises LedgerError if the ledger has to be migrated first.
    """
    if open_to_read(database) is None:
        return Outcome(None, 0, 0, [], [])
    ledger = open_to_write(database)  # of the right version: nothing is written
    tally = deciding.Tally()
    with ledger.trial() as connection:
        present = {item.path for item in found}
        zone = dates.zone(site.timezone)
        run = deciding.Run(connection, site, outside, zone, now, 0, present, tally)
        reread = rereading.reread(run, root, found, accept_new=again.accept_new)
    changes = (*reread.changes, *rereading.advice(reread, again.command, preview=True))
    return Outcome(None, 0, 0, [], [], changes)


def _decide(run: deciding.Run, *, restated: bool, returned: bool) -> set[str]:
    """Decides new readings, and those of which something else is said; returns their paths."""
    new = set(readings.pending(run.connection))
    if restated or returned:
        _undecide_restated(run, told=restated)
    paths = readings.pending(run.connection)
    for path in paths:
        pending = readings.load(run.connection, path)
        if path not in new:
            _tell_of_statements(run, pending.reading)
        deciding.decide_page(run, pending, again=path not in new)
    return set(paths)


def _undecide_restated(run: deciding.Run, *, told: bool) -> None:
    """Marks the pages of which something else is said outside of them than when last decided.

    ``told``: what is doubtful in rules and table is said as well.
    """
    applied = readings.outside(run.connection)
    changed = [path for path, before in applied.items() if run.outside.hash_of(path) != before]
    readings.undecide(run.connection, changed)
    revisions.set_setting(run.connection, "outside", run.outside.digest)
    if told:
        run.tally.notices += [*run.outside.notices, *run.outside.idle(run.present)]


def _tell_of_statements(run: deciding.Run, reading: Reading) -> None:
    """Adds to the tally what is doubtful in what is said about a page outside of it."""
    run.tally.notices += [
        describe(found.what, file=found.file, line=found.line, remedy=found.remedy)
        for found in run.applied(reading).findings
        if found.file and found.weight != "hold"
    ]


def _tell(run: deciding.Run) -> None:
    """Adds to the tally what is wrong with pages of which nobody was told yet."""
    tally = run.tally
    for page in readings.untold(run.connection):
        if page.failure:
            tally.problems.append(page.failure)
        for found in run.applied(page.reading).findings if page.reading else ():
            file = found.file or page.path
            line = describe(found.what, file=file, line=found.line, remedy=found.remedy)
            if found.weight == "loss":
                tally.problems.append(line)
            elif found.weight == "doubt":
                tally.notices.append(line)
    readings.tell(run.connection)


def _check_authority(connection: Connection, site: Site, ledger: Ledger) -> None:
    stored = revisions.setting(connection, "authority")
    if stored is not None and stored != site.authority:
        raise LedgerError(
            f"this ledger's ids are minted under '{stored}', site.toml says '{site.authority}'",
            file=str(ledger.path),
            field="authority",
            remedy=f'write authority = "{stored}" again if this is the same newsroom, '
            "or name another ledger with --database",
        )


def _commit_revision(
    connection: Connection,
    site: Site,
    key: str,
    number: int,
    now: datetime,
    tally: deciding.Tally,
) -> None:
    """Renders every feed, asks the gate, and stores the documents whose bytes are new."""
    from feeds import gate, selection  # late: a run with nothing new renders nothing
    from feeds.render import documents

    made = []
    for feed in site.feeds:
        most = selection.MOST * feed.limit
        recent = entries.recent(connection, selection.RECENT, most)
        members = selection.select(feed, entries.newest(connection), recent)
        entries.set_members(connection, feed.name, members)
        made += documents(site, feed, members)
    if objections := gate.document_objections(made):
        raise GateError(
            "; ".join(objection.what for objection in objections),
            remedy="nothing was published; the documents of before stay",
        )
    before = revisions.stored(connection)
    fresh = []
    for item in made:
        etag, last_modified = before.get((item.feed, item.format), ("", None))
        if etag != item.etag:
            # later than the bytes before, even within a second or after the clock was set back
            when = max(now, last_modified + _SECOND) if last_modified else now
            fresh.append((item, when))
    revisions.add(
        connection,
        Revision(number, now, tally.entered, tally.corrected, len(fresh), site, key),
    )
    for item, when in fresh:
        revisions.put_document(connection, item, number, when)
    dropped = before.keys() - {(item.feed, item.format) for item in made}
    revisions.drop_documents(connection, dropped)
    for feed_name in {name for name, _ in dropped}:
        entries.set_members(connection, feed_name, [])


def _vanished(connection: Connection, now: datetime) -> list[str]:
    """A line for each page missed first in this run whose story has no other page."""
    return [
        describe(
            f"the page is gone; its story '{title}' stays published",
            file=path,
            remedy="put the page back if it was moved by mistake",
        )
        for path, _, title in entries.vanished(connection, now)
    ]
