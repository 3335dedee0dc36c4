"""What the command ``on_problem`` is still to hear, and what it has heard: a file.

Rules
- It is beside the ledger; what stands in for it is among this user's temporary files.
- Who may not read unpublished words may not read it; no link that somebody put there is followed.
- Nothing is written over before it is known that there is room for what takes its place.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from feeds.newsroom import Newsroom, space

_PADDING = b"\0"
STATE, CALLING = 0, 1
"""Bytes of the file that are locked: while it is changed, while the command is at work."""


class Call(msgspec.Struct, frozen=True):
    """What the command is to be told.

    ``words`` are all that the run had to say, ``first`` is the first new problem of ``count``.
    """

    words: str
    first: str
    count: int
    exit_code: int
    since: datetime
    due: datetime
    failures: int = 0


class Memory(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which problems are ``known``, by digests, and what is still to be told of them."""

    known: tuple[str, ...] = ()
    call: Call | None = None


def places(newsroom: Newsroom) -> tuple[Path, Path]:
    """The file, and the one that stands in for it, among temporary files."""
    place = newsroom.database
    called = hashlib.sha256(f"{newsroom.root}\n{place}".encode()).hexdigest()[:16]
    elsewhere = space.temporary_folder() / f"feeds-problems-{os.geteuid()}-{called}"
    with suppress(PermissionError):  # the folders above can't be looked into
        if isinstance(place, Path) and place.parent.is_dir():
            place = Path(os.path.realpath(place))  # the same by whatever name it is called
            return place.with_name(f"{place.name}.problems"), elsewhere
    return elsewhere, elsewhere


def has_something(file: Path) -> bool:
    """Whether there is anything in the file, as far as that can be seen."""
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


@contextmanager
def opened(file: Path) -> Iterator[int]:
    """The open file, made if need be; raises OSError, also for what somebody else put there."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(file, flags, 0o600)
    try:
        found, above = os.fstat(descriptor), file.parent.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_uid not in {os.geteuid(), above.st_uid}:
            raise PermissionError("this is another user's, or no file")
        if os.geteuid() == 0:  # what root types once must not keep out whom cron runs as
            os.fchown(descriptor, above.st_uid, above.st_gid)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def locked(descriptor: int) -> Iterator[None]:
    """A block in which nobody else changes the file."""
    fcntl.lockf(descriptor, fcntl.LOCK_EX, 1, STATE)
    try:
        yield
    finally:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, STATE)


def try_lock(descriptor: int, byte: int) -> bool:
    """Locks a byte of the file until it is closed; False if another has it."""
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):
        return False
    return True


def change(file: Path, changed: Callable[[Memory], Memory]) -> None:
    """Puts what ``changed`` makes of it in place of what is in the file. Raises OSError."""
    with opened(file) as descriptor, locked(descriptor):
        write(descriptor, changed(read(descriptor)))


def read(descriptor: int) -> Memory:
    """What is in the file: nothing, if that can't be understood."""
    data = os.pread(descriptor, os.fstat(descriptor).st_size, 0).rstrip(_PADDING)
    try:
        return msgspec.json.decode(data, type=Memory)
    except msgspec.DecodeError:  # empty, or half written
        return Memory()


def write(descriptor: int, memory: Memory) -> None:
    """Keeps ``memory`` there. Raises OSError; where there is no room, what was there stays."""
    data = b"" if memory == Memory() else msgspec.json.encode(memory)
    before = os.fstat(descriptor).st_size
    try:  # that there is no room is found out before anything is written over
        _fill(descriptor, _PADDING * (len(data) - before), before)
    except OSError:
        os.ftruncate(descriptor, before)
        raise
    _fill(descriptor, data, 0)
    os.ftruncate(descriptor, len(data))


def _fill(descriptor: int, data: bytes, start: int) -> None:
    while data:
        written = os.pwrite(descriptor, data, start)
        data, start = data[written:], start + written
