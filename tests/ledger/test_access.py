"""Who may read a ledger, and what else holds what is not public yet: its owner and its group."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from feeds.desk.report import write_report
from feeds.ledger import connect, lock
from feeds.ledger.sqlite import access
from feeds.newsroom.whole import PRIVATE, replacing, write_whole
from tests.ledger.member import PATHS, Member, member
from tests.newsrooms import NOW, TestNewsroom, feeds
from tests.thorough import THOROUGH

PUBLISHER, READER, STRANGER, GROUP, OTHERS = 61001, 61002, 61003, 62001, 62002
"""Nobody's: no user of the machine has to be called so."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_what_holds_unpublished_words_is_its_owners_and_its_groups_alone(
    newsroom: TestNewsroom, umask: int
) -> None:
    newsroom.page("bell.txt")
    home = newsroom.root.parent
    for command in ("publish", "check", "retract --yes bell", f"report {home}/r.html"):
        feeds(newsroom, *command.split())
    assert feeds(newsroom, "backup", home / "copy.db").returncode == 0
    made = [*newsroom.database.parent.iterdir(), home / "r.html", home / "copy.db"]
    made.append(newsroom.root / "decisions.toml")
    names = {path.name for path in made}
    assert {"feeds.db", "feeds.db-wal", "feeds.db-shm", "feeds.db.lock", "r.html"} <= names
    assert {oct(mode(path)) for path in made} == {oct(0o640 & ~umask)}
    assert mode(newsroom.database.parent) == 0o750 & ~umask


