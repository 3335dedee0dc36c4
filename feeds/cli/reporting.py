"""``feeds publish --report``: the editor's report, written after a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from feeds.cli import terminal
from feeds.cli.shared import now
from feeds.ledger import lock
from feeds.ledger.engines import engine
from feeds.model.errors import FeedsError
from feeds.model.unexpected import failure_on
from feeds.newsroom import Newsroom

_HOUR = 3600.0


def reported(newsroom: Newsroom, publishing: Callable[[], int], report: Path) -> int:
    """The exit code of ``publishing``; the ``report`` is written whatever comes of that."""
    before = lock.last_run(newsroom.database)
    try:
        exit_code = publishing()
    except Exception as error:
        if not isinstance(error, click.Abort):
            _report(newsroom, report)
        raise
    if not _is_current(newsroom, report, before):
        _report(newsroom, report)
    return exit_code


def _is_current(newsroom: Newsroom, file: Path, before: lock.LastRun | None) -> bool:
    """Whether the report in ``file`` is of this hour, and of what there still is.

    The run ``before`` saw all that this one saw, and nothing was written to the ledger since.
    """
    after = lock.last_run(newsroom.database)
    if before is None or after is None or not after.state or after.state != before.state:
        return False
    if before.exit_code != after.exit_code:
        return False
    changed = engine(newsroom.database).changed()
    try:
        written = file.stat().st_mtime
    except OSError:
        return False
    return 0 < changed <= written and now().timestamp() - written < _HOUR


def _report(newsroom: Newsroom, file: Path) -> None:
    """Writes the editor's report; that it can't be written changes nothing about the run."""
    from feeds.desk.report import write_report  # late: it brings Flask

    try:
        write_report(newsroom, file, now())
    except FeedsError as error:
        terminal.echo(str(error), err=True)
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        terminal.echo(str(failure_on(error, str(file), "write this report")), err=True)
