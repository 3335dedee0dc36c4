"""The command ``after`` a revision, once that is committed and the lock is free.

Rules
- Nothing here delays or undoes a publish, or changes its exit code.
- It is run at least once after each revision, or once after several that came together: then it is
  told of the newest, and of the feeds that any of them changed. What it is to be told was written
  into the ledger with the revision, and is forgotten when it ended well.
- Two are never at work at once, wherever they run: a lock is held from before the command begins
  until it is over, or ended because who began it died. Who commits a revision meanwhile leaves it
  to whoever is at it, who runs it again, once; what comes even then, as by a command that publishes
  itself, waits for the next run.
- What failed waits as it does with hubs: a minute at first, up to four hours, for a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from feeds.ledger import afterwards, lock, revisions
from feeds.ledger.afterwards import Owed
from feeds.ledger.connect import Ledger, open_to_note
from feeds.model.errors import FeedsError, LedgerBusyError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, Newsroom
from feeds.publish import commands
from feeds.publish.hubs import is_over, pause
from feeds.publish.run import Run

_ROUNDS = 2


def owe(run: Run, feeds: Iterable[str]) -> None:
    """Has the command told of the revision that ``run`` makes, which changed these ``feeds``."""
    if run.site.publish.after:
        place = revisions.epoch(run.connection), run.revision
        afterwards.owe(run.connection, place, tuple(sorted({*feeds})), run.now)


class Told(NamedTuple):
    """What is wrong with the command, and what it printed where nothing is."""

    problems: list[Problem]
    printed: str


def tell(newsroom: Newsroom, clock: Callable[[], datetime]) -> Told:
    """Runs the command if it is to be told something by the ``clock``.

    Raises nothing that has to do with it, or with the ledger.
    """
    printed: list[str] = []
    try:
        ledger = open_to_note(newsroom.database)
        if ledger is None or _due(ledger, clock()) is None:
            return Told([], "")
        with lock.hold_command(newsroom.database) as kept:
            for _ in range(_ROUNDS):
                due = _due(ledger, clock())
                if due is None:
                    break
                owed, command = due
                if not command:  # it was taken out of the configuration
                    with lock.writing(newsroom.database), ledger.write() as connection:
                        afterwards.drop(connection)
                    break
                ran = _ran(newsroom, owed, command, kept)
                if ran.failure:
                    return Told(_failed(newsroom, ledger, owed, ran, clock()), "")
                printed.append(ran.printed)
                with lock.writing(newsroom.database), ledger.write() as connection:
                    is_more = afterwards.told(connection, owed, clock())
                if not is_more:
                    break
    except LedgerBusyError:
        pass  # whoever is at it tells this, too, or the next run
    except FeedsError as error:
        return Told([*error.problems], "")
    except Exception as error:  # noqa: BLE001 - what was published is out, whatever this is
        return Told([failure_on(error, str(newsroom.root), "run the command after it")], "")
    return Told([], "\n".join(filter(None, printed)))


def _due(ledger: Ledger, now: datetime) -> tuple[Owed, tuple[str, ...]] | None:
    """What is to be told to which command; None if there is nothing ``now``."""
    with ledger.read() as connection:
        owed = afterwards.find(connection)
        if owed is None or owed.due > now:
            return None
        newest = revisions.latest(connection)
        return owed, newest[0].site.publish.after if newest else ()


def _ran(newsroom: Newsroom, owed: Owed, command: tuple[str, ...], kept: int) -> commands.Ran:
    told = {
        **commands.told_of(newsroom),
        "FEEDS_REVISION": str(owed.revision),
        "FEEDS_EPOCH": str(owed.epoch),
        "FEEDS_CHANGED": " ".join(owed.feeds),
    }
    return commands.run(command, newsroom.root.parent, told, kept=(kept,))


def _failed(
    newsroom: Newsroom, ledger: Ledger, owed: Owed, ran: commands.Ran, now: datetime
) -> list[Problem]:
    """Notes the failure; returns what there is to say, at the first one and at the last."""
    line = commands.last_line(ran.printed)
    failure = f"{ran.failure}: {line}" if line else ran.failure
    is_given_up = is_over(owed.since, now)
    with lock.writing(newsroom.database), ledger.write() as connection:
        if is_given_up:
            afterwards.drop(connection)
        else:
            afterwards.failed(connection, owed, now + pause(owed.failures + 1), failure)
    if owed.failures and not is_given_up:
        return []
    then = "it is not run for that any more" if is_given_up else "later runs try again, for a day"
    return [
        Problem(
            "after-failed",
            f"the command after revision {owed.revision} failed: {failure}; {then}",
            remedy="what was published is out; try the command by hand",
            file=str(newsroom.root / CONFIGURATION),
            field="after",
        )
    ]
