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
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.entries.spacing import Taken
from feeds.ledger import (
    afterwards,
    documents,
    entries,
    exports,
    outbox,
    readings,
    revisions,
    settings,
    themes,
)
from feeds.ledger import holds as held_stories
from feeds.ledger.connect import Ledger, open_to_read, open_to_write
from feeds.model.errors import DiskFullError, LedgerBusyError, LedgerError
from feeds.model.outcome import Outcome
from feeds.model.problem import Problem
from feeds.newsroom.database import Place
from feeds.newsroom.site import Site
from feeds.publish import ages, doubts, erased_files, pages
from feeds.publish.decisions import (
    are_new,
    forget_decisions,
    in_force,
    register_decisions,
)
from feeds.publish.effects import Effects, total
from feeds.publish.epochs import Epoch, announce, begin_epoch
from feeds.publish.order import Order, Source, render_key
from feeds.publish.overlay import lay_decisions
from feeds.publish.readings import FolderRead, read_folder, taken_over
from feeds.publish.reread import advice_on, reread_pages
from feeds.publish.reread_by_rules import reread_by_rules
from feeds.publish.retractions import forget_again
from feeds.publish.run import Run
from feeds.publish.verdicts import fingerprint_again

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from feeds.ledger.revisions import Revision

_UNSAID = "unsaid"
_UNCOMPACTED = "uncompacted"
"""That a run erased something, and its words may still be in the ledger's files."""
_SPACE_FACTOR = 2  # documents in the write-ahead log, and as much again for what they grow by


class Revised(NamedTuple):
    """What came of a run.

    ``due`` is the moment from which a held story or a ping is due; not ``is_settled``: another run
    has something to do. ``refused``: of so many pages that are there nothing could be made;
    ``unrendered``: so many feeds have documents of before. ``exports`` are the targets that each
    revision is exported to.
    """

    outcome: Outcome
    due: datetime | None
    is_settled: bool
    refused: int
    unrendered: int
    exports: tuple[str, ...]


