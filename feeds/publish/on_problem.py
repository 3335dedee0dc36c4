"""Who is to hear of it when a run needs a person: the command ``on_problem``.

Rules
- It is run once for each problem that is new, however many runs find it again, and once more if it
  was gone meanwhile. That another run is at work is no problem: the next run does it.
- What it is to be told is kept in a file before a run is done with it, and deleted when the command
  took it, so that it is told at least once, also by the run after one that was killed.
- The file is beside the ledger; where the ledger's folder is gone, full, or on another machine,
  among this user's temporary files, which is enough to say a thing once. What can be kept nowhere
  is no secret: the run says so.
- The command may run ``feeds`` itself. Two are never at work at once: who comes second leaves what
  it has to tell to the first.
- Nothing here stops or undoes a run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from feeds.model.errors import ConfigError, FeedsError, LedgerBusyError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, Newsroom
from feeds.publish import problem_memory
from feeds.publish.problem_memory import Call, Memory

_MOST_KNOWN = 1000
_MOST_WORDS = 64 * 1024
_LONGEST = 500
_ROUNDS = 2
_NUMBER = re.compile(r"\d+")


def heed(
    newsroom: Newsroom,
    now: datetime,
    problems: Sequence[Problem],
    words: str,
    exit_code: int,
    *,
    is_whole: bool,
    area: str = "run",
) -> list[Problem]:
    """Remembers what a run at ``now`` found, for the command; see ``call``.

    ``words`` are what it says to people. ``is_whole``: it looked at everything there is, so that
    other problems of its ``area`` are over. Returns that it can't be remembered, if it can't;
    raises nothing that has to do with that.
    """
    file, elsewhere = problem_memory.places(newsroom)
    may_be_over = is_whole and any(map(problem_memory.has_something, (file, elsewhere)))
    if not (problems or may_be_over):
        return []
    if problems and not _command(newsroom):
        return []
    found = {f"{area} {_digest(one)}": one for one in problems}
    over = f"{area} " if is_whole else None

    def added(memory: Memory) -> Memory:
        new = [one for digest, one in found.items() if digest not in memory.known]
        before = [
            one for one in memory.known if one not in found and not (over and one.startswith(over))
        ]
        known = (*before, *found)[-_MOST_KNOWN:]
        return Memory(known, _added(memory.call, new, words, exit_code, now))

    try:
        problem_memory.change(file, added)
    except OSError as error:
        if file == elsewhere:
            return [_unkept(file, error)]
        try:
            problem_memory.change(elsewhere, added)
        except OSError:
            return [_unkept(file, error)]
        return []
    if is_whole and file != elsewhere and problem_memory.has_something(elsewhere):
        with suppress(OSError):  # what was said there is over; what wasn't yet, will be
            problem_memory.change(elsewhere, lambda memory: Memory(call=memory.call))
    return []


def heed_error(newsroom: Newsroom, now: datetime, error: Exception) -> list[Problem]:
    """Remembers what ended a run that did nothing, or what the gate has against it.

    Returns that it can't be remembered, if it can't.
    """
    if isinstance(error, LedgerBusyError):
        return []
    if isinstance(error, FeedsError):
        problems, code = error.problems, error.exit_code
    else:
        problems = (failure_on(error, str(newsroom.root), "publish"),)
        code = FeedsError.exit_code
    words = "\n".join(f"feeds: {problem}" for problem in problems)
    return heed(newsroom, now, problems, words, code, is_whole=False)


def call(newsroom: Newsroom, now: datetime) -> list[Problem]:
    """Runs the command if there is something to tell; returns what is wrong with it.

    Raises nothing that has to do with it.
    """
    places = dict.fromkeys(problem_memory.places(newsroom))
    return [problem for file in places for problem in _called_from(file, newsroom, now)]


def _called_from(file: Path, newsroom: Newsroom, now: datetime) -> list[Problem]:
    if not problem_memory.has_something(file):
        return []
    try:
        with problem_memory.opened(file) as descriptor:
            if not problem_memory.try_lock(descriptor, problem_memory.CALLING):
                return []  # whoever is at it tells this, too
            said: list[Problem] = []
            for _ in range(_ROUNDS):
                owed = problem_memory.read(descriptor).call
                if owed is None or owed.due > now:
                    break
                said += _called(newsroom, descriptor, owed, now)
            return said
    except OSError as error:
        return [_unkept(file, error)]  # the next run tries it again
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
    with problem_memory.locked(descriptor):
        memory = problem_memory.read(descriptor)
        left = memory.call if memory.call != owed else None
        is_given_up = bool(failure) and is_over(owed.since, now)
        if failure and not is_given_up:
            failures = owed.failures + 1
            left = msgspec.structs.replace(
                memory.call or owed, failures=failures, due=now + pause(failures)
            )
        problem_memory.write(descriptor, Memory(memory.known, left))
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


def _unkept(file: Path, error: OSError) -> Problem:
    return Problem(
        "on-problem-failed",
        f"what on_problem is to hear can't be kept here: {error.strerror or error}",
        remedy="let the user who publishes write this file, and see that its disk has room",
        file=str(file),
    )
