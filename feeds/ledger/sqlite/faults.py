"""The database's errors in the words of whoever has to do something about them.

Rules
- What happened is told by SQLite's codes, and by nothing that is written in a sentence.
- A copy is to be gone back to only where the file itself is damaged. A full disk damages nothing,
  nor does a statement that SQLite refuses.
- That another program is at work is said only where it is.
"""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import msgspec
import sqlalchemy as sa

from feeds.ledger.faults import DAMAGED, REFUSED, UNFINISHED, unusable
from feeds.ledger.packing import DamagedError
from feeds.ledger.sqlite import access
from feeds.ledger.sqlite.tables import missing_tables
from feeds.ledger.sqlite.words import RESTORE
from feeds.model.errors import FeedsError, LedgerBusyError, LedgerError
from feeds.newsroom import files, space

_PROBE_BYTES = 1024 * 1024
"""So little that whatever can't be written for want of room can't be, either."""
_SHARED_INDEX = {
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_HOT_JOURNAL = sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns errors of the database at ``path`` into LedgerError, LedgerBusyError, DiskFullError."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        raise fault(path, original) from error
    except (msgspec.DecodeError, DamagedError) as error:
        what = f"damaged: {error}"
        raise LedgerError(what, file=str(path), remedy=unusable(RESTORE), code=DAMAGED) from error


def fault(path: Path, error: BaseException | None) -> FeedsError:
    """What ``error`` of the database at ``path`` means, and what to do."""
    # Python's own errors have none: of a text that can't be decoded, say
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    kind = code & 0xFF
    said, place = str(error), str(path)
    if kind in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LedgerBusyError(
            "another program is writing to the ledger",
            file=place,
            remedy="nothing was done; try again when it has finished",
        )
    if kind == sqlite3.SQLITE_FULL:
        return _lack(path) or space.lacking(path, space.SPARE_BYTES)
    if kind in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN} and (lack := _lack(path)):
        return lack
    if code in _SHARED_INDEX:
        remedy = "keep the ledger on a local disk: name its place with --database"
        what = f"this file system can't have what SQLite shares beside the ledger: {said}"
        return LedgerError(what, file=place, remedy=remedy)
    if kind == sqlite3.SQLITE_IOERR:
        remedy = (
            "see what the system's log says of this disk, and whether a quota is used up; "
            "what was published stays as it was"
        )
        return LedgerError(f"the disk fails: {said}", file=place, remedy=remedy)
    if code in _HOT_JOURNAL:
        remedy = "run 'feeds publish' as the user whose ledger it is: it puts that in order"
        what = "what was last written is not complete"
        return LedgerError(what, file=place, remedy=remedy, code=UNFINISHED)
    if kind in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return LedgerError(said, file=place, remedy=_admission(path))
    if kind == sqlite3.SQLITE_ERROR and (missing := _missing_tables(path)):
        said = f"damaged: it has no table {' and no table '.join(missing)}"
    elif kind not in _DAMAGE:
        remedy = "what was published stays as it was; --debug shows where the program failed"
        what = f"SQLite refuses what it was asked: {said}"
        return LedgerError(what, file=place, remedy=remedy, code=REFUSED)
    return LedgerError(said, file=place, remedy=unusable(RESTORE), code=DAMAGED)


def _missing_tables(path: Path) -> list[str]:
    uri = f"file:{quote(str(path))}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True)) as plain:
        return missing_tables(plain)
    return []


def _admission(path: Path) -> str:
    """What lets the user who runs the program into the ledger at ``path``."""
    if missing := access.lacking(path):
        names = " and ".join(file.name for file in missing)
        return (
            f"run 'feeds publish' as the user who owns the ledger: it makes {names} beside it, "
            "without which nobody can read it who may not write there"
        )
    return "let the user who runs this program read the ledger, and write to it if need be"


def _lack(path: Path) -> FeedsError | None:
    """Where there is no room: beside the ledger, or where SQLite keeps what is temporary."""
    found = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    largest = max((file.stat().st_size for file in found if files.is_file(file)), default=0)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    for place in (path, space.temporary_folder()):
        if error := space.probe(place, _PROBE_BYTES):
            return space.lacking(place, largest + space.SPARE_BYTES, error=error)
    if limit != resource.RLIM_INFINITY and limit < largest + space.SPARE_BYTES:
        error = OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return space.lacking(path, largest + space.SPARE_BYTES, error=error)
    return None
