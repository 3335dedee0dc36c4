"""What is wrong with a site, as runs found it: told until it is well, or somebody decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from feeds.capture import plan
from feeds.capture.state import Known, State
from feeds.model.problem import Problem

_DAY = timedelta(days=1)
MOST_TRIES = 5
"""So often what vanished is looked for again, after a day, two, four …, though nothing names it."""
ANOTHER = "another story"
"""What somebody was told of a page that leads to one."""


def of_stories(root: Path) -> Iterator[tuple[Known, Problem]]:
    """The stories that were saved and are not on the site any more, or lead to others, and that.

    ``root`` is the newsroom's folder. Raises CaptureError.
    """
    for row in State(root).pages.values():
        if row.kind == "page" and row.saved:
            if row.came == "vanished":
                yield row, vanished(row)
            elif row.came == "elsewhere" and row.told == ANOTHER:
                yield row, leads_away(row, row.to)


def of_site(root: Path) -> Iterator[Problem]:
    """What was wrong with the site when it was asked last. Raises CaptureError."""
    for origin in State(root).origins.values():
        if origin.told:
            yield Problem("capture-failing", origin.told, weight="error", file=origin.origin)


def gone(row: Known, due: datetime | None, changed: str, now: datetime) -> Known:
    """What is known of a page that is not there, where ``row`` was known before.

    It was to be asked for when it is ``due``, and was now, since the site says that it ``changed``
    or names it anew; so what is early makes nothing vanish.
    """
    is_gone = row.came in {"gone", "vanished"}
    tries = row.tries + 1 if is_gone else 0
    row = msgspec.structs.replace(row, changed=changed, tries=tries, again=True)
    if not is_gone:
        return msgspec.structs.replace(row, came="gone", due=now + plan.GONE_AGAIN)
    if due and due > now:
        return msgspec.structs.replace(row, due=due)
    tries = 0 if row.came == "gone" else tries
    return msgspec.structs.replace(
        row,
        came="vanished",
        due=now + _DAY * (1 << min(tries, MOST_TRIES)),
        again=tries < MOST_TRIES,
        tries=tries,
    )


def vanished(row: Known) -> Problem:
    """That a story is not on the site any more."""
    return Problem(
        "capture-vanished",
        f"the site answers {row.status or 404}: the story is not there any more",
        remedy="nothing was retracted: to take it out of the feeds, 'feeds retract' it; if it is "
        f"gone on purpose and stays published, 'feeds gone {row.saved}'",
        file=row.address,
    )


def leads_away(row: Known, to: str) -> Problem:
    """That a story leads to another address."""
    return Problem(
        "capture-leads-away",
        f"the story leads to {to[:300]} now",
        remedy="if it is no story of its own any more, 'feeds retract' it or 'feeds merge' the two",
        file=row.address,
    )