def test_files_of_a_ledger_are_never_looser_while_they_are_made(
    newsroom: TestNewsroom, tmp_path: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.database.parent.mkdir()
    seen: set[tuple[str, int]] = set()

    def look(*_: object) -> None:
        seen.update((path.name, mode(path)) for path in newsroom.database.parent.iterdir())

    prepare = connect.prepare

    def prepared(ledger: connect.Ledger) -> None:
        look()
        prepare(ledger)
        with ledger.write():
            look()

    monkeypatch.setattr(connect, "prepare", prepared)
    newsroom.page("bell.txt")
    newsroom.publish()
    assert {name for name, _ in seen} >= {".feeds.db.new", ".feeds.db.new-wal", ".feeds.db.new-shm"}
    assert all(not permitted & ~0o640 for _, permitted in seen)
    with replacing(tmp_path / "copy", PRIVATE, PRIVATE) as partial:
        assert mode(partial) == 0o640 & ~umask


def test_looser_files_of_an_earlier_version_are_tightened_by_the_next_publish(
    published: TestNewsroom,
) -> None:
    folder = published.database.parent
    copy = folder / "feeds.db.before-0001"
    shutil.copy(published.database, copy)
    foreign = folder / "notes.txt"
    foreign.touch()
    for path in folder.iterdir():
        path.chmod(0o666)
    folder.chmod(0o777)
    loose = {item.path.name for item in access.loose(published.database)}
    assert loose == {path.name for path in folder.iterdir()} - {"notes.txt"} | {"instance"}
    assert published.publish(NOW.replace(hour=12)).revision is None
    modes = {path.name: oct(mode(path)) for path in folder.iterdir()}
    assert modes.pop("notes.txt") == oct(0o666), "what somebody else put there is theirs"
    assert set(modes.values()) == {oct(0o640)}
    assert mode(folder) == 0o777, "the folder may be somebody else's"


def test_what_somebody_made_stricter_stays_so(published: TestNewsroom, tmp_path: Path) -> None:
    for path in published.database.parent.iterdir():
        path.chmod(0o600)
    report, copy = tmp_path / "report.html", tmp_path / "copy.db"
    for path in (report, copy):
        path.touch(0o600)
    write_report(published.place, report, NOW)
    copy.unlink()
    feeds(published, "backup", copy)
    copy.chmod(0o400)
    feeds(published, "backup", copy)
    published.page("more.txt", "Crane falls\n\nIt fell on Friday.\n")
    published.publish(NOW.replace(hour=12))
    assert {mode(path) for path in published.database.parent.iterdir()} == {0o600}
    assert (mode(report), mode(copy)) == (0o600, 0o400)


def test_a_looser_report_or_copy_is_replaced_by_a_tighter_one(
    published: TestNewsroom, tmp_path: Path
) -> None:
    report, copy = tmp_path / "report.html", tmp_path / "copy.db"
    for _ in range(2):
        write_report(published.place, report, NOW)
        assert feeds(published, "backup", copy).returncode == 0
        for path in (report, copy):
            assert mode(path) == 0o640
            path.chmod(0o664)


def test_an_editors_file_keeps_the_permissions_that_editors_gave_it(
    published: TestNewsroom,
) -> None:
    published.decide('action = "retract"\nentry = "pilot boat"')
    decisions = published.root / "decisions.toml"
    decisions.chmod(0o664)
    assert feeds(published, "retract", "--yes", "bell hangs").returncode == 0
    assert mode(decisions) == 0o664


def test_check_names_what_is_open_to_too_many(published: TestNewsroom) -> None:
    published.database.chmod(0o644)
    published.database.parent.chmod(0o755)
    told = feeds(published, "check").stdout
    why = "its permissions are 0644, and what is in it is not public yet"
    assert f"warning  {published.database}: {why}; chmod 640 {published.database}\n" in told
    assert f"chmod 750 {published.database.parent}" in told


def test_log_and_index_are_there_after_everything_that_is_done_to_a_ledger(
    published: TestNewsroom, tmp_path: Path
) -> None:
    beside = [published.database.with_name(f"feeds.db{suffix}") for suffix in ("-wal", "-shm")]

    def are_there() -> bool:
        return all(path.exists() for path in beside)

    published.publish(NOW.replace(hour=12))
    assert are_there()
    for ledger in (
        connect.open_to_write(published.database),
        connect.open_to_note(published.database),
    ):
        assert ledger is not None
        with ledger.write() as connection:
            connection.exec_driver_sql("UPDATE readings SET signature = ''")
        assert are_there()
        ledger.compact()
        assert are_there()
    for command in ("retract --yes bell --erase", "check", f"backup {tmp_path}/copy"):
        feeds(published, *command.split())
        assert are_there()
    with closing(sqlite3.connect(published.database)) as other:
        other.execute("UPDATE readings SET signature = ''")
        other.commit()
    assert not are_there(), "another program takes them away"
    with lock.hold(published.database):
        assert are_there()


@pytest.mark.parametrize("name", ["desk.new", ".desk.new"])
def test_a_ledger_has_its_log_and_index_whatever_its_name(
    newsroom: TestNewsroom, name: str
) -> None:
    newsroom.database = newsroom.database.with_name(name)
    newsroom.page("bell.txt")
    newsroom.publish()
    ledger = connect.open_to_note(newsroom.database)
    assert ledger is not None
    with ledger.write() as connection:
        connection.exec_driver_sql("UPDATE readings SET signature = ''")
    assert access.lacking(newsroom.database) == []


def test_what_was_written_is_in_the_ledgers_own_file_once_it_is_closed(
    published: TestNewsroom, tmp_path: Path
) -> None:
    published.page("more.txt", "Crane falls\n\nIt fell on Friday.\n")
    published.publish(NOW.replace(hour=12))
    assert published.database.with_name("feeds.db-wal").stat().st_size == 0
    shutil.copy(published.database, tmp_path / "alone.db")
    with closing(sqlite3.connect(tmp_path / "alone.db")) as alone:
        assert alone.execute("SELECT count(*) FROM revisions").fetchone() == (2,)


def test_a_ledger_behind_a_link_has_its_files_where_sqlite_looks(
    published: TestNewsroom, tmp_path: Path
) -> None:
    real = tmp_path / "disk" / "feeds.db"
    real.parent.mkdir()
    published.database.rename(real)
    for path in published.database.parent.iterdir():
        path.unlink()
    published.database.symlink_to(real)
    published.publish(NOW.replace(hour=12))
    assert {path.name for path in real.parent.iterdir()} == {
        "feeds.db",
        "feeds.db-wal",
        "feeds.db-shm",
        "feeds.db.lock",
    }
    assert [*published.database.parent.iterdir()] == [published.database]


needs_users = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root, who alone can be several users"
)


