"""Going back to a copy of the ledger: it is checked, completed, and takes the ledger's place.

Rules
- Until the copy is complete in every way, in a file of its own, the ledger is not touched. Then
  its place is taken at once: whoever reads, and whatever is killed, there is one or the other.
- The ledger that was there is kept.
- What was retracted since the copy was made stays retracted: what editors decided is laid over the
  copy before anybody is served from it. So does a key that was revoked, and none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.ledger import (
    documents,
    entries,
    integrity,
    keys,
    lock,
    mark,
    revisions,
    settings,
)
from feeds.ledger.connect import SCHEMA, Ledger, prepare, schema_of
from feeds.ledger.engines import engine
from feeds.ledger.faults import DAMAGED, UNREADABLE
from feeds.ledger.keys import Key
from feeds.ledger.mark import Mark, Origin
from feeds.ledger.revisions import Revision
from feeds.ledger.sqlite import access, backup, files
from feeds.ledger.sqlite.connect import enter_wal
from feeds.model import ACCEPTABLE
from feeds.model.errors import GateError, LedgerError
from feeds.model.problem import Problem
from feeds.model.versions import SCHEMA_VERSION
from feeds.newsroom import Newsroom, folder, space
from feeds.newsroom.listing import Listing
from feeds.newsroom.site import Site
from feeds.publish import epochs, revision
from feeds.publish.decisions import in_force
from feeds.publish.epochs import Epoch
from feeds.publish.job import make_room
from feeds.publish.order import Order, Source
from feeds.publish.revision import Revised
from feeds.publish.sources import decisions_of, outside_of

_OTHER_COPY = "name another copy; the ledger stays as it is"


class Restored(NamedTuple):
    """What was done: the ledger is at ``mark``, and had been at ``copied`` when it was copied.

    ``kept`` is where the ledger of before is, None if there was none. ``is_another``: the copy is
    of another ledger of this newsroom than the one whose place it took. ``unread`` are decisions
    that can't be understood.
    """

    mark: Mark
    copied: Revision
    entries: int
    kept: Path | None
    is_another: bool
    notices: list[Problem]
    unread: Sequence[Problem]


class _Present(NamedTuple):
    """The ledger that is there: how far it had come, of when its newest document is, its keys.

    Without ``mark`` it is damaged, or there is none.
    """

    is_there: bool
    mark: Mark | None = None
    served: datetime | None = None
    keys: Sequence[Key] = ()


class _Copy(NamedTuple):
    """The copy, as it was: its newest revision, its id, its entries."""

    newest: Revision
    ledger: str
    entries: int


def restore(newsroom: Newsroom, file: Path, now: datetime) -> Restored:
    """Has the newsroom's ledger go back to the copy in ``file``, and begin another epoch.

    Raises LedgerError, or DiskFullError, and has changed nothing, if ``file`` can't be used, is of
    another newsroom, or another publisher is at work; ConfigError for what editors wrote.
    """
    site = newsroom.site()
    database = engine(newsroom.database).file()
    _refuse_others(database, file)
    place = database.resolve()
    make_room(place)
    with lock.hold(database) as held:
        known = mark.known(newsroom)
        present = _present(database)
        needed = 2 * files.size(file) + files.size(place)
        space.require(place, needed, "the copy, and the ledger that is kept")
        with space.explained(place), files.fresh(place) as staged:
            _copy(file, staged)
            copy = _checked(staged, file, site)
            epoch = _epoch(copy, file, known, present)
            with Ledger(staged, read_only=False).write() as connection:
                keys.take_over(connection, present.keys)
            made, unread = _complete(Order(newsroom, now), staged, epoch, present)
            revision.say_again(staged)
            kept = _take_place(staged, place, present, file)
        with Ledger(database, read_only=False).read() as connection:
            reached, count = revisions.mark(connection), entries.count(connection)
        notices = epochs.keep_mark(newsroom)
        said = f"restored from {file}: revision {reached.revision}"
        written = lock.signature(database)
        ended = lock.LastRun(now, int(bool(unread)), said, due=made.due, refused=made.refused)
        held.note(msgspec.structs.replace(ended, unread=len(unread), ledger=written))
    is_another = bool(copy.ledger and copy.ledger != reached.ledger)
    return Restored(reached, copy.newest, count, kept, is_another, notices, unread)


def _refuse_others(database: Path, file: Path) -> None:
    """Raises LedgerError for what is no file, the ledger itself, or may be deleted here."""
    try:
        if not files.is_regular(file):
            raise LedgerError("this is no regular file", file=str(file), remedy=_OTHER_COPY)
        if files.exists(database) and database.samefile(file):
            raise LedgerError("this is the ledger itself", file=str(file), remedy=_OTHER_COPY)
        if access.is_own_name(file, database):
            remedy = "give it another name, and name that; nothing was changed"
            raise LedgerError(access.OWN_NAME, file=str(file), remedy=remedy)
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> LedgerError:
    what = f"this copy can't be read: {error.strerror}"
    remedy = "name a file made with 'feeds backup', which this user may read"
    return LedgerError(what, file=str(file), remedy=remedy)


def _present(database: Path) -> _Present:
    """What there is now. Raises LedgerError for another program's file, or one that is locked."""
    if not files.exists(database) or not database.stat().st_size:
        return _Present(False)
    try:
        with Ledger(database, read_only=False).read() as connection:
            found = schema_of(database, connection)
            if not found:
                return _Present(False)
            # a key that was revoked since the copy was made is not to open anything again
            known = keys.all_keys(connection) if found == SCHEMA_VERSION else ()
            newest = documents.newest_moment(connection)
            return _Present(True, revisions.mark(connection), newest, known)
    except LedgerError as error:
        if error.problem.code not in UNREADABLE | {SCHEMA}:
            raise
        return _Present(True)


