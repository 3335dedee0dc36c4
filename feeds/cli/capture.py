"""``feeds capture``: what is new on the newsroom's own site becomes pages."""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import click

from feeds.cli import hooks, terminal
from feeds.cli.shared import now, of_a_newsroom, quiet
from feeds.model.errors import FeedsError, LedgerBusyError
from feeds.newsroom import Newsroom
from feeds.reports.answers import counted

if TYPE_CHECKING:
    from feeds.capture.plan import Wanted
    from feeds.capture.run import Outcome
    from feeds.capture.state import Known

_WHY = {
    "new": "new",
    "changed": "changed, as the site says",
    "again": "may have changed; nothing says whether",
    "gone": "was gone; is it still?",
    "failed": "could not be had before",
    "unlisted": "its sitemap names it no more; is it gone?",
}
_LET_BE = {
    "known": "{} known",
    "no-story": "{} without a story",
    "undated": "{} without a date of publishing",
    "elsewhere": "{} leading elsewhere",
    "none": "{} that can be no story's, such as lists and the front page",
    "waiting": "{} to be asked for later",
    "older": "{} older",
    "taken-out": "{} of which somebody deleted the file",
    "erased": "{} erased",
    "trap": "{} without end, such as a calendar's",
}
_CAME = {
    "new": "{} new",
    "changed": "{} changed",
    "same": "{} as before",
    "list": "{} of lists",
    "no-story": "{} without a story",
    "undated": "{} let be, without a date of publishing",
    "elsewhere": "{} leading elsewhere",
    "forbidden": "{} that robots.txt forbids",
    "gone": "{} gone",
    "failed": "{} that could not be had",
}
_ENDED = {
    "requests": "the run has had its budget of requests",
    "bytes": "the run has had its budget of bytes",
    "minutes": "the run has had its time",
    "asked-to-wait": "the site asks to be left alone",
    "failing": "the site does not answer",
    "robots": "robots.txt can't be had, so nothing may be asked",
}


@click.command()
@quiet
@click.option("--dry-run", is_flag=True, help="Show what would be fetched, and why.")
@click.option("--publish", "publishes", is_flag=True, help="Publish afterwards.")
@of_a_newsroom
def capture(newsroom: Newsroom, quiet: bool, dry_run: bool, publishes: bool) -> int:
    """Save what is new on the newsroom's own site as pages.

    Looks at the site in site.toml, and at no other: sitemaps, else feeds, else the front
    page and its sections say where stories are. What is new or changed is saved below
    'captured' in the newsroom's folder, which 'feeds publish' reads like any page.
    robots.txt is obeyed; there is one request at a time, with pauses, and a budget for each
    run: what is left is for the next one. All settings have defaults: docs/capture.md.

    \b
    Examples:
      feeds capture --dry-run                   what would be fetched, and why
      feeds capture
      feeds capture --quiet --publish           what cron runs
    """
    if dry_run and publishes:
        raise click.UsageError("--dry-run fetches nothing that could be published")
    try:
        with nullcontext() if dry_run else hooks.calling(newsroom):
            code = _capture(newsroom, quiet=quiet, dry_run=dry_run)
    except LedgerBusyError as error:
        if not (quiet or publishes):
            raise
        if not quiet:
            terminal.echo(str(error), err=True)
        code = 0  # whoever is at work does it, and what is saved by now may be published
    except FeedsError as error:
        if not publishes:
            raise
        terminal.echo(str(error), err=True)
        code = error.exit_code
    if publishes:
        from feeds.cli.publish import publish_whole

        return max(code, publish_whole(newsroom, quiet=quiet))
    return code


def _capture(newsroom: Newsroom, *, quiet: bool, dry_run: bool) -> int:
    """Captures, and says what that came to; returns the exit code."""
    from feeds.capture import run  # late, as what follows: it brings lxml
    from feeds.capture.visits import Clock

    try:
        with terminal.watching(quiet=quiet) as watch:
            order = run.Order(newsroom, newsroom.site(), Clock(now, time.sleep), dry_run, watch)
            outcome = run.capture(order)
    except KeyboardInterrupt as error:
        raise click.Abort("what was saved is kept, and the next run goes on from there") from error
    for problem in outcome.problems:
        terminal.echo(str(problem), err=True)
    if not dry_run:
        hooks.heed_capture(newsroom, outcome.problems)
    if not quiet:
        terminal.echo("\n".join(_looked(outcome) if dry_run else _said(outcome)))
    return outcome.exit_code


def _said(outcome: Outcome) -> list[str]:
    """What came of a run, in a line or two."""
    came = [text.format(outcome.came[key]) for key, text in _CAME.items() if key in outcome.came]
    took = f"{counted(outcome.requests, 'request')}, {counted(outcome.bytes, 'byte')}"
    lines = [f"pages: {', '.join(came) or 'nothing new'} ({took})"]
    if outcome.ended:
        until = f" until {outcome.until:%Y-%m-%d %H:%M} UTC" if outcome.until else ""
        waiting = counted(len(outcome.left), "page")
        left = f"; {waiting} for the next run" if outcome.left else ""
        lines.append(f"{_ENDED[outcome.ended]}{until}{left}")
    told = {problem.file for problem in outcome.problems}
    return [*lines, *(_lacking(one) for one in outcome.not_had if one.address not in told)]


def _lacking(one: Known) -> str:
    """What was not to be had, why, when it is asked for again, and what readers have until then."""
    why = one.why or f"the site answers {one.status}"
    again = f"; it is asked for again at {one.due:%Y-%m-%d %H:%M} UTC" if one.due else ""
    stays = ", and stays published until then" if one.saved else ""
    if one.came == "vanished" and one.saved:
        stays = ", and stays published until somebody retracts it"
    return f"{one.address}: {why}{again}{stays}"


def _looked(outcome: Outcome) -> list[str]:
    """What would be fetched, and why."""
    lines = [f"{one.address}  {_WHY[one.why]}{_said_of(one)}" for one in outcome.left]
    let_be = [
        text.format(outcome.let_be[key]) for key, text in _LET_BE.items() if outcome.let_be.get(key)
    ]
    others = f"; not: {', '.join(let_be)}" if let_be else ""
    return [*lines, f"would be fetched: {counted(len(outcome.left), 'page')}{others}"]


def _said_of(one: Wanted) -> str:
    """Where what is new was found, and of what day it is."""
    where = urlsplit(one.found_in)
    path = urlunsplit(("", "", where.path, where.query, ""))
    said = [f"named by {path}"] if path else []
    said += [one.day[:10]] if one.day else []
    return f": {', '.join(said)}" if one.why == "new" and said else ""
