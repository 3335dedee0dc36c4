"""Verdicts to the ledger: ids are minted, entries stored, names given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from feeds.entries import clocks, cuts, identity, recognise, similarity, verdicts
from feeds.entries.paid import paid_text
from feeds.ledger import entries, settings
from feeds.model import Change, Entry, Story
from feeds.model.names import Alias
from feeds.newsroom import captured
from feeds.publish.effects import Effects
from feeds.publish.index import Index
from feeds.publish.run import Run
from feeds.text import dates, ellipses, languages

_FINGERPRINTS = "fingerprints"


def by_headline(
    run: Run, index: Index, story: Story, found: Mapping[Alias, Entry]
) -> tuple[Alias, Entry | None]:
    """What ``story`` is called by its headline, and the entry of that name.

    ``found`` is what the ledger knows under the plain name. The same words in two languages are
    two stories, and the second is called by its language too.
    """
    plain = identity.story_alias(story)
    if plain not in found:
        entry = _of_local_day(run, index, story)
        is_same = entry and similarity.same_language(entry.language, story.language)
        return plain, entry if is_same else None
    if similarity.same_language(found[plain].language, story.language):
        return plain, found[plain]
    spelled = languages.spellings(story.language or run.site.language)
    names = [identity.story_alias(story, tag) for tag in spelled]
    known = index.named(names)
    name = next((name for name in names if name in known), names[0])
    return name, known.get(name)


def local_alias(run: Run, story: Story) -> Alias | None:
    """What a list calls ``story`` whose clock is of another day where the newsroom is, if it is."""
    if story.published is None:
        return None
    day = clocks.local_day(story.published, run.zone)
    return identity.headline_alias(story.title, day) if day != story.published.day else None


def _of_local_day(run: Run, index: Index, story: Story) -> Entry | None:
    name = local_alias(run, story)
    return index.named([name]).get(name) if name else None


def by_cut_headline(
    run: Run, index: Index, story: Story, beside: Sequence[Story] = ()
) -> Entry | None:
    """The one entry of the day of ``story`` of whose headline its own is the beginning, cut short.

    Or the other way round: the one whose headline is the cut beginning of its own. ``beside``: the
    other headlines of its list, of which some may not be known yet.
    """
    span = span_of(run, story)
    if span is None:
        return None
    found = index.between(*span, cut=not ellipses.is_cut(story.title))
    one = cuts.only_one(story, found, run.zone)
    if one is None or one.hidden:
        return one
    others: list[Story | Entry] = [
        entry
        for entry in index.between(*span, cut=False)
        if entry.id != one.id and entry.hidden != "merged"
    ]
    return None if cuts.is_contested(story, one, [*others, *beside], run.zone) else one


def span_of(run: Run, story: Story) -> tuple[datetime, datetime] | None:
    """The day of ``story`` from its first moment to its last, as written and in the newsroom."""
    if story.published is None:
        return None
    first, last = sorted((story.published.day, clocks.local_day(story.published, run.zone)))
    return dates.day_bounds(first, run.zone)[0], dates.day_bounds(last, run.zone)[1]


def linked(run: Run, index: Index, story: Story, by_url: Entry | None) -> Entry | None:
    """``by_url``, the entry at the address of ``story``, if no other story has that address."""
    if by_url is None or story.url is None:
        return None
    if not recognise.is_reworded(story, by_url, run.zone):
        return None  # nobody asks, and the ledger need not be asked
    return None if index.shares_address(by_url) else by_url


def apply(
    run: Run,
    index: Index,
    path: str,
    story: Story,
    verdict: verdicts.Verdict,
    when: verdicts.Moments,
    names: tuple[Alias, ...],
    known: Mapping[Alias, Entry],
) -> Entry:
    """Notes what was decided; ``known`` are the entries that ``names`` name until now."""
    match verdict:
        case verdicts.New():
            entry = _enter(run, index, path, story, verdict, when)
        case verdicts.Corrected(entry=entry) | verdicts.Enriched(entry=entry):
            before = index.entry(entry.id)
            # what was captured comes to the same in one run as in many
            entry = run.spaced(entry, before, gives_back=captured.is_captured(path))
            index.add(correction(before, entry, is_new=index.is_new(entry.id)))
            index.replace(entry)
            _note(index, verdict, f"{verdict.why} ({path}:{story.line})")
        case verdicts.Same(entry=entry):
            if entry not in known.values():  # nothing that readers see, but newer evidence
                index.replace(entry)
    text = paid_text(story)
    if text and text.fingerprint == entry.paid:  # or another page's words count
        index.keep(entry.id, text)
    index.name(entry.id, [name for name in names if name not in known])
    for name in names:
        # a page's and a URL's alias follow the article; by any other, an entry stays known for ever
        if name.kind in {"page", "url"} and name in known and known[name].id != entry.id:
            index.rename(name, entry.id)
            if name.kind == "url" and known[name].url:
                # what is there now is another story: its own page in the app has its text
                lost = msgspec.structs.replace(known[name], url=None)
                index.replace(lost)
                if not index.is_new(lost.id):
                    index.add(Effects(changed=((known[name], lost),)))
    return entry


def _note(index: Index, verdict: verdicts.Corrected | verdicts.Enriched, why: str) -> None:
    if isinstance(verdict, verdicts.Enriched):
        index.note(verdict.entry.id, "enriched", f"enriched: {why}")
    else:
        change: Change = "reworded" if verdict.reworded else "corrected"
        index.note(verdict.entry.id, change, f"corrected: {why}")


def correction(before: Entry, entry: Entry, *, is_new: bool) -> Effects:
    """What it means to readers that ``entry`` is what was ``before``; ``is_new``: in this run."""
    withdrawn = (entry.id,) if entry.withdrawn and not before.withdrawn else ()
    if before.hidden or entry.withdrawn:
        goes_elsewhere = before.hidden and _belonging(before) != _belonging(entry)  # its tombstone
        return Effects(affected=(entry.id,) if goes_elsewhere else (), withdrawn=withdrawn)
    if is_new:  # readers never had it otherwise
        return Effects(affected=(entry.id,))
    return Effects(corrected=1, changed=((before, entry),))


def _belonging(entry: Entry) -> tuple[object, ...]:
    """What says in which feeds an entry, or its tombstone, is."""
    return entry.kind, entry.categories, entry.tags, entry.authors, entry.language


def _enter(
    run: Run, index: Index, path: str, story: Story, verdict: verdicts.New, when: verdicts.Moments
) -> Entry:
    attempt = 1
    while index.is_minted(minted := identity.mint(run.site.authority, story, attempt)):
        attempt += 1
    entry = run.spaced(verdicts.enter(story, minted, when), None)
    if run.is_archived(path):
        entry = msgspec.structs.replace(entry, standing="archived")
    index.enter(entry)
    index.add(Effects(entered=not entry.withdrawn, new=(entry.id,)))
    index.note(entry.id, "entered", f"entered: {verdict.why} ({path}:{story.line})")
    return entry


def fingerprint_again(run: Run) -> None:
    """Makes the fingerprints of all entries anew if the program before made others."""
    if settings.find(run.connection, _FINGERPRINTS) == identity.VERSION:
        return
    for entry in entries.each(run.connection):
        if made := identity.fingerprints(entry):
            entries.set_fingerprints(run.connection, entry.id, made)
    settings.put(run.connection, _FINGERPRINTS, identity.VERSION)
