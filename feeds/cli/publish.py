"""``feeds publish``, the command that cron runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from feeds.cli import hooks, reporting, terminal
from feeds.cli.shared import now, of_a_newsroom, print_json, quiet
from feeds.export import names
from feeds.ledger import lock
from feeds.model import ACCEPTABLE
from feeds.model.errors import FeedsError, LedgerBusyError
from feeds.model.outcome import Again, Outcome
from feeds.model.unexpected import failure_on
from feeds.newsroom import Newsroom
from feeds.newsroom.decisions import FILE as DECISIONS
from feeds.newsroom.decisions import Decision
from feeds.publish import Order, summary
from feeds.publish import publish as publish_order

_PAUSE = 0.02
_KEPT = "what was read and stored is kept, and the next 'feeds publish' goes on from there"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@quiet
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("--reread", is_flag=True, help="Read pages again though they did not change.")
@click.option("--preview", is_flag=True, help="With --reread: show what would change, only.")
@click.option("--as-archive", is_flag=True, help="Record PATHs without showing them in live feeds.")
@click.option(
    "--accept",
    type=click.Choice(("new", *ACCEPTABLE)),
    multiple=True,
    help="Override an objection of the gate; with --reread, new: publish new stories.",
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Go on with a ledger that is missing, older, damaged or another one.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the editor's report (0640); hourly if nothing is new.",
)
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="TARGET",
    help="From now on, export each revision to TARGET; see 'feeds export --help'.",
)
@click.option("--news", is_flag=True, hidden=True, help="Say nothing where nothing is new.")
@click.option(
    "--wait",
    "patience",
    type=click.FloatRange(min=0, max=86_400),
    default=0.0,
    metavar="SECONDS",
    help="Wait so long for another run to end [default: not at all].",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read many pages by N processes [default: one for each core].",
)
@of_a_newsroom
def publish(
    newsroom: Newsroom,
    paths: tuple[Path, ...],
    quiet: bool,
    as_json: bool,
    reread: bool,
    preview: bool,
    as_archive: bool,
    accept: tuple[str, ...],
    rebuild: bool,
    report: Path | None,
    exports: tuple[str, ...],
    news: bool,
    patience: float,
    jobs: int | None,
) -> int:
    """Read new and changed pages and publish what is in them.

    This is what cron runs. With PATHs, only those files and folders are read. A page
    that can't be read is named on stderr once for each version of the file, and stops
    no other; 'feeds status' goes on listing it. A draft or an embargo is no fault: it is
    named once, but not with --quiet. A new version of this program reads no page again by
    itself. With --reread it does: corrections keep date, order and id.

    Documents that look like an accident (everything under new ids, all dates shifted,
    suddenly empty …) are refused, exit code 3, and the old ones stay; if it is meant,
    --accept the objection by its name.

    A ledger that is not the one which was published into last (missing, an older copy,
    another one) is refused, exit code 2: 'feeds restore-ledger FILE' goes back to a copy,
    --rebuild goes on with what is there. A damaged one it sets aside, and makes another from
    the pages.

    \b
    Examples:
      feeds publish
      feeds publish --quiet --source /srv/desk/source
      feeds publish --quiet --report /srv/desk/private/report.html
      feeds publish --quiet --export s3://desk-feeds/feeds
      feeds publish source/flood.txt
      feeds publish --as-archive source/2019    old pages, recorded, not pushed
      feeds publish --accept first-load         yes, 900 articles to begin with
      feeds publish --reread --preview          what would change, no more
      feeds publish --reread source/economy     these pages alone
      feeds publish --rebuild                   make a lost ledger anew
    """
    if not reread and (preview or "new" in accept):
        raise click.UsageError("--preview and --accept new go with --reread")
    if rebuild and (reread or paths):
        raise click.UsageError("--rebuild looks at all pages: name none, and no --reread")
    if as_archive and (reread or not paths):
        raise click.UsageError("--as-archive needs the PATHs of old pages, and no --reread")
    if as_archive:
        from feeds.publish import edit

        edit.archive(newsroom, paths, now())
    asked = [names.canonical(target) for target in exports]
    command = ("feeds", "publish", "--source", str(newsroom.root), "--reread", *map(str, paths))
    again = Again(command, preview, "new" in accept) if reread else None
    overridden = [name for name in accept if name != "new"]
    order = Order(newsroom, now(), paths, again, overridden, rebuild=rebuild, jobs=jobs or 0)

    def say(outcome: Outcome) -> None:
        if as_json:
            fields = outcome._asdict() | {"exit_code": outcome.exit_code}
            said = {name: [*map(str, fields[name])] for name in ("problems", "notices")}
            print_json(fields | said)
        else:
            print_outcome(outcome, quiet=quiet, news=news)
        if not preview:
            hooks.heed(newsroom, outcome, is_whole=not (paths or reread))

    publishing = partial(
        run, order, say, quiet=quiet or as_json, targets=asked, heeds=True, patience=patience
    )
    with nullcontext() if preview else hooks.calling(newsroom):
        return reporting.reported(newsroom, publishing, report) if report else publishing()


def run(
    order: Order,
    say: Callable[[Outcome], None],
    *,
    quiet: bool = False,
    targets: Sequence[str] = (),
    heeds: bool = False,
    patience: float = 0.0,
) -> int:
    """Publishes, then exports, runs the command after it and tells hubs, whatever came of it.

    Returns the exit code. ``targets`` are those that are exported to from now on. A person who
    waits sees how far it is, unless ``quiet``. ``heeds``: ``on_problem`` hears of its exports.
    ``patience`` is for how many seconds it waits for another run to end.
    """
    exported = 0
    said: set[str] = set()
    try:
        with terminal.watching(quiet=quiet) as watch:
            published = _patiently(order._replace(watch=watch), say, patience).exit_code
    except KeyboardInterrupt as error:
        raise click.Abort(*((_KEPT,) if order.keeps_readings else ())) from error
    except FeedsError as error:
        said.update(map(str, error.problems))  # whoever called this says so
        raise
    finally:
        if not (order.again and order.again.preview):
            exported = _export(order.newsroom, targets, said, quiet=quiet, heeds=heeds)
            hooks.after(order.newsroom, said, quiet=quiet)
            _tell_hubs(order.newsroom, said)
    return published or exported


def _patiently(order: Order, say: Callable[[Outcome], None], patience: float) -> Outcome:
    """Publishes once nobody else does, with what there is to publish by then."""
    until = time.monotonic() + patience
    while True:
        left = until - time.monotonic()
        if left > 0 and lock.wait(order.newsroom.database, left):
            order = order._replace(now=now())
        try:
            return publish_order(order, say)
        except LedgerBusyError:
            if not time.monotonic() < until:  # nor if that is no number
                raise
            time.sleep(_PAUSE)


def _export(
    newsroom: Newsroom, targets: Sequence[str], said: set[str], *, quiet: bool, heeds: bool
) -> int:
    """Brings what is due to those who are exported to; that it can't be changes nothing else.

    Returns the exit code. ``heeds``: ``on_problem`` is to hear of what is wrong.
    """
    last = hooks.last_run(newsroom)
    is_due = last is not None and last.due is not None and last.due <= now()
    if not is_due and {*targets} <= {*(last.exports if last else ())}:
        return 0
    from feeds.cli.export import export_due  # late: it brings SQLAlchemy, and the app

    try:
        problems = export_due(newsroom, targets, quiet=quiet)
    except FeedsError as error:
        problems = [*error.problems]
        hooks.complain(problems, said)
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        problems = [failure_on(error, str(newsroom.root), "export")]
        hooks.complain(problems, said)
    if problems:
        lock.note_trouble(newsroom.database, 1)
    if heeds:
        hooks.heed_export(newsroom, problems)
    return int(bool(problems))


def publish_decided(newsroom: Newsroom, decision: Decision) -> int:
    """Publishes after ``decision`` was written down; returns the exit code."""
    try:
        # what waits in the folder is cron's: it must neither delay a retraction nor come with it
        return publish_now(newsroom, decisions_only=decision.action != "import")
    except BaseException:
        written = f"{decision.action}: written into {DECISIONS}, and not published yet"
        terminal.echo(f"{written}; the next 'feeds publish' that succeeds does it", err=True)
        raise


def publish_whole(newsroom: Newsroom, *, quiet: bool) -> int:
    """Publishes all there is, as cron does; returns the exit code."""

    def say(outcome: Outcome) -> None:
        print_outcome(outcome, quiet=quiet)
        hooks.heed(newsroom, outcome, is_whole=True)

    with hooks.calling(newsroom):
        return run(Order(newsroom, now()), say, quiet=quiet, heeds=True)


def publish_now(newsroom: Newsroom, *, decisions_only: bool = False) -> int:
    """Publishes, and says what that came to; returns the exit code."""
    from feeds.publish import edit

    order = Order(newsroom, now(), decisions_only=decisions_only)
    return run(order, print_outcome, patience=edit.PATIENCE)


def _tell_hubs(newsroom: Newsroom, said: set[str]) -> None:
    last = hooks.last_run(newsroom)
    if last and last.due and last.due <= now():
        from feeds.publish import hubs  # late: it brings SQLAlchemy, and hubs are waiting

        hooks.complain(hubs.deliver(newsroom, now()), said)


def print_outcome(outcome: Outcome, *, quiet: bool = False, news: bool = False) -> None:
    """Prints what a run did; ``quiet``: only what needs attention; ``news``: only what is new."""
    for problem in (*outcome.problems, *outcome.notices):
        if quiet and problem.weight == "wait":
            continue  # it needs nobody
        terminal.echo(str(problem), err=True)
    for line in outcome.changes:
        terminal.echo(line)
    if not quiet and not (news and outcome.revision is None):
        terminal.echo(summary(outcome))
