"""Commands that ask: what there is, what became of it, what is wrong. None changes anything."""

from __future__ import annotations

import click

from feeds.cli import terminal
from feeds.cli.shared import now, of_a_newsroom, print_json, quiet
from feeds.newsroom import Newsroom

_as_json = click.option("--json", "as_json", is_flag=True, help="The same as JSON.")


@click.command("list")
@click.argument("text", default="")
@click.option(
    "--limit", "-n", default=50, show_default=True, type=click.IntRange(1), help="How many."
)
@click.option("--hidden", is_flag=True, help="Only what was retracted, erased or merged.")
@_as_json
@of_a_newsroom
def list_entries(newsroom: Newsroom, text: str, limit: int, hidden: bool, as_json: bool) -> None:
    """List entries, newest first, or those with TEXT in their headline.

    Each line begins with a name by which 'feeds show', 'retract', 'correct' and 'merge' know
    the entry.

    \b
    Examples:
      feeds list
      feeds list minister -n 5
      feeds list --hidden          what was taken back
    """
    from feeds.reports import history

    found, count = history.list_entries(newsroom, text, limit, hidden=hidden)
    if as_json:
        print_json(history.list_fields(found, count))
    else:
        terminal.echo(history.list_text(found, count))


@click.command()
@click.option(
    "--limit",
    "-n",
    default=20,
    show_default=True,
    type=click.IntRange(1),
    help="How many revisions.",
)
@_as_json
@of_a_newsroom
def log(newsroom: Newsroom, limit: int, as_json: bool) -> None:
    """Show what was published and decided, newest first, and why.

    A revision is a publish that changed something. Below it is what became of which entry.

    \b
    Examples:
      feeds log
      feeds log -n 1 --json        all of the last revision
    """
    from feeds.reports import history

    told, zone = history.collect_log(newsroom, limit)
    if as_json:
        print_json(told)
    else:
        terminal.echo(history.log_text(told, zone))


@click.command()
@click.argument("entry")
@_as_json
@of_a_newsroom
def show(newsroom: Newsroom, entry: str, as_json: bool) -> None:
    """Show all that is known of ENTRY, and what became of it.

    ENTRY is an id, a URL, or a part of the headline that no other has; if several have it,
    they are listed. Beside each value stand file, line and rule to which it is owed.

    \b
    Examples:
      feeds show "quay opens"
      feeds show https://desk.org/a/12
    """
    from feeds.reports.entry import collect_entry, entry_text

    told, zone = collect_entry(newsroom, entry)
    if as_json:
        print_json(told)
    else:
        terminal.echo(entry_text(told, zone))


@click.command()
@quiet
@_as_json
@of_a_newsroom
def check(newsroom: Newsroom, quiet: bool, as_json: bool) -> int:
    """Look for what is wrong: configuration, pages, ledger, documents.

    Each line says how bad it is, where, what it is and what to do: an error breaks something
    for readers or for the next publish, a warning needs a person, a hint is good to know (such
    as two entries that may be one story). Changes nothing, and may run at any time. Exit code
    0 if there are hints at most, else 1.

    \b
    Examples:
      feeds check
      feeds check --quiet        from cron, once a day
      feeds check --json | jq '.findings[] | select(.severity == "error")'
    """
    from feeds.reports.check import check_newsroom, exit_code, remark_fields, remarks_text

    with terminal.watching(quiet=quiet) as watch:
        found = check_newsroom(newsroom, now(), watch)
    if as_json:
        print_json(remark_fields(found))
    elif not quiet or exit_code(found):
        terminal.echo(remarks_text(found))
    return exit_code(found)


COMMANDS = (list_entries, log, show, check)
