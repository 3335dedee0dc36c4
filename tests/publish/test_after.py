"""The command after a revision: at least once for each, one at a time, and no part of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.ledger import afterwards, lock
from feeds.ledger.afterwards import Owed
from feeds.ledger.connect import open_to_note
from feeds.model.errors import LedgerBusyError
from feeds.newsroom import Newsroom
from feeds.newsroom.database import place_of
from feeds.publish import after, commands
from feeds.publish.after import Told
from tests.newsrooms import FEEDS, NOW, SITE, TestNewsroom, feeds, process
from tests.publish.test_commands import is_running

SECOND = timedelta(seconds=1)
NOTE = """
import json, os, sys
told = {name: value for name, value in os.environ.items() if name.startswith("FEEDS_")}
with open(sys.argv[1], "a") as file:
    print(json.dumps(told), file=file)
"""


class Hooked:
    """A newsroom with a command that notes what it is told, and then runs ``more``."""

    def __init__(self, newsroom: TestNewsroom, folder: Path) -> None:
        self.newsroom = newsroom
        self.log = folder / "told"
        self.command()

    def command(self, more: str = "") -> None:
        words = json.dumps([sys.executable, "-c", NOTE + more, str(self.log)])
        self.newsroom.configure(f"{SITE}\n[publish]\nafter = {words}\n")

    def told(self) -> list[dict[str, str]]:
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def owed(self) -> Owed | None:
        ledger = open_to_note(self.newsroom.place.database)
        assert ledger is not None
        with ledger.read() as connection:
            return afterwards.find(connection)

    def tell(self, seconds: float = 0) -> Told:
        return after.tell(self.newsroom.place, lambda: NOW + seconds * SECOND)


@pytest.fixture
def hooked(newsroom: TestNewsroom, tmp_path: Path) -> Hooked:
    return Hooked(newsroom, tmp_path)


def story(newsroom: TestNewsroom, number: int) -> None:
    words = f"Bell number {number} hangs in its tower again"
    newsroom.page(f"bell-{number}.txt", f"{words}\n\n{words} after so many years of silence.\n")


def wait_until(has_come: Callable[[], bool]) -> None:
    last = time.monotonic() + 60
    while not has_come():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_it_is_told_of_the_revision_in_its_environment(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    assert feeds(hooked.newsroom, "publish").returncode == 0
    (told,) = hooked.told()
    assert told["FEEDS_REVISION"] == told["FEEDS_EPOCH"] == "1"
    assert told["FEEDS_CHANGED"] == "latest"
    assert told["FEEDS_SOURCE"] == str(hooked.newsroom.root)
    assert told["FEEDS_LEDGER"] == str(hooked.newsroom.database)
    assert hooked.owed() is None


@pytest.mark.parametrize(
    ("given", "there", "told"),
    [
        ("sqlite:////a/feeds.db", "", "sqlite:////a/feeds.db"),
        ("postgresql://ada:secret@db/feeds", "", "postgresql://ada@db/feeds"),
        (
            "postgresql://ada:secret@db/feeds",
            "postgresql://ada:secret@db/feeds",
            "postgresql://ada@db/feeds",
        ),
        ("sqlite:////a/feeds.db", "sqlite:////b/feeds.db", "sqlite:////a/feeds.db"),
    ],
)
def test_what_it_is_told_has_no_password_and_leads_to_the_same_ledger(
    monkeypatch: pytest.MonkeyPatch, given: str, there: str, told: str
) -> None:
    if there:
        monkeypatch.setenv("FEEDS_DATABASE", there)
    found = commands.told_of(Newsroom(Path("/a/source"), place_of(given)))
    assert found["FEEDS_DATABASE"] == told
    assert "secret" not in str(found)


def test_a_run_that_makes_no_revision_runs_nothing(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    for _ in range(3):
        feeds(hooked.newsroom, "publish")
    assert len(hooked.told()) == 1


def test_editors_commands_are_followed_by_it_too(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    feeds(hooked.newsroom, "publish")
    headline = hooked.newsroom.entries()[0].title
    assert feeds(hooked.newsroom, "retract", headline).returncode == 0
    assert [one["FEEDS_REVISION"] for one in hooked.told()] == ["1", "2"]


def test_what_a_run_that_died_had_yet_to_tell_the_next_one_tells(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    hooked.newsroom.publish()  # and nobody runs the command
    story(hooked.newsroom, 2)
    feeds(hooked.newsroom, "publish")
    (told,) = hooked.told()
    assert told["FEEDS_REVISION"] == "2"


@pytest.mark.engines
def test_what_comes_while_it_is_at_work_is_left_to_who_is_at_it(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    hooked.newsroom.publish()
    with lock.hold_command(hooked.newsroom.place.database):
        story(hooked.newsroom, 2)
        hooked.newsroom.publish(NOW + SECOND)
        assert hooked.tell(7200) == Told([], "")  # by whatever clock
        assert hooked.told() == []
    hooked.tell(3)
    assert [one["FEEDS_REVISION"] for one in hooked.told()] == ["2"]
    assert hooked.owed() is None


@pytest.mark.engines
def test_it_ends_with_a_run_that_is_killed_and_no_other_begins_it_before(hooked: Hooked) -> None:
    hooked.command(
        "import time\n"
        "print(os.getpid(), file=open(sys.argv[1] + '-id', 'w'), flush=True)\n"
        "time.sleep(300)"
    )
    story(hooked.newsroom, 1)
    run = subprocess.Popen(
        [FEEDS, "publish", "--quiet"], env=hooked.newsroom.environment(), stdin=subprocess.DEVNULL
    )
    began = hooked.log.with_name("told-id")
    wait_until(lambda: began.exists() and bool(began.read_text(encoding="ascii")))
    number = int(began.read_text(encoding="ascii"))
    run.kill()
    run.wait()

    def is_free() -> bool:
        try:
            with lock.hold_command(hooked.newsroom.place.database):
                assert not is_running(number)
                return True
        except LedgerBusyError:
            return False

    wait_until(is_free)
    assert hooked.owed() is not None
    hooked.command()
    assert feeds(hooked.newsroom, "publish", "--quiet").returncode == 0
    assert len(hooked.told()) == 2
    assert hooked.owed() is None


def test_one_that_publishes_itself_is_run_twice_and_not_for_ever(hooked: Hooked) -> None:
    environment = {"FEEDS_DATABASE": f"sqlite:///{hooked.newsroom.database}"}
    hooked.command(
        "import subprocess, time\n"
        "page = os.path.join(told['FEEDS_SOURCE'], f'{time.time_ns()}.txt')\n"
        "text = f'Bell number {time.time_ns()} hangs in its tower again'\n"
        "open(page, 'w').write(text + chr(10) * 2 + text + ' after years.' + chr(10))\n"
        "subprocess.run([sys.executable, '-m', 'feeds', 'publish', '--quiet'], check=True)\n"
    )
    story(hooked.newsroom, 1)
    done = process(hooked.newsroom, "publish", environment=environment)
    assert done.returncode == 0, done.stderr
    assert [one["FEEDS_REVISION"] for one in hooked.told()] == ["1", "2"]
    assert hooked.owed() is not None  # the next run goes on


def test_one_that_fails_changes_nothing_is_told_once_and_tried_again_later(
    hooked: Hooked,
) -> None:
    hooked.command("sys.exit('the CDN is away')")
    story(hooked.newsroom, 1)
    done = feeds(hooked.newsroom, "publish", "--quiet")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    failed = f"revision 1 failed: '{sys.executable}' ended with exit code 1: the CDN is away"
    assert failed in done.stderr
    owed = hooked.owed()
    assert owed is not None
    status = feeds(hooked.newsroom, "status")
    assert status.returncode == 1
    assert "waiting     the command after revision 1 is run again, due " in status.stdout
    wait = (owed.due - NOW).total_seconds()
    assert hooked.tell(wait - 1) == Told([], "")
    assert hooked.tell(wait) == Told([], "")  # it was told
    assert len(hooked.told()) == 2
    (problem,) = hooked.tell(wait + 25 * 3600).problems
    assert "it is not run for that any more" in problem.what
    assert hooked.owed() is None


def test_one_that_is_taken_out_of_the_configuration_is_not_run(hooked: Hooked) -> None:
    story(hooked.newsroom, 1)
    hooked.newsroom.publish()
    hooked.newsroom.configure(SITE)
    feeds(hooked.newsroom, "publish")
    assert hooked.told() == []
    assert hooked.owed() is None


def test_what_it_prints_is_printed_but_not_for_cron(hooked: Hooked) -> None:
    hooked.command("print('purged')")
    story(hooked.newsroom, 1)
    assert "purged\n" in feeds(hooked.newsroom, "publish").stdout
    story(hooked.newsroom, 2)
    assert feeds(hooked.newsroom, "publish", "--quiet").stdout == ""


def test_a_command_is_no_news_to_readers(newsroom: TestNewsroom, tmp_path: Path) -> None:
    story(newsroom, 1)
    newsroom.publish()
    hooked = Hooked(newsroom, tmp_path)
    assert newsroom.publish(NOW + SECOND).revision is None
    story(newsroom, 2)
    feeds(newsroom, "publish")
    assert [one["FEEDS_REVISION"] for one in hooked.told()] == ["2"]
