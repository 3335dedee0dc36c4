"""One publisher at a time: a lock file beside the ledger, which also remembers the last run.

The kernel holds the lock and lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from feeds.ledger import access
from feeds.model.errors import FeedsError, LedgerBusyError, LedgerError
from feeds.newsroom import files, folder, space

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_PUBLISHED = 1
"""The highest exit code of a run after which there is a revision."""


class LastRun(msgspec.Struct, frozen=True):
    """The last ``publish`` that came to its end. ``finished`` is in UTC.

    ``state`` stands for all that the run looked at, empty if something was left undone;
    ``due`` is the moment from which a held story may be tried again, or a hub is to be told.
    ``ledger`` is the signature of the ledger's file, as the program itself left it.
    ``published``: this run, or one before it, left a revision in the ledger. ``refused``: of so
    many pages that are there nothing could be made; ``unrendered``: so many feeds are as before;
    ``unread``: so many decisions can't be understood. ``exports``: the targets that each revision
    is exported to; runs that don't know of any leave them as they are.
    """

    finished: _Moment
    exit_code: int
    said: str
    state: str = ""
    due: _Moment | None = None
    published: bool = False
    refused: int = 0
    unrendered: int = 0
    unread: int = 0
    ledger: str = ""
    exports: tuple[str, ...] = ()


class Lock:
    """The held lock, in which the end of the run is noted; ``before`` is the last one."""

    def __init__(self, path: Path, descriptor: int, before: LastRun | None) -> None:
        self._path = path
        self._descriptor = descriptor
        self._has_published = before is not None and before.published
        self._exports = before.exports if before else ()

    def forget_exports(self) -> None:
        """Has what is noted next say which targets there are, also if there are none."""
        self._exports = ()

    def note(self, run: LastRun) -> None:
        """Remembers how the run ended, and that something was published if it ever was.

        Raises DiskFullError; what the run did is done all the same.
        """
        published = run.exit_code <= _PUBLISHED or self._has_published
        run = msgspec.structs.replace(run, exports=run.exports or self._exports)
        data = msgspec.json.encode(msgspec.structs.replace(run, published=published))
        with space.explained(self._path, what="noting how the run ended"):
            os.pwrite(self._descriptor, data, 0)
            os.ftruncate(self._descriptor, len(data))


def path_for(database: Path) -> Path:
    """The lock file of the ledger at ``database``."""
    return database.with_name(database.name + ".lock")


@contextmanager
def hold(database: Path) -> Iterator[Lock]:
    """The publisher's lock for the ledger at ``database``.

    Raises LedgerBusyError at once if another publisher has it.
    """
    path = path_for(database)
    try:
        with space.explained(path):
            descriptor = _opened(path)
    except OSError as error:
        raise LedgerError(
            f"can't write beside the ledger: {error.strerror}",
            file=str(path),
            remedy="let the user who runs 'feeds publish' own this file and its folder",
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LedgerBusyError(
                "another 'feeds publish' is at work on this ledger",
                file=str(database),
                remedy="nothing was done; the next run will do it",
            ) from error
        access.settle(database)
        try:
            yield Lock(path, descriptor, last_run(database))
        finally:
            access.settle(database)  # a run may have made, or lost, some of the files
    finally:
        os.close(descriptor)


def is_held(database: Path) -> bool:
    """Whether a publisher is at work on the ledger at ``database``, as far as that can be seen.

    To see it is to share the lock for an instant, in which no publisher could begin: so this is
    for who has reason to ask.
    """
    try:
        descriptor = os.open(path_for(database), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # there is none, or this user may not look
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _opened(path: Path) -> int:
    """The lock file, made if need be. Raises OSError, also if something else is there."""
    with suppress(FileNotFoundError):
        files.refuse_other_kinds(path, path.stat())
    access.make_empty(path)
    return os.open(path, os.O_RDWR | os.O_CLOEXEC)


def signature(database: Path) -> str:
    """Changes whenever somebody wrote to the ledger's file; empty if none is to be seen."""
    try:
        return folder.signature(database.stat())
    except OSError:  # whoever opens it says why it can't be looked at
        return ""


@contextmanager
def writing(database: Path) -> Iterator[None]:
    """A block in which the program writes to the ledger, and is no run.

    It is remembered as what the last run left, or the next would look through all of it for damage;
    and so it does if the ledger was not that when the block began, or another run had the lock.
    """
    before, found = last_run(database), signature(database)
    try:
        yield
    finally:
        if before and before.ledger == found != signature(database):
            with suppress(FeedsError), hold(database) as held:
                if (last := last_run(database)) and last.ledger == found:
                    held.note(msgspec.structs.replace(last, ledger=signature(database)))


def note_exports(database: Path, targets: Sequence[str]) -> None:
    """Remembers the ``targets`` of exports, so that a run knows them without the ledger.

    Nothing is noted while another has the lock: then the next export does it.
    """
    with suppress(FeedsError), hold(database) as held:
        last = last_run(database)
        if last and last.exports != tuple(targets):
            held.forget_exports()
            held.note(msgspec.structs.replace(last, exports=tuple(targets)))


def failed(before: LastRun | None, now: datetime, exit_code: int, said: str) -> LastRun:
    """How a run ended at ``now`` that failed; all else is known as it was ``before``."""
    known = before or LastRun(now, exit_code, said)
    return msgspec.structs.replace(known, finished=now, exit_code=exit_code, said=said)


def note_failure(database: Path, now: datetime, error: FeedsError) -> None:
    """Remembers a run that ended with ``error`` at ``now``, before it could hold the lock.

    Nothing is noted where no run ever was, nor while another has the lock.
    """
    if not files.is_there(path_for(database)):
        return
    with suppress(FeedsError), hold(database) as held:
        held.note(failed(last_run(database), now, error.exit_code, str(error)))


def last_run(database: Path) -> LastRun | None:
    """How the last run ended; None if none is known."""
    try:
        found = msgspec.json.decode(files.read_regular(path_for(database)), type=LastRun)
    except (OSError, msgspec.DecodeError):
        return None
    if found.exit_code <= _PUBLISHED:  # noted before runs said so themselves
        return msgspec.structs.replace(found, published=True)
    return found
