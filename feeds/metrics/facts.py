"""What the ledger tells of publishing, asked by one thread for all who want to know.

Rules
- Nobody waits longer than ``_PATIENCE_SECONDS``, whatever the ledger's disk or server does; what
  can't be told by then is not known.
- What was told a second ago at most is not asked again.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import NamedTuple

from feeds.ledger import exports, holds, lock, outbox, revisions, shown
from feeds.ledger.loss import PublishedLedger
from feeds.ledger.mark import Mark
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom

_PATIENCE_SECONDS = 1.0
_FRESH_SECONDS = 1.0
_BUSY_SECONDS = 0.5


class Hubs(NamedTuple):
    """The hubs that are still to be told something, since when the first was, those given up."""

    waiting: int
    since: datetime | None
    given_up: int


class Published(NamedTuple):
    """What is in the ledger that was published into last.

    ``held`` counts stories by the problem for which they are held. ``newest`` is when the last
    revision was committed that brought a story. So many targets of exports are ``behind``, and
    could not be exported to.
    """

    mark: Mark
    newest: datetime | None
    held: Counter[str]
    hubs: Hubs
    behind: int


class Facts(NamedTuple):
    """How publishing is doing: the last run on record, and what is published.

    None for what isn't known.
    """

    run: lock.LastRun | None
    published: Published | None


UNKNOWN = Facts(None, None)


def gather(newsroom: Newsroom) -> Facts:
    """The facts as they are; a ledger that is lost, or can't be read, has none."""
    run = None
    try:
        run = lock.last_run(newsroom.database)
        return Facts(run, _published(newsroom))
    except FeedsError:
        return Facts(run, None)


def _published(newsroom: Newsroom) -> Published | None:
    with PublishedLedger(newsroom, patience=_BUSY_SECONDS).read() as connection:
        mark = revisions.mark(connection)
        moments = revisions.moments(connection, 1)
        held = Counter(holds.count(connection))
        if by_gate := shown.count_objections(connection):
            held["gate"] = by_gate
        pings = outbox.pending(connection)
        hubs = Hubs(
            len({ping.hub for ping in pings}),
            min((ping.since for ping in pings), default=None),
            len(outbox.given_up(connection)),
        )
        behind = len(exports.failing(connection))
    return Published(mark, moments[0] if moments else None, held, hubs, behind)


class Asked:
    """Asks ``gather`` for whoever wants to know; may be asked by many threads."""

    def __init__(
        self, gather: Callable[[], Facts], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gather = gather
        self._clock = clock
        self._lock = threading.Lock()
        self._answer: Future[Facts] | None = None
        self._told = 0.0

    def get(self, patience: float = _PATIENCE_SECONDS) -> Facts:
        """The facts, no older than a second; ``UNKNOWN`` if they can't be had in time."""
        with self._lock:
            answer = self._answer
            if answer is None or (answer.done() and self._clock() - self._told >= _FRESH_SECONDS):
                answer = self._answer = Future()
                # no pool: it would wait at the end of the process for what never comes to one
                threading.Thread(target=self._ask, args=(answer,), daemon=True).start()
        try:
            return answer.result(patience)
        except Exception:  # noqa: BLE001 - it takes too long, or failed in whatever way
            return UNKNOWN

    def _ask(self, answer: Future[Facts]) -> None:
        try:
            found = self._gather()
        except BaseException as error:  # noqa: BLE001 - it is told to whoever asked
            self._told = self._clock()
            answer.set_exception(error)
        else:
            self._told = self._clock()
            answer.set_result(found)
