"""Whether the ledger is what was published into last: one judgement for every command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import sqlalchemy as sa

from feeds.ledger import lock, mark, revisions
from feeds.ledger.connect import Ledger, exists, finished, schema_of
from feeds.ledger.mark import Mark
from feeds.model.errors import LedgerError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Place


class PublishedLedger(Ledger):
    """A ledger to read from, until it was seen once only if it is the one published into last.

    Once it was, whoever reads on tells by epoch and revision what is newer; and is served from it
    for as long as nobody names the copy that was gone on with.
    """

    def __init__(self, newsroom: Newsroom, *, patience: float) -> None:
        super().__init__(newsroom.database, read_only=True, patience=patience)
        self._newsroom = newsroom
        self._was_seen = False

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the ledger. Raises LedgerError for a lost one."""
        expected = None if self._was_seen else _expected(self._newsroom)
        with super().read() as connection:
            if not self._was_seen:
                found = _found(self.place, connection)
                problem = _judged(self._newsroom, expected, found)
                if problem := problem or judge_moved(self._newsroom, found):
                    raise lost(problem)
                self._was_seen = found is not None and bool(found.revision)
            yield connection


def find_loss(newsroom: Newsroom, *, read_only: bool = True) -> Problem | None:
    """What is wrong with the newsroom's ledger: it is missing, an older copy, or another one.

    ``read_only`` unless the caller may put a journal in order, and needs to know of a mark that
    can't be read, or that its pages are another copy than those which were published last: readers
    of feeds must not go without them for it. Raises LedgerError.
    """
    # first: it must not be of a revision that came in between
    expected = _expected(newsroom) if read_only else mark.known(newsroom)
    found = found_mark(newsroom, read_only=read_only)
    problem = _judged(newsroom, expected, found)
    if problem or read_only:
        return problem
    if copy := mark.moved(newsroom, found):
        return mark.moved_to(*copy, newsroom.database)
    return mark.stranger(expected, found, newsroom.root / mark.FILE)


def find_moved(newsroom: Newsroom) -> Problem | None:
    """That a copy of the ledger is the one that was gone on with. Raises LedgerError for this one.

    Who began before that serves readers from this one for as long as nobody names the other.
    """
    if _expected(newsroom) is None:
        return None
    return judge_moved(newsroom, found_mark(newsroom))


def judge_moved(newsroom: Newsroom, found: Mark | None) -> Problem | None:
    """The same of the newsroom's ledger that is ``found`` to be as far as that."""
    if _expected(newsroom) is None:
        return None
    copy = mark.moved(newsroom, found)
    return mark.moved_to(*copy, newsroom.database) if copy else None


def find_stranger(newsroom: Newsroom) -> Problem | None:
    """That the newest revision came from another copy of the pages. Raises LedgerError."""
    expected = _expected(newsroom)
    return mark.stranger(expected, found_mark(newsroom), newsroom.root / mark.FILE)


def refuse_loss(newsroom: Newsroom, *, read_only: bool = True) -> None:
    """Raises LedgerError if something is wrong with the newsroom's ledger, as above."""
    if problem := find_loss(newsroom, read_only=read_only):
        raise lost(problem)


def found_mark(newsroom: Newsroom, *, read_only: bool = True) -> Mark | None:
    """How far the ledger has come; None if there is none, or it is empty. Raises LedgerError."""
    place = newsroom.database
    if not exists(place):
        return None

    def look() -> Mark | None:
        with Ledger(place, read_only=read_only).read() as connection:
            return _found(place, connection)

    return finished(place, look)


def lost(problem: Problem) -> LedgerError:
    """The error that says ``problem``, which is one of a ledger."""
    return LedgerError(problem.what, remedy=problem.remedy, file=problem.file, code=problem.code)


def _found(place: Place, connection: sa.Connection) -> Mark | None:
    return revisions.mark(connection) if schema_of(place, connection) else None


def _expected(newsroom: Newsroom) -> Mark | None:
    try:
        return mark.known(newsroom)
    except LedgerError:
        return None  # 'feeds check' says why, and 'feeds publish' stops for it


def _judged(newsroom: Newsroom, expected: Mark | None, found: Mark | None) -> Problem | None:
    place = newsroom.database
    run = lock.last_run(place)
    problem = mark.loss(expected, found, place, has_published=run is not None and run.published)
    if expected is None or problem is None or problem.code != "ledger-missing":
        return problem
    if other := mark.elsewhere(newsroom):
        remedy = f"its ledger may be {other}: name it with --database; else {problem.remedy}"
        return msgspec.structs.replace(problem, remedy=remedy)
    return problem
