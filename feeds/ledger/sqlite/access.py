"""Who may read a ledger: its owner and group alone, and these whatever they may write.

Rules
- What is in it is not public yet. Whatever the umask lets, no file that is made here is looser
  than 0640, and no folder than 0750. Files of an earlier version are tightened by the next
  publisher; what else lies there is somebody else's.
- SQLite's log of writes and the index of it (``-wal``, ``-shm``) stay there when the ledger is
  closed. A program that may only read, as the app under another user, can't make them, and can't
  open the ledger without.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feeds.newsroom import files
from feeds.newsroom.whole import PRIVATE, give, give_if_root

FOLDER = 0o750
OWN_NAME = "a file of this name, beside the ledger, is made and deleted by this program or SQLite"
"""What to say of a file for which ``is_own_name`` is true."""
_NEEDED = ("-wal", "-shm")
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite has beside a ledger."""
LOCK, COMMAND_LOCK, READING = ".lock", ".after", ".reading"
"""What this program has there: its locks, of publishers and of commands after a revision, and which
pages are being read."""
_OWN = (*COMPANIONS, LOCK, COMMAND_LOCK, READING)
_COPIES = (".before-", ".kept-", ".damaged-")
"""What a ledger's name goes on with in the names of copies that this program makes of it."""


class Loose(NamedTuple):
    """A file or folder that is open to more people than should be; ``right`` is what it may be."""

    path: Path
    mode: int
    right: int


def make_folder(folder: Path) -> None:
    """Makes the ledger's folder if there is none. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(FOLDER, parents=True, exist_ok=True)
        give_if_root(folder, folder.parent)


def make_empty(path: Path) -> None:
    """Makes an empty file at ``path`` if there is none. Raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, PRIVATE))
        give_if_root(path, path.parent)


def staged(database: Path) -> Path:
    """Where a ledger is made that is to take the place of the one at ``database``."""
    return database.with_name(f".{database.name}.new")


def is_own_name(file: Path, database: Path) -> bool:
    """Whether ``file``, or what it links to, is where this program or SQLite has its own files.

    Of the ledger at ``database``, that is, and of any file that is being replaced: what lies there
    is nobody's copy, and is deleted without a question.
    """
    ledgers = {_placed(database), Path(os.path.realpath(database))}
    for one in {_placed(file), Path(os.path.realpath(file))}:
        if one.name.startswith(".") and one.name.endswith(".part"):
            return True
        for ledger in ledgers:
            own = {f"{ledger.name}{suffix}" for suffix in _OWN}
            is_work = one.name in own or one.name.startswith(f".{ledger.name}.")
            if is_work and one.parent == ledger.parent:
                return True
    return False


def _placed(path: Path) -> Path:
    """``path`` in the folder that it really is in, by its own name."""
    return Path(os.path.realpath(path.parent), path.name)


def settle(database: Path) -> None:
    """Tightens the files of the ledger at ``database``, and makes those that readers lack.

    Those that root made are given to the folder's owner. The caller holds the lock. What can't be
    done, ``feeds check`` and readers tell. What a run that was killed left of a ledger that it
    made, or of a copy, is deleted.
    """
    for path in _leftovers(database):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for path in _files(database):
        with suppress(OSError):
            give_if_root(path, path.parent)
    for file in _loose_files(database):
        with suppress(OSError):
            file.path.chmod(file.right)
    with suppress(OSError):
        for path in lacking(database):
            like = database.stat()
            make_empty(path)
            path.chmod(like.st_mode & PRIVATE)
            give(path, like)


def lacking(database: Path) -> list[Path]:
    """The files that aren't there without which nobody who may only read can open the ledger."""
    if not files.is_there(database):
        return []
    return [path for suffix in _NEEDED if not files.is_there(path := beside(database, suffix))]


def loose(database: Path) -> list[Loose]:
    """What of the ledger at ``database`` is open to too many, its folder at last."""
    folder = database.parent
    return [*_loose_files(database), *_if_loose(folder, FOLDER)]


def _loose_files(database: Path) -> Iterator[Loose]:
    for path in _files(database):
        yield from _if_loose(path, PRIVATE)


def _files(database: Path) -> list[Path]:
    """Where this program and SQLite have files of a ledger, whether or not they are there."""
    found = {beside(database, suffix) for suffix in ("", *_OWN)}
    with suppress(OSError):
        names = (
            f".{database.name}.",
            *(f"{database.name}{suffix}" for suffix in _COPIES),
        )
        found |= {path for path in database.parent.iterdir() if path.name.startswith(names)}
    return sorted(found)


def copies(database: Path) -> list[Path]:
    """What else than the ledger at ``database`` may hold words of it, in the folder where it is.

    Without what was left by a run that was killed: the next holder of the lock deletes that.
    """
    own = {beside(database, suffix) for suffix in ("", *_OWN)} | set(_leftovers(database))
    found: set[Path] = set()
    for ledger in _names(database):
        names = (f"{ledger.name}.", f".{ledger.name}.")
        with suppress(OSError):
            found |= {one for one in ledger.parent.iterdir() if one.name.startswith(names)}
    return sorted(found - own)


def _leftovers(database: Path) -> list[Path]:
    """Where whoever has the lock makes ledgers and copies, which take another place when whole."""
    found: list[Path] = []
    for ledger in _names(database):
        new = staged(ledger)
        found += [new, *(new.with_name(new.name + suffix) for suffix in COMPANIONS)]
        partial = tuple(f".{ledger.name}{made}" for made in _COPIES)
        with suppress(OSError):
            found += [
                path
                for path in ledger.parent.iterdir()
                if path.name.startswith(partial) and path.suffix == ".part"
            ]
    return found


def _names(database: Path) -> set[Path]:
    """The ledger's path, and the one to which that leads."""
    return {database, Path(os.path.realpath(database))}


def _if_loose(path: Path, most: int) -> Iterator[Loose]:
    with suppress(OSError):
        status = path.stat()
        mode = stat.S_IMODE(status.st_mode)
        permitted = mode & 0o777
        if permitted & ~most:
            yield Loose(path, permitted, mode & (0o7000 | most))


def beside(database: Path, suffix: str) -> Path:
    """The file that SQLite, or this program, has beside the ledger under that ``suffix``.

    It is where the ledger really is, by whatever name that is called.
    """
    database = Path(os.path.realpath(database))
    return database.with_name(database.name + suffix)
