"""Commands of whoever runs it: the server, the editor's report, a copy."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path

import click

from feeds.cli import terminal
from feeds.cli.shared import debug, now, of_a_newsroom, quiet
from feeds.newsroom import Newsroom


@click.command()
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
@click.option(
    "--metrics",
    metavar="ADDRESS",
    help='Figures for Prometheus, such as on 127.0.0.1:9100; "" for none.  '
    "[default: as [serve] in site.toml says]",
)
@of_a_newsroom
def serve(
    newsroom: Newsroom,
    host: str,
    port: int,
    workers: int | None,
    access_log: str,
    behind_proxy: bool,
    metrics: str | None,
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
      feeds serve --metrics 127.0.0.1:9100
    """
    from feeds.text import values
    from feeds.web.server import Options, serve_newsroom, usual_workers

    if metrics and (why := values.wrong("metrics", metrics)):
        raise click.BadParameter(why, param_hint="'--metrics'")
    options = Options(host, port, workers or usual_workers(), access_log, behind_proxy, metrics)
    serve_newsroom(newsroom, options, partial(terminal.echo, verbatim=True))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the server listens.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@quiet
@debug
@click.pass_context
def healthcheck(context: click.Context, host: str, port: int, quiet: bool) -> None:
    """Ask a running 'feeds serve' whether it serves feeds.

    For containers and monitors. Exits with 0 if it does, with 1 if it can't, and with 2 if
    nobody answers within five seconds. What it warns of is printed: it is for a person, and
    restarting the server mends none of it.

    \b
    Examples:
      feeds healthcheck
      feeds healthcheck --quiet --port 8001
    """
    from feeds.cli.health import ask

    health, is_serving = ask(host, port)
    if not quiet or not is_serving:
        terminal.echo(f"{health.status}, revision {health.revision}")
        for warning in health.warnings:
            terminal.echo(f"  {warning}")
    context.exit(0 if is_serving else 1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@quiet
@of_a_newsroom
def report(newsroom: Newsroom, file: Path, quiet: bool) -> None:
    """Write the editor's report to FILE, one HTML page.

    What the last runs did, what is held and why, doubtful readings beside their lines,
    articles without a date, pages that are gone, entries that may be one story, the next
    embargo; each with the line to write into front matter or decisions.toml. It names what
    is not public yet: its owner and group alone may read it (0640, or stricter as the file
    that it replaces, whose group it keeps); keep it behind the website's own login. 'feeds
    publish --report FILE' writes it after each run.

    \b
    Examples:
      feeds report /srv/desk/private/report.html
      feeds report --quiet /srv/desk/private/report.html    from cron
    """
    from feeds.desk.report import write_report  # late: it brings Flask

    with terminal.watching(quiet=quiet) as watch:
        write_report(newsroom, file, now(), watch)
    if not quiet:
        terminal.echo(f"{file}: written")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@quiet
@of_a_newsroom
def backup(newsroom: Newsroom, file: Path, quiet: bool) -> None:
    """Copy the ledger to FILE, also while it is being written to.

    An earlier backup of the same name is replaced, once the new one is complete. It holds
    what is not public yet: its owner and group alone may read it (0640, or stricter as the
    file that it replaces, whose group it keeps). 'feeds restore-ledger FILE' goes back to
    one.

    \b
    Example:
      feeds backup --quiet /backup/feeds.db
    """
    from feeds.ledger.engines import engine
    from feeds.ledger.loss import refuse_loss

    refuse_loss(newsroom)  # an older copy must not take a newer one's place
    size = engine(newsroom.database).backup(file.absolute())
    if not quiet:
        terminal.echo(f"{file}: {size:,} bytes, checked")


@click.command("copy-ledger")
@click.argument("origin", metavar="FROM")
@click.argument("target", metavar="TO")
@quiet
@of_a_newsroom
def copy_ledger(newsroom: Newsroom, origin: str, target: str, quiet: bool) -> int:
    """Copy the ledger at the address FROM to TO: from SQLite to PostgreSQL, or back.

    Nothing is published meanwhile, and feeds are served on. Every row is compared in the end;
    until then nobody takes the copy for a ledger. One that was stopped goes on where it was when
    you run it again. TO must not be there yet, or be an empty database. The newsroom goes on
    with the copy under the same ids and revisions: name it with --database, or FEEDS_DATABASE.

    \b
    Example:
      feeds copy-ledger sqlite:////srv/desk/instance/feeds.db \\
          postgresql+psycopg://feeds@db.internal/feeds --source /srv/desk/source
    """
    from feeds.newsroom.database import place_of, url_shown
    from feeds.publish.copy_ledger import copy_ledger as copied

    places = place_of(origin), place_of(target)
    with terminal.watching(quiet=quiet) as watch:
        done = copied(newsroom.root, *places, now(), watch)
    for problem in done.notices:
        terminal.echo(str(problem), err=True)
    if not quiet:
        terminal.echo(
            f"{places[1]}: has all that {places[0]} has, revision {done.mark.revision}, "
            f"{done.entries:,} entries, compared row by row"
        )
        named = url_shown(places[1])
        terminal.echo(
            f"now name it wherever 'feeds' is run, with --database {shlex.quote(named)} or "
            f"FEEDS_DATABASE={shlex.quote(named)}:\n"
            "  in crontabs, in systemd's units, in what else starts 'feeds' or the app\n"
            "  then restart 'feeds serve', which goes on with the old one until then\n"
            "  and put the old one away"
        )
    return int(bool(done.notices))


@click.command("restore-ledger")
@click.argument("file", type=click.Path(path_type=Path))
@quiet
@of_a_newsroom
def restore_ledger(newsroom: Newsroom, file: Path, quiet: bool) -> int:
    """Have the ledger go back to FILE, a copy made with 'feeds backup'.

    FILE is checked first, and stays. The present ledger is kept beside the new one, which
    takes its place at once, also while 'feeds serve' runs and people read. Revisions go on
    above the highest that was ever published, and what was retracted stays retracted. Then
    'feeds publish' brings in the pages that came since.

    \b
    Example:
      feeds restore-ledger /backup/feeds.db
    """
    from feeds.publish.restore import restore

    done = restore(newsroom, file, now())
    for problem in (*done.unread, *done.notices):
        terminal.echo(str(problem), err=True)
    code = int(bool(done.unread))
    if quiet:
        return code
    copied = done.copied
    entries = f"{done.entries:,} {'entry' if done.entries == 1 else 'entries'}"
    when = f"{copied.committed:%Y-%m-%d %H:%M} UTC"
    terminal.echo(f"{newsroom.database}: is what {file} has, revision {copied.number} of {when}")
    if done.is_another:
        terminal.echo(
            "that is another ledger of this newsroom, and not a copy of the one of before"
        )
    mark = done.mark
    terminal.echo(f"this is revision {mark.revision}, the first of epoch {mark.epoch}: {entries}")
    if done.kept:
        terminal.echo(f"the ledger of before is kept in {done.kept}: delete it when all is well")
    terminal.echo("now run 'feeds publish', which brings in the pages that came since")
    return code
