"""The command, killed at a write of its choosing.

A process that has everything imported forks for each run. The C library's writing functions
are wrapped by ``killing.c``, which counts what is written below the newsroom's home, whoever
writes it, and kills the process there; the program itself is unchanged.
"""

from __future__ import annotations

import ctypes
import gc
import io
import json
import math
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple
from unittest.mock import patch

from feeds.ledger.postgresql import connect, dialect, faults, lock, plain  # noqa: F401 - forked
from tests import sharing
from tests.newsrooms import PROJECT, TestNewsroom, main

SHIM = Path(__file__).with_suffix(".c")
COMPILERS = ("cc", "gcc", "clang")
KILLED = -9


class Run(NamedTuple):
    """One run: its exit code, how many writes it made, and the lines it said on stderr.

    A run that was killed has the code KILLED.
    """

    code: int
    writes: int
    said: list[str]


class Kept:
    """All files below ``home``, to be put back as they were."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folders = {path for path in home.rglob("*") if path.is_dir()}
        self._files = {path: _content(path) for path in home.rglob("*") if path.is_file()}

    def restore(self) -> None:
        """Puts the files back; those that are what they were stay untouched."""
        for path in sorted(self._home.rglob("*"), reverse=True):
            if path.is_dir():
                if path not in self._folders:
                    path.rmdir()
            elif path not in self._files:
                path.unlink()
        for folder in sorted(self._folders):
            folder.mkdir(exist_ok=True)
        for path, kept in self._files.items():
            if not path.exists() or _content(path) != kept:
                data, modified = kept
                path.write_bytes(data)
                os.utime(path, ns=(modified, modified))


def _content(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


class Killer:
    """Runs the command on newsrooms, and kills it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(
        self,
        newsroom: TestNewsroom,
        now: datetime,
        *command: str,
        at: int = 0,
        torn: bool = False,
    ) -> Run:
        """Runs ``feeds`` with the arguments ``command``, to which it is ``now``.

        It dies before its write number ``at``, or half-way through it if ``torn``; 0 lets it live.
        """
        order = {
            "command": list(command),
            "environment": _environment(newsroom),
            "home": str(newsroom.root.parent),
            "now": int(now.timestamp()),
            "at": at,
            "torn": torn,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process that runs the command ended"
        newsroom.settle()
        return Run(**json.loads(answer))


def _environment(newsroom: TestNewsroom) -> dict[str, str]:
    return {
        name: value
        for name, value in newsroom.environment().items()
        if name.startswith("FEEDS_") and name != "FEEDS_URL"
    }


def compiler() -> str | None:
    """The C compiler of this machine, if it has one."""
    return next((found for name in COMPILERS if (found := shutil.which(name))), None)


@contextmanager
def killer(folder: Path, with_compiler: str) -> Iterator[Killer]:
    """Something that kills; ``folder`` is for its files."""
    shim = folder / "killing.so"
    subprocess.run(
        [with_compiler, "-O1", "-shared", "-fPIC", "-o", str(shim), str(SHIM), "-ldl"], check=True
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publish.killing", str(shim), str(folder)],
        cwd=PROJECT,
        env={**os.environ, "LD_PRELOAD": str(shim)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()


def _serve(shim: Path, folder: Path) -> None:
    """Answers orders, one a line, until there are no more."""
    library = ctypes.CDLL(str(shim))
    library.killing_arm.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_longlong)
    library.killing_count.restype = ctypes.c_long
    sharing.share()
    _warm_up(folder / "warm")
    gc.collect()
    gc.freeze()  # a child that collects garbage would copy all the memory that it shares
    counted = mmap.mmap(-1, struct.calcsize("q"))
    for line in sys.stdin:
        order = json.loads(line)
        with (folder / "said").open("w+b") as said:
            child = os.fork()
            if not child:
                _obey(order, library, counted, said)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said.seek(0)
            lines = said.read().decode().splitlines()
        (writes,) = struct.unpack("q", counted[:])
        sys.stdout.write(json.dumps({"code": code, "writes": writes, "said": lines}) + "\n")
        sys.stdout.flush()


def _warm_up(home: Path) -> None:
    """Runs the command, so that what it imports and compiles is there when a child is forked."""
    newsroom = TestNewsroom(home)
    bell = newsroom.page("bell.txt")
    newsroom.page("crane.html", "<title>Crane</title><h1>Crane falls</h1><p>It fell on Friday.</p>")
    os.environ.update(_environment(newsroom))
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        _command(["publish"])
        newsroom.page("crane.html", bell.read_bytes().replace(b"Bell", b"Crane"))
        bell.unlink()
        _command(["publish"])


def _command(arguments: list[str]) -> int:
    sys.argv = ["feeds", *arguments]
    return main()


def _count_questions(home: Path) -> None:
    """Has each question to a server count as a write, before it is put."""
    wait = plain.Connection.wait
    counted = os.open(home / ".asked", os.O_WRONLY | os.O_CREAT)

    def waited(connection: plain.Connection, *values: Any) -> Any:
        os.pwrite(counted, b"?", 0)
        return wait(connection, *values)

    patch.object(plain.Connection, "wait", waited).start()


def _obey(order: Any, library: ctypes.CDLL, counted: mmap.mmap, said: IO[bytes]) -> None:
    """Runs the command in this process, which ends with it."""
    code = 70
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        os.dup2(said.fileno(), 2)
        os.environ.update(order["environment"])
        arms = (order["home"].encode(), order["at"], order["torn"], order["now"])
        library.killing_arm(*arms)
        if order["environment"]["FEEDS_DATABASE"].startswith("postgresql"):
            _count_questions(Path(order["home"]))
            # to the run it is another day than to the server, which is no fault here
            patch.object(lock, "_MOST_SECONDS", math.inf).start()
        code = _command(order["command"])
        counted[:] = struct.pack("q", library.killing_count())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), Path(sys.argv[2]))