@pytest.fixture
def desk() -> Iterator[Path]:
    """The publisher's newsroom, which its group may look into; where others get, too."""
    home = Path(tempfile.mkdtemp())
    try:
        home.chmod(0o755)
        made = TestNewsroom(home / "desk")
        for path in (home / "desk", made.root, made.root / "site.toml"):
            os.chown(path, PUBLISHER, GROUP)
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield home / "desk"
    finally:
        shutil.rmtree(home)


@pytest.fixture
def people() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def headlines(*asked: str) -> list[list[str]]:
    return [[name for name in ("Crane 1", "Crane 2", "Crane 3") if name in text] for text in asked]


@needs_users
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027] if THOROUGH else [0o000], ids=oct)
def test_the_app_under_another_user_of_the_group_sees_each_revision(
    desk: Path, people: ExitStack, umask: int
) -> None:
    publisher = people.enter_context(member(PUBLISHER, GROUP, umask, desk))
    app = people.enter_context(member(READER, GROUP, umask, desk))
    stranger = people.enter_context(member(STRANGER, OTHERS, umask, desk))
    assert app.tell("ask").startswith("200"), "nothing was published yet"
    for number, hour in enumerate((10, 11, 12), start=1):
        now = NOW.replace(hour=hour).isoformat()
        assert publisher.tell("publish", headline=f"Crane {number}", now=now).startswith("revision")
        for path in PATHS[:2]:
            told = app.tell("ask", path=path)
            assert told.startswith("200")
            assert headlines(told) == [[f"Crane {seen}" for seen in range(1, number + 1)]]
        assert now.replace("+00:00", "Z") in app.tell("ask", path="/feeds/healthz"), "the last run"
        assert app.tell("start") == "started", "one that remembers nothing"
        assert headlines(app.tell("ask")) == [[f"Crane {seen}" for seen in range(1, number + 1)]]
    assert all(path.stat().st_uid == PUBLISHER for path in (desk / "instance").iterdir())
    assert app.tell("run", arguments="status").startswith("0")
    assert "can't be looked at: Permission denied" in stranger.tell("run", arguments="status")


@needs_users
def test_the_app_under_another_user_is_let_in_at_every_moment_of_a_publish(
    desk: Path, people: ExitStack
) -> None:
    publisher = people.enter_context(member(PUBLISHER, GROUP, 0o022, desk))
    app = people.enter_context(member(READER, GROUP, 0o022, desk))
    publisher.tell("publish", headline="Crane 1", now=NOW.isoformat())
    publisher.begin("publish_many", count="8")
    answers = []
    while not publisher.connection.poll():
        app.tell("start")  # one that remembers nothing
        answers += [app.tell("ask", path=path) for path in PATHS[:2]]
    assert publisher.end() == "revision 9"
    assert {answer[:3] for answer in answers} == {"200"}
    assert all("Crane 1" in answer for answer in answers)
    assert "Mast 8" in app.tell("ask")


def killed(desk: Path, people: ExitStack) -> tuple[Member, Member]:
    """A publisher after another was killed in the middle of a write, and the app."""
    first = people.enter_context(member(PUBLISHER, GROUP, 0o022, desk))
    app = people.enter_context(member(READER, GROUP, 0o022, desk))
    first.tell("publish", headline="Crane 1", now=NOW.isoformat())
    assert headlines(app.tell("ask")) == [["Crane 1"]]
    assert first.tell("kill") == "it ended"
    return people.enter_context(member(PUBLISHER, GROUP, 0o022, desk)), app


