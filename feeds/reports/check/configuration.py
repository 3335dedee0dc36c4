"""What is wrong with site.toml, pages.csv and decisions.toml."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.entries import names, overlay
from feeds.ledger import decisions as stored_decisions
from feeds.ledger.connect import Ledger
from feeds.model.errors import ConfigError, FeedsError
from feeds.model.problem import Problem
from feeds.newsroom import CONFIGURATION, Newsroom, decisions, folder
from feeds.newsroom.decisions import Decision
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site, is_example
from feeds.reports import lookup
from feeds.reports.check.remarks import Remark, Severity, capped, remarks
from feeds.text import urls

_ABOUT_ENTRIES = {"retract", "restore", "correct", "merge"}


def site(newsroom: Newsroom) -> tuple[Site | None, list[Remark]]:
    """The configuration, None if it is wrong; and what is to be said of it."""
    try:
        found = newsroom.site()
    except ConfigError as error:
        return None, remarks("configuration", "error", error.problems)
    return found, [*_reach(found)]


def _reach(found: Site) -> Iterator[Remark]:
    """Whether the feeds can be reached from outside."""
    if not urls.is_loopback(found.feeds_url):
        return
    severity: Severity = "warning"
    what = f"feeds_url is {found.feeds_url}, which this machine alone can reach"
    if found.hubs:
        severity, what = "error", f"{what}, and hubs are to fetch it from there"
    elif urls.is_loopback(found.site_url):
        return
    elif is_example(found.authority):
        severity = "hint"  # the sample's: nobody but this machine may subscribe to it
    remedy = "write the address at which subscribers reach it"
    problem = Problem("unreachable", what, remedy=remedy, file=CONFIGURATION)
    yield Remark("configuration", severity, problem)


def outside(newsroom: Newsroom, found: Site) -> tuple[Outside, list[Remark]]:
    """What is said about pages outside of them, and what is wrong with that."""
    try:
        made = newsroom.outside(found)
    except FeedsError as error:
        said = remarks("configuration", "error", error.problems)
    else:
        return made, remarks("configuration", "warning", made.notices)
    return Outside(found.pages, newsroom.root.as_posix()), said


def idle(made: Outside, paths: set[str]) -> list[Remark]:
    """Rules and rows that say something of no page in ``paths``."""
    return remarks("configuration", "hint", made.idle(paths))


def decreed(newsroom: Newsroom) -> tuple[list[Decision] | None, list[Remark]]:
    """The decisions in the newsroom's file, None if they can't be read; and what is wrong."""
    try:
        file = folder.beside(newsroom.root, folder.DECISIONS)
        data = folder.read_file(newsroom.root, file) if file else b""
        return decisions.decode_decisions(data), []
    except FeedsError as error:
        return None, remarks("configuration", "error", error.problems)


def named(ledger: Ledger, made: list[Decision]) -> list[Remark]:
    """Those of the decisions ``made`` that name nothing, or more than one entry."""
    said = []
    with ledger.read() as connection:
        known = stored_decisions.by_key(connection)
        for decision in made:
            record = known.get(decision.key)
            sure = (record.entry, record.duplicate) if record else (None, None)
            if decision.action not in _ABOUT_ENTRIES or (
                record and overlay.decree(record.decision, record.decided, *sure)
            ):
                continue
            for name, entry in zip((decision.entry, decision.duplicate), sure, strict=True):
                if not name or entry:
                    continue
                fitting = names.of_day(lookup.called(connection, name), decision.day)
                if len(fitting) == 1:
                    continue
                what = f"{decision.action}: nothing is known as '{name}'"
                remedy = "'feeds list' shows what is"
                if fitting:
                    what = f"{decision.action}: '{name}' can be {len(fitting)} entries"
                    shown = ", ".join(item.id for item in fitting[:5])
                    remedy = f"write one of their ids: {shown}"
                said.append(
                    Remark(
                        "configuration",
                        "warning",
                        Problem(
                            "decision-unclear", what, decision.line, remedy, file=decisions.FILE
                        ),
                    )
                )
    return capped(said)


def deleted(ledger: Ledger, made: list[Decision]) -> list[Remark]:
    """Decisions that are not among those ``made``, and in force all the same."""
    there = {decision.key for decision in made}
    with ledger.read() as connection:
        known = stored_decisions.by_key(connection)
    return capped(
        Remark(
            "configuration",
            "warning",
            Problem(
                "decision-gone",
                f"a decision is gone ({record.decision.action} "
                f"{record.entry or record.decision.entry}), and stays in force",
                remedy='write it again, or undo it with another: action = "restore"',
                file=decisions.FILE,
            ),
        )
        for key, record in known.items()
        if key not in there and record.decision.action in _ABOUT_ENTRIES
    )