def _copy(file: Path, staged: Path) -> None:
    try:
        with space.explained(staged, files.size(file), "the copy"):
            files.copy_whole(file, staged)
    except OSError as error:
        raise _unreadable(file, error) from error


def _checked(staged: Path, file: Path, site: Site) -> _Copy:
    """What is in the copy, brought to the present schema. Raises LedgerError if it is of no use."""
    ledger = Ledger(staged, read_only=False)
    try:
        with ledger.read() as connection:
            if not schema_of(file, connection):
                raise LedgerError("nothing is in this file", file=str(file), remedy=_OTHER_COPY)
            if faults := integrity.file_faults(connection):
                raise LedgerError(faults[0], code=DAMAGED)
            name = revisions.ledger_id(connection)
        prepare(ledger)
        with ledger.read() as connection:
            authority = settings.find(connection, "authority")
            newest = revisions.latest(connection)
            count = entries.count(connection)
    except LedgerError as error:
        if error.problem.code not in UNREADABLE:
            raise
        what = f"this copy is damaged: {error.problem.what}"
        raise LedgerError(what, file=str(file), remedy=_OTHER_COPY, code=DAMAGED) from error
    if not newest:
        raise LedgerError(
            "nothing was ever published into this ledger", file=str(file), remedy=_OTHER_COPY
        )
    if authority != site.authority:
        raise LedgerError(
            f"this is another newsroom's ledger: its ids are minted under '{authority}', "
            f"site.toml says '{site.authority}'",
            file=str(file),
            remedy=_OTHER_COPY,
        )
    return _Copy(newest[0], name, count)


def _epoch(copy: _Copy, file: Path, known: Mark | None, present: _Present) -> Epoch:
    """The epoch that begins with the copy: after all that was ever published."""
    marks = tuple(one for one in (known, present.mark) if one)
    newest = copy.newest
    origin = Origin("restored", newest.number, newest.committed, str(file.resolve()))
    name = next((one.ledger for one in marks if one.ledger), "")
    return Epoch(origin, marks, name, present.served)


def _complete(
    order: Order, staged: Path, epoch: Epoch, present: _Present
) -> tuple[Revised, Sequence[Problem]]:
    """Begins ``epoch`` in the copy, with what editors decided; returns what can't be understood."""
    root = order.newsroom.root
    site = order.newsroom.site()
    listed = Listing(root)
    outside = outside_of(order, site, folder.beside(root, folder.TABLE))
    decided, unread = decisions_of(order, folder.beside(root, folder.DECISIONS))
    source = Source(site, outside, decided, listed, [], unread)
    if unread and present.mark:  # what the copy never saw may be what can't be understood by now
        with Ledger(order.newsroom.database, read_only=False).read() as connection:
            source = in_force(connection, source)
    alone = order._replace(newsroom=Newsroom(root, staged), decisions_only=True)
    try:
        return revision.revise(alone, source, epoch), unread
    except GateError:  # of many retractions, say: what was decided must not wait for anybody
        return revision.revise(alone._replace(accept=tuple(ACCEPTABLE)), source, epoch), unread


def _take_place(staged: Path, place: Path, present: _Present, file: Path) -> Path | None:
    """Puts the finished copy at ``place``; returns where what was there is kept.

    That is not in ``file``, which stays as it is.
    """
    if at := present.mark:
        kept = place.with_name(f"{place.name}.kept-{at.epoch}-{at.revision}")
        if kept.exists() and kept.samefile(file):
            kept = kept.with_name(f"{kept.name}-again")
        try:
            backup.copy(place, kept)
        except LedgerError as error:
            if error.problem.code not in UNREADABLE:
                raise
        else:
            enter_wal(place)
            backup.overwrite(staged, place)
            return kept
    aside = files.set_aside(place) if present.is_there else None
    files.take_place(staged, place)
    return aside