@needs_users
def test_the_app_under_another_user_reads_on_after_the_publisher_was_killed(
    desk: Path, people: ExitStack
) -> None:
    second, app = killed(desk, people)
    for _ in range(2):
        assert headlines(app.tell("ask"), app.tell("ask", path=PATHS[1])) == [["Crane 1"]] * 2
        app.tell("start")
    second.tell("publish", headline="Crane 2", now=NOW.replace(hour=12).isoformat())
    assert (
        headlines(app.tell("ask"), app.tell("ask", path=PATHS[1])) == [["Crane 1", "Crane 2"]] * 2
    )


@needs_users
def test_a_ledger_without_its_log_is_explained_to_another_user_and_mended_by_the_next_run(
    desk: Path, people: ExitStack
) -> None:
    publisher = people.enter_context(member(PUBLISHER, GROUP, 0o022, desk))
    app = people.enter_context(member(READER, GROUP, 0o022, desk))
    publisher.tell("publish", headline="Crane 1", now=NOW.isoformat())
    for names in (("-wal", "-shm"), ("-wal",), ("-shm",)):
        for name in names:
            (desk / "instance" / f"feeds.db{name}").unlink()
        missing = " and ".join(f"feeds.db{name}" for name in names)
        told = app.tell("run", arguments="status")
        assert f"run 'feeds publish' as the user who owns the ledger: it makes {missing} " in told
        assert publisher.tell("publish", now=NOW.replace(hour=11).isoformat()) == "nothing new"
        assert app.tell("run", arguments="status").startswith("0")
    app.tell("start")
    assert headlines(app.tell("ask")) == [["Crane 1"]]


@needs_users
def test_the_app_under_another_user_reads_a_ledger_that_was_copied_back_by_hand(
    desk: Path, people: ExitStack
) -> None:
    publisher = people.enter_context(member(PUBLISHER, GROUP, 0o022, desk))
    app = people.enter_context(member(READER, GROUP, 0o022, desk))
    publisher.tell("publish", headline="Crane 1", now=NOW.isoformat())
    publisher.tell("publish", headline="Crane 2", now=NOW.replace(hour=11).isoformat())
    copy = str(desk / "instance" / "copy.db")
    assert publisher.tell("run", arguments=f"backup {copy}").startswith("0")
    assert publisher.tell("restore", copy=copy) == "restored"
    app.tell("start")
    assert headlines(app.tell("ask")) == [["Crane 1", "Crane 2"]]


@needs_users
def test_what_root_makes_belongs_to_whom_the_folder_belongs(desk: Path, people: ExitStack) -> None:
    root = people.enter_context(member(0, 0, 0o022, desk))
    instance = desk / "instance"
    root.tell("publish", headline="Crane 1", now=NOW.isoformat())
    assert root.tell("run", arguments="retract --yes Crane").startswith("0")
    report = desk / "report.html"
    root.tell("run", arguments=f"report {report}")
    made = [instance, *instance.iterdir(), desk / "source" / "decisions.toml", report]
    assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(PUBLISHER, GROUP)}
    publisher = people.enter_context(member(PUBLISHER, GROUP, 0o022, desk))
    now = NOW.replace(hour=12).isoformat()
    assert publisher.tell("publish", headline="Crane 2", now=now).startswith("revision")
    for path in instance.iterdir():
        os.chown(path, 0, 0)  # as cp makes them, with which root brings a ledger back
    assert root.tell("publish", now=now) == "nothing new"
    assert {path.stat().st_uid for path in instance.iterdir()} == {PUBLISHER}


@needs_users
def test_a_file_that_is_replaced_keeps_its_group(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.touch()
    os.chown(file, PUBLISHER, OTHERS)
    file.chmod(0o660)
    write_whole(file, b"new", PRIVATE, PRIVATE)
    assert (file.stat().st_uid, file.stat().st_gid, mode(file)) == (PUBLISHER, OTHERS, 0o640)
    assert file.read_bytes() == b"new"
