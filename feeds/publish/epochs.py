"""Epochs: where a ledger goes back to a copy, or is made anew, its revisions begin another one.

Whoever was served a revision knows it by epoch and number, so that what comes after is always newer
than what was lost: to the website's workers, to the mark, and to feed readers that ask by date.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import documents, integrity, loss, mark, revisions
from feeds.ledger.connect import Ledger, exists, schema_of
from feeds.ledger.engines import restore
from feeds.ledger.faults import DAMAGED
from feeds.ledger.mark import Mark, Origin
from feeds.model.errors import DiskFullError, FeedsError, LedgerError
from feeds.model.problem import Problem
from feeds.model.versions import SCHEMA_VERSION
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Place, is_shared
from feeds.publish.order import Order

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SECOND = timedelta(seconds=1)


class Epoch(NamedTuple):
    """An epoch to begin: after all ``marks``, and with documents that are newer than ``served``.

    ``ledger`` is the id that the ledger goes on with, empty for its own. ``is_damaged``: the one
    that is there can't be gone on with.
    """

    origin: Origin
    marks: tuple[Mark, ...]
    ledger: str = ""
    served: datetime | None = None
    is_damaged: bool = False


def refuse_loss_of(newsroom: Newsroom) -> None:
    """The same of a ``newsroom`` in which nothing is published just now."""
    loss.refuse_loss(newsroom, read_only=False)


def refuse_loss(order: Order) -> None:
    """Raises LedgerError if the ledger is not the one that was published into last.

    The caller has the lock, or there is no ledger.
    """
    loss.refuse_loss(order.newsroom, read_only=False)


def refuse_mixture(database: Place) -> None:
    """Raises LedgerError for a ledger that is damaged; the caller has the lock.

    Where another file was copied into the ledger's place, SQLite takes the log that was left
    beside it for that file's own, and what comes of that may look like the ledger from afar.
    """
    if not exists(database):
        return
    with Ledger(database, read_only=False).read() as connection:
        if not schema_of(database, connection):
            return
        faults = integrity.file_faults(connection)
        lost = [f"rows of '{found.table}' are missing" for found in integrity.orphans(connection)]
    if found := [*faults, *lost]:
        what = f"damaged since the last run, as by a copy beside which -wal was left: {found[0]}"
        raise LedgerError(what, file=str(database), remedy=restore(database), code=DAMAGED)


def of_rebuilding(order: Order, known: Mark | None) -> Epoch | None:
    """The epoch that ``order`` begins by taking the ledger as it is; the caller has the lock.

    None if the ledger is as ``known``, and whole. Raises LedgerError if it isn't, and that isn't
    meant; or if it is, and there is nothing to rebuild.
    """
    if not order.rebuild:
        refuse_loss(order)
        return None
    if _is_damaged(order.newsroom.database):
        return _after_damage(order.newsroom.database, known)
    found = loss.found_mark(order.newsroom, read_only=False)
    if loss.find_loss(order.newsroom, read_only=False) is None:
        if found is None or not found.revision:
            return None  # the first run there is
        raise FeedsError(
            "this is the ledger that was published into last: there is nothing to rebuild",
            file=str(order.newsroom.database),
            remedy="leave out --rebuild, which is for a ledger that was lost or damaged",
            code="nothing-to-rebuild",
        )
    copy = mark.moved(order.newsroom, found)
    marks = tuple(one for one in (known, found, copy[1] if copy else None) if one)
    origin = Origin("rebuilt", found.revision if found else 0)
    return Epoch(origin, marks, known.ledger if known else "")


def _is_damaged(database: Place) -> bool:
    """Whether anything in the ledger can't be read, or belongs to nothing."""
    if not exists(database):
        return False
    try:
        with Ledger(database, read_only=False).read() as connection:
            schema = schema_of(database, connection)
            if schema == SCHEMA_VERSION:
                with closing(integrity.damage(connection)) as found:
                    return any(found)
            return bool(schema) and bool(integrity.file_faults(connection))
    except LedgerError as error:
        if error.problem.code != DAMAGED:
            raise
        return True


