"""``feeds copy-ledger``: from SQLite to PostgreSQL and back, and the newsroom goes on."""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from feeds.ledger import copying, lock
from feeds.ledger.connect import open_to_read
from feeds.newsroom.database import place_of, url_shown
from tests.newsrooms import NOW, TestNewsroom, feeds, publish_bell
from tests.postgres import PostgreSQLNewsroom, Server
from tests.web.asking import in_process, serve

LATER = NOW + timedelta(hours=1)
ROOF = "Shed on the pier loses its roof\n\nIt flew off on Friday, and nobody has found it since.\n"


@pytest.fixture
def desk(newsroom: TestNewsroom) -> TestNewsroom:
    """A newsroom with a ledger in a file, at its second revision."""
    publish_bell(newsroom)
    newsroom.decide('action = "retract"\nentry = "Ferry to run at night"')
    newsroom.publish(LATER)
    return newsroom


@pytest.fixture
def target(tmp_path: Path, server: Server, desk: TestNewsroom) -> PostgreSQLNewsroom:
    """The same pages, with an empty database."""
    made = PostgreSQLNewsroom(tmp_path / "target", server)
    made.root = desk.root
    return made


def copied(desk: TestNewsroom, from_: str, to: str) -> None:
    done = feeds(desk, "copy-ledger", from_, to)
    assert done.returncode == 0, done.stderr
    assert "compared row by row" in done.stdout


def address(newsroom: TestNewsroom) -> str:
    return newsroom.environment()["FEEDS_DATABASE"]


def test_a_newsroom_goes_on_with_the_copy_and_with_the_copy_of_that(
    desk: TestNewsroom, target: PostgreSQLNewsroom, tmp_path: Path
) -> None:
    before = [(one.id, one.title, one.published, one.content) for one in desk.entries()]
    document = desk.document()
    copied(desk, address(desk), address(target))
    assert [(one.id, one.title, one.published, one.content) for one in target.entries()] == before
    assert target.document() == document
    assert "nothing new" in feeds(target, "publish").stdout
    target.page("roof.txt", ROOF)
    assert target.publish(LATER).revision == 3
    back = TestNewsroom(tmp_path / "back")
    back.root = desk.root
    copied(desk, address(target), address(back))
    assert [one.id for one in back.entries()] == [one.id for one in target.entries()]
    back.page("shed.txt", ROOF.replace("Shed", "Kiosk"))
    assert back.publish(LATER).revision == 4
    assert "error" not in feeds(back, "check").stdout


