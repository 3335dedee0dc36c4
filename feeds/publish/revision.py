"""One revision: readings, decisions, documents and the gate, on an open ledger.

Rules
- Deciding, rendering, the gate and the commit are one transaction: subscribers see a
  whole revision or the one before it, whatever happens to the process.
- What a run has to say is kept until it was said, however the run ends.
- Documents are made anew only if an entry or the configuration changed, and stored only
  if their bytes did: an unchanged document keeps its ETag and Last-Modified.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.ledger import documents, entries, outbox, readings, revisions, settings
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import Ledger, open_to_read, open_to_write
from feeds.model import Reading
from feeds.model.errors import DiskFullError, LedgerError
from feeds.model.outcome import Outcome
from feeds.model.problem import Problem
from feeds.newsroom import space
from feeds.newsroom.site import Site
from feeds.publish import articles
from feeds.publish.decisions import (
    are_new,
    forget_decisions,
    lay_decisions,
    register_decisions,
)
from feeds.publish.epochs import Epoch, begin_epoch
from feeds.publish.failures import PAGE_FAILED, attempt_page, refuse_page
from feeds.publish.order import Order, Source, render_key
from feeds.publish.readings import FolderRead, read_folder, taken_over
from feeds.publish.reread import advice_on, reread_pages
from feeds.publish.retractions import forget_again
from feeds.publish.run import Run, Tally
from feeds.publish.verdicts import fingerprint_again

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNSAID = "unsaid"
_UNCOMPACTED = "uncompacted"
"""That a run erased something, and its words may still be in the ledger's files."""
_SPACE_FACTOR = 2  # documents in the write-ahead log, and as much again for what they grow by


class Revised(NamedTuple):
    """What came of a run.

    ``due`` is the moment from which a held story or a ping is due; not ``is_settled``: another run
    has something to do. ``refused``: of so many pages that are there nothing could be made;
    ``unrendered``: so many feeds have documents of before.
    """

    outcome: Outcome
    due: datetime | None
    is_settled: bool
    refused: int
    unrendered: int


def revise(order: Order, source: Source, epoch: Epoch | None = None) -> Revised:
    """Brings the ledger up to what is in ``source``; the caller has the lock.

    With ``epoch`` there is a revision in any case, which begins it.
    Raises LedgerError and GateError; then what was published is unchanged.
    """
    ledger = open_to_write(order.newsroom.database)
    with ledger.read() as connection:
        _check_authority(connection, source.site, ledger)
    if order.decisions_only:
        read = FolderRead(0, {item.path for item in source.listed}, [], [], [])
    else:
        read = read_folder(ledger, order, source)
    with ledger.read() as connection:
        newest = revisions.latest(connection)
        key = render_key(source.site)
        if order.decisions_only and newest:  # settings are for a run that looks at all pages
            key, source = newest[0].render_key, source._replace(site=newest[0].site)
        settings_changed = not newest or newest[0].render_key != key
        due = held_stories.next_due(connection)
        restated = settings.find(connection, "outside") != source.outside.digest
        unsaid = _unsaid(connection)
        next_due = _next_due(connection)
        refused = readings.count_refused(connection)
        uncompacted = settings.find(connection, _UNCOMPACTED)
        unrendered = documents.unrendered(connection)
        # all documents are written anew then, archives too
        renewed = documents.size(connection) if settings_changed or epoch else 0
        nothing = (
            order.again is None
            and epoch is None
            and not uncompacted
            and not unrendered
            and read.is_nothing
            and not settings_changed
            and not restated
            and not are_new(connection, source.decisions)
            and not readings.pending(connection)
            and not readings.untold(connection)
            and not (due and due <= order.now)
        )
    problems, notices = unsaid
    if nothing:
        outcome = Outcome(None, 0, 0, [*problems, *read.left], notices)
        return Revised(outcome, next_due, not read.left, refused, 0)
    space.require(ledger.path, _SPACE_FACTOR * renewed, "this revision")
    tally = Tally()
    tally.problems += [*problems, *read.left]
    tally.notices += notices
    with ledger.write() as connection, ledger.read() as before:
        if settings.find(before, "authority") is None:
            settings.put(connection, "authority", source.site.authority)
        number = newest[0].number + 1 if newest else 1
        if epoch:
            number = begin_epoch(connection, epoch, order.now)
        run = Run(connection, order, source, number, read.present, tally)
        readings.mark_missing(connection, read.gone, order.now)
        changes = _bring_up_to_date(run, read, restated, settings_changed)
        tally.notices += _vanished(connection, order.now)
        changed = settings_changed or not tally.is_nothing or epoch is not None
        if changed or unrendered:
            from feeds.publish.commit import commit  # late: a run with nothing new renders nothing

            site_before = newest[0].site if newest else None
            changed = commit(run, site_before, before, key, has_news=changed)
        due = _next_due(connection)
        refused = readings.count_refused(connection)
        unrendered = documents.unrendered(connection)
        if tally.problems or tally.notices:
            told = msgspec.json.encode((tally.problems, tally.notices)).decode()
            settings.put(connection, _UNSAID, told)
        if tally.erased:
            settings.put(connection, _UNCOMPACTED, "yes")
    if tally.erased or uncompacted:
        _compact(ledger, tally)
    outcome = Outcome(
        number if changed else None,
        tally.entered,
        tally.corrected,
        tally.problems,
        tally.notices,
        changes,
        tally.retracted,
        tuple(tally.erased),
        epoch is not None,
    )
    is_settled = tally.is_settled and not read.left
    return Revised(outcome, due, is_settled, refused, len(unrendered))


