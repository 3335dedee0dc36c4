"""A ledger that is missing, an older copy, or another one: nothing is published into it unmeant."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest

from feeds.ledger import lock, mark
from feeds.ledger.sqlite import backup
from feeds.model.errors import FeedsError, GateError, LedgerError
from feeds.model.problem import Problem
from feeds.publish.hubs import deliver
from feeds.syndication import gate
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom, feeds, publish_bell
from tests.web.asking import Ask, in_process, port_of_ours, serve

LATER = NOW + timedelta(hours=2)
CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"
MAST = "Mast goes up\n\nIt stands since Friday.\nNobody knows for how long.\n"


def two_revisions(newsroom: TestNewsroom) -> None:
    """Two revisions, and a copy from between them, ``copy.db``."""
    publish_bell(newsroom)
    backup.copy(newsroom.database, newsroom.root.parent / "copy.db")
    newsroom.page("crane.txt", CRANE)
    newsroom.publish(NOW + timedelta(hours=1))


@pytest.fixture
def newsroom(filled: Callable[[Any], TestNewsroom]) -> TestNewsroom:
    """A newsroom with two revisions."""
    return filled(two_revisions)


def put_back(newsroom: TestNewsroom) -> None:
    """The way by hand: copy back, delete what lies beside."""
    for suffix in ("-wal", "-shm"):
        newsroom.database.with_name(newsroom.database.name + suffix).unlink(missing_ok=True)
    shutil.copy(newsroom.root.parent / "copy.db", newsroom.database)


def folder_gone(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.rename(newsroom.root.parent / "kept")


def file_gone(newsroom: TestNewsroom) -> None:
    newsroom.database.unlink()


def folder_emptied(newsroom: TestNewsroom) -> None:
    """As a mount point is whose disk is not there."""
    folder_gone(newsroom)
    newsroom.database.parent.mkdir()


def emptied(newsroom: TestNewsroom) -> None:
    for suffix in ("-wal", "-shm"):
        newsroom.database.with_name(newsroom.database.name + suffix).unlink(missing_ok=True)
    newsroom.database.write_bytes(b"")


def older(newsroom: TestNewsroom) -> None:
    put_back(newsroom)


def another(newsroom: TestNewsroom) -> None:
    """A ledger that some other newsroom made of the same pages, and of more revisions."""
    other = TestNewsroom(newsroom.root.parent / "other")
    for number, text in enumerate((PAGE, CRANE, MAST)):
        other.page(f"{number}.txt", text)
        other.publish(NOW + timedelta(minutes=number))
    put_back(newsroom)
    shutil.copy(other.database, newsroom.database)


Lose = Callable[[TestNewsroom], None]
LOSSES: dict[Lose, tuple[str, str]] = {
    folder_gone: ("ledger-missing", "the ledger is gone or emptied, though revision 2 was"),
    file_gone: ("ledger-missing", "the ledger is gone or emptied, though revision 2 was"),
    folder_emptied: ("ledger-missing", "the ledger is gone or emptied, though revision 2 was"),
    emptied: ("ledger-missing", "the ledger is gone or emptied, though revision 2 was"),
    older: ("ledger-older", "an older copy of the ledger, at revision 1, though revision 2 was"),
    another: ("ledger-another", "another ledger than that of which revision 2 was published"),
}
EVERY_LOSS = pytest.mark.parametrize("lose", LOSSES)


def state(newsroom: TestNewsroom) -> dict[str, bytes]:
    """All files of a newsroom, but what the last run's end is noted in, and SQLite's index."""
    home = newsroom.root.parent
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-shm", "-wal"))
    }


@EVERY_LOSS
def test_a_lost_ledger_is_published_into_by_nothing(newsroom: TestNewsroom, lose: Lose) -> None:
    lose(newsroom)
    newsroom.page("mast.txt", MAST)
    before = state(newsroom)
    known = "Bell hangs"
    for arguments in (
        ("publish",),
        ("publish", "--quiet"),
        ("publish", "--reread"),
        ("publish", "--reread", "--preview"),
        ("publish", newsroom.root / "mast.txt"),
        ("publish", "--as-archive", newsroom.root / "mast.txt"),
        ("retract", "--yes", known),
        ("correct", "--yes", known, "--title", "Bell hangs at last"),
        ("import", newsroom.root / "old.xml"),
        ("backup", newsroom.root.parent / "copy.db"),
    ):
        done = feeds(newsroom, *arguments)
        assert (arguments, done.returncode) == (arguments, 2)
        assert LOSSES[lose][1] in done.stderr, arguments
        assert "feeds restore-ledger FILE" in done.stderr
        assert "feeds publish --rebuild" in done.stderr
        assert state(newsroom) == before
    assert newsroom.database.parent.exists() == (lose is not folder_gone)


@EVERY_LOSS
def test_who_asks_is_told_of_a_lost_ledger(
    newsroom: TestNewsroom, lose: Lose, tmp_path: Path
) -> None:
    lose(newsroom)
    code, what = LOSSES[lose]
    status = feeds(newsroom, "status")
    assert (status.returncode, what in status.stdout) == (1, True)
    assert "nothing is held" not in status.stdout
    assert what in msgspec.json.decode(feeds(newsroom, "status", "--json").stdout)["lost"]
    check = feeds(newsroom, "check", "--json")
    found = msgspec.json.decode(check.stdout)["findings"]
    assert (check.returncode, found[0]["code"], found[0]["severity"]) == (1, code, "error")
    report = tmp_path / "report.html"
    assert feeds(newsroom, "report", report).returncode == 0
    assert what in report.read_text(encoding="utf-8")
    report.unlink()
    assert feeds(newsroom, "publish", "--report", report).returncode == 2
    assert what in report.read_text(encoding="utf-8")


PATHS = ("/feeds/latest.rss", "/feeds/latest.json", "/feeds/", "/feeds/latest")


@EVERY_LOSS
def test_a_worker_that_starts_with_a_lost_ledger_serves_neither_empty_feeds_nor_older_ones(
    newsroom: TestNewsroom, lose: Lose, caplog: pytest.LogCaptureFixture
) -> None:
    lose(newsroom)
    ask = in_process(newsroom)
    for path in PATHS:
        answer = ask(path)
        assert (path, answer.status) == (path, 503)
        assert answer.headers["Retry-After"]
    told = msgspec.json.decode(ask("/feeds/healthz").body)
    assert (told["status"], told["revision"]) == ("failed", 0)
    words = {"ledger-older": "older copy", "ledger-another": "another one"}
    assert words.get(LOSSES[lose][0], "lost") in told["warnings"][0]
    assert any(LOSSES[lose][1] in record.getMessage() for record in caplog.records)
    with port_of_ours() as port:
        started = serve(newsroom, "--port", str(port))
    assert (started.returncode, LOSSES[lose][1] in started.stderr) == (2, True)


def titles(ask: Ask) -> list[str]:
    found: list[dict[str, Any]] = msgspec.json.decode(ask("/feeds/latest.json").body)["items"]
    return sorted(item["title"] for item in found if item["title"].split()[0] in KNOWN)


KNOWN = {"Bell", "Crane", "Mast"}


@EVERY_LOSS
def test_a_ledger_that_is_meant_goes_on_in_another_epoch_above_all_revisions(
    newsroom: TestNewsroom, lose: Lose
) -> None:
    before = newsroom.document("latest", "json")
    lose(newsroom)
    newsroom.page("mast.txt", MAST)
    done = feeds(newsroom, "publish", "--rebuild", now=LATER)
    assert done.returncode == 0, done.stderr
    highest = 4 if lose is another else 3
    assert done.stdout.startswith(f"revision {highest}: ")
    assert "the first of another epoch" in done.stdout
    (noted,) = msgspec.json.decode((newsroom.root / mark.FILE).read_bytes()).values()
    assert (noted["epoch"], noted["revision"]) == (2, highest)
    ask = in_process(newsroom, now=LATER)
    assert [title.split()[0] for title in titles(ask)] == ["Bell", "Crane", "Mast"]
    log = feeds(newsroom, "log", "-n", "1").stdout
    assert "--rebuild: " in log
    assert newsroom.document("latest", "json").last_modified > before.last_modified
    assert newsroom.publish(LATER).revision is None
    newsroom.page("oar.txt", CRANE.replace("Crane", "Oar"))
    assert newsroom.publish(LATER + timedelta(hours=1)).revision == highest + 1


def test_an_older_ledger_that_is_meant_is_newer_to_who_has_what_was_lost(
    newsroom: TestNewsroom,
) -> None:
    """Asked by its date alone: nothing of it changes, and yet it is other than what they have."""
    had = in_process(newsroom)("/feeds/latest.rss").headers["Last-Modified"]
    (newsroom.root / "crane.txt").unlink()
    put_back(newsroom)
    newsroom.publish(LATER, rebuild=True)
    answer = in_process(newsroom)("/feeds/latest.rss", headers={"If-Modified-Since": had})
    assert (answer.status, b"Crane" in answer.body) == (200, False)


def test_rebuilding_what_is_not_lost_is_refused(newsroom: TestNewsroom) -> None:
    """Or whoever leaves it in a crontab would never again hear of a loss."""
    newsroom.page("mast.txt", MAST)
    before = newsroom.dump()
    with pytest.raises(FeedsError, match="there is nothing to rebuild; leave out --rebuild"):
        newsroom.publish(LATER, rebuild=True)
    assert newsroom.dump() == before
    assert newsroom.publish(LATER).revision == 3


def test_the_first_publish_of_a_newsroom_may_be_told_to_rebuild(tmp_path: Path) -> None:
    fresh = TestNewsroom(tmp_path / "fresh")
    fresh.page("bell.txt")
    assert fresh.publish(rebuild=True).revision == 1
    assert fresh.rows("SELECT value FROM settings WHERE key = 'epoch'") == []


def test_a_copy_of_what_the_mark_says_may_be_put_back_by_hand(newsroom: TestNewsroom) -> None:
    backup.copy(newsroom.database, newsroom.root.parent / "copy.db")
    put_back(newsroom)
    newsroom.page("mast.txt", MAST)
    assert newsroom.publish(LATER).revision == 3
    assert newsroom.rows("PRAGMA journal_mode") == [("wal",)]


def test_a_disk_that_goes_back_as_a_whole_is_seen_though_its_lock_file_matches_it(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot brings the very inodes and times back, and the lock file that tells of them."""
    lock = newsroom.database.with_name("feeds.db.lock")
    newsroom.publish(LATER)
    data, noted = newsroom.database.read_bytes(), lock.read_bytes()
    (newsroom.root / "mast.txt").write_text(MAST)
    os.utime(newsroom.root / "mast.txt", (NOW.timestamp(), NOW.timestamp()))
    newsroom.publish(LATER + timedelta(hours=1))
    (newsroom.root / "mast.txt").unlink()
    put_back(newsroom)
    newsroom.database.write_bytes(data)
    lock.write_bytes(noted)
    monkeypatch.setattr("feeds.newsroom.folder.signature", lambda status: f"{status.st_size}")
    with pytest.raises(LedgerError, match="an older copy"):
        newsroom.publish(LATER + timedelta(hours=2))


