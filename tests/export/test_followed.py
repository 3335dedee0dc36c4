"""Targets that runs follow: each is tried again until it has all, whatever became of the ledger."""

from __future__ import annotations

import errno
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.export import run
from feeds.ledger import exports, lock
from feeds.ledger.connect import open_to_note
from feeds.model.errors import TargetError
from feeds.web import create_app
from tests.export.exporting import CRANE, LATER, compare, files
from tests.newsrooms import NOW, SITE, TestNewsroom, feeds
from tests.web.asking import of_app


@pytest.mark.engines
def test_a_target_that_fails_when_first_named_is_tried_again(
    own: TestNewsroom, target: Path
) -> None:
    feeds(own, "publish", now=LATER)
    target.mkdir()
    (target / "precious.txt").write_text("theirs")
    ran = feeds(own, "publish", "--export", target, now=LATER + timedelta(minutes=1))
    assert ran.returncode == 1
    ran = feeds(own, "publish", now=LATER + timedelta(minutes=2))
    assert (ran.returncode, ran.stdout) == (1, "nothing new\n")
    assert "holds files of others" in ran.stderr
    (target / "precious.txt").unlink()
    later = LATER + timedelta(minutes=3)
    assert feeds(own, "publish", now=later).returncode == 0
    compare(own, target, later)
    for minute in (10, 11):  # the first removes what was replaced
        feeds(own, "publish", now=LATER + timedelta(minutes=minute))
    last = lock.last_run(own.database)
    assert last
    assert last.due is None or last.due > LATER + timedelta(minutes=10)


def test_a_target_is_followed_that_a_ledger_made_anew_knows_no_more(
    own: TestNewsroom, target: Path
) -> None:
    assert feeds(own, "publish", "--export", target, now=LATER).returncode == 0
    own.database.unlink()
    for minute in (2, 3):
        later = LATER + timedelta(minutes=minute)
        own.page(f"crane-{minute}.txt", f"Crane {minute} falls\n\nNobody.\n\n13.Jan.2026\n")
        feeds(own, "publish", "--rebuild", "--export", target, now=later)
        compare(own, target, later)


def test_a_target_that_fails_is_told_by_check_and_health(own: TestNewsroom, target: Path) -> None:
    feeds(own, "publish", now=LATER)
    target.mkdir()
    (target / "precious.txt").write_text("theirs")
    assert feeds(own, "publish", "--export", target, now=LATER).returncode == 1
    checked = feeds(own, "check", now=LATER)
    assert f"{target} is behind what is published" in checked.stdout
    assert checked.returncode == 1
    ask = of_app(create_app(str(own.root), own.url, now=lambda: LATER))
    assert "1 target of exports is behind" in ask("/feeds/healthz").body.decode()
    assert str(target) not in ask("/feeds/healthz").body.decode()
    (target / "precious.txt").unlink()
    assert feeds(own, "publish", now=LATER + timedelta(minutes=2)).returncode == 0
    assert "behind" not in ask("/feeds/healthz").body.decode()


def test_a_retraction_arrives_also_while_publishing_fails(own: TestNewsroom, target: Path) -> None:
    assert feeds(own, "publish", "--export", target, now=LATER).returncode == 0
    away = target.with_name("away")
    target.rename(away)
    target.write_text("in the way")
    ((entry,),) = own.rows("SELECT id FROM entries WHERE title LIKE 'Ferry%'")
    assert feeds(own, "retract", entry, now=LATER + timedelta(minutes=1)).returncode == 1
    own.configure(SITE.replace("desk.test,2026", "desk.test,2025"))
    for minute in (2, 3):
        ran = feeds(own, "publish", now=LATER + timedelta(minutes=minute))
        assert ran.returncode == 2
        assert f"{target}: is a file, not a directory" in ran.stderr
        assert f"feeds export --forget {target}" in ran.stderr
    target.unlink()
    away.rename(target)
    later = LATER + timedelta(minutes=4)
    assert feeds(own, "publish", now=later).returncode == 2
    own.configure(SITE)
    compare(own, target, later)


