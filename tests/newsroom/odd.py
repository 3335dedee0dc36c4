"""What may lie in a folder besides files: a pipe, a socket, a device, far too much."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

VIDEO_BYTES = 25_000_000_000
_SECONDS = 30
_opened: list[str] = []
_noting = [False]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def linked_pipe(path: Path) -> None:
    os.mkfifo(path.with_name(".pipe"))
    path.symlink_to(".pipe")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def video(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41")
        file.truncate(VIDEO_BYTES)


ODD: dict[str, Callable[[Path], None]] = {
    "pipe": pipe,
    "socket": listening,
    "folder": folder,
    "link to a device": endless,
    "link to a pipe": linked_pipe,
    "loop": loop,
    "25 GB": video,
}
"""Each makes something at a path that is no file, or none that anybody could want to read."""


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _noting[0] and isinstance(arguments[0], str):
        _opened.append(arguments[0])


sys.addaudithook(_note)


@contextmanager
def opening() -> Iterator[list[str]]:
    """The paths that are opened meanwhile. What takes half a minute is interrupted: it hangs."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("something that never comes is waited for")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(_SECONDS)
    _opened.clear()
    _noting[0] = True
    try:
        yield _opened
    finally:
        _noting[0] = False
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
