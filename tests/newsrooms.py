"""A newsroom to test with: a real folder, a real ledger, and a clock that is told the time."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from copy import copy
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import Mock, patch

from feeds.ledger.packing import pack, unpack
from feeds.ledger.sqlite.lock import path_for
from feeds.model import Entry, Stored
from feeds.model.outcome import Again, Outcome
from feeds.model.problem import Problem
from feeds.newsroom import Newsroom, folder
from feeds.publish import Order, publish

if TYPE_CHECKING:
    import pytest

PROJECT = Path(__file__).parents[1]
FEEDS = Path(sys.executable).with_name("feeds")
"""The command, as it is installed."""

PACKED = re.compile("X'(01787D[0-9A-F]+)'")
"""A long text as SQLite writes it out."""

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
"""When a test publishes, unless it says otherwise."""

SAVED = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
"""The modification time of pages, unless a test says otherwise: on no day that they state."""

COMMANDED = datetime(2030, 12, 31, 12, 0, tzinfo=UTC)
"""When a test runs a command, unless it says otherwise: no file was written just before that."""

SITE = """\
[site]
title = "Harbour Desk"
description = "News from the quay."
site_url = "https://desk.test/"
feeds_url = "https://desk.test/feeds/"
language = "en"
timezone = "Asia/Baku"
authority = "desk.test,2026"

[[feeds]]
name = "latest"
title = "Harbour Desk: latest"
limit = 30
content = "full"
"""

PAGE = """\
Bell hangs in its tower again after nine years

After its long absence the harbour bell hangs again, delivered in a crate that two men carried.
Nobody at the office could say who had paid for the crate, or where the bell had hung since.
Nora Lind
Latest newsPilot boat gets another engine
09.Jan.2026
Budget of the harbour office is passed
08.Jan.2026
Ferry to run at night
08.Jan.2026

14 Jan 2026
"""
"""An article whose date is unknown, by Nora Lind, and three headlines."""


TEXTS = ("moscow-round.txt", "special-adviser.txt", "washington-round.txt", "site.toml")
"""The sample newsroom with pages of text alone."""
SAMPLE = (*TEXTS, "az/", "culture/", "decisions.toml", "economy/", "harbour/", "theme/", "town/")
"""What is of the sample newsroom: whoever tries the project puts pages of their own beside that."""


class TestNewsroom:
    """A newsroom in ``home``: ``root`` is its folder, ``database`` its ledger."""

    __test__ = False

    def __init__(self, home: Path, site: str = SITE) -> None:
        self.root = home / "source"
        self.database = home / "instance" / "feeds.db"
        self.root.mkdir(parents=True)
        self.configure(site)

    @classmethod
    def sample(cls, home: Path, names: tuple[str, ...] = SAMPLE) -> TestNewsroom:
        """A copy of the project's sample newsroom, or of what is called as ``names`` say."""
        made = cls(home)
        for path in sorted(PROJECT.joinpath("source").rglob("*")):
            name = path.relative_to(PROJECT / "source").as_posix()
            if path.is_file() and name.startswith(names):
                made.page(name, path.read_bytes())
        return made

    def copy(self, home: Path) -> TestNewsroom:
        """Another one in ``home``, whose ledger knows its pages as this one's does.

        The next run looks at all of it nevertheless, and notes where it is by now.
        """
        shutil.copytree(self.root.parent, home)
        made = copy(self)
        made.root, made.database = home / "source", home / "instance" / "feeds.db"
        known = [(folder.signature(path.stat()), path.name) for path in made.root.iterdir()]
        with closing(sqlite3.connect(made.database)) as connection, connection:
            connection.executemany("UPDATE readings SET signature = ? WHERE path = ?", known)
        return made

    def configure(self, site: str) -> None:
        """Writes site.toml."""
        (self.root / "site.toml").write_text(site, encoding="utf-8")

    def page(self, name: str, content: str | bytes = PAGE, saved: datetime = SAVED) -> Path:
        """Writes a page into the folder, last modified at ``saved``."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (saved.timestamp(), saved.timestamp()))
        return path

    def decide(self, *tables: str) -> None:
        """Adds tables to decisions.toml, without their first line, ``[[decision]]``."""
        with (self.root / folder.DECISIONS).open("a", encoding="utf-8") as file:
            file.writelines(f"[[decision]]\n{table}\n" for table in tables)

    def change(self, *statements: str, **values: str) -> None:
        """Changes the ledger, behind the program's back, by SQL that may name ``values``.

        Long texts are ``packed(text)``, and ``unpacked(column)``.
        """
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.create_function("packed", 1, pack)
            connection.create_function("unpacked", 1, unpack)
            for statement in statements:
                connection.execute(statement, values)

    @property
    def place(self) -> Newsroom:
        """The newsroom as the program knows it."""
        return Newsroom(self.root, self.database)

    def publish(
        self,
        now: datetime = NOW,
        *only: Path,
        accept: tuple[str, ...] = (),
        again: Again | None = None,
        decisions_only: bool = False,
        wait: Callable[[float], None] = lambda _: None,
        rebuild: bool = False,
    ) -> Outcome:
        """Runs ``feeds publish`` in this process, at the time ``now``, without waiting."""
        asked = Order(self.place, now, only, again, accept, decisions_only, wait, rebuild=rebuild)
        return publish(asked)

    def entries(self) -> list[Entry]:
        """All entries of the ledger, in the order of a feed."""
        from feeds.ledger import shown
        from feeds.ledger.connect import open_to_read

        ledger = open_to_read(self.database)
        if ledger is None:
            return []
        with ledger.read() as connection:
            return list(shown.newest(connection))

    def document(self, name: str = "latest", form: Any = "rss") -> Stored:
        """A published document."""
        from feeds.ledger import documents
        from feeds.ledger.connect import open_to_read

        ledger = open_to_read(self.database)
        assert ledger is not None
        with ledger.read() as connection:
            found = documents.find(connection, name, form)
        assert found is not None
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the ledger, read behind the program's back."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.create_function("unpacked", 1, unpack)
            return connection.execute(query).fetchall()

    def dump(self) -> list[str]:
        """Everything in the ledger, as SQL, long texts as they were before they were packed."""
        with closing(sqlite3.connect(self.database)) as connection:
            return [PACKED.sub(_unpacked, line) for line in connection.iterdump()]

    def environment(self) -> dict[str, str]:
        """What a subprocess needs to mean this newsroom."""
        return {
            **os.environ,
            "FEEDS_SOURCE": str(self.root),
            "FEEDS_DATABASE": self.url,
        }

    @property
    def url(self) -> str:
        """The ledger's address."""
        return f"sqlite:///{self.database}"

    def has_ledger(self) -> bool:
        """Whether there is a ledger."""
        return self.database.exists()

    def ledger_files(self) -> list[Path]:
        """The files that the ledger is made of, and those beside it."""
        return [*self.database.parent.iterdir()]

    def faults(self) -> str:
        """What SQLite says of the ledger, without writing to it: "ok"."""
        if not self.has_ledger():
            return "ok"
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            try:
                (said,) = connection.execute("PRAGMA integrity_check").fetchone()
                orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
            except sqlite3.Error as error:
                return f"the ledger can't be read: {error}"
        return str(said) if not orphans else f"orphans: {orphans}"

    def bytes(self) -> bytes:
        """What is in the ledger's own file."""
        return self.database.read_bytes()

    def lose_ledger(self) -> None:
        """Deletes the ledger."""
        self.database.unlink()

    def forget_run(self) -> None:
        """Has nobody know how the last run ended."""
        path_for(self.database).unlink()

    def snapshot(self) -> Callable[[], None]:
        """What puts the ledger back as it is now, besides the files in the newsroom's home."""
        return lambda: None

    def settle(self) -> None:
        """Returns once whatever a killed process had open is closed."""