def test_a_killed_run_left_the_ledger_ahead_of_its_mark_and_nothing_is_wrong(
    newsroom: TestNewsroom,
) -> None:
    before = (newsroom.root / mark.FILE).read_bytes()
    newsroom.page("mast.txt", MAST)
    newsroom.publish(LATER)
    (newsroom.root / mark.FILE).write_bytes(before)
    newsroom.page("oar.txt", CRANE.replace("Crane", "Oar"))
    assert feeds(newsroom, "status").returncode == 0
    assert in_process(newsroom)("/feeds/latest.rss").status == 200
    assert newsroom.publish(LATER + timedelta(hours=1)).revision == 4


def test_a_rebuilding_that_was_killed_before_its_mark_is_a_ledger_like_any_other(
    newsroom: TestNewsroom,
) -> None:
    before = (newsroom.root / mark.FILE).read_bytes()
    newsroom.database.unlink()
    newsroom.publish(LATER, rebuild=True)
    (newsroom.root / mark.FILE).write_bytes(before)
    newsroom.page("mast.txt", MAST)
    assert newsroom.publish(LATER + timedelta(hours=1)).revision == 4


def refuse(*_: object) -> list[Problem]:
    """The gate, where it lets nothing through."""
    return [gate.objection("malformed", "latest.rss is not well-formed")]


