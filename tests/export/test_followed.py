"""Targets that runs follow: each is tried again until it has all, whatever became of the ledger."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.export import run
from feeds.ledger import lock
from feeds.web import create_app
from tests.export.exporting import LATER, compare
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
    target.write_text("in the way")
    assert feeds(own, "publish", "--export", target, now=LATER).returncode == 1
    checked = feeds(own, "check", now=LATER)
    assert f"{target} is behind what is published" in checked.stdout
    assert checked.returncode == 1
    ask = of_app(create_app(str(own.root), own.url, now=lambda: LATER))
    assert "1 target of exports is behind" in ask("/feeds/healthz").body.decode()
    assert str(target) not in ask("/feeds/healthz").body.decode()
    target.unlink()
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
        assert f"{target}: can't be written" in ran.stderr
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
