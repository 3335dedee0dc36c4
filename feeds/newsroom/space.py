"""Whether a disk has room for what is to be written, and what to say if it hasn't.

What is full, how much is free and how much is needed is said the same way everywhere. Whatever was
published is safe then: no copy has to be gone back to.
"""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feeds.model.errors import DiskFullError
from feeds.newsroom import files

SPARE_BYTES = 16 * 1024 * 1024
"""Free space that is left untouched, for what can't be foreseen."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def require(place: Path, needed: int, what: str = "") -> None:
    """Raises DiskFullError unless ``needed`` bytes, and some to spare, are free at ``place``.

    ``what`` is to be written there.
    """
    wanted = needed + SPARE_BYTES
    if _free(place) < wanted:
        raise lacking(place, wanted, what, remedy="make room on this disk; nothing was written")


def is_lack(error: OSError) -> bool:
    """Whether ``error`` says that there is no room."""
    return error.errno in _FULL


@contextmanager
def explained(place: Path, needed: int = 0, what: str = "") -> Iterator[None]:
    """Turns an OSError that says that there is no room for ``needed`` bytes into DiskFullError."""
    try:
        yield
    except OSError as error:
        if is_lack(error):
            raise lacking(place, needed + SPARE_BYTES, what, error) from error
        raise


def lacking(
    place: Path,
    needed: int,
    what: str = "",
    error: OSError | None = None,
    remedy: str = "make room on this disk, and run it again; what was published stays as it was",
) -> DiskFullError:
    """That ``needed`` bytes are not to be had at ``place``, as ``error`` said if there was one."""
    folder = _there(place)
    mount = _mount(folder)
    purpose = f" for {what}" if what else ""
    figures = f"{_free(folder):,} bytes are free, {needed:,} are needed{purpose}"
    match error.errno if error else errno.ENOSPC:
        case errno.EDQUOT:
            said = f"this user's quota on the disk at {mount} is used up: {figures}"
        case errno.EFBIG:
            limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
            said = f"no file may grow beyond {limit:,} bytes here: {figures}"
            remedy = (
                "raise that limit (ulimit -f), and run it again; nothing that was published is lost"
            )
        case _ if os.statvfs(folder).f_files and not os.statvfs(folder).f_favail:
            said = f"the disk at {mount} can hold no more files: {figures}"
        case _:
            said = f"the disk at {mount} is full: {figures}"
    return DiskFullError(said, file=str(place), remedy=remedy)


def probe(place: Path, size: int) -> OSError | None:
    """The error of a disk that has no room for a file of ``size`` bytes at ``place``.

    None if it has, or says nothing of the kind.
    """
    file = _there(place)
    if not hasattr(os, "O_TMPFILE"):
        return None  # a file that nobody sees is Linux's
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_TMPFILE | os.O_CLOEXEC, 0o600)
    except OSError as error:
        return error if is_lack(error) else None
    try:
        os.posix_fallocate(descriptor, 0, max(size, 1))
    except OSError as error:
        return error if is_lack(error) else None
    finally:
        os.close(descriptor)
    return None


def temporary_folder() -> Path:
    """Where temporary files go; where they can go nowhere, as on a full disk, where they should."""
    import tempfile  # late: seldom needed

    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - nothing is written there


def _free(place: Path) -> int:
    import shutil  # late: it brings libraries to unpack with

    return shutil.disk_usage(_there(place)).free


def _there(place: Path) -> Path:
    """The folder in which ``place`` is, or will be once the folders above it are made."""
    return next((one for one in (place, *place.parents) if files.is_folder(one)), Path("/"))


def _mount(folder: Path) -> Path:
    """Where the file system of ``folder`` is mounted."""
    found = folder.resolve()
    while not found.is_mount():
        found = found.parent
    return found
