"""Exports, as they are asked for: to one target by hand, to all that are followed after a run.

Rules
- A target is one, in the ledger, only once it can be opened; and one that only a hand named, once
  something is there.
- One exporter at a time: it has a claim on its target.
- What is wrong with one target keeps no other waiting.
- Nothing here delays or fails a publish.
"""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.export.claim import CLAIM, Clock
from feeds.export.kinds import opened
from feeds.export.work import Work
from feeds.ledger import exports, lock
from feeds.ledger.connect import Ledger, open_to_note
from feeds.model.errors import FeedsError, LedgerError, TargetError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import Newsroom


class Exported(NamedTuple):
    """What an export came to: so many files were put and removed, up to ``revision``.

    ``problem`` is why it isn't all; ``is_busy``: somebody else is at it, and takes all of it along.
    """

    name: str
    revision: int = 0
    put: int = 0
    removed: int = 0
    problem: Problem | None = None
    is_busy: bool = False


def export_due(newsroom: Newsroom, asked: Collection[str], clock: Clock) -> list[Exported]:
    """Exports to all targets that are followed and due, those ``asked`` for among them from now on.

    ``asked`` are names as ``names.canonical`` has them. Raises LedgerError.
    """
    ledger = open_to_note(newsroom.database)
    if ledger is None:
        return []
    now = clock()
    with ledger.read() as connection:
        known = {one.name for one in exports.all_targets(connection)}
    refused = {name: _refusal(newsroom, name) for name in asked if name not in known}
    with lock.writing(newsroom.database), ledger.write() as connection:
        for name in asked:
            if not refused.get(name):
                exports.add(connection, name, now, followed=True)
        targets, first = exports.all_targets(connection), exports.next_due(connection)
        followed = exports.followed(connection)
    lock.note_exports(newsroom.database, followed, first)
    due = [one.name for one in targets if one.followed and one.due and one.due <= now]
    done = [Exported(name, problem=problem) for name, problem in refused.items() if problem]
    return done + [export(newsroom, name, clock) for name in due]


def export(newsroom: Newsroom, name: str, clock: Clock, *, verify: bool = False) -> Exported:
    """Brings all that is published to the target called ``name``, as ``names.canonical`` has it.

    With ``verify`` it looks at what is there, file by file, and mends it. Raises LedgerError, and
    TargetError for a new target that can't be one; what else is wrong with it is in the answer, and
    in the ledger.
    """
    with lock.writing(newsroom.database):
        ledger = open_to_note(newsroom.database)
        if ledger is None:
            raise LedgerError(
                "nothing is published yet",
                file=str(newsroom.database),
                remedy="run 'feeds publish' first",
            )
        with ledger.read() as connection:
            is_known = exports.find(connection, name) is not None
        if not is_known:
            _refuse(newsroom, name)
        with ledger.write() as connection:
            exports.add(connection, name, clock(), followed=False)
        while True:
            done = _claimed(newsroom, ledger, name, clock, verify=verify)
            with ledger.read() as connection:
                target = exports.find(connection, name)
            # who came while the claim still held left it to us
            if done.problem or done.is_busy or target is None or target.since is None:
                return done


def forget(newsroom: Newsroom, name: str) -> bool:
    """Follows a target no longer; its files stay. False if there was none of that name."""
    with lock.writing(newsroom.database):
        ledger = open_to_note(newsroom.database)
        if ledger is None:
            return False
        with ledger.write() as connection:
            is_known = exports.find(connection, name) is not None
            exports.forget(connection, name)
            left, first = exports.followed(connection), exports.next_due(connection)
    lock.note_exports(newsroom.database, left, first)
    return is_known


def _refusal(newsroom: Newsroom, name: str) -> Problem | None:
    """Why ``name`` can't be a target; None if it can."""
    try:
        _refuse(newsroom, name)
    except TargetError as error:
        return error.problem
    return None


def _refuse(newsroom: Newsroom, name: str) -> None:
    if Path(name).is_relative_to(newsroom.root.resolve()):
        raise TargetError(
            "an export can't lie among the pages", file=name, remedy="name another directory"
        )
    opened(name)


def _claimed(
    newsroom: Newsroom, ledger: Ledger, name: str, clock: Clock, *, verify: bool
) -> Exported:
    who = secrets.token_hex(8)
    with ledger.write() as connection:
        held = exports.claim(connection, name, who, clock(), clock() + CLAIM)
    if held:
        return Exported(name, is_busy=True)
    work = Work(newsroom, ledger, name, clock, who)
    problem = None
    try:
        work.run(verify=verify)
    except TargetError as error:
        problem = error.problem
    except FeedsError:
        raise
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        problem = failure_on(error, name, "export to it")
    finally:
        with ledger.write() as connection:
            exports.release(connection, name, who)
    if problem:
        problem = _noted(newsroom, ledger, name, problem)
    return Exported(name, work.revision, work.put, work.removed, problem)


def _noted(newsroom: Newsroom, ledger: Ledger, name: str, problem: Problem) -> Problem:
    """Keeps ``problem`` in the ledger; returns it with what is done about it."""
    with ledger.write() as connection:
        exports.failed(connection, name, problem.told)
        exports.forget_unused(connection, name)
        target = exports.find(connection, name)
        followed, first = exports.followed(connection), exports.next_due(connection)
    lock.note_exports(newsroom.database, followed, first)
    remedy = problem.remedy
    if target and target.followed:
        remedy = remedy or "the next 'feeds publish' tries it again"
        remedy += f"; if it is to be no target any more: feeds export --forget {shlex.quote(name)}"
    return msgspec.structs.replace(problem, remedy=remedy or "then run 'feeds export' again")
