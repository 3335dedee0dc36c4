"""What is looked at, besides the ledger, to find what is wrong with a newsroom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from feeds.entries import identity
from feeds.ledger import doubts, integrity, readings, settings
from feeds.model import Reading
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import statements

if TYPE_CHECKING:
    from sqlalchemy import Connection

LOOKED = 2000
"""So many of the newest pages and entries are decoded to see whether they are whole."""


class Anew(NamedTuple):
    """What is doubtful about a page by what is said of it now."""

    findings: tuple[Problem, ...]
    is_unaddressed: bool


class Facts(NamedTuple):
    """What is looked at besides the ledger.

    ``readings`` are of the pages that are there and were saved last, as they are published, without
    what nothing here looks at; ``damaged`` says which can't be decoded. ``anew`` are, by path, the
    pages of which the ledger doesn't know what is doubtful, or something else is said by now.
    """

    site: Site
    outside: Outside
    now: datetime
    readings: list[Reading]
    anew: dict[str, Anew]
    damaged: list[Problem]


def gather_facts(
    connection: Connection, site: Site, outside: Outside, now: datetime, most: int | None = LOOKED
) -> Facts:
    """The facts of a newsroom with the configuration ``site``, as of ``now``.

    ``most``: so many readings are decoded; all, if that is None.
    """
    facts = Facts(site, outside, now, [], {}, [])
    seen = set()
    unsure = set(doubts.unknown(connection))
    if settings.find(connection, "outside") != outside.digest:
        applied = readings.outside_hashes(connection)
        unsure |= {path for path, before in applied.items() if outside.hash_of(path) != before}
    for written in integrity.each_reading(connection, most):
        seen.add(written.path)
        if whole := _whole(facts, written):
            article = whole.article and msgspec.structs.replace(whole.article, content="")
            facts.readings.append(  # all of them are in memory at once
                msgspec.structs.replace(
                    whole, article=article, latest=(), dropped=(), statements=()
                )
            )
            if written.path in unsure:
                facts.anew[written.path] = _anew(whole)
    for written in integrity.readings_of(connection, unsure - seen):
        if whole := _whole(facts, written):
            facts.anew[written.path] = _anew(whole)
    return facts


def _whole(facts: Facts, written: integrity.Written) -> Reading | None:
    """What was read of a page, with what is stated of it; None if it is damaged, which is noted."""
    path, reading, problem = written
    if reading is None:
        what = f"what was read of it is damaged: {problem}"
        remedy = "'feeds publish --reread' reads the page again"
        facts.damaged.append(Problem("reading-damaged", what, remedy=remedy, file=path))
        return None
    try:
        outside, site = facts.outside.of(path), facts.site
        return statements.with_statements(
            reading, outside, site.site_url, site.front_matter_ignore, site.files_url
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this page's
        facts.damaged.append(failure_on(error, path, "apply what is stated of this page"))
        return None


def _anew(reading: Reading) -> Anew:
    return Anew(reading.findings, identity.is_unaddressed(reading))
