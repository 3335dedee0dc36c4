"""``feeds copy-ledger``: a newsroom goes on with a ledger that another engine keeps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.ledger import copying, entries, lock, revisions
from feeds.ledger.connect import Ledger, open_to_write
from feeds.ledger.engines import engine
from feeds.ledger.lock import Lock
from feeds.ledger.mark import Mark
from feeds.model.errors import LedgerError
from feeds.model.problem import Problem
from feeds.model.watching import Watch
from feeds.newsroom import Newsroom
from feeds.newsroom.database import Place
from feeds.publish import epochs
from feeds.publish.job import make_room


class Copied(NamedTuple):
    """How far the copied ledger had come, its entries, and what there is to say of the mark."""

    mark: Mark
    entries: int
    notices: list[Problem]


def copy_ledger(root: Path, source: Place, target: Place, now: datetime, watch: Watch) -> Copied:
    """Copies the ledger at ``source``, of the pages in ``root``, to ``target``.

    Neither can be published into meanwhile. Raises LedgerError, and nobody takes what was copied
    for a ledger, if one of them can't be used, is at work, or ``target`` has something in it.
    """
    if source == target:
        raise LedgerError("this is the ledger itself", file=str(target))
    if not engine(source).exists():
        raise LedgerError("there is no ledger", file=str(source))
    make_room(target)
    with lock.hold(source), lock.hold(target) as held:
        epochs.refuse_loss_of(Newsroom(root, source))
        made = engine(target).begin_copy()
        copy = Ledger(made, read_only=False)
        copying.copy_rows(open_to_write(source), copy, watch)
        newsroom = Newsroom(root, target)
        with copy.read() as connection:
            reached, count = revisions.mark(connection), entries.count(connection)
        copying.finish(copy, epochs.announce(newsroom, reached))
        engine(target).end_copy(made)
        notices = epochs.keep_mark(newsroom)
        _note(held, source, now)
    return Copied(reached, count, notices)


def _note(held: Lock, source: Place, now: datetime) -> None:
    """Has the copy know how the last run ended, but not what that looked at."""
    last = lock.last_run(source)
    if last is not None:
        said = f"copied from {source}: {last.said}"
        held.note(msgspec.structs.replace(last, finished=now, said=said, state="", ledger=""))
