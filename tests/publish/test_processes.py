"""Pages are read by several processes as one would read them, whatever becomes of these."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from feeds import normalise
from feeds.ledger import mark
from feeds.model import Page, Reading
from feeds.model.guidance import Guidance
from feeds.model.outcome import Outcome
from feeds.newsroom import folder
from feeds.publish import Order, page_reading, publish, readings
from feeds.publish.fatal import Deaths
from tests.newsrooms import NOW, TestNewsroom, feeds, said

LATER = NOW + timedelta(hours=1)
MANY = 50
"""More pages than are handed over at once."""
BAD = "story-21.txt"
ENDED = f"{BAD}: the program was ended 2 times while it read this page; save it in another form"
_WAIT = 60

Start = Callable[[int], Executor]


@pytest.fixture
def full(newsroom: TestNewsroom) -> TestNewsroom:
    for number in range(MANY):
        text = f"Lantern {number} is lit\n{1 + number % 9} Jan 2026\n\nIt took {number} matches.\n"
        newsroom.page(f"story-{number}.txt", text)
    newsroom.page("empty.txt", "")
    newsroom.page("photo.txt", b"\xff\xd8\xff\xe0")
    newsroom.page(
        "page.html",
        "<html><body><article><h1>Rope of the ferry is spliced</h1><p>By hand, at night, by two "
        "sisters from the other bank, who had done it before.</p></article></body></html>",
    )
    return newsroom


def read_by(newsroom: TestNewsroom, jobs: int = 2, start: Start | None = None) -> Outcome:
    """Publishes; its pages are read by so many processes that ``start`` gives."""
    order = Order(newsroom.place, NOW, wait=lambda _: None, jobs=jobs, start=start)
    return publish(order)


def known(newsroom: TestNewsroom) -> list[str]:
    """Everything in the ledger but its own id."""
    own = "INSERT INTO \"settings\" VALUES('ledger',"
    return [line for line in newsroom.dump() if not line.startswith(own)]


def begin_again(newsroom: TestNewsroom) -> None:
    """Has the next run find pages, and nothing else."""
    shutil.rmtree(newsroom.database.parent)
    (newsroom.root / mark.FILE).unlink()


# what happens in the processes that read

Deed = Callable[[], object]


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_once(killed: Path) -> None:
    if not killed.exists():
        killed.touch()
        _kill()


def _exit() -> None:
    os._exit(0)


def _eat() -> None:
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = used * resource.getpagesize() + 64 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    bytearray(1024 * 1024 * 1024)


def _poison(deed: Deed) -> None:
    """Has this process do the ``deed`` when it reads BAD."""
    real = normalise.normalise

    def read(page: Page, guidance: Guidance) -> Reading:
        if page.path == BAD:
            deed()
        return real(page, guidance)

    patch("feeds.normalise.normalise", read).start()


def poisoned(deed: Deed, jobs: int) -> Executor:
    return ProcessPoolExecutor(jobs, get_context("forkserver"), _poison, (deed,))


@pytest.mark.parametrize("jobs", [2, 5])
def test_several_processes_make_what_one_makes_to_the_byte(
    full: TestNewsroom, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    one = read_by(full, 1)
    expected = known(full)
    begin_again(full)
    monkeypatch.setattr(readings, "_MANY", 2)
    monkeypatch.setattr(readings, "_MANY_BYTES", 0)
    # were it read here, this would be noticed
    monkeypatch.setattr(readings, "read_tasks", None)
    assert read_by(full, jobs) == one
    assert known(full) == expected
    assert one.entered == MANY + 1


def test_any_executor_reads_pages(full: TestNewsroom) -> None:
    one = read_by(full, 1)
    expected = known(full)
    begin_again(full)
    assert read_by(full, 3, ThreadPoolExecutor) == one
    assert known(full) == expected


@pytest.mark.parametrize("deed", [_kill, _exit])
def test_a_page_that_ends_the_process_that_reads_it_is_refused_alone(
    full: TestNewsroom, deed: Deed
) -> None:
    outcome = read_by(full, 2, partial(poisoned, deed))
    assert (outcome.exit_code, outcome.entered) == (1, MANY)
    assert [line for line in said(outcome.problems) if line.startswith(ENDED)]
    assert f"feeds publish --reread --accept new {BAD}" in "".join(said(outcome.problems))
    assert full.publish(LATER).revision is None
    full.page(BAD, "Lantern 21 is lit again\n\nIt took one match, and a calm night.\n")
    assert full.publish(LATER).entered == 1
    assert list(full.database.parent.glob("*.reading")) == []


def test_a_process_that_somebody_kills_once_costs_nothing(
    full: TestNewsroom, tmp_path: Path
) -> None:
    one = read_by(full, 1)
    expected = known(full)
    begin_again(full)
    deed = partial(_kill_once, tmp_path / "killed")
    assert read_by(full, 2, partial(poisoned, deed)) == one
    assert (tmp_path / "killed").exists()
    assert known(full) == expected


def test_a_page_for_which_a_process_has_no_memory_is_refused_alone(full: TestNewsroom) -> None:
    outcome = read_by(full, 2, partial(poisoned, _eat))
    assert outcome.entered == MANY
    assert f"{BAD}: the program could not read this page: MemoryError" in "".join(
        said(outcome.problems)
    )


class Unable(ThreadPoolExecutor):
    """One that takes some work, and no more."""

    left = 0

    def submit(self, *arguments: Any, **values: Any) -> Future[Any]:
        if self.left == 0:
            raise OSError("no memory for a process")
        self.left -= 1
        return super().submit(*arguments, **values)


def _unable(left: int, jobs: int) -> Executor:
    made = Unable(jobs)
    made.left = left
    return made


def _unstarted(jobs: int) -> Executor:
    raise NotImplementedError(f"{jobs} semaphores")


@pytest.mark.parametrize("start", [_unstarted, partial(_unable, 0), partial(_unable, 2)])
def test_where_no_process_can_be_started_the_run_reads_itself(
    full: TestNewsroom, start: Start
) -> None:
    assert read_by(full, 2, start).entered == MANY + 1


class Failing(ThreadPoolExecutor):
    """One that loses what it is handed if BAD is in it."""

    def submit(self, act: Any, /, *arguments: Any, **values: Any) -> Future[Any]:
        if any(BAD in repr(one) for one in arguments):
            lost: Future[Any] = Future()
            lost.set_exception(ConnectionError("the other machine is gone"))
            return lost
        return super().submit(act, *arguments, **values)


def test_what_an_executor_raises_for_a_page_is_the_page_s_failure(full: TestNewsroom) -> None:
    outcome = read_by(full, 2, Failing)
    assert outcome.entered == MANY
    line = f"{BAD}: the program could not read this page: ConnectionError: the other machine"
    assert [one for one in said(outcome.problems) if one.startswith(line)]


def test_a_few_pages_start_no_process(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bell.txt")
    monkeypatch.setitem(sys.modules, "feeds.publish.processes", None)
    assert read_by(newsroom, 2).entered == 4


def test_pages_that_were_read_together_when_a_run_ended_are_suspected_one_by_one(
    full: TestNewsroom,
) -> None:
    one, two = folder.pages(full.root)[1:3]
    full.database.parent.mkdir()

    def after(*read: folder.Found) -> Deaths:
        """What the run after one knows that ended while it read that."""
        deaths = Deaths(full.database)
        with deaths.watched():
            deaths.begin(read)
            noted = full.database.with_name("feeds.db.reading").read_bytes()
        full.database.with_name("feeds.db.reading").write_bytes(noted)
        return Deaths(full.database)

    for _ in range(3):
        deaths = after(one, two)
        assert deaths.is_suspect(one)
        assert deaths.failure_of(one) is None
    assert after(one).failure_of(one) is None
    deaths = after(one)
    assert str(deaths.failure_of(one)).startswith(f"{one.path}: the program was ended 2 times")
    assert not deaths.is_suspect(two)
    full.page(one.path, "Another text.\n")
    assert deaths.failure_of(folder.pages(full.root)[1]) is None


def test_suspects_are_read_alone_and_no_one_else(full: TestNewsroom) -> None:
    full.database.parent.mkdir()
    suspects = folder.pages(full.root)[:3]
    note = {"pages": {one.path: one.signature for one in suspects}}
    full.database.with_name("feeds.db.reading").write_text(json.dumps(note), encoding="utf-8")
    handed: list[int] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, act: Any, /, *arguments: Any, **values: Any) -> Future[Any]:
            if act is page_reading.read_tasks:
                handed.append(len(arguments[1]))
            return super().submit(act, *arguments, **values)

    assert read_by(full, 2, Counting).entered == MANY + 1
    assert sorted(handed)[:4] == [1, 1, 1, MANY % 16]
    assert sum(handed) == MANY + 3


PROGRAM = """\
import signal, sys
from pathlib import Path
from feeds.publish import page_reading, readings