def _compact(ledger: Ledger, tally: Tally) -> None:
    """Leaves no erased word in the ledger's files; where there is no room, a later run does."""
    try:
        ledger.compact()
    except DiskFullError as error:
        what = (
            f"erased words are still in the ledger's files, though in no feed: {error.problem.what}"
        )
        remedy = "make room on this disk: the next run deletes them"
        tally.problems.append(msgspec.structs.replace(error.problem, what=what, remedy=remedy))
        tally.is_settled = False
        return
    with ledger.write() as connection:
        settings.drop(connection, _UNCOMPACTED)


def _next_due(connection: Connection) -> datetime | None:
    moments = (held_stories.next_due(connection), outbox.next_due(connection))
    return min((moment for moment in moments if moment), default=None)


def _unsaid(connection: Connection) -> tuple[list[Problem], list[Problem]]:
    """What a run had to say, problems and notices, that was stopped before it could."""
    text = settings.find(connection, _UNSAID)
    return msgspec.json.decode(text, type=tuple[list[Problem], list[Problem]]) if text else ([], [])


def say_again(database: Path) -> None:
    """Has the next run look at all decisions as if they were new, and say what there is to say.

    For a ledger in which the pages are still to come that decisions may be about.
    """
    with open_to_write(database).write() as connection:
        settings.drop(connection, _UNSAID)
        forget_decisions(connection)


def said(database: Path) -> None:
    """Notes that what the last run had to say was said."""
    with open_to_write(database).write() as connection:
        settings.drop(connection, _UNSAID)


def _bring_up_to_date(
    run: Run, read: FolderRead, restated: bool, settings_changed: bool
) -> tuple[str, ...]:
    """Decides all that is undecided, and lays decisions over it; returns lines on a rereading."""
    order, source = run.order, run.source
    connection = run.connection
    fingerprint_again(run)
    told = register_decisions(run, source.decisions)
    if told:
        from feeds.publish import imported  # late: seldom needed

        imported.take_over(run, taken_over(order.newsroom.root, source.decisions))
    if order.decisions_only:
        lay_decisions(run, told=told)
        return ()
    _tell(run)
    fresh = _decide(run, restated=restated, returned=bool(read.returned))
    everything = settings_changed or bool(read.returned)
    for path in held_stories.pages_to_try(connection, run.now, everything=everything):
        if path not in fresh:
            attempt_page(run, path, partial(_decide_held, run, path))
    changes: tuple[str, ...] = ()
    if order.again:
        reread = reread_pages(run, accept_new=order.again.accept_new)
        advice = advice_on(reread, order.again.command, preview=False)
        changes = (*reread.changes, *advice)
        _tell(run)
    lay_decisions(run, told=told)
    forget_again(run, None if order.again else fresh)
    return changes


