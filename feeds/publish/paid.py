"""Paid texts reach the feeds that are for those who have a key, and nothing else does this.

Rules
- An entry has no text that must be paid for. Here alone it is put into a copy of it, for a feed
  that has paid texts, and for no longer than that feed is chosen and rendered.
- A text counts only if the entry has its very fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from feeds.ledger import members, paid
from feeds.model import FORMATS, Document, Entry, EntryId, Format, PaidText
from feeds.newsroom.site import Feed, Site
from feeds.syndication import filters
from feeds.syndication.paid import within

if TYPE_CHECKING:
    from sqlalchemy import Connection


class PaidTexts:
    """The texts of entries as they are in one state of the ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[EntryId, PaidText | None] = {}

    def within(self, feed: Feed, some: Iterable[Entry]) -> list[Entry]:
        """``some`` entries as ``feed`` has them: with their paid texts if these are in it."""
        entries = list(some)
        if not feed.has_paid_texts:
            return entries
        wanted = {entry.id for entry in entries if entry.paid} - self._known.keys()
        if wanted:
            self._known |= dict.fromkeys(wanted)
            self._known |= paid.of_entries(self._connection, wanted)
        return [within(feed, entry, self._known.get(entry.id)) for entry in entries]

    def belongs(self, feed: Feed, entry: Entry) -> bool:
        """Whether ``entry`` passes every filter of ``feed``, in which it may have its text."""
        if not (feed.has_paid_texts and entry.paid):
            return filters.belongs(feed, entry)
        if not filters.belongs(_whatever_the_text(feed), entry):
            return False  # for which no text had to be looked up
        (whole,) = self.within(feed, [entry])
        return filters.belongs(feed, whole)

    def new(
        self, before: Connection, had: Iterable[Feed], chosen: Mapping[Feed, Sequence[Entry]]
    ) -> list[Entry]:
        """Those of the ``chosen`` entries, with their texts, of which no holder of a key has it.

        ``before`` is the ledger as readers have it, with the feeds that they ``had``.
        """
        names = {feed.name for feed in had if feed.has_paid_texts}
        found: dict[EntryId, Entry] = {}
        for feed, entries in chosen.items():
            if not feed.has_paid_texts:
                continue
            known = (
                {one.id: one for one in members.of_feed(before, feed.name)}
                if feed.name in names
                else {}
            )
            fresh = [one for one in entries if one.paid and known.get(one.id) != one]
            found |= {one.id: one for one in self.within(feed, fresh)}
        return list(found.values())


def kept_from_all(
    before: Site | None, now: Site, made: Sequence[Document]
) -> set[tuple[str, Format]]:
    """The documents of feeds that were keyed ``before``, and are ``now`` not, nor ``made`` anew.

    What could not be rendered stays as it was, but then it would be for everybody.
    """
    keyed = {feed.name for feed in before.feeds if feed.keyed} if before else set()
    names = {feed.name for feed in now.without_keyed.feeds} & keyed
    return {(name, form) for name in names for form in FORMATS} - {
        (item.feed, item.format) for item in made
    }


def _whatever_the_text(feed: Feed) -> Feed:
    """``feed`` without what it asks of texts."""
    return msgspec.structs.replace(
        feed, require=(), keywords=(), exclude_keywords=(), min_text=0, profile=None
    )
