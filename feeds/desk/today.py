"""What an editor wants to know first: what is wrong now, what readers have, what waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from feeds.ledger import holds, lock, members, revisions, shown
from feeds.ledger.connect import open_to_read
from feeds.ledger.holds import HeldStory
from feeds.model import Entry
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.reports.check import Remark, check_newsroom
from feeds.reports.history import LINES, Logged, logged

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEWEST = 10
_REVISIONS = 5
_MOST_WAITING = 20
_Made = TypeVar("_Made")


class Had(NamedTuple):
    """What readers have of a story: itself, and the feeds that have it."""

    entry: Entry
    feeds: tuple[str, ...]


class Today(NamedTuple):
    """What there is to see.

    ``stopped`` is the last run, if it did nothing, and ``since`` when something was published last.
    ``urgent`` breaks something, ``doubtful`` needs a person, ``quiet`` is good to know; ``merges``
    are entries that may be one story. ``waiting`` are held until a moment, ``held`` by what is
    wrong with them; ``more_held`` of both are not shown.
    """

    stopped: lock.LastRun | None = None
    since: datetime | None = None
    urgent: Sequence[Problem] = ()
    doubtful: Sequence[Problem] = ()
    quiet: Sequence[Problem] = ()
    merges: Sequence[Problem] = ()
    newest: Sequence[Had] = ()
    waiting: Sequence[HeldStory] = ()
    held: Sequence[HeldStory] = ()
    more_held: int = 0
    runs: Sequence[Logged] = ()
    last_run: lock.LastRun | None = None


def gather_today(newsroom: Newsroom, now: datetime) -> Today:
    """What there is to see of ``newsroom`` as of ``now``; what is wrong with it is in it."""
    remarks = check_newsroom(newsroom, now)
    found = Today(
        urgent=_of(remarks, "error"),
        doubtful=_of(remarks, "warning"),
        quiet=_of(remarks, "hint"),
        merges=[one.problem for one in remarks if one.area == "merge"],
    )
    run = _if_right(lambda: lock.last_run(newsroom.database))
    found = found._replace(last_run=run)
    if run and run.exit_code > lock.PUBLISHED:
        found = found._replace(stopped=run)
    return _if_right(lambda: _with_ledger(newsroom, found)) or found


def _of(remarks: Sequence[Remark], severity: str) -> list[Problem]:
    return [one.problem for one in remarks if one.severity == severity and one.area != "merge"]


def _with_ledger(newsroom: Newsroom, found: Today) -> Today | None:
    ledger = open_to_read(newsroom.database)
    if ledger is None:
        return None
    with ledger.read() as connection:
        newest = revisions.latest(connection, _REVISIONS)
        waiting, many = holds.waiting(connection, _MOST_WAITING)
        held = [one for one in holds.everywhere(connection) if one.until is None]
        return found._replace(
            since=newest[0].committed if newest else None,
            newest=having(connection, _first(connection)),
            waiting=waiting,
            held=held[:_MOST_WAITING],
            more_held=many - len(waiting) + max(0, len(held) - _MOST_WAITING),
            runs=logged(connection, newest, LINES),
        )


def _first(connection: Connection) -> list[Entry]:
    some = shown.newest(connection)
    return [entry for entry, _ in zip(some, range(_NEWEST), strict=False)]


def having(connection: Connection, entries: Sequence[Entry]) -> list[Had]:
    """``entries``, with the feeds that have each."""
    return [Had(one, tuple(sorted(members.feeds_with(connection, [one.id])))) for one in entries]


def _if_right(read: Callable[[], _Made]) -> _Made | None:
    """What ``read`` gives; None if it is wrong, which the check has said."""
    try:
        return read()
    except FeedsError:
        return None
