"""Commands that an operator configured: what follows a run, and who hears of its problems.

What they need is imported when there is something to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from feeds.cli import terminal
from feeds.cli.shared import now
from feeds.ledger import lock
from feeds.model.errors import FeedsError
from feeds.model.outcome import Outcome
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom
from feeds.publish import on_problem


def after(newsroom: Newsroom, said: set[str], *, quiet: bool = False) -> None:
    """Runs the command after a revision, if it is to be told something."""
    last = last_run(newsroom)
    if last and last.due and last.due <= now():
        from feeds.publish.after import tell  # late: it brings SQLAlchemy

        told = tell(newsroom, now)
        complain(told.problems, said)
        if told.printed and not quiet:
            terminal.echo(told.printed)


def last_run(newsroom: Newsroom) -> lock.LastRun | None:
    """How the last run ended; None, too, where the ledger can't be asked: the run has told."""
    try:
        return lock.last_run(newsroom.database)
    except FeedsError:
        return None


def heed(newsroom: Newsroom, outcome: Outcome, *, is_whole: bool) -> None:
    """Remembers what needs a person; ``is_whole``: the run looked at everything there is."""
    said = [one for one in (*outcome.problems, *outcome.notices) if one.weight != "wait"]
    words = "\n".join([*map(str, said), *outcome.changes])
    needy = [*outcome.problems]
    code = outcome.exit_code
    complain(on_problem.heed(newsroom, now(), needy, words, code, is_whole=is_whole), set())


def heed_export(newsroom: Newsroom, problems: Sequence[Problem]) -> None:
    """Remembers what is wrong with those who are exported to; nothing if all have all."""
    words = "\n".join(map(str, problems))
    unkept = on_problem.heed(newsroom, now(), problems, words, 1, is_whole=True, area="export")
    complain(unkept, set())


def heed_capture(newsroom: Newsroom, problems: Sequence[Problem]) -> None:
    """Remembers what is wrong with the newsroom's own site, which a run finds once."""
    words = "\n".join(map(str, problems))
    unkept = on_problem.heed(newsroom, now(), problems, words, 1, is_whole=True, area="capture")
    complain(unkept, set())


@contextmanager
def calling(newsroom: Newsroom) -> Iterator[None]:
    """A block in which somebody publishes; then the command hears of problems that are new."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, click.Abort):
            complain(on_problem.heed_error(newsroom, now(), error), set())
        raise
    finally:
        complain(on_problem.call(newsroom, now()), set())


def complain(problems: Iterable[Problem], said: set[str]) -> None:
    """Prints ``problems``, but for what was ``said`` before: all run into the same ledger."""
    for problem in problems:
        if str(problem) not in said:
            said.add(str(problem))
            terminal.echo(str(problem), err=True)
