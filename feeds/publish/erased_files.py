"""Files that the program captured, from which words of erased stories have to go.

Rules
- What an editor saved is hers, and she is told of it; what was captured is the program's own.
- What is to be done stands in the ledger since the transaction that erased, and is done behind it:
  a run that is killed in between leaves it to the next one.
- A file whose article is erased is deleted, whichever version of the page it is. Of a captured list
  the lines of other stories stay. A page of another story that names an erased one is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.entries import erasure
from feeds.ledger import aliases, entries, settings
from feeds.ledger.connect import Ledger
from feeds.model import Entry
from feeds.model.errors import FeedsError, PageError
from feeds.model.names import Alias
from feeds.model.problem import Problem
from feeds.newsroom import captured, small_lists
from feeds.newsroom.files import open_regular, read_regular
from feeds.readers import warc

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LEFT = "erasing"
_START = 4096


def note(connection: Connection, pages: Iterable[str], lists: Iterable[str]) -> None:
    """Notes that ``pages`` are to be deleted, and ``lists`` to be cleaned; others are left out."""
    left = settings.find_json(connection, _LEFT, dict[str, bool]) or {}
    before = dict(left)
    left |= {path: True for path in pages if captured.is_captured(path)}
    left |= {path: path in left for path in lists if captured.is_captured(path)}
    if left != before:
        settings.put_json(connection, _LEFT, left)


def lists_naming(root: Path, titles: Iterable[str]) -> list[str]:
    """The paths of the captured lists under ``root`` that have one of ``titles``, dated or not."""
    wanted = [form.encode() for title in titles if title for form in {title, escape(title)}]
    found: list[str] = []
    for path in captured.saved(root) if wanted else ():
        with suppress(OSError, PageError):
            if _is_list(root / path):
                capture = warc.read_capture(path, read_regular(root / path))
                body = warc.content(capture)
                found += [path] if any(one in body for one in wanted) else []
    return found


def _is_list(file: Path) -> bool:
    with open_regular(file) as found:
        return warc.starts_list(found.read(_START))


def is_left(connection: Connection) -> bool:
    """Whether there is something to be done."""
    return settings.find(connection, _LEFT) is not None


def clean(ledger: Ledger, root: Path) -> list[Problem]:
    """Does what was noted to the files under ``root``; returns what could not be done."""
    with ledger.read() as connection:
        left = settings.find_json(connection, _LEFT, dict[str, bool]) or {}
        gone = entries.erased(connection) if left else []
        names = aliases.of_all(connection, [entry.id for entry in gone])
    problems: list[Problem] = []
    failed: dict[str, bool] = {}
    for path, is_erased in sorted(left.items()):
        try:
            _clean(root, path, _Gone(gone, names), is_erased=is_erased)
        except (FeedsError, OSError) as error:
            failed[path] = is_erased
            what = f"words of an erased story are still in this file: {error}"
            remedy = "delete the file"
            problems.append(Problem("erased-in-file", what, remedy=remedy, file=path))
    if left:
        with ledger.write() as connection:
            if failed:
                settings.put_json(connection, _LEFT, failed)
            else:
                settings.drop(connection, _LEFT)
    return problems


class _Gone(NamedTuple):
    """What is erased, and all names that it ever had."""

    entries: list[Entry]
    names: frozenset[Alias]


def _clean(root: Path, path: str, gone: _Gone, *, is_erased: bool) -> None:
    if is_erased:
        _delete(root, path)
        for other in captured.versions(root, path.rpartition("/")[0]):
            with suppress(PageError):
                _clean(root, other, gone, is_erased=False)
        return
    from feeds.normalise import normalise  # late: seldom is anything erased

    try:
        data = read_regular(root / path)
    except FileNotFoundError:
        return
    capture = warc.read_capture(path, data)
    reading = normalise(warc.page_of(path, capture))
    article = reading.article
    if article is not None and any(erasure.is_trace_of(article, entry) for entry in gone.entries):
        _delete(root, path)
    elif article is None:
        kept = [
            story
            for story in reading.latest
            if not erasure.is_line_of(story, gone.entries, gone.names)
        ]
        captured.replace(root, path, small_lists.small(capture, kept))


def _delete(root: Path, path: str) -> None:
    """Deletes the file, and the folders that are empty then."""
    file = root / path
    file.unlink(missing_ok=True)
    for folder in list(file.parents)[: path.count("/")]:
        try:
            folder.rmdir()
        except OSError:  # another story's are there
            break
