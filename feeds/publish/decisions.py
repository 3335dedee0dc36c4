"""Editors' decisions take effect: the shell around ``overlay``.

Rules
- All decisions are laid over again in each run, in the order in which they came, over what the
  pages tell by then: whether a page or a decision came first makes no difference.
- A decision once seen stays in force, even if its lines are deleted: only another one undoes it.
- Where some that are written down can't be understood, those that were seen and are not there may
  be among them: they are as if they were there.
- One that the program fails on costs its own entries alone, which stay as readers have them; each
  run tries it again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.entries import erasure, identity, names, overlay
from feeds.entries.overlay import Decreed, Shown
from feeds.ledger import aliases, briefs, entries, history, latest, readings, settings, shown
from feeds.ledger import decisions as stored_decisions
from feeds.ledger.decisions import Record
from feeds.ledger.history import Happening
from feeds.ledger.shown import State
from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.newsroom import decisions
from feeds.newsroom.decisions import ABOUT_PAGES, Decision
from feeds.publish import retractions
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt, culprits, failure, failure_of
from feeds.publish.order import Source
from feeds.publish.run import Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SETTING = "decisions"


def are_new(connection: Connection, made: Sequence[Decision]) -> bool:
    """Whether ``made`` is other than what was decided when a run last looked."""
    before = settings.find(connection, _SETTING)
    return before != decisions.digest(made)


def in_force(connection: Connection, source: Source) -> Source:
    """``source``, with what was decided before if some of its decisions can't be understood."""
    if not source.unread:
        return source
    there = {decision.key for decision in source.decisions}
    known = stored_decisions.by_key(connection)
    before = [record.decision for key, record in known.items() if key not in there]
    return source._replace(decisions=[*source.decisions, *before])


def register_decisions(run: Run, made: Sequence[Decision]) -> Effects:
    """Stores what was decided since the last run, if there is any such."""
    settings.put(run.connection, _SETTING, decisions.digest(made))
    known = stored_decisions.by_key(run.connection)
    effects = [
        attempt(run, partial(_register, run, decision), partial(_not_done, run, decision))
        for decision in made
        if decision.key not in known
    ]
    there = {decision.key for decision in made}
    for key, record in known.items():
        if key in there or record.decision.action in ABOUT_PAGES:
            continue
        if _decree(record) is None:
            stored_decisions.drop(run.connection, key)
            told = f"{record.decision.action} {record.decision.entry}"
            what = f"a decision that fitted nothing is gone, and forgotten ({told})"
            undone = Problem("decision-undone", what, file=decisions.FILE)
        else:
            undone = decisions.gone(record.decision, record.entry)
        effects.append(Effects(notices=(undone,)))
    return total(effects)


def _register(run: Run, decision: Decision) -> Effects:
    decided = _when(decision, run)
    stored_decisions.add(run.connection, decision, decided)
    today = decided.astimezone(run.zone).date()
    if decision.published is None or decision.published.day <= today:
        return Effects()
    told = Problem(
        "decision-future",
        f"published {decision.published.iso} is in the future, and not used",
        decision.line,
        "write an embargo into the page, or a date that is past",
        file=decisions.FILE,
    )
    return Effects(problems=(told,))


def _not_done(run: Run, decision: Decision, error: BaseException) -> Effects:
    """That the program fails on a decision, which the next run tries again."""
    what = f"{decision.action} '{decision.entry}'"
    return try_again(run, failure(error, decisions.FILE, what, decision.line))


def try_again(run: Run, *why: Problem) -> Effects:
    """Has the next run look at all decisions as if they were new, and says ``why``."""
    forget_decisions(run.connection)
    return Effects(problems=why, is_settled=False)


def forget_decisions(connection: Connection) -> None:
    """Forgets what was decided when a run last looked; what it did stays."""
    settings.drop(connection, _SETTING)


def _when(decision: Decision, run: Run) -> datetime:
    """When it was decided: never in the future, or the next decision would come before it."""
    if decision.when is None:
        return run.now
    when = decision.when
    return min(when if when.tzinfo else when.replace(tzinfo=run.zone), run.now)


