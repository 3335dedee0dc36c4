"""One publisher at a time, and how the last run ended: each engine has its lock, and a note by it.

Whoever has the lock loses it when the process ends, however it ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Annotated

import msgspec

from feeds.ledger.engines import engine
from feeds.model.errors import FeedsError, LedgerBusyError
from feeds.newsroom.database import Place

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
PUBLISHED = 1
"""The highest exit code of a run after which there is a revision."""
_TRY_SECONDS = 0.02
"""Whoever waits for the lock looks so often: a run that follows another takes longer to begin."""


class LastRun(msgspec.Struct, frozen=True):
    """The last ``publish`` that came to its end. ``finished`` is in UTC.

    ``state`` stands for all that the run looked at, empty if something was left undone;
    ``due`` is the moment from which a held story may be tried again, or a hub or a target of
    exports is to be told.
    ``ledger`` is the signature of the ledger's file, as the program itself left it.
    ``published``: this run, or one before it, left a revision in the ledger. ``refused``: of so
    many pages that are there nothing could be made; ``unrendered``: so many feeds are as before;
    ``unread``: so many decisions can't be understood. ``exports``: the targets that each revision
    is exported to, as far as the ledger was asked. ``seconds`` is how long the
    run took, None if it was not measured.
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
    seconds: float | None = None


class Lock:
    """The held lock, in which the end of the run is noted, by ``put``."""

    def __init__(self, put: Callable[[bytes], None], before: LastRun | None) -> None:
        self._put = put
        self._has_published = before is not None and before.published

    def note(self, run: LastRun) -> None:
        """Remembers how the run ended, and that something was published if it ever was.

        Raises DiskFullError or LedgerError; what the run did is done all the same.
        """
        published = run.exit_code <= PUBLISHED or self._has_published
        self._put(msgspec.json.encode(msgspec.structs.replace(run, published=published)))


@contextmanager
def hold(database: Place, patience: float = 0.0) -> Iterator[Lock]:
    """The publisher's lock for the ledger at ``database``.

    Raises LedgerBusyError if another publisher has it, and goes on to for ``patience`` seconds.
    """
    with ExitStack() as stack:
        put = _taken(database, patience, stack)
        yield Lock(put, last_run(database))


def _taken(database: Place, patience: float, stack: ExitStack) -> Callable[[bytes], None]:
    until = time.monotonic() + patience
    while True:
        try:
            return stack.enter_context(engine(database).hold())
        except LedgerBusyError:
            if time.monotonic() >= until:
                raise
        time.sleep(_TRY_SECONDS)


@contextmanager
def hold_command(database: Place) -> Iterator[int]:
    """The lock of whoever runs the command after a revision of the ledger at ``database``.

    Gives a descriptor: a process that has it open as well keeps the lock until it ends. Raises
    LedgerBusyError at once if another has the lock.
    """
    with engine(database).hold_command() as descriptor:
        yield descriptor


def is_held(database: Place) -> bool:
    """Whether a publisher is at work on the ledger at ``database``, as far as that can be seen.

    To see it may be to share the lock for an instant, in which no publisher could begin: so this is
    for who has reason to ask.
    """
    return engine(database).is_held()


def notes_place(database: Place) -> str:
    """Where the last run is noted, for people."""
    return engine(database).notes_place


def wait(database: Place, patience: float) -> float:
    """Returns when nobody publishes any more, or after ``patience`` seconds; how long that took."""
    begun = time.monotonic()
    while is_held(database) and time.monotonic() - begun < patience:
        time.sleep(_TRY_SECONDS)
    return time.monotonic() - begun


def signature(database: Place) -> str:
    """Changes whenever somebody wrote to the ledger; empty if none is to be seen."""
    return engine(database).signature()


@contextmanager
def writing(database: Place) -> Iterator[None]:
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


def note_exports(database: Place, targets: Sequence[str], due: datetime | None) -> None:
    """Remembers the ``targets`` of exports, so that a run knows them without the ledger.

    From ``due`` on, something is to get to one of them. Nothing is noted while another has the
    lock: then the next export does it.
    """
    with suppress(FeedsError), hold(database) as held:
        last = last_run(database)
        if last is None:
            return
        sooner = min((one for one in (last.due, due) if one), default=None)
        if (last.exports, last.due) != (tuple(targets), sooner):
            held.note(msgspec.structs.replace(last, exports=tuple(targets), due=sooner))


def note_trouble(database: Place, exit_code: int) -> None:
    """Remembers that the last run ended with ``exit_code`` at least, by what came after it.

    Nothing is noted while another has the lock: that one sees it for itself.
    """
    with suppress(FeedsError), hold(database) as held:
        last = last_run(database)
        if last and last.exit_code < exit_code:
            held.note(msgspec.structs.replace(last, exit_code=exit_code))


def failed(before: LastRun | None, now: datetime, exit_code: int, said: str) -> LastRun:
    """How a run ended at ``now`` that failed; all else is known as it was ``before``."""
    known = before or LastRun(now, exit_code, said)
    return msgspec.structs.replace(
        known, finished=now, exit_code=exit_code, said=said, seconds=None
    )


def note_failure(database: Place, now: datetime, error: FeedsError) -> None:
    """Remembers a run that ended with ``error`` at ``now``, before it could hold the lock.

    Nothing is noted where no run ever was, nor while another has the lock.
    """
    if not engine(database).is_used():
        return
    with suppress(FeedsError), hold(database) as held:
        held.note(failed(last_run(database), now, error.exit_code, str(error)))


def last_run(database: Place) -> LastRun | None:
    """How the last run ended; None if none is known."""
    return run_of(engine(database).noted())


def run_of(note: bytes) -> LastRun | None:
    """The run of which ``note`` tells; None if it tells of none."""
    try:
        found = msgspec.json.decode(note, type=LastRun)
    except msgspec.DecodeError:
        return None
    if found.exit_code <= PUBLISHED:  # noted before runs said so themselves
        return msgspec.structs.replace(found, published=True)
    return found