def test_a_rebuilding_that_the_gate_refuses_is_no_ledger_that_anybody_goes_by(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.database.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(gate, "document_objections", refuse)
        assert feeds(newsroom, "publish", "--rebuild").returncode == 3
    assert feeds(newsroom, "publish").returncode == 2
    assert in_process(newsroom)("/feeds/latest.rss").status == 503
    done = feeds(newsroom, "publish", "--rebuild")
    assert (done.returncode, done.stdout[:10]) == (0, "revision 3")


def test_what_lies_beside_a_lost_ledger_is_not_taken_for_the_new_one_s(
    newsroom: TestNewsroom,
) -> None:
    """The file alone is deleted, while its log of writes stays."""
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE settings SET value = 'nobody' WHERE key = 'authority'")
        connection.commit()
        log = newsroom.database.with_name("feeds.db-wal").read_bytes()
    newsroom.database.unlink()
    newsroom.database.with_name("feeds.db-wal").write_bytes(log)
    assert newsroom.publish(LATER, rebuild=True).revision == 3
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]
    assert newsroom.rows("SELECT value FROM settings WHERE key = 'authority'") == [
        ("desk.test,2026",)
    ]


def mix(newsroom: TestNewsroom) -> None:
    """The copy is put back, and the log of writes left: SQLite takes that for the copy's own.

    What comes of it tells the revision of the log.
    """
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE revisions SET documents = 1")
        connection.execute("UPDATE entries SET guid = hash")
        connection.commit()
        log = newsroom.database.with_name("feeds.db-wal").read_bytes()
    put_back(newsroom)
    newsroom.database.with_name("feeds.db-wal").write_bytes(log)


