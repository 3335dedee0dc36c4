"""The command that hears of problems: of each once, whatever cron does."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.ledger import lock
from feeds.publish import on_problem, problem_memory
from tests.newsrooms import COMMANDED, PAGE, SITE, TestNewsroom, feeds

NOTE = """
import json, os, sys
told = {name: value for name, value in os.environ.items() if name.startswith("FEEDS_")}
told["words"] = sys.stdin.read()
with open(sys.argv[1], "a") as file:
    print(json.dumps(told), file=file)
"""


class Heard(NamedTuple):
    """A newsroom whose command notes what it hears."""

    newsroom: TestNewsroom
    log: Path

    @property
    def site(self) -> str:
        return self.with_command()

    def with_command(self, more: str = "") -> str:
        words = json.dumps([sys.executable, "-c", NOTE + more, str(self.log)])
        return f"{SITE}\n[publish]\non_problem = {words}\n"

    def told(self) -> list[dict[str, str]]:
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def heard(newsroom: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Heard:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    made = Heard(newsroom, tmp_path / "heard")
    newsroom.configure(made.site)
    newsroom.page("bell.txt", PAGE)
    assert feeds(newsroom, "publish", "--quiet").returncode == 0
    return made


def test_a_page_that_fails_is_heard_of_once_in_the_words_of_the_run(heard: Heard) -> None:
    heard.newsroom.page("empty.txt", "")
    runs = [feeds(heard.newsroom, "publish", "--quiet") for _ in range(3)]
    assert [run.returncode for run in runs] == [1, 0, 0]
    (told,) = heard.told()
    assert told["words"] == runs[0].stderr
    assert told["FEEDS_PROBLEM"] == runs[0].stderr.strip()
    assert (told["FEEDS_PROBLEMS"], told["FEEDS_EXIT_CODE"]) == ("1", "1")
    assert told["FEEDS_SOURCE"] == str(heard.newsroom.root)


def test_a_page_that_fails_again_in_another_version_is_heard_of_again(heard: Heard) -> None:
    for text in ("", "\n", "fine\n\nA page of which nothing is wrong at all.\n", ""):
        heard.newsroom.page("empty.txt", text)
        feeds(heard.newsroom, "publish", "--quiet")
        feeds(heard.newsroom, "publish", "--quiet")
    assert len(heard.told()) >= 2


def test_a_page_that_comes_back_as_broken_as_it_was_is_heard_of_again(heard: Heard) -> None:
    codes = []
    for _ in range(2):
        broken = heard.newsroom.page("empty.txt", "")
        codes += [feeds(heard.newsroom, "publish", "--quiet").returncode for _ in range(2)]
        broken.unlink()
        codes.append(feeds(heard.newsroom, "publish", "--quiet").returncode)
    assert codes == [1, 0, 0] * 2
    assert len(heard.told()) == 2


def test_a_configuration_that_is_broken_is_heard_of_once_by_the_command_in_force(
    heard: Heard,
) -> None:
    heard.newsroom.configure("[site]\ntitle = Harbour\n")
    for _ in range(3):
        assert feeds(heard.newsroom, "publish", "--quiet").returncode == 2
    (told,) = heard.told()
    assert "site.toml:2" in told["FEEDS_PROBLEM"]
    heard.newsroom.configure(heard.site)
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 0
    heard.newsroom.configure("[site]\ntitle = Harbour\n")
    feeds(heard.newsroom, "publish", "--quiet")
    assert len(heard.told()) == 2


def test_a_ledger_that_is_lost_with_its_folder_is_heard_of_once_each_time(heard: Heard) -> None:
    folder = heard.newsroom.database.parent
    for times in (1, 2):
        folder.rename(folder.with_name("elsewhere"))
        for _ in range(3):
            assert feeds(heard.newsroom, "publish", "--quiet").returncode == 2
        assert len(heard.told()) == times
        folder.with_name("elsewhere").rename(folder)
        assert feeds(heard.newsroom, "publish", "--quiet").returncode == 0


def test_that_another_publisher_is_at_work_is_no_problem(heard: Heard) -> None:
    with lock.hold(heard.newsroom.database):
        assert feeds(heard.newsroom, "publish", "--quiet").returncode == 2
    assert heard.told() == []


def test_who_sits_there_hears_it_without_the_command(heard: Heard) -> None:
    heard.newsroom.decide('action = "retract"\nentry = 5')
    assert feeds(heard.newsroom, "retract", "--yes", "Bell hangs in its tower").returncode == 1
    assert heard.told() == []
    feeds(heard.newsroom, "publish", "--quiet")
    feeds(heard.newsroom, "publish", "--quiet")
    assert len(heard.told()) == 1


def test_what_was_not_told_yet_when_the_machine_died_is_told_by_the_next_run(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard.newsroom.page("empty.txt", "")
    with monkeypatch.context() as died:
        died.setattr(on_problem, "call", lambda *_: [])
        assert feeds(heard.newsroom, "publish", "--quiet").returncode == 1
    assert heard.told() == []
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 0
    assert "empty.txt" in heard.told()[0]["words"]


def test_a_command_that_fails_is_told_once_and_tried_again(heard: Heard) -> None:
    heard.newsroom.configure(heard.with_command("sys.exit('no mail today')"))
    heard.newsroom.page("empty.txt", "")
    first = feeds(heard.newsroom, "publish", "--quiet")
    assert "the command that is to hear of problems failed: " in first.stderr
    assert "ended with exit code 1: no mail" in first.stderr
    assert first.returncode == 1
    assert feeds(heard.newsroom, "publish", "--quiet").stderr == ""  # not yet
    later = COMMANDED + timedelta(minutes=2)
    assert feeds(heard.newsroom, "publish", "--quiet", now=later).stderr == ""
    assert len(heard.told()) == 2
    heard.newsroom.configure(heard.site)
    later += timedelta(minutes=10)
    assert feeds(heard.newsroom, "publish", "--quiet", now=later).stderr == ""
    assert len(heard.told()) == 3
    feeds(heard.newsroom, "publish", "--quiet", now=later + timedelta(days=2))
    assert len(heard.told()) == 3


def test_an_export_that_fails_is_heard_of_once_until_it_succeeds(
    heard: Heard, tmp_path: Path
) -> None:
    (tmp_path / "target").write_text("no folder", encoding="utf-8")
    export = ("publish", "--quiet", "--export", str(tmp_path / "target" / "feeds"))
    for minutes in (0, 5, 10):
        now = COMMANDED + timedelta(minutes=minutes)
        assert feeds(heard.newsroom, *export, now=now).returncode == 1
    (told,) = heard.told()
    assert str(tmp_path / "target") in told["FEEDS_PROBLEM"]


def test_a_preview_and_a_newsroom_without_the_command_note_nothing(heard: Heard) -> None:
    feeds(heard.newsroom, "publish", "--reread", "--preview")
    heard.newsroom.configure(SITE)
    heard.newsroom.page("empty.txt", "")
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 1
    beside = heard.newsroom.database.with_name("feeds.db.problems")
    assert not beside.exists() or beside.stat().st_size == 0


def test_what_it_remembers_is_for_its_owner_alone(heard: Heard) -> None:
    heard.newsroom.page("empty.txt", "")
    feeds(heard.newsroom, "publish", "--quiet")
    beside = heard.newsroom.database.with_name("feeds.db.problems")
    assert beside.stat().st_mode & 0o077 == 0


def test_what_somebody_else_put_there_is_left_alone(heard: Heard, tmp_path: Path) -> None:
    beside = heard.newsroom.database.with_name("feeds.db.problems")
    beside.unlink(missing_ok=True)
    (tmp_path / "aim").write_text("mine", encoding="utf-8")
    beside.symlink_to(tmp_path / "aim")
    heard.newsroom.page("empty.txt", "")
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 1
    assert (tmp_path / "aim").read_text(encoding="utf-8") == "mine"


def test_what_can_not_be_kept_beside_the_ledger_is_heard_of_once_all_the_same(heard: Heard) -> None:
    beside = heard.newsroom.database.with_name("feeds.db.problems")
    beside.unlink(missing_ok=True)
    beside.mkdir()
    heard.newsroom.page("empty.txt", "")
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 1
    heard.newsroom.page("empty.txt", "\n")
    assert feeds(heard.newsroom, "publish", "--quiet").returncode == 1
    (told,) = heard.told()
    assert "empty.txt" in told["words"]


def test_that_nothing_can_be_kept_is_said(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = heard.newsroom.database.with_name("feeds.db.problems")
    beside.unlink(missing_ok=True)
    beside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(beside / "nowhere"))
    heard.newsroom.page("empty.txt", "")
    ran = feeds(heard.newsroom, "publish", "--quiet")
    assert ran.returncode == 1
    assert f"{beside}: what on_problem is to hear can't be kept here: Is a dir" in ran.stderr


def test_where_there_is_no_room_what_was_kept_stays(tmp_path: Path) -> None:
    memory, larger = (problem_memory.Memory(("a" * count,)) for count in (100, 5000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with problem_memory.opened(tmp_path / "problems") as descriptor:
        problem_memory.write(descriptor, memory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                problem_memory.write(descriptor, larger)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert problem_memory.read(descriptor) == memory
        problem_memory.write(descriptor, larger)
        assert problem_memory.read(descriptor) == larger
