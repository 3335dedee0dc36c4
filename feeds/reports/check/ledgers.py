"""What is wrong with the ledger: its file, its rows, its last run; and articles without a date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feeds.ledger import (
    briefs,
    integrity,
    lock,
    loss,
    mark,
    revisions,
    settings,
)
from feeds.ledger.engines import engine, go_back_in, restore
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, Newsroom
from feeds.newsroom.database import Place
from feeds.newsroom.site import Site
from feeds.reports.problems import Found, Severity, more, place_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LATELY = timedelta(days=2)
_UNTOLD = timedelta(minutes=1)
"""By so much, clocks may differ."""
_LARGE = 64 * 1024 * 1024
"""In bytes; a larger ledger is read from end to end only if somebody asks for it."""


def undated(connection: Connection, most: int | None) -> Iterator[Found]:
    """Articles that are published without a date: the ``most`` that came in last, and how many."""
    found = list(briefs.undated(connection, most))
    for entry in found:
        what = f"nobody knows when '{entry.title}' was published"
        remedy = f"state the date on the page, or: feeds correct {entry.hash} --published DATE"
        problem = Problem("published-undated", what, remedy=remedy, entries=(entry.hash,))
        yield "hint", problem.at(*place_of(connection, entry))
    if len(found) == most and (others := briefs.count_undated(connection) - most):
        yield "hint", more(others)


def open_to_others(database: Place) -> Iterator[Found]:
    """What of the ledger more people may read than its owner and its group."""
    for path, mode, right in engine(database).loose():
        told = f"its permissions are {mode:04o}, and what is in it is not public yet"
        remedy = f"chmod {right:o} {path}"
        severity: Severity = "warning"
        if path.is_dir():
            remedy, severity = f"if it is the ledger's alone: {remedy}", "hint"
        yield severity, Problem("ledger-open", told, remedy=remedy, file=str(path))


def lost(newsroom: Newsroom) -> Iterator[Found]:
    """That the ledger is missing, an older copy or another one, or that its loss wouldn't be seen.

    Raises LedgerError if what would tell so can't be read.
    """
    known = mark.known(newsroom)
    problem = loss.find_loss(newsroom) or loss.find_moved(newsroom)
    if problem := problem or loss.find_stranger(newsroom):
        yield "error", problem
    elif known is None and (found := loss.found_mark(newsroom)) and found.revision:
        what = (
            "how far the ledger has come is not noted among the pages: its loss would not be seen"
        )
        remedy = "run 'feeds publish' as a user who may write into this folder"
        place = str(newsroom.root / mark.FILE)
        yield "hint", Problem("unmarked", what, remedy=remedy, file=place)


def is_large(database: Place) -> bool:
    """Whether it takes long to read all of the ledger's file."""
    return engine(database).size() > _LARGE


def in_part(connection: Connection, database: Place, most: int | None) -> Iterator[Found]:
    """That not all of a large ledger is looked at, but its newest pages and entries."""
    if most is not None and (is_large(database) or briefs.boundary(connection, most)):
        what = (
            f"this ledger has many stories: what is in it was decoded of the newest {most:,} pages "
            "and entries alone; all else was counted"
        )
        remedy = "'feeds check --whole' looks at every row, at the file and at all archives"
        yield "hint", Problem("looked-at-in-part", what, remedy=remedy, file=str(database))


def file_damage(connection: Connection, place: Place) -> Iterator[Found]:
    """What is wrong with the file, by the engine's own check."""
    for line in integrity.file_faults(connection):
        yield (
            "error",
            Problem("damaged", f"damaged: {line}", remedy=restore(place), file=str(place)),
        )


def orphans(connection: Connection, place: Place) -> Iterator[Found]:
    """Rows that belong to nothing."""
    for count, table, parent in integrity.orphans(connection):
        what = f"{count} {'row' if count == 1 else 'rows'} of '{table}' without their '{parent}'"
        yield "error", Problem("orphan", what, remedy=restore(place), file=str(place))


def nameless(connection: Connection, most: int | None) -> Iterator[Found]:
    """Entries that nothing leads to, of the ``most`` newest or of all."""
    start = briefs.boundary(connection, most) if most is not None else 0
    for name in integrity.unnamed(connection, start):
        what = "nothing leads to this entry: its page would make a second one of it"
        yield "warning", Problem("nameless", what, remedy=go_back_in(connection), file=name)


def other_authority(connection: Connection, site: Site) -> Iterator[Found]:
    """That ids were minted under another authority than that of the configuration."""
    stored = settings.find(connection, "authority")
    if stored not in {None, site.authority}:
        what = f"authority: this ledger's ids are minted under '{stored}', not '{site.authority}'"
        remedy = f'write authority = "{stored}" again, or name another ledger with --database'
        yield "error", Problem("authority-other", what, remedy=remedy, file=CONFIGURATION)


def ahead(connection: Connection, place: Place, now: datetime) -> Iterator[Found]:
    """That the newest revision was committed after ``now``, by whatever clock that was."""
    newest = revisions.latest(connection)
    if newest and newest[0].committed > now + _UNTOLD:
        what = (
            f"revision {newest[0].number} was published at "
            f"{newest[0].committed:%Y-%m-%d %H:%M} UTC, which is yet to come"
        )
        remedy = (
            "set the clocks of this machine and of all that publish by NTP, and see whether an "
            "embargo ended early"
        )
        yield "warning", Problem("revision-ahead", what, remedy=remedy, file=str(place))


def last_run(database: Place, now: datetime, told: Collection[str] = ()) -> Iterator[Found]:
    """How the last publish ended, and when, as far as that is wrong.

    That it failed is left out if it was for nothing but what is ``told`` already.
    """
    place = lock.notes_place(database)
    run = lock.last_run(database)
    if run is None:
        never = "nothing was published yet, or the last run was never finished"
        remedy = "run 'feeds publish'"
        if engine(database).is_used() and engine(database).size():
            what = "how the last run ended is not known"
            yield "hint", Problem("never-published", what, remedy=remedy, file=place)
        else:
            yield "warning", Problem("never-published", never, remedy=remedy, file=place)
        return
    if run.exit_code > 1 and not (run.said and set(run.said.splitlines()) <= {*told}):
        what = f"the last publish failed: {' '.join(run.said.split())}"
        remedy = "mend that, then run 'feeds publish'"
        yield "error", Problem("last-run-failed", what, remedy=remedy, file=place)
    if run.finished > now + _UNTOLD:
        what = f"the last publish was at {run.finished:%Y-%m-%d %H:%M} UTC, which is yet to come"
        yield "warning", Problem("clock", what, remedy="set this machine's clock", file=place)
    elif now - run.finished > _LATELY:
        what = f"the last publish was {(now - run.finished).days} days ago"
        remedy = "see whether cron still runs it"
        yield "hint", Problem("last-run-old", what, remedy=remedy, file=place)
