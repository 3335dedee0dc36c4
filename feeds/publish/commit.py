"""The end of a revision: every feed is selected, rendered, judged and stored.

Rules
- What the gate has against single entries holds these entries, the rest is published; what it
  has against documents undoes the revision.
- Documents are stored only if their bytes changed: an unchanged one keeps its ETag and
  Last-Modified. Hubs are told of the others, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from feeds.entries import clocks, identity, similarity
from feeds.ledger import briefs, documents, members, outbox, revisions, shown
from feeds.ledger.revisions import Revision
from feeds.model import FORMATS, Document, Entry, EntryId, Format, Stored
from feeds.model.errors import FeedsError, GateError
from feeds.model.problem import Problem
from feeds.newsroom.site import Feed, Site
from feeds.publish import after, ages, corrections, hubs, removals
from feeds.publish.archives import (
    close_archives,
    last_modified,
    newly_visible,
    store_archives,
)
from feeds.publish.effects import Effects
from feeds.publish.failures import concerns_run, culprits, entry_failure, failure_of, undoing
from feeds.publish.feed_updates import FeedUpdates
from feeds.publish.judge import Judge
from feeds.publish.owed_files import owe_files
from feeds.publish.paid import kept_from_all
from feeds.publish.rendering import Unrenderable, UnrenderableError, render_feed
from feeds.publish.run import Run
from feeds.publish.selection import Choice
from feeds.syndication import documents as documents_of
from feeds.syndication import encodings, filters, gate, objections, sections
from feeds.syndication.archives import lost_archives
from feeds.text import words

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ABOUT = timedelta(days=3)


class Change(NamedTuple):
    """What is to become a revision.

    ``effects`` are what the run came to until now. ``before`` sees the ledger as readers have it,
    ``site_before`` is the configuration that was in force, None for the first revision; ``key``
    that of the new one.
    """

    effects: Effects
    before: Connection
    site_before: Site | None
    key: str


class Committed(NamedTuple):
    """Whether there is a revision, and what making it came to."""

    is_revision: bool
    effects: Effects


def commit(run: Run, change: Change, *, has_news: bool) -> Committed:
    """Stores the revision.

    Without ``has_news`` it is only tried again to render what could not be. Raises GateError for
    documents that must not be published.
    """
    before, site_before = change.before, change.site_before
    if site_before:
        site_before = sections.widened(site_before, revisions.sections(before).made)
        change = change._replace(site_before=site_before)
    known = documents.unrendered(before)
    broken = Unrenderable({}, {})
    while True:
        try:
            with undoing(run):
                effects = _commit(run, change, broken)
                if not has_news and known.keys() <= broken.feeds.keys():
                    raise _InVainError
        except UnrenderableError as error:
            broken.entries.update(error.found.entries)
            broken.feeds.update(error.found.feeds)
        except _InVainError:
            return Committed(False, Effects(is_settled=False))
        except BaseException as error:  # whatever it is, it is an entry's
            if isinstance(error, FeedsError) or concerns_run(error, run.connection):
                raise
            suspects = [one for one in change.effects.touched if one not in broken.entries]
            found = culprits(suspects, partial(_attempt, run, change, broken))
            if not found:
                raise
            failed = entry_failure(error, "put it into a feed")
            broken.entries.update(dict.fromkeys(found, failed))
        else:
            documents.set_unrendered(run.connection, broken.feeds)
            unrendered = tuple(why for name, why in broken.feeds.items() if name not in known)
            effects += Effects(problems=unrendered, is_settled=not broken.feeds)
            return Committed(True, effects)


def _attempt(run: Run, change: Change, broken: Unrenderable, visible: Sequence[EntryId]) -> bool:
    """Whether that fails if of what the run touched only ``visible`` may be seen."""
    hidden = dict.fromkeys(set(change.effects.touched) - set(visible), Problem("tried"))
    less = Unrenderable(broken.entries | hidden, broken.feeds)
    error = failure_of(run, partial(_commit, run, change, less))
    return error is not None and not isinstance(error, FeedsError | UnrenderableError)


class _InVainError(Exception):
    """What could not be rendered can't be yet."""


