"""Killed at any write: readers see a whole revision, and the next run completes it.

Most runs of the tests leave most writes out, and all scenarios but one; with FEEDS_THOROUGH=1 no
scenario is left out, and with FEEDS_EVERY_WRITE=1 no write of any either.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.ledger.connect import Ledger
from feeds.newsroom.site_file import load_site
from feeds.web import create_app
from feeds.web.cache import Shelf
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom
from tests.postgres import PostgreSQLNewsroom
from tests.publish.killing import KILLED, Kept, Killer, Run
from tests.thorough import THOROUGH
from tests.web.asking import Answer, Ask, of_app

IDS = "INSERT INTO \"settings\" VALUES('ledger',", "settings ('ledger',", "settings ('nonce',"
EARLY = datetime(2025, 12, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
BELL = PAGE
SHED = "Shed on the pier loses its roof\n\nIt flew off on Friday, and nobody has found it since.\n"
MORE = '\n[[feeds]]\nname = "articles"\ntitle = "Articles"\nkinds = ["article"]\n'
EMBARGOED = "---\nembargo: 2026-01-14T15:00+04:00\n---\n" + SHED.replace("Shed", "Kiosk")

Served = dict[str, tuple[int, list[tuple[str, str]], bytes]]
Change = Callable[[TestNewsroom], None]


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    """A newsroom whose paths are those that the kernel tells."""
    newsroom.root = newsroom.root.resolve()
    if isinstance(newsroom.database, Path):
        newsroom.database = newsroom.database.resolve()
    return newsroom


class Scenario(NamedTuple):
    """What is there, what changes, and the command that is killed then.

    It is killed at every ``step``-th write. No file beside the ledger holds ``erased`` in the end.
    """

    before: Change
    change: Change
    command: tuple[str, ...] = ("publish",)
    step: int = 1
    erased: str = ""


def put(newsroom: TestNewsroom, name: str, text: str) -> None:
    newsroom.page(name, text, EARLY)


def nothing(newsroom: TestNewsroom) -> None:
    """Leaves the newsroom as it is."""


def published(newsroom: TestNewsroom) -> None:
    put(newsroom, "bell.txt", BELL)
    put(newsroom, "gone.txt", SHED.replace("Shed", "Crane"))
    newsroom.publish()


def waiting(newsroom: TestNewsroom) -> None:
    put(newsroom, "due.txt", EMBARGOED)
    published(newsroom)


def first(newsroom: TestNewsroom) -> None:
    put(newsroom, "bell.txt", BELL)
    put(newsroom, "empty.txt", "")


def edited(newsroom: TestNewsroom) -> None:
    put(newsroom, "bell.txt", BELL.replace("two men", "three men"))
    put(newsroom, "shed.txt", SHED)
    put(newsroom, "empty.txt", "")
    (newsroom.root / "gone.txt").unlink()


def configured(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 2") + MORE)


USUAL = "a correction, a new page, a bad page, one that is gone, one that is due"
SCENARIOS = {
    # most of its writes make the tables, in a file that nobody sees yet
    "the first publish": Scenario(nothing, first, step=31),
    USUAL: Scenario(waiting, edited, step=13 if THOROUGH else 17),
    "another configuration": Scenario(published, configured, step=29),
    "a retraction": Scenario(
        published,
        nothing,
        ("retract", "--yes", "Bell hangs", "--who", "nora", "--notice", "It does not."),
        step=25,
    ),
    # the ledger is written anew as a whole: many writes, much alike
    "an erasure": Scenario(
        published,
        nothing,
        ("retract", "--yes", "Bell hangs", "--who", "nora", "--erase"),
        step=79,
        erased="tower again",
    ),
}
EVERY_WRITE = bool(os.environ.get("FEEDS_EVERY_WRITE"))
"""Whether somebody has half an hour: then no write of any scenario is left out."""
SLOWER = 3 if THOROUGH else 5
"""How much longer a server takes to put a ledger back as it was."""
TORN_STEP = 3
"""Of how many writes at which it is killed one is torn, too.