def lay_decisions(run: Run, so_far: Effects, *, told: bool) -> Effects:
    """Lays every decision over the entries that it is about, and erases what has to be.

    ``so_far`` is what the run came to until now. ``told``: names that fit no entry, or too many,
    are reported.
    """
    resolved = [
        attempt(
            run,
            partial(_resolved, run, key, record, told=told),
            partial(_unresolved, run, record),
        )
        for key, record in stored_decisions.by_key(run.connection).items()
        if record.decision.action not in ABOUT_PAGES
    ]
    decreed = [made for one in resolved if (made := _decree(one.record))]
    laid = attempt(
        run, partial(_lay, run, so_far, decreed), partial(_lay_apart, run, so_far, decreed)
    )
    return total((*(one.effects for one in resolved), laid))


class _Resolved(NamedTuple):
    """A decision with the entries that it names, as far as they are known."""

    record: Record
    effects: Effects


def _unresolved(run: Run, record: Record, error: BaseException) -> _Resolved:
    return _Resolved(record, _not_done(run, record.decision, error))


def _lay_apart(
    run: Run, so_far: Effects, decreed: Sequence[Decreed], error: BaseException
) -> Effects:
    """Lays what can be laid of ``decreed``, all of which together raised ``error``.

    The entries of a decision that the program fails on stay as readers have them.
    """

    def fails(some: Sequence[Decreed]) -> bool:
        return failure_of(run, partial(_lay, run, so_far, some)) is not None

    unsound = culprits(decreed, fails)
    if not unsound:
        raise error
    effects = [
        _not_done(run, item.decision, failure_of(run, partial(_lay, run, so_far, [item])) or error)
        for item in unsound
    ]
    stay: set[EntryId | None] = set()
    left = unsound
    while left:
        stay |= {entry for item in left for entry in (item.entry, item.duplicate)} - {None}
        decreed = [item for item in decreed if item not in left]
        left = [item for item in decreed if not stay.isdisjoint({item.entry, item.duplicate})]
    return total((*effects, _lay(run, so_far, decreed, stay)))


def _lay(
    run: Run,
    so_far: Effects,
    decreed: Sequence[Decreed],
    stay: Collection[EntryId | None] = frozenset(),
) -> Effects:
    """Lays ``decreed`` over the entries; those in ``stay`` are left as they are."""
    named = {entry for item in decreed for entry in (item.entry, item.duplicate) if entry}
    base = entries.overlaid(run.connection, besides=named)
    base = {entry_id: entry for entry_id, entry in base.items() if entry_id not in stay}
    effects: list[Effects] = []
    for entry_id in _restored(decreed):
        if base[entry_id].is_erased:
            pages = aliases.pages_of(run.connection, entry_id)
            pages += latest.pages_with(run.connection, entry_id)
            readings.reset(run.connection, pages)
            effects.append(Effects(is_settled=False))
            base[entry_id] = msgspec.structs.replace(base[entry_id], trace=())
    made = overlay.overlay(base, decreed, run.zone, run.site.site_url)
    laid = {item.entry.id: item for item in made}
    effects.append(retractions.cover(run, so_far.touched, base, laid, decreed))
    fresh = [base[i] for i, item in laid.items() if item.hidden == "erased" and base[i].title]
    effects.append(retractions.erase(run, fresh))
    before = shown.by_ids(run.connection, laid)
    happened: list[Happening] = []
    for entry_id, item in laid.items():
        if became := _store(run, before[entry_id], base[entry_id], item):
            happened.append(Happening(entry_id, *became))
            reworded = became.change == "reworded"
            names = (entry_id, *([item.entry.guid] if item.entry.guid else []))
            effects.append(
                Effects(
                    corrected=reworded,
                    retracted=not reworded,
                    affected=(entry_id,),
                    decided=names,
                )
            )
        if base[entry_id].withdrawn and not item.hidden and entry_id in so_far.withdrawn:
            told = Problem(
                "decision-overrules-page",
                f"the page of '{base[entry_id].title}' says that it is retracted, "
                "but it was restored by a decision, which counts",
                remedy=f"to retract it: feeds retract {base[entry_id].hash}",
            )
            effects.append(Effects(problems=(told,)))
    history.add(run.connection, happened, run.revision, run.now)
    return total(effects)