def _after_damage(database: Place, known: Mark | None) -> Epoch:
    """The epoch after all that was published, as far as the damaged ledger tells besides."""
    found, served = None, None
    with suppress(LedgerError), Ledger(database, read_only=False).read() as connection:
        found = revisions.mark(connection)
        served = documents.newest_moment(connection)
    marks = tuple(one for one in (known, found) if one)
    name = next((one.ledger for one in marks if one.ledger), "")
    origin = Origin("rebuilt")
    return Epoch(origin, marks, name, served, is_damaged=True)


def begin_epoch(connection: Connection, epoch: Epoch, now: datetime) -> int:
    """Begins ``epoch``; returns the number of the revision that is the first in it."""
    marks = (*epoch.marks, revisions.mark(connection))
    number = max(one.revision for one in marks) + 1
    revisions.set_epoch(connection, max(one.epoch for one in marks) + 1)
    revisions.add_origin(connection, number, epoch.origin)
    if epoch.ledger:
        revisions.set_ledger_id(connection, epoch.ledger)
    # or who has a document of a lost revision would hear that nothing is newer
    moment = max(now, epoch.served + _SECOND) if epoch.served else now
    documents.renew(connection, moment)
    return number


def announce(newsroom: Newsroom, found: Mark) -> str:
    """Notes that a revision is about to be committed where publishers elsewhere could as well.

    Returns the word that it is to have, empty where they couldn't. Raises LedgerError if it can't
    be noted: the next run would take these pages for another copy of them.
    """
    if not is_shared(newsroom.database):
        return ""
    try:
        return mark.announce(newsroom, found)
    except OSError as error:
        raise LedgerError(
            f"what is published can't be noted here: {error.strerror or error}",
            file=str(newsroom.root / mark.FILE),
            remedy=f"let the user who runs 'feeds publish' write into {newsroom.root}: other "
            "machines reach the ledger, and it tells copies of the pages apart by that file",
            code="mark-unwritten",
        ) from error


@contextmanager
def committed(revision: int | None) -> Iterator[None]:
    """A block behind the commit of ``revision``, None if there was none.

    What can't be noted there raises LedgerError or DiskFullError, which says what is published.
    """
    try:
        yield
    except (DiskFullError, LedgerError) as error:
        if revision is None:
            raise
        raise type(error)(
            f"revision {revision} is published, but how the run ended can't be noted: "
            f"{error.problem.what}",
            file=error.problem.file,
            remedy="mend that, and run it again: it finds out what is published",
            code=error.problem.code,
        ) from error


def keep_mark(newsroom: Newsroom) -> list[Problem]:
    """Notes how far the ledger has come; returns what to say of that, which stops nothing."""
    found = loss.found_mark(newsroom)
    if found is None:
        return []
    known = mark.known(newsroom)
    # the first was announced, where publishers elsewhere could have made it
    begun = found.revision == 1 and not (known and known.revision)
    others = mark.others(newsroom, found) if begun else []
    try:
        mark.keep(newsroom, found)
    except DiskFullError as error:
        return [_unkept(newsroom, error.problem.what, error.problem.remedy)]
    except OSError as error:
        remedy = f"let the user who runs 'feeds publish' write {mark.FILE} into {newsroom.root}"
        return [_unkept(newsroom, error.strerror or str(error), remedy)]
    return [_another(newsroom, others)] if others else []


def _another(newsroom: Newsroom, others: list[str]) -> Problem:
    what = (
        f"this is a ledger of its own: these pages were published into {', '.join(others)} before"
    )
    remedy = "name that one with --database, if it was meant"
    return Problem("ledger-begun", what, remedy=remedy, file=str(newsroom.database))


def _unkept(newsroom: Newsroom, why: str, remedy: str) -> Problem:
    what = f"how far the ledger has come can't be noted, so that its loss would not be seen: {why}"
    return Problem("mark-unwritten", what, remedy=remedy, file=str(newsroom.root / mark.FILE))
