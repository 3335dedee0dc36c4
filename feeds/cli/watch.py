"""``feeds watch``: for who wants a story out as soon as it is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from threading import Event

import click

from feeds.cli import terminal
from feeds.cli.shared import now, of_a_newsroom
from feeds.ledger import lock
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Place, url_of

_LOOK_SECONDS = 0.2
_FINISH_SECONDS = 5.0
"""For so long a run may go on that is at work when all is to stop; then it is stopped."""
_KILL_SECONDS = 10.0
_NOTHING_DONE = 2
_AFTER_FAULT = 300.0


@click.command()
@click.option(
    "--every",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Publish so often in any case.",
)
@click.option("--poll", is_flag=True, help="Look through the folder: for one on a network.")
@click.option("--capture", is_flag=True, help="Capture the newsroom's own site as well.")
@click.argument("options", nargs=-1, metavar="[-- PUBLISH-OPTION...]")
@of_a_newsroom
def watch(
    newsroom: Newsroom, every: float, poll: bool, capture: bool, options: tuple[str, ...]
) -> None:
    """Publish whenever a page changes, and when what waits is due.

    Each run is a 'feeds publish' with the options behind '--', and its words are printed as
    they are: nothing if nothing is new, and a failure once, not each time. Changes that
    come together are one run. An embargo that ends, a story that expires, a hub that is to
    be told again make one when it is time. Every five minutes there is one in any case,
    so that nothing depends on seeing changes: on a network folder, --poll sees them
    earlier. A cron job, or a second watcher, does no harm. Ctrl-C and SIGTERM end it; a
    run at work then has five seconds to end, and what it read is kept.

    With --capture, 'feeds capture' looks at the newsroom's own site before a run: every
    two minutes to two hours, by how often stories came at that time of day, or as 'interval'
    in the table [capture] of site.toml says.

    \b
    Examples:
      feeds watch
      feeds watch --source /srv/desk/source -- --report /srv/desk/report.html
      feeds watch --poll --every 60
      feeds watch --capture
    """
    from feeds.cli.publish import publish
    from feeds.publish.watching import Pace, keep_publishing  # late: it brings watchfiles

    publish.make_context("feeds publish", [*options])  # raises for what is none of its options
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    terminal.echo(f"watching {newsroom.root} (Ctrl-C stops it)")
    runs = _Runs(newsroom, ("publish", "--news", *options), stop)
    pace = Pace(every, poll)
    if capture:
        captures = _Runs(newsroom, ("capture", "--quiet"), stop)
        pace = pace._replace(capture=partial(_capture, newsroom, captures))
    keep_publishing(newsroom, pace, runs.run, now, stop)
    terminal.echo("stopped")


def _capture(newsroom: Newsroom, captures: _Runs) -> float:
    """Captures what is new on the site; returns in how many seconds to do so again."""
    from feeds.capture import run  # late: few watch for that, and it brings lxml

    captures.run()
    try:
        return run.next_pause(newsroom, now()).total_seconds()
    except FeedsError:  # which the run told
        return _AFTER_FAULT


class _Runs:
    """Runs of a command, one after the other, each of which says what is new."""

    def __init__(self, newsroom: Newsroom, command: tuple[str, ...], stop: Event) -> None:
        self._newsroom = newsroom
        self._stop = stop
        # -P: what lies in the folder where somebody happens to be is none of this program
        self._command = [sys.executable, "-P", "-m", "feeds", *command]
        self._complaint = ""

    def run(self) -> int:
        """Runs it once; returns its exit code."""
        place = self._newsroom.database
        told = {"FEEDS_SOURCE": str(self._newsroom.root), "FEEDS_DATABASE": url_of(place)}
        process = subprocess.Popen(  # noqa: S603 - this very program
            self._command,
            env={**os.environ, **told},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,  # Ctrl-C is for the one that waits for it
        )
        said = self._wait(process)
        code = process.returncode
        if code == _NOTHING_DONE and _is_held(place):
            return code  # the run that is at work does it, or the next one here
        if code < _NOTHING_DONE or said != self._complaint:
            _print(said)
        self._complaint = said if code >= _NOTHING_DONE else ""
        return code

    def _wait(self, process: subprocess.Popen[str]) -> str:
        """What ``process`` said until it ended, or was ended because all is to stop."""
        steps = [(_KILL_SECONDS, signal.SIGKILL), (_FINISH_SECONDS, signal.SIGINT)]
        until: float | None = None
        while True:
            try:
                return process.communicate(timeout=_LOOK_SECONDS)[0]
            except subprocess.TimeoutExpired:
                if not self._stop.is_set() or not steps:
                    continue
            if until is None:
                until = time.monotonic() + steps[-1][0]
            elif time.monotonic() >= until:
                process.send_signal(steps.pop()[1])
                until = time.monotonic() + steps[-1][0] if steps else None


def _is_held(place: Place) -> bool:
    try:
        return lock.is_held(place)
    except FeedsError:
        return False


def _print(said: str) -> None:
    for line in said.splitlines():
        terminal.echo(line)
    sys.stdout.flush()
