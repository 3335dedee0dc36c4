"""A PostgreSQL server of the tests' own, started when the first test of a process needs it.

Each newsroom has a database of its own. What is committed need not outlive the machine, so that
nothing is synced to a disk; where a test is about crashes, it is the processes that are killed
(what they committed is with the system by then: ``synchronous_commit`` stays on).
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
import sqlalchemy as sa

from feeds.ledger.postgresql import plain
from feeds.ledger.schema import metadata
from feeds.newsroom import folder
from feeds.newsroom.database import Address
from tests.newsrooms import SITE, TestNewsroom

USER = "feeds"
"""The role that owns all databases."""
_SYSTEM_USER = "postgres"
_PLACES = "/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "max_connections": "200",
}
DURABLE = {"fsync": "on", "full_page_writes": "on"}
"""Settings with which what is committed outlives the machine."""
_START_SECONDS = 60.0
_BUSY = """\
SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')
     + (SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle')
"""


def programs() -> Path | None:
    """Where PostgreSQL has its programs, of the newest version there is; None if there are none."""
    if known := shutil.which("initdb"):
        return Path(known).resolve().parent
    found = [path for place in _PLACES for path in Path("/").glob(place[1:])]
    there = [path for path in found if (path / "initdb").exists()]
    return max(there, key=lambda path: [*map(int, re.findall(r"\d+", str(path)))], default=None)


class Server:
    """A server in a folder of its own, which answers on a socket there.

    ``settings`` are others than the tests' usual ones; whoever comes from the network ``trusted``
    is let in, too.
    """

    def __init__(self, settings: Mapping[str, str] = {}, trusted: str = "") -> None:
        where = programs()
        if where is None:
            pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
        self._programs = where
        self._settings = {**_SETTINGS, **settings}
        # not below pytest's own folders, which no other user may enter: it refuses to run as root
        self.home = Path(tempfile.mkdtemp(prefix="feeds-postgresql-"))
        self._names = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            shutil.chown(self.home, _SYSTEM_USER)
        options = ("--no-sync", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8")
        made = self._begin("initdb", *options, "-D", str(self.home / "data"))
        assert made.wait(_START_SECONDS) == 0, (self.home / "log").read_text()
        if trusted:
            with (self.home / "data" / "pg_hba.conf").open("a", encoding="utf-8") as file:
                file.write(f"host all all {trusted} trust\n")
        self.start()

    def _begin(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = {"user": _SYSTEM_USER, "group": _SYSTEM_USER, "extra_groups": []}
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / program, *arguments],
                cwd=self.home,
                stdout=log,
                stderr=log,
                **owner,
            )

    def start(self) -> None:
        """Starts the server, and waits until it answers."""
        given = [f"{name}={value}" for name, value in self._settings.items()]
        options = [word for setting in given for word in ("-c", setting)]
        data = str(self.home / "data")
        self._process = self._begin("postgres", "-D", data, "-k", str(self.home), *options)
        give_up = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < give_up, (self.home / "log").read_text()
                assert self._process.poll() is None, (self.home / "log").read_text()
                time.sleep(0.02)
            else:
                return

    @property
    def pid(self) -> int:
        """The server's process, which has started all others of it."""
        assert self._process is not None
        return self._process.pid

    def stop(self, *, crash: bool = False) -> None:
        """Stops the server, whatever it is asked; ``crash``: as if its machine had lost power."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
            self._process.wait(_START_SECONDS)
            self._process = None

    @contextmanager
    def silent(self) -> Iterator[None]:
        """A block in which the server takes connections, and answers nothing."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        pids = [self._process.pid, *map(int, children.read_text().split())]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(pids):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def url(self, database: str) -> str:
        """The address of ``database``, as libpq takes it."""
        return f"postgresql://{USER}@/{database}?host={self.home}"

    def create(self, template: str = "template0") -> str:
        """Makes a database like ``template``, which nobody uses just now; returns its name."""
        name = f"newsroom{next(self._names)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def remove(self) -> None:
        """Ends the server, and deletes all that it had."""
        self.stop(crash=True)
        shutil.rmtree(self.home, ignore_errors=True)


class PostgreSQLNewsroom(TestNewsroom):
    """A newsroom whose ledger is a database of ``server``."""

    def __init__(self, home: Path, server: Server, site: str = SITE) -> None:
        super().__init__(home, site)
        self.server = server
        self._use(server.create())

    def _use(self, database: str) -> None:
        self.name = database
        # what is run on both engines hands it on to the program, and does nothing else with it
        self.database = cast(Path, Address(self.url))

    @property
    def url(self) -> str:
        """The ledger's address."""
        return self.server.url(self.name)

    def copy(self, home: Path) -> TestNewsroom:
        """As of any: its ledger is another database, with the same in it."""
        plain.kept(Address(self.url)).close()  # as above
        shutil.copytree(self.root.parent, home)
        made = copy(self)
        made.root = home / "source"
        made._use(self.server.create(self.name))
        known = [(folder.signature(path.stat()), path.name) for path in made.root.iterdir()]
        with psycopg.connect(made.url) as connection:
            connection.cursor().executemany(
                "UPDATE readings SET signature = %s WHERE path = %s", known
            )
        mark = made.root / ".feeds-ledger.json"
        if mark.exists():
            text = mark.read_text(encoding="utf-8")
            mark.write_text(text.replace(f"///{self.name}", f"///{made.name}"), encoding="utf-8")
        return made

    def change(self, *statements: str, **values: str) -> None:
        """Changes the ledger, behind the program's back, by SQL that may name ``values``."""
        with psycopg.connect(self.url) as connection:
            for statement in statements:
                connection.execute(_named(statement), values)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the ledger, read behind the program's back."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()

    def dump(self) -> list[str]:
        """Everything in the ledger, row by row."""
        found = []
        with psycopg.connect(self.url) as connection:
            for table in metadata.sorted_tables:
                number = table.autoincrement_column  # what was undone leaves gaps in these
                columns = [one for one in table.c if one is not number]
                names = [f'"{one.name}"' for one in columns]
                order = f'"{number.name}"' if number is not None else ", ".join(names)
                told = ", ".join(map(_without_gaps, columns))
                query = f'SELECT {told} FROM "{table.name}" ORDER BY {order}'  # noqa: S608
                found += [f"{table.name} {row!r}" for row in connection.execute(query)]
        return found

    def has_ledger(self) -> bool:
        """Whether there are tables of one."""
        return bool(self.rows("SELECT to_regclass('alembic_version') IS NOT NULL")[0][0])

    def ledger_files(self) -> list[Path]:
        """None: the server has them."""
        return []

    def faults(self) -> str:
        """Nothing: the server lets in no row without what it refers to."""
        return "ok"

    def bytes(self) -> bytes:
        """Nothing: the server has what there is."""
        return b""

    def lose_ledger(self) -> None:
        """Leaves an empty database."""
        self._replace("template0")

    def _replace(self, template: str) -> None:
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')

    def forget_run(self) -> None:
        """Has nobody know how the last run ended."""
        self.change("UPDATE publisher SET value = '' WHERE key = 'run'")

    def snapshot(self) -> Callable[[], None]:
        """What puts the ledger back as it is now."""
        plain.kept(Address(self.url)).close()  # a template must be used by nobody
        kept = self.server.create(self.name)
        return partial(self._replace, kept)

    def settle(self) -> None:
        """Returns once the server has noticed that a killed process is gone."""
        give_up = time.monotonic() + _START_SECONDS
        while self.rows(_BUSY)[0][0]:
            assert time.monotonic() < give_up
            time.sleep(0.005)


def _without_gaps(column: sa.Column[Any]) -> str:
    """What tells ``column``: of a number of another table's row, how many there are up to it."""
    for key in column.foreign_keys:
        parent = key.column.table
        if key.column is parent.autoincrement_column:
            name, own = f'"{key.column.name}"', f'"{column.table.name}"."{column.name}"'
            return f'(SELECT count(*) FROM "{parent.name}" AS t WHERE t.{name} <= {own})'  # noqa: S608
    return f'"{column.name}"'


def _named(statement: str) -> str:
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement.replace("%", "%%"))


@cache
def shared_server() -> Server:
    """The server of this process, which ends with it; skips the test if none can be had."""
    server = Server()
    atexit.register(server.remove)
    return server


def newsroom_on(engine: str, home: Path, site: str = SITE) -> TestNewsroom:
    """An empty newsroom in ``home``, whose ledger is kept by ``engine``."""
    if engine == "sqlite":
        return TestNewsroom(home, site)
    return PostgreSQLNewsroom(home, shared_server(), site)
