"""What one thing does costs that one thing: a page, a decision, an item, a feed.

Rules
- Whatever exception a single thing raises, what it had begun is undone, in the ledger and in the
  tally, and it is named. All else goes on, and is published.
- A page that the program fails on is refused like one that can't be read, until the file changes or
  it is read again. What of it was to be kept back stays back: its words are guarded still.
- That the ledger can't be read or written is nobody's fault, and ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from feeds.entries import holds
from feeds.ledger import readings
from feeds.ledger.savepoints import is_about_ledger, savepoint
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.publish.run import Run


class _UndoneError(Exception):
    """Leaves a block that is to be undone."""


_Made = TypeVar("_Made")
_REMEDY = "everything else is published; --debug shows where the program failed"


@contextmanager
def undoing(run: Run) -> Iterator[None]:
    """A block that leaves ledger and tally as they were if an exception leaves it.

    What the run has to remember was stored before, and nothing is within the block.
    """
    mark = run.tally.mark()
    try:
        with savepoint(run.connection):
            yield
    except BaseException:
        run.tally.back_to(mark)
        raise


def attempt(run: Run, act: Callable[[], _Made], failed: Callable[[Exception], _Made]) -> _Made:
    """What ``act`` returns; if it raises, all of it is undone, and what ``failed`` makes of that.

    What says that the ledger can't be read or written is raised.
    """
    try:
        with undoing(run):
            return act()
    except Exception as error:  # whatever it is, it is this one thing's
        if is_about_ledger(error, run.connection):
            raise
        return failed(error)


def failure_of(run: Run, act: Callable[[], object]) -> Exception | None:
    """What ``act`` raises, if anything; whatever it does is undone."""

    def undone() -> Exception | None:
        act()
        raise _UndoneError

    return attempt(run, undone, lambda error: None if isinstance(error, _UndoneError) else error)


def attempt_page(run: Run, path: str, act: Callable[[], None]) -> None:
    """Does ``act`` with the page at ``path``, which is refused if that fails."""
    attempt(run, act, partial(_refuse, run, path))


def _refuse(run: Run, path: str, error: Exception) -> None:
    problem = page_failure(path, error, "make entries of this page")
    readings.refuse(run.connection, path, problem, secret=_is_secret(run, path))
    run.tally.problems.append(problem)


def page_failure(path: str, error: Exception, what: str) -> Problem:
    """That the program failed on the page at ``path`` at ``what``, such as "read this page"."""
    remedy = f"save it in another form, such as plain text; {_REMEDY}"
    return failure_on(error, path, what, code="page-program-failed", remedy=remedy)


def failure(error: Exception, file: str, what: str, line: int = 0) -> Problem:
    """The same of something else that has its place in a ``file``."""
    return failure_on(error, file, what, line=line, remedy=_REMEDY)


def _is_secret(run: Run, path: str) -> bool:
    """Whether readers must not see the words of the page at ``path``, as far as that is known."""
    try:
        article = run.applied(readings.load_pending(run.connection, path).reading).article
        return article is not None and holds.is_secret(article, run.now, run.zone)
    except Exception as error:  # it may be what the page fails on: then nobody sees it
        if is_about_ledger(error, run.connection):
            raise
        return True
