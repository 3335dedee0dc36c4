"""What is wrong with a newsroom, found once for ``feeds status``, ``feeds check`` and the report.

A kind of problem is a row of ``LOOKS``: ``check`` and the report tell all of them, ``status`` those
that have a heading there.
"""

from __future__ import annotations

import heapq
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from feeds.capture import standing
from feeds.entries import holds, identity
from feeds.ledger import (
    aliases,
    decisions,
    documents,
    doubts,
    entries,
    exports,
    integrity,
    outbox,
    readings,
    settings,
    shown,
    themes,
)
from feeds.ledger import holds as held_stories
from feeds.ledger.briefs import Undated
from feeds.ledger.holds import HeldStory
from feeds.ledger.savepoints import is_about_ledger
from feeds.model import Entry
from feeds.model.problem import Problem, Weight
from feeds.model.unexpected import failure_on
from feeds.newsroom import CONFIGURATION, folder, rule_doubts
from feeds.newsroom.decisions import is_let_go
from feeds.newsroom.listing import BESIDE, told_beside
from feeds.newsroom.page_rules import Outside
from feeds.readers.feed.items import IN_PART
from feeds.reports import captures
from feeds.reports.answers import in_zone
from feeds.reports.facts import Facts
from feeds.syndication import objections
from feeds.text import dates

if TYPE_CHECKING:
    from sqlalchemy import Connection

Severity = Literal["error", "warning", "hint"]
"""An *error* breaks something for readers or for the next publish, a *warning* needs a person, a
*hint* is good to know."""
Found = tuple[Severity, Problem]
Area = Literal["configuration", "pages", "ledger", "documents", "merge"]
Heading = Literal["failed", "held", "kept_back", "doubtful", "vanished", "hubs_given_up", ""]

_ELSEWHERE = {"", CONFIGURATION, folder.TABLE, folder.DECISIONS}

MOST = 50
"""How many problems of a kind are told; more are counted."""


class Look(NamedTuple):
    """A kind of problem: where ``status`` and ``check`` tell it, and what finds it."""

    heading: Heading
    area: Area
    find: Callable[[Facts, Connection], Iterable[Found]]


def look_at(look: Look, facts: Facts, connection: Connection) -> Iterator[Found]:
    """What ``look`` finds; if the program fails at it, that it does."""
    try:
        yield from look.find(facts, connection)
    except Exception as error:
        if is_about_ledger(error, connection):
            raise
        place = facts.site.title
        yield "error", failure_on(error, place, f"look for what is wrong with {look.area}")


def cut(found: Iterable[Found], most: int | None = MOST) -> Iterator[Found]:
    """Of what was ``found``, which is of one kind, the first ``most`` of each severity.

    Then how many more there are. But whoever asks for undated stories to be held wants to see each.
    """
    counts: Counter[Severity] = Counter()
    for severity, problem in found:
        if problem.code == "undated":
            yield severity, problem
            continue
        counts[severity] += 1
        if most is None or counts[severity] <= most:
            yield severity, problem
    for severity, count in counts.items():
        if most is not None and count > most:
            yield severity, more(count - most)


def more(count: int) -> Problem:
    """That there are ``count`` others."""
    return Problem("more", f"… and {count:,} more like these")


def _failed(_: Facts, connection: Connection) -> Iterator[Found]:
    """Why files could not be read that are there."""
    for path, why in readings.failures(connection).items():
        yield "error", why.at(path)


def _damaged(facts: Facts, _: Connection) -> Iterator[Found]:
    for problem in facts.damaged:
        yield "error", problem


def _unrendered(_: Facts, connection: Connection) -> Iterator[Found]:
    """Why documents are as they were before."""
    for problem in documents.unrendered(connection).values():
        yield "error", problem


def outside_found(outside: Outside) -> Iterator[Found]:
    """What is doubtful about what is said outside of pages."""
    for problem in outside.notices:
        yield "warning", problem


def _outside(facts: Facts, connection: Connection) -> Iterator[Found]:
    """The same, and the rules and rows that say something of no page that there is."""
    yield from outside_found(facts.outside)
    there = {*doubts.paths(connection), *readings.failures(connection)}
    found = facts.outside.idle(
        there, lambda path: readings.missing_since(connection, path) is not None
    )
    for problem in found:
        yield "warning" if problem.weight == "loss" else "hint", problem


