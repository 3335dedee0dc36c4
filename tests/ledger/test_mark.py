"""How far a ledger had come, noted outside of its folder, and what is told by it."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from feeds.ledger import mark
from feeds.ledger.mark import Mark
from feeds.model.errors import DiskFullError, LedgerError
from tests.newsrooms import NOW, TestNewsroom, feeds, said

PLACE = Path("feeds.db")
KNOWN = Mark("a", 2, 7)
LATER = NOW + timedelta(hours=2)
CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"


def code(known: Mark | None, found: Mark | None, *, has_published: bool = False) -> str:
    problem = mark.loss(known, found, PLACE, has_published=has_published)
    return problem.code if problem else ""


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, "ledger-missing"),
        (Mark("a", 1, 0), "ledger-missing"),
        (Mark("b", 1, 0), "ledger-missing"),
        (Mark("a", 2, 6), "ledger-older"),
        (Mark("a", 1, 9), "ledger-older"),
        (Mark("", 2, 6), "ledger-older"),
        (Mark("b", 2, 7), "ledger-another"),
        (Mark("b", 3, 9), "ledger-another"),
        (Mark("", 2, 8), "ledger-another"),
        (Mark("a", 2, 7), ""),
        (Mark("", 2, 7), ""),
        # killed between the commit and the mark
        (Mark("a", 2, 8), ""),
        (Mark("a", 3, 8), ""),
    ],
)
def test_a_ledger_behind_its_mark_or_of_another_id_is_told(
    found: Mark | None, expected: str
) -> None:
    assert code(KNOWN, found) == expected
    assert code(KNOWN, found, has_published=True) == expected


def test_a_ledger_without_a_mark_is_taken_as_it_is() -> None:
    assert code(None, None) == ""
    assert code(None, Mark("b", 1, 5)) == ""
    assert code(None, Mark("", 1, 5), has_published=True) == ""


def test_a_ledger_that_the_lock_file_alone_knows_is_missed_too() -> None:
    assert code(None, None, has_published=True) == "ledger-missing"
    assert code(None, Mark("b", 1, 0), has_published=True) == "ledger-missing"


def marks(newsroom: TestNewsroom) -> dict[str, Mark]:
    return msgspec.json.decode(
        (newsroom.root / ".feeds-ledger.json").read_bytes(), type=dict[str, Mark]
    )


@pytest.mark.engines
def test_each_publish_that_changes_something_notes_how_far_the_ledger_is(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    (first,) = marks(newsroom).values()
    assert (first.epoch, first.revision) == (1, 1)
    assert len(first.ledger) == 16
    before = (newsroom.root / mark.FILE).stat().st_ino
    newsroom.publish(LATER)
    assert (newsroom.root / mark.FILE).stat().st_ino == before, "it is written only if it changed"
    newsroom.page("crane.txt", CRANE)
    newsroom.publish(LATER)
    (second,) = marks(newsroom).values()
    assert (second.ledger, second.epoch, second.revision) == (first.ledger, 1, 2)


@pytest.mark.parametrize("was", [None, 0o666])
def test_the_mark_is_never_for_anybody_to_write(newsroom: TestNewsroom, was: int | None) -> None:
    """Who may write it could say that the ledger is lost, and have nothing published."""
    before = os.umask(0)
    file = newsroom.root / mark.FILE
    try:
        newsroom.page("bell.txt")
        newsroom.publish()
        if was:
            file.chmod(was)
            newsroom.page("crane.txt", CRANE)
            newsroom.publish(LATER)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("number", [2**63 - 1, 2**64, -1])
@pytest.mark.parametrize("field", ["revision", "epoch"])
def test_a_mark_of_numbers_that_no_ledger_has_cannot_be_understood(
    published: TestNewsroom, field: str, number: int
) -> None:
    (one,) = marks(published).values()
    absurd = {**msgspec.structs.asdict(one), field: number}
    (published.root / mark.FILE).write_bytes(msgspec.json.encode({"../instance/feeds.db": absurd}))
    before = published.dump()
    for command in (("publish",), ("publish", "--rebuild")):
        done = feeds(published, *command)
        assert done.returncode == 2
        assert f"{mark.FILE}: how far the ledger had come can't be understood" in done.stderr
    assert published.dump() == before


@pytest.mark.engines
def test_the_mark_is_no_page(published: TestNewsroom) -> None:
    assert (published.root / mark.FILE).exists()
    assert published.rows("SELECT path FROM readings") == [("bell.txt",)]
    found = feeds(published, "check").stdout
    assert mark.FILE not in found


def test_a_ledger_from_before_there_were_ids_gets_one_at_the_next_publish(
    published: TestNewsroom,
) -> None:
    published.change("DELETE FROM settings WHERE key = 'ledger'")
    (published.root / mark.FILE).unlink()
    assert published.publish(LATER).revision is None
    (made,) = marks(published).values()
    assert published.rows("SELECT value FROM settings WHERE key = 'ledger'") == [(made.ledger,)]
    assert made.revision == 1


def test_a_newsroom_that_is_moved_as_a_whole_knows_its_ledger(
    published: TestNewsroom, tmp_path: Path
) -> None:
    shutil.move(published.root.parent, tmp_path / "elsewhere")
    published.root = tmp_path / "elsewhere" / "source"
    published.database = tmp_path / "elsewhere" / "instance" / "feeds.db"
    published.page("crane.txt", CRANE)
    assert published.publish(LATER).revision == 2
    published.database.rename(tmp_path / "lost.db")
    with pytest.raises(LedgerError, match="gone or emptied"):
        published.publish(LATER)


def test_a_copy_of_a_newsroom_is_told_how_it_gets_a_ledger_of_its_own(
    published: TestNewsroom, tmp_path: Path
) -> None:
    copied = TestNewsroom(tmp_path / "copied")
    shutil.copytree(published.root, copied.root, dirs_exist_ok=True)
    done = feeds(copied, "publish")
    assert done.returncode == 2
    assert "as in a copy of a newsroom: feeds publish --rebuild" in done.stderr
    assert feeds(copied, "publish", "--rebuild").stdout.startswith("revision 2: 4 new")
    assert published.publish(LATER).revision is None
    without = TestNewsroom(tmp_path / "without")
    left_out = shutil.ignore_patterns(mark.FILE)
    shutil.copytree(published.root, without.root, dirs_exist_ok=True, ignore=left_out)
    assert feeds(without, "publish") == (0, "revision 1: 4 new, 0 corrected\n", "")


def test_two_hosts_that_publish_the_same_pages_into_the_same_path_see_each_other_s_mark(
    published: TestNewsroom, tmp_path: Path
) -> None:
    """The folder of the ledger is each host's own."""
    host, other = published.database.parent, tmp_path / "other"
    host.rename(other)
    assert "the ledger is gone" in feeds(published, "publish").stderr
    assert feeds(published, "publish", "--rebuild").returncode == 0
    shutil.rmtree(host)
    other.rename(host)
    assert "this is an older copy of the ledger" in feeds(published, "publish").stderr


