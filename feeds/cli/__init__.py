"""The command ``feeds``; ``main`` is all of it, and the last to hear of an error.

Commands are thin: each calls the room that does its work and prints the answer, as text or JSON.
A module of commands is imported when one of them is asked for: cron runs one, again and again.
``publish`` runs the job, ``decide`` what editors decree, ``moving_in`` takes over what was
published elsewhere, ``ask`` tells what there is, ``founding`` sets up, ``operate`` serves and
copies, ``export`` writes files, ``audience`` counts readers, ``key`` lets some in, ``desk`` serves
editors' own pages. ``shared`` has what all of them do, and alone looks at the clock; ``terminal``
prints. What one command alone needs is imported when it runs.

Exit codes: 0 all is well; 1 a page or headline needs a person, everything else was
published; 2 nothing was done, for the reason given; 3 the gate refused the documents.
"""

from __future__ import annotations

import gc

# Before all else is imported: what libraries make then is there for good, and was looked through
# again and again, which was a fifth of what a run costs that publishes one more story. Such a run
# is over before it comes to that; many pages take no more memory, since little of them is circular.
gc.set_threshold(500_000, 20, 20)

import os
import sys
from importlib import import_module

import click

from feeds import __version__
from feeds.cli import terminal
from feeds.cli.shared import database, debug, source
from feeds.model.errors import FeedsError

_INTERRUPTED = 130  # as shells have it: 128 and the signal's number

_ELSEWHERE = (
    "feeds: it runs on Linux, macOS and other Unixes, and not on Windows, which has no fcntl to "
    "lock the ledger with; there it runs in WSL (wsl --install): docs/installing.md"
)

__all__ = ["main"]

_FOR_WHOM = {
    "Every day": {
        "capture": "capture", "publish": "publish", "status": "ask", "check": "ask",
        "report": "operate", "read": "ask",
    },
    "Editors": {
        "list": "ask", "show": "ask", "log": "ask",
        "retract": "decide", "restore": "decide", "correct": "decide", "merge": "decide",
        "keep-apart": "decide", "gone": "decide",
    },
    "Operators": {
        "init": "founding", "serve": "operate", "watch": "watch", "healthcheck": "operate",
        "desk": "desk", "key": "key", "audience": "audience", "import": "moving_in",
        "export": "export", "backup": "operate", "restore-ledger": "operate",
        "copy-ledger": "operate",
    },
}  # fmt: skip
"""All commands, in the order in which the help has them, and the modules in which they are."""
_MODULES = {name: module for some in _FOR_WHOM.values() for name, module in some.items()}


class _Commands(click.Group):
    """Commands under the headings of those who use them."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click hands it over
        """The command of that name; None if there is none."""
        if cmd_name not in self.commands:
            return None
        there = vars(import_module(f"feeds.cli.{_MODULES[cmd_name]}")).values()
        commands = (one for one in there if isinstance(one, click.Command))
        return next(one for one in commands if one.name == cmd_name)

    def format_commands(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        """Writes the list of commands into the help of ``feeds``."""
        for heading, names in _FOR_WHOM.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(heading):
                formatter.write_dl(
                    [(name, one.get_short_help_str(66)) for name, one in commands if one]
                )


@click.group(
    cls=_Commands,
    commands={name: click.Command(name) for name in _MODULES},  # the real ones are imported late
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
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
    out; 2 nothing was done; 3 the gate refused, and the documents of before stay;
    4 others published all the while, and a decision is to be tried again.
    """


def main() -> None:
    """Runs the command; errors are one line on stderr, a traceback only with --debug."""
    try:
        import fcntl  # noqa: F401 # asked for by the ledger's lock, much later
    except ModuleNotFoundError:
        terminal.echo(_ELSEWHERE, err=True)
        sys.exit(2)
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
            return "; ".join(("stopped", *error.args)), _INTERRUPTED
        case click.Abort():
            return "stopped; give the missing answers as options, or run it in a terminal", 2
        case _:
            return f"internal error: {type(error).__name__}: {error}; --debug shows where", 2


if __name__ == "__main__":
    main()
