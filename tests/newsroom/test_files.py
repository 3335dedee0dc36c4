"""Files that are none, or have no end: named as what they are, never opened, in nobody's way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.ledger import connect
from feeds.ledger.sqlite import backup
from feeds.ledger.sqlite.lock import path_for
from feeds.model.errors import FeedsError, LedgerError
from feeds.newsroom import files, folder
from feeds.publish import edit
from feeds.readers import MAX_PAGE_BYTES
from feeds.web import create_app
from tests.newsroom.odd import ODD, VIDEO_BYTES, linked_pipe, loop, opening, pipe, video
from tests.newsrooms import PAGE, SAVED, TestNewsroom, feeds, said
from tests.thorough import THOROUGH

CRANE = "Crane falls into the harbour\n\nIt fell on Friday, and nobody was near.\n"

Make = Callable[[Path], None]

SOME = {name: make for name, make in ODD.items() if THOROUGH or make in {pipe, loop, video}}

every_kind = pytest.mark.parametrize("make", ODD.values(), ids=ODD.keys())
some_kinds = pytest.mark.parametrize(
    "make", [pytest.param(make, id=name) for name, make in SOME.items() if name != "folder"]
)
"""No folder: it is looked into, whatever it is called."""

FEW: tuple[tuple[str, ...], ...] = (
    ("publish",),
    ("check",),
    ("report", "{home}/report.html"),
    ("retract", "--yes", "bell hangs", "--erase"),
)
COMMANDS = (
    *FEW,
    ("publish", "--reread", "--preview"),
    ("status",),
    ("list",),
    ("log",),
    ("show", "bell hangs"),
    ("publish", "--report", "{home}/report.html"),
    ("backup", "{home}/copy.db"),
    ("correct", "--yes", "pilot boat", "--title", "Pilot boat gets two engines"),
)


def place(newsroom: TestNewsroom, name: str, make: Make) -> Path:
    """What ``make`` makes in the place of the file called ``name``."""
    path = newsroom.root / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    make(path)
    return path


def run(newsroom: TestNewsroom, command: tuple[str, ...], odd: Path) -> str:
    """What ``command`` says; it doesn't open what is ``odd``, unless that is a file."""
    home = newsroom.root.parent
    with opening() as opened:
        ended = feeds(newsroom, *(part.format(home=home) for part in command))
    assert "internal error" not in ended.stderr
    assert ended.returncode in {0, 1, 2}
    if not odd.is_file():
        assert str(odd) not in opened
    return ended.stdout + ended.stderr


@some_kinds
def test_what_is_no_file_is_in_the_way_of_no_command_and_no_page(
    published: TestNewsroom, make: Make
) -> None:
    odd = place(published, "odd.txt", make)
    published.page("crane.txt", CRANE)
    told = [run(published, command, odd) for command in COMMANDS]
    titles = {entry.title for entry in published.entries()}
    assert "Crane falls into the harbour" in titles
    assert "odd.txt: " in told[0], "named once by publishing"
    for command, text in zip(COMMANDS, told, strict=True):
        if command[0] in {"status", "check"}:
            assert "odd.txt: " in text, command


@some_kinds
def test_a_page_that_becomes_something_else_is_quoted_no_more(
    published: TestNewsroom, make: Make
) -> None:
    published.page("doubt.txt", PAGE.replace("09.Jan.2026", "31.Feb.2026"))
    published.publish()
    odd = place(published, "doubt.txt", make)
    for command in (("report", "{home}/report.html"), ("publish",)):
        run(published, command, odd)


@pytest.mark.parametrize("make", list(dict.fromkeys((*SOME.values(), ODD["folder"]))))
@pytest.mark.parametrize("name", ["pages.csv", "decisions.toml", "site.toml"])
def test_what_is_no_file_in_the_place_of_an_editors_file_is_named_by_every_command_that_needs_it(
    published: TestNewsroom, name: str, make: Make
) -> None:
    odd = place(published, name, make)
    told = {command: run(published, command, odd) for command in FEW}
    for command in (("publish",), ("check",)):
        assert name in told[command]
    assert published.document().document.body, "what was published stays"


@every_kind
def test_an_app_without_a_ledger_says_that_its_configuration_is_none(
    newsroom: TestNewsroom, make: Make
) -> None:
    place(newsroom, "site.toml", make)
    with opening():
        app = create_app(str(newsroom.root), newsroom.url)
        assert app.test_client().get("/feeds/").status_code == 503


@every_kind
def test_a_feed_that_is_none_is_not_taken_over(
    newsroom: TestNewsroom, tmp_path: Path, make: Make
) -> None:
    make(tmp_path / "old.xml")
    told = run(newsroom, ("import", str(tmp_path / "old.xml")), tmp_path / "old.xml")
    assert "old.xml: the f" in told
    assert not (newsroom.root / folder.DECISIONS).exists()


@some_kinds
def test_a_feed_that_was_taken_over_and_is_none_now_stops_nothing_else(
    newsroom: TestNewsroom, make: Make
) -> None:
    newsroom.page("bell.txt")
    newsroom.decide('action = "import"\nfeed = "imported/odd.xml"')
    odd = place(newsroom, "imported/odd.xml", make)
    assert "imported/odd.xml: " in run(newsroom, ("publish",), odd)
    assert newsroom.entries()


def test_a_feed_behind_a_link_out_of_the_folder_is_not_taken_over(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "old.xml").write_text("<rss version='2.0'/>")
    (newsroom.root / "imported").symlink_to(tmp_path / "elsewhere")
    newsroom.decide('action = "import"\nfeed = "imported/old.xml"')
    (problem,) = newsroom.publish().problems
    assert problem.what == "a link to a file outside the newsroom's folder"


