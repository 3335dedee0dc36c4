"""What lies beside a ledger, or above it, that is not what it should be: nothing waits for it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.ledger import lock
from feeds.ledger.sqlite import backup
from feeds.ledger.sqlite.watch import FileWatch
from feeds.model.errors import LedgerBusyError
from feeds.newsroom import Newsroom
from feeds.publish import problem_memory
from tests.newsroom.odd import folder, linked_pipe, loop, opening, pipe
from tests.newsrooms import NOW, TestNewsroom, feeds, publish_bell
from tests.web.asking import in_process

STRANGER = 61009
CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"
Make = Callable[[Path], None]


def beside(newsroom: TestNewsroom, suffix: str) -> Path:
    return newsroom.database.with_name(f"feeds.db{suffix}")


def commands(newsroom: TestNewsroom) -> list[tuple[str, ...]]:
    home = str(newsroom.root.parent)
    return [
        ("publish",),
        ("publish", "--rebuild"),
        ("retract", "--yes", "Bell hangs"),
        ("backup", f"{home}/second.db"),
        ("restore-ledger", f"{home}/copy.db"),
        ("status",),
        ("list",),
        ("log",),
        ("check",),
    ]


@pytest.fixture
def desk(published: TestNewsroom) -> TestNewsroom:
    """A newsroom with a revision, a copy of it, and a page that is new."""
    backup.copy(published.database, published.root.parent / "copy.db")
    published.page("crane.txt", CRANE)
    return published


def test_a_ledger_has_one_lock_by_whatever_name_it_is_called(
    desk: TestNewsroom, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(desk.database)
    linked = Newsroom(desk.root, link)
    with lock.hold(link), lock.hold_command(link):
        with pytest.raises(LedgerBusyError), lock.hold_command(desk.database):
            pass
        done = feeds(desk, "publish")
        assert (done.returncode, "at work on this ledger" in done.stderr) == (2, True)
    assert lock.last_run(link) == lock.last_run(desk.database) is not None
    assert problem_memory.places(linked)[0] == problem_memory.places(desk.place)[0]
    desk.page("crane.txt", CRANE)
    assert feeds(desk, "publish", "--database", f"sqlite:///{link}").returncode == 0
    assert [*link.parent.iterdir()] == [link]
    assert beside(desk, "").is_file()


@pytest.mark.parametrize("make", [pipe, folder, linked_pipe, loop])
@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_what_is_no_file_where_sqlite_has_its_own_is_named_and_waited_for_by_nobody(
    desk: TestNewsroom, suffix: str, make: Make
) -> None:
    odd = beside(desk, suffix)
    odd.unlink(missing_ok=True)
    make(odd)
    before = desk.database.read_bytes()
    for command in commands(desk):
        with opening():
            done = feeds(desk, *command)
        told = done.stderr + done.stdout
        assert (command, done.returncode) == (command, 1 if command == ("check",) else 2)
        assert f"{odd}: " in told, (command, told)
        assert "internal error" not in told
        assert ("can't be looked at" if make is loop else "move it away, and run it again") in told
    assert desk.database.read_bytes() == before
    odd.rmdir() if make is folder else odd.unlink()
    assert feeds(desk, "publish").stdout == "revision 2: 1 new, 0 corrected\n"


def test_what_is_no_file_beside_what_a_ledger_links_to_is_named_as_well(desk: TestNewsroom) -> None:
    real = desk.root.parent / "real.db"
    desk.database.rename(real)
    desk.database.symlink_to(real)
    pipe(real.with_name("real.db-journal"))
    for command in commands(desk):
        with opening():
            done = feeds(desk, *command)
        assert f"{real}-journal: this is a pipe" in done.stderr + done.stdout


def test_a_worker_waits_for_no_pipe_beside_the_ledger(desk: TestNewsroom) -> None:
    ask = in_process(desk)
    body = ask("/feeds/latest.rss").body
    pipe(beside(desk, "-journal"))
    watch = FileWatch(desk.database)
    with opening():
        assert ask("/feeds/latest.rss").body == body
        assert watch.mark() != watch.mark(), "whether anything is new can't be told"
        assert in_process(desk)("/feeds/latest.rss").status == 503
    beside(desk, "-journal").unlink()
    assert feeds(desk, "publish").returncode == 0
    assert b"Crane falls" in ask("/feeds/latest.rss").body


def test_a_backup_in_whose_place_is_a_pipe_s_neighbour_is_not_opened(desk: TestNewsroom) -> None:
    copy = desk.root.parent / "copy.db"
    pipe(copy.with_name("copy.db-journal"))
    with opening():
        done = feeds(desk, "backup", copy)
        assert (done.returncode, "which stays as it is" in done.stderr) == (2, True)
        assert feeds(desk, "restore-ledger", copy).returncode == 0


@pytest.mark.parametrize("make", [pipe, linked_pipe, folder])
def test_where_pages_being_read_are_noted_nothing_is_waited_for(
    desk: TestNewsroom, make: Make
) -> None:
    make(beside(desk, ".reading"))
    with opening():
        done = feeds(desk, "publish")
    assert (done.stdout, done.stderr) == ("revision 2: 1 new, 0 corrected\n", "")


@contextmanager
def as_stranger() -> Iterator[None]:
    os.seteuid(STRANGER)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut() -> Iterator[TestNewsroom]:
    """A newsroom that everybody may look into, but for its ledger's folder."""
    if os.geteuid():
        pytest.skip("to be another user one has to be root")
    home = Path(tempfile.mkdtemp())
    try:
        home.chmod(0o755)
        made = TestNewsroom(home / "desk")
        publish_bell(made)
        backup.copy(made.database, home / "desk" / "copy.db")
        for command in commands(made):  # all that they load is loaded by root
            feeds(made, *command, now=NOW)
        made.database.parent.chmod(0o700)
        for path in (*made.root.iterdir(), home / "desk" / "copy.db"):
            path.chmod(0o644)
        yield made
    finally:
        shutil.rmtree(home)


def test_who_may_not_look_into_the_ledger_s_folder_is_told_so_by_every_command(
    shut: TestNewsroom,
) -> None:
    for command in commands(shut):
        with as_stranger():
            done = feeds(shut, *command)
        told = done.stderr + done.stdout
        assert (command, done.returncode) == (command, 1 if command == ("check",) else 2)
        assert "internal error" not in told
        assert "Permission denied" in told
        assert "let the user who runs" in told, (command, told)


def test_who_may_not_look_above_the_newsroom_is_told_so(shut: TestNewsroom, tmp_path: Path) -> None:
    shut.root.parent.chmod(0o700)
    with as_stranger():
        for command in (("publish",), ("check",), ("status",), ("report", tmp_path / "r.html")):
            done = feeds(shut, *command)
            assert "internal error" not in done.stderr + done.stdout
            assert "Permission denied" in done.stderr + done.stdout
