"""Files that are there whole or not at all, whenever somebody looks, and after a crash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

USUAL = 0o666
"""As far as the umask lets them: the permissions of any file."""
PUBLIC = 0o644
"""Those of a file that anybody may read, and its owner alone may write."""
PRIVATE = 0o640
"""Those of a file that holds what is not public yet."""


@contextmanager
def replacing(path: Path, made: int = USUAL, kept: int = 0o777) -> Iterator[Path]:
    """A file to be written beside ``path``, which takes its place when the block ends well.

    From its first byte on it has group and permissions of the file that it replaces, of the latter
    those in ``kept``; without one, those in ``made`` that the umask lets. Raises OSError.
    """
    partial = path.with_name(f".{path.name}.part")
    partial.unlink(missing_ok=True)  # of one that was killed
    try:
        before = path.stat() if path.exists() else None
        if before is None:
            partial.touch(made, exist_ok=False)
            give_if_root(partial, path.parent)
        else:
            partial.touch(before.st_mode & kept & 0o700, exist_ok=False)
            give(partial, before)
            partial.chmod(before.st_mode & kept)
        yield partial
        sync(partial)
        partial.replace(path)
        with suppress(OSError):  # it is there, whatever the folder's file system can do
            sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes, made: int = USUAL, kept: int = 0o777) -> None:
    """Writes ``data`` into the file at ``path``, with permissions as above. Raises OSError."""
    with replacing(path, made, kept) as partial:
        partial.write_bytes(data)


def give(path: Path, other: os.stat_result) -> None:
    """Gives ``path`` the group of ``other``, and root its user as well, as far as one may."""
    before = path.stat()
    user = other.st_uid if os.geteuid() == 0 else before.st_uid
    if (before.st_uid, before.st_gid) != (user, other.st_gid):  # else it would count as a change
        with suppress(PermissionError):
            os.chown(path, user, other.st_gid)


def give_if_root(path: Path, folder: Path) -> None:
    """Has ``path`` in ``folder``, if root made it, belong to whom that belongs. Raises OSError.

    Somebody runs a command as root once, and the newsroom's own user has to go on from there.
    """
    if os.geteuid() == 0 and path.stat().st_uid == 0:
        give(path, folder.stat())


def sync(path: Path) -> None:
    """Has what was written at ``path``, a file or a folder, on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
