"""One publisher at a time, wherever it runs: a lock of the session, and a token against a lost one.

Rules
- The lock is the session's: the server lets go of it when the connection ends, however it ends.
- Who lost the connection has lost the lock, and may not know. So each holder gets a token, a number
  that none before had. Whoever writes locks the row with the newest one until the end of the
  transaction: whose token that is not any more writes nothing, and a successor waits for a
  transaction that had begun.
- Who publishes goes by a clock of its own, and the next one by another: with one that is ahead, an
  embargo would end early. So both have to have the server's, as the real ones go, whatever moment a
  run is told to go by.
- What lies in files beside a ledger that is one itself is in the table ``publisher``: the token,
  the note of the last run, the names of pages that are being read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from shlex import quote

from feeds.ledger import faults
from feeds.ledger.postgresql import plain
from feeds.model.errors import FeedsError, LedgerBusyError, LedgerError
from feeds.newsroom.database import Address

TABLE = "publisher"
"""The table that is no part of what is published, and is copied nowhere."""
_CLASS = 1_718_773_348
"""What tells the program's locks in a database from others'."""
_COMMAND_CLASS = _CLASS + 1
"""The same of whoever runs the command after a revision."""
_MAKE = """\
CREATE TABLE IF NOT EXISTS publisher (key text PRIMARY KEY, value text NOT NULL);
INSERT INTO publisher VALUES ('token', '0'), ('run', ''), ('reading', '') ON CONFLICT DO NOTHING
"""
_IS_THERE = """\
SELECT count(*) = 2 FROM pg_attribute
WHERE attrelid = to_regclass('publisher') AND attname IN ('key', 'value')
"""
"""Another program's table of that name is none."""
TABLES = """\
SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
AND NOT (tablename = 'publisher' AND (SELECT count(*) = 2 FROM pg_attribute
         WHERE attrelid = to_regclass('publisher') AND attname IN ('key', 'value')))
"""
"""All but that one."""
_IS_LEDGER = """\
SELECT to_regclass('alembic_version') IS NOT NULL
AND coalesce(to_regclass('readings'), to_regclass('revisions'), to_regclass('aliases')) IS NOT NULL
"""
# without a schema it is had, too, and making the table says what is wrong
_TRY = "SELECT pg_try_advisory_lock(%s, hashtext(coalesce(current_schema()::text, '')))"
_TAKE = "UPDATE publisher SET value = (value::bigint + 1)::text WHERE key = 'token' RETURNING value"
LOCKED = "SELECT value FROM publisher WHERE key = 'token' FOR UPDATE"
"""Asked at the beginning of each transaction that writes."""
_NOTE_READING = """\
UPDATE publisher SET value = %s
WHERE key = 'reading' AND set_config('synchronous_commit', 'off', true) = 'off'
"""
"""It must outlive the publisher, not the server: two waits for a disk are too much for a page."""
_NOTE_MINE = """\
UPDATE publisher SET value = %s
WHERE key = 'run' AND (SELECT value FROM publisher WHERE key = 'token') = %s
"""
_NOTED = "SELECT value FROM publisher WHERE key = %s"
_HELD = """\
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND classid = %s AND objid::bigint = hashtext(current_schema()::text)::bigint & 4294967295
"""
_FOUND = """\
SELECT (SELECT string_agg(key || '=' || value, ' ' ORDER BY key) FROM settings
        WHERE key IN ('epoch', 'keys', 'ledger', 'nonce')),
       (SELECT max(number) FROM revisions)
"""

_CLOCK = "SELECT extract(epoch FROM clock_timestamp())::float8"
_MOST_SECONDS = 30.0
"""So far apart the clocks of a publisher and of the server may be."""
_ENCODING = "UTF8"

_clock = time.time
_tokens: dict[Address, str] = {}


@contextmanager
def hold(address: Address) -> Iterator[Callable[[bytes], None]]:
    """The publisher's lock for the ledger at ``address``, and what notes a run there.

    Raises LedgerBusyError at once if another publisher has it, and LedgerError if the database is
    another program's, can't keep every letter, or has another clock.
    """
    with plain.opened(address) as connection:
        _lock(connection, address)
        _refuse_encoding(connection, address)
        _refuse_clock(connection, address)
        if not connection.execute(_IS_THERE).fetchall()[0][0]:
            if faults.is_foreign({name for (name,) in connection.execute(TABLES)}):
                raise faults.foreign(address)
            connection.execute(_MAKE)
        # waits for a writer that lost its lock, and is at work still: then it is busy all the same
        _tokens[address] = connection.execute(_TAKE).fetchall()[0][0]
        try:
            yield partial(_note, address)
        finally:
            _tokens.pop(address, None)
            with suppress(plain.Error):
                # the server hears of a connection's end when it gets round to it, and whoever
                # decides something publishes at once
                connection.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def hold_command(address: Address) -> Iterator[int]:
    """The lock of whoever runs the command after a revision, and the socket of its connection.

    Raises LedgerBusyError at once if another has it.
    """
    with plain.opened(address) as connection:
        _lock(connection, address, _COMMAND_CLASS, "command after a revision")
        try:
            yield connection.fileno()
        finally:
            with suppress(plain.Error):  # as above
                connection.execute("SELECT pg_advisory_unlock_all()")


