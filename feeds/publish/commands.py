"""Runs a command that an operator configured; alone starts programs that aren't this one.

Rules
- No shell: what is configured is a program and its arguments, word for word.
- It has ``SECONDS``. Then it is ended, with all that it started.
- It runs in the folder above the pages, and has this program's own environment and what is told.
- Of what it prints, the last ``_MOST_BYTES`` are kept.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feeds.newsroom import Newsroom
from feeds.newsroom.database import url_shown
from feeds.text import characters

SECONDS = 60.0
_END_SECONDS = 2.0
_LOOK_SECONDS = 0.05
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
) -> Ran:
    """Runs ``command`` with ``told`` in its environment and ``words`` on its standard input."""
    environment = {**os.environ, **{name: _line(value) for name, value in told.items()}}
    with tempfile.TemporaryFile() as given:
        given.write(words.encode("utf-8", "replace"))
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - as an operator wrote it down
                command,
                cwd=folder,
                env=environment,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return Ran(f"it can't be started: {why}", "")
    try:
        printed, is_late = _wait(process, seconds)
    finally:
        _end(process)
    text = characters.shown(printed.decode("utf-8", "replace")).strip()
    if is_late:
        return Ran(f"it took longer than {seconds:g} seconds, and was ended", text)
    code = process.returncode
    if code < 0:
        return Ran(f"it was ended by signal {-code}", text)
    return Ran(f"it ended with exit code {code}" if code else "", text)


def told_of(newsroom: Newsroom) -> dict[str, str]:
    """What every command is told: by it, ``feeds`` itself means this newsroom.

    No password, whatever this program's own FEEDS_DATABASE has.
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


def _wait(process: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bool]:
    """What ``process`` printed until it ended, and whether it did not end in time."""
    last = time.monotonic() + seconds
    kept = b""
    is_open = process.stdout is not None
    descriptor = process.stdout.fileno() if process.stdout else -1
    while True:
        has_ended = process.poll() is not None
        wait = 0.0 if has_ended else _LOOK_SECONDS
        ready = is_open and select.select([descriptor], [], [], wait)[0]
        if ready:
            some = os.read(descriptor, 1 << 16)
            is_open = bool(some)
            kept = (kept + some)[-_MOST_BYTES:]
        elif has_ended:
            return kept, False  # what it started may have its output open, and go on
        elif not is_open:
            time.sleep(_LOOK_SECONDS)
        if time.monotonic() > last:
            return kept, process.poll() is None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.stdout:
        process.stdout.close()


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())
