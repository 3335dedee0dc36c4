"""Going back to a copy of the ledger: checked first, put in place at once, published into again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feeds.ledger import mark
from feeds.ledger.connect import Ledger, open_to_write
from feeds.ledger.sqlite import backup
from feeds.model.errors import LedgerError
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds, process, publish_bell
from tests.publish.killing import KILLED, Kept, Killer
from tests.publish.test_killed import EVERY_WRITE
from tests.thorough import THOROUGH
from tests.web.asking import Ask, in_process, over_a_socket, port_of_ours, serving

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(hours=2)
CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"
MAST = "Mast goes up\n\nIt stands since Friday.\nNobody knows for how long.\n"
FOR_THE_GROUP = 0o640


def two_revisions(newsroom: TestNewsroom) -> None:
    """Two revisions, and a copy from between them, ``copy.db``."""
    publish_bell(newsroom)
    backup.copy(newsroom.database, copy_of(newsroom))
    newsroom.page("crane.txt", CRANE)
    newsroom.publish(NOW + HOUR)


def copy_of(newsroom: TestNewsroom) -> Path:
    return newsroom.root.parent / "copy.db"


@pytest.fixture
def newsroom(filled: Callable[[Any], TestNewsroom]) -> TestNewsroom:
    """A newsroom with two revisions, whose paths are those that the kernel tells."""
    made = filled(two_revisions)
    made.root, made.database = made.root.resolve(), made.database.resolve()
    return made


def titles(ask: Ask) -> list[str]:
    found: list[dict[str, Any]] = msgspec.json.decode(ask("/feeds/latest.json").body)["items"]
    names = {item["title"].split()[0] for item in found}
    return sorted(names & {"Bell", "Crane", "Mast"})


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60.0
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def marked(newsroom: TestNewsroom) -> tuple[int, int]:
    (found,) = msgspec.json.decode((newsroom.root / mark.FILE).read_bytes()).values()
    return found["epoch"], found["revision"]


def files(newsroom: TestNewsroom) -> dict[str, bytes]:
    """The files beside the ledger, but SQLite's index, and the lock's."""
    return {
        path.name: path.read_bytes()
        for path in newsroom.database.parent.iterdir()
        if not path.name.endswith(("-shm", "-wal", ".lock"))
    }


def test_the_drill_of_the_documentation_ends_with_a_new_page_published(
    newsroom: TestNewsroom,
) -> None:
    """Through the real command, while a real server is asked.

    Its worker looks for a revision many times a second: that is soon, and not at once.
    """
    copy = copy_of(newsroom)
    copy.unlink()
    with port_of_ours() as port, serving(newsroom, port):
        ask = over_a_socket(port)
        assert feeds(newsroom, "backup", copy).returncode == 0
        newsroom.page("mast.txt", MAST)
        assert feeds(newsroom, "publish").stdout == "revision 3: 1 new, 0 corrected\n"
        wait_until(lambda: titles(ask) == ["Bell", "Crane", "Mast"])
        etag = {"If-None-Match": ask("/feeds/latest.rss").headers["ETag"]}
        done = process(newsroom, "restore-ledger", copy)
        assert done.returncode == 0, done.stderr
        assert [line.partition(":")[0] for line in done.stdout.splitlines()[1:]] == [
            "this is revision 4, the first of epoch 2",
            f"the ledger of before is kept in {newsroom.database}.kept-1-3",
            "now run 'feeds publish', which brings in the pages that came since",
        ]
        assert "revision 2 of " in done.stdout
        newsroom.page("oar.txt", CRANE.replace("Crane", "Oar"))
        assert feeds(newsroom, "publish").stdout == "revision 5: 2 new, 0 corrected\n"
        wait_until(lambda: b"Oar falls" in ask("/feeds/latest.rss").body)
        answer = ask("/feeds/latest.rss", headers=etag)
        assert (answer.status, b"Oar falls" in answer.body) == (200, True)
        assert titles(ask) == ["Bell", "Crane", "Mast"]
    assert feeds(newsroom, "check").returncode == 0


def test_going_back_goes_on_above_all_that_was_published(newsroom: TestNewsroom) -> None:
    done = feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    assert (done.returncode, done.stderr) == (0, "")
    assert marked(newsroom) == (2, 3)
    assert newsroom.rows("SELECT number FROM revisions ORDER BY number") == [(1,), (3,)]
    assert newsroom.rows("PRAGMA journal_mode") == [("wal",)]
    said = f"restored from {copy_of(newsroom)}, which has revision 1 of 2026-01-14 09:30 UTC"
    assert said in feeds(newsroom, "log", "-n", "1").stdout
    assert said in feeds(newsroom, "status", now=LATER).stdout
    (logged, _) = msgspec.json.decode(feeds(newsroom, "log", "--json").stdout)["revisions"]
    assert (logged["origin"]["how"], logged["origin"]["revision"]) == ("restored", 1)
    assert newsroom.publish(LATER + HOUR).revision == 4
    assert marked(newsroom) == (2, 4)
    again = feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    assert "this is revision 5, the first of epoch 3" in again.stdout
    third = newsroom.database.with_name("feeds.db.kept-2-4")
    assert "revision 6, the first of epoch 4" in feeds(newsroom, "restore-ledger", third).stdout


def test_a_worker_that_runs_serves_the_ledger_that_was_gone_back_to(newsroom: TestNewsroom) -> None:
    ask = in_process(newsroom)
    before = ask("/feeds/latest.rss")
    assert titles(ask) == ["Bell", "Crane"]
    feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    assert titles(ask) == ["Bell"]
    assert b"Crane" not in ask("/feeds/latest").body
    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    answer = ask("/feeds/latest.rss", headers=since)
    assert (answer.status, answer.headers["Last-Modified"]) == (
        200,
        "Wed, 14 Jan 2026 11:30:00 GMT",
    )


@pytest.mark.parametrize("now", [NOW, NOW + HOUR, NOW - HOUR])
def test_no_date_of_a_lost_revision_is_as_new_as_what_was_gone_back_to(
    newsroom: TestNewsroom, now: Any
) -> None:
    """Within the same second too, and after the clock was set back."""
    had = in_process(newsroom)("/feeds/latest.rss").headers["Last-Modified"]
    feeds(newsroom, "restore-ledger", copy_of(newsroom), now=now)
    ask = in_process(newsroom)
    assert ask("/feeds/latest.rss", headers={"If-Modified-Since": had}).status == 200


def test_archives_are_as_new_as_the_rest_of_what_was_gone_back_to(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("limit = 30", "limit = 1\narchive = true"))
    newsroom.publish(LATER + 72 * HOUR)
    backup.copy(newsroom.database, copy_of(newsroom))
    feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER + 96 * HOUR)
    found = newsroom.rows("SELECT DISTINCT last_modified FROM archives")
    found += newsroom.rows("SELECT DISTINCT last_modified FROM documents")
    assert found
    assert {row[0][:13] for row in found} == {"2026-01-18 11"}


def test_what_was_retracted_since_the_copy_stays_retracted(newsroom: TestNewsroom) -> None:
    """Before anybody is served from the copy, which has the story still."""
    ask = in_process(newsroom)
    assert feeds(newsroom, "retract", "--yes", "Bell hangs", now=LATER).returncode == 0
    assert titles(ask) == ["Crane"]
    assert feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER).returncode == 0
    assert titles(ask) == titles(in_process(newsroom)) == []
    assert newsroom.publish(LATER + HOUR).entered == 1
    assert titles(ask) == ["Crane"]


def test_what_was_decided_of_a_story_that_came_since_the_copy_is_no_fault_of_the_next_publish(
    newsroom: TestNewsroom,
) -> None:
    """The story comes with that publish, and is as retracted as it was."""
    assert feeds(newsroom, "retract", "--yes", "Crane falls", now=LATER).returncode == 0
    assert feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER).returncode == 0
    done = feeds(newsroom, "publish", now=LATER + HOUR)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(in_process(newsroom)) == ["Bell"]
    assert feeds(newsroom, "publish", now=LATER + HOUR).stdout == "nothing new\n"


def test_a_decision_that_fits_nothing_is_told_after_going_back_as_well(
    newsroom: TestNewsroom,
) -> None:
    newsroom.decide('action = "retract"\nentry = "tag:desk.test,2026:aaaaaaaaaaaa"')
    feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    done = feeds(newsroom, "publish", now=LATER + HOUR)
    assert (done.returncode, "nothing is known as" in done.stderr) == (1, True)


def test_the_ledger_of_before_is_kept_whole_with_what_was_written_last(
    newsroom: TestNewsroom,
) -> None:
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE entries SET notice = 'in the log of writes alone'")
        connection.commit()
        before = newsroom.dump()
        assert feeds(newsroom, "restore-ledger", copy_of(newsroom)).returncode == 0
    newsroom.database = newsroom.database.with_name("feeds.db.kept-1-2")
    assert newsroom.dump() == before
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]


def damaged(newsroom: TestNewsroom) -> None:
    data = newsroom.database.read_bytes()
    newsroom.database.write_bytes(data[:4096] + bytes(len(data) - 4096))


def half_damaged(newsroom: TestNewsroom) -> None:
    with closing(sqlite3.connect(newsroom.database)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")


def without_a_table(newsroom: TestNewsroom) -> None:
    newsroom.change("DROP TABLE history", "DROP TABLE revisions")


def without_a_column(newsroom: TestNewsroom) -> None:
    newsroom.change("ALTER TABLE revisions RENAME COLUMN number TO count")


def cut(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(newsroom.database.read_bytes()[:5000])


def overwritten(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(b"This is no database. " * 1000)


def emptied(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(b"")


def gone(newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()


def folder_gone(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.rename(newsroom.root.parent / "elsewhere")


def in_another_mode(newsroom: TestNewsroom) -> None:
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def of_other_pages(newsroom: TestNewsroom) -> None:
    in_another_mode(newsroom)
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA page_size=1024")
        connection.execute("VACUUM")


def newer(newsroom: TestNewsroom) -> None:
    newsroom.change("UPDATE alembic_version SET version_num = '9999'")


def linked(newsroom: TestNewsroom) -> None:
    real = newsroom.root.parent / "real.db"
    shutil.copy(newsroom.database, real)
    newsroom.database.unlink()
    newsroom.database.symlink_to(real)


LOST = (damaged, half_damaged, without_a_table, without_a_column, cut, overwritten, newer)


@pytest.mark.parametrize(
    "change", [*LOST, emptied, gone, folder_gone, in_another_mode, of_other_pages, linked]
)
def test_whatever_became_of_a_ledger_it_goes_back_to_a_copy_and_is_published_into(
    newsroom: TestNewsroom, change: Callable[[TestNewsroom], None]
) -> None:
    change(newsroom)
    present = newsroom.database.read_bytes() if newsroom.database.exists() else b""
    done = feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    assert done.returncode == 0, done.stderr
    assert ("is kept in" in done.stdout) == bool(present)
    if change in LOST:
        kept = newsroom.database.with_name("feeds.db.damaged-1")
        assert kept.read_bytes() == present
    assert newsroom.database.is_symlink() == (change is linked)
    newsroom.page("mast.txt", MAST)
    assert newsroom.publish(LATER + HOUR).revision == 4
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]
    assert newsroom.rows("PRAGMA journal_mode") == [("wal",)]
    assert titles(in_process(newsroom)) == ["Bell", "Crane", "Mast"]


def in_wal_mode(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def with_a_log(copy: Path) -> None:
    """Copied with ``cp``, the log of writes too, from a ledger in use."""
    other = copy.with_name("used.db")
    shutil.copy(copy, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE entries SET notice = 'written last'")
        connection.commit()
        for suffix in ("", "-wal"):
            shutil.copy(f"{other}{suffix}", f"{copy}{suffix}")


def with_a_hot_journal(copy: Path) -> None:
    """Copied while something was half written, which its journal takes back."""
    other = copy.with_name("used.db")
    shutil.copy(copy, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        connection.execute("UPDATE entries SET notice = notice || ?", ("x" * 9000,))
        connection.execute("UPDATE documents SET body = zeroblob(99999)")
        for suffix in ("", "-journal"):
            shutil.copy(f"{other}{suffix}", f"{copy}{suffix}")


def dumped(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        text = "\n".join(connection.iterdump())
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(text)


def of_large_pages(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA page_size=16384")
        connection.execute("VACUUM")


def read_only(copy: Path) -> None:
    in_wal_mode(copy)
    copy.chmod(0o440)


@pytest.mark.parametrize(
    "form", [in_wal_mode, with_a_log, with_a_hot_journal, dumped, of_large_pages, read_only]
)
def test_a_copy_is_gone_back_to_whatever_form_it_has_and_left_as_it_is(
    newsroom: TestNewsroom, form: Callable[[Path], None]
) -> None:
    home = newsroom.root.parent / "copies"
    home.mkdir()
    copy = Path(shutil.copy(copy_of(newsroom), home / "c.db"))
    form(copy)
    copy.with_name("used.db").unlink(missing_ok=True)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    done = feeds(newsroom, "restore-ledger", copy, now=LATER)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    notices = newsroom.rows("SELECT DISTINCT notice FROM entries")
    assert notices == [("written last" if form is with_a_log else "",)]
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]
    newsroom.page("mast.txt", MAST)
    assert newsroom.publish(LATER + HOUR).revision == 4
    assert titles(in_process(newsroom)) == ["Bell", "Crane", "Mast"]


def the_ledger(newsroom: TestNewsroom, _: Path) -> Path:
    return newsroom.database


def a_link_to_the_ledger(newsroom: TestNewsroom, file: Path) -> Path:
    file.symlink_to(newsroom.database)
    return file


def nothing(_: TestNewsroom, file: Path) -> Path:
    return file


def an_empty_file(_: TestNewsroom, file: Path) -> Path:
    file.touch()
    return file


def a_letter(_: TestNewsroom, file: Path) -> Path:
    file.write_text("Dear editor, " * 100)
    return file


def a_pipe(_: TestNewsroom, file: Path) -> Path:
    os.mkfifo(file)
    return file


def a_folder(_: TestNewsroom, file: Path) -> Path:
    file.mkdir()
    return file


def another_program_s(_: TestNewsroom, file: Path) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    return file


def unpublished(_: TestNewsroom, file: Path) -> Path:
    other = TestNewsroom(file.with_name("other"))
    other.database.parent.mkdir()
    open_to_write(other.database)
    return other.database


def another_newsroom_s(_: TestNewsroom, file: Path) -> Path:
    other = TestNewsroom(file.with_name("other"), SITE.replace("desk.test,2026", "mole.test,2026"))
    publish_bell(other)
    return other.database


def damaged_copy(newsroom: TestNewsroom, file: Path) -> Path:
    data = copy_of(newsroom).read_bytes()
    file.write_bytes(data[:8192] + bytes(len(data) - 8192))
    return file


def cut_copy(newsroom: TestNewsroom, file: Path) -> Path:
    file.write_bytes(copy_of(newsroom).read_bytes()[:20000])
    return file


def of_a_newer_program(newsroom: TestNewsroom, file: Path) -> Path:
    shutil.copy(copy_of(newsroom), file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return file


REFUSED: dict[Callable[[TestNewsroom, Path], Path], str] = {
    the_ledger: "this is the ledger itself; name another copy",
    a_link_to_the_ledger: "this is the ledger itself; name another copy",
    nothing: "this copy can't be read: No such file or directory",
    an_empty_file: "nothing is in this file; name another copy",
    a_letter: "this copy is damaged: file is not a database; name another copy",
    a_pipe: "this is no regular file; name another copy",
    a_folder: "this is no regular file; name another copy",
    another_program_s: "this is a database, but no ledger of newsroom-feeds",
    unpublished: "nothing was ever published into this ledger; name another copy",
    another_newsroom_s: "another newsroom's ledger: its ids are minted under 'mole.test,2026'",
    damaged_copy: "this copy is damaged: ",
    cut_copy: "this copy is damaged: ",
    of_a_newer_program: "newer than this program knows",
}


@pytest.mark.parametrize("make", REFUSED)
def test_what_is_no_copy_of_this_newsroom_s_ledger_is_refused_and_nothing_is_changed(
    newsroom: TestNewsroom, make: Callable[[TestNewsroom, Path], Path]
) -> None:
    file = make(newsroom, newsroom.root.parent / "file.db")
    before, known = files(newsroom), (newsroom.root / mark.FILE).read_bytes()
    done = feeds(newsroom, "restore-ledger", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"feeds: {file}: ")
    assert REFUSED[make] in done.stderr
    assert ".new" not in done.stderr
    assert files(newsroom) == before
    assert (newsroom.root / mark.FILE).read_bytes() == known
    assert newsroom.publish(LATER).revision is None


@pytest.mark.parametrize(
    "name",
    [
        "feeds.db.new",
        "feeds.db.kept-1-2",
        "feeds.db.damaged-1",
        "feeds.db.before-1",
        "feeds.db.old",
    ],
)
@pytest.mark.parametrize("lose", [None, damaged, gone])
def test_a_copy_beside_the_ledger_stays_as_it_is_whatever_its_name(
    newsroom: TestNewsroom, name: str, lose: Callable[[TestNewsroom], None] | None
) -> None:
    copy = Path(shutil.copy(copy_of(newsroom), newsroom.database.with_name(name)))
    log = copy.with_name(f"{name}-wal")
    log.touch()
    before = copy.read_bytes()
    if lose:
        lose(newsroom)
    done = feeds(newsroom, "restore-ledger", copy, now=LATER)
    assert done.returncode == 0, done.stderr
    assert f"is kept in {copy}\n" not in done.stdout
    assert newsroom.publish(LATER + HOUR).revision == 4
    assert (copy.read_bytes(), log.read_bytes()) == (before, b"")


@pytest.mark.parametrize(
    "name",
    ["feeds.db-journal", "feeds.db.reading", ".feeds.db.new", ".feeds.db.kept-1-2.part", ".x.part"],
)
@pytest.mark.parametrize("is_linked", [False, True])
def test_a_copy_is_neither_made_nor_sought_where_the_program_has_files_of_its_own(
    newsroom: TestNewsroom, name: str, is_linked: bool
) -> None:
    file = newsroom.database.with_name(name)
    named = file
    if is_linked:
        named = newsroom.root.parent / "linked.db"
        named.symlink_to(file)
    done = feeds(newsroom, "backup", named)
    assert (done.returncode, file.exists()) == (2, False)
    assert "made and deleted by this program or SQLite; name another file" in done.stderr
    data = newsroom.dump()
    shutil.copy(copy_of(newsroom), file)
    before = files(newsroom)
    done = feeds(newsroom, "restore-ledger", named)
    assert done.returncode == 2
    assert f"{named}: a file of this name, beside the ledger, is made and deleted" in done.stderr
    assert "give it another name, and name that; nothing was changed" in done.stderr
    assert files(newsroom) == before
    file.unlink()  # or SQLite takes it for a journal
    assert newsroom.dump() == data


def test_another_ledger_of_the_same_newsroom_is_gone_back_to_and_said_so(
    newsroom: TestNewsroom,
) -> None:
    other = TestNewsroom(newsroom.root.parent / "other")
    publish_bell(other)
    done = feeds(newsroom, "restore-ledger", other.database, now=LATER)
    assert done.returncode == 0
    assert "that is another ledger of this newsroom" in done.stdout
    assert marked(newsroom) == (2, 3)
    assert newsroom.publish(LATER + HOUR).revision == 4


def test_while_somebody_publishes_no_ledger_is_replaced(newsroom: TestNewsroom) -> None:
    from feeds.ledger import lock

    before = files(newsroom)
    with lock.hold(newsroom.database):
        done = feeds(newsroom, "restore-ledger", copy_of(newsroom))
    assert (done.returncode, "another 'feeds publish' is at work" in done.stderr) == (2, True)
    assert files(newsroom) == before


def test_while_another_program_writes_no_ledger_is_replaced(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PATIENCE_SECONDS", 0.05)
    before = newsroom.dump()
    with closing(sqlite3.connect(newsroom.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = feeds(newsroom, "restore-ledger", copy_of(newsroom))
        other.execute("ROLLBACK")
    assert (done.returncode, "another program is writing" in done.stderr) == (2, True)
    assert newsroom.dump() == before
    assert feeds(newsroom, "restore-ledger", copy_of(newsroom)).returncode == 0


def test_a_retraction_that_was_seen_outlasts_a_copy_though_its_table_is_broken_by_now(
    newsroom: TestNewsroom,
) -> None:
    copy = copy_of(newsroom)
    retracted = newsroom.entries()[0].id
    newsroom.decide(f'action = "retract"\nentry = "{retracted}"')
    newsroom.publish(NOW + timedelta(minutes=5))
    (newsroom.root / "decisions.toml").write_text(f'[[decision]]\nentry = "{retracted}')
    done = feeds(newsroom, "restore-ledger", copy)
    assert (done.returncode, "decisions.toml:1: not TOML" in done.stderr) == (1, True)
    assert retracted not in {entry.id for entry in newsroom.entries()}


def test_the_files_of_a_restored_ledger_are_for_its_owner_and_group(newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()
    before = os.umask(0)
    try:
        feeds(newsroom, "restore-ledger", copy_of(newsroom))
    finally:
        os.umask(before)
    assert stat.S_IMODE(newsroom.database.stat().st_mode) == FOR_THE_GROUP


@pytest.mark.parametrize("lose", [None, gone, damaged] if THOROUGH else [None])
def test_killed_at_any_write_there_is_the_ledger_of_before_or_the_one_gone_back_to(
    newsroom: TestNewsroom, killer: Killer, lose: Callable[[TestNewsroom], None] | None
) -> None:
    command = ("restore-ledger", str(copy_of(newsroom)))
    if lose:
        lose(newsroom)
    kept = Kept(newsroom.root.parent)
    whole = killer.run(newsroom, LATER, *command)
    assert whole.code == 0, whole
    wrong = []
    for point in _points(whole.writes, 1 if THOROUGH and not lose else 4):
        kept.restore()
        assert killer.run(newsroom, LATER, *command, at=point).code == KILLED
        wrong += [f"killed at write {point}: {what}" for what in _faults(newsroom, killer, command)]
    assert not wrong, "\n".join(wrong)


def _points(writes: int, step: int) -> list[int]:
    """Some writes in the middle, where most are alike, and every ``step``-th of the last ones.

    These put the ledger in its place, whatever was there before.
    """
    if EVERY_WRITE:
        return [*range(1, writes + 1)]
    last = range(max(1, writes - 12), writes + 1, step)
    return sorted({*range(1, writes, 97 if THOROUGH else writes // 3), *last})


def _faults(newsroom: TestNewsroom, killer: Killer, command: tuple[str, ...]) -> Iterator[str]:
    """What is wrong after a kill, and after what follows it."""
    revision = 0
    with (
        suppress(LedgerError),  # what was lost before is lost still
        Ledger(newsroom.database, read_only=False).read() as connection,
    ):
        revision = connection.exec_driver_sql("SELECT max(number) FROM revisions").scalar() or 0
    if revision:
        if revision not in {2, 3} or newsroom.faults() != "ok":
            yield f"revision {revision}, {newsroom.faults()}"
        done = killer.run(newsroom, LATER + HOUR, "publish")
        if done.code != 0:
            yield f"publish ends with {done.code}: {done.said}"
    done = killer.run(newsroom, LATER + HOUR, *command)
    if done.code != 0:
        yield f"going back again ends with {done.code}: {done.said}"
    newsroom.page("mast.txt", MAST)
    done = killer.run(newsroom, LATER + 2 * HOUR, "publish")
    if done.code != 0 or newsroom.faults() != "ok":
        yield f"the next ends with {done.code}: {done.said}"
    if left := [path.name for path in newsroom.database.parent.glob("*.new*")]:
        yield f"left: {left}"
    (newsroom.root / "mast.txt").unlink()


def test_who_erases_a_story_is_told_of_the_ledgers_that_were_kept(newsroom: TestNewsroom) -> None:
    feeds(newsroom, "restore-ledger", copy_of(newsroom), now=LATER)
    said = feeds(newsroom, "retract", "--yes", "Bell hangs", "--erase", now=LATER + HOUR).stdout
    assert f"{newsroom.database}.kept-1-2" in said


def test_what_a_killed_restore_left_of_a_ledger_is_deleted_by_whoever_has_the_lock_next(
    newsroom: TestNewsroom,
) -> None:
    folder = newsroom.database.parent
    names = (".feeds.db.new", ".feeds.db.new-wal", ".feeds.db.new-shm", ".feeds.db.kept-1-2.part")
    others = (".feeds.db.copy.part", "feeds.db.kept-1-1", "notes.txt", ".other.db.new")
    for command in (
        ("publish",),
        ("retract", "--yes", "Bell hangs"),
        ("restore-ledger", copy_of(newsroom)),
    ):
        for name in (*names, *others):
            shutil.copy(copy_of(newsroom), folder / name)
        assert feeds(newsroom, *command).returncode == 0
        assert [name for name in names if (folder / name).exists()] == []
        assert [name for name in others if not (folder / name).exists()] == []


def test_who_erases_a_story_is_told_of_every_copy_that_may_have_it_still(
    newsroom: TestNewsroom,
) -> None:
    folder = newsroom.database.parent
    kept = ("feeds.db.before-9", "feeds.db.damaged-1", "feeds.db.damaged-1-wal", "feeds.db.bak")
    passing = (".feeds.db.new", ".feeds.db.new-journal")
    for name in (*kept, ".feeds.db.copy.part", *passing, "other.db"):
        shutil.copy(copy_of(newsroom), folder / name)
    said = feeds(newsroom, "retract", "--yes", "Bell hangs", "--erase", now=LATER + HOUR).stdout
    told = {line.strip() for line in said.splitlines() if "feeds.db" in line}
    assert told == {str(folder / name) for name in (*kept, ".feeds.db.copy.part")}
    assert not any((folder / name).exists() for name in passing)
