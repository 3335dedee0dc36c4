"""What an editor decides at the command line: a table in decisions.toml, then a publish.

The file is only ever added to, and replaced as a whole, so that a crash loses neither what was
decided before nor half of what is decided now.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.ledger import lock, loss, readings
from feeds.ledger.connect import open_to_read
from feeds.ledger.engines import engine
from feeds.model import Entry
from feeds.model.errors import ConfigError, FeedsError, LedgerBusyError, UndecidedError
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, decisions, decisions_file, files, folder, space
from feeds.newsroom.decisions import Decision
from feeds.newsroom.whole import PRIVATE, write_whole

_BEGINS = re.compile(r"[ \t]*\[\[[ \t]*decision[ \t]*\]\]")
_MENDED = re.compile(r"[ \t]*mended_by[ \t]*=")
PATIENCE = 60.0
"""So many seconds a decision waits for whoever publishes, and then for its own publish."""


def user() -> str:
    """Who decides: the name that this person has on this machine."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def decide(newsroom: Newsroom, decision: Decision, headline: str = "") -> None:
    """Writes ``decision`` down, whole or not at all.

    What is there already need not be understood. Raises PageError if it can't be read,
    UndecidedError where others publish for longer than it waits, LedgerError for a ledger that is
    not the one which was published into last.
    """
    decide_all(newsroom, [decision], headline)


def decide_all(newsroom: Newsroom, made: Sequence[Decision], headline: str = "") -> None:
    """Writes several decisions down, all or none; raises as above."""
    path = newsroom.root / folder.DECISIONS
    try:
        loss.refuse_loss(newsroom, read_only=False)
        engine(newsroom.database).make_room()
        with _held(newsroom):
            before = _written(newsroom)
            data = before + b"\n" if before and not before.endswith(b"\n") else before
            data += b"".join(decisions.as_toml(one, headline).encode() for one in made)
            if not _are_added(made, before, data):
                raise FeedsError(
                    "nothing can be added so that it is understood; nothing was decided",
                    file=str(path),
                    remedy="'feeds check' says what is wrong there: mend it first",
                )
            with space.explained(path):
                write_whole(path, data, PRIVATE)
    except OSError as error:
        raise FeedsError(
            f"can't be written: {error.strerror}",
            file=str(path),
            remedy="let this user write there; nothing was decided",
        ) from error


@contextmanager
def _held(newsroom: Newsroom) -> Iterator[None]:
    """The publisher's lock, for which it waits."""
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.hold(newsroom.database, PATIENCE))
        except LedgerBusyError as error:
            raise UndecidedError(
                f"others have published for {PATIENCE:g} seconds",
                file=str(newsroom.database),
                remedy="nothing was decided; try again",
            ) from error
        yield


class Unread(NamedTuple):
    """A table of decisions.toml that can't be understood: its line, its text, what is wrong."""

    line: int
    text: str
    problem: Problem


def unread_tables(newsroom: Newsroom) -> list[Unread]:
    """The tables that can't be understood, for somebody to mend; raises PageError."""
    data = _written(newsroom)
    wrong = {one.line: one for one in decisions_file.decode_decisions(data).wrong}
    tables = list(decisions_file.tables_in(data.decode("utf-8-sig", "surrogateescape")))
    found = []
    for number, table in enumerate(tables, 1):
        end = tables[number].line if number < len(tables) else sys.maxsize
        problem = next((one for line, one in wrong.items() if table.line <= line < end), None)
        if problem:
            found.append(Unread(table.line, _shown(table.text), problem))
    return found


