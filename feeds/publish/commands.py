"""Runs a command that an operator configured; alone starts programs that aren't this one.

Rules
- No shell: what is configured is a program and its arguments, word for word.
- It has ``SECONDS``. Then it is ended, with all that it started; and so it is where this program
  dies before.
- It runs in the folder above the pages, and has this program's own environment and what is told.
- Of what it prints, the last ``_MOST_BYTES`` are kept.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from feeds.newsroom import Newsroom
from feeds.newsroom.database import url_shown
from feeds.publish import guard
from feeds.text import characters

SECONDS = 60.0
_LOOK_SECONDS = 0.05
_AT_ONCE = select.PIPE_BUF
"""In bytes; so much goes into a pipe at once that can be written to."""
_MOST_BYTES = 4096
_MOST_SHOWN = 300


class Ran(NamedTuple):
    """How a command ended: why it failed, empty if it didn't; and what it printed."""

    failure: str
    printed: str


def run(
    command: Sequence[str],
    folder: Path,
    told: Mapping[str, str],
    words: str = "",
    seconds: float = SECONDS,
    kept: Sequence[int] = (),
) -> Ran:
    """Runs ``command`` with ``told`` in its environment and ``words`` on its standard input.

    The open files ``kept`` stay open until it is over, also where this program dies before.
    """
    program = f"'{command[0]}'"
    environment = {**os.environ, **{name: _line(value) for name, value in told.items()}}
    with _guarded(kept) as guarded:
        try:
            process = subprocess.Popen(  # noqa: S603 - as an operator wrote it down
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                bufsize=0,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return Ran(f"{program} can't be started: {why}", "")
        try:
            guarded(process.pid)
            printed, is_late = _wait(process, words.encode("utf-8", "replace"), seconds)
        finally:
            _end(process)
    text = characters.shown(printed.decode("utf-8", "replace")).strip()
    if is_late:
        return Ran(f"{program} took longer than {seconds:g} seconds, and was ended", text)
    code = process.returncode
    if code < 0:
        return Ran(f"{program} was ended by signal {-code}", text)
    return Ran(f"{program} ended with exit code {code}" if code else "", text)


def told_of(newsroom: Newsroom) -> dict[str, str]:
    """What every command is told: by it, ``feeds`` itself means this newsroom.

    No password, whatever this program's own FEEDS_DATABASE has; one in PGPASSWORD it inherits.
    """
    place = newsroom.database
    return {
        "FEEDS_SOURCE": str(newsroom.root),
        "FEEDS_DATABASE": url_shown(place),
        "FEEDS_LEDGER": str(place),
    }


def last_line(printed: str) -> str:
    """The last line of what a command printed, which mostly says why it failed."""
    lines = [line for line in printed.splitlines() if line.strip()]
    return lines[-1].strip()[:_MOST_SHOWN] if lines else ""


@contextmanager
def _guarded(kept: Sequence[int]) -> Iterator[Callable[[int], None]]:
    """A block in which a process whose group is told is ended if this program dies.

    Whoever sees to that has the open files ``kept`` as well, until it is done.
    """
    command = [sys.executable, "-I", "-S", guard.__file__]
    process = subprocess.Popen(  # noqa: S603 - this very program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        pass_fds=kept,
        start_new_session=True,
    )

    def tell(words: bytes) -> None:
        assert process.stdin is not None  # noqa: S101 - for the type checker
        with suppress(BrokenPipeError):  # somebody ended it
            process.stdin.write(words)

    with process:
        try:
            yield lambda group: tell(b"%d\n" % group)
        finally:
            tell(guard.OVER)


def _wait(process: subprocess.Popen[bytes], words: bytes, seconds: float) -> tuple[bytes, bool]:
    """What ``process`` printed until it ended, and whether it did not end in time.

    It is given ``words`` as far as it takes them.
    """
    last = time.monotonic() + seconds
    kept = b""
    reading = [process.stdout] if process.stdout else []
    writing = [process.stdin] if process.stdin else []
    while True:
        has_ended = process.poll() is not None
        if writing and not words:
            writing.pop().close()
        wait = 0.0 if has_ended else _LOOK_SECONDS
        printing, taking, _ = select.select(reading, writing, [], wait)
        if taking:
            try:
                words = words[os.write(taking[0].fileno(), words[:_AT_ONCE]) :]
            except BrokenPipeError:  # it wants no more
                words = b""
        if printing:
            some = os.read(printing[0].fileno(), 1 << 16)
            kept = (kept + some)[-_MOST_BYTES:]
            if not some:
                reading.clear()
        elif has_ended:
            return kept, False  # what it started may have its output open, and go on
        if time.monotonic() > last:
            return kept, process.poll() is None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        guard.end(process.pid, process.poll)
        with suppress(subprocess.TimeoutExpired):  # it may be another user's, who let it be so
            process.wait(_LOOK_SECONDS)
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())
