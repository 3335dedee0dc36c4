"""``feeds audience``: what access logs tell of subscribers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from feeds.cli import terminal
from feeds.cli.shared import answer, as_json, now, of_a_newsroom, quiet
from feeds.model.errors import ConfigError, LedgerError
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from feeds.audience.estimating import Estimate
    from feeds.audience.logs import Found
    from feeds.audience.record import Recorded
    from feeds.ledger.connect import Ledger
    from feeds.model.watching import Watch

_RECORDED_DAYS = 90


@click.command()
@click.argument("logs", nargs=-1, metavar="[LOG]...")
@click.option("--record", is_flag=True, help="Keep the days' totals in the ledger (for cron).")
@quiet
@as_json
@of_a_newsroom
def audience(
    newsroom: Newsroom, logs: tuple[str, ...], record: bool, quiet: bool, as_json: bool
) -> int:
    """Estimate how many subscribe to each feed, and in what.

    LOGs are access logs in the combined format, plain or in gzip, in any order: of 'feeds serve',
    nginx, Apache or a CDN; - is standard input. Counted are the numbers that aggregators tell
    ("12 subscribers"), and of all others the different readers of a day. Also shown is how often
    who polls, who asks for all again although nothing changed, bytes sent, and bytes spared.
    No newsroom is needed to look at logs, and no address is stored.

    With --record the totals of each day are kept, since logs rotate away. A log, or a part of it,
    that was recorded before counts once. Without a LOG, what was recorded is shown.

    \b
    Examples:
      feeds audience /var/log/nginx/access.log*
      zstdcat access.zst | feeds audience -
      feeds audience --record --quiet /var/log/feeds.log.1 /var/log/feeds.log
      feeds audience                              the last 90 days of the record
    """
    from feeds.audience.table import Answer, counts_text, table_text

    if record and not logs:
        raise click.UsageError("--record needs a LOG")
    if not logs:
        estimate = _recorded_estimate(newsroom)
        answer(estimate, table_text(estimate), as_json=as_json)
        return 0
    from feeds.audience import estimating
    from feeds.audience.logs import overlap
    from feeds.reports.answers import filled

    with terminal.watching(quiet=quiet) as watch:
        found = _count(newsroom, logs, watch, record=record)
    estimate = estimating.estimate(found.parts)
    changed, overlapping, closed = _record(newsroom, found) if record else ([], [], [])
    complaints = [str(problem) for problem in (*found.complaints, *map(overlap, overlapping))]
    for complaint in complaints:
        terminal.echo(complaint, err=True)
    lines = [table_text(estimate), counts_text(found.polls, found.others, found.unreadable)]
    if record:
        lines.append(f"recorded: {', '.join(changed) or 'nothing that was not known'}")
        if closed:
            lines.append(f"closed, and left as they are: {', '.join(closed)}")
    if as_json or not quiet:
        days = {"recorded": changed, "closed": closed}
        told = filled(Answer, estimate, found, complaints=complaints, **days)
        answer(told, "\n".join(lines), as_json=as_json)
    return 1 if complaints else 0


def _count(newsroom: Newsroom, names: Sequence[str], watch: Watch, *, record: bool) -> Found:
    from feeds.audience import logs

    if not record:
        return logs.count(names, {}, {}, watch)
    from feeds.ledger import audience as ledger_audience

    with _ledger(newsroom).read() as connection:
        known = ledger_audience.open_days(connection)
    return logs.count(names, known.salts, known.marks, watch)


def _record(newsroom: Newsroom, found: Found) -> Recorded:
    from feeds.audience.record import record
    from feeds.ledger import lock

    with lock.writing(newsroom.database), _ledger(newsroom).write() as connection:
        return record(connection, found.parts, found.salts, now())


def _recorded_estimate(newsroom: Newsroom) -> Estimate:
    from feeds.audience import estimating
    from feeds.ledger import audience as ledger_audience

    with _ledger(newsroom, write=False).read() as connection:
        totals = ledger_audience.newest(connection, _RECORDED_DAYS)
    if not totals:
        raise LedgerError(
            "no audience is recorded", file=str(newsroom.database), remedy="name a LOG, or --record"
        )
    try:
        feeds = newsroom.site().feeds
    except ConfigError:
        feeds = ()  # names as they are recorded say enough
    names = {former: feed.name for feed in feeds for former in feed.former_names}
    return estimating.recorded(totals, names)


def _ledger(newsroom: Newsroom, *, write: bool = True) -> Ledger:
    from feeds.ledger.connect import open_to_note, open_to_read
    from feeds.ledger.loss import refuse_loss

    refuse_loss(newsroom)
    ledger = (open_to_note if write else open_to_read)(newsroom.database)
    if ledger is None:
        raise LedgerError(
            "there is no ledger yet", file=str(newsroom.database), remedy="'feeds publish' makes it"
        )
    return ledger
