"""The pages of a run, one by one: what is doubtful is told, what is undecided is decided.

Rules
- A page that fails costs itself alone (``failures``).
- What is wrong with a page is told once for each version of its file.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from feeds.ledger import decisions, entries, readings, secrets, settings
from feeds.ledger import holds as held_stories
from feeds.ledger.readings import Pending
from feeds.model import Reading
from feeds.model.problem import Problem
from feeds.newsroom import captured, rule_doubts
from feeds.newsroom.decisions import is_let_go
from feeds.newsroom.listing import BESIDE, told_beside
from feeds.publish import articles
from feeds.publish.effects import Effects, total
from feeds.publish.failures import attempt_many, refuse_page
from feeds.publish.index import Index
from feeds.publish.page_reading import PAGE_FAILED
from feeds.publish.run import Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PAID = "paid"
"""That the ledger has the texts of all pages that have to be paid for."""
_MOST_NAMED = 50
"""Of so many pages that vanish at once each is named: a whole folder is one thing to be told."""
_FEW = 20  # pages: what moments are taken is asked for the days of each


class Decided(NamedTuple):
    """The ``paths`` of pages that were decided, and what that comes to."""

    paths: Set[str]
    effects: Effects


def decide(run: Run, *, restated: bool, returned: bool) -> Decided:
    """Decides new readings, and those of which something else is said."""
    new = set(readings.pending(run.connection))
    effects = _undecide_restated(run, told=restated) if restated or returned else Effects()
    readings.undecide(run.connection, readings.expired(run.connection, run.now))
    if settings.find(run.connection, _PAID) is None:  # pages of before texts were kept for keys
        readings.undecide(run.connection, secrets.paths(run.connection))
        settings.put(run.connection, _PAID, "kept")
    paths = readings.pending(run.connection)

    def decide_one(index: Index, pending: Pending) -> None:
        again = pending.path not in new
        if again:
            index.add(_doubts_of_statements(pending.reading))
        articles.decide_page(run, index, pending, again=again)

    watched = run.order.watch(paths, "deciding pages")
    return Decided(set(paths), effects + _decide_all(run, watched, decide_one))


def _decide_all(
    run: Run, paths: Iterable[str], decide_one: Callable[[Index, Pending], None]
) -> Effects:
    """Decides the pages at ``paths``; one that fails costs itself alone."""

    def decide_some(some: Sequence[str]) -> Effects:
        return _decide_some(run, some, decide_one)

    return total(attempt_many(run, paths, decide_some, partial(refuse_page, run)))


def _decide_some(
    run: Run, paths: Sequence[str], decide_one: Callable[[Index, Pending], None]
) -> Effects:
    index = Index(run.connection, run.revision, run.now)
    found = [
        pending._replace(reading=run.applied(pending.reading))
        for pending in index.gather_pages(paths)
    ]
    asked = [one for pending in found for one in articles.asked(run, pending)]
    index.gather(asked)
    if len(paths) > _FEW:
        run.updates.ask(one.span for one in asked if one.span and one.is_article)
    for pending in found:
        decide_one(index, pending)
    effects = index.write()
    _supersede(run, (pending.path for pending in found if pending.reading.fetched))
    return effects


def _supersede(run: Run, paths: Iterable[str]) -> None:
    """Has nothing be wrong any more with versions that are older than the newest, if in ``paths``.

    Not with all of them, since those before were told so when they were.
    """
    root, listed = run.order.newsroom.root, run.source.listed
    newest = (path for path in paths if not listed.is_superseded(path))
    older = [path for own in newest for path in captured.older(root, own)[-_FEW:]]
    readings.supersede(run.connection, older)


def try_held(run: Run, fresh: Collection[str], *, everything: bool) -> Effects:
    """Tries the held stories again that are due, or all; not of the ``fresh`` pages."""
    waiting = held_stories.pages_to_try(run.connection, run.now, everything=everything)
    paths = [path for path in waiting if path not in fresh]
    return _decide_all(run, paths, partial(articles.decide_held, run))


def _undecide_restated(run: Run, *, told: bool) -> Effects:
    """Marks the pages of which something else is said outside of them than when last decided.

    ``told``: what is doubtful in rules and table is said as well.
    """
    applied = readings.outside_hashes(run.connection)
    changed = [
        path for path, before in applied.items() if run.source.outside.hash_of(path) != before
    ]
    readings.undecide(run.connection, changed)
    # what the program failed on may have been said there: these are read anew by the next run
    failed = [
        path
        for path, why in readings.failures(run.connection).items()
        if why.code == PAGE_FAILED and path in run.present
    ]
    if failed:
        readings.reset(run.connection, failed)
    settings.put(run.connection, "outside", run.source.outside.digest)
    outside = run.source.outside
    found: list[Problem] = []
    if told:
        gone = partial(readings.missing_since, run.connection)
        found = outside.idle(run.present, lambda path: gone(path) is not None)
    return Effects(
        problems=tuple(one for one in found if one.weight == "loss"),
        notices=(
            *(outside.notices if told else ()),
            *(one for one in found if one.weight != "loss"),
        ),
        is_settled=not failed,
    )


def _doubts_of_statements(reading: Reading) -> Effects:
    """What is doubtful in what is said about a page outside of it."""
    found = reading.findings
    return Effects(notices=tuple(one for one in found if one.file and one.weight != "hold"))


def untold(run: Run) -> Effects:
    """What is wrong with pages of which nobody was told yet, and is told now."""
    effects: list[Effects] = []
    about_rules: list[tuple[str, Problem]] = []
    for page in readings.untold(run.connection):
        if run.source.listed.is_superseded(page.path):
            continue  # what is wrong with it is so no more
        if page.failure:
            effects.append(Effects(problems=(page.failure,)))
        if page.reading:
            try:
                effects.append(_doubts_of_page(run, page.path, page.reading))
            except BaseException as error:  # noqa: BLE001 - raised again if it is not this page's
                effects.append(refuse_page(run, page.path, error))
            about_rules += about_rules_in(page.reading)
    readings.mark_told(run.connection)
    return total((*effects, Effects(notices=tuple(rule_doubts.told_once(about_rules)))))


def files_beside(run: Run) -> Effects:
    """That files lie beside the pages that are none, if it was not told yet of as many."""
    listed = run.source.listed
    before = settings.find_json(run.connection, BESIDE, dict[str, int]) or {}
    if not listed.is_complete or listed.beside == before:
        return Effects()
    settings.put_json(run.connection, BESIDE, listed.beside)
    return Effects(notices=tuple(told_beside(listed.beside)))


def _doubts_of_page(run: Run, path: str, reading: Reading) -> Effects:
    found = [one for one in run.applied(reading).findings if not rule_doubts.is_about_rule(one)]
    return Effects(
        problems=tuple(one.at(path) for one in found if one.weight == "loss"),
        notices=tuple(one.at(path) for one in found if one.weight == "doubt"),
    )


def about_rules_in(reading: Reading) -> list[tuple[str, Problem]]:
    """What a page says of the rules by which it was read, with its path."""
    return [(reading.page, one) for one in reading.findings if rule_doubts.is_about_rule(one)]


def vanished(connection: Connection, now: datetime) -> list[Problem]:
    """Each page missed first in this run whose story has no other page; of many, some."""
    meant = decisions.let_go(connection)
    missed = entries.without_page(connection, now)
    found = [one for one in missed if not is_let_go(one.path, one.returned, meant)]
    told = [
        Problem(
            "page-vanished",
            f"the page is gone; its story '{one.title}' stays published",
            remedy="put the page back if it was moved by mistake; "
            f"if it is gone on purpose: feeds gone {shlex.quote(one.path)}",
            file=one.path,
        )
        for one in found[:_MOST_NAMED]
    ]
    if count := len(found) - len(told):
        gone = (
            f"{count:,} more pages are gone; their stories stay"
            if count > 1
            else "1 more page is gone; its story stays"
        )
        remedy = (
            "is a folder or a share not mounted? 'feeds status' goes on telling of them; "
            "if they are gone on purpose: feeds gone FOLDER"
        )
        told.append(Problem("pages-vanished", f"… and {gone} published", remedy=remedy))
    return told
