"""Editors' decisions get into the ledger, and are given the entries that they name.

Rules
- A decision once seen stays in force, even if its lines are deleted: only another one undoes it.
- They count in the order of the file, whenever each was first understood. One whose lines are
  deleted keeps its place behind the one that stood before it.
- Where some that are written down can't be understood, those that were seen and are not there may
  be among them: they are as if they were there.
- What an entry was called, by its pages or by what was decided before, goes on being its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from feeds.entries import identity, names, overlay
from feeds.entries.overlay import Decreed
from feeds.ledger import briefs, entries, readings, settings, shown
from feeds.ledger import decisions as stored_decisions
from feeds.ledger.decisions import Record
from feeds.model import Entry, EntryId
from feeds.model.problem import Problem
from feeds.newsroom import decisions
from feeds.newsroom.decisions import ABOUT_PAGES, Decision
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt, failure
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
    return source._replace(decisions=_in_place(source.decisions, connection))


def _in_place(made: Sequence[Decision], connection: Connection) -> list[Decision]:
    """``made``, and what was decided before besides, each behind what it stood behind."""
    places = {decision.key: place for place, decision in enumerate(made)}
    found = list(enumerate(made))
    place = -1
    for key, record in stored_decisions.by_key(connection).items():
        place = places.get(key, place)
        if key not in places:
            found.append((place, record.decision))
    return [decision for _, decision in sorted(found, key=lambda one: one[0])]


def register_decisions(run: Run, made: Sequence[Decision]) -> Effects:
    """Stores what was decided since the last run, if there is any such."""
    settings.put(run.connection, _SETTING, decisions.digest(made))
    known = stored_decisions.by_key(run.connection)
    effects = [
        attempt(run, partial(_register, run, decision), partial(not_done, run, decision))
        for decision in made
        if decision.key not in known
    ]
    ordered = [decision.key for decision in _in_place(made, run.connection)]
    stored_decisions.put_in_order(run.connection, ordered)
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
    if decision.action == "gone":
        return _let_go(run, decision)
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


def _let_go(run: Run, decision: Decision) -> Effects:
    """Has pages that are there although it is said that they are gone be missed like others."""
    path = decision.path
    known = readings.by_path(run.connection, None)
    below = [one for one in known if one == path or one.startswith(f"{path}/")]
    readings.mark_returned(run.connection, (one for one in below if one in run.present), run.now)
    if below or run.order.rebuild:  # a ledger that is made anew never had them
        return Effects()
    told = Problem(
        "decision-unclear",
        f"no page was ever read at '{path}'",
        decision.line,
        "name it as in the newsroom's folder: 2019, or 2019/flood.txt",
        file=decisions.FILE,
    )
    return Effects(problems=(told,))


def not_done(run: Run, decision: Decision, error: BaseException) -> Effects:
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


class Resolved(NamedTuple):
    """A decision with the entries that it names, as far as these are known."""

    record: Record
    effects: Effects

    @property
    def decreed(self) -> Decreed | None:
        """What is decreed about these entries; None while one is not known."""
        return _decree(self.record)


def resolve_decisions(run: Run, *, told: bool) -> list[Resolved]:
    """All decisions about entries, in their order, with what they name by now.

    ``told``: names that fit no entry, or too many, are reported.
    """
    return [
        attempt(
            run,
            partial(_resolved, run, key, record, told=told),
            partial(_unresolved, run, record),
        )
        for key, record in stored_decisions.by_key(run.connection).items()
        if record.decision.action not in ABOUT_PAGES
    ]


def _unresolved(run: Run, record: Record, error: BaseException) -> Resolved:
    return Resolved(record, not_done(run, record.decision, error))


def _resolved(run: Run, key: str, record: Record, *, told: bool) -> Resolved:
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
    return Resolved(record, Effects(problems=tuple(unclear) if told else ()))


def _named(run: Run, name: str, decision: Decision, *, told: bool) -> EntryId | Problem:
    """The one entry that ``name`` names; why not, if there is none or there are more."""
    fitting = shown.by_name(run.connection, name, names.hash_in(name), names.address(name))
    if not fitting:
        # what is not there yet must be named in full: the next headline may hold the same word
        key = identity.title_key(name)
        meant: list[EntryId] = []
        if key or not told:
            meant = names.meant(name, briefs.headlines(run.connection, key), in_part=False)
        if key and not meant:
            meant = _headed_as_told(run, name, key)
        if told and not meant:
            meant = names.meant(name, briefs.headlines(run.connection))
        fitting = shown.in_order(run.connection, meant)
    if len(fitting) > 1 and decision.when:
        # stories that came after it was decided can't be meant
        latest = _when(decision, run) + timedelta(days=1)
        fitting = [entry for entry in fitting if entry.ordered <= latest]
    fitting = names.of_day(fitting, decision.day) or _of_day_told(run, fitting, decision.day)
    if len(fitting) == 1:
        return fitting[0].id
    what, remedy = f"nothing is known as '{name}' yet", "'feeds list' shows what is"
    if fitting:
        what = f"'{name}' can be {len(fitting)} stories"
        ids = ", ".join(f"{entry.id} ({_day(entry)})" for entry in fitting[:5])
        remedy = f"write one of their ids: {ids}"
    return Problem("decision-unclear", what, decision.line, remedy, file=decisions.FILE)


def _headed_as_told(run: Run, name: str, key: str) -> list[EntryId]:
    """The entries whose pages have the headline ``name``, of which ``key`` is the fingerprint."""
    ids = [entry_id for *_, entry_id in entries.headed(run.connection, [key])]
    told = entries.by_ids(run.connection, ids)
    return names.meant(name, ((one.entry.id, one.entry.title) for one in told), in_part=False)


def _of_day_told(run: Run, found: Sequence[Entry], day: str) -> list[Entry]:
    """Those of ``found`` whose pages state ``day``, whatever was decided of it since."""
    told = entries.by_ids(run.connection, [entry.id for entry in found])
    return names.of_day((one.entry for one in told), day)


def _day(entry: Entry) -> str:
    return entry.stated.iso if entry.stated else "undated"


def _decree(record: Record) -> Decreed | None:
    return overlay.decree(record.decision, record.decided, record.entry, record.duplicate)
