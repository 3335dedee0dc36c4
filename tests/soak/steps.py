"""What happens at the newsroom, one thing after the other.

Each step is something that editors, cron, or an operator do, or that befalls them; most end with
a run of the command, which may have a slow disk, and may be killed. What was killed is done again,
and then readers must have what they would have had otherwise.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection, connect
from typing import NamedTuple

from tests.newsrooms import TestNewsroom
from tests.soak import judge
from tests.soak.commands import KILLED, Commands, Ended
from tests.soak.desk import FORMS, Desk, Story
from tests.soak.observer import Observer, ids, integrity
from tests.soak.website import Website

_EMBARGO_SECONDS = (3, 8)
_SECRETS = 3
_LINES_AT_FIRST = 110
"""So many lines has the first list: enough that some are in an archive from the beginning."""
_SLOW, _KILLED, _ALONE = 0.35, 0.25, 0.3
"""How often a disk is slow, a run is killed, and a publisher the only one to have the ledger."""


class Way(NamedTuple):
    """How a command is run."""

    slow: bool = False
    killed: bool = False


class Place(NamedTuple):
    """Where all of it happens."""

    newsroom: TestNewsroom
    desk: Desk
    commands: Commands
    website: Website
    observer: Observer
    chance: random.Random


class Steps:
    """Does one step after the other, and notes what is wrong."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.done: list[str] = []
        """All that was done, for whoever must understand what went wrong."""
        self.kinds: Counter[str] = Counter()
        self.runs: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._backup: Path | None = None
        self._reader: Connection | None = None
        self._reads_until = 0
        self._seconds = 1.0
        self._seen = (0, 0)
        self._stories_of_first = 0
        self._can_restore = "restore-ledger" in place.commands.run("--help").said
        self.all: dict[str, Callable[[Way], None]] = {
            "a new page": self._new_page,
            "several pages": self._several_pages,
            "a list with new lines": self._list,
            "a corrected page": self._corrected,
            "a page with another headline": self._renamed,
            "a worker is killed": self._worker_killed,
            "a decision to correct": self._decided,
            "a retraction": self._retracted,
            "a restoration": self._restored,
            "an erasure": self._erased,
            "a page that takes its story back": self._withdrawn,
            "an embargo": self._embargoed,
            "another configuration": self._configured,
            "a page that can't be read": self._bad,
            "a page that is gone, and comes back": self._gone,
            "nothing new": self._nothing,
            "a backup while publishing": self._backed_up,
            "a reader who stays": self._reading,
            "workers are replaced": self._workers_replaced,
        }
        if self._can_restore:
            self.all["back to a copy"] = self._back_to_a_copy

    # the whole

    def begin(self) -> None:
        """The first publish."""
        desk = self.place.desk
        for form in FORMS * 4:
            desk.story(form)
        desk.lines(_LINES_AT_FIRST, timedelta(days=2))
        self._stories_of_first = len(desk.stories)
        self._finish("the first pages", Way(), "publish")

    def one_of_each(self) -> Iterator[tuple[str, Way]]:
        """Every step, in every way that it may go at least once among all."""
        ways = [Way(), Way(slow=True), Way(killed=True), Way(slow=True, killed=True)]
        for number, name in enumerate(self.all):
            yield name, ways[number % len(ways)]

    def any(self) -> tuple[str, Way]:
        """Some step, in some way."""
        chance = self.place.chance
        name = chance.choice(list(self.all))
        return name, Way(chance.random() < _SLOW, chance.random() < _KILLED)

    def do(self, name: str, way: Way) -> None:
        """One step."""
        self.kinds[name] += 1
        alone = self._reader is None and self.place.chance.random() < _ALONE
        self.place.observer.stay_away(away=alone)
        how = [name, *(["slow syncs"] if way.slow else []), *(["killed"] if way.killed else [])]
        self._note(", ".join([*how, *(["nobody reads along"] if alone else [])]))
        self.all[name](way)
        if self._reader and len(self.done) >= self._reads_until:
            self._reader.close()
            self._reader = None

    def end(self) -> None:
        """Everything is put in order, published, and looked at closely."""
        desk = self.place.desk
        if self._reader:
            self._reader.close()
        self.place.observer.stay_away(away=False)
        desk.remove_bad_page()
        desk.put_back()
        self._wait_for_embargoes()
        self._finish("all is put in order", Way(), "publish")
        self._finish("nothing is left to do", Way(), "publish", says="nothing new")
        for command in ("check", "status"):
            asked = self._run(command)
            if asked.code:
                self.wrong.append(str(asked))
        database = self.place.newsroom.database
        self.wrong += [f"integrity_check of the ledger: {what}" for what in integrity(database)]
        self._rebuild()

    # what editors do

    def _new_page(self, way: Way) -> None:
        self.place.desk.story(self.place.chance.choice(FORMS))
        self._publish(way)

    def _several_pages(self, way: Way) -> None:
        for form in FORMS:
            self.place.desk.story(form)
        self._publish(way)

    def _list(self, way: Way) -> None:
        self.place.desk.lines(self.place.chance.randint(1, 4))
        self._publish(way)

    def _corrected(self, way: Way) -> None:
        self.place.desk.correct(self._some(self._articles()))
        self._publish(way)

    def _renamed(self, way: Way) -> None:
        # those of the first publish, which all copies of the ledger know by their old headline
        first = [one for one in self._articles() if one.number <= self._stories_of_first]
        if left := [one for one in first if one.title == one.headline]:
            self.place.desk.rename(self._some(left))
        self._publish(way)

    def _decided(self, way: Way) -> None:
        story = self._some([one for one in self._known() if not one.renamed])
        title = f"{story.headline}, corrected at step {len(self.done)}"
        story.title = title
        self._decide("a decision to correct", way, "correct", story.entry, "--title", title)

    def _retracted(self, way: Way) -> None:
        story = self._some(self._known())
        story.is_retracted = True
        self._decide("a retraction", way, "retract", story.entry, "--notice", "It was wrong.")

    def _erased(self, way: Way) -> None:
        story = self._some(self._known())
        story.is_erased = True
        self._decide("an erasure", way, "retract", story.entry, "--erase")

    def _restored(self, way: Way) -> None:
        hidden = [story for story in self.place.desk.stories if story.entry and story.is_retracted]
        if not hidden:
            self._retracted(Way())
            return self._restored(way)
        story = self._some(hidden)
        story.is_retracted = False
        self._decide("a restoration", way, "restore", story.entry)
        return None

    def _withdrawn(self, way: Way) -> None:
        desk = self.place.desk
        withdrawn = [story for story in desk.stories if story.is_withdrawn]
        if len(withdrawn) > 1:
            desk.show_again(withdrawn[0])
        else:
            desk.withdraw(self._some([one for one in self._articles() if one.form != "html"]))
        self._publish(way)

    def _embargoed(self, way: Way) -> None:
        now = time.time()
        if len(self.place.desk.secrets(now)) < _SECRETS:
            self.place.desk.story("md", int(now) + self.place.chance.randint(*_EMBARGO_SECONDS))
        self._publish(way)

    def _configured(self, way: Way) -> None:
        chance = self.place.chance
        self.place.desk.configure(
            limit=chance.choice((20, 25, 30)), has_extra=chance.random() < 0.5
        )
        self._publish(way)

    def _bad(self, way: Way) -> None:
        self.place.desk.put_bad_page()
        self.place.desk.story("txt")
        self._publish(way)
        self.place.desk.remove_bad_page()
        self._publish(Way())

    def _gone(self, way: Way) -> None:
        desk = self.place.desk
        desk.remove_page(self._some(self._articles()))
        self._publish(way)
        desk.put_back()
        self._publish(way)

    def _nothing(self, way: Way) -> None:
        self._publish(way)

    # what operators do, and what befalls them

    def _backed_up(self, way: Way) -> None:
        file = self.place.newsroom.root.parent / "backup.db"
        self.place.desk.story("md")
        with self.place.commands.start("backup", file, slow=way.slow) as copying:
            self._publish(way)
            said, _ = copying.communicate(timeout=120)
        if copying.returncode:
            self.wrong.append(f"feeds backup ended with {copying.returncode}: {said}")
            return
        self.runs["backup"] += 1
        self.wrong += [f"integrity_check of a backup: {what}" for what in integrity(file)]
        self._backup = file

    def _back_to_a_copy(self, way: Way) -> None:
        if self._backup is None:
            self._backed_up(Way())
            self._new_page(Way())
        self.place.desk.put_back()
        assert self._backup
        before = self.place.observer.timeline.numbers[-1]
        self._finish("back to a copy", way, "restore-ledger", self._backup, compare=False)
        after = self.place.observer.timeline.numbers[-1]
        if after[0] <= before[0] or after[1] <= before[1]:
            self.wrong.append(f"a ledger was restored, and is at {after} after {before}")
        self._publish(Way())

    def _worker_killed(self, way: Way) -> None:
        if self.place.website.is_complete:
            self.place.website.kill_worker(self.place.chance)
            self.runs["worker killed"] += 1
        self._corrected(way)

    def _workers_replaced(self, way: Way) -> None:
        if self.place.website.is_complete:
            self.place.website.replace_workers()
            self.runs["workers replaced"] += 1
        self._new_page(way)

    def _reading(self, way: Way) -> None:
        if self._reader is None:
            database = self.place.newsroom.database
            self._reader = connect(
                f"file:{database}?mode=ro", uri=True, isolation_level=None, timeout=5
            )
            self._reader.execute("BEGIN")
            self._reader.execute("SELECT count(*) FROM entries").fetchone()
            self._reads_until = len(self.done) + self.place.chance.randint(5, 12)
        self._corrected(way)

    # how commands are run

    def _publish(self, way: Way) -> None:
        self._finish("publish", way, "publish")

    def _decide(self, kind: str, way: Way, *command: str) -> None:
        self._finish(kind, way, *command, "--who", "nora")

    def _finish(
        self, kind: str, way: Way, *command: str | Path, compare: bool = True, says: str = ""
    ) -> None:
        """Runs the command, if ``way`` says so killed before, until it has done its work."""
        self._look()  # so that what it finds is of before
        limit = None
        if way.killed:
            most = self._seconds * (2 if way.slow else 1)
            limit = self.place.chance.uniform(0.1, most)
        ended = self._run(*command, slow=way.slow, kill_after=limit)
        self.runs[kind] += 1
        if ended.code == KILLED:
            self.runs["killed"] += 1
            ended = self._run(*command)
            if ended.code == 2 and ("already" in ended.said or "not retracted" in ended.said):
                ended = ended._replace(code=0)
            self._expect(ended)
            if compare:
                ended = self._run("publish")
        elif not way.slow and not way.killed:
            self._seconds = (self._seconds + ended.ended - ended.began) / 2
        self._expect(ended)
        if says and says not in ended.said:
            self.wrong.append(f"{ended}; not '{says}'")
        if compare and self.place.observer.newest:
            if command[0] not in {"publish"} or self._left_for_next(ended):
                ended = self._run("publish")
                self._expect(ended)
            self.wrong += judge.faults_of_content(
                self.place.desk, self.place.observer.newest, ended
            )

    def _left_for_next(self, ended: Ended) -> bool:
        return "left for the next run" in ended.said

    def _run(
        self, *command: str | Path, slow: bool = False, kill_after: float | None = None
    ) -> Ended:
        ended = self.place.commands.run(*command, slow=slow, kill_after=kill_after)
        self._note(f"  {ended}")
        self._look()
        return ended

    def _look(self) -> None:
        """Has all seen that was committed, and looks at it."""
        observer = self.place.observer
        observer.look()
        self.wrong += observer.wrong
        observer.wrong.clear()
        if observer.newest and observer.newest.number != self._seen:
            self._seen = observer.newest.number
            at = time.time() - (time.monotonic() - observer.newest.seen)
            found = judge.faults_of_documents(self.place.desk, observer.newest, at)
            self.wrong += [f"revision {self._seen}: {what}" for what in found]

    def _expect(self, ended: Ended) -> None:
        desk = self.place.desk
        waits = desk.is_bad_page_there or desk.secrets(ended.began)
        if ended.code not in ({0, 1} if waits else {0}):
            self.wrong.append(str(ended))

    def _rebuild(self) -> None:
        """A ledger that is made of the pages alone has the same ids, as far as pages tell them."""
        again = self.place.newsroom.root.parent / "again" / "feeds.db"
        ended = self.place.commands.run("publish", database=again)
        self._note(f"  {ended}")
        self._expect(ended)
        found = ids(again)
        for story in self.place.desk.stories:
            known = found.get(story.title)
            if story.is_public and not story.renamed and known != story.entry:
                self.wrong.append(f"'{story.title}' was {story.entry}, and {known} once rebuilt")

    def _wait_for_embargoes(self) -> None:
        left = [until - time.time() for until in self.place.desk.secrets(time.time()).values()]
        time.sleep(max(0.0, *left, 0.0))

    def _note(self, what: str) -> None:
        self.done.append(what)

    # what there is to choose from

    def _articles(self) -> list[Story]:
        """Articles that readers have, and whose pages are there."""
        desk = self.place.desk
        return [one for one in self._known() if one.is_article and desk.is_there(one)]

    def _known(self) -> list[Story]:
        return [story for story in self.place.desk.stories if story.entry and story.is_public]

    def _some(self, stories: Sequence[Story]) -> Story:
        """One of the newest ``stories``, which are those that are polled; now and then any."""
        chance = self.place.chance
        return chance.choice(stories[-20:] if chance.random() < 0.8 else stories)
