"""Editors' decisions take effect: the shell around ``entries.overlay``.

Rules
- All decisions are laid over again in each run, in their order, over what the pages tell by then:
  whether a page or a decision came first makes no difference.
- A decision may name an entry as another one has it: once they are laid, names are looked at again.
- One that the program fails on costs its own entries alone, which stay as readers have them; each
  run tries it again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial

import msgspec

from feeds.entries import erasure, overlay
from feeds.entries.overlay import Decreed, Shown
from feeds.ledger import aliases, entries, history, latest, readings, shown
from feeds.ledger.history import Happening
from feeds.ledger.shown import State
from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.publish import retractions
from feeds.publish.decisions import not_done, resolve_decisions
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt, culprits, failure_of
from feeds.publish.run import Run


def lay_decisions(run: Run, so_far: Effects, *, told: bool) -> Effects:
    """Lays every decision over the entries that it is about, and erases what has to be.

    ``so_far`` is what the run came to until now. ``told``: names that fit no entry, or too many,
    are reported.
    """
    laid: list[Effects] = []
    known = -1
    resolved = resolve_decisions(run, told=told)
    while known < (sure := sum(one.decreed is not None for one in resolved)):
        known = sure
        decreed = [one.decreed for one in resolved if one.decreed]
        again = attempt(
            run, partial(_lay, run, so_far, decreed), partial(_lay_apart, run, so_far, decreed)
        )
        laid.append(again)
        if known == len(resolved) or not again.affected:
            break
        resolved = resolve_decisions(run, told=told)
    return total((*(one.effects for one in resolved), *laid))


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
        not_done(run, item.decision, failure_of(run, partial(_lay, run, so_far, [item])) or error)
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


def _restored(decreed: Sequence[Decreed]) -> list[EntryId]:
    """The entries that were restored, and not retracted since."""
    last = {
        item.entry: item.decision.action
        for item in decreed
        if item.decision.action in {"retract", "restore"}
    }
    return [entry_id for entry_id, action in last.items() if action == "restore"]


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
