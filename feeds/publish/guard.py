"""Ends what a command's process group has left; as a program, where whoever started it died.

Rules
- Nothing is loaded but Python itself: it is started each time beside a command.
- It hears the group's number, and that the command is over, on its standard input. Where that ends
  without the latter, nobody is left who sees to the command.
- What is to be held while a command is at work, such as a lock, it has open as well.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

OVER = b"over"
_LOOK_SECONDS = 0.05
_END_SECONDS = 2.0


def end(group: int, look: Callable[[], object] = lambda: None) -> None:
    """Asks all processes of ``group`` to end; after ``_END_SECONDS`` those that are left have to.

    ``look`` is called meanwhile, for whoever has to ask how a process of its own ended.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGTERM)
        last = time.monotonic() + _END_SECONDS
        while time.monotonic() < last:
            look()
            os.killpg(group, 0)
            time.sleep(_LOOK_SECONDS)
        os.killpg(group, signal.SIGKILL)


def main(told: bytes) -> None:
    """Ends the group that was ``told``, unless its command is over."""
    group, _, over = told.partition(b"\n")
    if group and over != OVER:
        end(int(group))


if __name__ == "__main__":
    main(sys.stdin.buffer.read())
