"""Whether anything was committed to a ledger that a server has, asked by a thread of its own.

Rules
- Whoever answers the world waits for no server: what the thread heard last is told at once, also
  that the server is away, and the note of the last run.
- The thread asks as long as somebody asks it, over one connection that is kept, and goes on asking
  while the server is away.
- Who needs the server for more than that asks first whether it speaks: if the thread has heard
  nothing for as long as anybody waits for an answer, it is about to say so, and that is waited for.
  So of those who are answered one after the other, the first alone waits in vain.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Condition, Thread
from typing import NamedTuple, TypeVar
from weakref import ref

from feeds.ledger.postgresql import lock, plain
from feeds.ledger.postgresql.errors import fault
from feeds.model.errors import FeedsError
from feeds.newsroom.database import Address

BETWEEN_SECONDS = 0.2
"""How long the thread rests before each question."""
_IDLE_SECONDS = 60.0
"""The thread ends when nobody asked for so long, and begins again with the next question."""
_Told = TypeVar("_Told")


class _Heard(NamedTuple):
    """What the server said: how far the ledger has come, the last run's note, and when it did.

    An error stands for what it couldn't be asked.
    """

    state: str | FeedsError
    note: bytes | FeedsError
    moment: float


class ServerWatch:
    """Watches the ledger at ``address``."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._hearing = Condition()
        self._heard: _Heard | None = None
        self._asked = 0.0
        self._thread: Thread | None = None
        self._process = 0

    def mark(self) -> object:
        """Differs from the mark before if a revision was committed since, or a key changed.

        Raises LedgerError where the server can't be asked.
        """
        return _told(self._known().state)

    def require(self) -> None:
        """Raises LedgerError where the server can't be asked, as far as that is known by now."""
        with self._hearing:
            known = self._known()
            _told(known.state)
            if time.monotonic() - known.moment > plain.APP_SECONDS:
                self._hearing.wait(2 * BETWEEN_SECONDS)
                _told((self._heard or known).state)

    def noted(self) -> bytes:
        """The note of the last run; empty if there is none. Raises LedgerError."""
        return _told(self._known().note)

    def close(self) -> None:
        """Has the thread end, until the next question."""
        with self._hearing:
            self._asked = 0.0
            self._heard = None

    def _known(self) -> _Heard:
        with self._hearing:
            self._asked = time.monotonic()
            self._ensure()
            if self._heard is None:  # for the first who asks
                self._hearing.wait(plain.APP_CONNECT_SECONDS + plain.APP_SECONDS)
            if self._heard is None:
                raise fault(self._address, plain.SilentError("it gave no answer yet"))
            return self._heard

    def _ensure(self) -> None:
        is_there = self._thread is not None and self._thread.is_alive()
        if is_there and self._process == os.getpid():
            return
        self._process = os.getpid()
        self._heard = None
        self._thread = Thread(target=_ask, args=(ref(self), self._address), daemon=True)
        self._thread.start()

    def hear(self, state: str | FeedsError, note: bytes | FeedsError) -> bool:
        """Takes over what the thread heard; returns whether it is to go on."""
        with self._hearing:
            now = time.monotonic()
            is_wanted = now - self._asked < _IDLE_SECONDS
            self._heard = _Heard(state, note, now) if is_wanted else None
            if not is_wanted:
                self._thread = None
            self._hearing.notify_all()
            return is_wanted


def _told(heard: _Told | FeedsError) -> _Told:
    if isinstance(heard, FeedsError):
        raise heard.with_traceback(None)
    return heard


def _ask(watch: ref[ServerWatch], address: Address) -> None:
    kept = plain.Kept(address, patience=plain.APP_SECONDS)
    try:
        while True:
            state = _answer(lambda: lock.found(kept))
            # a role that may not read the note is served all the same
            note = state if isinstance(state, FeedsError) else _answer(lambda: lock.note(kept))
            alive = watch()
            if alive is None or not alive.hear(state, note):
                return
            del alive
            time.sleep(BETWEEN_SECONDS)
    finally:
        kept.close()


def _answer(question: Callable[[], _Told]) -> _Told | FeedsError:
    try:
        return question()
    except FeedsError as error:
        return error
