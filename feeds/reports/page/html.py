"""The report as a page: everything in one file, nothing in it runs. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, Template
from markupsafe import Markup

from feeds.ledger.holds import HeldStory
from feeds.ledger.lock import LastRun
from feeds.newsroom.site import Site
from feeds.reports.check import Remark
from feeds.reports.history import Logged
from feeds.reports.page.lines import Lines
from feeds.text import characters, dates

_SEVERITIES = {"error": "to mend", "warning": "to look at", "hint": "good to know"}


class Note(NamedTuple):
    """A remark, and what to write; of one about a page its ``line``, with the lines around it."""

    remark: Remark
    to_write: Sequence[Lines] = ()
    line: int = 0
    quoted: Sequence[tuple[int, str]] = ()


class OnPage(NamedTuple):
    """What is said of a page. ``understood`` is front matter with what was read."""

    path: str
    notes: list[Note]
    understood: Lines | None


class Report(NamedTuple):
    """What is in a report as of ``now``; ``name`` stands in for the title of a ``site``.

    ``others`` are about no page; ``more_pages`` are not shown. ``waiting`` are held stories whose
    moment is known, the next one first; ``more_waiting`` are not shown.
    """

    site: Site | None
    name: str
    now: datetime
    last_run: LastRun | None
    others: Sequence[Note]
    pages: Sequence[OnPage] = ()
    more_pages: int = 0
    waiting: Sequence[HeldStory] = ()
    more_waiting: int = 0
    revisions: Sequence[Logged] = ()
    audience: Markup = Markup()


def page(report: Report) -> str:
    """The whole page."""
    zone = dates.zone(report.site.timezone if report.site else "UTC")

    def due(when: datetime) -> str:
        return dates.with_zone(when, zone)

    def moment(when: datetime) -> str:
        local = when.astimezone(zone)
        return f"{dates.day_for_people(local.date())}, {local:%H:%M}"

    style = _file("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    notes = [*report.others, *(note for each in report.pages for note in each.notes)]
    severities = [note.remark.severity for note in notes]
    made = _template().render(
        report._asdict(),
        merges=[note for note in report.others if note.remark.area == "merge"],
        others=[note for note in report.others if note.remark.area != "merge"],
        title=report.site.title if report.site else report.name,
        zone=zone.key,
        moment=moment,
        due=due,
        style=Markup(style),  # noqa: S704 a file of this program
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:",
        severities=_SEVERITIES,
        counts=[
            f"{severities.count(severity)} {words}"
            for severity, words in _SEVERITIES.items()
            if severity in severities
        ],
    )
    return characters.shown(made)  # names of files and lines of pages may have anything in them


@cache
def _template() -> Template:
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(_file("report.html"))


def _file(name: str) -> str:
    return files("feeds.reports.page").joinpath("templates", name).read_text("utf-8")
