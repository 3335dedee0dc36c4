"""Which moments a page's stories are placed by: those of its file and the run, or of its capture.

Rules
- What a captured page says was seen when it was captured, whenever a run decides it: a ledger that
  is built anew comes to the same moments, and needs neither a file's time nor a clock.
- But for what is kept back until later, which begins then.
- What an editor's rule or a better reader makes of a page that was decided before is of that run.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feeds.entries import holds
from feeds.ledger.readings import Pending
from feeds.model import Story
from feeds.text import dates


class Seen(NamedTuple):
    """When a page was saved (``modified``), and when what it says counts from (``now``).

    ``is_captured``: both are known exactly, and no later run changes them.
    """

    modified: datetime
    now: datetime
    is_captured: bool = False

    def of_story(self, story: Story, zone: ZoneInfo) -> datetime:
        """From when ``story`` counts, which may have been kept back."""
        if not self.is_captured:
            return self.now
        return max(self.now, holds.begins(story, zone) or self.now)

    def of_day(self, day: date, zone: ZoneInfo) -> datetime:
        """The same of all that is of ``day``."""
        return max(self.now, dates.day_bounds(day, zone)[0]) if self.is_captured else self.now


def seen(pending: Pending, now: datetime, *, again: bool) -> Seen:
    """The moments of a page that is decided ``now``; ``again``: and was decided before."""
    fetched = pending.reading.fetched
    if fetched is None:
        return Seen(pending.modified, now)
    moment = min(fetched.when.astimezone(UTC), now)
    return Seen(moment, now) if again else Seen(moment, moment, is_captured=True)
