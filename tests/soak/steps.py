"""What happens at the newsroom, one thing after the other.

Each step is something that editors, cron, or an operator do, or that befalls them; most end with
a run of the command, which may have a slow disk, and may be killed. What was killed is done again,
and then readers must have what they would have had otherwise.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection, connect

from tests.soak.audit import audit
from tests.soak.commands import Ended
from tests.soak.desk import FORMS, Story
from tests.soak.observer import integrity
from tests.soak.runs import Place, Runs, Way

_RUNS_OF_EMBARGO = (1.5, 4)
"""So many runs an embargo lasts, at least and at most, however long a run takes here."""
_SECRETS = 3
_LINES_AT_FIRST = 110
"""So many lines has the first list: enough that some are in an archive from the beginning."""
_SLOW, _KILLED, _ALONE = 0.35, 0.25, 0.3
"""How often a disk is slow, a run is killed, and a publisher the only one to have the ledger."""


class Steps:
    """Does one step after the other, and notes what is wrong."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.kinds: Counter[str] = Counter()
        self.runs = Runs(place)
        self._backup: Path | None = None
        self._reader: Connection | None = None
        self._reads_until = 0
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
            "two runs at once": self._two_at_once,
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
        self.runs.finish("the first pages", Way(), "publish")

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
        self.runs.done.append(", ".join([*how, *(["nobody reads along"] if alone else [])]))
        self.all[name](way)
        if self._reader and len(self.runs.done) >= self._reads_until:
            self._reader.close()
            self._reader = None

    def end(self) -> None:
        """Nobody reads any more, and whatever an editor left undone is done."""
        if self._reader:
            self._reader.close()
        self.place.observer.stay_away(away=False)
        self.place.desk.remove_bad_page()
        self.place.desk.put_back()

    def audit(self) -> None:
        """Looks once more, when all is over."""
        audit(self.place, self.runs)

    # what editors do

    def _new_page(self, way: Way) -> None:
        self.place.desk.story(self.place.chance.choice(FORMS))
        self.runs.publish(way)

    def _several_pages(self, way: Way) -> None:
        for form in FORMS:
            self.place.desk.story(form)
        self.runs.publish(way)

    def _list(self, way: Way) -> None:
        self.place.desk.lines(self.place.chance.randint(1, 4))
        self.runs.publish(way)

    def _corrected(self, way: Way) -> None:
        self.place.desk.correct(self._some(self._articles()))
        self.runs.publish(way)

    def _renamed(self, way: Way) -> None:
        # those of the first publish, which all copies of the ledger know by their old headline
        first = [one for one in self._articles() if one.number <= self._stories_of_first]
        if left := [one for one in first if one.title == one.headline]:
            self.place.desk.rename(self._some(left))
        self.runs.publish(way)

    def _decided(self, way: Way) -> None:
        story = self._some([one for one in self._known() if not one.renamed])
        title = f"{story.headline}, corrected at step {len(self.runs.done)}"
        story.title = title
        self.runs.decide("a decision to correct", way, "correct", story.entry, "--title", title)

    def _retracted(self, way: Way) -> None:
        story = self._some(self._known())
        story.is_retracted = True
        self.runs.decide("a retraction", way, "retract", story.entry, "--notice", "It was wrong.")

    def _erased(self, way: Way) -> None:
        story = self._some(self._known())
        story.is_erased = True
        self.runs.decide("an erasure", way, "retract", story.entry, "--erase", "--yes")

    def _restored(self, way: Way) -> None:
        hidden = [story for story in self.place.desk.stories if story.entry and story.is_retracted]
        if not hidden:
            self._retracted(Way())
            return self._restored(way)
        story = self._some(hidden)
        story.is_retracted, story.is_restored = False, True
        self.runs.decide("a restoration", way, "restore", story.entry)
        return None

    def _withdrawn(self, way: Way) -> None:
        desk = self.place.desk
        withdrawn = [story for story in desk.stories if story.is_withdrawn]
        if len(withdrawn) > 1:
            desk.show_again(withdrawn[0])
        else:
            # what a decision shows again, no page takes back
            may = [one for one in self._articles() if one.form != "html" and not one.is_restored]
            desk.withdraw(self._some(may))
        self.runs.publish(way)

    def _embargoed(self, way: Way) -> None:
        now = time.time()
        if len(self.place.desk.secrets(now)) < _SECRETS:
            lasts = self.runs.seconds * self.place.chance.uniform(*_RUNS_OF_EMBARGO)
            self.place.desk.story("md", int(now + lasts) + 1)
        self.runs.publish(way)

    def _configured(self, way: Way) -> None:
        chance = self.place.chance
        self.place.desk.configure(
            limit=chance.choice((20, 25, 30)), has_extra=chance.random() < 0.5
        )
        self.runs.publish(way)

    def _bad(self, way: Way) -> None:
        self.place.desk.put_bad_page()
        self.place.desk.story("txt")
        self.runs.publish(way)
        self.place.desk.remove_bad_page()
        self.runs.publish(Way())

    def _gone(self, way: Way) -> None:
        desk = self.place.desk
        desk.remove_page(self._some(self._articles()))
        self.runs.publish(way)
        desk.put_back()
        self.runs.publish(way)

    def _nothing(self, way: Way) -> None:
        self.runs.publish(way)

    # what operators do, and what befalls them

    def _backed_up(self, way: Way) -> None:
        file = self.place.newsroom.root.parent / "backup.db"
        self.place.desk.story("md")
        with self.place.commands.start("backup", file, slow=way.slow) as copying:
            self.runs.publish(way)
            said, _ = copying.communicate(timeout=120)
        if copying.returncode:
            self.runs.wrong.append(f"feeds backup ended with {copying.returncode}: {said}")
            return
        self.runs.counts["backup"] += 1
        self.runs.wrong += [f"integrity_check of a backup: {what}" for what in integrity(file)]
        self._backup = file

    def _back_to_a_copy(self, way: Way) -> None:
        if self._backup is None:
            self._backed_up(Way())
            self._new_page(Way())
        self.place.desk.put_back()
        assert self._backup
        before = self.place.observer.timeline.numbers[-1]
        self.runs.finish("back to a copy", way, "restore-ledger", self._backup, compare=False)
        after = self.place.observer.timeline.numbers[-1]
        if after[0] <= before[0] or after[1] <= before[1]:
            self.runs.wrong.append(f"a ledger was restored, and is at {after} after {before}")
        self.runs.publish(Way())

    def _two_at_once(self, way: Way) -> None:
        """Cron doesn't wait for the run before: one of two publishes, and the other lets it."""
        self.place.observer.stay_away(away=False)
        self.place.desk.story("txt")
        began = time.time()
        with self.place.commands.start("publish", slow=way.slow) as other:
            first = self.runs.run("publish")
            said, _ = other.communicate(timeout=120)
        second = Ended(("publish",), other.returncode, said, began, time.time())
        self.runs.done.append(f"  {second}")
        for ended in (first, second):
            if "another 'feeds publish' is at work" not in ended.said:
                self.runs.expect(ended)
        self.runs.publish(Way())

    def _worker_killed(self, way: Way) -> None:
        if self.place.website.is_complete:
            self.place.website.kill_worker(self.place.chance)
            self.runs.counts["worker killed"] += 1
        self._corrected(way)

    def _workers_replaced(self, way: Way) -> None:
        if self.place.website.is_complete:
            self.place.website.replace_workers()
            self.runs.counts["workers replaced"] += 1
        self._new_page(way)

    def _reading(self, way: Way) -> None:
        if self._reader is None:
            database = self.place.newsroom.database
            self._reader = connect(
                f"file:{database}?mode=ro", uri=True, isolation_level=None, timeout=5
            )
            self._reader.execute("BEGIN")
            self._reader.execute("SELECT count(*) FROM entries").fetchone()
            self._reads_until = len(self.runs.done) + self.place.chance.randint(5, 12)
        self._corrected(way)

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