def _decree(record: Record) -> Decreed | None:
    return overlay.decree(record.decision, record.decided, record.entry, record.duplicate)


def _restored(decreed: Sequence[Decreed]) -> list[EntryId]:
    """The entries that were restored, and not retracted since."""
    last = {
        item.entry: item.decision.action
        for item in decreed
        if item.decision.action in {"retract", "restore"}
    }
    return [entry_id for entry_id, action in last.items() if action == "restore"]


def _resolved(run: Run, key: str, record: Record, *, told: bool) -> _Resolved:
    found: list[EntryId | None] = [record.entry, record.duplicate]
    unclear: list[Problem] = []
    for index, name in enumerate((record.decision.entry, record.decision.second)):
        if name and found[index] is None:
            named = _named(run, name, record.decision, told=told)
            if isinstance(named, Problem):
                unclear.append(named)
            else:
                found[index] = named
    if (found[0], found[1]) != (record.entry, record.duplicate):
        stored_decisions.set_entries(run.connection, key, found[0], found[1])
    record = record._replace(entry=found[0], duplicate=found[1])
    return _Resolved(record, Effects(problems=tuple(unclear) if told else ()))


def _named(run: Run, name: str, decision: Decision, *, told: bool) -> EntryId | Problem:
    """The one entry that ``name`` names; why not, if there is none or there are more."""
    fitting = shown.by_name(run.connection, name, names.hash_in(name), names.address(name))
    if not fitting:
        # what is not there yet must be named in full: the next headline may hold the same word
        key = identity.title_key(name)
        meant: list[EntryId] = []
        if key or not told:
            meant = names.meant(name, briefs.headlines(run.connection, key), in_part=False)
        if told and not meant:
            meant = names.meant(name, briefs.headlines(run.connection))
        fitting = shown.in_order(run.connection, meant)
    if len(fitting) > 1 and decision.when:
        # stories that came after it was decided can't be meant
        latest = _when(decision, run) + timedelta(days=1)
        fitting = [entry for entry in fitting if entry.ordered <= latest]
    fitting = names.of_day(fitting, decision.day)
    if len(fitting) == 1:
        return fitting[0].id
    what, remedy = f"nothing is known as '{name}' yet", "'feeds list' shows what is"
    if fitting:
        what = f"'{name}' can be {len(fitting)} stories"
        ids = ", ".join(f"{entry.id} ({_day(entry)})" for entry in fitting[:5])
        remedy = f"write one of their ids: {ids}"
    return Problem("decision-unclear", what, decision.line, remedy, file=decisions.FILE)


def _day(entry: Entry) -> str:
    return entry.stated.iso if entry.stated else "undated"


def _store(run: Run, state: State, base: Entry, item: Shown) -> overlay.Became | None:
    """Stores how ``base`` is shown by now, if that is otherwise; returns what became of it."""
    if item.hidden == "erased" and base.title:
        base = erasure.erased(base)
        item = item._replace(entry=base)
    before = Shown(state.entry, state.entry.hidden, state.gone, state.notice, state.keeper)
    after = _spaced(run, before, overlay.succeed(before, item, run.now))
    told = overlay.beneath(base, after)
    if (after, told) == (before, state.told):
        return None
    entry, _, gone, notice, keeper = after
    new = state._replace(entry=entry, told=told, gone=gone, notice=notice, keeper=keeper)
    shown.put(run.connection, new)
    return overlay.outcome(before, after)


def _spaced(run: Run, before: Shown, after: Shown) -> Shown:
    """``after`` with an ``updated`` that no other entry has, unless it is hidden."""
    entry, had = after.entry, before.entry
    if after.hidden:
        return after  # laid again in each run, which must not move it
    if before.hidden and had.updated == entry.updated and run.updates.is_shared(had.updated):
        had = msgspec.structs.replace(had, updated=had.updated - timedelta(seconds=1))
    return after._replace(entry=run.spaced(entry, had))