def revise(order: Order, source: Source, epoch: Epoch | None = None) -> Revised:
    """Brings the ledger up to what is in ``source``; the caller has the lock.

    With ``epoch`` there is a revision in any case, which begins it.
    Raises LedgerError and GateError; then what was published is unchanged.
    """
    ledger = open_to_write(order.newsroom.database)
    with ledger.read() as connection:
        _check_authority(connection, source.site, ledger)
    if order.decisions_only:
        read = FolderRead(0, source.listed, [], [], [])
    else:
        read = read_folder(ledger, order, source)
    with ledger.read() as connection:
        source = in_force(connection, source)
        newest = revisions.latest(connection)
        key = render_key(source.site)
        if order.decisions_only and newest:  # settings are for a run that looks at all pages
            key, source = newest[0].render_key, source._replace(site=newest[0].site)
        settings_changed = not newest or newest[0].render_key != key
        due = _due(connection)
        restated = settings.find(connection, "outside") != source.outside.digest
        unsaid = _unsaid(connection)
        next_due = _next_due(connection)
        followed = tuple(exports.followed(connection))
        refused = readings.count_refused(connection)
        uncompacted = settings.find(connection, _UNCOMPACTED)
        uncleaned = erased_files.is_left(connection)
        unrendered = documents.unrendered(connection)
        found = revisions.mark(connection)
        # all documents are written anew then, archives too
        renewed = documents.size(connection) if settings_changed or epoch else 0
        nothing = (
            order.again is None
            and epoch is None
            and not uncompacted
            and not uncleaned
            and not unrendered
            and read.is_nothing
            and not settings_changed
            and _operating(newest, source.site) is None
            and not restated
            and not are_new(connection, source.decisions)
            and not readings.pending(connection)
            and not readings.is_untold(connection)
            and not (due and due <= order.now)
        )
    problems, notices = unsaid
    if nothing:
        outcome = Outcome(None, 0, 0, [*source.unread, *problems, *read.left], notices)
        return Revised(outcome, next_due, not read.left, refused, 0, followed)
    ledger.kept_by.require_space(_SPACE_FACTOR * renewed, "this revision")
    with ledger.write() as connection, ledger.read() as before:
        # within, or who lost the lock would put its word in the place of its successor's
        nonce = announce(order.newsroom, found)
        if settings.find(before, "authority") is None:
            settings.put(connection, "authority", source.site.authority)
        number = newest[0].number + 1 if newest else 1
        if epoch:
            number = begin_epoch(connection, epoch, order.now)
        updates = Taken(partial(entries.updates, before))
        run = Run(connection, order, source, number, read.present, updates)
        readings.mark_missing(connection, read.gone, order.now)
        readings.mark_returned(connection, read.returned, order.now)
        _note_operating(connection, newest, source.site)
        themed = _note_theme(connection, newest, source)
        effects, changes = _bring_up_to_date(run, read, restated, settings_changed)
        left = Effects(problems=(*problems, *read.left), notices=tuple(notices))
        gone = Effects(notices=tuple(pages.vanished(connection, order.now)))
        effects = total((left, themed, effects, gone))
        left_due = ages.next_due(connection)
        changed = settings_changed or not effects.is_nothing or epoch is not None
        changed = changed or bool(left_due and left_due <= order.now)
        if changed or unrendered:
            from feeds.publish import commit  # late: a run with nothing new renders nothing

            site_before = newest[0].site if newest else None
            change = commit.Change(effects, before, site_before, key)
            changed, made = commit.commit(run, change, has_news=changed)
            effects += made
            revisions.set_nonce(connection, nonce if changed else "")
        due = _next_due(connection)
        followed = tuple(exports.followed(connection))
        refused = readings.count_refused(connection)
        unrendered = documents.unrendered(connection)
        if effects.problems or effects.notices:
            told = msgspec.json.encode((effects.problems, effects.notices)).decode()
            settings.put(connection, _UNSAID, told)
        if effects.erased:
            settings.put(connection, _UNCOMPACTED, "yes")
    effects += _clean(ledger, order)
    if effects.erased or uncompacted:
        effects += _compact(ledger)
    outcome = Outcome(
        number if changed else None,
        effects.entered,
        effects.corrected,
        [*source.unread, *effects.problems],
        list(effects.notices),
        changes,
        effects.retracted,
        effects.erased,
        epoch is not None,
    )
    is_settled = effects.is_settled and not read.left
    return Revised(outcome, due, is_settled, refused, len(unrendered), followed)


def _operating(newest: list[Revision], site: Site) -> Site | None:
    """The configuration in force with what ``site`` has for operators; None if it has that."""
    if not newest:
        return None
    before = newest[0].site
    found = msgspec.structs.replace(before, publish=site.publish, serve=site.serve)
    return None if found == before else found


def _note_operating(connection: Connection, newest: list[Revision], site: Site) -> None:
    """Has what is for operators in force, which makes no revision."""
    if found := _operating(newest, site):
        revisions.set_site(connection, found)


def _clean(ledger: Ledger, order: Order) -> Effects:
    """Leaves no erased word in files that the program captured itself."""
    left = erased_files.clean(ledger, order.newsroom.root)
    return Effects(problems=tuple(left), is_settled=not left)


def _note_theme(connection: Connection, newest: list[Revision], source: Source) -> Effects:
    """Has the theme in force that the configuration names; returns what is wrong with it."""
    before = newest[0].site.theme if newest else ""
    if before == source.site.theme:
        return Effects()
    themes.put(connection, source.theme)
    wrong = [one for one in source.theme.wrong if one.weight == "loss"]
    doubts = [one for one in source.theme.wrong if one.weight != "loss"]
    return Effects(problems=tuple(wrong), notices=tuple(doubts))


