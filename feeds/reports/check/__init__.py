"""``feeds check``: what is wrong with a newsroom, where, and what to do.

Rules
- Nothing is written, and no lock is taken: it may run while something is being published.
- Whatever is wrong with one part stops the look at no other: a damaged ledger is a remark.
- Where site.toml is wrong, the rest is looked at with the configuration last published.
- What takes long with many stories (each row of the ledger, its file, all archives) is done for the
  newest alone, and told so, unless somebody asks for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from feeds.ledger import doubts, integrity, revisions
from feeds.ledger.connect import Ledger, open_to_read
from feeds.ledger.engines import engine, restore
from feeds.model import Reading
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.model.unexpected import failure_on
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom, folder
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.reports.answers import counted, filled
from feeds.reports.check import (
    common_lines,
    configuration,
    documents,
    doubles,
    keys,
    ledgers,
    partners,
)
from feeds.reports.facts import LOOKED, Facts, gather_facts
from feeds.reports.problems import (
    LOOKS,
    MOST,
    Area,
    Found,
    Severity,
    cut,
    look_at,
    outside_found,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
_OF_A_DOCUMENT = 10
"""How many remarks of a kind are shown on one document."""
_Made = TypeVar("_Made")


class Remark(NamedTuple):
    """One thing that is wrong, or may be."""

    area: Area
    severity: Severity
    problem: Problem


class Finding(msgspec.Struct, frozen=True):
    """A remark, for programs."""

    area: Area
    severity: Severity
    code: str
    place: str
    file: str
    line: int
    field: str
    what: str
    remedy: str


class Findings(msgspec.Struct, frozen=True):
    """All remarks, and how many there are of each severity."""

    errors: int
    warnings: int
    hints: int
    findings: list[Finding]


def check_newsroom(
    newsroom: Newsroom, now: datetime, watch: Watch = unwatched, *, whole: bool = False
) -> list[Remark]:
    """All that is wrong with ``newsroom`` as of ``now``, the worst first.

    ``watch`` is handed what takes long. ``whole``: every row of the ledger is looked at, however
    many there are, and not those of the newest pages and entries alone.
    """
    check = _Check(newsroom, whole=whole)
    check.run(now, watch)
    return sorted(check.found, key=lambda remark: SEVERITIES.index(remark.severity))


def exit_code(found: Sequence[Remark]) -> int:
    """0 if there is nothing but hints, else 1."""
    return int(any(remark.severity != "hint" for remark in found))


def findings(found: Sequence[Remark]) -> Findings:
    """What is wrong, ready for JSON."""
    errors, warnings, hints = _counts(found).values()
    said = [filled(Finding, one, one.problem, what=one.problem.told) for one in found]
    return Findings(errors, warnings, hints, said)


def remarks_text(found: Sequence[Remark]) -> str:
    """What is wrong, for a terminal."""
    lines = [line for remark in found for line in _lines(remark)]
    counts = [counted(count, name) for name, count in _counts(found).items() if count]
    return "\n".join([*lines, ", ".join(counts) or "nothing is wrong"])


def _lines(remark: Remark) -> list[str]:
    """A remark on one line; lines to paste stand below it as they are."""
    remedy, *to_paste = remark.problem.remedy.split("\n")
    told = msgspec.structs.replace(remark.problem, remedy=remedy)
    return [f"{remark.severity:<8} {told}", *(f"    {line}" for line in to_paste)]


def _counts(found: Sequence[Remark]) -> dict[Severity, int]:
    severities = [remark.severity for remark in found]
    return {severity: severities.count(severity) for severity in SEVERITIES}


def remarks(area: Area, found: Iterable[Found], most: int | None = MOST) -> list[Remark]:
    """Remarks on what was ``found``, which is of one kind, the worst first.

    Of each severity the first ``most``, and how many more there are. But whoever asks for undated
    stories to be held wants to see each.
    """
    made = [Remark(area, severity, problem) for severity, problem in cut(found, most)]
    return sorted(made, key=_weight)


def _weight(remark: Remark) -> tuple[int, bool]:
    return SEVERITIES.index(remark.severity), remark.problem.code == "undated"


class _Check:
    """One check: its newsroom, and what was found so far."""

    def __init__(self, newsroom: Newsroom, *, whole: bool) -> None:
        self.newsroom = newsroom
        self.most = None if whole else LOOKED
        self.ledger: Ledger | None = None
        self.found: list[Remark] = []

    def run(self, now: datetime, watch: Watch) -> None:
        newsroom = self.newsroom
        if site := self.attempt("configuration", newsroom.site):
            self.found += remarks("configuration", configuration.unreachable(site))
            self.found += remarks("configuration", configuration.unknown_language(site))
            self.found += remarks(
                "configuration", configuration.missing_programs(site, newsroom.root)
            )
            if written := self.attempt("configuration", newsroom.configuration):
                self.found += remarks("configuration", configuration.beyond_partners(written))
        lost = self.attempt("ledger", lambda: list(ledgers.lost(newsroom)))
        self.found += remarks("ledger", lost or ())
        if engine(newsroom.database).size() or not lost:
            told = {str(remark.problem) for remark in self.found}
            self.found += remarks("ledger", ledgers.last_run(newsroom.database, now, told))
        self.found += remarks("ledger", ledgers.open_to_others(newsroom.database))
        self.ledger = self.attempt("ledger", lambda: open_to_read(newsroom.database))
        self.add("ledger", lambda ledger: ledgers.ahead(ledger, newsroom.database, now))
        self.add("ledger", lambda ledger: ledgers.in_part(ledger, newsroom.database, self.most))
        if self.most is None or (self.ledger and not ledgers.is_large(newsroom.database)):
            self.add("ledger", lambda ledger: ledgers.file_damage(ledger, newsroom.database))
            self.add("ledger", lambda ledger: ledgers.orphans(ledger, newsroom.database))
        self.add("ledger", lambda ledger: ledgers.nameless(ledger, self.most))
        site = site or self.ask_ledger("ledger", _last_site)
        decided = self.attempt("configuration", newsroom.decided)
        if decided is not None:
            made, wrong = decided
            self.found += remarks("configuration", configuration.unread(decided), None)
            self.add("configuration", lambda ledger: configuration.unclear(ledger, made))
            if not wrong:  # what isn't there may be among it
                self.add("configuration", lambda ledger: configuration.gone(ledger, made))
        if site is not None:
            self.rest(site, now, watch)

    def rest(self, site: Site, now: datetime, watch: Watch) -> None:
        """Pages, entries and documents."""
        outside = self.attempt("configuration", lambda: self.newsroom.outside(site))
        outside = outside or Outside(site.pages, self.newsroom.root.as_posix())
        if self.ledger is None:
            self.found += remarks("configuration", outside_found(outside))
        self.add("ledger", lambda ledger: ledgers.other_authority(ledger, site))
        self.add("configuration", lambda ledger: keys.of_no_use(ledger, site))
        facts = self.ask_ledger(
            "pages", lambda ledger: gather_facts(ledger, site, outside, now, self.most)
        )
        facts = facts or Facts(site, outside, now, [], {}, [])
        *looks, objections = LOOKS  # the gate's come last: they concern documents
        for look in looks:
            self.add(look.area, partial(look_at, look, facts))
        self.add("ledger", lambda ledger: doubles.fights(ledger, site, facts.readings))
        self.found += remarks("pages", self.attempt("pages", partial(self.common, outside)) or ())
        survey = self.ask_ledger("ledger", lambda ledger: doubles.survey(ledger, site, self.most))
        if survey is not None:
            self.found += remarks("ledger", (("error", problem) for problem in survey.damaged))
            most = None if site.undated == "hold" else MOST
            self.add("pages", lambda ledger: ledgers.undated(ledger, most), None)
            self.add("ledger", lambda ledger: doubles.shared_urls(ledger, survey))
            self.add_each("merge", lambda ledger: doubles.same_stories(ledger, survey, watch))
        self.add_each(
            "documents", lambda ledger: documents.wrong(ledger, site, self.most), _OF_A_DOCUMENT
        )
        self.add_each("documents", lambda ledger: partners.kept_from(ledger, now))
        self.add("pages", partial(look_at, objections, facts))

    def common(self, outside: Outside) -> list[Found]:
        """Lines that pages have in common: of those last saved, or of all that there are."""
        root = self.newsroom.root
        paths = self.ask_ledger("pages", lambda ledger: doubts.newest_paths(ledger, self.most))
        if paths is None:
            found = sorted(folder.pages(root), key=lambda item: item.modified, reverse=True)
            paths = [item.path for item in found if item.refusal is None]
        known = partial(self.read_before, outside)
        return list(common_lines.propose_furniture(root, outside, paths, known))

    def read_before(self, outside: Outside, paths: Collection[str]) -> dict[str, Reading]:
        """What the ledger has of the pages at ``paths``, if they would be read as they were."""
        found = self.ask_ledger("pages", lambda ledger: [*integrity.readings_of(ledger, paths)])
        return {
            one.path: one.reading
            for one in found or ()
            if one.reading and one.reading.guided == outside.guidance(one.path).digest
        }

    def add(
        self,
        area: Area,
        find: Callable[[Connection], Iterable[Found]],
        most: int | None = MOST,
    ) -> None:
        """Adds what ``find`` finds in the ledger, which is of one kind."""
        self.add_each(area, lambda connection: [find(connection)], most)

    def add_each(
        self,
        area: Area,
        find: Callable[[Connection], Iterable[Iterable[Found]]],
        most: int | None = MOST,
    ) -> None:
        """Adds what ``find`` finds in the ledger, each kind in a list of its own."""

        def made(connection: Connection) -> list[list[Remark]]:
            return [remarks(area, some, most) for some in find(connection)]

        for some in self.ask_ledger(area, made) or ():
            self.found += some

    def ask_ledger(self, area: Area, find: Callable[[Connection], _Made]) -> _Made | None:
        """What ``find`` makes of the ledger; None if there is none, or it is too damaged."""
        ledger = self.ledger
        if ledger is None:
            return None

        def read() -> _Made:
            with ledger.read() as connection:
                return find(connection)

        return self.attempt(area, read)

    def attempt(self, area: Area, look: Callable[[], _Made]) -> _Made | None:
        """What ``look`` comes to; None, and remarks, if that fails."""
        try:
            return look()
        except FeedsError as error:
            problems = error.problems
        except (OSError, ValueError, TypeError, LookupError, ArithmeticError) as error:
            # what decoding a damaged row can come to
            place = self.newsroom.database
            what = f"damaged: {error}"
            problems = (Problem("damaged", what, remedy=restore(place), file=str(place)),)
        except Exception as error:  # noqa: BLE001 - whatever it is, all else is looked at
            what = f"look for what is wrong with {area}"
            problems = (failure_on(error, str(self.newsroom.root), what),)
        known = {remark.problem for remark in self.found}  # whatever was looked at when it was met
        new = [problem for problem in problems if problem not in known]
        self.found += remarks(area, (("error", problem) for problem in new))
        return None


def _last_site(connection: Connection) -> Site | None:
    return next((revision.site for revision in revisions.latest(connection)), None)
