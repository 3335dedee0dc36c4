"""Hubs are told what changed (WebSub), after it was published; alone imports urllib3.

Rules
- Nothing here delays or fails a publish: it is committed, said, and its lock is free. Hubs are
  told at the same time, each by a thread of its own, and a run waits for them no longer than
  ``SECONDS``, whatever they do.
- A ping is forgotten once its hub took it, and not before: a hub may be told something twice.
- After a hub's first failure it gets nothing more in that run. A redirect is a failure: whoever
  wrote the hub's address down is to know.
- What failed waits: a minute at first, then twice as long each time, up to four hours. What counts
  is how often the hub failed, whatever it was told: all that waits for it waits together.
- What has waited for a day, and fails once more, is given up. A change that comes while another
  still waits is as old as that one: a hub that is gone for good is not forgiven by each change.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from feeds import __version__
from feeds.ledger import lock, outbox
from feeds.ledger.connect import Ledger, open_to_note
from feeds.ledger.outbox import Ping
from feeds.model.errors import FeedsError, LedgerBusyError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, Newsroom, files

if TYPE_CHECKING:
    import urllib3

SECONDS = 10.0
_CONNECT_SECONDS = 3.0
_READ_SECONDS = 5.0
_SETTLE_SECONDS = 1.5
"""For so long the website may go on serving the revision before, also to a hub."""
_MOST_BYTES = 2048
_MOST_SHOWN = 120
_CLAIM = timedelta(minutes=1)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
PATIENCE = timedelta(hours=24)
_DOUBLINGS = 8
"""After so many the longest pause is reached."""


def pause(failures: int) -> timedelta:
    """For how long a hub is left alone that failed ``failures`` times in a row, at least once."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, _DOUBLINGS)), LONGEST_PAUSE)


def is_over(since: datetime, now: datetime) -> bool:
    """Whether a ping that has waited since ``since`` is given up if it fails once more."""
    return now - since >= PATIENCE


def owed(
    waiting: Iterable[Ping],
    hubs: Iterable[str],
    topics: Collection[str],
    changed: Collection[str],
    revision: int,
    now: datetime,
) -> list[Ping]:
    """What there is to tell once ``revision`` ``changed`` some of the ``topics``, by hub and topic.

    What is ``waiting`` for other hubs, or about other topics, is forgotten. What failed is tried
    again along with what changed.
    """
    told = dict.fromkeys(hubs)
    kept = {
        (ping.hub, ping.topic): ping._replace(due=now) if changed and ping.failure else ping
        for ping in waiting
        if ping.hub in told and ping.topic in topics
    }
    for hub in told:
        for topic in changed:
            older = kept.get((hub, topic))
            since, failure = (older.since, older.failure) if older else (now, "")
            kept[hub, topic] = Ping(hub, topic, revision, since, now, 0, failure)
    return list(kept.values())


class _Answer(NamedTuple):
    """What a hub made of a ping; ``failure`` is empty if it took it."""

    ping: Ping
    failure: str


def deliver(
    newsroom: Newsroom,
    now: datetime,
    wait: Callable[[float], None] = time.sleep,
    seconds: float = SECONDS,
) -> list[Problem]:
    """Tells hubs what they are to be told at ``now``; returns what is wrong with those given up.

    Takes no longer than ``seconds``, and what ``wait`` takes. Raises nothing that has to do with
    hubs or the ledger.
    """
    try:
        with lock.writing(newsroom.database):
            ledger = open_to_note(newsroom.database)
            if ledger is None:
                return []
            with ledger.write() as connection:
                claimed = outbox.claim(connection, now, until=now + _CLAIM)
            if not claimed:
                return []
            wait(_SETTLE_SECONDS)
            return _Delivery(newsroom, ledger, now).run(claimed, seconds)
    except LedgerBusyError:
        return []  # what was claimed is due again soon
    except FeedsError as error:
        return [*error.problems]
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        return [failure_on(error, str(newsroom.root), "tell hubs what changed")]


