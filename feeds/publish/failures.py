"""What one thing does costs that one thing: a page, a decision, an item, a feed.

Rules
- Whatever exception a single thing raises, what it had begun is undone, nobody is told what it came
  to, and it is named. All else goes on, and is published.
- A page that the program fails on is refused like one that can't be read, until the file changes or
  it is read again. What of it was to be kept back stays back: its words are guarded still.
- That the ledger can't be read or written is nobody's fault, and ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from feeds.entries import holds
from feeds.ledger import readings
from feeds.ledger.savepoints import is_about_ledger, savepoint
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.publish.effects import Effects
from feeds.publish.page_reading import REMEDY, page_failure
from feeds.publish.run import Run

if TYPE_CHECKING:
    from sqlalchemy import Connection


class _UndoneError(Exception):
    """Leaves a block that is to be undone."""


_Made = TypeVar("_Made")
_Thing = TypeVar("_Thing")
BATCH = 200
"""How many things are done at once; what comes of them is the same, however many these are."""


def concerns_run(error: BaseException, connection: Connection | None = None) -> bool:
    """Whether ``error`` ends the whole run: somebody stops it, or the ledger can't be written.

    ``connection`` is the ledger's, where it may be its fault. Libraries that aren't written in
    Python have exceptions that are no ``Exception``.
    """
    if connection is None:
        return isinstance(error, KeyboardInterrupt)
    return isinstance(error, KeyboardInterrupt) or is_about_ledger(error, connection)


@contextmanager
def undoing(run: Run) -> Iterator[None]:
    """A block that leaves the ledger, and the moments that are taken, as they were if it raises."""
    mark = run.updates.mark()
    try:
        with savepoint(run.connection):
            yield
    except BaseException:
        run.updates.undo(mark)
        raise


def attempt(run: Run, act: Callable[[], _Made], failed: Callable[[BaseException], _Made]) -> _Made:
    """What ``act`` returns; if it raises, all of it is undone, and what ``failed`` makes of that.

    What says that the ledger can't be read or written is raised.
    """
    try:
        with undoing(run):
            return act()
    except BaseException as error:  # whatever it is, it is this one thing's
        if concerns_run(error, run.connection):
            raise
        return failed(error)


def attempt_many(
    run: Run,
    things: Iterable[_Thing],
    act: Callable[[Sequence[_Thing]], _Made],
    failed: Callable[[_Thing, BaseException], _Made],
) -> list[_Made]:
    """What ``act`` returns for BATCH of ``things`` at a time.

    Where it raises for some, all of that is undone, and it is asked for each of them by itself; of
    those for which it raises then, it is what ``failed`` makes of that.
    """
    made = []
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        try:
            with undoing(run):
                made.append(act(batch))
        except BaseException as error:  # whatever it is, it is one thing's
            if concerns_run(error, run.connection):
                raise
            made += [attempt(run, partial(act, [one]), partial(failed, one)) for one in batch]
    return made


def failure_of(run: Run, act: Callable[[], object]) -> BaseException | None:
    """What ``act`` raises, if anything; whatever it does is undone."""

    def undone() -> BaseException | None:
        act()
        raise _UndoneError

    return attempt(run, undone, lambda error: None if isinstance(error, _UndoneError) else error)


def culprits(suspects: Sequence[_Made], fails: Callable[[Sequence[_Made]], bool]) -> list[_Made]:
    """Those of ``suspects`` without which it does not fail, each of which is enough to make it.

    ``fails`` says whether it does with some of them; empty if it does with none.
    """
    found: list[_Made] = []
    left = list(suspects)
    if fails([]):
        return found
    while fails(left):
        passing, failing = 0, len(left)
        while failing - passing > 1:
            middle = (passing + failing) // 2
            if fails(left[:middle]):
                failing = middle
            else:
                passing = middle
        found.append(left.pop(failing - 1))
    return found


def refuse_page(run: Run, path: str, error: BaseException) -> Effects:
    """Refuses the page at ``path`` for ``error``; raises that if it concerns the whole run."""
    if concerns_run(error, run.connection):
        raise error
    problem = page_failure(path, error, "make entries of this page")
    readings.refuse(run.connection, path, problem, secret=_is_secret(run, path))
    return Effects(problems=(problem,))


def entry_failure(error: BaseException, what: str) -> Problem:
    """That an entry is held because the program fails on it at ``what``."""
    code = "entry-program-failed"
    return failure_on(error, "", what, code=code, remedy=REMEDY, weight="hold")


def failure(error: BaseException, file: str, what: str, line: int = 0) -> Problem:
    """The same of something else that has its place in a ``file``."""
    return failure_on(error, file, what, line=line, remedy=REMEDY)


def _is_secret(run: Run, path: str) -> bool:
    """Whether readers must not see the words of the page at ``path``, as far as that is known."""
    try:
        article = run.applied(readings.load_pending(run.connection, path).reading).article
        return article is not None and holds.is_secret(article, run.now, run.zone)
    except BaseException as error:  # it may be what the page fails on: then nobody sees it
        if concerns_run(error, run.connection):
            raise
        return True
