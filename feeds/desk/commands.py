"""What an editor does at the desk, done by the command that does it in a shell.

Rules
- A process of its own, with the newsroom in its environment: no shell, and no password in what
  others see of processes.
- One at a time; while cron publishes, it waits, and says that it did.
- What the command says is shown to the editor as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from errno import E2BIG
from typing import NamedTuple

from feeds.ledger import lock
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.newsroom.database import url_of
from feeds.text import characters

BUSY_SECONDS = 60.0
"""So long a decision waits for somebody who publishes."""
_MOST_SECONDS = 600.0
_FAILED = 2
_LOOK_SECONDS = 0.1
_MOST_SHOWN = 20_000
one_at_a_time = threading.Lock()
"""Held by whoever does something, from looking at what there is to its end."""


class Done(NamedTuple):
    """How a command ended: its exit code, what it said, and how long it waited, in seconds.

    An exit code of None: it is still at work.
    """

    code: int | None
    said: tuple[str, ...]
    waited: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether what was asked for is done; something else may need a person all the same."""
        return self.code is not None and self.code <= lock.PUBLISHED


def run(newsroom: Newsroom, arguments: Sequence[str], names: Sequence[str] = ()) -> Done:
    """Runs ``feeds`` with ``arguments`` in ``newsroom``; the caller has ``one_at_a_time``.

    ``names`` of entries or files stay as they are; of all else what no text is made of is left out.
    """
    waited = wait(newsroom)
    environment = {
        **os.environ,
        "FEEDS_SOURCE": str(newsroom.root),
        "FEEDS_DATABASE": url_of(newsroom.database),
        "PYTHONIOENCODING": "utf-8",
    }
    cleaned = map(characters.cleaned, arguments)
    # a file, since a pipe would break if it took longer than somebody waits
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - this program itself, and no shell
                # -P: whatever lies in the folder in which the desk was started
                [sys.executable, "-P", "-m", "feeds", *cleaned, "--", *names],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except (OSError, ValueError) as error:  # ValueError: a null character in a name
            what = "too long" if isinstance(error, OSError) and error.errno == E2BIG else str(error)
            return Done(_FAILED, (f"nothing was done: {what}",), waited)
        try:
            code = process.wait(_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return Done(None, (), waited)
        output.seek(0)
        lines = output.read(_MOST_SHOWN).decode("utf-8", "replace").splitlines()
    return Done(code, tuple(line.removeprefix("feeds: ") for line in lines), waited)


def wait(newsroom: Newsroom) -> float:
    """Returns when nobody publishes any more, or after a while; how long that took."""
    begun = time.monotonic()
    with suppress(FeedsError):  # the command says what is wrong
        while lock.is_held(newsroom.database) and time.monotonic() - begun < BUSY_SECONDS:
            time.sleep(_LOOK_SECONDS)
    return time.monotonic() - begun
