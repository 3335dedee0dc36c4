"""The report as a page: everything in one file, nothing in it runs. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, Template
from markupsafe import Markup

from feeds.ledger.lock import LastRun
from feeds.newsroom.site import Site
from feeds.reports.check.remarks import Remark
from feeds.reports.page.lines import Lines
from feeds.text import characters, dates

_SEVERITIES = {"error": "to mend", "warning": "to look at", "hint": "good to know"}


class Note(NamedTuple):
    """A remark about the ``line`` of a page, with the lines around it, and what to write."""

    remark: Remark
    line: int
    quoted: list[tuple[int, str]]
    to_write: list[Lines]


class OnPage(NamedTuple):
    """What is said of a page. ``understood`` is front matter with what was read."""

    path: str
    notes: list[Note]
    understood: Lines | None


class Waiting(NamedTuple):
    """A story that is published after ``until``, an aware moment."""

    until: datetime
    title: str
    path: str


class Run(NamedTuple):
    """A publish that changed something.

    ``happened`` is what became of some entries, with their headlines; ``more`` are not named.
    """

    number: int
    committed: datetime
    entered: int
    corrected: int
    happened: Sequence[tuple[str, str]]
    more: int


def page(
    site: Site | None,
    now: datetime,
    name: str,
    others: Sequence[Remark],
    *,
    pages: Sequence[OnPage] = (),
    more_pages: int = 0,
    to_write: Mapping[Remark, list[Lines]] | None = None,
    waiting: Sequence[Waiting] = (),
    runs: Sequence[Run] = (),
    last_run: LastRun | None = None,
    audience: Markup | None = None,
) -> str:
    """The whole page; ``name`` stands in for a title.

    ``others`` are the remarks that are about no page; ``more_pages`` are not shown.
    """
    zone = dates.zone(site.timezone if site else "UTC")

    def moment(when: datetime) -> str:
        local = when.astimezone(zone)
        return f"{dates.day_for_people(local.date())}, {local:%H:%M}"

    style = _file("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    remarks = [*others, *(note.remark for each in pages for note in each.notes)]
    counts = {
        words: sum(remark.severity == severity for remark in remarks)
        for severity, words in _SEVERITIES.items()
    }
    made = _template().render(
        title=site.title if site else name,
        zone=zone.key,
        now=moment(now),
        moment=moment,
        style=Markup(style),  # noqa: S704 a file of this program
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:",
        severities=_SEVERITIES,
        counts={words: count for words, count in counts.items() if count},
        pages=pages,
        more_pages=more_pages,
        merges=[remark for remark in others if remark.area == "merge"],
        others=[remark for remark in others if remark.area != "merge"],
        to_write=to_write or {},
        waiting=waiting,
        runs=runs,
        last_run=last_run,
        audience=audience or Markup(),
    )
    return characters.shown(made)  # names of files and lines of pages may have anything in them


@cache
def _template() -> Template:
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(_file("report.html"))


def _file(name: str) -> str:
    return files("feeds.reports.page").joinpath("templates", name).read_text("utf-8")