def preview(order: Order, source: Source) -> Outcome:
    """What the rereading that ``order`` asks for would change, without changing it.

    Raises LedgerError if the ledger has to be migrated first.
    """
    again = order.again
    if again is None or open_to_read(order.newsroom.database) is None:
        return Outcome(None, 0, 0, [], [])
    ledger = open_to_write(order.newsroom.database)  # of the right version: nothing is written
    with ledger.trial() as connection:
        present = {item.path for item in source.found}
        run = Run(connection, order, source, 0, present, Tally())
        reread = reread_pages(run, accept_new=again.accept_new)
    changes = (*reread.changes, *advice_on(reread, again.command, preview=True))
    return Outcome(None, 0, 0, [], [], changes)


def _decide(run: Run, *, restated: bool, returned: bool) -> set[str]:
    """Decides new readings, and those of which something else is said; returns their paths."""
    new = set(readings.pending(run.connection))
    if restated or returned:
        _undecide_restated(run, told=restated)
    paths = readings.pending(run.connection)
    for path in run.order.watch(paths, "deciding pages"):
        attempt_page(run, path, partial(_decide_page, run, path, again=path not in new))
    return set(paths)


def _decide_page(run: Run, path: str, *, again: bool) -> None:
    pending = readings.load_pending(run.connection, path)
    if again:
        _tell_of_statements(run, pending.reading)
    articles.decide_page(run, pending, again=again)


def _decide_held(run: Run, path: str) -> None:
    articles.decide_held(run, readings.load_pending(run.connection, path))


def _undecide_restated(run: Run, *, told: bool) -> None:
    """Marks the pages of which something else is said outside of them than when last decided.

    ``told``: what is doubtful in rules and table is said as well.
    """
    applied = readings.outside_hashes(run.connection)
    changed = [
        path for path, before in applied.items() if run.source.outside.hash_of(path) != before
    ]
    readings.undecide(run.connection, changed)
    # what the program failed on may have been said there: these are read anew by the next run
    failed = [
        path
        for path, why in readings.failures(run.connection).items()
        if why.code == PAGE_FAILED and path in run.present
    ]
    if failed:
        readings.reset(run.connection, failed)
        run.tally.is_settled = False
    settings.put(run.connection, "outside", run.source.outside.digest)
    if told:
        run.tally.notices += [*run.source.outside.notices, *run.source.outside.idle(run.present)]


def _tell_of_statements(run: Run, reading: Reading) -> None:
    """Adds to the tally what is doubtful in what is said about a page outside of it."""
    found = run.applied(reading).findings
    run.tally.notices += [one for one in found if one.file and one.weight != "hold"]


def _tell(run: Run) -> None:
    """Adds to the tally what is wrong with pages of which nobody was told yet."""
    tally = run.tally
    for page in readings.untold(run.connection):
        if page.failure:
            tally.problems.append(page.failure)
        if page.reading:
            try:
                _tell_of_page(run, page.path, page.reading)
            except BaseException as error:  # noqa: BLE001 - raised again if it is not this page's
                refuse_page(run, page.path, error)
    readings.mark_told(run.connection)


def _tell_of_page(run: Run, path: str, reading: Reading) -> None:
    for found in run.applied(reading).findings:
        if found.weight == "loss":
            run.tally.problems.append(found.at(path))
        elif found.weight == "doubt":
            run.tally.notices.append(found.at(path))


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


def _vanished(connection: Connection, now: datetime) -> list[Problem]:
    """Each page missed first in this run whose story has no other page."""
    return [
        Problem(
            "page-vanished",
            f"the page is gone; its story '{title}' stays published",
            remedy="put the page back if it was moved by mistake",
            file=path,
        )
        for path, _, title, _ in entries.without_page(connection, now)
    ]
