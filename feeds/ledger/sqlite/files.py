"""The files that a ledger is made of, and how one ledger takes another's place.

SQLite keeps what was written last in files beside the ledger, and takes for a ledger's own whatever
lies there under its name. So none of these may be left for a file that they don't belong to.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from feeds.ledger.sqlite import access
from feeds.model.errors import LedgerBusyError, LedgerError
from feeds.newsroom.files import other_kind
from feeds.newsroom.whole import PRIVATE, sync

_WRITTEN = ("-wal", "-journal")
"""Those without which the ledger itself isn't whole; the third SQLite makes again."""


def exists(path: Path) -> bool:
    """Whether there is a file at ``path``, which SQLite can be let open.

    Raises LedgerError if that can't be known, or if there is something else, or beside it where
    SQLite has its own files: it opens all of these, and would wait for a pipe without end.
    """
    kind = _kind(path)
    if kind:
        raise LedgerError(
            f"this is {kind}, and no ledger",
            file=str(path),
            remedy="move it away, or name another ledger with --database",
        )
    if kind is None:
        return False
    real = Path(os.path.realpath(path))  # links it follows, too
    for suffix in access.COMPANIONS:
        beside = companion(real, suffix)
        if kind := _kind(beside):
            raise LedgerError(
                f"this is {kind}, and no file of SQLite's, which has one of this name here",
                file=str(beside),
                remedy="move it away, and run it again; the ledger stays as it is",
                code="ledger-beside-odd",
            )
    return True


def _kind(path: Path) -> str | None:
    """What is at ``path``, empty if it is a file; None if nothing is. Raises LedgerError."""
    try:
        return other_kind(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LedgerError(
            f"can't be looked at: {error.strerror}",
            file=str(path),
            remedy="let the user who runs this program into the ledger's folder",
        ) from error


def companion(path: Path, suffix: str) -> Path:
    """The file with that ``suffix`` beside the ledger at ``path``."""
    return path.with_name(path.name + suffix)


def size(path: Path) -> int:
    """How much is written of the ledger at ``path``, in bytes; 0 if it can't be looked at."""
    found = (path, *(companion(path, suffix) for suffix in _WRITTEN))
    with suppress(PermissionError):  # which opening it says
        return sum(one.stat().st_size for one in found if one.is_file())
    return 0


def drop_companions(path: Path) -> None:
    """Deletes what SQLite left beside a ledger at ``path`` that is there no more."""
    for suffix in access.COMPANIONS:
        companion(path, suffix).unlink(missing_ok=True)


@contextmanager
def fresh(path: Path) -> Iterator[Path]:
    """An empty file beside ``path`` to make a ledger in, which is deleted unless it takes a place.

    One that was left behind by a run that was killed is deleted first.
    """
    new = access.staged(path)
    drop(new)
    try:
        access.make_empty(new)
        yield new
    finally:
        drop(new)


def copy_whole(source: Path, target: Path) -> None:
    """Copies the ledger in the file ``source`` to ``target``, with what was written last.

    Nothing is written where ``source`` is, and it may be read-only. Raises LedgerError if it is
    being written to meanwhile, OSError if it can't be read.
    """
    from shutil import copyfile  # late: it brings libraries to unpack with

    parts = [(source, target)]
    parts += [(companion(source, suffix), companion(target, suffix)) for suffix in _WRITTEN]
    before = _states(source)
    for old, copy in parts:
        if old.is_file():
            copyfile(old, copy)
            copy.chmod(PRIVATE)
    if _states(source) != before:
        raise LedgerError(
            "another program is writing to this file",
            file=str(source),
            remedy="nothing was done; copy it with 'feeds backup', and name that copy",
        )


def _states(path: Path) -> list[tuple[int, int, int] | None]:
    found: list[tuple[int, int, int] | None] = []
    for one in (path, *(companion(path, suffix) for suffix in _WRITTEN)):
        try:
            status = one.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return found


def drop(path: Path) -> None:
    """Deletes a ledger that nobody needs, if it is there."""
    path.unlink(missing_ok=True)
    drop_companions(path)


def is_regular(path: Path) -> bool:
    """Whether ``path`` is a file, and nothing that would be waited for. Raises OSError."""
    return stat.S_ISREG(path.stat().st_mode)


def take_place(new: Path, path: Path) -> None:
    """Gives the ledger in ``new`` the place ``path``, where none is, or one that is no ledger.

    Whoever looks there finds what was there, or all of the new one. Raises LedgerError, OSError.
    """
    _become_one_file(new)
    sync(new)
    drop_companions(path)
    new.rename(path)
    with suppress(OSError):  # it is there, whatever the folder's file system can do
        sync(path.parent)


def _become_one_file(new: Path) -> None:
    import sqlite3  # late: seldom is a ledger made

    from feeds.ledger.sqlite.faults import explained  # late: it brings SQLAlchemy

    uri = f"file:{quote(str(new))}?mode=rw"
    with explained(new), closing(sqlite3.connect(uri, uri=True)) as last:
        (is_busy, _, _) = last.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise LedgerBusyError(
            "another program has this file open, in which a ledger was made",
            file=str(new),
            remedy="nothing was changed; end that program, and run it again",
        )
    drop_companions(new)


def set_aside(path: Path) -> Path:
    """Gives what is at ``path`` a second name beside it, with its companions, and returns that."""
    from shutil import copyfile  # late: as above

    number = 1
    while _is_taken(kept := path.with_name(f"{path.name}.damaged-{number}")):
        number += 1
    for suffix in ("", *_WRITTEN):
        old = companion(path, suffix)
        if old.exists():
            try:
                os.link(old, companion(kept, suffix))
            except OSError:  # a file system without links; then it has to be copied
                copyfile(old, companion(kept, suffix))
                companion(kept, suffix).chmod(PRIVATE)
    return kept


def _is_taken(path: Path) -> bool:
    return any(companion(path, suffix).exists() for suffix in ("", *_WRITTEN))
