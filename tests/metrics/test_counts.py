"""What workers count, each in a row of its own, and what is left of those that end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.metrics import counts
from feeds.metrics.counts import Counting, Counts, Served
from tests.newsrooms import NOW, PROJECT

WORKER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from feeds.metrics.counts import Row, Served
row = Row(Path(sys.argv[1]))
row.serve(Served(1, int(sys.argv[2]), datetime(2026, 1, 14, 9, 30, tzinfo=UTC)))
count = row.counter()
for _ in range(int(sys.argv[3])):
    count("200 OK", "gzip")
print("counted", flush=True)
sys.stdin.read()
"""


class Workers:
    """Processes that count in a ``file`` for two."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.descriptor = os.open(file, os.O_RDWR | os.O_CREAT)
        counts.make(self.descriptor, 2)
        self.started: list[subprocess.Popen[str]] = []

    def start(self, revision: int, answers: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WORKER, str(self.file), str(revision), str(answers)]
        process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "counted\n"
        return process

    def read(self) -> Counts:
        return counts.read(self.descriptor)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path / "counts")
    yield made
    for process in made.started:
        process.kill()
        process.communicate()
    os.close(made.descriptor)


def test_what_workers_counted_is_added_up_and_outlives_those_that_are_killed(
    workers: Workers,
) -> None:
    first = workers.start(7, 1000)
    workers.start(8, 10)
    found = workers.read()
    assert found.answers["200", "gzip"] == found.answers.total() == 1010
    assert found.workers == 2
    assert min(found.served) == Served(1, 7, NOW)
    first.kill()
    first.wait()
    found = workers.read()
    assert found.answers["200", "gzip"] == 1010
    assert (found.workers, found.served) == (1, [Served(1, 8, NOW)])
    workers.start(8, 5)
    assert workers.read().answers["200", "gzip"] == 1015


def test_many_workers_one_after_the_other_need_no_more_room(workers: Workers) -> None:
    size = workers.file.stat().st_size
    for _ in range(8):
        process = workers.start(1, 1)
        process.communicate("")
    assert workers.read().answers.total() == 8
    assert workers.file.stat().st_size == size


def test_there_is_room_on_the_disk_for_all_that_is_counted(workers: Workers) -> None:
    found = workers.file.stat()
    assert found.st_blocks * 512 >= found.st_size > 0


def test_who_finds_no_room_is_told(workers: Workers) -> None:
    for _ in range(6):
        workers.start(1, 1)
    with pytest.raises(OSError, match="no room"):
        counts.Row(workers.file)


def test_what_nobody_knows_is_counted_together(workers: Workers) -> None:
    count = counts.Row(workers.file).counter()
    for status, coding in (("299 Odd", ""), ("418 Teapot", "zstd"), ("304 Not Modified", "")):
        count(status, coding)
    answers = +workers.read().answers
    assert answers == {("other", "identity"): 2, ("304", "identity"): 1}


def test_an_answer_is_counted_as_it_was_given() -> None:
    seen: list[tuple[str, str]] = []

    def app(_: object, start: object) -> list[bytes]:
        assert callable(start)
        start("200 OK", [("Content-Type", "text/xml"), ("Content-Encoding", "br")])
        return [b"body"]

    started: list[object] = []
    counting = Counting(app, lambda status, coding: seen.append((status, coding)))
    assert counting({}, lambda *told: started.append(told)) == [b"body"]  # type: ignore[arg-type]
    assert seen == [("200 OK", "br")]
    assert len(started) == 1


def test_nothing_is_served_by_one_that_has_nothing_yet(workers: Workers) -> None:
    row = counts.Row(workers.file)
    row.serve(Served(1, 3, datetime(2026, 1, 14, tzinfo=UTC)))
    row.serve(None)
    assert workers.read().served == []