def _theme(_: Facts, connection: Connection) -> Iterator[Found]:
    """What of the theme can't be used, or won't be seen."""
    for problem in themes.wrong(connection):
        yield "warning" if problem.weight == "loss" else "hint", problem


def _given_up(_: Facts, connection: Connection) -> Iterator[Found]:
    """Hubs that take nothing, as they were told of when they were given up."""
    for problem in outbox.given_up(connection).values():
        yield "warning", problem


def _behind(_: Facts, connection: Connection) -> Iterator[Found]:
    """Targets of exports whose readers may see what was taken back."""
    for target in exports.failing(connection):
        since = f", since {dates.rfc3339(target.since)}" if target.since else ""
        what = f"{target.name} is behind what is published{since}: {target.failure}"
        remedy = "mend it, and the next 'feeds publish' goes on; or 'feeds export --forget' it"
        yield "error", Problem("export-behind", what, remedy=remedy)


def _held(_: Facts, connection: Connection) -> Iterator[Found]:
    """Why stories are kept out, and somebody has to do something."""
    for story, is_meant in _held_stories(connection):
        if not is_meant:
            what = f"'{story.title}' is held: {story.why}" if story.title else f"held: {story.why}"
            yield "warning", _told_of(story, what, "hold")


def _kept_back(_: Facts, connection: Connection) -> Iterator[Found]:
    """What its editors keep back on purpose: drafts, and embargoes that are still to end."""
    for story, is_meant in _held_stories(connection):
        if is_meant:
            name = f"'{story.title}' is " if story.title else ""
            what = f"{name}kept back: {story.why}"
            yield "hint", _told_of(story, what, "wait")


def _held_stories(connection: Connection) -> Iterator[tuple[HeldStory, bool]]:
    """All that is held, and whether its editor means it."""
    found = held_stories.everywhere(connection)
    drafts = [identity.page_alias(story.path) for story in found if story.code == "draft"]
    entries_of = aliases.ids_named(connection, drafts)
    public = {entry.id for entry in shown.unhidden(connection, entries_of.values())}
    for story in found:
        is_out = entries_of.get(identity.page_alias(story.path)) in public
        yield story, holds.is_meant(story.code, is_out=is_out)


def _told_of(story: HeldStory, what: str, weight: Weight) -> Problem:
    return Problem(story.code, what, story.line, story.remedy, weight, story.path)


def _doubtful(facts: Facts, connection: Connection) -> Iterator[Found]:
    """What the normaliser is not sure of, or had to leave out."""
    about_rules: list[tuple[str, Problem]] = []
    known = (one for one in doubts.each(connection, MOST) if one.path not in facts.anew)
    fresh = sorted((path, one.findings) for path, one in facts.anew.items())
    told = ((path, False, problems) for path, problems in heapq.merge(known, fresh, key=_path))
    future = ((one.file, True, (one,)) for one in _captured_later(facts, connection))
    for path, is_future, problems in heapq.merge(told, future, key=_path):
        for one in problems:
            if rule_doubts.is_about_rule(one):
                about_rules.append((path, one))
            elif is_future:
                yield "warning", one
            elif one.weight != "hold":
                yield "warning" if one.weight == "loss" else "hint", one.at(path)
    pages = doubts.paths(connection)
    for told_once in rule_doubts.told_once(about_rules, pages, facts.outside.guidance):
        yield "hint", told_once


_path = itemgetter(0)


def _captured_later(facts: Facts, connection: Connection) -> Iterator[Problem]:
    """That pages, in the order of their paths, say that they were saved after today."""
    today = facts.now.astimezone(dates.zone(facts.site.timezone)).date()
    for path in doubts.captured_after(connection, today):
        for _, reading, _ in integrity.readings_of(connection, [path]):
            if reading and (future := holds.future_capture(reading, today)):
                yield future


def _imported(_: Facts, connection: Connection) -> Iterator[Found]:
    """What was left out of feeds and exports that were taken over, and what is odd about them."""
    records = decisions.by_key(connection).values()
    latest = {one.decision.address: one.decided for one in records if one.decision.exported}
    told = {
        (problem.code, problem.what): (record, problem)
        for record, problem in decisions.found(connection)
    }
    for record, problem in told.values():
        # a later export of the site has it, or misses it once more
        is_past = record.decided < latest.get(record.decision.address, record.decided)
        # what a text came without was told when it came, and needs nobody any more
        is_lost = problem.weight == "loss" and problem.code != IN_PART and not is_past
        yield "warning" if is_lost else "hint", problem