class _Delivery:
    """One delivery: what hubs answer goes into the ledger as it comes."""

    def __init__(self, newsroom: Newsroom, ledger: Ledger, now: datetime) -> None:
        self._newsroom = newsroom
        self._ledger = ledger
        self._now = now

    def run(self, claimed: list[Ping], seconds: float) -> list[Problem]:
        left: dict[str, list[Ping]] = {}
        for ping in claimed:
            left.setdefault(ping.hub, []).append(ping)
        last = time.monotonic() + seconds
        answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        for waiting in left.values():
            # its host's look-up has no timeout: what takes too long is left behind in the thread
            arguments = (list(waiting), last, answers)
            threading.Thread(target=_tell, args=arguments, daemon=True).start()
        said: list[Problem] = []
        took = set()
        while left:
            try:
                answer = answers.get(timeout=max(0.0, last - time.monotonic()))
            except queue.Empty:
                break
            hub = answer.ping.hub
            if answer.failure:
                said += self._failed(answer)
                del left[hub]
                continue
            took.add(hub)
            with self._ledger.write() as connection:
                outbox.mark_delivered(connection, answer.ping)
            left[hub].remove(answer.ping)
            if not left[hub]:
                del left[hub]
        for hub, waiting in left.items():
            if hub not in took:  # else it is slow, and goes on in the next run
                said += self._failed(_Answer(waiting[0], f"no answer within {seconds:g} seconds"))
        return said

    def _failed(self, answer: _Answer) -> list[Problem]:
        """Notes a failure; returns what there is to say if the hub is given up."""
        hub = answer.ping.hub
        with self._ledger.write() as connection:
            waiting = outbox.count_failure(connection, answer.ping)
            if failures := sum(one.attempts for one in waiting):
                # else the one row was replaced, and somebody else sends that
                due = self._now + pause(failures)
                outbox.postpone(connection, hub, due, answer.failure)
            over = [one for one in waiting if is_over(one.since, self._now)]
            outbox.drop(connection, over)
            if not over:
                return []
            problem = Problem(
                "hub-given-up",
                f"the hub {hub} was not told of {over[0].topic} for a day, and is not told any "
                f"more until that changes again: {answer.failure}",
                self._line(hub),
                "correct its address or take it out; subscribers go on polling",
                file=str(self._newsroom.root / CONFIGURATION),
                field="hubs",
            )
            return [problem] if outbox.give_up(connection, hub, problem) else []

    def _line(self, hub: str) -> int:
        """Where in the configuration ``hub`` stands; 0 if that can't be seen."""
        try:
            data = files.read_regular(self._newsroom.root / CONFIGURATION)
        except OSError:
            return 0
        lines = enumerate(data.decode("utf-8", "replace").splitlines(), start=1)
        return next((number for number, line in lines if hub in line), 0)


def _tell(waiting: list[Ping], last: float, answers: queue.SimpleQueue[_Answer]) -> None:
    """Sends pings to their hub one after the other, until one fails or it is too late."""
    for ping in waiting:
        if time.monotonic() >= last:
            return
        try:
            failure = _send(ping)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this hub's
            failure = failure_on(error, ping.hub, "tell it").what
        answers.put(_Answer(ping, failure))
        if failure:
            return


def _send(ping: Ping) -> str:
    """Sends one ping; returns why the hub did not take it, or nothing if it did."""
    import urllib.request  # late, as what follows: nothing else needs it

    import urllib3

    parts = urlsplit(ping.hub)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy and urllib.request.proxy_bypass(parts.netloc):
        proxy = None
    # hubs read one of the two, some this one, some that
    fields = {"hub.mode": "publish", "hub.url": ping.topic, "hub.topic": ping.topic}
    try:
        pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        with pool:
            answer = pool.request(
                "POST",
                ping.hub,
                body=urlencode(fields),
                headers={
                    "Content-Type": "application/x-www-form-urlencoded",
                    "User-Agent": f"newsroom-feeds/{__version__}",
                },
                timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
                retries=False,
                preload_content=False,
            )
            try:
                return "" if 200 <= answer.status < 300 else _refusal(answer)
            finally:
                answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return _why(error)


def _refusal(answer: urllib3.BaseHTTPResponse) -> str:
    """What a hub answered that did not take a ping."""
    told = f"it answers {answer.status}"
    if 300 <= answer.status < 400:
        return f"{told} and points to {_shown(answer.headers.get('Location', 'nowhere'))}"
    words = _shown(answer.read(_MOST_BYTES, decode_content=False).decode("utf-8", "replace"))
    return f"{told} ({words})" if words and not words.startswith("<") else told


def _shown(text: str) -> str:
    """``text`` of a stranger, fit for a line in a terminal."""
    words = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}…"


def _why(error: BaseException) -> str:
    """Why there was no answer at all."""
    from urllib3 import exceptions

    match error:
        case exceptions.NameResolutionError():
            return "its host is not known"
        case exceptions.NewConnectionError():
            pass  # in some releases a timeout by its type, which it is not
        case exceptions.ConnectTimeoutError():
            return f"no connection within {_CONNECT_SECONDS:g} seconds"
        case exceptions.ReadTimeoutError():
            return f"no answer within {_READ_SECONDS:g} seconds"
        case exceptions.SSLError():
            return f"no safe connection: {_shown(str(error))}"
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return f"what it answers is not HTTP ({_shown(str(error))})"
