"""Which entries every feed will have: what ``selection`` chooses from, asked of the ledger once.

Rules
- Only feeds with archives, and those of which an entry was touched, are made anew: all others
  stay as they are, to the byte.
- A feed gets what is new beside the members that it has. The ledger is looked through only for
  one that lost a member, or if the configuration changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from feeds.ledger import members, revisions, shown
from feeds.ledger.revisions import Sections
from feeds.ledger.shown import Occurrence
from feeds.model import Entry, EntryId, Tombstone
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Section, SectionKind, Site
from feeds.publish.ages import oldest_after
from feeds.publish.paid import PaidTexts
from feeds.publish.run import Run
from feeds.syndication import filters, sections, selection
from feeds.syndication.sections import Occurring
from feeds.syndication.selection import Candidate

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT = 2000
_TOMBSTONES = 1000
_MOST_TOUCHED = 1000  # of more, looking at all feeds anew costs less, and less room
_MOST_SKIPPED = 500


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
        self._growth = _Growth(run, before, ids, self.paid) if is_same and is_little else None
        most = selection.MOST * max(feed.limit for feed in self._site.feeds)
        self._recent = shown.recent(run.connection, selection.RECENT, most)
        self._rest = shown.newest(run.connection)
        self._newest: list[Entry] = []
        self._tombstones: dict[int, list[tuple[Tombstone, Entry]]] = {}
        self._sections = _Sections(run, before, self._site, ids, self._growth)

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


class _Growth:
    """What feeds have by now, given what they had."""

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


class _Sections:
    """``growth`` is None if all sections are to be looked up."""

    def __init__(
        self,
        run: Run,
        before: Connection,
        site: Site,
        ids: Collection[EntryId],
        growth: _Growth | None,
    ) -> None:
        self._run = run
        self._before = before
        self._site = site
        self._ids = set(ids)
        self._growth = growth
        self._whole: list[Occurrence] | None = None
        self._names: dict[tuple[str, str, str | None], list[Occurring]] = {}

    def known(self, held: Collection[EntryId]) -> Sections:
        return self._learned(held)[0]

    def remember(self, held: Collection[EntryId]) -> list[Problem]:
        known, told = self._learned(held)
        if known != revisions.sections(self._run.connection):
            revisions.set_sections(self._run.connection, known)
        return told

    def chosen(self, site: Site, held: Collection[EntryId]) -> dict[str, list[Entry]]:
        feeds = {feed.name: feed for feed in site.feeds if feed.section}
        touched = self._touched(feeds, held)
        if not touched:
            return {}
        made: dict[str, list[Entry]] = {}
        whole: dict[str, list[Candidate]] = {}
        for name in sorted(touched):
            grown = self._grown(feeds[name], held)
            if grown is None:
                whole[name] = []
            else:
                made[name] = grown
        if whole:
            made |= self._looked_up(feeds, whole, held)
        return made

    def _grown(self, feed: Feed, held: Collection[EntryId]) -> list[Entry] | None:
        """The members with what is new; None if they don't tell which others there are."""
        grown = self._growth.of(feed, held) if self._growth else None
        if grown is None or len(grown) >= selection.MOST * feed.limit:
            return None
        by_id = {entry.id: entry for entry in grown}
        arrivals = {
            item.id
            for item in shown.occurrences_of(self._run.connection, by_id.keys())
            if item.is_arrival
        }
        candidates = [Candidate(item.id, item.entered, item.id in arrivals) for item in grown]
        return [by_id[name] for name in selection.of_section(feed.limit, candidates)]

    def _looked_up(
        self,
        feeds: dict[str, Feed],
        found: dict[str, list[Candidate]],
        held: Collection[EntryId],
    ) -> dict[str, list[Entry]]:
        """The members of the feeds that ``found`` names, looked for in the whole ledger."""
        for item in self._all():
            if item.hidden or item.id in held or item.kind not in self._site.feeds[0].kinds:
                continue
            for name in {one.name for one in self._occurring(item)} & found.keys():
                found[name].append(Candidate(item.id, item.entered, item.is_arrival))
        made = {}
        for name, candidates in found.items():
            there = self._belonging(feeds[name], candidates)
            ids = selection.of_section(feeds[name].limit, there)
            made[name] = sorted(shown.unhidden(self._run.connection, ids), key=selection.order_key)
        return made

    def _belonging(self, feed: Feed, candidates: list[Candidate]) -> list[Candidate]:
        """Those of ``candidates`` that the main feed doesn't keep out."""
        if all(getattr(feed, name) in ((), 0, "all") for name in sections.NARROWING):
            return candidates
        ids = [item.id for item in candidates]
        batches = shown.unhidden_some(self._run.connection, ids)
        there = {one.id for some in batches for one in some if filters.belongs(feed, one)}
        return [item for item in candidates if item.id in there]

    def _touched(self, feeds: dict[str, Feed], held: Collection[EntryId]) -> set[str]:
        """The names of the sections whose documents may change."""
        if not self._growth:
            return set(feeds)
        ids = self._ids | set(held)
        if not ids:
            return set()
        both = [
            item
            for connection in (self._before, self._run.connection)
            for item in shown.occurrences_of(connection, ids)
        ]
        if any(item.hidden == "erased" for item in both):
            return set(feeds)  # nobody can tell any more where it was
        names = {one.name for item in both for one in self._occurring(item)}
        return (names | members.feeds_with(self._before, ids)) & feeds.keys()

    def _learned(self, held: Collection[EntryId]) -> tuple[Sections, list[Problem]]:
        """The sections that there are by now, and those that there can't be."""
        connection = self._run.connection
        before = revisions.sections(connection)
        made = {section.name: section for section in before.made}
        skipped = dict.fromkeys(before.skipped)
        taken = {name for feed in self._site.feeds for name in (feed.name, *feed.former_names)}
        told = []

        def skip(what: str, why: str) -> None:
            if what not in skipped and len(skipped) < _MOST_SKIPPED:
                skipped[what] = None
                told.append(
                    Problem(
                        "section-impossible",
                        f"there is no section for '{what}': {why}",
                        field="sections",
                    )
                )

        found = shown.occurrences_of(connection, self._ids) if self._growth else sorted(self._all())
        for item in found:
            if (
                item.hidden == "erased"
                or item.id in held
                or item.kind not in self._site.feeds[0].kinds
            ):
                continue
            begun = [one for one in self._occurring(item) if not one.is_former]
            for name, kind, value, _ in begun:
                if not name:
                    skip(value, "nothing of it can be written in an address")
                elif name in taken:
                    skip(name, "a feed of site.toml has that name")
                elif name not in made and _are_full(made.values(), kind):
                    skip(name, f"there are {sections.MOST} sections of its kind, which is the most")
                elif name not in made:
                    made[name] = sections.new_section(name, kind, value)
        known = tuple(sorted(made.values(), key=lambda section: section.name))
        return Sections(known, tuple(skipped)), told

    def _all(self) -> list[Occurrence]:
        if self._whole is None:
            self._whole = list(shown.occurrences(self._run.connection))
        return self._whole

    def _occurring(self, item: Occurrence) -> list[Occurring]:
        key = (item.categories, item.authors, item.language)
        if key not in self._names:
            categories, authors = (
                msgspec.json.decode(names, type=tuple[str, ...]) for names in key[:2]
            )
            found = sections.occurring(categories, authors, item.language, self._site.language)
            kinds = self._site.section_kinds
            self._names[key] = [one for one in found if one.kind in kinds]
        return self._names[key]


def _are_full(made: Iterable[Section], kind: SectionKind) -> bool:
    """Whether there may be no more sections of ``kind``, however many there are of others."""
    return sum(one.kind == kind for one in made) >= sections.MOST
