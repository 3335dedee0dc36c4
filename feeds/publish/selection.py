"""Which entries every feed will have: what ``selection`` chooses from, asked of the ledger once.

Rules
- Only feeds with archives, and those of which an entry was touched, are made anew: all others
  stay as they are, to the byte.
- A feed gets what is new beside the members that it has. The ledger is looked through only for
  one that lost a member, or if the configuration changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from feeds.ledger import revisions, shown
from feeds.model import Entry, EntryId, Tombstone
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Site
from feeds.publish.ages import oldest_after
from feeds.publish.growth import Growth
from feeds.publish.paid import PaidTexts
from feeds.publish.run import Run
from feeds.publish.sections import SectionFeeds
from feeds.syndication import sections, selection

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT = 2000
_TOMBSTONES = 1000
_MOST_TOUCHED = 1000  # of more, looking at all feeds anew costs less, and less room


class Choice:
    """Chooses, any number of times, as if some entries were held."""

    def __init__(
        self,
        run: Run,
        before: Connection,
        ids: Collection[EntryId],
        key: str,
        *,
        is_whole: bool = False,
    ) -> None:
        """``before`` is the ledger as readers have it, ``ids`` what may be otherwise by now.

        ``key`` is that of the new configuration. ``is_whole``: every feed is looked up anew.
        """
        self._run = run
        self._site = sections.configured(run.site)
        newest = revisions.latest(before)
        is_same = bool(newest) and newest[0].render_key == key and not is_whole
        is_little = len(ids) <= _MOST_TOUCHED
        if newest and run.now < newest[0].committed:  # a clock was ahead, and took out what is back
            is_same = False
        self.paid = PaidTexts(run.connection)
        self._growth = Growth(run, before, ids, self.paid) if is_same and is_little else None
        most = selection.MOST * max(feed.limit for feed in self._site.feeds)
        self._recent = shown.recent(run.connection, selection.RECENT, most)
        self._rest = shown.newest(run.connection)
        self._newest: list[Entry] = []
        self._tombstones: dict[int, list[tuple[Tombstone, Entry]]] = {}
        self._sections = SectionFeeds(run, before, self._site, ids, self._growth)

    def site(self, held: Collection[EntryId]) -> Site:
        """The configuration with the sections that there are by now."""
        if not self._site.sections:
            known = revisions.sections(self._run.connection)
            return sections.widened(self._site, known.made)
        return sections.widened(self._site, self._sections.known(held).made)

    def chosen(self, site: Site, held: Collection[EntryId]) -> dict[str, list[Entry]]:
        """The members of each feed that is to be rendered; ``site`` is what ``site`` gave."""
        feeds = [feed for feed in self._site.feeds if not feed.is_of_corrections]
        made = {feed.name: self._select(feed, held) for feed in feeds}
        if self._growth and not self._growth.is_loss:
            for feed in feeds:
                is_same = made[feed.name] == self._growth.before(feed)
                if is_same and not feed.archive and not feed.profile:
                    del made[feed.name]
        if site.sections:
            made |= self._sections.chosen(site, held)
        return made

    def remember(self, held: Collection[EntryId]) -> list[Problem]:
        """Stores which sections there are; returns which there can't be."""
        return self._sections.remember(held) if self._site.sections else []

    def tombstones(self, feed: Feed) -> list[Tombstone]:
        """What is gone from ``feed``, and may still be in readers' programs."""
        most = _TOMBSTONES if feed.section else feed.limit
        if most not in self._tombstones:
            self._tombstones[most] = shown.tombstones(self._run.connection, most)
        found = self._tombstones[most]
        if feed.section:  # what was in archives alone was in none
            found = [(stone, entry) for stone, entry in found if entry.standing != "archived"]
        return selection.tombstones_of(feed, found, self.paid.belongs)[: feed.limit]

    def _select(self, feed: Feed, held: Collection[EntryId]) -> list[Entry]:
        recent = self._recent[: selection.MOST * feed.limit]
        grown = self._growth.of(feed, held) if self._growth else None
        newest = self._all() if grown is None else grown
        return selection.select_members(
            feed,
            (entry for entry in newest if entry.id not in held),
            [entry for entry in recent if entry.id not in held],
            oldest_after(feed, self._run.now),
            self.paid.belongs,
        )

    def _all(self) -> Iterator[Entry]:
        """Live entries, newest first, of which the first are read once for all feeds."""
        number = 0
        while number < _KEPT:
            if number == len(self._newest):
                entry = next(self._rest, None)
                if entry is None:
                    return
                self._newest.append(entry)
            yield self._newest[number]
            number += 1
        yield from shown.newest(self._run.connection, number)
