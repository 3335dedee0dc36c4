"""Commands that ask: what there is, what became of it, what is wrong. None changes anything."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from feeds.cli import terminal
from feeds.cli.shared import answer, as_json, now, of_a_newsroom, print_json, quiet
from feeds.model.errors import PageError
from feeds.newsroom import Newsroom

_limit = partial(click.option, "--limit", "-n", show_default=True, type=click.IntRange(1))


@click.command()
@click.argument("pages", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, in their order.")
@of_a_newsroom
def read(newsroom: Newsroom, pages: tuple[Path, ...], as_json: bool) -> int:
    """Show what is understood of each PAGE, and from which line.

    Publishes nothing and needs no newsroom: try a page before you put it into the folder.
    For a page that lies in the newsroom's folder, [[pages]] rules and pages.csv count too.
    Exit code 1 if a page can't be read.

    \b
    Examples:
      feeds read ~/Downloads/story.html
      feeds read --json source/*.txt | jq .title
    """
    from feeds.reports import reading, saved_page

    failed = False
    for path in pages:
        try:
            page = saved_page.open_page(path, newsroom)
            found = saved_page.read(page)
            lines = saved_page.lines_of(page, found)
        except PageError as error:
            failed = True
            terminal.echo(str(error), err=True)
            if as_json:
                print_json(reading.unreadable(path, error))
        else:
            zone = saved_page.zone_of(newsroom)
            if as_json:
                print_json(reading.reading_answer(found, zone, lines))
            else:
                terminal.echo(reading.reading_text(found, zone, lines))
    return int(failed)


@click.command()
@as_json
@of_a_newsroom
def status(newsroom: Newsroom, as_json: bool) -> int:
    """Show the last runs, and what is held or unreadable.

    Changes nothing. Exit code 1 if something needs attention; drafts and embargoes that
    wait are listed, and need none.

    \b
    Examples:
      feeds status
      feeds status --json | jq .held
    """
    from feeds.reports.status import collect_status, status_text

    moment = now()
    found = collect_status(newsroom, moment)
    answer(found, status_text(found, moment), as_json=as_json)
    return int(found.needs_attention)


@click.command("list")
@click.argument("text", default="")
@_limit(default=50, help="How many.")
@click.option("--hidden", is_flag=True, help="Only what was retracted, erased or merged.")
@as_json
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

    found = history.list_entries(newsroom, text, limit, hidden=hidden)
    answer(found, history.list_text(found), as_json=as_json)
    _say_moved(newsroom)


@click.command()
@_limit(default=20, help="How many revisions.")
@as_json
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

    found, zone = history.collect_log(newsroom, limit, None if as_json else history.LINES)
    answer(found, history.log_text(found, zone), as_json=as_json)
    _say_moved(newsroom)


@click.command()
@click.argument("entry")
@as_json
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
    from feeds.reports.entry import collect_entry
    from feeds.reports.entry_text import entry_text

    found, zone = collect_entry(newsroom, entry)
    answer(found, entry_text(found, zone), as_json=as_json)
    _say_moved(newsroom)


def _say_moved(newsroom: Newsroom) -> None:
    """Says that what was shown is from a ledger of before, if it is."""
    from feeds.ledger.loss import find_moved  # late: it brings SQLAlchemy

    if moved := find_moved(newsroom):
        terminal.echo(str(moved), err=True)


@click.command()
@click.option("--whole", is_flag=True, help="Look at every row of a large ledger, however long.")
@click.option("--profile", help="Judge the feeds for this partner, as it would.", metavar="NAME")
@quiet
@as_json
@of_a_newsroom
def check(newsroom: Newsroom, whole: bool, profile: str | None, quiet: bool, as_json: bool) -> int:
    """Look for what is wrong: configuration, pages, ledger, documents.

    Each line says how bad it is, where, what it is and what to do: an error breaks something
    for readers or for the next publish, a warning needs a person, a hint is good to know (such
    as two entries that may be one story, or lines that many pages share, with the rule for
    site.toml by which these are no story's). Changes nothing, and may run at any time. Exit code
    0 if there are hints at most, else 1. Of a kind, 50 are shown and the others counted; with many
    stories, rows are decoded of the newest alone, which is said.

    \b
    Examples:
      feeds check
      feeds check --quiet        from cron, once a day
      feeds check --whole        before an upgrade, or after a disk failed
      feeds check --profile msn     what MSN would have against its feed
      feeds check --json | jq '.findings[] | select(.severity == "error")'
    """
    if profile is not None:
        return _check_for(newsroom, profile, as_json=as_json)
    from feeds.reports.check import check_newsroom, exit_code, findings, remarks_text

    with terminal.watching(quiet=quiet) as watch:
        found = check_newsroom(newsroom, now(), watch, whole=whole)
    if as_json or not quiet or exit_code(found):
        answer(findings(found), remarks_text(found), as_json=as_json)
    return exit_code(found)


def _check_for(newsroom: Newsroom, profile: str, *, as_json: bool) -> int:
    from feeds.reports.check import partners

    if profile not in partners.PARTNERS:
        known = ", ".join(partners.PARTNERS)
        raise click.BadParameter(f"'{profile}' is none of: {known}", param_hint="--profile")
    found = partners.judge(newsroom, profile, now())
    answer(found, partners.judged_text(found), as_json=as_json)
    return int(any(one.wrong for one in found))