def _shown(text: str) -> str:
    """``text`` of a file for a form, which has lines of one kind and no bytes that are no text."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return whole.replace("\r\n", "\n").strip()


def mend(newsroom: Newsroom, before: str, after: str, who: str) -> None:
    """Writes ``after`` in place of ``before``, a table of decisions.toml that can't be understood.

    It says that ``who`` mended it.

    Both are as ``unread_tables`` has them. All else in the file stays as it is. Raises FeedsError,
    and has written nothing, if it isn't there (any more), or that can't be understood either;
    UndecidedError as above.
    """
    path = newsroom.root / folder.DECISIONS
    with _held(newsroom):
        data = _written(newsroom)
        known = decisions_file.decode_decisions(data)
        text = data.decode("utf-8", "surrogateescape")
        ends = "\r\n" if "\r\n" in text else "\n"
        if all(one.text != _shown(before) for one in unread_tables(newsroom)):
            raise FeedsError("it is not there any more", file=str(path), remedy="look again")
        start = end = 0
        for table in decisions_file.tables_in(text.removeprefix("\ufeff")):
            start = text.index(table.text, end)
            end = start + len(table.text)
            if _shown(table.text) == _shown(before):
                break
        old = text[start:end]
        new = old.replace(old.strip(), _mended(_shown(after), who).replace("\n", ends))
        made = (text[:start] + new + text[end:]).encode("utf-8", "surrogateescape")
        found = decisions_file.decode_decisions(made)
        is_kept = {one.key for one in known.decisions} <= {one.key for one in found.decisions}
        if len(found.wrong) >= len(known.wrong) or not is_kept:
            raise FeedsError(
                "it can't be understood so either; nothing was written",
                file=str(path),
                remedy=found.wrong[0].told
                if found.wrong
                else "each table begins with [[decision]]",
            )
        with space.explained(path):
            write_whole(path, made, PRIVATE)


def _mended(table: str, who: str) -> str:
    """``table`` with a line that says that ``who`` mended it, in place of one that says so."""
    lines = [line for line in table.split("\n") if not _MENDED.match(line)]
    said = f"mended_by = {msgspec.json.encode(who).decode()}"
    at = next((number for number, line in enumerate(lines, 1) if _BEGINS.match(line)), 0)
    return "\n".join([*lines[:at], said, *lines[at:]] if at else lines)


def _are_added(made: Sequence[Decision], before: bytes, after: bytes) -> bool:
    """Whether the file has ``made`` ``after``, besides what it had ``before``."""
    known = decisions_file.decode_decisions(before).decisions
    found = decisions_file.decode_decisions(after).decisions
    added = [one.action for one in found[len(known) :]]
    return added == [one.action for one in made]


def _written(newsroom: Newsroom) -> bytes:
    """What is in decisions.toml; raises PageError if that can't be read."""
    file = folder.beside(newsroom.root, folder.DECISIONS)
    return folder.read_file(newsroom.root, file) if file else b""


def correction(entry: Entry, told: Mapping[str, str | Sequence[str]], today: date) -> Decision:
    """The correction of ``entry`` by what is ``told`` of its fields; an empty value takes one back.

    Raises ConfigError for what can't be read, and for a date after ``today``.
    """
    rows = [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in told.items()]
    text = "\n".join(["[[decision]]", 'action = "correct"', f'entry = "{entry.id}"', *rows])
    made = decisions_file.parse_decision(text)
    if made.published and made.published.day > today:
        what = f"published {made.published.iso} is in the future"
        problem = Problem("future", what, remedy="write a day that has come", weight="error")
        raise ConfigError([problem])
    return made


def named_gone(newsroom: Newsroom, paths: Sequence[Path]) -> list[str]:
    """``paths``, of pages that are gone or folders that had some, as decisions name them.

    They may be relative to the newsroom's folder. Raises FeedsError for what is still there, or
    was never a page.
    """
    base = newsroom.root.resolve()
    ledger = open_to_read(newsroom.database)
    with ExitStack() as stack:
        known = readings.by_path(stack.enter_context(ledger.read()), None) if ledger else {}
    missing = [path for path in known if not files.is_there(base / path)]
    return [_gone_at(newsroom, path, base, missing) for path in paths]


def _gone_at(newsroom: Newsroom, path: Path, base: Path, missing: Sequence[str]) -> str:
    """What ``path`` is called below ``base``, which has or had a page there that is ``missing``."""
    places = (Path(os.path.realpath(path)), Path(os.path.realpath(base / path)))
    inside = [one for one in places if one.is_relative_to(base) and one != base]
    for name in (one.relative_to(base).as_posix() for one in inside):
        if any(one == name or one.startswith(f"{name}/") for one in missing):
            return name
    what, remedy = "no page of this newsroom that is gone", "'feeds status' lists those"
    if any(files.is_there(one) for one in inside):
        what, remedy = "is still there", "delete it before you say so"
    raise FeedsError(what, file=str(path), remedy=f"{remedy}; name what was in {newsroom.root}")


def inside(newsroom: Newsroom, paths: Sequence[Path]) -> list[str]:
    """``paths`` as they are named in decisions: relative to the newsroom's folder."""
    base = newsroom.root.resolve()
    found = []
    for path in paths:
        absolute = Path(os.path.realpath(path))
        if not absolute.is_relative_to(base) or absolute == base or not files.is_there(absolute):
            raise FeedsError(
                "no file or folder of this newsroom",
                file=str(path),
                remedy=f"name files or folders in {newsroom.root}",
            )
        found.append(absolute.relative_to(base).as_posix())
    return found


def archive(newsroom: Newsroom, paths: Sequence[Path], now: datetime) -> None:
    """Writes down that the pages at ``paths`` are for the archive, unless that is known."""
    before = newsroom.decided().decisions
    known = {decision.path for decision in before if decision.action == "archive"}
    for name in inside(newsroom, paths):
        if name not in known:
            decide(newsroom, Decision("archive", path=name, when=now, who=user()))
