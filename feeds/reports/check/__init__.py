"""``feeds check``: what is wrong with a newsroom, where, and what to do.

Rules
- Nothing is written, and no lock is taken: it may run while something is being published.
- Whatever is wrong with one part stops the look at no other: a damaged ledger is a remark.
- Where site.toml is wrong, the rest is looked at with the configuration last published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from feeds.ledger import decisions, revisions
from feeds.ledger.connect import Ledger, open_to_read
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom
from feeds.newsroom.site import Site
from feeds.reports import lookalikes
from feeds.reports.check import configuration, documents, ledgers, pages
from feeds.reports.check.remarks import Area, Remark, capped

_ORDER = ("error", "warning", "hint")
_Made = TypeVar("_Made")


def check_newsroom(newsroom: Newsroom, now: datetime, watch: Watch = unwatched) -> list[Remark]:
    """All that is wrong with ``newsroom`` as of ``now``, the worst first.

    ``watch`` is handed what takes long.
    """
    return _Check(newsroom, now, watch).run()


def exit_code(remarks: Sequence[Remark]) -> int:
    """0 if there is nothing but hints, else 1."""
    return int(any(remark.severity != "hint" for remark in remarks))


def remark_fields(remarks: Sequence[Remark]) -> dict[str, Any]:
    """What is wrong, ready for JSON."""
    return {**_counts(remarks), "findings": [_fields(remark) for remark in remarks]}


def _fields(remark: Remark) -> dict[str, Any]:
    problem = remark.problem
    return {
        "area": remark.area,
        "severity": remark.severity,
        "code": problem.code,
        "place": problem.place,
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "what": problem.told,
        "remedy": problem.remedy,
    }


def remarks_text(remarks: Sequence[Remark]) -> str:
    """What is wrong, for a terminal."""
    lines = [f"{remark.severity:<8} {remark.problem}" for remark in remarks]
    counts = [
        f"{count} {name if count != 1 else name.removesuffix('s')}"
        for name, count in _counts(remarks).items()
        if count
    ]
    return "\n".join([*lines, ", ".join(counts) or "nothing is wrong"])


def _counts(remarks: Sequence[Remark]) -> dict[str, int]:
    return {
        f"{severity}s": sum(remark.severity == severity for remark in remarks)
        for severity in _ORDER
    }


class _Check:
    """One check: its newsroom, and what was found so far."""

    def __init__(self, newsroom: Newsroom, now: datetime, watch: Watch) -> None:
        self.newsroom = newsroom
        self.now = now
        self.watch = watch
        self.found: list[Remark] = []

    def run(self) -> list[Remark]:
        site, said = configuration.site(self.newsroom)
        self.found += said
        self.add("ledger", lambda: ledgers.last_run(self.newsroom.database, self.now))
        ledger = self.tried("ledger", lambda: open_to_read(self.newsroom.database))
        if ledger is not None:
            self.add("ledger", lambda: ledgers.file(ledger))
            self.add("ledger", lambda: ledgers.orphans(ledger))
            site = site or self.tried("ledger", lambda: _last_site(ledger))
        self.decisions(ledger)
        if site is not None:
            self.rest(site, ledger)
        return sorted(self.found, key=lambda remark: _ORDER.index(remark.severity))

    def decisions(self, ledger: Ledger | None) -> None:
        made, said = configuration.decreed(self.newsroom)
        self.found += said
        if made is not None and ledger is not None:
            self.add("configuration", lambda: configuration.named(ledger, made))
            self.add("configuration", lambda: configuration.deleted(ledger, made))

    def rest(self, site: Site, ledger: Ledger | None) -> None:
        """Pages, entries and documents."""
        outside, said = configuration.outside(self.newsroom, site)
        self.found += said
        if ledger is None:
            return
        self.add("ledger", lambda: ledgers.authority(ledger, site))
        self.add("ledger", lambda: ledgers.given_up(ledger))
        self.add("pages", lambda: pages.failed(ledger))
        read, said = self.tried("pages", lambda: pages.readable(ledger, outside)) or ([], [])
        self.found += said
        self.found += configuration.idle(outside, {reading.page for reading in read})
        self.add("pages", lambda: pages.held(ledger, site, read, self.now))
        self.add("pages", lambda: pages.doubtful(read, site, self.now))
        self.add("pages", lambda: pages.vanished(ledger, site))
        self.add("pages", lambda: pages.older(ledger))
        self.add("ledger", lambda: ledgers.fights(ledger, site, read))
        survey = self.tried("ledger", lambda: ledgers.survey(ledger, site))
        if survey is not None:
            self.found += capped(survey.damaged)
            self.add("pages", lambda: pages.undated(ledger, survey.undated, site))
            self.add("ledger", lambda: ledgers.shared_urls(survey))
            self.add("merge", lambda: _merges(ledger, survey, self.watch))
        self.add("documents", lambda: documents.documents(ledger, site))
        self.add("pages", lambda: pages.objections(ledger))

    def add(self, area: Area, look: Callable[[], list[Remark]]) -> None:
        self.found += self.tried(area, look) or []

    def tried(self, area: Area, look: Callable[[], _Made]) -> _Made | None:
        """What ``look`` finds; None, and a remark, if the ledger is too damaged for it."""
        try:
            return look()
        except FeedsError as error:
            problem = msgspec.structs.replace(error.problem, file=str(self.newsroom.database))
        except (OSError, ValueError, TypeError, LookupError, ArithmeticError) as error:
            # what decoding a damaged row can come to
            remedy = "restore a copy made with 'feeds backup'"
            database = str(self.newsroom.database)
            problem = Problem("damaged", f"damaged: {error}", remedy=remedy, file=database)
        remark = Remark(area, "error", problem)
        if remark not in self.found:
            self.found.append(remark)
        return None


def _last_site(ledger: Ledger) -> Site | None:
    with ledger.read() as connection:
        return next((revision.site for revision in revisions.latest(connection)), None)


def _merges(ledger: Ledger, survey: ledgers.Survey, watch: Watch) -> list[Remark]:
    """Entries that may be one story, but those of which somebody decided already."""
    with ledger.read() as connection:
        decided = {
            frozenset((record.entry, record.duplicate))
            for record in decisions.by_key(connection).values()
            if record.decision.action == "merge"
        }
    found, whole = lookalikes.pairs(survey.briefs, watch=watch)
    said = [
        Remark(
            "merge",
            "hint",
            Problem(
                "same-story",
                f"are these one story ({pair.why})? '{pair.keep.title}' ({_day(pair.keep)}) and "
                f"'{pair.duplicate.title}' ({_day(pair.duplicate)})",
                remedy=f"feeds merge {pair.keep.hash} {pair.duplicate.hash}",
                file=f"{pair.keep.hash} and {pair.duplicate.hash}",
                entries=(pair.keep.hash, pair.duplicate.hash),
            ),
        )
        for pair in found
        if frozenset((pair.keep.id, pair.duplicate.id)) not in decided
    ]
    if not whole:
        what = "there are more entries than can be compared; the oldest were not"
        return [*capped(said), Remark("merge", "hint", Problem("too-many-to-compare", what))]
    return capped(said)


def _day(brief: lookalikes.Brief) -> str:
    return brief.day.isoformat() if brief.day else "undated"
