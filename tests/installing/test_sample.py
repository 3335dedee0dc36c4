"""What the README has a newcomer type in a clone: make's and plain commands mean one ledger."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsrooms import PAGE, PROJECT, TestNewsroom
from tests.web.asking import answers, over_a_socket, port_of_ours

_WAIT = 60


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a clone as make needs, with this environment in the place of its own."""
    home = tmp_path / "clone"
    home.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements/run.txt", "wsgi.py"):
        (home / name).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / name, home / name)
    shutil.copytree(TestNewsroom.sample(tmp_path / "sample").root, home / "source")
    (home / ".venv").mkdir()
    (home / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (home / ".venv" / "made").write_text(f"{home}\n", encoding="utf-8")
    (home / ".venv" / "run-ready").touch()
    return home


def run(clone: Path, *command: str, **environment: str) -> str:
    """What a command says in the clone."""
    done = subprocess.run(
        command,
        cwd=clone,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_WAIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def made_to_run(clone: Path, port: int) -> Iterator[None]:
    """``make run`` on ``port``, from when it answers until it is left."""
    with subprocess.Popen(
        ["make", "run", f"PORT={port}"],  # as people type it
        cwd=clone,
        stdout=subprocess.DEVNULL,
        process_group=0,
    ) as process:
        try:
            last = time.monotonic() + _WAIT
            while not answers(port):
                assert process.poll() is None
                assert time.monotonic() < last
                time.sleep(0.05)
            yield
        finally:
            os.killpg(process.pid, 15)


def test_plain_commands_mean_the_ledger_that_make_run_serves(clone: Path) -> None:
    with port_of_ours() as port, made_to_run(clone, port):
        (clone / "source" / "mypage.txt").write_text(PAGE, encoding="utf-8")
        run(clone, ".venv/bin/feeds", "publish", FEEDS_URL=f"http://localhost:{port}/feeds/")
        assert "Bell hangs in its tower" in over_a_socket(port)("/feeds/latest.rss").text
    assert [path.name for path in (clone / "instance").glob("*.db")] == ["feeds.db"]


def test_make_clean_forgets_the_sample_and_no_newsroom_of_somebodys_own(clone: Path) -> None:
    elsewhere = {"FEEDS_SOURCE": "/nowhere", "FEEDS_DATABASE": "sqlite:////nowhere/feeds.db"}
    assert "revision 1" in run(clone, "make", "publish", **elsewhere), "it means the sample"
    kept, environment = clone / "instance" / "feeds.db", clone / ".venv"
    moved = clone / "environment"
    environment.rename(moved)  # it is this very one
    site = clone / "source" / "site.toml"
    sample = site.read_text(encoding="utf-8")
    site.write_text(re.sub("(?m)^authority = .*", 'authority = "a.org,2026"', sample), "utf-8")
    assert "instance/ stays" in run(clone, "make", "clean")
    assert kept.exists()
    site.write_text(sample, encoding="utf-8")
    run(clone, "make", "clean")
    assert not kept.exists()
    moved.rename(environment)
    assert "revision 1" in run(clone, "make", "publish")
