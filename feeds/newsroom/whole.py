"""Files that are there whole or not at all, whenever somebody looks, and after a crash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_USUAL = 0o666
"""As far as the umask lets them: the permissions of any file."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to be written beside ``path``, which takes its place when the block ends well.

    It has the permissions of the file that it replaces, from its first byte on. Raises OSError.
    """
    partial = path.with_name(f".{path.name}.part")
    partial.unlink(missing_ok=True)  # of one that was killed
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else None
        partial.touch(_USUAL if mode is None else mode, exist_ok=False)
        if mode is not None:
            partial.chmod(mode)
        yield partial
        sync(partial)
        partial.replace(path)
        with suppress(OSError):  # it is there, whatever the folder's file system can do
            sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Writes ``data`` into the file at ``path``. Raises OSError."""
    with replacing(path) as partial:
        partial.write_bytes(data)


def sync(path: Path) -> None:
    """Has what was written at ``path``, a file or a folder, on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
