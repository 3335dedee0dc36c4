"""The editor's report: one page, for somebody who has a folder and a browser and no shell.

What is in it is what ``feeds check`` and ``feeds status`` find, grouped as an editor works: by
page, with the lines in question beside it, and what to write where. It needs no other file, runs
nothing, and asks nobody for anything. Drafts and embargoed stories are named in it. However many
stories there are, it stays a page that somebody reads: of each kind the first, the worst first, and
how many others there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from feeds.audience import charts
from feeds.ledger import audience, holds, integrity, lock, revisions, shown
from feeds.ledger.connect import Ledger, open_to_read
from feeds.ledger.holds import HeldStory
from feeds.model import EntryId, Reading
from feeds.model.errors import FeedsError
from feeds.model.watching import Watch, unwatched
from feeds.newsroom import Newsroom, files, folder, space
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.newsroom.whole import PRIVATE, write_whole
from feeds.normalise import statements
from feeds.readers.decoding import declaration, decoded
from feeds.reports.check import Remark, check_newsroom
from feeds.reports.history import LINES, Logged, logged
from feeds.reports.page import html, lines
from feeds.reports.page.html import Note, OnPage, Report

if TYPE_CHECKING:
    from sqlalchemy import Connection

_REVISIONS = 10
_YEAR = timedelta(days=366)
_MOST_PAGES = 300
_MOST_WAITING = 50
_AROUND = 2
_LONGEST = 300
_ARCHIVE = b"PK\x03\x04"
"""How a Word document begins, which has no lines."""
_LARGEST_QUOTED = 2 * 1024 * 1024
"""In bytes; a page that is larger is not read again only to be quoted."""
_START = b"<!doctype html>"
_Made = TypeVar("_Made")


def write_report(newsroom: Newsroom, file: Path, now: datetime, watch: Watch = unwatched) -> None:
    """Writes the report on ``newsroom`` as of ``now`` (aware) to ``file``, whole or not at all.

    An earlier report leaves it its permissions. Raises FeedsError where it can't be written, would
    be read as a page of the newsroom, or would replace something else.
    """
    folder.refuse_missing(newsroom.root)
    file = Path(os.path.realpath(file))  # resolve() has no OSError for a link to itself
    if file.is_relative_to(newsroom.root.resolve()):
        raise FeedsError(
            "the report would lie among the pages",
            file=str(file),
            remedy="name a place outside of the newsroom's folder",
        )
    try:
        _refuse_others(file)
        data = report(newsroom, now, watch).encode()
        with space.explained(file, len(data), "the report"):
            write_whole(file, data, PRIVATE, PRIVATE)
    except OSError as error:
        raise FeedsError(
            f"the report can't be written: {error.strerror}",
            file=str(file),
            remedy="name another place, or let this user write there",
        ) from error


def _refuse_others(file: Path) -> None:
    """Raises FeedsError if something else than a report is called ``file``, or OSError."""
    what = "there is something else of this name, which stays as it is"
    try:
        with files.open_regular(file) as opened:
            if opened.read(len(_START)) in {b"", _START}:
                return
    except FileNotFoundError:
        return
    except files.OddFileError as error:
        what = f"{error.strerror}; it stays as it is"
    raise FeedsError(
        what,
        file=str(file),
        remedy="name another file",
    )


def report(newsroom: Newsroom, now: datetime, watch: Watch = unwatched) -> str:
    """The report as HTML. What is wrong with the newsroom is in it, and raises nothing."""
    remarks = check_newsroom(newsroom, now, watch)
    of_pages, others = _pages_and_others(remarks)
    site = _if_right(newsroom.site)
    ledger = _if_right(lambda: open_to_read(newsroom.database))
    last_run = lock.last_run(newsroom.database)
    plain = Report(site, newsroom.root.parent.name, now, last_run, [Note(one) for one in others])
    if ledger is None:
        return html.page(plain)
    outside = _if_right(lambda: newsroom.outside(site)) if site else None
    outside = outside or Outside(site.pages if site else (), newsroom.root.as_posix())
    asked = _Asked(ledger, remarks)
    names: dict[str, tuple[EntryId, str]] = asked(
        lambda connection: _named(connection, remarks), {}
    )
    shown_pages = dict(list(of_pages.items())[:_MOST_PAGES])
    nothing: dict[str, Reading] = {}
    read = asked(partial(_readings, paths=shown_pages, outside=outside, site=site), nothing)
    pages = [
        _on_page(path, some, source_lines(newsroom.root / path), read.get(path), names)
        for path, some in shown_pages.items()
    ]
    none: tuple[list[HeldStory], int] = ([], 0)
    waiting, many = asked(lambda connection: holds.waiting(connection, _MOST_WAITING), none)
    done: list[Logged] = asked(
        lambda found: logged(found, revisions.latest(found, _REVISIONS), LINES), []
    )
    pictures = asked(lambda connection: _audience(connection, site, now), Markup())
    others = [*asked.damage, *others]
    return html.page(
        plain._replace(
            others=[Note(one, lines.lines_for(one.problem, names)) for one in others],
            pages=pages,
            more_pages=len(of_pages) - len(pages),
            waiting=waiting,
            more_waiting=many - len(waiting),
            revisions=done,
            audience=pictures,
        )
    )


class _Asked:
    """Asks the ledger for one part of the report at a time; what is damaged costs that part alone.

    ``damage`` is what was met then and is not among the ``remarks`` yet.
    """

    def __init__(self, ledger: Ledger, remarks: Iterable[Remark]) -> None:
        self._ledger = ledger
        self._known = {remark.problem for remark in remarks}
        self.damage: list[Remark] = []

    def __call__(self, find: Callable[[Connection], _Made], otherwise: _Made) -> _Made:
        try:
            with self._ledger.read() as connection:
                return find(connection)
        except FeedsError as error:
            new = [problem for problem in error.problems if problem not in self._known]
            self._known.update(new)
            self.damage += [Remark("ledger", "error", problem) for problem in new]
            return otherwise


def _audience(connection: Connection, site: Site | None, now: datetime) -> Markup:
    """Pictures of the last year, as far as ``feeds audience --record`` has kept it."""
    since = (now - _YEAR).date().isoformat()
    former = {name: feed.name for feed in site.feeds for name in feed.former_names} if site else {}
    pictures = charts.section(audience.totals(connection, since), former)
    return Markup(pictures)  # noqa: S704 escaped where it is made


def _if_right(read: Callable[[], _Made]) -> _Made | None:
    """What ``read`` gives; None if it is wrong, which the check has said."""
    try:
        return read()
    except FeedsError:
        return None


def _named(connection: Connection, remarks: Iterable[Remark]) -> dict[str, tuple[EntryId, str]]:
    """The ids and headlines of the entries that remedies name by the last part of their ids."""
    hashes = {name for remark in remarks for name in remark.problem.entries}
    found = {name: shown.by_hash(connection, name) for name in sorted(hashes)}
    return {name: (at.entry.id, at.entry.title) for name, at in found.items() if at}


def _pages_and_others(remarks: Iterable[Remark]) -> tuple[dict[str, list[Remark]], list[Remark]]:
    """What is said about pages, in the order of what is worst on each, and what about none."""
    of_pages: dict[str, list[Remark]] = {}
    others = []
    for remark in remarks:
        if remark.area == "pages" and remark.problem.file:
            of_pages.setdefault(remark.problem.file, []).append(remark)
        else:
            others.append(remark)
    return of_pages, others


def _on_page(
    path: str,
    said: Sequence[Remark],
    source: Sequence[str],
    reading: Reading | None,
    names: Mapping[str, tuple[EntryId, str]],
) -> OnPage:
    """What is said about a page, beside its lines, and what to write."""
    notes = []
    for remark in said:
        at = lines.doubted(remark.problem, reading)
        to_write = lines.lines_for(remark.problem, names, source, reading)
        notes.append(Note(remark, to_write, at, _around(source, at)))
    return OnPage(path, notes, lines.understood(reading, source))


def _readings(
    connection: Connection, paths: Iterable[str], outside: Outside, site: Site | None
) -> dict[str, Reading]:
    """What was read of the pages at ``paths``, with what is stated of them, if it is whole."""
    found = {}
    for path, reading, _ in integrity.readings_of(connection, paths):
        if reading is not None:
            with suppress(Exception):  # whatever it is, the check has said so
                found[path] = statements.with_statements(
                    reading,
                    outside.of(path),
                    site.site_url if site else "",
                    site.front_matter_ignore if site else (),
                )
    return found


def source_lines(file: Path) -> list[str]:
    """The lines of the page in ``file`` as they are there; none if it can't be shown."""
    try:
        data = files.read_regular(file, _LARGEST_QUOTED)
    except OSError:
        return []
    if data.startswith(_ARCHIVE):
        return []
    text = decoded(data, declaration(data)).text
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _around(source: Sequence[str], line: int) -> list[tuple[int, str]]:
    if not 1 <= line <= len(source):
        return []
    first = max(1, line - _AROUND)
    last = min(len(source), line + _AROUND)
    return [(number, source[number - 1].strip()[:_LONGEST]) for number in range(first, last + 1)]
