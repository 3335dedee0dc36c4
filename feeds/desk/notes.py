"""What stands beside a problem where there is no button: its lines, and what to write where.

For the first page as a file, whose reader has a folder and a browser, and perhaps no desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from feeds.desk import to_write
from feeds.desk.sources import source_lines
from feeds.desk.to_write import Lines
from feeds.ledger import integrity, shown
from feeds.ledger.connect import Ledger
from feeds.model import EntryId, Reading
from feeds.model.errors import FeedsError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, folder
from feeds.newsroom.page_rules import Outside
from feeds.newsroom.site import Site
from feeds.normalise import statements

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AROUND = 2
_LONGEST = 300
_Made = TypeVar("_Made")
_Names = Mapping[str, tuple[EntryId, str]]
"""The ids and headlines of the entries that problems name by the last part of their ids."""


class Note(NamedTuple):
    """What to write about a problem; of one on a page its ``line``, with the lines around it.

    ``understood`` is front matter with what was read of that page, once for each page.
    """

    to_write: Sequence[Lines] = ()
    line: int = 0
    quoted: Sequence[tuple[int, str]] = ()
    understood: Lines | None = None


class Asked:
    """Asks the ledger for one part of a page at a time; what is damaged costs that part alone.

    ``damage`` is what was met then and is not among what is ``known`` to be wrong.
    """

    def __init__(self, ledger: Ledger, known: Iterable[Problem]) -> None:
        self._ledger = ledger
        self._known = set(known)
        self.damage: list[Problem] = []

    def __call__(self, find: Callable[[Connection], _Made], otherwise: _Made) -> _Made:
        """What ``find`` gives, or ``otherwise`` where what it looks for is damaged."""
        try:
            with self._ledger.read() as connection:
                return find(connection)
        except FeedsError as error:
            new = [problem for problem in error.problems if problem not in self._known]
            self._known.update(new)
            self.damage += new
            return otherwise


def notes_on(
    newsroom: Newsroom, site: Site | None, problems: Sequence[Problem], asked: Asked
) -> dict[Problem, Note]:
    """What to write about each of ``problems``."""
    nothing: dict[str, tuple[EntryId, str]] = {}
    names = asked(lambda connection: _named(connection, problems), nothing)
    unread: dict[str, Reading] = {}
    paths = dict.fromkeys(one.file for one in problems if one.file)
    read = asked(lambda connection: _readings(connection, paths, newsroom, site), unread)
    texts = {path: _lines_of(newsroom, path) for path in paths}
    made: dict[Problem, Note] = {}
    told: set[str] = set()
    for one in problems:
        note = _note(one, names, texts.get(one.file, []), read.get(one.file))
        made[one] = note._replace(understood=None) if one.file in told else note
        told.add(one.file)
    return made


def _lines_of(newsroom: Newsroom, path: str) -> list[str]:
    """The lines of the page at ``path``; none of what is no page, or leads out of the folder."""
    found = folder.page(newsroom.root, path)
    return source_lines(newsroom.root / path) if found and not found.refusal else []


def _note(problem: Problem, names: _Names, source: Sequence[str], reading: Reading | None) -> Note:
    at = to_write.doubted(problem, reading)
    return Note(
        to_write.lines_for(problem, names, source, reading),
        at,
        _around(source, at),
        to_write.understood(reading, source),
    )


def _named(connection: Connection, problems: Iterable[Problem]) -> dict[str, tuple[EntryId, str]]:
    hashes = {name for problem in problems for name in problem.entries}
    found = {name: shown.by_hash(connection, name) for name in sorted(hashes)}
    return {name: (at.entry.id, at.entry.title) for name, at in found.items() if at}


def _readings(
    connection: Connection, paths: Iterable[str], newsroom: Newsroom, site: Site | None
) -> dict[str, Reading]:
    """What was read of the pages at ``paths``, with what is stated of them, if it is whole."""
    outside = _outside(newsroom, site)
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


def _outside(newsroom: Newsroom, site: Site | None) -> Outside:
    with suppress(FeedsError):  # the check says what is wrong with it
        if site:
            return newsroom.outside(site)
    return Outside(site.pages if site else (), newsroom.root.as_posix())


def _around(source: Sequence[str], line: int) -> list[tuple[int, str]]:
    if not 1 <= line <= len(source):
        return []
    first = max(1, line - _AROUND)
    last = min(len(source), line + _AROUND)
    return [(number, source[number - 1].strip()[:_LONGEST]) for number in range(first, last + 1)]
