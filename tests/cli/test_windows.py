"""On Windows, which lacks what locks a ledger, the first command says so, whatever it is."""

from __future__ import annotations

import sys

import pytest

from tests.newsrooms import process

ELSEWHERE = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios", "tty"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
from feeds.cli import main
sys.platform = "win32"
sys.argv = ["feeds", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("command", ["--help", "publish", "init desk", "serve", "nonsense"])
def test_the_first_command_on_windows_is_refused_in_a_line(command: str) -> None:
    run = process(None, "-c", ELSEWHERE, *command.split(), program=[sys.executable])
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    assert "not on Windows" in run.stderr
    assert "WSL" in run.stderr
