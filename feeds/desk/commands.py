"""What an editor does at the desk, done by the command that does it in a shell.

Rules
- A process of its own, with the newsroom in its environment: no shell, and no password in what
  others see of processes.
- One at a time; while cron publishes, it waits, and says that it did. A command that met others
  for so long that it wrote nothing is run again, once; no other is.
- What the command says is shown to the editor as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from errno import E2BIG
from typing import NamedTuple

from feeds.ledger import lock
from feeds.model.errors import FeedsError, UndecidedError
from feeds.newsroom import Newsroom, folder
from feeds.newsroom.database import url_of
from feeds.text import characters

_PATIENCE = 60.0
"""So many seconds it waits for somebody who publishes, before the command does so, too."""
PUBLISH = ("publish", f"--wait={_PATIENCE:g}")
"""The command that publishes what somebody wrote."""
_MOST_SECONDS = 600.0
_FAILED = 2
_MOST_SHOWN = 20_000
one_at_a_time = threading.Lock()
"""Held by whoever does something, from looking at what there is to its end."""


class Done(NamedTuple):
    """How a command ended: its exit code, what it said, and how long it waited, in seconds.

    An exit code of None: it is still at work. ``is_decided``: a decision was written down, whatever
    came of publishing it.
    """

    code: int | None
    said: tuple[str, ...]
    waited: float = 0.0
    is_decided: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether nothing was done only since others published all the while."""
        return self.code == UndecidedError.exit_code

    @property
    def is_done(self) -> bool:
        """Whether what was asked for is done; something else may need a person all the same."""
        return self.code is not None and self.code <= lock.PUBLISHED


def run(newsroom: Newsroom, arguments: Sequence[str], names: Sequence[str] = ()) -> Done:
    """Runs ``feeds`` with ``arguments`` in ``newsroom``; the caller has ``one_at_a_time``.

    ``names`` of entries or files stay as they are; of all else what no text is made of is left out.
    """
    waited = wait(newsroom)
    before = _decisions(newsroom)
    done = _ran(newsroom, arguments, names)
    if done.is_busy:
        waited += wait(newsroom)
        done = _ran(newsroom, arguments, names)
    return done._replace(waited=waited, is_decided=_decisions(newsroom) != before)


def _decisions(newsroom: Newsroom) -> str:
    """Another one after each decision; empty where nothing was ever decided."""
    file = folder.beside(newsroom.root, folder.DECISIONS)
    return file.signature if file else ""


def _ran(newsroom: Newsroom, arguments: Sequence[str], names: Sequence[str]) -> Done:
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
            return Done(_FAILED, (f"nothing was done: {what}",))
        try:
            code = process.wait(_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return Done(None, ())
        output.seek(0)
        lines = output.read(_MOST_SHOWN).decode("utf-8", "replace").splitlines()
    return Done(code, tuple(line.removeprefix("feeds: ") for line in lines))


def wait(newsroom: Newsroom) -> float:
    """Returns when nobody publishes any more, or after a while; how long that took."""
    with suppress(FeedsError):  # the command says what is wrong
        return lock.wait(newsroom.database, _PATIENCE)
    return 0.0
