"""Publishes whenever something in the newsroom's folder changes, and when the time has come.

Rules
- What publishes is ``feeds publish`` itself, a process for each run: what a run leaves in memory is
  gone with it, and a program that was upgraded meanwhile is the one that runs.
- Changes are waited for until none came for ``_QUIET_MS``, so that a folder of a thousand pages is
  one run. What changes during a run makes another one.
- Nothing depends on changes being seen: there is a run every few minutes in any case, and one when
  a story, a hub or an export is due. So where the folder lies, and who else publishes, doesn't
  matter; it is watched anew each time, in case another folder lies there by now.
- If the newsroom's own site is captured, that comes before a run, as often as it says itself.
- What the program itself writes there under a hidden name is no change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import NamedTuple

from watchfiles import watch

from feeds.ledger import lock
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom

_QUIET_MS = 400
_MOST_MS = 10_000
"""So long changes are waited for that don't end."""
_LOOK_MS = 500
_POLL_MS = 2_000
_AGAIN_SECONDS = 10.0
"""After a run that did nothing, such as one that met another, and could not look at changes."""
_NOTHING_DONE = 2
"""Such a run's exit code. What the gate refuses (3) it refuses until something changes."""


class Pace(NamedTuple):
    """There is a run ``every`` so many seconds, at least.

    ``poll``: the folder is looked through for changes, since the system tells of none. ``capture``
    captures what is new on the site, and says in how many seconds it wants to do so again.
    """

    every: float
    poll: bool
    capture: Callable[[], float] = lambda: float("inf")


def keep_publishing(
    newsroom: Newsroom,
    pace: Pace,
    run: Callable[[], int],
    now: Callable[[], datetime],
    stop: Event,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Calls ``run`` whenever there may be something to publish, until ``stop``.

    ``run`` returns the exit code of ``feeds publish``; ``now`` is an aware moment, ``clock`` in
    seconds.
    """
    captured = clock()
    while not stop.is_set():
        with closing(_changes(newsroom.root, pace, stop)) as changes:
            next(changes, None)  # from here on they are seen
            last = clock() + pace.every
            while not stop.is_set() and clock() < last:
                if clock() >= captured:
                    captured = clock() + pace.capture()
                code = run()
                soon = last if code != _NOTHING_DONE else min(last, clock() + _AGAIN_SECONDS)
                soon = min(soon, captured, clock() + _until_due(newsroom, now()))
                for changed in changes:
                    if changed or clock() >= soon:
                        break


def _until_due(newsroom: Newsroom, now: datetime) -> float:
    """In how many seconds something is due that waits; without end if nothing does."""
    with suppress(FeedsError):
        last = lock.last_run(newsroom.database)
        if last and last.due:
            if last.due > now:
                return (last.due - now).total_seconds()
            # what was due is what the last run did last, as hubs that it told; if that was
            # refused, it will be so again until somebody changes something
            return _AGAIN_SECONDS if last.exit_code <= lock.PUBLISHED else float("inf")
    return float("inf")


def _changes(root: Path, pace: Pace, stop: Event) -> Generator[bool, None, None]:
    """Whether something changed, twice a second, and at once when it did; ends with ``stop``."""
    try:
        found = watch(
            root,
            watch_filter=lambda _, path: not is_hidden(root, path),
            debounce=_MOST_MS,
            step=_QUIET_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            force_polling=pace.poll or None,
            poll_delay_ms=_POLL_MS,
            ignore_permission_denied=True,
        )
        for some in found:
            yield bool(some)
    except (OSError, RuntimeError):
        # the folder is gone, or the system can't watch as many: there is still the clock
        while not stop.wait(_LOOK_MS / 1000):
            yield False


def is_hidden(root: Path, path: str) -> bool:
    """Whether what is at ``path``, below ``root``, is no page, and says nothing of any."""
    below = Path(path)
    parts = below.relative_to(root).parts if below.is_relative_to(root) else ()
    return any(part.startswith(".") for part in parts)
