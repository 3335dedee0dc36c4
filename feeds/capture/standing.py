"""What is wrong with a site, as runs found it: told until it is well, or somebody decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from feeds.capture.state import Known, State
from feeds.model.problem import Problem

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
