"""``feeds export``, and what ``feeds publish`` does of it after each revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from feeds.cli import terminal
from feeds.cli.shared import now, of_a_newsroom, quiet
from feeds.export import names
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom

if TYPE_CHECKING:
    from feeds.export import run


@click.command()
@click.argument("target")
@click.option("--verify", is_flag=True, help="Look at every file that is there, and mend it.")
@click.option("--forget", is_flag=True, help="Follow TARGET no longer; its files stay.")
@click.option(
    "--lines",
    type=click.Choice(("nginx", "caddy", "cdn")),
    help="Print what serves TARGET, and do nothing else.",
)
@quiet
@of_a_newsroom
def export(
    newsroom: Newsroom, target: str, verify: bool, forget: bool, lines: str | None, quiet: bool
) -> int:
    """Write everything that is published as files to TARGET.

    TARGET is a directory, whose 'current' a web server has for its root, or a bucket behind
    a CDN: s3://bucket/prefix (or gs, az), with its credentials in the environment. All
    documents, archives, pages for people and stories are there, as 'feeds serve' would
    answer them; only what changed is written, and what is gone is removed. TARGET must be
    empty, or this newsroom's own.

    'feeds publish --export TARGET' does it after each revision, and tries again what failed;
    what a web server or CDN has to be told, --lines prints.

    \b
    Examples:
      feeds export /srv/desk/export
      feeds export s3://desk-feeds/feeds
      feeds export --verify s3://desk-feeds/feeds    all is looked at
      feeds export --lines nginx /srv/desk/export    what serves these
      feeds export --forget /srv/desk/export         no longer after each revision
    """
    from feeds.export import run  # late: it brings the app

    name = names.canonical(target)
    if lines:
        from feeds.export import recipes

        told = {"nginx": recipes.nginx, "caddy": recipes.caddy, "cdn": recipes.cdn}[lines]
        terminal.echo(told(newsroom.site(), name), verbatim=True)
        return 0
    if forget:
        known = run.forget(newsroom, name)
        kept = "not followed any more; its files stay as they are, also what is taken back later"
        terminal.echo(f"{name}: {kept if known else 'was no target'}")
        return 0 if known else 2
    done = run.export(newsroom, name, now, verify=verify)
    _say(done, quiet=quiet)
    return 2 if done.problem else 0


def export_due(newsroom: Newsroom, asked: Sequence[str], *, quiet: bool) -> list[Problem]:
    """Exports what is due, and to what is ``asked`` for; returns what is wrong, which is said."""
    from feeds.export import run  # late: it brings the app

    problems = []
    for done in run.export_due(newsroom, asked, now):
        _say(done, quiet=quiet)
        problems += [done.problem] if done.problem else []
    return problems


def _say(done: run.Exported, *, quiet: bool) -> None:
    if done.problem:
        terminal.echo(str(done.problem), err=True)
    elif done.is_busy:
        if not quiet:
            terminal.echo(f"{done.name}: another export is at work, and takes this along")
    elif not quiet and (done.put or done.removed):
        terminal.echo(
            f"{done.name}: revision {done.revision}: {_counted(done.put)} written, "
            f"{done.removed} removed"
        )
    elif not quiet:
        terminal.echo(f"{done.name}: has all of revision {done.revision}")


def _counted(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"