def test_a_full_disk_keeps_no_other_target_waiting(
    own: TestNewsroom, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.publish(NOW)
    full, link = tmp_path / "full", Path.symlink_to

    def symlink_to(self: Path, there: str) -> None:
        if self.is_relative_to(full):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        link(self, there)

    monkeypatch.setattr(Path, "symlink_to", symlink_to)
    done = run.export_due(own.place, [str(full), str(target)], lambda: LATER)
    assert [one.problem is None for one in done] == [False, True]
    assert "are needed" in str(done[0].problem)
    compare(own, target)


def targets(newsroom: TestNewsroom) -> list[str]:
    """The targets that the ledger knows."""
    return [name for (name,) in newsroom.rows("SELECT name FROM targets")]


def test_a_bucket_whose_library_is_not_there_is_no_target_and_keeps_no_other_waiting(
    own: TestNewsroom, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "feeds.export.bucket", raising=False)
    with pytest.raises(TargetError, match="needs obstore"):
        run.export(own.place, "s3://desk/feeds", lambda: LATER)
    done = run.export_due(own.place, ["s3://desk/feeds", str(target)], lambda: LATER)
    assert [(one.name, one.problem is None) for one in done] == [
        ("s3://desk/feeds", False),
        (str(target), True),
    ]
    assert "needs obstore" in str(done[0].problem)
    assert targets(own) == [str(target)]
    compare(own, target)


@pytest.mark.parametrize("bucket", ["s3://a bucket/feeds", "az://desk/feeds"])
def test_a_bucket_that_can_not_be_opened_is_no_target(own: TestNewsroom, bucket: str) -> None:
    pytest.importorskip("obstore")
    ran = feeds(own, "publish", "--export", bucket, now=LATER)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{bucket}: ")
    assert "tries it again" not in ran.stderr
    assert feeds(own, "export", bucket, now=LATER).returncode == 2
    assert targets(own) == []
    assert feeds(own, "status", now=LATER).returncode == 0


def test_a_target_among_the_pages_keeps_no_other_waiting(own: TestNewsroom, target: Path) -> None:
    ran = feeds(own, "publish", "--export", own.root / "out", "--export", target, now=LATER)
    assert ran.returncode == 1
    assert "an export can't lie among the pages" in ran.stderr
    compare(own, target)


def test_a_file_is_no_target(own: TestNewsroom, target: Path) -> None:
    target.write_text("theirs")
    for command in (("publish", "--export", target), ("export", target)):
        ran = feeds(own, *command, now=LATER)
        assert f"{target}: is a file, not a directory" in ran.stderr
        assert "--forget" not in ran.stderr
        assert targets(own) == []
    assert target.read_text() == "theirs"


def test_what_was_named_by_hand_and_is_of_others_is_no_target(
    own: TestNewsroom, target: Path
) -> None:
    target.mkdir()
    (target / "precious.txt").write_text("theirs")
    ran = feeds(own, "export", target, now=LATER)
    assert ran.returncode == 2
    assert "tries it again" not in ran.stderr
    assert targets(own) == []


def test_how_exports_went_is_how_the_run_went(own: TestNewsroom, target: Path) -> None:
    target.write_text("in the way")
    for minute in range(2):
        now = LATER + timedelta(minutes=minute)
        assert feeds(own, "publish", "--export", target, now=now).returncode == 1
        last = lock.last_run(own.database)
        assert last
        assert last.exit_code == 1
    target.unlink()
    now = LATER + timedelta(minutes=2)
    assert feeds(own, "publish", now=now).returncode == 0
    last = lock.last_run(own.database)
    assert last
    assert last.exit_code == 0


def test_what_a_program_reads_has_no_line_about_exports(own: TestNewsroom, target: Path) -> None:
    ran = feeds(own, "publish", "--json", "--export", target, now=LATER)
    assert json.loads(ran.stdout)["exit_code"] == 0
    compare(own, target)


def test_exports_by_hand_that_may_still_show_what_is_taken_back_are_named(
    own: TestNewsroom, target: Path, tmp_path: Path
) -> None:
    followed = tmp_path / "followed"
    feeds(own, "export", target, now=LATER)
    feeds(own, "publish", "--export", followed, now=LATER)
    for title, erase in (("Ferry", False), ("Bell", True)):
        ((entry,),) = own.rows(f"SELECT id FROM entries WHERE title LIKE '{title}%'")  # noqa: S608
        ran = feeds(own, "retract", entry, *(["--erase", "--yes"] if erase else []), now=LATER)
        assert ran.returncode == 0
        assert f"  {target}: run 'feeds export {target}'" in ran.stdout.splitlines()
        assert str(followed) not in ran.stdout.partition("may still show it")[2]
    feeds(own, "export", target, now=LATER)
    ((entry,),) = own.rows("SELECT id FROM entries WHERE hidden = '' LIMIT 1")
    feeds(own, "export", "--forget", target, now=LATER)
    assert "may still show it" not in feeds(own, "retract", entry, now=LATER).stdout


def test_buckets_that_may_keep_older_versions_are_named_where_a_story_is_erased(
    own: TestNewsroom,
) -> None:
    ledger = open_to_note(own.database)
    assert ledger
    with ledger.write() as connection:
        exports.add(connection, "s3://desk/feeds", LATER, followed=False)
    ((entry,),) = own.rows("SELECT id FROM entries WHERE title LIKE 'Ferry%'")
    said = feeds(own, "retract", entry, "--erase", "--yes", now=LATER).stdout
    assert "and in older versions of objects, if these keep them:\n  s3://desk/feeds\n" in said


def test_a_ledger_that_went_back_to_a_copy_mends_its_target_by_itself(
    own: TestNewsroom, target: Path, tmp_path: Path
) -> None:
    assert feeds(own, "publish", "--export", target, now=LATER).returncode == 0
    copy = tmp_path / "copy.db"
    assert feeds(own, "backup", copy, now=LATER).returncode == 0
    own.page("crane.txt", CRANE)
    assert feeds(own, "publish", now=LATER + timedelta(minutes=5)).returncode == 0
    assert b"Crane" in files(target)["latest.rss"].body
    (own.root / "crane.txt").unlink()
    later = LATER + timedelta(minutes=10)
    assert feeds(own, "restore-ledger", copy, now=later).returncode == 0
    assert feeds(own, "publish", now=later).returncode == 0
    compare(own, target, later)
    assert b"Crane" not in files(target)["latest.rss"].body
