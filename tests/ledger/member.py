"""Somebody of a group: a process that publishes a newsroom or serves it, as a user of its own.

It becomes that user only once all of the program is loaded, since others may not be let into the
folder where that lies. It is loaded once for all of them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from feeds.ledger.connect import open_to_write
from feeds.ledger.sqlite import backup
from feeds.model.errors import FeedsError
from feeds.web import create_app
from tests.newsrooms import NOW, TestNewsroom, feeds

PATHS = ("/feeds/latest.json", "/feeds/latest", "/feeds/", "/feeds/healthz")
_context = get_context("forkserver")
_context.set_forkserver_preload(["tests.ledger.loaded"])


class Member(NamedTuple):
    """A process that does as another user what it is told to."""

    connection: Connection

    def tell(self, do: str, **how: str) -> str:
        """Has it do something; returns what came of that."""
        self.begin(do, **how)
        return self.end()

    def begin(self, do: str, **how: str) -> None:
        """Has it do something meanwhile."""
        self.connection.send({"do": do, **how})

    def end(self) -> str:
        """What came of it."""
        try:
            return str(self.connection.recv())
        except EOFError:
            return "it ended"


@contextmanager
def member(user: int, group: int, umask: int, home: Path) -> Iterator[Member]:
    """Somebody who has that ``umask``, and begins to look at the newsroom in ``home``."""
    ours, theirs = _context.Pipe()
    process = _context.Process(target=_obey, args=(theirs, user, group, umask, home))
    process.start()
    theirs.close()
    try:
        yield Member(ours)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


class Deeds:
    """What a member can be told to do."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self.newsroom = newsroom
        self.app = create_app(str(newsroom.root), newsroom.url)

    def publish(self, headline: str = "", now: str = "") -> str:
        """Publishes, with a page of that ``headline`` if there is one."""
        if headline:
            self.newsroom.page(f"{headline}.txt", f"{headline}\n\nIt was seen {headline}.\n")
        made = self.newsroom.publish(datetime.fromisoformat(now) if now else NOW)
        return "nothing new" if made.revision is None else f"revision {made.revision}"

    def publish_many(self, count: str) -> str:
        """Publishes so many pages one after the other."""
        said = ""
        for number in range(1, int(count) + 1):
            now = NOW + timedelta(minutes=number)
            said = self.publish(f"Mast {number}", now.isoformat())
        return said

    def kill(self) -> str:
        """Is killed in the middle of a write."""
        with open_to_write(self.newsroom.database).write() as connection:
            connection.exec_driver_sql("DELETE FROM documents")
            os.kill(os.getpid(), signal.SIGKILL)
        return ""

    def ask(self, path: str = PATHS[0]) -> str:
        """What the app answers."""
        answer = self.app.test_client().get(path)
        return f"{answer.status_code} {answer.text}"

    def start(self) -> str:
        """Starts the app anew, which remembers nothing."""
        self.app = create_app(str(self.newsroom.root), self.newsroom.url)
        return "started"

    def run(self, *, arguments: str) -> str:
        """Runs a command."""
        ended = feeds(self.newsroom, *arguments.split())
        return f"{ended.returncode} {ended.stdout}{ended.stderr}"

    def restore(self, copy: str) -> str:
        """Copies a backup to the ledger's place by hand, as operators do."""
        database = self.newsroom.database
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        backup.copy(Path(copy), database)
        return "restored"


def _received(told: Connection) -> dict[str, str]:
    try:
        received: dict[str, str] = told.recv()
    except EOFError:
        return {}
    return received


def _obey(told: Connection, user: int, group: int, umask: int, home: Path) -> None:
    """Does what comes in, until nothing comes any more."""
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    os.umask(umask)
    newsroom = object.__new__(TestNewsroom)
    newsroom.root, newsroom.database = home / "source", home / "instance" / "feeds.db"
    deeds = Deeds(newsroom)
    while how := _received(told):
        do = how.pop("do")
        try:
            said = getattr(deeds, do)(**how)
        except FeedsError as error:
            said = str(error)
        told.send(said)
