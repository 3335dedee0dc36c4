"""Which sections there are by now, and which entries each of their feeds will have.

Rules
- A section is there from its first entry on, and stays. Some there can't be, which is told once.
- Only those are looked up of which an entry was touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import msgspec

from feeds.ledger import members, revisions, shown
from feeds.ledger.revisions import Sections
from feeds.ledger.shown import Occurrence
from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Section, SectionKind, Site
from feeds.publish.growth import Growth
from feeds.publish.run import Run
from feeds.syndication import filters, sections, selection
from feeds.syndication.sections import Occurring
from feeds.syndication.selection import Candidate

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_SKIPPED = 500


class SectionFeeds:
    """The sections that there are by now, and which entries each has."""

    def __init__(
        self,
        run: Run,
        before: Connection,
        site: Site,
        ids: Collection[EntryId],
        growth: Growth | None,
    ) -> None:
        """``before`` is the ledger as readers have it, ``ids`` what may be otherwise by now.

        ``site`` is without sections. ``growth`` is None if all of them are to be looked up.
        """
        self._run = run
        self._before = before
        self._site = site
        self._ids = set(ids)
        self._growth = growth
        self._whole: list[Occurrence] | None = None
        self._names: dict[tuple[str, str, str | None], list[Occurring]] = {}

    def known(self, held: Collection[EntryId]) -> Sections:
        """The sections that there are by now, if ``held`` are not seen."""
        return self._learned(held)[0]

    def remember(self, held: Collection[EntryId]) -> list[Problem]:
        """Stores these; returns which there can't be."""
        known, told = self._learned(held)
        if known != revisions.sections(self._run.connection):
            revisions.set_sections(self._run.connection, known)
        return told

    def chosen(self, site: Site, held: Collection[EntryId]) -> dict[str, list[Entry]]:
        """The members of each section whose documents may change; ``site`` has all sections."""
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
