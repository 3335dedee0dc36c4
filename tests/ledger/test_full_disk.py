"""A full disk: refused before anything is written, said as what it is, and nothing is lost.

Where this machine lets nobody mount a small disk, files may not grow instead.
"""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.ledger.sqlite import backup
from feeds.model.errors import DiskFullError
from feeds.newsroom import space
from tests.newsrooms import (
    NOW,
    SITE,
    Ran,
    TestNewsroom,
    feeds,
    no_temporary_folder,
    publish_bell,
)

CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"
LONG = CRANE + "\n\n".join(f"The crane stood at berth {number}." for number in range(1500))
HOOKED = (
    SITE
    + """
[publish]
after = ["sh", "-c", "echo after >> {heard}"]
on_problem = ["sh", "-c", "echo problem >> {heard}"]
"""
)
_DISK = 48 * 1024 * 1024
_LIMIT = 40 * 1024


class Disk(NamedTuple):
    """A small disk, or a folder in which files may not grow while it is full."""

    home: Path
    is_mounted: bool

    @contextmanager
    def full(self, left: int = 0, limit: int = _LIMIT) -> Iterator[None]:
        """There is no more room than ``left``, in bytes; or no file grows beyond ``limit``."""
        with self._filled(left) if self.is_mounted else limited(limit):
            yield

    @contextmanager
    def _filled(self, left: int) -> Iterator[None]:
        filler = self.home / "filler"
        with filler.open("wb", buffering=0) as file:
            os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(self.home).free - left))
        try:
            yield
        finally:
            filler.unlink()


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file grows beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(params=["a disk", "a limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own, if one can be mounted here, and a limit to the size of files."""
    home = tmp_path / "disk"
    home.mkdir()
    is_mounted = request.param == "a disk" and _mount(home)
    try:
        yield Disk(home, is_mounted)
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(home)], check=True)  # noqa: S607 - wherever it is


