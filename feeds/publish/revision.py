"""One revision: readings, decisions, documents and the gate, on an open ledger.

Rules
- Deciding, rendering, the gate and the commit are one transaction: subscribers see a
  whole revision or the one before it, whatever happens to the process.
- What a run has to say is kept until it was said, however the run ends.
- Documents are made anew only if an entry or the configuration changed, and stored only
  if their bytes did: an unchanged document keeps its ETag and Last-Modified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.ledger import entries, outbox, readings, revisions, settings
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import Ledger, open_to_read, open_to_write, require_space
from feeds.model import Again, Outcome, Reading
from feeds.model.errors import LedgerError, describe
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import folder
from feeds.newsroom.decisions import Decision
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.publish import articles
from feeds.publish.decisions import are_new, forget_again, lay_decisions, register_decisions
from feeds.publish.readings import FolderRead, read_folder, taken_over
from feeds.publish.reread import advice_on, reread_pages
from feeds.publish.run import Run, Tally
from feeds.publish.verdicts import fingerprint_again
from feeds.text import dates

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNSAID = "unsaid"


class Order(NamedTuple):
    """What a run goes by, besides the pages.

    ``outside`` is what is said about pages outside of them, ``decisions`` what editors decided;
    ``key`` changes with whatever else could change a document. ``accept`` names objections of
    the gate that somebody overrides. ``decisions_only``: pages are left for another run.
    ``watch`` is handed what takes long.
    """

    site: Site
    outside: Outside
    decisions: Sequence[Decision]
    key: str
    root: Path
    database: Path
    now: datetime
    again: Again | None = None
    accept: Sequence[str] = ()
    decisions_only: bool = False
    watch: Watch = unwatched


def revise(
    order: Order,
    listed: list[folder.Found],
    found: list[folder.Found],
    wait: Callable[[float], None],
) -> tuple[Outcome, datetime | None, bool]:
    """Brings the ledger up to the files in ``found``; the caller has the lock.

    ``listed`` is all that is in the folder, ``found`` that or a part of it. Returns what was
    done, the moment from which a held story or a ping is due, and whether nothing was left undone.
    Raises LedgerError and GateError; then what was published is unchanged.
    """
    ledger = open_to_write(order.database)
    with ledger.read() as connection:
        _check_authority(connection, order.site, ledger)
    if order.decisions_only:
        read = FolderRead(0, {item.path for item in listed}, [], [], [])
    else:
        read = read_folder(ledger, order.root, listed, found, order.now, wait, order.watch)
    with ledger.read() as connection:
        newest = revisions.latest(connection)
        if order.decisions_only and newest:  # settings are for a run that looks at all pages
            order = order._replace(key=newest[0].render_key, site=newest[0].site)
        settings_changed = not newest or newest[0].render_key != order.key
        due = held_stories.next_due(connection)
        restated = settings.find(connection, "outside") != order.outside.digest
        unsaid = _unsaid(connection)
        next_due = _next_due(connection)
        nothing = (
            order.again is None
            and read.is_nothing
            and not settings_changed
            and not restated
            and not are_new(connection, order.decisions)
            and not readings.pending(connection)
            and not readings.untold(connection)
            and not (due and due <= order.now)
        )
    problems, notices = unsaid
    if nothing:
        return Outcome(None, 0, 0, [*problems, *read.left], notices), next_due, not read.left
    require_space(ledger.path, 0)
    tally = Tally()
    tally.problems += [*problems, *read.left]
    tally.notices += notices
    with ledger.read() as before, ledger.write() as connection:
        if settings.find(before, "authority") is None:
            settings.put(connection, "authority", order.site.authority)
        number = newest[0].number + 1 if newest else 1
        run = _run(connection, order, number, read.present, tally)
        readings.mark_missing(connection, read.gone, order.now)
        changes = _bring_up_to_date(run, order, read, found, restated, settings_changed)
        tally.notices += _vanished(connection, order.now)
        changed = settings_changed or not tally.is_nothing
        if changed:
            from feeds.publish import commit  # late: a run with nothing new renders nothing

            commit.commit(
                run,
                newest[0].site if newest else None,
                before,
                order.key,
                order.accept,
                is_reread=order.again is not None,
            )
        due = _next_due(connection)
        if tally.problems or tally.notices:
            told = msgspec.json.encode((tally.problems, tally.notices)).decode()
            settings.put(connection, _UNSAID, told)
    if tally.erased:
        ledger.compact()
    outcome = Outcome(
        number if changed else None,
        tally.entered,
        tally.corrected,
        tally.problems,
        tally.notices,
        changes,
        tally.retracted,
        tuple(tally.erased),
    )
    return outcome, due, tally.is_settled and not read.left


def _next_due(connection: Connection) -> datetime | None:
    moments = (held_stories.next_due(connection), outbox.next_due(connection))
    return min((moment for moment in moments if moment), default=None)


def _unsaid(connection: Connection) -> tuple[list[str], list[str]]:
    """What a run had to say, problems and notices, that was stopped before it could."""
    text = settings.find(connection, _UNSAID)
    return msgspec.json.decode(text, type=tuple[list[str], list[str]]) if text else ([], [])


def said(database: Path) -> None:
    """Notes that what the last run had to say was said."""
    with open_to_write(database).write() as connection:
        settings.drop(connection, _UNSAID)


def _run(connection: Connection, order: Order, number: int, present: set[str], tally: Tally) -> Run:
    zone = dates.zone(order.site.timezone)
    archive = tuple(item.path for item in order.decisions if item.action == "archive")
    outside, now, watch = order.outside, order.now, order.watch
    return Run(connection, order.site, outside, zone, now, number, present, tally, archive, watch)


def _bring_up_to_date(
    run: Run,
    order: Order,
    read: FolderRead,
    found: list[folder.Found],
    restated: bool,
    settings_changed: bool,
) -> tuple[str, ...]:
    """Decides all that is undecided, and lays decisions over it; returns lines on a rereading."""
    connection = run.connection
    fingerprint_again(run)
    told = register_decisions(run, order.decisions)
    if told:
        from feeds.publish import imported  # late: seldom needed

        imported.take_over(run, taken_over(order.root, order.decisions))
    if order.decisions_only:
        lay_decisions(run, told=told)
        return ()
    _tell(run)
    fresh = _decide(run, restated=restated, returned=bool(read.returned))
    everything = settings_changed or bool(read.returned)
    for path in held_stories.pages_to_try(connection, run.now, everything=everything):
        if path not in fresh:
            articles.decide_held(run, readings.load_pending(connection, path))
    changes: tuple[str, ...] = ()
    if order.again:
        reread = reread_pages(run, order.root, found, accept_new=order.again.accept_new)
        advice = advice_on(reread, order.again.command, preview=False)
        changes = (*reread.changes, *advice)
        _tell(run)
    lay_decisions(run, told=told)
    forget_again(run, None if order.again else fresh)
    return changes


def preview(order: Order, found: list[folder.Found], again: Again) -> Outcome:
    """What reading ``found`` again would change, without changing it.

    Raises LedgerError if the ledger has to be migrated first.
    """
    if open_to_read(order.database) is None:
        return Outcome(None, 0, 0, [], [])
    ledger = open_to_write(order.database)  # of the right version: nothing is written
    with ledger.trial() as connection:
        present = {item.path for item in found}
        run = _run(connection, order, 0, present, Tally())
        reread = reread_pages(run, order.root, found, accept_new=again.accept_new)
    changes = (*reread.changes, *advice_on(reread, again.command, preview=True))
    return Outcome(None, 0, 0, [], [], changes)


def _decide(run: Run, *, restated: bool, returned: bool) -> set[str]:
    """Decides new readings, and those of which something else is said; returns their paths."""
    new = set(readings.pending(run.connection))
    if restated or returned:
        _undecide_restated(run, told=restated)
    paths = readings.pending(run.connection)
    for path in run.watch(paths, "deciding pages"):
        pending = readings.load_pending(run.connection, path)
        if path not in new:
            _tell_of_statements(run, pending.reading)
        articles.decide_page(run, pending, again=path not in new)
    return set(paths)


def _undecide_restated(run: Run, *, told: bool) -> None:
    """Marks the pages of which something else is said outside of them than when last decided.

    ``told``: what is doubtful in rules and table is said as well.
    """
    applied = readings.outside_hashes(run.connection)
    changed = [path for path, before in applied.items() if run.outside.hash_of(path) != before]
    readings.undecide(run.connection, changed)
    settings.put(run.connection, "outside", run.outside.digest)
    if told:
        run.tally.notices += [*run.outside.notices, *run.outside.idle(run.present)]


def _tell_of_statements(run: Run, reading: Reading) -> None:
    """Adds to the tally what is doubtful in what is said about a page outside of it."""
    run.tally.notices += [
        describe(found.what, file=found.file, line=found.line, remedy=found.remedy)
        for found in run.applied(reading).findings
        if found.file and found.weight != "hold"
    ]


def _tell(run: Run) -> None:
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
    readings.mark_told(run.connection)


def _check_authority(connection: Connection, site: Site, ledger: Ledger) -> None:
    stored = settings.find(connection, "authority")
    if stored is not None and stored != site.authority:
        raise LedgerError(
            f"this ledger's ids are minted under '{stored}', site.toml says '{site.authority}'",
            file=str(ledger.path),
            field="authority",
            remedy=f'write authority = "{stored}" again if this is the same newsroom, '
            "or name another ledger with --database",
        )


def _vanished(connection: Connection, now: datetime) -> list[str]:
    """A line for each page missed first in this run whose story has no other page."""
    return [
        describe(
            f"the page is gone; its story '{title}' stays published",
            file=path,
            remedy="put the page back if it was moved by mistake",
        )
        for path, _, title, _ in entries.without_page(connection, now)
    ]