def _lock(
    connection: plain.Connection, address: Address, kind: int = _CLASS, who: str = "'feeds publish'"
) -> None:
    if not connection.execute(_TRY, (kind,)).fetchall()[0][0]:
        raise LedgerBusyError(
            f"another {who} is at work on this ledger",
            file=str(address),
            remedy="nothing was done; the next run will do it",
        )


def _refuse_encoding(connection: plain.Connection, address: Address) -> None:
    found = connection.info.parameter_status("server_encoding")
    if found != _ENCODING:
        made = f"createdb --owner={quote(connection.info.user)} --encoding={_ENCODING}"
        raise LedgerError(
            f"this database is in {found}, which lacks letters that stories have",
            file=str(address),
            remedy="delete it, or name another with --database, that is made with: "
            f"{made} --template=template0 {quote(connection.info.dbname)}",
            code="ledger-encoding",
        )


def _refuse_clock(connection: plain.Connection, address: Address) -> None:
    asked = _clock()
    server = connection.execute(_CLOCK).fetchall()[0][0]
    heard = _clock()
    # of what was asked for so long, the moment that is nearer
    apart = max(asked - server, 0.0) + min(heard - server, 0.0)
    if abs(apart) <= _MOST_SECONDS:
        return
    ours, theirs = (datetime.fromtimestamp(one, UTC) for one in (heard, server))
    raise LedgerError(
        f"this machine's clock ({ours:%Y-%m-%d %H:%M:%S} UTC) is {abs(apart):.0f} s "
        f"{'ahead of' if apart > 0 else 'behind'} the server's ({theirs:%Y-%m-%d %H:%M:%S} UTC)",
        file=str(address),
        remedy="have NTP set both (see 'timedatectl'); nothing was done, since an embargo would "
        "end when the wrong clock says so",
        code="clock-differs",
    )


def refuse_superseded(address: Address, token: str) -> None:
    """Raises LedgerError if this process holds a lock that another has by now, with ``token``."""
    mine = _tokens.get(address)
    if mine is not None and mine != token:
        raise LedgerError(
            "the connection that held the publisher's lock was lost, and another publishes by now",
            file=str(address),
            remedy="nothing was written; the next run does what this one didn't",
            code="ledger-superseded",
        )


def is_held(address: Address) -> bool:
    """Whether a publisher is at work, on whatever machine."""
    with suppress(FeedsError):
        return bool(plain.kept(address).ask(_HELD, (_CLASS,)))
    return False


def is_used(address: Address) -> bool:
    """Whether a publisher ever had the lock."""
    return bool(plain.kept(address).ask(_IS_THERE)[0][0])


def noted(address: Address) -> bytes:
    """What is noted of the last run; empty if nothing is."""
    return note(plain.kept(address))


def note(kept: plain.Kept, key: str = "run") -> bytes:
    """The same, over a connection that is kept for it. Raises LedgerError."""
    if not kept.ask(_IS_THERE)[0][0]:
        return b""
    return "".join(value for (value,) in kept.ask(_NOTED, (key,))).encode()


def _note(address: Address, data: bytes) -> None:
    # unless another took over meanwhile, who has to say by now what becomes of it
    plain.kept(address).ask(_NOTE_MINE, (data.decode(), _tokens.get(address, "")))


def signature(address: Address) -> str:
    """Which ledger this is, and how far it has come; empty if it is none yet."""
    return found(plain.kept(address))


def found(kept: plain.Kept) -> str:
    """The same, over a connection that is kept for it. Raises LedgerError."""
    if not kept.ask(_IS_LEDGER)[0][0]:
        return ""
    return str(kept.ask(_FOUND)[0])


def changed(address: Address) -> float:
    """When the newest revision was committed, in seconds since the epoch; 0 if there is none."""
    kept = plain.kept(address)
    if not signature(address):
        return 0.0
    (found,) = kept.ask("SELECT extract(epoch FROM max(committed)) FROM revisions")[0]
    return float(found or 0)


class NotesRow:
    """Which pages are being read, in a row beside the note of the last run."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def found(self) -> bytes:
        """What the run before left there; empty if nothing."""
        with suppress(FeedsError):
            return note(plain.kept(self._address), "reading")
        return b""

    def open(self) -> None:
        """Begins to note: nothing is to be done for that."""

    def put(self, data: bytes) -> None:
        """Has ``data`` there, at once."""
        with suppress(FeedsError):
            plain.kept(self._address).ask(_NOTE_READING, (data.decode(),))

    def close(self) -> None:
        """Leaves nothing there."""
        self.put(b"")
