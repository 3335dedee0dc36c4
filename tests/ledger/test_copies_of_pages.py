"""A ledger that publishers on several machines reach: over one folder of pages, and never over two.

A copy of the folder stands for another machine's.
"""

from __future__ import annotations

import shutil
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.ledger import lock
from feeds.ledger.mark import FILE
from feeds.model.errors import LedgerError
from tests.newsrooms import NOW, TestNewsroom, feeds, publish_bell
from tests.postgres import PostgreSQLNewsroom, Server

LATER = NOW + timedelta(hours=1)
ROOF = "Shed on the pier loses its roof\n\nIt flew off on Friday, and nobody has found it since.\n"
CRANE = "Crane falls into the dock\n\nNobody was near it on Monday, when a rope gave way at last.\n"


@pytest.fixture
def desk(tmp_path: Path, server: Server) -> PostgreSQLNewsroom:
    made = PostgreSQLNewsroom(tmp_path / "desk", server)
    publish_bell(made)
    return made


def elsewhere(desk: PostgreSQLNewsroom) -> PostgreSQLNewsroom:
    """The same newsroom on another machine, with a copy of the pages, the mark among them."""
    made = copy(desk)
    made.root = desk.root.parent / "elsewhere"
    synchronise(desk, made)
    return made


def synchronise(from_: TestNewsroom, to: TestNewsroom) -> None:
    shutil.rmtree(to.root, ignore_errors=True)
    shutil.copytree(from_.root, to.root)


def published(desk: TestNewsroom, name: str, text: str) -> int | None:
    desk.page(name, text)
    return desk.publish(LATER).revision


def test_synchronised_copies_of_the_pages_are_published_in_turn(desk: PostgreSQLNewsroom) -> None:
    standby = elsewhere(desk)
    assert published(standby, "roof.txt", ROOF) == 2
    synchronise(standby, desk)
    assert published(desk, "crane.txt", CRANE) == 3
    assert len(desk.entries()) == 6


def test_unsynchronised_copies_are_a_fault_and_not_published_in_turn(
    desk: PostgreSQLNewsroom,
) -> None:
    standby = elsewhere(desk)
    assert published(desk, "roof.txt", ROOF) == 2
    standby.page("crane.txt", CRANE)
    before = desk.dump()
    ended = feeds(standby, "publish")
    assert ended.returncode == 2
    assert "revision 2 was published from another copy of these pages" in ended.stderr
    assert "from another copy of these pages" in feeds(standby, "check").stdout
    assert desk.dump() == before
    assert feeds(desk, "publish").returncode == 0, "the one that published last goes on"


def test_who_means_it_goes_on_with_another_copy_once(desk: PostgreSQLNewsroom) -> None:
    standby = elsewhere(desk)
    published(desk, "roof.txt", ROOF)
    standby.page("crane.txt", CRANE)
    assert feeds(standby, "publish", "--rebuild").returncode == 0
    assert len(standby.entries()) == 6
    assert feeds(standby, "publish").returncode == 0
    assert feeds(desk, "publish").returncode == 2


def test_pages_without_the_file_that_knows_the_ledger_are_another_copy(
    desk: PostgreSQLNewsroom,
) -> None:
    (desk.root / FILE).unlink()
    assert feeds(desk, "publish").returncode == 2
    assert feeds(desk, "publish", "--rebuild").returncode == 0
    assert published(desk, "roof.txt", ROOF) == 3


def test_where_the_file_can_t_be_written_nothing_is_published(desk: PostgreSQLNewsroom) -> None:
    (desk.root / FILE).unlink()
    (desk.root / FILE).mkdir()
    with pytest.raises(LedgerError):
        published(desk, "roof.txt", ROOF)
    assert len(desk.rows("SELECT number FROM revisions")) == 1


def test_a_run_that_was_killed_before_or_behind_its_commit_is_gone_on_from(
    desk: PostgreSQLNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feeds.publish import epochs, revision

    class KilledError(BaseException):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    places = ((revision, "_bring_up_to_date"), (epochs, "keep_mark"))
    for number, (module, name) in enumerate(places):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, killed)
            with pytest.raises(KilledError):
                published(desk, f"roof{number}.txt", ROOF.replace("Shed", f"Shed {number}"))
        with monkeypatch.context() as patch:  # the next is killed as well, with a word of its own
            patch.setattr(revision, "_bring_up_to_date", killed)
            with pytest.raises(KilledError):
                published(desk, "crane.txt", CRANE.replace("Crane", f"Crane {number}"))
        assert feeds(desk, "publish").returncode == 0
    assert lock.last_run(desk.database) is not None
    assert len(desk.entries()) == 7