def test_a_target_with_anything_in_it_is_refused(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    copied(desk, address(desk), address(target))
    rows = target.dump()
    ended = feeds(desk, "copy-ledger", address(desk), address(target))
    assert (ended.returncode, "there is something in this database already" in ended.stderr) == (
        2,
        True,
    )
    assert target.dump() == rows
    ended = feeds(desk, "copy-ledger", address(target), address(desk))
    assert (ended.returncode, "there is a file of this name" in ended.stderr) == (2, True)


def test_a_copy_that_was_stopped_is_no_ledger_and_goes_on_where_it_was(
    desk: TestNewsroom, target: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copying._copy
    made: list[str] = []

    def stopped(connection: sa.Connection, ledger: object, table: sa.Table) -> None:
        if table.name == "revisions":
            raise KeyboardInterrupt
        made.append(table.name)
        copy(connection, ledger, table)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_copy", stopped)
        assert feeds(desk, "copy-ledger", address(desk), address(target)).returncode != 0
    assert "entries" in made
    for command in ("publish", "status"):
        ended = feeds(target, command)
        assert ended.returncode == 2
        assert "is not complete yet" in ended.stderr
    target.change("UPDATE entries SET rank = rank + 7 WHERE sequence = 1")
    ended = feeds(desk, "copy-ledger", address(desk), address(target))
    assert ended.returncode == 2, "what was copied before is compared, too"
    assert "a row of 'entries' is not there what it is here: 1" in ended.stderr
    target.change("UPDATE entries SET rank = rank - 7 WHERE sequence = 1")
    copied(desk, address(desk), address(target))


def test_a_copy_of_what_the_ledger_was_begins_anew(
    desk: TestNewsroom, target: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(copying, "_compare", lambda *_: 1 / 0)
        assert feeds(desk, "copy-ledger", address(desk), address(target)).returncode != 0
    desk.page("roof.txt", ROOF)
    desk.publish(LATER)
    copied(desk, address(desk), address(target))
    assert len(target.entries()) == len(desk.entries())


def test_neither_is_published_into_meanwhile(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    for one in (desk, target):
        with lock.hold(one.database):
            ended = feeds(desk, "copy-ledger", address(desk), address(target))
            assert "another 'feeds publish' is at work" in ended.stderr
    assert open_to_read(place_of(address(target))) is None


def test_the_old_ledger_says_where_it_was_moved_once_the_copy_was_published_into(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    copied(desk, address(desk), address(target))
    assert "nothing new" in feeds(desk, "publish").stdout, "until then either may be gone on with"
    target.page("roof.txt", ROOF)
    assert target.publish(LATER).revision == 3
    moved = f"this ledger was moved to {url_shown(target.database)} (revision 3)"
    assert place_of(url_shown(target.database)) == target.database, "an address that works"
    for command in (["publish"], ["retract", "Bell", "--yes"], ["check"], ["status"]):
        ended = feeds(desk, *command)
        assert moved in ended.stdout + ended.stderr, command
        assert ended.returncode == 2 or command[0] in {"check", "status"}
    assert "error" not in feeds(target, "check").stdout


def test_the_old_ledger_is_gone_on_with_after_a_trial_of_the_copy(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    copied(desk, address(desk), address(target))
    target.page("roof.txt", ROOF)
    target.publish(LATER)
    ended = feeds(desk, "publish", "--rebuild")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "error" not in feeds(desk, "check").stdout
    assert "this ledger was moved to sqlite:///" in feeds(target, "publish").stderr


def test_where_the_old_ledger_was_put_away_the_other_is_named_first(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    copied(desk, address(desk), address(target))
    Path(str(desk.database)).unlink()
    ended = feeds(desk, "publish")
    assert ended.returncode == 2
    assert f"its ledger may be {url_shown(target.database)}: name it" in ended.stderr


@pytest.fixture
def left(desk: TestNewsroom, target: PostgreSQLNewsroom) -> TestNewsroom:
    """The old ledger, whose copy has another story and a retraction that it hasn't."""
    copied(desk, address(desk), address(target))
    target.page("roof.txt", ROOF)
    target.publish(LATER)
    assert feeds(target, "retract", "--yes", "Bell hangs").returncode == 0
    return desk


def test_what_was_retracted_in_the_copy_is_not_served_from_the_old_ledger(
    left: TestNewsroom,
) -> None:
    started = serve(left)
    assert (started.returncode, "this ledger was moved to " in started.stderr) == (2, True)
    assert started.stdout == ""
    ask = in_process(left)
    assert ask("/feeds/latest.rss").status == 503, "another server than ours has it begin, too"
    health = ask("/feeds/healthz")
    assert (health.status, b"the ledger was moved" in health.body) == (503, True)


def test_an_app_goes_on_with_a_ledger_that_is_moved_meanwhile_and_says_so(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    ask = in_process(desk)
    assert ask("/feeds/latest.rss").status == 200
    copied(desk, address(desk), address(target))
    assert b"moved" not in ask("/feeds/healthz").body
    target.page("roof.txt", ROOF)
    target.publish(LATER)
    assert ask("/feeds/latest.rss").status == 200
    health = ask("/feeds/healthz")
    assert health.status == 200
    assert b"the ledger was moved, and this is the one of before" in health.body


@pytest.mark.parametrize("command", [["list"], ["show", "Ferry to run"], ["log"]])
def test_what_is_told_from_the_old_ledger_is_told_to_be_from_that(
    left: TestNewsroom, command: list[str]
) -> None:
    told = feeds(left, *command)
    assert (told.returncode, "this ledger was moved to " in told.stderr) == (0, True)


def test_whoever_erases_hears_of_the_ledger_that_has_the_words_still(
    left: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    told = feeds(target, "retract", "--yes", "--erase", "Bell hangs").stdout
    assert f"('feeds copy-ledger'):\n  {left.database}\n" in told


def test_whoever_copied_a_ledger_hears_what_to_change(
    desk: TestNewsroom, target: PostgreSQLNewsroom
) -> None:
    told = feeds(desk, "copy-ledger", address(desk), address(target)).stdout
    assert f"FEEDS_DATABASE={shlex.quote(url_shown(target.database))}" in told
    assert "crontabs" in told
    assert "restart 'feeds serve'" in told


def test_a_copy_of_a_first_revision_is_no_ledger_of_its_own(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    publish_bell(newsroom)
    back = TestNewsroom(tmp_path / "back")
    back.root = newsroom.root
    done = feeds(newsroom, "copy-ledger", address(newsroom), address(back))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_wrong_and_empty_database_is_told_from_the_ledger_of_these_pages(
    desk: TestNewsroom, target: PostgreSQLNewsroom, tmp_path: Path
) -> None:
    began = feeds(target, "publish")
    assert "this is a ledger of its own: these pages were published into ../instance" in (
        began.stderr
    )
    other = PostgreSQLNewsroom(tmp_path / "other", target.server)
    other.root = desk.root
    began = feeds(other, "publish")
    assert url_shown(target.database) in began.stderr
    assert "ledger of its own" not in feeds(other, "publish").stderr
