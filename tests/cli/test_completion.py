"""Shells complete commands and options, by the lines of docs/installing.md."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installing.documented import blocks
from tests.newsrooms import FEEDS, process

_WAIT = 30
_QUIET = 0.3
SHELLS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}


def documented(shell: str) -> list[str]:
    """The lines for a shell's own configuration."""
    [block] = blocks("Completion in the shell", shell)
    return block.text.splitlines()


def environment(home: Path) -> dict[str, str]:
    path = f"{FEEDS.parent}:{os.environ['PATH']}"
    return {"HOME": str(home), "PATH": path, "TERM": "dumb", "LANG": "C.UTF-8", "PS1": "$ "}


def completed(home: Path, shell: str, typed: str, shown: str) -> str:
    """All that a shell in a terminal shows, until it shows ``shown`` after Tab is pressed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(shell, [shell, *SHELLS[shell]], environment(home))  # noqa: S606 # a real shell
    told = b""
    last = time.monotonic() + _WAIT
    typing = [f"{line}\n".encode() for line in documented(shell)] + [f"{typed}\t".encode()]
    try:
        while shown.encode() not in told and time.monotonic() < last:
            if select.select([terminal], [], [], _QUIET)[0]:
                told += os.read(terminal, 65536)
            elif typing:
                os.write(terminal, typing.pop(0))  # once nothing more is said
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return told.decode(errors="replace")


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "shown"), [("feeds pub", "feeds publish"), ("feeds publish --qu", "--quiet")]
)
def test_tab_completes_in_a_real_shell(tmp_path: Path, shell: str, typed: str, shown: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}; on Debian: apt install {shell}")
    assert shown in completed(tmp_path, shell, typed, shown)


def test_fish_completes_and_says_what_a_command_does(tmp_path: Path) -> None:
    if (fish := shutil.which("fish")) is None:
        pytest.skip("needs fish; on Debian: apt install fish")
    folder = tmp_path / ".config" / "fish" / "completions"
    folder.mkdir(parents=True)
    (folder / "feeds.fish").write_text("\n".join(documented("fish")), encoding="utf-8")
    done = subprocess.run(
        [fish, "-c", 'complete -C "feeds pub"'],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=_WAIT,
        check=True,
    )
    assert done.stdout.startswith("publish\tRead new and changed pages")


@pytest.mark.parametrize(("words", "at"), [("feeds ", "1"), ("feeds publish --", "2")])
def test_a_completion_loads_neither_the_database_nor_the_web(words: str, at: str) -> None:
    code = (
        "import sys\nfrom feeds import cli\nsys.argv = ['feeds']\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = 'sqlalchemy alembic flask granian feedgen lxml rich psycopg babel'.split()\n"
        "print('heavy', sorted(set(heavy) & set(sys.modules)))"
    )
    asked = {"_FEEDS_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": at}
    run = process(None, "-c", code, program=[sys.executable], environment=asked)
    assert run.stdout.splitlines()[0].startswith("plain,")
    assert run.stdout.splitlines()[-1] == "heavy []"