def _commit(run: Run, change: Change, broken: Unrenderable) -> Effects:
    """Stores it without what is ``broken``; raises UnrenderableError for what is besides."""
    connection = run.connection
    choice, chosen, held, effects = _chosen(run, change, broken.entries)
    touched = {*change.effects.touched, *effects.affected}
    site = choice.site(held)
    run = run.with_site(site)
    made: list[Document] = []
    updates = FeedUpdates(connection)
    for feed in site.feeds:
        if feed.is_of_corrections and feed.first_name not in broken.feeds:
            made += corrections.render(run, site, feed, held, updates)
        if feed.name in chosen and feed.first_name not in broken.feeds:
            gone = choice.tombstones(feed)
            whole = choice.paid.within(feed, chosen[feed.name])
            partner = removals.settle(
                run, feed, whole, touched, change.effects.changed, choice.paid.belongs
            )
            chosen[feed.name] = documents_of.fitting(site, feed, whole, partner)
            removals.remember(run, feed, [entry.id for entry in chosen[feed.name]])
            members.replace(connection, feed.name, chosen[feed.name])
            archives = close_archives(run, touched, feed, chosen[feed.name]) if feed.archive else 0
            told: list[NamedTuple] = [*gone, *partner.removals]
            updated = updates.of_feed(run, feed, chosen[feed.name], told)
            made += render_feed(site, feed, chosen[feed.name], gone, archives, updated, partner)
    updates.remember(site.feeds)
    ages.note_due(connection, site, chosen, removals.next_end(connection, site, run.now))
    # a section may come, go empty or change as a whole: what it shows was judged entry by entry
    judged = [feed.name for feed in site.feeds if feed.section is None]
    known = documents.of_feeds(change.before, judged)
    if found := gate.document_objections(
        made, known, _for_gate(run, change, held), run.order.accept
    ):
        raise GateError(found, keeps_readings=run.order.keeps_readings)
    _store(run, change, made)
    store_archives(run, touched, broken.feeds)
    owe_files(run, change.before, touched)
    if change.site_before:
        effects += Effects(notices=tuple(lost_archives(change.site_before, site)))
    return effects


class _Chosen(NamedTuple):
    """The members of feeds, by what they were chosen, and what is held, with the reasons."""

    choice: Choice
    members: dict[str, list[Entry]]
    held: dict[EntryId, Problem]
    effects: Effects


def _chosen(run: Run, change: Change, broken: Mapping[EntryId, Problem]) -> _Chosen:
    """Held is what is ``broken``, and what the gate has something against."""
    connection, before, key = run.connection, change.before, change.key
    held_before = {entry.id: why for entry, why in shown.objections(connection)}
    ids = {*change.effects.touched, *held_before}
    is_whole = bool(documents.unrendered(before))  # what they lack is nobody's news any more
    choice = Choice(run, before, ids, key, is_whole=is_whole)
    judge = Judge(run, before, key, change.effects.touched)
    held: dict[EntryId, Problem] = dict(broken)
    for batch in chain(newly_visible(run), shown.unhidden_some(connection, ids)):
        held |= judge.objections([entry for entry in batch if entry.id not in held])
    while True:
        chosen = choice.chosen(choice.site(held), held)
        judged = {entry.id: entry for some in chosen.values() for entry in some}
        found = judge.objections(list(judged.values()))
        if not found:
            feeds = [feed for feed in run.site.feeds if feed.name in chosen]
            had = change.site_before.feeds if change.site_before else ()
            opened = choice.paid.new(before, had, {feed: chosen[feed.name] for feed in feeds})
            found = judge.objections_for_payers(opened)
        if not found:
            break
        held |= found
    shown.set_objections(connection, held)
    problems = [*judge.failed]
    titles = {entry.id: entry for entry in shown.unhidden(connection, held)}
    for entry_id, why in held.items():
        if entry_id not in held_before or held_before[entry_id].code != why.code:
            entry = titles[entry_id]
            source = entry.evidence.get("title")
            place = (source.file, source.line) if source else ("", 0)
            problems.append(objections.told_of(entry, why).at(*place))
    effects = Effects(
        affected=tuple(held_before.keys() ^ held.keys()),
        problems=tuple(problems),
        notices=tuple(choice.remember(held)),
    )
    touched = ids - held.keys()
    judge.remember(one for some in chosen.values() for one in some if one.id in touched)
    return _Chosen(choice, chosen, held, effects)


