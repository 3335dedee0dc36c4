"""The command ``feeds``: thin, each command hands over to the module that does its work.

Exit codes: 0 all is well; 1 a page or headline needs a person, everything else was
published; 2 nothing was done, for the reason given; 3 the gate refused the documents.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import click

from feeds import __version__
from feeds.cli import ask, decide, publish, terminal
from feeds.cli.audience import audience
from feeds.cli.shared import database, debug, now, of_a_newsroom, print_json, quiet, source
from feeds.model.errors import FeedsError
from feeds.newsroom import Newsroom

_INTERRUPTED = 130  # as shells have it: 128 and the signal's number

__all__ = ["main"]

_FOR_WHOM = {
    "Every day": ("publish", "status", "check", "report", "read"),
    "Editors": ("list", "show", "log", "retract", "restore", "correct", "merge"),
    "Operators": ("init", "serve", "audience", "import", "backup"),
}


class _Commands(click.Group):
    """Commands under the headings of those who use them."""

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 click hands it over
        formatter: click.HelpFormatter,
    ) -> None:
        """Writes the list of commands into the help of ``feeds``."""
        for heading, names in _FOR_WHOM.items():
            found = [(name, self.commands[name].get_short_help_str(66)) for name in names]
            with formatter.section(heading):
                formatter.write_dl(found)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96}
)
@click.version_option(__version__, prog_name="feeds")
@source
@database
@debug
def cli(source: str | None, database: str | None) -> None:
    """Turn a newsroom's saved pages into RSS, Atom and JSON feeds.

    \b
    A new newsroom, from nothing to a feed:
      feeds init /srv/desk                     asks, then writes site.toml
      cp story.txt /srv/desk/source/           put a saved page into the folder
      feeds publish --source /srv/desk/source  read it, publish it
      feeds serve --source /srv/desk/source    serve the feeds on port 8000

    \b
    Exit codes: 0 all is well; 1 a page or headline needs a person, the others are
    out; 2 nothing was done; 3 the gate refused, and the documents of before stay.
    """


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="What the newsroom is called.")
@click.option("--site", "--site-url", "site_url", metavar="URL", help="The newsroom's website.")
@click.option("--feeds-url", metavar="URL", help="Where the feeds will be reached.")
@click.option("--timezone", metavar="NAME", help='Such as "Asia/Baku".')
@click.option("--authority", metavar="DOMAIN,YEAR", help="Under which ids are minted, for ever.")
@click.option("--language", metavar="TAG", default="en", show_default=True)
@click.option("--description", default="", help="One sentence for subscribers.")
@debug
def init(directory: Path, **answers: str | None) -> None:
    """Make a new newsroom in DIRECTORY.

    Asks for what no option gives, writes DIRECTORY/source/site.toml, and prints the
    crontab, systemd and nginx lines that publish and serve it. Nothing is overwritten.

    \b
    Example without questions:
      feeds init /srv/desk --title "Harbour Desk" --site https://desk.org/ \\
          --feeds-url https://desk.org/feeds/ --timezone Europe/Lisbon \\
          --authority desk.org,2026
    """
    from feeds.cli.init import create, questions, refuse_existing

    refuse_existing(directory)
    given = {key: value for key, value in answers.items() if value is not None}
    for question in questions(now().year):
        if question.key not in given:
            given[question.key] = click.prompt(
                question.text,
                default=question.default(given),
                value_proc=partial(_answer, question.key),
                err=True,
            )
    terminal.echo(create(directory, given), verbatim=True)


def _answer(key: str, text: str) -> str:
    from feeds.cli.init import answer

    try:
        return answer(key, text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error  # click asks again


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="[default: one for each processor]")
@click.option(
    "--access-log",
    metavar="FILE",
    default="-",
    help='Where to log requests, "-" for standard output, "" for nowhere.  [default: -]',
)
@click.option("--behind-proxy", is_flag=True, help="Log the address that your proxy forwards.")
@of_a_newsroom
def serve(
    newsroom: Newsroom,
    host: str,
    port: int,
    workers: int | None,
    access_log: str,
    behind_proxy: bool,
) -> None:
    """Serve what was published, on a production WSGI server.

    Prints the addresses to paste into a feed reader, then a line for each request, in the
    combined log format with the content coding behind it. What a later 'feeds publish'
    changes is served at once, without a restart. Stop it with Ctrl-C; SIGHUP replaces its
    workers one by one, for a log file that was moved away; an upgrade needs a restart.

    \b
    Examples:
      feeds serve --source /srv/desk/source
      feeds serve --behind-proxy --access-log /var/log/feeds.log --workers 2
    """
    from feeds.web.server import Options, serve_newsroom, usual_workers

    options = Options(host, port, workers or usual_workers(), access_log, behind_proxy)
    serve_newsroom(newsroom, options, partial(terminal.echo, verbatim=True))


@cli.command()
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
    from feeds.reports import reading

    failed = False
    for path in pages:
        told, error = reading.read_and_tell(path, newsroom, as_json=as_json)
        failed = failed or bool(error)
        if error:
            terminal.echo(error, err=True)
        if told:
            terminal.echo(told, verbatim=as_json)
    return 1 if failed else 0


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@of_a_newsroom
def status(newsroom: Newsroom, as_json: bool) -> int:
    """Show the last runs, and what is held or unreadable.

    Changes nothing. Exit code 1 if something needs attention.

    \b
    Examples:
      feeds status
      feeds status --json | jq .held
    """
    from feeds.reports.status import collect_status, needs_attention, status_text

    found = collect_status(newsroom, now())
    if as_json:
        print_json(found)
    else:
        terminal.echo(status_text(found, now()))
    return 1 if needs_attention(found) else 0


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@quiet
@of_a_newsroom
def report(newsroom: Newsroom, file: Path, quiet: bool) -> None:
    """Write the editor's report to FILE, one HTML page.

    What the last runs did, what is held and why, doubtful readings beside their lines,
    articles without a date, pages that are gone, entries that may be one story, the next
    embargo; each with the line to write into front matter or decisions.toml. It names what
    is not public yet: keep it behind the website's own login. 'feeds publish --report FILE'
    writes it after each run.

    \b
    Examples:
      feeds report /srv/desk/private/report.html
      feeds report --quiet /srv/desk/private/report.html    from cron
    """
    from feeds.reports.page import write_report

    with terminal.watching(quiet=quiet) as watch:
        write_report(newsroom, file, now(), watch)
    if not quiet:
        terminal.echo(f"{file}: written")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@quiet
@of_a_newsroom
def backup(newsroom: Newsroom, file: Path, quiet: bool) -> None:
    """Copy the ledger to FILE, also while it is being written to.

    An earlier backup of the same name is replaced, once the new one is complete. To
    restore one, stop cron and 'feeds serve', copy it back to the ledger's place, and
    delete the files ending in -wal and -shm there.

    \b
    Example:
      feeds backup --quiet /backup/feeds.db
    """
    from feeds.ledger.backup import copy

    size = copy(newsroom.database, file.absolute())
    if not quiet:
        terminal.echo(f"{file}: {size:,} bytes, checked")


for command in (publish.publish, audience, *decide.COMMANDS, *ask.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Runs the command; errors are one line on stderr, a traceback only with --debug."""
    try:
        sys.exit(cli(standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # whoever read along has seen enough; Python would complain once more when it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if "--debug" in sys.argv[1:]:
            raise
        message, exit_code = _explained(error)
        for line in message.splitlines():
            terminal.echo(f"feeds: {line}", err=True)
        sys.exit(exit_code)


def _explained(error: Exception) -> tuple[str, int]:
    """An error in words for whoever ran the command, and its exit code."""
    match error:
        case FeedsError():
            return str(error), error.exit_code
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "feeds"
            said = error.format_message().rstrip(".")
            mark = "" if said.endswith("?") else ";"
            return f"{said}{mark} see '{command} --help'", error.exit_code
        case click.ClickException():
            return error.format_message(), error.exit_code
        case click.Abort() if isinstance(error.__cause__, KeyboardInterrupt):
            return "stopped", _INTERRUPTED
        case click.Abort():
            return "stopped; give the missing answers as options, or run it in a terminal", 2
        case _:
            return f"internal error: {type(error).__name__}: {error}; --debug shows where", 2


if __name__ == "__main__":
    main()
