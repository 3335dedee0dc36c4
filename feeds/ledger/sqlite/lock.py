"""One publisher at a time: a lock file beside the ledger, which also remembers the last run.

The kernel holds the lock and lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from feeds.ledger.sqlite import access
from feeds.model.errors import LedgerBusyError, LedgerError
from feeds.newsroom import files, folder, space


def path_for(database: Path) -> Path:
    """The lock file of the ledger at ``database``."""
    return access.beside(database, access.LOCK)


@contextmanager
def hold(database: Path) -> Iterator[Callable[[bytes], None]]:
    """The publisher's lock for the ledger at ``database``, and what notes a run beside it.

    Raises LedgerBusyError at once if another publisher has it.
    """
    path = path_for(database)
    with _locked(path, database, "'feeds publish'") as descriptor:
        access.settle(database)
        try:
            yield partial(_note, path, descriptor)
        finally:
            access.settle(database)  # a run may have made, or lost, some of the files


@contextmanager
def hold_command(database: Path) -> Iterator[int]:
    """The lock of whoever runs the command after a revision, and its open file.

    Raises LedgerBusyError at once if another has it.
    """
    path = access.beside(database, access.COMMAND_LOCK)
    with _locked(path, database, "command after a revision") as descriptor:
        yield descriptor


@contextmanager
def _locked(path: Path, database: Path, who: str) -> Iterator[int]:
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
                f"another {who} is at work on this ledger",
                file=str(database),
                remedy="nothing was done; the next run will do it",
            ) from error
        yield descriptor
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


def is_used(database: Path) -> bool:
    """Whether there is a lock file."""
    return files.is_there(path_for(database))


def changed(database: Path) -> float:
    """When the ledger was written to, or its log of writes; 0 if that can't be seen."""
    found = [0.0]
    for path in (database, database.with_name(f"{database.name}-wal")):
        with suppress(OSError):
            found.append(path.stat().st_mtime)
    return max(found)


def noted(database: Path) -> bytes:
    """What is noted of the last run; empty if nothing is."""
    try:
        return files.read_regular(path_for(database))
    except OSError:
        return b""


def _note(path: Path, descriptor: int, data: bytes) -> None:
    with space.explained(path, what="noting how the run ended"):
        os.pwrite(descriptor, data, 0)
        os.ftruncate(descriptor, len(data))
