"""What the stages of one run share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from feeds.entries import spacing
from feeds.entries.spacing import Taken
from feeds.ledger import history
from feeds.ledger.history import Happening
from feeds.model import Change, Entry, EntryId, Reading
from feeds.model.problem import Problem
from feeds.newsroom.site import Site
from feeds.normalise import statements
from feeds.publish.order import Order, Source
from feeds.text import dates

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Tally:
    """What a run has come to so far.

    ``happened`` is what of it is still to be stored. ``new`` are the ids of what was entered,
    ``changed`` entries before and after, ``affected`` the ids of those that a decision, another
    reading or the gate changed, hid or showed again, ``touched`` the ids of all these; ``erased``
    what has to be purged elsewhere, too; ``withdrawn`` what pages began to retract. Not
    ``is_settled``: another run has something to do. ``updates`` are the moments that entries had
    before the run, and took in it.
    """

    def __init__(self, updates: Taken) -> None:
        self.updates = updates
        self.entered = 0
        self.corrected = 0
        self.retracted = 0
        self.new: list[EntryId] = []
        self.changed: list[tuple[Entry, Entry]] = []
        self.affected: list[EntryId] = []
        self.erased: list[EntryId] = []
        self.happened: list[Happening] = []
        self.withdrawn: list[EntryId] = []
        self.is_settled = True
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def mark(self) -> dict[str, int]:
        """What the run has come to, for ``back_to``."""
        return {
            name: len(value) if isinstance(value, list) else value
            for name, value in vars(self).items()
            if name != "updates"
        } | {"updates": self.updates.mark()}

    def back_to(self, mark: dict[str, int]) -> None:
        """Forgets what the run has come to since ``mark``; nothing may be remembered between."""
        for name, value in mark.items():
            some = getattr(self, name)
            if isinstance(some, Taken):
                some.undo(value)
            elif isinstance(some, list):
                del some[value:]
            else:
                setattr(self, name, value)

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

    ``order`` is what was asked for, ``source`` what is in the folder, ``revision`` the number of
    what is being made.
    """

    connection: Connection
    order: Order
    source: Source
    revision: int
    present: Collection[str]
    tally: Tally

    @property
    def site(self) -> Site:
        """The configuration that the run goes by."""
        return self.source.site

    @property
    def now(self) -> datetime:
        """The moment of the run, aware."""
        return self.order.now

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return dates.zone(self.site.timezone)

    def spaced(self, entry: Entry, before: Entry | None) -> Entry:
        """``entry``, which was ``before``, with an ``updated`` that no other entry has."""
        return spacing.spaced(entry, before, self.updates, self.zone)

    @property
    def updates(self) -> Taken:
        """The moments in which entries were updated before the run, and in it."""
        return self.tally.updates

    def with_site(self, site: Site) -> Run:
        """The same run by the configuration ``site``."""
        return self._replace(source=self.source._replace(site=site))

    @property
    def today(self) -> date:
        """The day of ``now`` in the newsroom's zone."""
        return self.now.astimezone(self.zone).date()

    def applied(self, reading: Reading) -> Reading:
        """``reading``, of a page of this newsroom, with all that was stated about it."""
        outside = self.source.outside.of(reading.page)
        site = self.source.site
        return statements.with_statements(reading, outside, site.site_url, site.front_matter_ignore)

    def is_archived(self, path: str) -> bool:
        """Whether the stories of the page at ``path`` are for the archive alone."""
        archive = [item.path for item in self.source.decisions if item.action == "archive"]
        return any(path == item or path.startswith(f"{item}/") for item in archive)

    def note(self, entry_id: EntryId, change: Change, what: str) -> None:
        """Remembers what became of an entry, once ``remember`` is called."""
        self.tally.happened.append(Happening(entry_id, change, what))

    def remember(self) -> None:
        """Stores what was noted, in its order."""
        history.add(self.connection, self.tally.happened, self.revision, self.now)
        self.tally.happened.clear()
