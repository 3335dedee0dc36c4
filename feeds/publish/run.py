"""What the stages of one run share."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from feeds.ledger import history
from feeds.model import Entry, EntryId, Reading
from feeds.model.watching import Watch, unwatched
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import statements

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Tally:
    """What a run has come to so far.

    ``happened`` is what of it is still to be stored. ``new`` are the ids of what was entered,
    ``changed`` entries before and after, ``affected`` the ids of those that a decision, another
    reading or the gate changed, hid or showed again, ``touched`` the ids of all these; ``erased``
    what has to be purged elsewhere, too; ``withdrawn`` what pages began to retract. Not
    ``is_settled``: another run has something to do.
    """

    def __init__(self) -> None:
        self.entered = 0
        self.corrected = 0
        self.retracted = 0
        self.new: list[EntryId] = []
        self.changed: list[tuple[Entry, Entry]] = []
        self.affected: list[EntryId] = []
        self.erased: list[EntryId] = []
        self.happened: list[tuple[EntryId, str]] = []
        self.withdrawn: list[EntryId] = []
        self.is_settled = True
        self.problems: list[str] = []
        self.notices: list[str] = []

    @property
    def touched(self) -> list[EntryId]:
        """The ids of whatever readers may see otherwise than before."""
        return [*self.new, *(after.id for _, after in self.changed), *self.affected]

    @property
    def is_nothing(self) -> bool:
        """Whether no entry is other than before."""
        seen = self.entered or self.corrected or self.retracted or self.changed or self.affected
        return not seen


class Run(NamedTuple):
    """What stays the same for every page of a run. ``present``: the pages that are there.

    ``archive``: the files and folders whose stories are for the archive alone.
    """

    connection: Connection
    site: Site
    outside: Outside
    zone: ZoneInfo
    now: datetime
    revision: int
    present: set[str]
    tally: Tally
    archive: tuple[str, ...] = ()
    watch: Watch = unwatched

    @property
    def today(self) -> date:
        """The day of ``now`` in the newsroom's zone."""
        return self.now.astimezone(self.zone).date()

    def applied(self, reading: Reading) -> Reading:
        """``reading``, of a page of this newsroom, with all that was stated about it."""
        return statements.with_statements(reading, self.outside.of(reading.page))

    def is_archived(self, path: str) -> bool:
        """Whether the stories of the page at ``path`` are for the archive alone."""
        return any(path == item or path.startswith(f"{item}/") for item in self.archive)

    def note(self, entry_id: EntryId, what: str) -> None:
        """Remembers what became of an entry, once ``remember`` is called."""
        self.tally.happened.append((entry_id, what))

    def remember(self) -> None:
        """Stores what was noted, in its order."""
        history.add(self.connection, self.tally.happened, self.revision, self.now)
        self.tally.happened.clear()