def pause(*_):
    Path({mark!r}).touch()
    signal.pause()

page_reading._read = pause
readings._MANY, readings._MANY_BYTES = 2, 0

if __name__ == "__main__":
    from feeds.cli import main
    sys.argv = ["feeds", "publish", "--jobs", "2"]
    main()
"""


def _is_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("send", [os.kill, os.killpg])
def test_a_run_that_is_stopped_leaves_no_process_and_the_next_goes_on(
    full: TestNewsroom, tmp_path: Path, end: signal.Signals, send: Callable[[int, int], None]
) -> None:
    begun, program = tmp_path / "reading", tmp_path / "program.py"
    program.write_text(PROGRAM.format(mark=str(begun)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, program],
        env=full.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        until = time.monotonic() + _WAIT
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert begun.exists()
        send(running.pid, end)
        told, _ = running.communicate(timeout=_WAIT)
        while _is_left(running.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _is_left(running.pid)
    if end == signal.SIGINT:
        assert told.startswith("feeds: stopped; what was read and stored is kept")
    ran = feeds(full, "publish", "--jobs", "2")
    assert f"{MANY + 1} new" in ran.stdout


BEGINNING = """\
import time
from feeds.publish import processes

processes._PRELOADED = ["slow"]
if __name__ == "__main__":
    executor = processes.start_processes(1)
    try:
        executor.submit(int).result()
        input()
    except KeyboardInterrupt:
        executor.shutdown(cancel_futures=True)
        del executor
        time.sleep(1)
"""


def test_who_stops_a_run_while_its_processes_begin_reads_nothing_of_them(
    tmp_path: Path,
) -> None:
    begun, program = tmp_path / "beginning", tmp_path / "program.py"
    program.write_text(BEGINNING, encoding="utf-8")
    slow = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(0.5)\n"
    (tmp_path / "slow.py").write_text(slow, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        until = time.monotonic() + _WAIT
        while not begun.exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        told, _ = running.communicate(timeout=_WAIT)
        assert told == ""
