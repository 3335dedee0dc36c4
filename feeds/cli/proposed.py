"""``feeds init --from``: what a site was seen to have, shown, asked about, and taken over."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from feeds.cli import moving_in, terminal
from feeds.cli.shared import now
from feeds.cli.site_text import Found
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom
from feeds.reports.reading import preview_text
from feeds.text import dates

if TYPE_CHECKING:
    from feeds.capture.looking import Proposal

_MOST_PROBLEMS = 5


def look(url: str, newsroom: Newsroom) -> Proposal:
    """What the site at ``url`` has, having shown it. Raises FeedsError."""
    from feeds.capture import looking  # late: it brings lxml
    from feeds.capture.visits import Clock

    if sys.stderr.isatty():
        terminal.echo(f"looking at {url}: a request a second, half a minute at most …", err=True)
    found = looking.look_over(url, newsroom, Clock(now, time.sleep))
    terminal.echo(shown(found))
    return found


def shown(found: Proposal) -> str:
    """What was found: the stories as they would be read, what names them, what was odd."""
    name = found.settings.get("timezone")
    zone = dates.zone(name) if name else None
    lines = [preview_text(one, zone) for one in found.readings]
    count = len(found.readings)
    if count:
        lines.append(f"{count} of its newest stories, as they would be read\n")
    for where, number in found.found_in.items():
        are = "address is" if number == 1 else "addresses are"
        lines.append(f"  {number} {are} named in {where}")
    if not found.found_in:
        lines.append("no stories were found: 'feeds capture --dry-run' will tell more")
    lines += [f"  {one}" for one in found.problems[:_MOST_PROBLEMS]]
    return "\n".join([*lines, ""])


def agreed(found: Proposal, *, asks: bool) -> Found:
    """What of that is to be configured, and the feed that is to be taken over.

    If somebody can be asked, ``asks``; else sections are, and no feed.
    """
    sections, taken = found.sections, ""
    if sections and asks:
        names = ", ".join(one.title for one in sections)
        if not click.confirm(f"Feeds for its sections, too ({names})?", default=True, err=True):
            sections = []
    if found.feeds and asks:
        question = f"Take over {found.feeds[0]}, so that its readers see nothing twice?"
        taken = found.feeds[0] if click.confirm(question, default=True, err=True) else ""
    return Found(sections, tuple(found.found_in), taken)


def take_over(newsroom: Newsroom, feed: str) -> int:
    """Takes ``feed`` over into the ``newsroom`` that was just made; returns how that ended."""
    try:
        return moving_in.take_over(newsroom, feed)
    except FeedsError as error:
        terminal.echo(f"{error}\nthe newsroom is made; 'feeds import {feed}' tries again", err=True)
        return error.exit_code
