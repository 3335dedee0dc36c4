"""Many pages are read by several processes at once, as one would read them, and in its order.

Rules
- What the processes are is somebody else's business: any ``concurrent.futures.Executor`` will do.
- A bounded number of pages is on its way, however many there are.
- A process that ends costs the page that it read then. Which one that was is found by reading all
  that were on their way one by one, each in a process that has nothing else to do: a page is
  taken for the cause when one ended at it twice.
- A process of our own ends with the one that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeVar

from feeds.publish.fatal import MOST_DEATHS, Deaths, ends_program
from feeds.publish.page_reading import Made, Task, decoded, page_failure, read_tasks

_Result = TypeVar("_Result")

Start = Callable[[int], Executor]
"""Gives an executor with so many processes."""

_PAGES = 16
"""How many pages are handed over at once."""
_AHEAD = 4
"""How many times that many are on their way to, or from, each process."""
_PRELOADED = ["__main__", "feeds.normalise.html", "feeds.publish.page_reading"]
"""What is loaded once, for all processes; ``__main__`` as well, which each would run else."""


class UnusableError(Exception):
    """No process can be started that reads pages, or none that lives."""


class _Handed(NamedTuple):
    """Pages that were handed over, and what will be made of them."""

    tasks: list[Task]
    made: Future[list[bytes]]


class Readers:
    """Up to ``jobs`` processes that ``start`` starts, which read pages under ``root``.

    ``deaths`` is told what they read.
    """

    def __init__(self, root: Path, deaths: Deaths, start: Start, jobs: int) -> None:
        self._root, self._deaths, self._start, self._jobs = root, deaths, start, jobs

    def read(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """What is made of each of the ``tasks``, in their order. Raises UnusableError."""
        suspects = [task for task in tasks if self._deaths.is_suspect(task.item)]
        paths = [task.item.path for task in suspects]
        known = dict(zip(paths, self._one_by_one(suspects), strict=True))
        made = self._together(task for task in tasks if task.item.path not in known)
        for task in tasks:
            yield known[task.item.path] if task.item.path in known else next(made)

    def _together(self, waiting: Iterator[Task]) -> Iterator[Made]:
        """The same of pages that are read many at a time."""
        while some := list(islice(waiting, _PAGES)):
            yield from self._by_one_executor(chain(some, waiting))

    def _by_one_executor(self, waiting: Iterator[Task]) -> Iterator[Made]:
        """The same of some of ``waiting``: of all, unless a process ends."""
        executor = self._started(self._jobs)
        on_way: deque[_Handed] = deque()
        try:
            while self._hand_over(executor, waiting, on_way):
                if on_way[0].made.exception() is not None:
                    break
                yield from map(decoded, on_way.popleft().made.result())
        finally:
            _end(executor)
        for each in on_way:
            if _is_lost(each):
                yield from self._one_by_one(each.tasks)
            else:
                yield from map(decoded, each.made.result())

    def _hand_over(
        self, executor: Executor, waiting: Iterator[Task], on_way: deque[_Handed]
    ) -> bool:
        """Hands over as many of ``waiting`` as may be ``on_way``; whether any are."""
        while len(on_way) < _AHEAD * self._jobs and (some := list(islice(waiting, _PAGES))):
            on_way.append(_Handed(some, self._submit(executor, some)))
            self._deaths.begin([task.item for each in on_way for task in each.tasks])
        return bool(on_way)

    def _one_by_one(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """The same of pages at one of which a process ended, or so it seems."""
        executor: Executor | None = None
        try:
            for task in tasks:
                self._deaths.begin([task.item])
                made = Made(failure=ends_program(task.item.path, MOST_DEATHS))
                for _ in range(MOST_DEATHS):
                    executor = executor or self._proven()
                    future = self._submit(executor, [task])
                    if (error := future.exception()) is None:
                        [made] = map(decoded, future.result())
                        break
                    _end(executor)
                    executor = None
                    if not isinstance(error, BrokenExecutor):
                        executor = self._proven()  # if there is none, that was the error
                        made = Made(failure=page_failure(task.item.path, error, "read this page"))
                        break
                self._deaths.end()
                yield made
        finally:
            if executor:
                _end(executor)

    def _started(self, jobs: int) -> Executor:
        try:
            return self._start(jobs)
        except Exception as error:  # whatever keeps it from starting, pages can be read here
            raise UnusableError from error

    def _proven(self) -> Executor:
        """An executor whose process lives, so that what ends it next is what it is handed."""
        executor = self._started(1)
        try:
            executor.submit(int).result()
        except Exception as error:
            _end(executor)
            raise UnusableError from error
        except BaseException:
            _end(executor)
            raise
        return executor

    def _submit(self, executor: Executor, tasks: Sequence[Task]) -> Future[list[bytes]]:
        try:
            return executor.submit(read_tasks, self._root, tasks)
        except BrokenExecutor as error:  # since the last look at it
            lost: Future[list[bytes]] = Future()
            lost.set_exception(error)
            return lost
        except Exception as error:  # no memory for a process, no room for its queue
            raise UnusableError from error


def _is_lost(handed: _Handed) -> bool:
    """Whether nothing came of pages, or is to come."""
    made = handed.made
    return not made.done() or made.cancelled() or made.exception() is not None


def _end(executor: Executor) -> None:
    """Ends ``executor`` at once, whatever its processes do."""
    executor.shutdown(cancel_futures=True)


class _Processes(ProcessPoolExecutor):
    """Processes that end with this one, and at once if what they do is wanted no more."""

    def __init__(self, jobs: int) -> None:
        # not by forking this one: it may have threads, and has the publisher's lock
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        theirs, self._ours = context.Pipe(duplex=False)
        super().__init__(jobs, context, _begin, (theirs,))

    def submit(
        self, work: Callable[..., _Result], /, *args: object, **named: object
    ) -> Future[_Result]:
        """Hands ``work`` over; Ctrl-C is heard when the processes that it takes have begun.

        One that was interrupted while it loads would say so, and one that is nobody's yet fails.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(work, *args, **named)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Waits for what is being done, unless futures are cancelled; nothing is left behind."""
        if cancel_futures:
            self._ours.close()
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._ours.close()


def _begin(end: Connection) -> None:
    """What each process does first; it ends with the other side of ``end``."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # who pressed the keys stops the run, which stops us
    threading.Thread(target=_end_with, args=(end,), daemon=True).start()


def _end_with(end: Connection) -> None:
    with suppress(EOFError, OSError):
        end.recv()
    os._exit(1)


def start_processes(jobs: int) -> Executor:
    """So many processes of this machine. Raises OSError, ImportError or NotImplementedError."""
    return _Processes(jobs)
