"""Whether anything was committed to a ledger that a server has, asked by a thread of its own.

Rules
- Whoever answers the world waits for no server: what the thread heard last is told at once, also
  that the server is away.
- The thread asks as long as somebody asks it, over one connection that is kept, and goes on asking
  while the server is away.
"""

from __future__ import annotations

import os
import time
from threading import Condition, Thread
from weakref import ref

from feeds.ledger.postgresql import lock, plain
from feeds.model.errors import FeedsError
from feeds.newsroom.database import Address

_BETWEEN_SECONDS = 0.2
_IDLE_SECONDS = 60.0
"""The thread ends when nobody asked for so long, and begins again with the next question."""
_PATIENCE_SECONDS = 2.0


class ServerWatch:
    """Watches the ledger at ``address``."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._heard = Condition()
        self._state: str | FeedsError | None = None
        self._asked = 0.0
        self._thread: Thread | None = None
        self._process = 0

    def mark(self) -> object:
        """Differs from the mark before if a revision was committed since.

        Raises LedgerError where the server can't be asked.
        """
        with self._heard:
            self._asked = time.monotonic()
            self._ensure()
            if self._state is None:  # for the first who asks
                self._heard.wait(2 * _PATIENCE_SECONDS)
            state = self._state
        if isinstance(state, FeedsError):
            raise state.with_traceback(None)
        return state

    def require(self) -> None:
        """Raises LedgerError, at once, where it is known that the server can't be asked."""
        self.mark()

    def close(self) -> None:
        """Has the thread end, until the next question."""
        with self._heard:
            self._asked = 0.0
            self._state = None

    def _ensure(self) -> None:
        is_there = self._thread is not None and self._thread.is_alive()
        if is_there and self._process == os.getpid():
            return
        self._process = os.getpid()
        self._state = None
        self._thread = Thread(target=_ask, args=(ref(self), self._address), daemon=True)
        self._thread.start()

    def hear(self, state: str | FeedsError) -> bool:
        """Takes over what the thread heard; returns whether it is to go on."""
        with self._heard:
            is_wanted = time.monotonic() - self._asked < _IDLE_SECONDS
            self._state = state if is_wanted else None
            if not is_wanted:
                self._thread = None
            self._heard.notify_all()
            return is_wanted


def _ask(watch: ref[ServerWatch], address: Address) -> None:
    kept = plain.Kept(address, patience=_PATIENCE_SECONDS)
    try:
        while True:
            state: str | FeedsError
            try:
                state = lock.found(kept)
            except FeedsError as error:
                state = error
            alive = watch()
            if alive is None or not alive.hear(state):
                return
            del alive
            time.sleep(_BETWEEN_SECONDS)
    finally:
        kept.close()
