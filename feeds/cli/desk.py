"""``feeds desk``: editors' own app, and who may use it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from feeds.cli import terminal
from feeds.cli.shared import database, debug, source
from feeds.newsroom import Newsroom, locate

_users = click.option(
    "--users",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Who may use it [default: …/instance/desk-users.json beside the folder].",
)


def _newsroom(context: click.Context, source: str | None, database: str | None) -> Newsroom:
    outer = context.find_root().params
    return locate(source or outer["source"], database or outer["database"])


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8010, show_default=True, type=click.IntRange(1, 65535))
@click.option("--behind-proxy", is_flag=True, help="Your proxy says who somebody is; see [desk].")
@_users
@source
@database
@debug
@click.pass_context
def desk(
    context: click.Context,
    /,
    host: str,
    port: int,
    behind_proxy: bool,
    users: Path | None,
    source: str | None,
    database: str | None,
) -> None:
    """Serve the desk, where editors see what readers have, and correct it.

    It is for people who sign in: add them first. It listens on this machine alone; others
    reach it through a proxy with https. What is done there is what the commands do, and stands
    in decisions.toml with the name of who did it.

    \b
    Examples:
      feeds desk user add leyla           asks for her password
      feeds desk --source /srv/desk/source
      feeds desk --behind-proxy           your site's own login, see [desk]
    """
    context.obj = (_newsroom(context, source, database), users)
    if context.invoked_subcommand:
        return
    from feeds.desk import Options, serve_desk  # late: it brings Flask

    options = Options(host, port, users, behind_proxy)
    serve_desk(context.obj[0], options, partial(terminal.echo, verbatim=True))


@desk.group()
def user() -> None:
    """Add and remove people who may use the desk."""


@user.command()
@click.argument("name")
@click.pass_obj
def add(here: tuple[Newsroom, Path | None], name: str) -> None:
    """Let NAME use the desk; asks for a password of at least ten characters.

    \b
    Example:
      feeds desk user add leyla
    """
    from feeds.desk import open_users  # late: it brings Flask's hashes

    users = open_users(*here)
    users.add(name, _password())
    terminal.echo(f"{name} may use the desk: {users.file}")


@user.command()
@click.argument("name")
@click.pass_obj
def password(here: tuple[Newsroom, Path | None], name: str) -> None:
    """Give NAME another password, and end all sessions under that name."""
    from feeds.desk import open_users  # late: as above

    open_users(*here).change(name, _password())
    terminal.echo(f"{name} has another password; who was signed in under it is not any more")


@user.command()
@click.argument("name")
@click.pass_obj
def remove(here: tuple[Newsroom, Path | None], name: str) -> None:
    """Let NAME use the desk no more, from this moment on."""
    from feeds.desk import open_users  # late: as above

    open_users(*here).remove(name)
    terminal.echo(f"{name} may use the desk no more")


@user.command("list")
@click.pass_obj
def list_names(here: tuple[Newsroom, Path | None]) -> None:
    """List who may use the desk."""
    from feeds.desk import open_users  # late: as above

    for name in open_users(*here).names:
        terminal.echo(name)


@desk.group()
def token() -> None:
    """Let programs hand in stories: POST /stories, see docs/operating.md."""


@token.command("add")
@click.argument("name")
@click.pass_obj
def add_token(here: tuple[Newsroom, Path | None], name: str) -> None:
    """Let the program called NAME hand in stories; prints its token, this once.

    \b
    Example:
      feeds desk token add cms
    """
    from feeds.desk import open_users  # late: as above

    made = open_users(*here).add_program(name)
    terminal.echo(made, verbatim=True)
    terminal.echo("It is shown this once: who has it may publish stories.", err=True)


@token.command("remove")
@click.argument("name")
@click.pass_obj
def remove_token(here: tuple[Newsroom, Path | None], name: str) -> None:
    """Let the program called NAME hand in nothing more, from this moment on."""
    from feeds.desk import open_users  # late: as above

    open_users(*here).remove_program(name)
    terminal.echo(f"{name} may hand in nothing more")


@token.command("list")
@click.pass_obj
def list_tokens(here: tuple[Newsroom, Path | None]) -> None:
    """List the programs that may hand in stories."""
    from feeds.desk import open_users  # late: as above

    for name in open_users(*here).programs:
        terminal.echo(name)


def _password() -> str:
    """A password that somebody types twice, or the first line of what is piped in."""
    if not terminal.can_be_asked():
        return sys.stdin.readline().rstrip("\n")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return answer