def refuses_mixture(newsroom: TestNewsroom, now: datetime = LATER) -> bool:
    done = feeds(newsroom, "publish", now=now)
    return done.returncode == 2 and "damaged since the last run" in done.stderr


def test_a_copy_beside_which_the_log_of_another_was_left_is_not_published_into(
    newsroom: TestNewsroom,
) -> None:
    mix(newsroom)
    newsroom.page("mast.txt", MAST)
    done = feeds(newsroom, "publish", now=LATER)
    assert (done.returncode, "damaged since the last run" in done.stderr) == (2, True)
    assert "feeds restore-ledger FILE" in done.stderr
    assert refuses_mixture(newsroom), "however often it is tried"
    copy = newsroom.root.parent / "copy.db"
    assert feeds(newsroom, "restore-ledger", copy, now=LATER).returncode == 0
    assert newsroom.publish(LATER + timedelta(hours=1)).revision == 4
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]


def misconfigured(newsroom: TestNewsroom, _: pytest.MonkeyPatch) -> None:
    site = (newsroom.root / "site.toml").read_text()
    newsroom.configure("[site")
    with pytest.raises(FeedsError):
        newsroom.publish(LATER)
    newsroom.configure(site)


def refused_by_the_gate(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what is new has been read already."""
    newsroom.page("rope.txt", CRANE.replace("Crane", "Rope"))
    with monkeypatch.context() as patched:
        patched.setattr("feeds.publish.commit.commit", Mock(side_effect=GateError([])))
        with pytest.raises(GateError):
            newsroom.publish(LATER)


def ended_by_the_program(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.page("oar.txt", CRANE.replace("Crane", "Oar"))
    with monkeypatch.context() as patched:
        patched.setattr("feeds.publish.revision.read_folder", Mock(side_effect=ZeroDivisionError))
        with pytest.raises(ZeroDivisionError):
            newsroom.publish(LATER)


def restored(newsroom: TestNewsroom, _: pytest.MonkeyPatch) -> None:
    assert feeds(newsroom, "restore-ledger", newsroom.root.parent / "copy.db").returncode == 0


def with_a_hub(newsroom: TestNewsroom) -> None:
    """What changed is published, and the hub has yet to be told."""
    hub = 'language = "en"\nhubs = ["http://127.0.0.1:9/"]'
    newsroom.configure(SITE.replace('language = "en"', hub))
    newsroom.publish(LATER)


def told_to_hubs(newsroom: TestNewsroom, _: pytest.MonkeyPatch) -> None:
    with_a_hub(newsroom)
    before = newsroom.rows("SELECT * FROM outbox")
    deliver(newsroom.place, LATER, lambda _: None)
    assert newsroom.rows("SELECT * FROM outbox") != before


def counted(newsroom: TestNewsroom, _: pytest.MonkeyPatch) -> None:
    log = newsroom.root.parent / "access.log"
    asked = '"GET /feeds/latest.rss HTTP/1.1" 200 9 "-" "Reader"'
    log.write_text(f"192.0.2.1 - - [14/Jan/2026:10:00:00 +0000] {asked}\n")
    done = feeds(newsroom, "audience", "--record", log)
    assert (done.returncode, done.stderr) == (0, "")


Between = Callable[[TestNewsroom, pytest.MonkeyPatch], None]


BETWEEN: list[Between] = [
    misconfigured,
    refused_by_the_gate,
    ended_by_the_program,
    restored,
    told_to_hubs,
    counted,
]


def is_examined(newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the next publish looks through the ledger for damage."""
    newsroom.page("mast.txt", MAST)
    examine = Mock()
    with monkeypatch.context() as patched, suppress(GateError):
        patched.setattr("feeds.publish.epochs.refuse_mixture", examine)
        newsroom.publish(LATER + timedelta(hours=1))
    return examine.called


@pytest.mark.parametrize("between", BETWEEN)
def test_what_the_program_wrote_itself_is_not_looked_through_for_damage(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, between: Between
) -> None:
    newsroom.publish(LATER)
    between(newsroom, monkeypatch)
    assert not is_examined(newsroom, monkeypatch)


@pytest.mark.parametrize("between", BETWEEN)
def test_what_somebody_else_wrote_is_looked_through_whatever_the_program_did_before(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, between: Between
) -> None:
    newsroom.publish(LATER)
    between(newsroom, monkeypatch)
    os.utime(newsroom.database)
    assert is_examined(newsroom, monkeypatch)


@pytest.mark.parametrize("between", [misconfigured, told_to_hubs, counted])
def test_what_somebody_else_wrote_is_looked_through_whatever_the_program_did_since(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, between: Between
) -> None:
    newsroom.publish(LATER)
    if between is told_to_hubs:
        with_a_hub(newsroom)
    os.utime(newsroom.database)
    if between is told_to_hubs:
        deliver(newsroom.place, LATER, lambda _: None)
    else:
        between(newsroom, monkeypatch)
    assert is_examined(newsroom, monkeypatch)


def test_that_pages_were_refused_is_known_after_a_failed_run_too(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("empty.txt", "")
    newsroom.publish(LATER)
    for fail in (misconfigured, ended_by_the_program):
        fail(newsroom, monkeypatch)
        last = lock.last_run(newsroom.database)
        assert last is not None
        assert (last.exit_code, last.refused) == (2, 1)


def zeroed(newsroom: TestNewsroom) -> None:
    """But for its first page."""
    data = newsroom.database.read_bytes()
    newsroom.database.write_bytes(data[:4096] + bytes(len(data) - 4096))


def cut(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(newsroom.database.read_bytes()[:5000])


def overwritten(newsroom: TestNewsroom) -> None:
    newsroom.database.write_bytes(b"This is no database. " * 1000)


def damaged_inside(newsroom: TestNewsroom) -> None:
    """In the table of entries, of which nothing is looked at to know how far the ledger is."""
    with closing(sqlite3.connect(newsroom.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'entries'"
        (root,) = connection.execute(query).fetchone()
    with newsroom.database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


def undecodable(newsroom: TestNewsroom) -> None:
    newsroom.change("UPDATE entries SET told = '{', stated = '{'")


def without_entries(newsroom: TestNewsroom) -> None:
    newsroom.change("DELETE FROM entries WHERE sequence = 1")


def undecodable_elsewhere(newsroom: TestNewsroom) -> None:
    newsroom.change("UPDATE documents SET last_modified = 'never'")


def undecodable_configuration(newsroom: TestNewsroom) -> None:
    newsroom.change("UPDATE revisions SET site = '{'")


DAMAGE = (zeroed, cut, overwritten, damaged_inside, undecodable, without_entries)


@pytest.mark.parametrize("damage", [*DAMAGE, undecodable_elsewhere, undecodable_configuration])
def test_a_damaged_ledger_without_a_copy_is_made_anew_from_the_pages_and_kept(
    newsroom: TestNewsroom, damage: Lose
) -> None:
    ids = {(entry.id, entry.title) for entry in newsroom.entries()}
    ask = in_process(newsroom)
    assert b"Crane" in ask("/feeds/latest.rss").body
    damage(newsroom)
    with closing(sqlite3.connect(newsroom.database)) as connection, suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = newsroom.database.read_bytes()
    done = feeds(newsroom, "publish", "--rebuild")
    kept = newsroom.database.with_name("feeds.db.damaged-1")
    assert (done.returncode, f"what it was is in {kept}" in done.stderr) == (0, True), done.stderr
    assert kept.read_bytes() == before
    assert newsroom.rows("PRAGMA integrity_check") == [("ok",)]
    assert {(entry.id, entry.title) for entry in newsroom.entries()} == ids
    (known,) = msgspec.json.decode((newsroom.root / mark.FILE).read_bytes()).values()
    assert (known["epoch"], known["revision"]) == (2, 3)
    newsroom.page("mast.txt", MAST)
    assert feeds(newsroom, "publish").stdout == "revision 4: 1 new, 0 corrected\n"
    assert b"Mast" in ask("/feeds/latest.rss").body
    assert feeds(newsroom, "publish", "--rebuild").returncode == 2, "nothing is damaged by now"


@pytest.mark.parametrize("damage", DAMAGE)
def test_who_asks_about_a_damaged_ledger_is_told_once_and_of_both_ways_out(
    newsroom: TestNewsroom, damage: Lose, tmp_path: Path
) -> None:
    damage(newsroom)
    done = feeds(newsroom, "check", "--json")
    told = [one for one in msgspec.json.decode(done.stdout)["findings"] if "--rebuild" in str(one)]
    assert told
    assert len({(one["file"], one["what"]) for one in told}) == len(told)
    assert all("feeds restore-ledger FILE" in one["remedy"] for one in told)
    report = tmp_path / "report.html"
    assert feeds(newsroom, "report", report).returncode == 0
    assert "feeds publish --rebuild" in report.read_text(encoding="utf-8")
    if damage in {zeroed, cut, overwritten, damaged_inside}:
        newsroom.page("mast.txt", MAST)
        for command in (("publish",), ("backup", tmp_path / "new.db")):
            failed = feeds(newsroom, *command)
            assert (failed.returncode, ".part" in failed.stderr) == (2, False)
            assert f"{newsroom.database}: " in failed.stderr
            assert "feeds restore-ledger FILE" in failed.stderr
            assert "feeds publish --rebuild" in failed.stderr
        assert not (tmp_path / "new.db").exists()


def test_a_rebuilding_that_fails_leaves_a_damaged_ledger_where_it_is(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(newsroom)
    before = state(newsroom)
    with monkeypatch.context() as patch:
        patch.setattr(gate, "document_objections", refuse)
        assert feeds(newsroom, "publish", "--rebuild").returncode == 3
    assert state(newsroom) == before
    done = feeds(newsroom, "publish", "--rebuild")
    assert (done.returncode, done.stdout[:10]) == (0, "revision 3")


@pytest.mark.parametrize("lose", [file_gone, overwritten])
def test_a_ledger_of_hundreds_of_articles_is_made_anew_without_an_objection(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch, lose: Lose
) -> None:
    lose(newsroom)
    monkeypatch.setattr(gate, "_MOST_AT_FIRST", 2)
    for number in range(3):
        newsroom.page(f"{number}.txt", f"---\ntitle: Boat {number} sails\n---\n{CRANE}")
    done = feeds(newsroom, "publish", "--rebuild")
    assert (done.returncode, done.stdout[:10]) == (0, "revision 3")


def test_a_damaged_ledger_without_a_mark_is_made_anew_in_another_epoch(
    newsroom: TestNewsroom,
) -> None:
    (newsroom.root / mark.FILE).unlink()
    overwritten(newsroom)
    assert feeds(newsroom, "publish", "--rebuild").returncode == 0
    (known,) = msgspec.json.decode((newsroom.root / mark.FILE).read_bytes()).values()
    assert known["epoch"] == 2