def _mount(home: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "feeds-test", str(home)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def newsroom(disk: Disk) -> TestNewsroom:
    """A newsroom on that disk, with a revision and a copy of it, ``copy.db``."""
    made = TestNewsroom(disk.home / "desk")
    publish_bell(made)
    backup.copy(made.database, disk.home / "copy.db")
    return made


@pytest.fixture(params=["foreseen", "not foreseen"])
def _foreseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was looked first; where that fails, it is noticed as it is written."""
    if request.param == "not foreseen":
        monkeypatch.setattr(space, "require", lambda *_: None)


def is_told(done: Ran) -> bool:
    """Whether somebody is told what is full, what helps then, and of no copy to go back to."""
    lines = [line for line in done.stderr.splitlines() if "are needed" in line]
    figures = r"[\d,]+ bytes are free, [\d,]+ are needed"
    what = r"the disk at \S+ is full|no file may grow beyond [\d,]+ bytes here"
    return (
        any(re.search(f"{what}.*{figures}", line) for line in lines)
        and all(("make room on" in line) == ("no file may grow" not in line) for line in lines)
        and all(("raise that limit" in line) == ("no file may grow" in line) for line in lines)
        and "restore-ledger" not in done.stderr
        and "restore a copy" not in done.stderr
        and "internal error" not in done.stderr
    )


COMMANDS = {
    "publish": ("publish",),
    "retract": ("retract", "--yes", "Bell hangs"),
    "restore-ledger": ("restore-ledger", "{disk}/copy.db"),
    "backup": ("backup", "{disk}/second.db"),
    "backup again": ("backup", "{disk}/copy.db"),
}


@pytest.mark.parametrize(
    ("statement", "is_done"),
    [
        ("INSERT INTO settings VALUES ('large', zeroblob(30000000))", True),
        ("UPDATE documents SET body = zeroblob(3000000)", False),
        ("UPDATE documents SET gzip = zeroblob(3000000)", False),
        ("INSERT INTO archive_bodies VALUES ('a', 1, zeroblob(9000000))", False),
    ],
)
def test_another_configuration_needs_room_for_documents_and_not_for_the_whole_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, is_done: bool
) -> None:
    newsroom = TestNewsroom(tmp_path / "desk")
    publish_bell(newsroom)
    newsroom.change(statement)
    free = space.SPARE_BYTES + 15_000_000
    monkeypatch.setattr(space, "_free", lambda _: free)
    newsroom.configure(SITE.replace("Harbour Desk", "Pier Desk"))
    done = feeds(newsroom, "publish")
    assert (done.returncode, is_told(done)) == (0 if is_done else 2, not is_done), done.stderr


@pytest.mark.usefixtures("_foreseen")
@pytest.mark.parametrize("name", COMMANDS)
def test_what_has_no_room_says_what_is_full_and_changes_nothing(
    disk: Disk, newsroom: TestNewsroom, name: str
) -> None:
    command = [part.format(disk=disk.home) for part in COMMANDS[name]]
    newsroom.page("crane.txt", LONG)
    before, copied = newsroom.dump(), (disk.home / "copy.db").read_bytes()
    with disk.full():
        done = feeds(newsroom, *command)
    assert (done.returncode, is_told(done)) == (2, True), done.stderr
    assert [line for line in newsroom.dump() if '"readings"' not in line] == [
        line for line in before if '"readings"' not in line
    ]
    assert (disk.home / "copy.db").read_bytes() == copied
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]
    assert not list(disk.home.rglob("*.part*"))
    assert not list(disk.home.rglob("*.new*"))
    newsroom.page("mast.txt", CRANE.replace("Crane", "Mast"))
    ran = feeds(newsroom, *command)
    assert ran.returncode == 0, ran.stderr
    assert feeds(newsroom, "publish").returncode == 0


@pytest.mark.usefixtures("_foreseen")
def test_a_lost_ledger_is_rebuilt_once_there_is_room(disk: Disk, newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()
    with disk.full():
        done = feeds(newsroom, "publish", "--rebuild")
    assert (done.returncode, is_told(done)) == (2, True), done.stderr
    assert feeds(newsroom, "publish", "--rebuild").stdout.startswith("revision 2: 4 new")


def test_a_run_with_nothing_new_needs_no_room(disk: Disk, newsroom: TestNewsroom) -> None:
    with disk.full(left=4096):
        assert feeds(newsroom, "publish").stdout == "nothing new\n"


def test_a_report_or_a_newsroom_that_has_no_room_says_so(
    disk: Disk, newsroom: TestNewsroom
) -> None:
    newsroom.page("crane.txt", CRANE)
    for command in (("report", disk.home / "report.html"), ("init", disk.home / "new", *ANSWERS)):
        with disk.full(limit=16):
            done = feeds(newsroom, *command)
        assert (done.returncode, is_told(done)) == (2, True), done.stderr
    assert not (disk.home / "report.html").exists()


ANSWERS = (
    "--title=Mole",
    "--site=https://mole.test/",
    "--feeds-url=https://mole.test/feeds/",
    "--timezone=Asia/Baku",
    "--authority=mole.test,2026",
)


def test_erased_words_are_deleted_from_the_file_once_there_is_room(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The story is out of every feed at once, and each run says what is left to do."""
    real = shutil.disk_usage

    def little(path: str | Path) -> object:
        usage = real(path)
        return usage._replace(free=space.SPARE_BYTES + 100_000)

    monkeypatch.setattr(shutil, "disk_usage", little)
    done = feeds(published, "retract", "--yes", "Bell hangs", "--erase", now=NOW.replace(hour=12))
    assert (done.returncode, is_told(done)) == (1, True)
    assert "erased words are still in the ledger's files, though in no feed" in done.stderr
    assert b"Bell hangs" not in published.document().document.body
    again = feeds(published, "publish", now=NOW.replace(hour=13))
    assert (again.returncode, "erased words are still" in again.stderr) == (1, True)
    monkeypatch.undo()
    assert feeds(published, "publish", now=NOW.replace(hour=14)).returncode == 0
    assert feeds(published, "publish", now=NOW.replace(hour=15)).stdout == "nothing new\n"
    for file in published.database.parent.iterdir():
        assert b"tower again" not in file.read_bytes(), file


@pytest.mark.engines
def test_a_run_needs_no_temporary_file_but_those_of_sqlite(
    published: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_temporary_folder(monkeypatch)
    published.configure(HOOKED.format(heard=tmp_path / "heard"))
    published.page("mast.txt", CRANE)
    done = feeds(published, "publish")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("revision 2")
    assert feeds(published, "publish").stdout == "nothing new\n"
    published.page("empty.txt", "")
    done = feeds(published, "publish")
    heard, is_file = ["after"], isinstance(published.place.database, Path)
    if is_file:
        heard.append("problem")
    assert ("can't be kept here" in done.stderr) != is_file
    assert (done.returncode, "empty.txt" in done.stderr) == (1, True)
    assert (tmp_path / "heard").read_text(encoding="utf-8").split() == heard


def test_where_every_disk_is_full_that_of_the_ledger_is_named(
    published: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_temporary_folder(monkeypatch)
    published.configure(HOOKED.format(heard=tmp_path / "heard"))
    published.page("crane.txt", LONG)
    with limited(0):
        done = feeds(published, "publish")
    assert (done.returncode, is_told(done)) == (2, True), done.stderr
    assert "what on_problem is to hear can't be kept here: File too large" in done.stderr


def test_words_can_not_be_erased_where_no_temporary_file_can_be_had_and_that_is_said(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_temporary_folder(monkeypatch)
    done = feeds(published, "retract", "--yes", "Bell hangs", "--erase", now=NOW.replace(hour=12))
    assert (done.returncode, is_told(done)) == (1, True), done.stderr
    assert "the disk at /proc is full" in done.stderr
    assert b"Bell hangs" not in published.document().document.body


def test_a_backup_is_refused_before_it_is_begun(
    published: TestNewsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        shutil,
        "disk_usage",
        lambda path: shutil._ntuple_diskusage(10, 9, 1),  # noqa: ARG005
    )
    with pytest.raises(DiskFullError) as told:
        backup.copy(published.database, tmp_path / "copy.db")
    needed = space.SPARE_BYTES + published.database.stat().st_size
    assert f"1 bytes are free, {needed:,} are needed for the copy" in str(told.value)
    assert list(tmp_path.glob("*copy.db*")) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, r"the disk at \S+ is full: "),
        (errno.EDQUOT, r"this user's quota on the disk at \S+ is used up: "),
        (errno.EFBIG, r"no file may grow beyond \S+ bytes here: .*raise that limit \(ulimit -f\)"),
    ],
)
def test_each_kind_of_full_is_called_by_its_name(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(DiskFullError, match=said), space.explained(tmp_path / "x", 5, "a letter"):
        raise OSError(number, os.strerror(number))
    with pytest.raises(PermissionError), space.explained(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")
