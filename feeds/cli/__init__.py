"""The command ``feeds``; ``main`` is all of it, and the last to hear of an error.

Commands are thin: each calls the room that does its work and prints the answer, as text or JSON.
``publish`` runs the job, ``decide`` what editors decree, ``ask`` tells what there is, ``operate``
sets up, serves and copies, ``audience`` counts readers. ``shared`` has what all of them do, and
alone looks at the clock; ``terminal`` prints. What one command alone needs is imported when it
runs.

Exit codes: 0 all is well; 1 a page or headline needs a person, everything else was
published; 2 nothing was done, for the reason given; 3 the gate refused the documents.
"""

from __future__ import annotations

import os
import sys
from itertools import chain

import click

from feeds import __version__
from feeds.cli import ask, audience, decide, operate, publish, terminal
from feeds.cli.shared import database, debug, source
from feeds.model.errors import FeedsError

_INTERRUPTED = 130  # as shells have it: 128 and the signal's number

__all__ = ["main"]

_FOR_WHOM: dict[str, tuple[click.Command, ...]] = {
    "Every day": (publish.publish, ask.status, ask.check, operate.report, ask.read),
    "Editors": (
        ask.list_entries, ask.show, ask.log,
        decide.retract, decide.restore, decide.correct, decide.merge,
    ),
    "Operators": (
        operate.init, operate.serve, audience.audience, decide.import_feed, operate.backup,
        operate.restore_ledger,
    ),
}  # fmt: skip
"""All commands, in the order in which the help has them."""


class _Commands(click.Group):
    """Commands under the headings of those who use them."""

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 click hands it over
        formatter: click.HelpFormatter,
    ) -> None:
        """Writes the list of commands into the help of ``feeds``."""
        for heading, commands in _FOR_WHOM.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(one.name or "", one.get_short_help_str(66)) for one in commands]
                )


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


for command in chain.from_iterable(_FOR_WHOM.values()):
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
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        if "--debug" in sys.argv[1:]:
            raise
        message, exit_code = _explained(error)
        for line in message.splitlines():
            terminal.echo(f"feeds: {line}", err=True)
        sys.exit(exit_code)


def _explained(error: BaseException) -> tuple[str, int]:
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