As odd as the steps: a log's frame is two writes, which take turns then.
"""


def hashes(newsroom: TestNewsroom) -> list[str]:
    if not newsroom.has_ledger():
        return []
    return [value for (value,) in newsroom.rows("SELECT hash FROM entries ORDER BY hash")]


def known(newsroom: TestNewsroom) -> list[str]:
    """Everything in the ledger but its id, which no other has, though it be made the same way."""
    return [line for line in newsroom.dump() if not line.startswith(IDS)]


def addresses(newsroom: TestNewsroom) -> set[str]:
    """Every address at which something of the newsroom is served."""
    text = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    names = [feed.name for feed in load_site(text, "site.toml").feeds]
    formats = ("", ".rss", ".atom", ".json")
    found = {f"/feeds/{name}{suffix}" for name in names for suffix in formats}
    found |= {"/feeds/", "/feeds/healthz"}
    return found | {f"/feeds/stories/{value}" for value in hashes(newsroom)}


def is_document(path: str) -> bool:
    return path.endswith((".rss", ".atom", ".json"))


def revision_of(answer: Answer) -> bytes:
    return str(json.loads(answer.body)["revision"]).encode()


def served(ask: Ask, paths: set[str]) -> Served:
    """All that is served, which one revision it is included."""
    answers = {path: ask(path) for path in sorted(paths)}
    # the moment at which it was asked for is no part of what is served
    return {
        path: (
            answer.status,
            [header for header in answer.headers if header[0] not in {"Date", "Content-Length"}],
            # how the last run ended is the monitor's to know, and part of no revision
            revision_of(answer) if path == "/feeds/healthz" else answer.body,
        )
        for path, answer in answers.items()
    }


def differences(one: Served, other: Served) -> list[str]:
    return [path for path in one if one[path] != other[path]]


class Killing:
    """A scenario, ready to be run to its end and to any point of it."""

    def __init__(self, killer: Killer, newsroom: TestNewsroom, scenario: Scenario) -> None:
        self._killer, self._newsroom, self._scenario = killer, newsroom, scenario
        scenario.before(newsroom)
        paths = addresses(newsroom)
        scenario.change(newsroom)
        self._files, self._ledger = Kept(newsroom.root.parent), newsroom.snapshot()
        self._whole = self._run()
        self._paths = paths | addresses(newsroom)
        self._app = create_app(str(newsroom.root), newsroom.url)
        self._app.wsgi_app = self._app.wsgi_app.app  # type: ignore[attr-defined, method-assign] # without the fast path
        self.after = self._served()
        self._dump = known(newsroom)
        self._restore()
        self.before = self._served()
        # what is the same in both need not be asked for again and again, documents apart
        changed = set(differences(self.before, self.after))
        self._paths = {path for path in self.before if path in changed or is_document(path)}
        self.before = {path: self.before[path] for path in sorted(self._paths)}
        self.after = {path: self.after[path] for path in sorted(self._paths)}

    @property
    def whole(self) -> Run:
        """The run that nobody killed."""
        return self._whole

    def _restore(self) -> None:
        self._files.restore()
        self._ledger()

    def _run(self, at: int = 0, *, torn: bool = False) -> Run:
        return self._killer.run(self._newsroom, LATER, *self._scenario.command, at=at, torn=torn)

    def _publish(self) -> Run:
        return self._killer.run(self._newsroom, LATER, "publish")

    def _served(self) -> Served:
        # nothing in memory: a website that runs goes on for a while with what it has there
        store = self._app.extensions["feeds"]
        store.shelf = Shelf(Ledger(self._newsroom.database, read_only=True))
        return served(of_app(self._app), self._paths)

    def at(self, point: int, *, torn: bool) -> list[str]:
        """What is wrong if the command is killed at its write number ``point``."""
        self._restore()
        run = self._run(point, torn=torn)
        assert run.code == KILLED, run
        wrong = []
        seen = self._served()
        if seen not in (self.before, self.after):
            wrong.append(f"served is neither revision: {differences(seen, self.before)}")
        if (said := self._newsroom.faults()) != "ok":
            wrong.append(said)
        wrong += self._completed()
        return [f"killed at write {point}: {what}" for what in wrong]

    def _completed(self) -> list[str]:
        """What is wrong after the next run, and that of the command if it was for nothing."""
        wrong = []
        run = self._publish()
        if self._scenario.command != ("publish",):
            if (seen := self._served()) not in (self.before, self.after):
                wrong.append(f"publish completes neither: {differences(seen, self.after)}")
            if seen != self.after:
                run = self._run()
        if run.code not in {0, self.whole.code}:
            wrong.append(f"the next run ends with {run.code}: {run.said}")
        if known(self._newsroom) != self._dump:
            missing = differences(self.after, self._served())
            wrong.append(f"the ledger is not what it is without a kill, nor are {missing}")
        if (said := self._newsroom.faults()) != "ok":
            wrong.append(f"completed: {said}")
        if word := self._scenario.erased.encode():
            files = self._newsroom.ledger_files()
            wrong += [f"left in {file.name}" for file in files if word in file.read_bytes()]
        return wrong

    def unsaid(self, point: int) -> list[str]:
        """What neither the killed run nor the next one says, though a whole run does."""
        self._restore()
        killed = self._run(point)
        assert killed.code == KILLED, killed
        following = self._publish()
        lost = [line for line in self.whole.said if line not in killed.said + following.said]
        if following.code != self.whole.code and not killed.said:
            lost.append(f"exit code {self.whole.code}")
        return [f"killed at write {point}: nobody heard {line}" for line in lost]


def chosen() -> list[tuple[str, bool]]:
    """Names of scenarios, and whether writes are torn: that one at least which has all in it."""
    if THOROUGH or EVERY_WRITE:
        return list(product(SCENARIOS, (False, True)))
    return [(USUAL, False)]


@pytest.mark.engines
@pytest.mark.parametrize(("name", "torn"), chosen())
def test_a_killed_run_leaves_a_whole_revision_and_the_next_completes_it(
    killer: Killer, newsroom: TestNewsroom, name: str, torn: bool
) -> None:
    scene = Killing(killer, newsroom, SCENARIOS[name])
    assert scene.whole.writes > 10, scene.whole
    assert scene.before != scene.after
    step = 1 if EVERY_WRITE else SCENARIOS[name].step * (TORN_STEP if torn else 1)
    if isinstance(newsroom, PostgreSQLNewsroom) and not EVERY_WRITE:
        step *= SLOWER
    points = range(1, scene.whole.writes + 1, step)
    wrong = [what for point in points for what in scene.at(point, torn=torn)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.engines
def test_what_a_killed_run_did_not_get_to_say_is_said_by_the_next(
    killer: Killer, newsroom: TestNewsroom
) -> None:
    scene = Killing(killer, newsroom, Scenario(waiting, edited))
    assert scene.whole.code == 1
    assert len(scene.whole.said) == 2
    step = 1 if EVERY_WRITE else 23 if THOROUGH else 53
    step *= SLOWER if isinstance(newsroom, PostgreSQLNewsroom) else 1
    points = range(1, scene.whole.writes + 1, step)
    wrong = [line for point in points for line in scene.unsaid(point)]
    assert not wrong, "\n".join(wrong)
