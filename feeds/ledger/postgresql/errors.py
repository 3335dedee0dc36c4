"""The server's errors in the words of whoever has to do something about them, by SQLSTATE alone.

Rules
- That the server can't be reached says nothing of the ledger: what was published stays as it was.
- A copy is to be gone back to only where the server itself says that its data are damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from feeds.ledger.faults import AWAY, DAMAGED, REFUSED, unusable
from feeds.ledger.postgresql import words
from feeds.model.errors import DiskFullError, FeedsError, LedgerBusyError, LedgerError
from feeds.newsroom.database import Address

_BUSY = {"55P03", "40001", "40P01"}
"""Another has locked it, or wrote first."""
_AWAY = {"57P01", "57P02", "57P03", "57P05", "53300"}
"""It is shut down, starts, or has as many connections as it may have."""
_STATED = {
    "3F000": (
        "there is no schema to have tables in, or this role may not use it",
        "make it, let the role use it (GRANT USAGE ON SCHEMA), or name another in the address",
    ),
    "42501": (
        "this role may not do that there",
        "let the role of 'feeds publish' own the database, and grant others SELECT on its tables",
    ),
    "25006": (
        "this server takes no writes",
        "name the primary server: a replica of it is for apps alone",
    ),
    "57014": (
        "the server gave up on what it was asked",
        "see what its log says; what was published stays as it was",
    ),
}


def not_installed() -> LedgerError:
    """That psycopg is missing, which alone speaks to a server."""
    return LedgerError(
        "for a ledger in PostgreSQL, psycopg is missing",
        field="--database",
        remedy="install it into this program's environment: pip install 'psycopg[binary]>=3.3', "
        "or pipx inject newsroom-feeds 'psycopg[binary]'",
        code="psycopg-missing",
    )


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turns psycopg's errors into LedgerError, LedgerBusyError, DiskFullError."""
    from psycopg import Error  # late: it may be missing, which is told where it is needed

    try:
        yield
    except Error as error:
        raise fault(address, error) from error


def fault(address: Address, error: BaseException) -> FeedsError:
    """What ``error`` of the database at ``address`` means, and what to do."""
    from psycopg import OperationalError  # late: as above

    state = getattr(error, "sqlstate", None) or ""
    place = str(address)
    said = " ".join(str(error).split())
    if state in _BUSY:
        return LedgerBusyError(
            "another program is writing to the ledger",
            file=place,
            remedy="nothing was done; try again when it has finished",
        )
    if state == "53100":
        remedy = "make room on the server's disk, and run it again; what was published stays"
        return DiskFullError(f"the server's disk is full: {said}", file=place, remedy=remedy)
    if state in _STATED:
        what, remedy = _STATED[state]
        return LedgerError(f"{what}: {said}", file=place, remedy=remedy)
    if state in {"XX001", "XX002"}:
        what = f"damaged: {said}"
        return LedgerError(what, file=place, remedy=unusable(words.RESTORE), code=DAMAGED)
    if getattr(error, "is_silence", False):
        return LedgerError(
            f"the server takes connections, but doesn't do what it is asked: {said}",
            file=place,
            remedy="see whether it hangs; what was published stays as it was",
            code=AWAY,
        )
    is_lost = isinstance(error, OperationalError) and not state
    if is_lost or state in _AWAY or state.startswith("08"):
        # libpq gives no code for whatever keeps it from connecting, a wrong password included
        return LedgerError(
            f"the server can't be reached, or lets nobody in: {said}",
            file=place,
            remedy=_without_password(address, error)
            or "see that PostgreSQL runs, has this database, and lets this role in from here "
            "(its password belongs into ~/.pgpass); what was published stays as it was",
            code=AWAY,
        )
    remedy = "what was published stays as it was; --debug shows where the program failed"
    what = f"PostgreSQL refuses what it was asked: {said}"
    return LedgerError(what, file=place, remedy=remedy, code=REFUSED)


def _without_password(address: Address, error: BaseException) -> str:
    """What to do where the server asked for a password, and there was none; empty if it didn't."""
    tried = getattr(error, "pgconn", None)
    if tried is None or not tried.needs_password:
        return ""
    named = str(address)
    host, port, name, role = (
        part.decode("utf-8", "replace") for part in (tried.host, tried.port, tried.db, tried.user)
    )
    if host.startswith("/") and host not in unquote(named):  # libpq's own folder for sockets
        host = "localhost"
    fitting = ":".join(
        part.replace("\\", "\\\\").replace(":", "\\:") for part in (host, port, name, role)
    )
    return (
        f"no line in ~/.pgpass of the user who runs this begins with {fitting}: (or has * in the "
        "place of a part), or others may read that file: write one, and chmod 600 ~/.pgpass"
    )
