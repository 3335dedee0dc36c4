"""What is wrong with site.toml and decisions.toml."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feeds.entries import names, overlay
from feeds.ledger import decisions as stored_decisions
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, Configuration, decisions
from feeds.newsroom.decisions import Decision
from feeds.newsroom.decisions_file import Written
from feeds.newsroom.site import Site, is_example
from feeds.newsroom.site_file import limits_beyond_partners
from feeds.reports.lookup import entries_called
from feeds.reports.problems import Found, Severity
from feeds.text import languages, urls

if TYPE_CHECKING:
    from sqlalchemy import Connection


def unreachable(site: Site) -> Iterator[Found]:
    """That the feeds can't be reached from outside."""
    if not urls.is_loopback(site.feeds_url):
        return
    severity: Severity = "warning"
    what = f"feeds_url is {site.feeds_url}, which this machine alone can reach"
    if site.hubs:
        severity, what = "error", f"{what}, and hubs are to fetch it from there"
    elif urls.is_loopback(site.site_url):
        return
    elif is_example(site.authority):
        severity = "hint"  # the sample's: nobody but this machine may subscribe to it
    remedy = "write the address at which subscribers reach it"
    yield severity, Problem("unreachable", what, remedy=remedy, file=CONFIGURATION)


def unknown_language(site: Site) -> Iterator[Found]:
    """That the site's language is none: documents then name none."""
    if languages.known_language(site.language) is None:
        what = f"no language is called '{site.language}', so that feeds name none"
        remedy = "write a language tag such as 'en' or 'az'"
        yield (
            "warning",
            Problem("language-unknown", what, remedy=remedy, file=CONFIGURATION, field="language"),
        )


def missing_programs(site: Site, root: Path) -> Iterator[Found]:
    """Commands of [publish] whose program isn't there, as it is sought when they are run."""
    for field, command in (("after", site.publish.after), ("on_problem", site.publish.on_problem)):
        if not command:
            continue
        program = command[0]
        if "/" in program:  # from the folder above the pages, in which they are run
            is_there = os.access(root.parent / program, os.X_OK)
        else:
            is_there = shutil.which(program) is not None
        if not is_there:
            what = f"there is no program '{program}' that this user may run"
            remedy = "write its absolute path: cron looks into few folders"
            problem = Problem("program-missing", what, remedy=remedy, file=CONFIGURATION)
            yield "warning", msgspec.structs.replace(problem, field=field)


def beyond_partners(written: Configuration) -> Iterator[Found]:
    """Feeds that ask for more stories than their partner takes."""
    for problem in limits_beyond_partners(written.data.decode("utf-8-sig"), CONFIGURATION):
        yield "hint", problem


def unclear(connection: Connection, made: list[Decision]) -> Iterator[Found]:
    """Those of the decisions ``made`` that name nothing, or more than one entry."""
    known = stored_decisions.by_key(connection)
    for decision in made:
        record = known.get(decision.key)
        sure = (record.entry, record.duplicate) if record else (None, None)
        if decision.action in decisions.ABOUT_PAGES or (
            record and overlay.decree(record.decision, record.decided, *sure)
        ):
            continue
        for name, entry in zip((decision.entry, decision.second), sure, strict=True):
            if not name or entry:
                continue
            fitting = names.of_day(entries_called(connection, name), decision.day)
            if len(fitting) == 1:
                continue
            what = f"{decision.action}: nothing is known as '{name}'"
            remedy = "'feeds list' shows what is"
            if fitting:
                what = f"{decision.action}: '{name}' can be {len(fitting)} entries"
                shown = ", ".join(item.id for item in fitting[:5])
                remedy = f"write one of their ids: {shown}"
            file, line = decisions.FILE, decision.line
            yield "warning", Problem("decision-unclear", what, line, remedy, file=file)


def unread(written: Written) -> Iterator[Found]:
    """The tables that can't be understood."""
    for problem in written.wrong:
        yield "error", problem


def gone(connection: Connection, made: list[Decision]) -> Iterator[Found]:
    """Decisions that are not among those ``made``, and in force all the same."""
    there = {decision.key for decision in made}
    for key, record in stored_decisions.by_key(connection).items():
        if key not in there and record.decision.action not in decisions.ABOUT_PAGES:
            yield "warning", decisions.gone(record.decision, record.entry)
