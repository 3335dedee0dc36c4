"""What the stages of one run share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from feeds.entries import spacing
from feeds.entries.spacing import Taken
from feeds.model import Entry, Reading
from feeds.newsroom.site import Site
from feeds.normalise import statements
from feeds.publish.order import Order, Source
from feeds.text import dates

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Run(NamedTuple):
    """What stays the same for every page of a run. ``present``: the pages that are there.

    ``order`` is what was asked for, ``source`` what is in the folder, ``revision`` the number of
    what is being made; ``updates`` are the moments in which entries were updated before the run,
    and in it.
    """

    connection: Connection
    order: Order
    source: Source
    revision: int
    present: Collection[str]
    updates: Taken

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

    def spaced(self, entry: Entry, before: Entry | None, *, gives_back: bool = False) -> Entry:
        """``entry``, which was ``before``, with an ``updated`` that no other entry has.

        ``gives_back``: others may have the one that it had.
        """
        return spacing.spaced(entry, before, self.updates, self.zone, gives_back=gives_back)

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
        return statements.with_statements(
            reading, outside, site.site_url, site.front_matter_ignore, site.files_url
        )

    def is_archived(self, path: str) -> bool:
        """Whether the stories of the page at ``path`` are for the archive alone."""
        archive = [item.path for item in self.source.decisions if item.action == "archive"]
        return any(path == item or path.startswith(f"{item}/") for item in archive)