def _unaddressed(facts: Facts, connection: Connection) -> Iterator[Found]:
    """That HTML pages, which are read somewhere, don't say where; text has no such place."""
    found = [path for path in doubts.unaddressed(connection) if path not in facts.anew]
    found += [path for path, one in facts.anew.items() if one.is_unaddressed]
    if found:
        who = "1 HTML page states" if len(found) == 1 else f"{len(found):,} HTML pages state"
        what = f"{who} no address of their own, as {min(found)}"
        remedy = "state it: link rel=canonical, url: in front matter, or a column url in pages.csv"
        yield (
            "hint",
            Problem("no-address", f"{what}; their entries lead to /stories/ here", 0, remedy),
        )


def _vanished(facts: Facts, connection: Connection) -> Iterator[Found]:
    """The pages that are gone, and whose articles are published."""
    zone = dates.zone(facts.site.timezone)
    meant = decisions.let_go(connection)
    for item in entries.without_page(connection):
        if is_let_go(item.path, item.returned, meant):
            continue
        what = f"gone since {in_zone(item.since, zone)}; '{item.title}' stays published"
        remedy = (
            "put the page back if it was moved by mistake; "
            f"if it is gone on purpose: feeds gone {shlex.quote(item.path)}; "
            f"to take the story back: feeds retract {item.hash}"
        )
        named = (item.hash,)
        yield (
            "warning",
            Problem("page-vanished", what, remedy=remedy, file=item.path, entries=named),
        )


def _captured(facts: Facts, connection: Connection) -> Iterator[Found]:
    """What was captured, is published, and is not on the site any more."""
    for problem in captures.lost(Path(facts.outside.root), facts.site, connection):
        yield "warning", problem


def _failing(facts: Facts, _: Connection) -> Iterator[Found]:
    """Why the newsroom's own site could not be captured."""
    for problem in standing.of_site(Path(facts.outside.root)):
        yield "warning", problem


def _older(_: Facts, connection: Connection) -> Iterator[Found]:
    if count := readings.count_older(connection):
        yield "hint", read_by_another(count)


def read_by_another(count: int) -> Problem:
    """That another version of the program read ``count`` pages."""
    return Problem(
        "read-by-another-version",
        f"{'1 page was' if count == 1 else f'{count} pages were'} "
        "read by another version of the program",
        remedy="'feeds publish --reread --preview' shows what this one would change",
    )


def _beside(_: Facts, connection: Connection) -> Iterator[Found]:
    """That files lie beside the pages that are none."""
    for problem in told_beside(settings.find_json(connection, BESIDE, dict[str, int]) or {}):
        yield "hint", problem


def _objections(_: Facts, connection: Connection) -> Iterator[Found]:
    """Why the gate keeps stories out of every document."""
    for entry, why in shown.objections(connection):
        yield "warning", objections.told_of(entry, why).at(*place_of(connection, entry))


def place_of(connection: Connection, entry: Entry | Undated) -> tuple[str, int]:
    """The page of ``entry``, with the line of its headline, 0 if that doesn't stand there.

    What somebody wrote elsewhere (a row, a decision) is no place to write front matter.
    """
    source = entry.evidence.get("title")
    if source and source.file not in _ELSEWHERE:
        return source.file, source.line
    return next(iter(aliases.pages_of(connection, entry.id)), entry.hash), 0


LOOKS = (
    Look("doubtful", "configuration", _outside),
    Look("doubtful", "configuration", _theme),
    Look("hubs_given_up", "ledger", _given_up),
    Look("", "ledger", _behind),
    Look("failed", "pages", _failed),
    Look("failed", "pages", _damaged),
    Look("failed", "documents", _unrendered),
    Look("held", "pages", _held),
    Look("kept_back", "pages", _kept_back),
    Look("doubtful", "pages", _doubtful),
    Look("vanished", "pages", _vanished),
    Look("vanished", "pages", _captured),
    Look("doubtful", "pages", _failing),
    Look("", "pages", _imported),
    Look("", "pages", _unaddressed),
    Look("", "pages", _older),
    Look("", "pages", _beside),
    Look("held", "pages", _objections),
)