def _for_gate(run: Run, change: Change, held: Collection[EntryId]) -> gate.Change:
    """What the revision does to entries, for the gate."""
    is_first = change.site_before is None
    entered = briefs.arrivals(run.connection, change.effects.new)
    before = {feed.name: feed for feed in change.site_before.feeds} if change.site_before else {}
    return gate.Change(
        entered=[gate.Arrival(one.title, one.kind) for one in entered],
        known_titles=set() if is_first else _known_titles(run, entered),
        # what is read again is corrected because somebody asked for it
        corrected=[] if run.order.again else change.effects.changed,
        clocked=_clocked(run, change.effects.changed),
        gone={
            *shown.hidden_names(run.connection),
            *held,
            *change.effects.decided,
            *removals.names(run.connection, run.site),
        },
        aged=ages.aged(change.before, run.site, run.now),
        partners={
            feed.name
            for feed in run.site.feeds
            if feed.is_of_corrections
            or ((feed.profile or feed.keyed) and before.get(feed.name) == feed)
        },
        refiltered={
            feed.name
            for feed in run.site.feeds
            if feed.profile and feed.name in before and _is_refiltered(before[feed.name], feed)
        },
        limits={feed.name: feed.limit for feed in run.site.feeds if before.get(feed.name) == feed},
        is_first=is_first and not run.order.rebuild,  # that brings back what was out
    )


def _is_refiltered(before: Feed, feed: Feed) -> bool:
    """Whether ``feed`` may have other stories than ``before`` by its filters."""
    return any(getattr(before, name) != getattr(feed, name) for name in filters.FIELDS)


def _clocked(run: Run, changed: Iterable[tuple[Entry, Entry]]) -> set[str]:
    """What those are called of which, before and after, the clock of the day became known.

    Or which have that of their article in the place of a list's.
    """
    return {
        name
        for before, after in changed
        if clocks.is_more_precise(before.stated, after.stated, run.zone)
        or (
            before.kind != after.kind
            and clocks.is_same_local_day(before.stated, after.stated, run.zone)
        )
        for name in (after.id, after.guid)
        if name
    }


def _known_titles(run: Run, entered: list[briefs.Arrival]) -> set[str]:
    """The words of the headlines of what is new, where they are those of something older too."""
    if len(entered) < gate.FEW:
        return set()
    known = briefs.under_headlines(
        run.connection, identity.title_keys(one.title for one in entered), before=run.revision
    )
    return {
        words.words(one.title)
        for one in entered
        for other in known.get(identity.title_key(one.title), ())
        if similarity.same_language(one.language, other.language)
        and abs(one.ordered - other.ordered) <= _ABOUT
    }


def _store(run: Run, change: Change, made: list[Document]) -> None:
    connection = run.connection
    before = documents.validators(connection)
    fresh = []
    for item in made:
        old = before.get((item.feed, item.format))
        if old is None or old.etag != item.etag:
            when = last_modified(run.now, old.last_modified if old else None)
            codings = encodings.codings(item.body)
            fresh.append(Stored(item, when, run.revision, codings.gzip, codings.brotli))
    revision = Revision(
        run.revision,
        run.now,
        change.effects.entered,
        change.effects.corrected,
        len(fresh),
        sections.configured(run.site),
        change.key,
        " ".join(run.order.accept),
    )
    revisions.add(connection, revision)
    for name, form in kept_from_all(change.site_before, run.site, made) & before.keys():
        documents.drop(connection, name, form)
    for stored in fresh:
        documents.put(connection, stored)
    public = run.site.without_keyed
    names = [(feed.name, form) for feed in public.feeds for form in FORMATS]
    topics = _addresses(public, names)
    changed = _addresses(public, [(item.document.feed, item.document.format) for item in fresh])
    _tell_hubs(run, topics, changed)
    after.owe(run, [item.document.feed for item in fresh])
    feeds = {feed.name for feed in run.site.feeds}
    dropped = [name for name in before if name[0] not in feeds]
    for feed_name, form in dropped:
        documents.drop(connection, feed_name, form)
    for feed_name in {name for name, _ in dropped}:
        members.replace(connection, feed_name, [])


def _tell_hubs(run: Run, topics: Collection[str], changed: Collection[str]) -> None:
    """Has hubs told what ``changed``, and forgets those that are configured no longer."""
    waiting = outbox.pending(run.connection)
    owed = hubs.owed(waiting, run.site.hubs, topics, changed, run.revision, run.now)
    if owed != waiting:
        outbox.replace(run.connection, owed)
    given_up = outbox.given_up(run.connection)
    known = {hub: line for hub, line in given_up.items() if hub in run.site.hubs}
    if known != given_up:
        outbox.set_given_up(run.connection, known)


def _addresses(site: Site, some: Sequence[tuple[str, Format]]) -> list[str]:
    """Under which addresses subscribers, and hubs for them, may know documents."""
    names = {feed.name: (feed.name, *feed.former_names) for feed in site.feeds}
    return [f"{site.feeds_url}{name}.{form}" for feed, form in some for name in names.get(feed, ())]
