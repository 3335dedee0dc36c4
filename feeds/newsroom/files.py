"""Files that anybody may have put there, opened with suspicion: regular ones, and not without end.

What is something else is not opened at all: a pipe has its reader wait, for ever if nobody writes,
and a device may do anything.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

MOST_BYTES = 16 * 1024 * 1024
"""More than an editor's file has, whichever it is."""


class OddFileError(OSError):
    """What is at a path is no regular file, or too large; ``strerror`` says which."""


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def other_kind(mode: int) -> str:
    """What is of that ``mode`` (``st_mode``), such as "a pipe"; empty if it is a regular file."""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "")


def is_there(path: Path) -> bool:
    """Whether there is anything at ``path``, as far as this user may know; raises nothing."""
    return _mode(path) is not None


def is_file(path: Path) -> bool:
    """The same of a regular file."""
    mode = _mode(path)
    return mode is not None and stat.S_ISREG(mode)


def is_folder(path: Path) -> bool:
    """The same of a folder."""
    mode = _mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # pathlib's own questions raise where one may not look
        return None


def open_regular(path: Path) -> BufferedReader:
    """The file at ``path``, to be read. Raises OSError; OddFileError if it is something else."""
    refuse_other_kinds(path, path.stat())
    # Non-blocking: what was a file a moment ago may be a pipe now.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    file = open(os.open(path, flags), "rb")  # noqa: PTH123, SIM115 - a descriptor has no Path
    try:
        refuse_other_kinds(path, os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes:
    """What is in the file at ``path``. Raises OSError; OddFileError if it is none, or too large."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        # one more than there was: it may grow, but it isn't followed
        data = file.read(min(size, most) + 1)
    if len(data) > most:
        size = max(size, len(data))
        told = f"its {size:,} bytes are more than it may have ({most:,})"
        raise OddFileError(errno.EFBIG, told, str(path))
    return data


def refuse_other_kinds(path: Path, status: os.stat_result) -> None:
    """Raises OddFileError if ``status``, of what is at ``path``, is not of a regular file."""
    if kind := other_kind(status.st_mode):
        raise OddFileError(errno.EINVAL, f"this is {kind}, and no file", str(path))
