"""What was retracted doesn't come back under another name; what was erased is nowhere any more.

Rules
- Whatever has the distinctive headline of a retracted story, at about its day, is that story.
- The text of an erased story is its own under any headline. Where only a part of it is another's,
  somebody has to look: short stories may have their last paragraph in common.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from feeds.entries import erasure, identity, overlay
from feeds.entries.overlay import Decreed, Shown
from feeds.ledger import aliases, entries, history, latest, paid, readings, shown
from feeds.ledger import decisions as stored_decisions
from feeds.ledger import holds as held_stories
from feeds.model import Entry, EntryId, Reading
from feeds.model.problem import Problem
from feeds.publish import erased_files
from feeds.publish.effects import Effects
from feeds.publish.run import Run


def cover(
    run: Run,
    touched: Collection[EntryId],
    base: dict[EntryId, Entry],
    laid: dict[EntryId, Shown],
    decreed: Sequence[Decreed],
) -> Effects:
    """Hides what would bring a retracted story back under another id.

    Those are lines of lists under its headline, or that lead to its address; an article of that
    headline is a new story. The text of an erased one is its own under any headline. ``touched``
    are the entries that pages changed in this run. What a decision in ``decreed`` names is as that
    says, and what is kept apart from the retracted story is another.
    """
    notices: list[Problem] = []
    problems: list[Problem] = []
    apart = {frozenset((one.entry, one.duplicate)) for one in decreed if one.is_apart}
    others = [one for one in decreed if not one.is_apart]
    named = {entry for item in others for entry in (item.entry, item.duplicate) if entry}
    for entry_id, item in list(laid.items()):
        if item.hidden not in {"retracted", "erased"} or item.keeper is not None:
            continue
        one = base[entry_id]
        covered = [
            other
            for other in entries.under_headline_of(run.connection, entry_id)
            if overlay.comes_back(one, other)
        ]
        covered += _same_address(run, touched, one)
        alike = _same_text(run, touched, one) if item.hidden == "erased" else []
        covered += alike
        for other in covered:
            if frozenset((entry_id, other.id)) in apart:
                continue
            if other.id in named or (other.id in laid and laid[other.id].hidden):
                continue
            base[other.id] = other
            laid[other.id] = overlay.cover(item, other)
            if other.hidden:
                continue  # told before
            told = Problem(
                "retracted-again",
                f"'{other.title or other.id}' is the story that was {item.hidden} "
                f"({entry_id}), and not shown",
                remedy=f"if it is another: feeds restore {other.hash}",
            )
            if other in alike and erasure.has_more_than(other, _traced(one)):
                what = (
                    f"'{other.title}' shares half of its paragraphs with the story that was erased "
                    f"({entry_id}), and was erased with it"
                )
                problems.append(msgspec.structs.replace(told, code="erased-in-part", what=what))
            else:
                notices.append(told)
    return Effects(problems=tuple(problems), notices=tuple(notices))


def _same_address(run: Run, touched: Collection[EntryId], entry: Entry) -> list[Entry]:
    """The other lines of lists that lead to the address which ``entry`` has, or had."""
    addresses = {name for name in aliases.of_entry(run.connection, entry.id) if name.kind == "url"}
    others = entries.by_url(run.connection, entry.url) if entry.url else []
    if addresses:
        others += [
            other
            for other in shown.unhidden(run.connection, touched)
            if other.url and identity.url_alias(other.url) in addresses
        ]
    return [other for other in others if other.kind == "headline" and other.id != entry.id]


def _same_text(run: Run, touched: Collection[EntryId], entry: Entry) -> list[Entry]:
    """The articles that have the text of an entry which is, or is about to be, erased."""
    gone = _traced(entry)
    found = entries.each(run.connection) if entry.title else shown.unhidden(run.connection, touched)
    return [
        other
        for other in found
        if other.id != entry.id and erasure.has_text_of(identity.trace(other)[1:], gone)
    ]


def _traced(entry: Entry) -> Entry:
    """``entry``, which is or is about to be erased, with the fingerprints that stay of it."""
    return entry if entry.trace else erasure.erased(entry)


def erase(run: Run, gone: Sequence[Entry]) -> Effects:
    """Takes every word of ``gone`` out of what the ledger has besides the entries themselves."""
    if not gone:
        return Effects()
    ids = {entry.id for entry in gone}
    for key, record in stored_decisions.by_key(run.connection).items():
        if ids & {record.entry, record.duplicate}:
            stored_decisions.replace(run.connection, key, erasure.muted(record.decision))
    for entry in gone:
        history.forget(run.connection, entry.id)
        held_stories.release(run.connection, entry.title)
    paid.put(run.connection, dict.fromkeys(ids))
    pages = [path for entry in gone for path in aliases.pages_of(run.connection, entry.id)]
    lists = [path for entry in gone for path in latest.pages_with(run.connection, entry.id)]
    traces = [erasure.erased(entry) for entry in gone]
    names = aliases.of_all(run.connection, ids)
    titles = {entry.title for entry in gone}
    for found in readings.load_all(run.connection, {*pages, *lists}).values():
        titles |= erasure.titles_in(found.reading, traces, names, is_page=found.path in pages)
    lists += erased_files.lists_naming(run.order.newsroom.root, titles)
    erased_files.note(run.connection, pages, lists)
    readings.rewrite(run.connection, lambda reading: erasure.without(reading, traces, names))
    return Effects(erased=tuple(entry.id for entry in gone))


def forget_again(run: Run, paths: Collection[str] | None) -> None:
    """Takes erased stories out of the readings at ``paths`` (None: all), which were made since."""
    gone = entries.erased(run.connection)
    names = aliases.of_all(run.connection, [entry.id for entry in gone])
    named: list[str] = []

    def without(found: Reading) -> Reading:
        after = erasure.without(found, gone, names)
        if after != found:
            named.append(found.page)
        return after

    if gone:
        readings.rewrite(run.connection, without, paths)
        erased_files.note(run.connection, (), named)
