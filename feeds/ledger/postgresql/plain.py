"""Connections to a server by psycopg alone, with an end to each wait.

Rules
- A server that is gone, or says nothing, costs whoever asks it no more than ``patience``, whatever
  the network swallows.
- What the address says of time-outs, or of anything else, is believed.
- Who heard nothing in time doesn't ask again at once: a silent server would take as long again.
- Nobody looks for a table in a second schema, which may be another newsroom's.
- A connection that is kept is asked by one thread at a time, and is opened again once it is lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from feeds.ledger.postgresql.errors import explained, not_installed
from feeds.newsroom.database import Address

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict
except ImportError as error:  # whoever names an address hears what to install
    raise not_installed() from error

if TYPE_CHECKING:
    from psycopg.abc import PQGen

Error = psycopg.Error
_CONNECT_SECONDS = 3
PATIENCE_SECONDS = 5.0
"""How long the server's answer to a short question is waited for."""
APP_SECONDS = 1.0
"""The same where somebody waits for the app: a worker answers nobody else meanwhile."""
APP_CONNECT_SECONDS = 2
"""How long the app waits to be let in: libpq takes less than two seconds for two."""
_KEPT_ALIVE = {
    # a peer that is gone without a word is known to be after a quarter of a minute, on both sides
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
_SERVER_SIDE = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2 "
    "-c tcp_user_timeout=15000 -c timezone=UTC -c idle_in_transaction_session_timeout=0"
)
_OF_ONE_SCHEMA = "SELECT set_config('search_path', quote_ident(current_schema()), false)"
_RV = TypeVar("_RV")


class SilentError(psycopg.OperationalError):
    """The server gave no answer in time."""

    is_silence = True


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits for no answer longer than ``patience`` seconds."""

    patience = PATIENCE_SECONDS

    def __del__(self, *_: object) -> None:
        """Is closed by libpq, in the process that opened it: some are kept to the very end."""

    def wait(self, gen: PQGen[_RV], interval: float = 0.1, timeout: float | None = None) -> _RV:
        """As psycopg's own; a connection that gave no answer in time is closed."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            what = f"the server gave no answer within {self.patience:g} seconds"
            raise SilentError(what) from error


def connect(address: Address, *, patience: float, lock_seconds: float = 5.0) -> Connection:
    """A new connection, in autocommit; raises psycopg.Error.

    ``lock_seconds`` is how long the server waits for what another connection has locked. With the
    app's ``patience`` nobody waits longer to be let in than the app does.
    """
    given = conninfo_to_dict(address.url)
    options = f"{_SERVER_SIDE} -c lock_timeout={int(1000 * lock_seconds)}"
    wanted: dict[str, Any] = {
        "connect_timeout": APP_CONNECT_SECONDS if patience <= APP_SECONDS else _CONNECT_SECONDS,
        "application_name": "newsroom-feeds",
        "client_encoding": "utf8",
        **_KEPT_ALIVE,
    }
    made = {name: value for name, value in wanted.items() if name not in given}
    made["options"] = f"{options} {given.get('options', '')}".rstrip()
    found = Connection.connect(address.url, autocommit=True, **made)
    found.patience = patience
    found.execute(_OF_ONE_SCHEMA)  # each option of the address is in force by now
    return found


class Kept:
    """A connection that is kept for short questions, by this process alone."""

    def __init__(self, address: Address, *, patience: float = PATIENCE_SECONDS) -> None:
        self._address = address
        self._patience = patience
        self._lock = Lock()
        self._connection: Connection | None = None
        self._process = 0

    def ask(self, query: Any, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer ``query``, empty if it gives none. Raises LedgerError."""
        with self._lock, explained(self._address):
            was_kept = self._is_open()
            try:
                return self._answer(query, values)
            except psycopg.OperationalError as error:
                self._drop()
                if not was_kept or isinstance(error, SilentError):
                    raise
                return self._answer(query, values)  # it was lost since the last question

    def close(self) -> None:
        """Lets go of the connection, until the next question."""
        with self._lock:
            self._drop()

    def _is_open(self) -> bool:
        if self._process != os.getpid():
            self._connection = None  # it is another process's, which goes on with it
        return self._connection is not None and not self._connection.closed

    def _answer(self, query: Any, values: Sequence[object]) -> list[tuple[Any, ...]]:
        if not self._is_open():
            self._connection = connect(self._address, patience=self._patience)
            self._process = os.getpid()
        assert self._connection is not None  # noqa: S101 - for the type checker
        cursor = self._connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []

    def _drop(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None

    def __del__(self) -> None:
        if getattr(self, "_connection", None) is not None:
            self._drop()


_MOST_KEPT = 3
"""A program has one ledger, or two that it copies."""
_kept: dict[Address, Kept] = {}


def kept(address: Address) -> Kept:
    """The connection that this process keeps to ``address`` for short questions."""
    found = _kept.pop(address, None) or Kept(address)
    _kept[address] = found  # the last of them is the one that was asked last
    for forgotten in [*_kept][:-_MOST_KEPT]:
        _kept.pop(forgotten).close()
    return found


@contextmanager
def opened(address: Address) -> Iterator[Connection]:
    """A connection of its own for a block. Raises LedgerError."""
    with explained(address):
        connection = connect(address, patience=2 * PATIENCE_SECONDS)
        try:
            yield connection
        finally:
            with suppress(psycopg.Error):
                connection.close()