def _compact(ledger: Ledger) -> Effects:
    """Leaves no erased word in the ledger's files; where there is no room, a later run does."""
    try:
        ledger.compact()
    except (DiskFullError, LedgerBusyError) as error:
        what = (
            f"erased words are still in the ledger's files, though in no feed: {error.problem.what}"
        )
        remedy = "the next run deletes them"
        if isinstance(error, DiskFullError):
            remedy = f"make room on this disk: {remedy}"
        told = msgspec.structs.replace(error.problem, what=what, remedy=remedy)
        return Effects(problems=(told,), is_settled=False)
    with ledger.write() as connection:
        settings.drop(connection, _UNCOMPACTED)
    return Effects()


def _due(connection: Connection) -> datetime | None:
    """The moment from which a story is to come, or to go."""
    moments = (
        held_stories.next_due(connection),
        readings.next_expiry(connection),
        ages.next_due(connection),
    )
    return min((moment for moment in moments if moment), default=None)


def _next_due(connection: Connection) -> datetime | None:
    moments = (
        _due(connection),
        outbox.next_due(connection),
        exports.next_due(connection),
        afterwards.next_due(connection),
    )
    return min((moment for moment in moments if moment), default=None)


def _unsaid(connection: Connection) -> tuple[list[Problem], list[Problem]]:
    """What a run had to say, problems and notices, that was stopped before it could."""
    text = settings.find(connection, _UNSAID)
    return msgspec.json.decode(text, type=tuple[list[Problem], list[Problem]]) if text else ([], [])


def say_again(database: Place) -> None:
    """Has the next run look at all decisions as if they were new, and say what there is to say.

    For a ledger in which the pages are still to come that decisions may be about.
    """
    with open_to_write(database).write() as connection:
        settings.drop(connection, _UNSAID)
        forget_decisions(connection)


def said(database: Place) -> None:
    """Notes that what the last run had to say was said."""
    with open_to_write(database).write() as connection:
        settings.drop(connection, _UNSAID)


def _bring_up_to_date(
    run: Run, read: FolderRead, restated: bool, settings_changed: bool
) -> tuple[Effects, tuple[str, ...]]:
    """Decides all that is undecided, and lays decisions over it.

    Returns what that comes to, and lines on a rereading.
    """
    order, source = run.order, run.source
    fingerprint_again(run)
    effects, changes = Effects(), tuple[str, ...]()
    told = are_new(run.connection, source.decisions)
    if told:
        from feeds.publish import imported  # late: seldom needed

        effects += register_decisions(run, source.decisions)
        effects += imported.take_over(run, partial(taken_over, order.newsroom.root))
    if not order.decisions_only:
        effects += pages.files_beside(run) + pages.untold(run)
        fresh, decided = pages.decide(run, restated=restated, returned=bool(read.returned))
        effects += decided
        everything = settings_changed or bool(read.returned)
        effects += pages.try_held(run, fresh, everything=everything)
        if restated or read.returned:
            effects += reread_by_rules(run)
        if order.again:
            reread = reread_pages(run, source.found, accept_new=order.again.accept_new)
            effects += reread.effects + pages.untold(run)
            advice = advice_on(reread, order.again.command, preview=False)
            changes = (*reread.changes, *advice)
    effects += lay_decisions(run, effects, told=told)
    if not order.decisions_only:
        forget_again(run, None if order.again else fresh)
    doubts.note_unknown(run)
    return effects, changes


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
        run = Run(
            connection, order, source, 0, present, Taken(partial(entries.updates, connection))
        )
        reread = reread_pages(run, source.found, accept_new=again.accept_new)
    changes = (*reread.changes, *advice_on(reread, again.command, preview=True))
    return Outcome(None, 0, 0, [], [], changes)


def _check_authority(connection: Connection, site: Site, ledger: Ledger) -> None:
    stored = settings.find(connection, "authority")
    if stored is not None and stored != site.authority:
        raise LedgerError(
            f"this ledger's ids are minted under '{stored}', site.toml says '{site.authority}'",
            file=str(ledger.place),
            field="authority",
            remedy=f'write authority = "{stored}" again if this is the same newsroom, '
            "or name another ledger with --database",
        )
