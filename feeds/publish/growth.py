"""What a feed gets beside the members that it has, without looking through the ledger."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feeds.ledger import members, shown
from feeds.model import Entry, EntryId
from feeds.newsroom.site import Feed
from feeds.publish.ages import oldest_after
from feeds.publish.paid import PaidTexts
from feeds.publish.run import Run
from feeds.syndication import selection

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Growth:
    """What feeds have by now, given what they had ``before``; ``ids`` may be otherwise by now."""

    def __init__(
        self, run: Run, before: Connection, ids: Collection[EntryId], paid: PaidTexts
    ) -> None:
        self._run = run
        self._paid = paid
        self._before = before
        self._ids = set(ids)
        self._old: dict[str, list[Entry]] = {}

    @property
    def is_loss(self) -> bool:
        """Whether something was taken away or came back, which Atom documents tell for long."""
        return any(shown.any_hidden(one, self._ids) for one in (self._before, self._run.connection))

    def before(self, feed: Feed) -> list[Entry]:
        """The members that readers have."""
        if feed.name not in self._old:
            self._old[feed.name] = members.of_feed(self._before, feed.name)
        return self._old[feed.name]

    def of(self, feed: Feed, held: Collection[EntryId]) -> list[Entry] | None:
        """The members of ``feed`` and what is new in it, in order.

        None if one is gone or came later in the order: then others may take its place.
        """
        ids = self._ids | set(held)
        new = {
            entry.id: entry
            for entry in shown.unhidden(self._run.connection, ids)
            if entry.id not in held
            and entry.standing != "archived"
            and self._paid.belongs(feed, entry)
        }
        after = oldest_after(feed, self._run.now)
        old = [entry for entry in self.before(feed) if not (after and entry.ordered <= after)]
        for entry in old:
            if entry.id in ids:
                now = new.get(entry.id)
                if now is None or selection.order_key(now) > selection.order_key(entry):
                    return None
        both = {entry.id: entry for entry in old} | new
        return sorted(both.values(), key=selection.order_key)