def _unpacked(found: re.Match[str]) -> str:
    return repr(unpack(bytes.fromhex(found[1])))


def publish_bell(newsroom: TestNewsroom) -> None:
    """Publishes PAGE in ``newsroom``, as bell.txt."""
    newsroom.page("bell.txt")
    newsroom.publish()


def said(problems: Iterable[Problem]) -> list[str]:
    """``problems`` as people read them."""
    return [str(problem) for problem in problems]


class Ran(NamedTuple):
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def feeds(
    newsroom: TestNewsroom | None,
    *arguments: str | Path,
    now: datetime = COMMANDED,
    typed: str = "",
    columns: int = 0,
    environment: Mapping[str, str] = {},
) -> Ran:
    """Runs the command with ``arguments`` on ``newsroom``, in this process.

    It is ``now`` to the command. ``typed`` is what somebody typed before, into a terminal so many
    ``columns`` wide that shows what it writes, or without one if they are 0. Where the process
    itself matters, there is ``process``.
    """
    from feeds.cli import shared

    usual = newsroom.environment() if newsroom else {}
    if columns:
        usual = {**usual, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    out, err = _Written(columns), _Written(columns)
    with (
        patch.object(shared, "datetime", Mock(now=Mock(return_value=now))),
        patch.dict(os.environ, {**usual, **environment}),
        patch.multiple(
            sys, argv=[str(FEEDS), *map(str, arguments)], stdin=_Written(columns, typed)
        ),
        patch.object(sys.modules["__main__"], "__package__", None),  # or it is "python -m pytest"
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main()
    return Ran(code, out.getvalue(), err.getvalue())


def main() -> int:
    """Runs the command in ``sys.argv``; returns its exit code."""
    from feeds import cli

    try:
        cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


class _Written(StringIO):
    """What is written, by a terminal or to one if that has ``columns``."""

    def __init__(self, columns: int, text: str = "") -> None:
        super().__init__(text)
        self._columns = columns

    def isatty(self) -> bool:
        return bool(self._columns)


def no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets nobody write a temporary file, as where each disk is full that may have them."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/proc"])
    monkeypatch.setenv("TMPDIR", "/proc")


def process(
    newsroom: TestNewsroom | None,
    *arguments: str | Path,
    typed: str = "",
    cwd: Path | None = None,
    program: Sequence[str | Path] = (FEEDS,),
    environment: Mapping[str, str] = {},
) -> Ran:
    """The same by a process of its own, as people and cron run it, in the folder ``cwd``."""
    usual = newsroom.environment() if newsroom else os.environ
    ended = subprocess.run(
        [*program, *arguments],
        env={**usual, **environment},
        cwd=cwd,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,  # whatever hangs is to end; a busy machine is slow
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)
