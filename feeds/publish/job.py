"""The cron job: changed pages are read, decided, rendered, gated and committed.

Rules
- One publisher at a time. A run that changes nothing writes nothing to the ledger.
- Deciding, rendering, the gate and the commit are one transaction: subscribers see a
  whole revision or the one before it, whatever happens to the process.
- A ledger that is not the one which was published into last is written to only if that is meant.
- A page that can't be read stops no other. What is new and was not published makes the
  exit code 1, once; ``feeds status`` goes on listing it.
- A decision that can't be understood stops no other, nor any page. Each run says so, with exit
  code 1, until it is mended: it may be a retraction.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feeds import __version__
from feeds.ledger import lock, mark
from feeds.ledger.engines import engine
from feeds.model import unexpected
from feeds.model.errors import ConfigError, FeedsError, GateError, LedgerError
from feeds.model.outcome import Outcome
from feeds.model.problem import Problem
from feeds.model.versions import READER_VERSION, RENDERER_VERSION, SCHEMA_VERSION
from feeds.newsroom import Configuration, Newsroom, folder
from feeds.newsroom.database import Place
from feeds.newsroom.listing import Listing
from feeds.publish.order import Order, Source

if TYPE_CHECKING:
    from feeds.newsroom.site import Site
    from feeds.publish.epochs import Epoch
    from feeds.publish.revision import Revised

_NOTHING = "nothing new"


def publish(order: Order, say: Callable[[Outcome], None] = lambda _: None) -> Outcome:
    """Does what ``order`` asks for: what is new in the newsroom's folder gets into its ledger.

    ``say`` is called with the outcome; until it has returned, another run will say it again.
    Raises FeedsError (ConfigError, LedgerError, GateError …) if the run as a whole can't be done;
    then nothing that was published has changed, unless the error says so.
    """
    root, database = order.newsroom
    begun = time.perf_counter()
    try:
        written = order.newsroom.configuration()
        # it takes a third of a run with nothing new to understand it, and the last run did
        is_known = _is_of(lock.last_run(database), written)
        site = None if is_known else _site(written, order.now)
        listed = Listing(root)
        table = folder.beside(root, folder.TABLE)
        decreed = folder.beside(root, folder.DECISIONS)
        known = mark.known(order.newsroom)
        _refuse_missing(order)
    except FeedsError as error:
        lock.note_failure(database, order.now, error)
        raise
    found = _asked_for(root, listed, order)
    seen = [*found, *(item for item in (table, decreed) if item)]
    make_room(database)
    with lock.hold(database) as held:
        before = lock.last_run(database)
        is_whole = not (order.only or order.again or order.decisions_only)
        is_doubtful = mark.moved(order.newsroom, known) is not None or (
            known is None and os.access(root, os.W_OK)
        )
        if is_whole and before and not is_doubtful and _same_as(before, written, seen, order):
            outcome = Outcome(None, 0, 0, [], [])
            say(outcome)
            ended = msgspec.structs.replace(before, finished=order.now, exit_code=0, said=_NOTHING)
            held.note(_timed(ended, begun))
            return outcome
        # late: they bring SQLAlchemy, and there is news
        from feeds.publish import epochs, revision
        from feeds.publish.sources import decisions_of, outside_of

        site = site or _site(written, order.now)
        if order.again and order.again.preview:
            epochs.refuse_loss(order)
            source = Source(site, outside_of(order, site, table), [], listed, found)
            outcome = revision.preview(order, source)
            say(outcome)
            return outcome
        is_ours = False
        try:
            epoch = epochs.of_rebuilding(order, known)
            is_written = before and before.ledger and before.ledger != lock.signature(database)
            if is_written and not order.rebuild:
                epochs.refuse_mixture(database)
            is_ours = True
            outside = outside_of(order, site, table)
            decided, unread = decisions_of(order, decreed)
            theme = written.theme()  # it may have changed since the configuration was read
            site = site.with_theme(theme.key)
            source = Source(site, outside, decided, listed, found, unread, theme)
            made = _revised(order, source, epoch)
        except FeedsError as error:
            # what was taken back all the same, hubs are to know at once
            due = order.now if isinstance(error, GateError) else None
            ended = lock.failed(before, order.now, error.exit_code, str(error))
            with suppress(FeedsError):  # what it failed for is to be told, not that it isn't noted
                held.note(_timed(_undone(ended, database, due, is_ours=is_ours), begun))
            raise
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            said = f"internal error: {unexpected.summary(error)}"
            ended = lock.failed(before, order.now, FeedsError.exit_code, said)
            with suppress(FeedsError):
                held.note(_timed(_undone(ended, database, None, is_ours=is_ours), begun))
            raise
        outcome = made.outcome
        with epochs.committed(outcome.revision):
            outcome.notices.extend(epochs.keep_mark(order.newsroom))
            say(outcome)
            if outcome.problems or outcome.notices:
                revision.said(database)
            is_settled = made.is_settled and not (order.only or order.decisions_only or unread)
            state = _state(written, seen, order.newsroom) if is_settled else ""
            ended = lock.LastRun(order.now, outcome.exit_code, summary(outcome), state, made.due)
            ledger = lock.signature(database)
            ended = msgspec.structs.replace(
                ended,
                refused=made.refused,
                unrendered=made.unrendered,
                unread=len(unread),
                ledger=ledger,
                exports=made.exports,
            )
            held.note(_timed(ended, begun))
        return outcome


def _timed(run: lock.LastRun, begun: float) -> lock.LastRun:
    """The same run, with how long it took."""
    return msgspec.structs.replace(run, seconds=round(time.perf_counter() - begun, 3))


def _undone(
    ended: lock.LastRun, database: Place, due: datetime | None, *, is_ours: bool
) -> lock.LastRun:
    """What is remembered of a run that failed with the lock, so that the next one does its work.

    ``due``: something else than before is due then, if it isn't None. ``is_ours``: the ledger was
    found to be what the run before left, and only written to since.
    """
    ledger = lock.signature(database) if is_ours else ended.ledger
    return msgspec.structs.replace(ended, state="", due=due or ended.due, ledger=ledger)


def _revised(order: Order, source: Source, epoch: Epoch | None) -> Revised:
    """The revision; if the gate refuses it, decisions take effect all the same, and it raises."""
    from feeds.publish import epochs, revision

    if epoch and epoch.is_damaged:
        from feeds.publish import rebuilding

        return rebuilding.rebuild(order, source, epoch)
    refusal = None
    try:
        return revision.revise(order, source, epoch)
    except GateError as error:
        refusal = error
        refusal.problems = (*source.unread, *error.problems)
    if source.decisions and not order.decisions_only and _has_published(order.newsroom.database):
        # a retraction does not wait for pages
        alone = order._replace(decisions_only=True, accept=())
        revision.revise(alone, source._replace(found=[]), epoch)
        epochs.keep_mark(order.newsroom)  # if it can't be kept, the next run says so
    raise refusal


def _refuse_missing(order: Order) -> None:
    """Raises LedgerError for a ledger that is gone, unless a new one is meant.

    Nothing is made where it was: what is brought back there must find its place free.
    """
    if not order.rebuild and not engine(order.newsroom.database).exists():
        from feeds.publish import epochs

        epochs.refuse_loss(order)


def summary(outcome: Outcome) -> str:
    """What a run did, in one line."""
    if outcome.revision is None:
        return "nothing was published" if outcome.changes else _NOTHING
    if not (outcome.entered or outcome.corrected or outcome.retracted or outcome.begun):
        return f"revision {outcome.revision}: no story changed, but what feeds have or say"
    done = f"{outcome.entered} new, {outcome.corrected} corrected"
    if outcome.retracted:
        done += f", {outcome.retracted} retracted or restored"
    if outcome.begun:
        done += "; the first of another epoch of the ledger"
    return f"revision {outcome.revision}: {done}"


def _has_published(database: Place) -> bool:
    """Whether subscribers have anything yet."""
    from feeds.ledger import revisions
    from feeds.ledger.connect import open_to_read

    ledger = open_to_read(database)
    if ledger is None:
        return False
    with ledger.read() as connection:
        return bool(revisions.latest(connection))


def _same_as(
    before: lock.LastRun, written: Configuration, seen: list[folder.Found], order: Order
) -> bool:
    """Whether the last run saw all this, so that the ledger need not even be opened."""
    if order.rebuild or (before.due and before.due <= order.now):
        return False
    return bool(before.state) and before.state == _state(written, seen, order.newsroom)


def _is_of(before: lock.LastRun | None, written: Configuration) -> bool:
    """Whether the last run, and this program, understood the same configuration."""
    return before is not None and before.state.startswith(_configured(written))


def _configured(written: Configuration) -> str:
    """Changes with the program and the configuration: how ``_state`` begins."""
    versions = (READER_VERSION, RENDERER_VERSION, SCHEMA_VERSION, __version__)
    parts = (*versions, written.data, written.feeds_url, written.looks)
    return f"{hashlib.sha256(msgspec.json.encode(parts)).hexdigest()} "


def _state(written: Configuration, seen: list[folder.Found], newsroom: Newsroom) -> str:
    """Changes with the configuration, the program, any file, the ledger itself and its mark.

    The mark: where a whole disk went back to what it was, all else may be as it was then.
    """
    ledger = lock.signature(newsroom.database)
    pages = [(item.path, item.signature) for item in seen]
    known = mark.known(newsroom)
    looked_at = hashlib.sha256(msgspec.json.encode((ledger, pages, known))).hexdigest()
    return _configured(written) + looked_at


def _site(written: Configuration, now: datetime) -> Site:
    """The configuration; raises ConfigError, also if it is to hold only from a day to come."""
    site = written.site()
    if site.authority_since > now:
        raise ConfigError(
            [
                Problem(
                    "authority-future",
                    f"'{site.authority}' names a day that is still to come (RFC 4151 forbids it)",
                    remedy=f"write the current year, {now.year}, or an earlier one",
                    file=str(written.file),
                    field="authority",
                )
            ]
        )
    return site


def make_room(database: Place) -> None:
    """Makes what the ledger is to lie in if need be; raises LedgerError if that can't be."""
    try:
        engine(database).make_room()
    except OSError as error:
        raise LedgerError(
            f"can't make the ledger's folder: {error.strerror}",
            file=str(error.filename or database),
            remedy="let the user who runs 'feeds publish' write there, "
            "or name another ledger with --database",
        ) from error


def _asked_for(root: Path, listed: Listing, order: Order) -> list[folder.Found]:
    """The pages that the run is to look at; raises FeedsError for a name that is none.

    Who names some has nothing else looked at.
    """
    if not order.only:
        return [] if order.decisions_only else [*listed.everything.values()]
    chosen: dict[str, folder.Found] = {}
    base = root.resolve()
    for path in order.only:
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        matches: list[folder.Found] = []
        if absolute == base:
            matches = [*listed.everything.values()]
        elif absolute.is_relative_to(base):
            matches = folder.pages(root, absolute.relative_to(base).as_posix())
        if not matches:
            raise FeedsError(
                "no page of this newsroom",
                file=str(path),
                remedy=f"name files or folders in {root}",
            )
        chosen |= {item.path: item for item in matches}
    return sorted(chosen.values(), key=lambda item: item.path)
