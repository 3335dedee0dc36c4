"""What all commands share: their newsroom, the clock, an answer for people or programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import update_wrapper

import click
import msgspec

from feeds.cli import terminal
from feeds.newsroom import locate


def _show_tracebacks(context: click.Context, option: click.Parameter, wanted: bool) -> None:  # noqa: ARG001 - click's way
    if wanted:
        import logging  # late: few runs need it

        logging.basicConfig(format="%(message)s")
        logging.getLogger("feeds").setLevel(logging.DEBUG)


# main reads it: a command that needs it to explain its own end can't be asked
debug = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_show_tracebacks,
    help="Show a traceback with an error.",
)
source = click.option(
    "--source",
    metavar="DIR",
    help="The newsroom's folder, with site.toml in it [default: source; env FEEDS_SOURCE].",
)
quiet = click.option(
    "--quiet", "-q", is_flag=True, help="Say only what needs attention (for cron)."
)
as_json = click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
reason = click.option("--reason", default="", help="Why, for the newsroom alone.")
who = click.option("--who", help="Who decided [default: this user].")
database = click.option(
    "--database",
    metavar="URL",
    help="The ledger, in SQLite or PostgreSQL (postgresql+psycopg://USER@HOST/DATABASE) "
    "[default: sqlite:///…/instance/feeds.db beside the folder; "
    "env FEEDS_DATABASE].",
)


def of_a_newsroom(command: Callable[..., int | None]) -> Callable[..., None]:
    """Gives ``command`` its newsroom first, and makes an exit code of what it returns.

    The newsroom is named by options before or after the command's name, or else by the
    environment.
    """

    def found(
        context: click.Context, /, source: str | None, database: str | None, **values: object
    ) -> None:
        outer = context.find_root().params
        newsroom = locate(source or outer["source"], database or outer["database"])
        context.exit(command(newsroom, **values) or 0)

    update_wrapper(found, command)
    return source(database(debug(click.pass_context(found))))


def now() -> datetime:
    """The present moment; nothing else looks at the clock."""
    return datetime.now(UTC).replace(microsecond=0)


def answer(facts: object, text: str, *, as_json: bool) -> None:
    """Prints ``facts`` as JSON, or the same as ``text``."""
    if as_json:
        print_json(facts)
    else:
        terminal.echo(text)


def print_json(facts: object) -> None:
    """Prints ``facts`` as JSON on one line."""
    # what a terminal would obey becomes what JSON has for it
    terminal.echo(msgspec.json.encode(facts).decode(), verbatim=True)
