"""A damaged ledger of which there is no copy: another is made from the pages, and takes its place.

Until that one is complete the damaged one is not touched, and then it is kept.
"""

from __future__ import annotations

from feeds.ledger.engines import engine, restore
from feeds.ledger.faults import DAMAGED
from feeds.ledger.sqlite import files
from feeds.model.errors import LedgerError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, space
from feeds.publish import revision
from feeds.publish.epochs import Epoch
from feeds.publish.order import Order, Source
from feeds.publish.revision import Revised


def rebuild(order: Order, source: Source, epoch: Epoch) -> Revised:
    """Makes a ledger of what is in ``source``, which begins ``epoch``; the caller has the lock.

    Where the damaged one is kept is among the notices. Raises LedgerError, GateError and
    DiskFullError; then that is still where it was.
    """
    newsroom = order.newsroom
    try:
        place = engine(newsroom.database).file().resolve()
    except LedgerError as error:
        raise LedgerError(
            "the ledger is damaged, and in no file that could be set aside",
            file=str(newsroom.database),
            remedy=restore(newsroom.database),
            code=DAMAGED,
        ) from error
    with space.explained(place), files.fresh(place) as staged:
        alone = order._replace(newsroom=Newsroom(newsroom.root, staged))
        made = revision.revise(alone, source, epoch)
        kept = files.set_aside(place)
        files.take_place(staged, place)
    what = f"the ledger was damaged, and was made anew from the pages; what it was is in {kept}"
    remedy = "delete that, and what lies beside it under its name, when all is well"
    told = Problem("ledger-set-aside", what, remedy=remedy, file=str(newsroom.database))
    made.outcome.notices.append(told)
    return made
