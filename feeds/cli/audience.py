"""``feeds audience``: what access logs tell of subscribers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from feeds.cli.shared import now, of_a_newsroom, print_json
from feeds.errors import ConfigError, LedgerError
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from feeds.audience.estimating import Estimate, Row
    from feeds.logs import Found

_LONG = 8 * 1024 * 1024
_RECORDED_DAYS = 90
_UNSEEN = (
    "Not seen: who reads a copy (in the cache of a CDN that doesn't ask back), what aggregators",
    "don't say, people behind one address with the same program (counted once), one person with",
    "several devices or a changing address (counted more than once), readers that call themselves",
    "browsers. Subscribers are those of the day in the middle; bots, browsers and scripts are none.",
)


@click.command()
@click.argument("logs", nargs=-1, metavar="[LOG]...")
@click.option("--record", is_flag=True, help="Keep the days' totals in the ledger (for cron).")
@click.option("--quiet", "-q", is_flag=True, help="Say only what needs attention.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@of_a_newsroom
def audience(
    newsroom: Newsroom, logs: tuple[str, ...], record: bool, quiet: bool, as_json: bool
) -> int:
    """Estimate subscribers of each feed, and by which program they read it.

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
      feeds audience                              the last 90 days that were recorded
    """
    if record and not logs:
        raise click.UsageError("--record needs a LOG")
    if not logs:
        estimate = _recorded(newsroom)
        complaints: list[str] = []
        told: dict[str, Any] = {}
    else:
        from feeds.audience import estimating, parts

        found = _counted(newsroom, logs, record=record)
        days = {part.day for part in found.parts}
        estimate = estimating.estimate({
            day: parts.together(part.groups for part in found.parts if part.day == day)
            for day in days
        })  # fmt: skip
        complaints = found.complaints
        told = {
            "polls": found.polls,
            "other_lines": found.others,
            "unreadable_lines": found.unreadable,
        }
        if record:
            told["recorded"] = _record(newsroom, found, complaints)
    for line in complaints:
        click.echo(line, err=True)
    if as_json:
        print_json({**_fields(estimate), **told, "complaints": complaints})
    elif not quiet:
        _show(estimate, told)
    return 1 if complaints else 0


def _counted(newsroom: Newsroom, names: Sequence[str], *, record: bool) -> Found:
    from feeds import logs

    if not record:
        with _progress(logs.size(names)) as progress:
            return logs.count(names, {}, {}, progress)
    from feeds.ledger import audience as ledger_audience

    with _ledger(newsroom).read() as connection:
        known = ledger_audience.opened(connection)
    with _progress(logs.size(names)) as progress:
        return logs.count(names, known.salts, known.marks, progress)


def _record(newsroom: Newsroom, found: Found, complaints: list[str]) -> list[str]:
    """Records what was found; returns the days that have other totals than before."""
    from feeds.ledger import audience as ledger_audience
    from feeds.logs import overlap

    with _ledger(newsroom).write() as connection:
        done = ledger_audience.record(connection, found.parts, found.salts, now())
    complaints += map(overlap, done.overlapping)
    return done.changed


def _recorded(newsroom: Newsroom) -> Estimate:
    from feeds.audience import estimating
    from feeds.ledger import audience as ledger_audience

    since = (now() - timedelta(days=_RECORDED_DAYS)).date().isoformat()
    with _ledger(newsroom, write=False).read() as connection:
        totals = ledger_audience.totals(connection, since)
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


def _ledger(newsroom: Newsroom, *, write: bool = True) -> Any:
    from feeds.ledger.connect import open_to_note, open_to_read

    ledger = (open_to_note if write else open_to_read)(newsroom.database)
    if ledger is None:
        raise LedgerError(
            "there is no ledger yet", file=str(newsroom.database), remedy="'feeds publish' makes it"
        )
    return ledger


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, for what takes more than a moment."""
    if size < _LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=size)
        yield lambda done: bar.advance(task, done)


def _fields(estimate: Estimate) -> dict[str, Any]:
    return {
        "days": estimate.days,
        "feeds": [
            {
                "name": feed.name,
                "subscribers": feed.subscribers,
                "clients": [{**row._asdict(), "ignores_304": row.ignores} for row in feed.clients],
            }
            for feed in estimate.feeds
        ],
    }


def _show(estimate: Estimate, told: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    # piped, nothing is cut off: a line is as long as it needs to be
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    days = estimate.days
    if days:
        span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}, {len(days)} days"
        console.print(span)
    for feed in estimate.feeds:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(f"{feed.name}: about {feed.subscribers:,}", style="bold", min_width=28)
        for name in ("kind", "subscribers", "polls", "every", "304", "sent", "spared"):
            table.add_column(name, justify="left" if name == "kind" else "right")
        table.add_column("")
        for row in feed.clients:
            table.add_row(*_cells(row))
        console.print()
        console.print(table)
    if not estimate.feeds:
        console.print("No poll of a feed is in it: none got 200 or 304 for /feeds/NAME.rss …")
    console.print()
    if told:
        console.print(
            f"{told['polls']:,} polls; {told['other_lines']:,} other lines; "
            f"{told['unreadable_lines']:,} unreadable"
        )
    for line in _UNSEEN:
        console.print(line, style="dim")
    if told.get("recorded"):
        console.print(f"recorded: {', '.join(told['recorded'])}")


def _cells(row: Row) -> tuple[str, ...]:
    share = f"{row.unchanged / row.polls:.0%}" if row.polls else ""
    ignores = f"asks for all again ({row.repeats:,} times)" if row.ignores else ""
    return (
        f"  {row.client}", row.kind, f"{row.subscribers:,}", f"{row.polls:,}", _span(row.interval),
        share, _bytes(row.size), _bytes(row.saved), ignores,
    )  # fmt: skip


def _span(seconds: int) -> str:
    if not seconds:
        return "-"
    if seconds < 90:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{seconds / 3600:.1f} h"


def _bytes(count: int) -> str:
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"
