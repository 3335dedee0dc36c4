"""``feeds watch``: a run when something changes, when something is due, and in any case."""

from __future__ import annotations

import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from feeds.ledger import lock
from feeds.publish import watching
from feeds.publish.watching import Pace, is_hidden, keep_publishing
from tests.newsrooms import FEEDS, PAGE, PROJECT, TestNewsroom, feeds

_SECONDS = 60
NEVER = Pace(100_000, poll=False)


class Watched:
    """A newsroom that is watched; its runs are noted, and end with ``code``."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self.newsroom = newsroom
        self.code = 0
        self.runs: queue.Queue[float] = queue.Queue()

    def run(self) -> int:
        self.runs.put(time.monotonic())
        return self.code

    def wait(self) -> float:
        """When the next run was; fails if there is none."""
        return self.runs.get(timeout=_SECONDS)


@contextmanager
def watched(newsroom: TestNewsroom, pace: Pace = NEVER) -> Iterator[Watched]:
    made, stop = Watched(newsroom), threading.Event()
    arguments = (newsroom.place, pace, made.run, lambda: datetime.now(UTC), stop)
    with patch.multiple(watching, _QUIET_MS=50, _LOOK_MS=50, _POLL_MS=50):
        thread = threading.Thread(target=keep_publishing, args=arguments)
        thread.start()
        try:
            made.wait()
            yield made
        finally:
            stop.set()
            thread.join(_SECONDS)
            assert not thread.is_alive()


@pytest.mark.parametrize("poll", [False, True])
def test_a_page_that_changes_makes_a_run(newsroom: TestNewsroom, poll: bool) -> None:
    with watched(newsroom, Pace(100_000, poll)) as found:
        newsroom.page("bell.txt")
        found.wait()
        newsroom.page("quay/bell.txt")
        found.wait()


def test_a_folder_of_many_pages_is_few_runs(newsroom: TestNewsroom) -> None:
    with watched(newsroom) as found:
        for number in range(300):
            newsroom.page(f"bell-{number}.txt")
        found.wait()
        time.sleep(0.5)
        assert found.runs.qsize() < 10


def test_what_the_program_writes_there_itself_makes_none(newsroom: TestNewsroom) -> None:
    with watched(newsroom) as found:
        newsroom.page(".feeds-ledger.json", "{}")
        newsroom.page(".git/index", "")
        newsroom.page("bell.txt~")
        found.wait()
        time.sleep(0.3)
        assert found.runs.empty()


@pytest.mark.parametrize(
    ("path", "hidden"),
    [("a.txt", False), ("a/b.txt", False), (".a", True), ("a/.b/c.txt", True)],
)
def test_hidden_is_what_has_a_hidden_name_below_the_folder(path: str, hidden: bool) -> None:
    assert is_hidden(Path("/srv/.desk/source"), f"/srv/.desk/source/{path}") is hidden


def test_what_is_due_makes_a_run_when_it_is(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE)
    newsroom.publish()
    with watched(newsroom) as found:
        with lock.hold(newsroom.database) as held:
            soon = datetime.now(UTC) + timedelta(seconds=1)
            held.note(lock.LastRun(soon, 0, "", due=soon))
        newsroom.page("quay.txt")
        found.wait()
        found.wait()


def test_a_run_that_did_nothing_is_tried_again_soon(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_AGAIN_SECONDS", 0.1)
    with watched(newsroom) as found:
        found.code = 2
        newsroom.page("bell.txt")
        for _ in range(3):
            found.wait()


def test_what_the_gate_refuses_is_not_read_again_and_again(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_AGAIN_SECONDS", 0.1)
    with watched(newsroom) as found:
        found.code = 3
        newsroom.page("bell.txt")
        found.wait()
        time.sleep(0.5)
        assert found.runs.empty()


def test_there_is_a_run_every_so_often_also_where_the_folder_is_gone(
    newsroom: TestNewsroom,
) -> None:
    with watched(newsroom, Pace(0.2, poll=False)) as found:
        found.wait()
        newsroom.root.rename(newsroom.root.with_name("elsewhere"))
        for _ in range(3):
            found.wait()
        newsroom.root.with_name("elsewhere").rename(newsroom.root)
        for _ in range(3):
            found.wait()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_command_publishes_what_changes_says_so_once_and_ends_when_told(
    newsroom: TestNewsroom, how: signal.Signals
) -> None:
    newsroom.page("bell.txt")
    process = subprocess.Popen(
        [str(FEEDS), "watch", "--", "--jobs", "1"],
        env=newsroom.environment(),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == f"watching {newsroom.root} (Ctrl-C stops it)\n"
        assert process.stdout.readline() == "revision 1: 4 new, 0 corrected\n"
        newsroom.page(
            "quay.txt", PAGE.replace("Bell hangs", "Crane stands").replace("bell", "crane")
        )
        assert process.stdout.readline().startswith("revision 2: ")
        process.send_signal(how)
        assert process.communicate(timeout=_SECONDS)[0] == "stopped\n"
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0


def test_options_that_are_none_of_publish_are_refused_at_once(newsroom: TestNewsroom) -> None:
    done = feeds(newsroom, "watch", "--", "--no-such-option")
    assert done.returncode == 2
    assert "no-such-option" in done.stderr.lower()