def test_each_ledger_that_the_pages_are_published_into_has_a_mark_of_its_own(
    published: TestNewsroom, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    url = f"sqlite:///{other}"
    done = feeds(published, "publish", "--database", url)
    assert (done.returncode, done.stdout) == (0, "revision 1: 4 new, 0 corrected\n")
    assert "these pages were published into ../instance/feeds.db" in done.stderr
    assert sorted(marks(published)) == ["../instance/feeds.db", str(other)]
    other.unlink()
    assert feeds(published, "publish", "--database", url).returncode == 2
    assert published.publish(LATER).revision is None


def test_a_mark_that_cannot_be_written_stops_nothing_and_is_told(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the pages are on a disk that is mounted read-only."""

    def refused(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    newsroom.page("bell.txt")
    monkeypatch.setattr(mark, "write_whole", refused)
    outcome = newsroom.publish()
    assert (outcome.revision, outcome.exit_code) == (1, 0)
    (line,) = said(outcome.notices)
    assert line.startswith(f"{newsroom.root / mark.FILE}: how far the ledger has come can't be")
    assert "Read-only file system; let the user who runs 'feeds publish' write" in line
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert newsroom.publish(LATER).notices == [], "a run with nothing new has nothing to note"
    assert "its loss would not be seen" in feeds(newsroom, "check").stdout
    assert feeds(newsroom, "status").returncode == 0
    newsroom.database.unlink()
    with pytest.raises(LedgerError, match="in this ledger no more"):  # the lock file knows
        newsroom.publish(LATER)


def test_a_mark_is_made_as_soon_as_it_can_be_though_nothing_is_new(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bell.txt")
    with monkeypatch.context() as patched:
        patched.setattr(mark, "write_whole", lambda *_: None)
        newsroom.publish()
    assert not (newsroom.root / mark.FILE).exists()
    assert newsroom.publish(LATER).revision is None
    assert [one.revision for one in marks(newsroom).values()] == [1]


def test_a_mark_for_which_there_is_no_room_stops_nothing(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    newsroom.page("bell.txt")
    monkeypatch.setattr(mark, "write_whole", full)
    with pytest.raises(DiskFullError):
        mark.keep(newsroom.place, KNOWN)
    assert newsroom.publish().notices[0].code == "mark-unwritten"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 1}', b"\xff\xfe", b"null"])
def test_a_mark_that_cannot_be_understood_is_named_and_nothing_is_guessed(
    published: TestNewsroom, content: bytes
) -> None:
    (published.root / mark.FILE).write_bytes(content)
    published.page("crane.txt", CRANE)
    before = published.dump()
    done = feeds(published, "publish")
    assert done.returncode == 2
    assert f"{mark.FILE}: how far the ledger had come can't be understood" in done.stderr
    assert "delete this file: the next 'feeds publish' makes it anew" in done.stderr
    assert published.dump() == before
    assert mark.FILE in feeds(published, "check").stdout
    (published.root / mark.FILE).unlink()
    assert feeds(published, "publish").returncode == 0


def test_a_mark_that_is_a_pipe_is_waited_for_by_nobody(published: TestNewsroom) -> None:
    (published.root / mark.FILE).unlink()
    os.mkfifo(published.root / mark.FILE)
    done = feeds(published, "publish")
    assert (done.returncode, "this is a pipe, and no file" in done.stderr) == (2, True)
