"""Who is to hear of it when a run needs a person: the command ``on_problem``.

Rules
- It is run once for each problem that is new, however many runs find it again, and once more if it
  was gone meanwhile. That another run is at work is no problem: the next run does it.
- What it is to be told is kept in a file before a run is done with it, and deleted when the command
  took it, so that it is told at least once, also by the run after one that was killed.
- The file is beside the ledger; where the ledger's folder is gone, or on another machine, among
  this user's temporary files, which is enough to say a thing once.
- The command may run ``feeds`` itself. Two are never at work at once: who comes second leaves what
  it has to tell to the first.
- Nothing here stops or undoes a run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from feeds.model.errors import ConfigError, FeedsError, LedgerBusyError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, Newsroom

_MOST_KNOWN = 1000
_MOST_WORDS = 64 * 1024
_LONGEST = 500
_ROUNDS = 2
_NUMBER = re.compile(r"\d+")
_STATE, _CALLING = 0, 1
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


def heed(
    newsroom: Newsroom,
    now: datetime,
    problems: Sequence[Problem],
    words: str,
    exit_code: int,
    *,
    is_whole: bool,
    area: str = "run",
) -> None:
    """Remembers what a run at ``now`` found, for the command; see ``call``.

    ``words`` are what it says to people. ``is_whole``: it looked at everything there is, so that
    other problems of its ``area`` are over. Raises nothing that has to do with that file.
    """
    file, elsewhere = _file(newsroom), _among_temporary(newsroom)
    if is_whole and file != elsewhere:
        with suppress(OSError):  # what was said there is over: the ledger's folder is back
            elsewhere.unlink()
    if not problems and not (is_whole and _has_something(file)):
        return
    if problems and not _command(newsroom):
        return
    with suppress(OSError), _opened(file) as descriptor, _locked(descriptor):
        memory = _read(descriptor)
        found = {f"{area} {_digest(one)}": one for one in problems}
        new = [one for digest, one in found.items() if digest not in memory.known]
        over = f"{area} " if is_whole else None
        before = [
            one for one in memory.known if one not in found and not (over and one.startswith(over))
        ]
        known = (*before, *found)[-_MOST_KNOWN:]
        _write(descriptor, Memory(known, _added(memory.call, new, words, exit_code, now)))


def heed_error(newsroom: Newsroom, now: datetime, error: Exception) -> None:
    """Remembers what ended a run that did nothing, or what the gate has against it."""
    if isinstance(error, LedgerBusyError):
        return
    if isinstance(error, FeedsError):
        problems, code = error.problems, error.exit_code
    else:
        problems = (failure_on(error, str(newsroom.root), "publish"),)
        code = FeedsError.exit_code
    words = "\n".join(f"feeds: {problem}" for problem in problems)
    heed(newsroom, now, problems, words, code, is_whole=False)


def call(newsroom: Newsroom, now: datetime) -> list[Problem]:
    """Runs the command if there is something to tell; returns what is wrong with it.

    Raises nothing that has to do with it.
    """
    file = _file(newsroom)
    if not _has_something(file):
        return []
    try:
        with _opened(file) as descriptor:
            if not _try_lock(descriptor, _CALLING):
                return []  # whoever is at it tells this, too
            said: list[Problem] = []
            for _ in range(_ROUNDS):
                owed = _read(descriptor).call
                if owed is None or owed.due > now:
                    break
                said += _called(newsroom, descriptor, owed, now)
            return said
    except OSError:
        return []  # the next run tries it again
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        return [failure_on(error, str(newsroom.root), "say that it needs somebody")]


def _called(newsroom: Newsroom, descriptor: int, owed: Call, now: datetime) -> list[Problem]:
    from feeds.publish import commands  # late, as what follows: it is seldom needed
    from feeds.publish.hubs import is_over, pause

    command = _command(newsroom)
    failure = ""
    if command:
        told = {
            **commands.told_of(newsroom),
            "FEEDS_PROBLEM": owed.first,
            "FEEDS_PROBLEMS": str(owed.count),
            "FEEDS_EXIT_CODE": str(owed.exit_code),
        }
        ran = commands.run(command, newsroom.root.parent, told, f"{owed.words}\n")
        line = commands.last_line(ran.printed)
        failure = f"{ran.failure}: {line}" if ran.failure and line else ran.failure
    with _locked(descriptor):
        memory = _read(descriptor)
        left = memory.call if memory.call != owed else None
        is_given_up = bool(failure) and is_over(owed.since, now)
        if failure and not is_given_up:
            failures = owed.failures + 1
            left = msgspec.structs.replace(
                memory.call or owed, failures=failures, due=now + pause(failures)
            )
        _write(descriptor, Memory(memory.known, left))
    if not failure or (owed.failures and not is_given_up):
        return []  # it was told when it failed first
    after = "it is not told any more" if is_given_up else "later runs try it again, for a day"
    return [
        Problem(
            "on-problem-failed",
            f"the command that is to hear of problems failed: {failure}; {after}",
            remedy="try it by hand, with a text on its standard input",
            file=str(newsroom.root / CONFIGURATION),
            field="on_problem",
        )
    ]


def _command(newsroom: Newsroom) -> tuple[str, ...]:
    """The command as it is configured, or was when something was last published."""
    try:
        return newsroom.site().publish.on_problem
    except ConfigError:
        pass
    from feeds.ledger import revisions  # late: seldom needed, and it brings SQLAlchemy
    from feeds.ledger.connect import open_to_read

    with suppress(FeedsError):
        ledger = open_to_read(newsroom.database)
        if ledger is not None:
            with ledger.read() as connection:
                newest = revisions.latest(connection)
            return newest[0].site.publish.on_problem if newest else ()
    return ()


def _added(
    call: Call | None, new: Sequence[Problem], words: str, exit_code: int, now: datetime
) -> Call | None:
    """What there is to tell, once ``new`` problems came to it."""
    if not new:
        return call
    if call is None:
        first = str(new[0])[:_LONGEST]
        return Call(words[:_MOST_WORDS], first, len(new), exit_code, now, now)
    return msgspec.structs.replace(
        call,
        words=f"{call.words}\n{words}"[-_MOST_WORDS:],
        count=call.count + len(new),
        exit_code=max(call.exit_code, exit_code),
        due=now,
    )


def _digest(problem: Problem) -> str:
    """The same for a problem that is found again; numbers in its words may differ."""
    what = _NUMBER.sub("0", problem.what)
    parts = (problem.code, problem.file, problem.line, problem.field, what, problem.entries)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def _file(newsroom: Newsroom) -> Path:
    place = newsroom.database
    with suppress(PermissionError):  # the folders above can't be looked into
        if isinstance(place, Path) and place.parent.is_dir():
            return place.with_name(f"{place.name}.problems")
    return _among_temporary(newsroom)


def _among_temporary(newsroom: Newsroom) -> Path:
    place = newsroom.database
    called = hashlib.sha256(f"{newsroom.root}\n{place}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"feeds-problems-{os.geteuid()}-{called}"


def _has_something(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


@contextmanager
def _opened(file: Path) -> Iterator[int]:
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
def _locked(descriptor: int) -> Iterator[None]:
    """A block in which nobody else changes the file."""
    fcntl.lockf(descriptor, fcntl.LOCK_EX, 1, _STATE)
    try:
        yield
    finally:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, _STATE)


def _try_lock(descriptor: int, byte: int) -> bool:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _read(descriptor: int) -> Memory:
    data = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    try:
        return msgspec.json.decode(data, type=Memory)
    except msgspec.DecodeError:  # empty, or half written
        return Memory()


def _write(descriptor: int, memory: Memory) -> None:
    data = b"" if memory == Memory() else msgspec.json.encode(memory)
    os.pwrite(descriptor, data, 0)
    os.ftruncate(descriptor, len(data))
