"""Pages that end the program itself: by a crash, or by more memory than the machine has.

Rules
- While pages are read, their names are noted with the ledger. What it says is what the run
  before was reading when it ended, if it ended by no exception.
- One that had several names tells of none of them. The next run reads these one by one, with a
  note for each.
- A run may end for other reasons just then. A page is taken for the cause when it was twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import msgspec

from feeds.ledger.engines import engine
from feeds.model.problem import Problem
from feeds.newsroom.database import Place
from feeds.newsroom.folder import Found

MOST_DEATHS = 2
"""So often has the program to be ended at a page for the page to be taken for the cause."""


class _Death(msgspec.Struct, frozen=True):
    """The files that were being read, with their signatures, and how often in a row it ended."""

    pages: dict[str, str]
    times: int = 1


class Deaths:
    """What the run before ended at, if it did; and what this one is reading."""

    def __init__(self, database: Place) -> None:
        self._notes = engine(database).reading_notes()
        self._before = _Death({}, 0)
        with suppress(msgspec.DecodeError):
            self._before = msgspec.json.decode(self._notes.found(), type=_Death)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """A block in which pages are read. That it can't be noted changes nothing."""
        self._notes.open()
        try:
            yield
        finally:
            self._notes.close()

    def is_suspect(self, item: Found) -> bool:
        """Whether the run before ended while it read ``item``, and it wasn't changed since."""
        return self._before.pages.get(item.path) == item.signature

    def failure_of(self, item: Found) -> Problem | None:
        """That runs ended at ``item``; None if they didn't, or it was changed since."""
        is_alone = len(self._before.pages) == 1
        if not (is_alone and self.is_suspect(item) and self._before.times >= MOST_DEATHS):
            return None
        return ends_program(item.path, self._before.times)

    def begin(self, items: Sequence[Found]) -> None:
        """Notes that ``items`` are being read, and no others."""
        is_again = len(items) == len(self._before.pages) == 1 and self.is_suspect(items[0])
        times = self._before.times + 1 if is_again else 1
        self._notes.put(
            msgspec.json.encode(_Death({one.path: one.signature for one in items}, times))
        )

    def end(self) -> None:
        """Notes that nothing is being read."""
        self._notes.put(b"")


def ends_program(path: str, times: int) -> Problem:
    """That reading the page at ``path`` ended the program that did so, so many ``times``."""
    return Problem(
        "page-ends-program",
        f"the program was ended {times} times while it read this page",
        remedy="save it in another form, such as plain text; "
        f"if it was not to blame: feeds publish --reread --accept new {path}",
        weight="error",
        file=path,
    )
