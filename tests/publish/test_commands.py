"""Commands that an operator configured: what they get, and what they can't do to a run."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from feeds.publish import commands, guard
from feeds.publish.commands import Ran, last_line, run
from tests.newsrooms import no_temporary_folder


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def ends(process: int) -> None:
    """Returns once ``process`` has ended."""
    last = time.monotonic() + 30
    while is_running(process):
        assert time.monotonic() < last
        time.sleep(0.02)


def test_a_command_gets_words_and_an_environment_and_no_shell(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd(), os.environ['TOLD'], sys.argv[1], sys.stdin.read())"
    ran = run((*python(code), "$HOME; *"), tmp_path, {"TOLD": "a\nb\0c"}, "words")
    assert ran == Ran("", f"{tmp_path} a b c $HOME; * words")


def test_a_command_that_is_none_is_told(tmp_path: Path) -> None:
    failure = run((str(tmp_path / "none"),), tmp_path, {}).failure
    assert failure == f"'{tmp_path}/none' can't be started: No such file or directory"
    assert run((str(tmp_path),), tmp_path, {}).failure.startswith(f"'{tmp_path}' can't be started")


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        ("import sys; print('why'); sys.exit(3)", "ended with exit code 3"),
        (
            "import os; print('why', flush=True); os.kill(os.getpid(), 9)",
            "was ended by signal 9",
        ),
    ],
)
def test_a_command_that_fails_says_why(tmp_path: Path, code: str, failure: str) -> None:
    assert run(python(code), tmp_path, {}) == Ran(f"'{sys.executable}' {failure}", "why")


def test_a_command_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    ran = run(("sh", "-c", "sleep 300 & echo $!; sleep 300"), tmp_path, {}, seconds=0.3)
    assert ran.failure == "'sh' took longer than 0.3 seconds, and was ended"
    ends(int(ran.printed))


def test_what_it_started_and_does_not_want_to_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_END_SECONDS", 0.2)
    code = "(trap '' TERM; exec sleep 300) & echo $!; sleep 300"
    ran = run(("sh", "-c", code), tmp_path, {}, seconds=0.5)
    ends(int(ran.printed))


def test_a_command_is_run_where_no_temporary_file_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_temporary_folder(monkeypatch)
    words = "word " * 100_000
    ran = run(python("import sys; print(len(sys.stdin.read()))"), tmp_path, {}, words)
    assert ran == Ran("", str(len(words)))


def test_what_a_command_leaves_running_is_not_waited_for(tmp_path: Path) -> None:
    ran = run(("sh", "-c", "sleep 300 & echo $!"), tmp_path, {})
    os.kill(int(ran.printed), 9)
    assert ran.failure == ""


def test_of_much_that_is_printed_the_end_is_kept(tmp_path: Path) -> None:
    ran = run(python("print('x' * 10_000_000); print('the end')"), tmp_path, {})
    assert len(ran.printed) <= commands._MOST_BYTES
    assert last_line(ran.printed) == "the end"


def test_a_command_that_reads_nothing_of_many_words_does_no_harm(tmp_path: Path) -> None:
    assert run(("true",), tmp_path, {}, "word " * 100_000) == Ran("", "")


def test_what_a_command_prints_makes_no_terminal_do_anything(tmp_path: Path) -> None:
    assert "\x1b" not in run(python(r"print('\x1b[2J')"), tmp_path, {}).printed


def is_running(process: int) -> bool:
    """Whether there is such a process, one that has ended and was not asked how not counted."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False
