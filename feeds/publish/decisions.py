"""Editors' decisions take effect: the shell around ``overlaying``.

Rules
- All decisions are laid over again in each run, in the order in which they came, over what the
  pages tell by then: whether a page or a decision came first makes no difference.
- A decision once seen stays in force, even if its lines are deleted: only another one undoes it.
- Whatever has the distinctive headline of a retracted story, at about its day, is that story.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from feeds.entries import erasure, identity, similarity
from feeds.entries.overlay import Decreed, Shown, overlay
from feeds.ledger import decisions as stored_decisions
from feeds.ledger import entries, history, latest, members, readings, revisions
from feeds.ledger import holds as held_stories
from feeds.ledger.decisions import Record
from feeds.model import Change, Entry, EntryId, StatedDate
from feeds.model.problem import Problem
from feeds.newsroom import decisions
from feeds.newsroom.decisions import Decision
from feeds.publish.run import Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ABOUT = timedelta(days=3)
_SETTING = "decisions"
_ABOUT_PAGES = ("archive", "import")


def are_new(connection: Connection, made: Sequence[Decision]) -> bool:
    """Whether ``made`` is other than what was decided when a run last looked."""
    before = revisions.setting(connection, _SETTING)
    return before != decisions.digest(made)


def register_decisions(run: Run, made: Sequence[Decision]) -> bool:
    """Stores what was decided since the last run; returns whether there is any such."""
    if not are_new(run.connection, made):
        return False
    known = stored_decisions.known(run.connection)
    for decision in made:
        if decision.key not in known:
            decided = _when(decision, run)
            stored_decisions.add(run.connection, decision, decided)
            if decision.published and _is_after(decision.published, decided, run):
                run.tally.problems.append(
                    Problem(
                        "decision-future",
                        f"published {decision.published.iso} is in the future, and not used",
                        file=decisions.FILE,
                        line=decision.line,
                        remedy="write an embargo into the page, or a date that is past",
                    )
                )
    there = {decision.key for decision in made}
    for key, record in known.items():
        if key in there or record.decision.action in _ABOUT_PAGES:
            continue
        if record.decreed is None:
            stored_decisions.drop(run.connection, key)
            told = f"{record.decision.action} {record.decision.entry}"
            what = f"a decision that fitted nothing is gone, and forgotten ({told})"
            run.tally.notices.append(Problem("decision-undone", what, file=decisions.FILE))
            continue
        run.tally.notices.append(
            Problem(
                "decision-gone",
                f"a decision is gone ({record.decision.action} {record.entry}), and stays in force",
                file=decisions.FILE,
                remedy="only another decision changes it",
            )
        )
    revisions.set_setting(run.connection, _SETTING, decisions.digest(made))
    return True


def _when(decision: Decision, run: Run) -> datetime:
    """When it was decided: never in the future, or the next decision would come before it."""
    if decision.when is None:
        return run.now
    when = decision.when
    return min(when if when.tzinfo else when.replace(tzinfo=run.zone), run.now)


def _is_after(stated: StatedDate, decided: datetime, run: Run) -> bool:
    return stated.day > decided.astimezone(run.zone).date()


def lay_decisions(run: Run, *, told: bool) -> None:
    """Lays every decision over the entries that it is about, and erases what has to be.

    ``told``: names that fit no entry, or too many, are reported.
    """
    run.remember()  # or what is erased would be remembered after it
    records = [
        _resolved(run, key, record, told=told)
        for key, record in stored_decisions.known(run.connection).items()
        if record.decision.action not in _ABOUT_PAGES
    ]
    decreed = [made for record in records if (made := record.decreed)]
    named = {entry for item in decreed for entry in (item.entry, item.duplicate) if entry}
    base = stored_decisions.concerned(run.connection, named)
    for entry_id in _restored(decreed):
        if base[entry_id].is_erased:
            pages = entries.pages_of(run.connection, entry_id)
            pages += latest.pages_with(run.connection, entry_id)
            readings.forget(run.connection, pages)
            run.tally.is_settled = False
            base[entry_id] = msgspec.structs.replace(base[entry_id], trace=())
    shown = {item.entry.id: item for item in overlay(base, decreed, run.zone)}
    _cover(run, base, shown, named)
    fresh = [base[i] for i, item in shown.items() if item.hidden == "erased" and base[i].title]
    _erase(run, fresh)
    for entry_id, item in shown.items():
        _store(run, base[entry_id], item)
        if base[entry_id].withdrawn and not item.hidden and entry_id in run.tally.withdrawn:
            run.tally.problems.append(
                Problem(
                    "decision-overrules-page",
                    f"the page of '{base[entry_id].title}' says that it is retracted, "
                    "but it was restored by a decision, which counts",
                    remedy=f"to retract it: feeds retract {base[entry_id].hash}",
                )
            )
    run.remember()


def _restored(decreed: Sequence[Decreed]) -> list[EntryId]:
    """The entries that were restored, and not retracted since."""
    last = {
        item.entry: item.decision.action
        for item in decreed
        if item.decision.action in {"retract", "restore"}
    }
    return [entry_id for entry_id, action in last.items() if action == "restore"]


def _resolved(run: Run, key: str, record: Record, *, told: bool) -> Record:
    """``record``, with the entries that it names as far as they are known."""
    found: list[EntryId | None] = [record.entry, record.duplicate]
    for index, name in enumerate((record.decision.entry, record.decision.duplicate)):
        if name and found[index] is None:
            found[index] = _named(run, name, record.decision, told=told)
    if (found[0], found[1]) != (record.entry, record.duplicate):
        stored_decisions.resolve(run.connection, key, found[0], found[1])
    return record._replace(entry=found[0], duplicate=found[1])


def _named(run: Run, name: str, decision: Decision, *, told: bool) -> EntryId | None:
    """The one entry that ``name`` names; None, and told, if there is none or there are more."""
    # what is not there yet must be named in full: the next headline may hold the same word
    fitting = entries.called(run.connection, name, in_part=told)
    if len(fitting) > 1 and decision.when:
        # stories that came after it was decided can't be meant
        latest = _when(decision, run) + timedelta(days=1)
        fitting = [entry for entry in fitting if entry.ordered <= latest]
    if decision.day:
        fitting = [e for e in fitting if e.stated and e.stated.day.isoformat() == decision.day]
    if len(fitting) == 1:
        return fitting[0].id
    what, remedy = f"nothing is known as '{name}' yet", "'feeds list' shows what is"
    if fitting:
        what = f"'{name}' can be {len(fitting)} stories"
        shown = ", ".join(f"{entry.id} ({_day(entry)})" for entry in fitting[:5])
        remedy = f"write one of their ids: {shown}"
    if told:
        line = Problem(
            "decision-unclear", what, file=decisions.FILE, line=decision.line, remedy=remedy
        )
        run.tally.problems.append(line)
    return None


def _day(entry: Entry) -> str:
    return entry.stated.iso if entry.stated else "undated"


def _cover(
    run: Run, base: dict[EntryId, Entry], shown: dict[EntryId, Shown], named: set[EntryId]
) -> None:
    """Hides what would bring a retracted story back under another id.

    Those are lines of lists under its headline, or that lead to its address; an article of that
    headline is a new story. The text of an erased one is its own under any headline.
    """
    for entry_id, item in list(shown.items()):
        if item.hidden not in {"retracted", "erased"} or item.keeper is not None:
            continue
        one = base[entry_id]
        covered = [
            other
            for other in stored_decisions.same_headline(run.connection, one)
            if other.kind == "headline"
            and _about(one, other)
            and similarity.same_language(one.language, other.language)
        ]
        covered += _same_address(run, one)
        if item.hidden == "erased":
            covered += _same_text(run, one)
        for other in covered:
            if other.id in named or (other.id in shown and shown[other.id].hidden):
                continue
            base[other.id] = other
            entry = msgspec.structs.replace(other, hidden=item.hidden)
            shown[other.id] = Shown(entry, item.hidden, item.gone, item.notice, None)
            if other.hidden:
                continue  # told before
            run.tally.notices.append(
                Problem(
                    "retracted-again",
                    f"'{other.title or other.id}' is the story that was {item.hidden} "
                    f"({entry_id}), and not shown",
                    remedy=f"if it is another: feeds restore {other.hash}",
                )
            )


def _same_address(run: Run, entry: Entry) -> list[Entry]:
    """The other lines of lists that lead to the address which ``entry`` has, or had."""
    addresses = {
        name.value for name in entries.names_of(run.connection, entry.id) if name.kind == "url"
    }
    others = stored_decisions.same_url(run.connection, entry)
    if addresses:
        others += [
            other
            for other in members.shown(run.connection, run.tally.touched)
            if other.url and identity.url_alias(other.url).value in addresses
        ]
    return [other for other in others if other.kind == "headline" and other.id != entry.id]


def _same_text(run: Run, entry: Entry) -> list[Entry]:
    """The articles that have the text of an entry which is, or is about to be, erased."""
    trace = set((entry.trace or erasure.erased(entry).trace)[1:])
    if not trace:
        return []
    found = (
        entries.all_told(run.connection)
        if entry.title
        else members.shown(run.connection, run.tally.touched)
    )
    same = []
    for other in found:
        own = set(identity.trace(other)[1:])
        if other.id != entry.id and own and 2 * len(own & trace) >= max(len(own), len(trace)):
            same.append(other)
    return same


def _about(one: Entry, other: Entry) -> bool:
    if one.stated is None or other.stated is None:
        return True
    return abs(one.stated.day - other.stated.day) <= _ABOUT


def _change(item: Shown, became: str) -> Change:
    """What became of an entry that is to be shown as ``item``."""
    if became == "corrected":
        return "reworded"
    return item.hidden or "restored"


def _store(run: Run, base: Entry, item: Shown) -> None:
    if item.hidden == "erased" and base.title:
        base = erasure.erased(base)
        item = item._replace(entry=base)
    became = stored_decisions.lay(run.connection, base, item, run.now)
    if became == "corrected":
        run.tally.corrected += 1
    elif became:
        run.tally.retracted += 1
    if became:
        run.tally.affected.append(base.id)
        told = f"merged into {item.keeper}" if item.hidden == "merged" else became
        run.note(base.id, _change(item, became), told)


def _erase(run: Run, gone: Sequence[Entry]) -> None:
    """Takes every word of ``gone`` out of what the ledger has besides the entries themselves."""
    if not gone:
        return
    for entry in gone:
        history.forget(run.connection, entry.id)
        stored_decisions.forget_words(run.connection, entry.id)
        held_stories.release(run.connection, entry.title)
        run.tally.erased.append(entry.id)
    traces = [erasure.erased(entry) for entry in gone]
    readings.rewrite(run.connection, lambda reading: erasure.without(reading, traces))


def forget_again(run: Run, paths: Collection[str] | None) -> None:
    """Takes erased stories out of the readings at ``paths`` (None: all), which were made since."""
    gone = stored_decisions.erased(run.connection)
    if gone:
        readings.rewrite(run.connection, lambda found: erasure.without(found, gone), paths)
