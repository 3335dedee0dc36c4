"""What ``make wheel`` says before it builds anything."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.newsrooms import PROJECT


def test_a_page_of_ones_own_is_named_before_anything_is_built(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(PROJECT / ".ci" / "wheel", tmp_path / ".ci")
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    (tmp_path / "dist").mkdir()
    (tmp_path / "source").mkdir()
    for name in ("kept.txt", "mypage.txt"):
        (tmp_path / "source" / name).write_text("The harbour bell rings again\n")
    for words in (["init", "-q"], ["add", ".ci", ".gitignore", "source/kept.txt"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    run = subprocess.run(
        [".ci/wheel", "no-such-python"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines() == [
        "These are no part of the project: move them away, or commit them.",
        "source/mypage.txt",
    ]