@some_kinds
@pytest.mark.parametrize("command", ["report", "backup"])
def test_what_is_no_file_is_replaced_by_no_report_and_no_copy(
    published: TestNewsroom, tmp_path: Path, command: str, make: Make
) -> None:
    make(tmp_path / "target")
    before = (tmp_path / "target").lstat()
    told = run(published, (command, str(tmp_path / "target")), tmp_path / "target")
    assert "; name a" in told
    after = (tmp_path / "target").lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


@pytest.mark.parametrize("make", [pipe, linked_pipe])
def test_a_lock_or_ledger_that_is_a_pipe_is_named_and_not_waited_for(
    newsroom: TestNewsroom, make: Make
) -> None:
    newsroom.database.parent.mkdir()
    for path in (path_for(newsroom.database), newsroom.database):
        make(path)
        with opening(), pytest.raises(LedgerError, match="this is a pipe"):
            newsroom.publish()
        for name in (path, path.with_name(".pipe")):
            name.unlink(missing_ok=True)
    make(newsroom.database)
    with opening(), pytest.raises(LedgerError, match="this is a pipe"):
        connect.open_to_read(newsroom.database)
    with opening(), pytest.raises(LedgerError, match="this is a pipe"):
        backup.copy(newsroom.database, newsroom.root.parent / "copy.db")


@pytest.mark.parametrize(
    "make", [pytest.param(make, id=name) for name, make in ODD.items() if make is not video]
)
def test_a_log_that_is_none_is_named_and_not_waited_for(
    newsroom: TestNewsroom, tmp_path: Path, make: Make
) -> None:
    make(tmp_path / "access.log")
    told = run(newsroom, ("audience", str(tmp_path / "access.log")), tmp_path / "access.log")
    assert "access.log: can't be read: " in told


class Space(NamedTuple):
    """What a run asked for."""

    asked: list[int]


@pytest.fixture
def space(monkeypatch: pytest.MonkeyPatch) -> Space:
    made = Space([])

    def require(_: Path, needed: int, what: str = "") -> None:
        if what == "the pages that are new":
            made.asked.append(needed)

    monkeypatch.setattr("feeds.newsroom.space.require", require)
    return made


def test_what_is_refused_by_its_size_or_kind_needs_no_space(
    newsroom: TestNewsroom, space: Space
) -> None:
    page = newsroom.page("bell.txt")
    video(newsroom.root / "film.mp4")
    video(newsroom.root / "film.txt")
    newsroom.page("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(1_000_000))
    newsroom.page("scan.txt", b"%PDF-1.7\n1 0 obj\n" + bytes(1_000_000))
    newsroom.page("long.txt", bytes(MAX_PAGE_BYTES + 1))
    newsroom.page("notes.odt", bytes(1_000_000))
    assert newsroom.publish().entered == 4
    assert space.asked == [4 * page.stat().st_size]


def test_a_video_is_called_one_though_it_is_too_large_to_be_read(newsroom: TestNewsroom) -> None:
    video(newsroom.root / "film.txt")
    assert said(newsroom.publish().problems) == [
        "film.txt: this is no page but a sound or video file; put a page here, as text or HTML, "
        "or move the file out of the folder"
    ]
    ended = feeds(newsroom, "read", newsroom.root / "film.txt")
    assert "this is no page but a sound or video file" in ended.stderr


def test_of_a_table_that_is_too_large_nobody_says_that_it_is_a_page(newsroom: TestNewsroom) -> None:
    video(newsroom.root / "pages.csv")
    with pytest.raises(FeedsError) as raised:
        newsroom.publish()
    assert f"{VIDEO_BYTES:,} bytes are more than this file may have" in str(raised.value)


@pytest.mark.parametrize("make", [pipe, loop])
def test_a_page_that_is_replaced_after_it_was_found_is_left_for_the_next_run(
    newsroom: TestNewsroom, make: Make
) -> None:
    path = newsroom.page("bell.txt")
    (found,) = folder.pages(newsroom.root)
    path.unlink()
    make(path)
    with opening(), pytest.raises(FeedsError):
        folder.read_file(newsroom.root, found)


def test_a_file_that_becomes_a_pipe_between_two_looks_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a")
    os.mkfifo(tmp_path / "pipe")
    status = (tmp_path / "file").stat()
    monkeypatch.setattr(Path, "stat", lambda _: status)
    with opening(), pytest.raises(files.OddFileError, match="this is a pipe, and no file"):
        files.read_regular(tmp_path / "pipe")


def test_of_a_file_that_grows_no_more_is_read_than_there_was(tmp_path: Path) -> None:
    (tmp_path / "grown").write_bytes(b"abc")
    with files.open_regular(tmp_path / "grown") as file:
        assert file.read() == b"abc"
    with pytest.raises(files.OddFileError, match=r"its 3 bytes are more than it may have \(2\)"):
        files.read_regular(tmp_path / "grown", 2)


def test_a_decision_is_not_written_over_what_is_no_file(published: TestNewsroom) -> None:
    odd = place(published, folder.DECISIONS, pipe)
    assert "decisions.toml: this is a pipe" in run(
        published, ("retract", "--yes", "bell hangs"), odd
    )
    with opening(), pytest.raises(FeedsError, match="this is a pipe"):
        edit.archive(published.place, [published.page("old/bell.txt")], SAVED)
    assert odd.is_fifo()
