"""One publisher at a time: a lock file beside the ledger, which also remembers the last run.

The kernel holds the lock and lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from feeds.errors import LedgerBusyError, LedgerError


class LastRun(msgspec.Struct, frozen=True):
    """The last ``publish`` that came to its end. ``finished`` is in UTC.

    ``state`` stands for all that the run looked at, empty if something was left undone;
    ``due`` is the moment from which a held story may be tried again, or a hub is to be told.
    """

    finished: datetime
    exit_code: int
    said: str
    state: str = ""
    due: datetime | None = None


class Lock:
    """The held lock, in which the end of the run is noted."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def note(self, run: LastRun) -> None:
        """Remembers how the run ended."""
        data = msgspec.json.encode(run)
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
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
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
        yield Lock(descriptor)
    finally:
        os.close(descriptor)


def last_run(database: Path) -> LastRun | None:
    """How the last run ended; None if none is known."""
    try:
        return msgspec.json.decode(path_for(database).read_bytes(), type=LastRun)
    except (OSError, msgspec.DecodeError):
        return None
