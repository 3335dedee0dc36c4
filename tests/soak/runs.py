"""How commands are run, killed, and run again, and what readers must have after it."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.newsrooms import TestNewsroom
from tests.soak import judge
from tests.soak.commands import KILLED, Commands, Ended
from tests.soak.desk import Desk
from tests.soak.observer import Observer
from tests.soak.website import Served

_DONE = ("already", "not retracted")
"""What a command says that had done its work before it was killed."""


class Way(NamedTuple):
    """How a command is run."""

    slow: bool = False
    killed: bool = False


class Place(NamedTuple):
    """Where all of it happens."""

    newsroom: TestNewsroom
    desk: Desk
    commands: Commands
    website: Served
    observer: Observer
    chance: random.Random


class Runs:
    """Runs commands at ``place``, and notes what they did and what is wrong."""

    def __init__(self, place: Place) -> None:
        self.done: list[str] = []
        """All that was done, for whoever must understand what went wrong."""
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.seconds = 1.0
        """How long a run takes that nobody slows down."""
        self._place = place
        self._seen = (0, 0)

    def publish(self, way: Way) -> None:
        """Has all published that is there."""
        self.finish("publish", way, "publish")

    def decide(self, kind: str, way: Way, *command: str) -> None:
        """An editor decides."""
        self.finish(kind, way, *command, "--who", "nora")

    def finish(
        self, kind: str, way: Way, *command: str | Path, compare: bool = True, says: str = ""
    ) -> None:
        """Runs ``command``, and if it is killed again, until it has done its work.

        If it is to ``compare``, readers must then have what the desk put in.
        """
        self.look()  # so that what it finds is of before
        limit = None
        if way.killed:
            most = self.seconds * (2 if way.slow else 1)
            limit = self._place.chance.uniform(0.1, most)
        ended = self.run(*command, slow=way.slow, kill_after=limit)
        self.counts[kind] += 1
        is_whole = command[0] == "publish"
        if ended.code == KILLED:
            self.counts["killed"] += 1
            ended = self.run(*command)
            if ended.code == 2 and any(words in ended.said for words in _DONE):
                ended = ended._replace(code=0)
            is_whole = False
        elif way == Way():
            self.seconds = (self.seconds + ended.ended - ended.began) / 2
        self.expect(ended)
        if says not in ended.said:
            self.wrong.append(f"{ended}; not '{says}'")
        if not compare:
            return
        if not is_whole:  # commands take nothing along that waits in the folder
            ended = self.run("publish")
            self.expect(ended)
        if newest := self._place.observer.newest:
            self.wrong += judge.faults_of_content(self._place.desk, newest, ended)

    def run(
        self,
        *command: str | Path,
        slow: bool = False,
        kill_after: float | None = None,
        database: Path | None = None,
    ) -> Ended:
        """Runs ``command``, and has all seen that it committed."""
        ended = self._place.commands.run(
            *command, slow=slow, kill_after=kill_after, database=database
        )
        self.done.append(f"  {ended}")
        self.look()
        return ended

    def look(self) -> None:
        """Has all seen that was committed, and looks at it."""
        observer = self._place.observer
        observer.look()
        self.wrong += observer.wrong
        observer.wrong.clear()
        if observer.newest and observer.newest.number != self._seen:
            self._seen = observer.newest.number
            at = time.time() - (time.monotonic() - observer.newest.seen)
            found = judge.faults_of_documents(self._place.desk, observer.newest, at)
            self.wrong += [f"revision {self._seen}: {what}" for what in found]

    def expect(self, ended: Ended) -> None:
        """A command should have ended well; if something waits or can't be read, it may say so."""
        desk = self._place.desk
        waits = desk.is_bad_page_there or desk.secrets(ended.began)
        if ended.code not in ({0, 1} if waits else {0}):
            self.wrong.append(str(ended))
