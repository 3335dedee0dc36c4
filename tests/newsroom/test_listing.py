"""Which pages are there: one that is asked for alone is what it is among all of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.model.errors import FeedsError
from feeds.newsroom import folder
from feeds.newsroom.listing import Listing
from tests.newsroom.odd import ODD, video
from tests.newsrooms import NOW, SAVED, TestNewsroom, feeds

FILES = (
    "bell.txt",
    "site.toml",
    "pages.csv",
    "imported/old.xml",
    "2019/crane.html",
    "2019/crane_files/crane.txt",
    "2019/crane_files/more/crane.txt",
    "2019/lamp_files/lamp.txt",
    "2019/_files/lamp.txt",
    "2019/.hidden/lamp.txt",
    "2019/.lamp.txt",
    "2019/lamp.txt~",
    "2019/imported/lamp.txt",
    "2019/pages.csv",
    "Кран/кран.txt",
    "deep/deeper/deepest/crane.txt",
)
_scanned: list[str] = []
_noting = [False]


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"os.scandir", "os.listdir"} and _noting[0]:
        _scanned.append(str(arguments[0]))


sys.addaudithook(_note)


@contextmanager
def scanning() -> Iterator[list[str]]:
    """The folders that are gone through meanwhile."""
    _scanned.clear()
    _noting[0] = True
    try:
        yield _scanned
    finally:
        _noting[0] = False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with all that may be in one."""
    made = tmp_path / "source"
    for name in FILES:
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a")
    for name, make in ODD.items():
        if make is not video:
            make(made / f"2019/{name}")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "page.txt").write_text("a")
    (made / "away").symlink_to(tmp_path / "outside")
    (made / "within").symlink_to("2019")
    (made / "away.txt").symlink_to(tmp_path / "outside" / "page.txt")
    (made / "within.txt").symlink_to("2019/crane.html")
    (made / "nowhere.txt").symlink_to("nothing")
    (made / "2019" / os.fsdecode(b"\xff.txt")).touch()
    return made


def everywhere(root: Path) -> list[str]:
    """All that anybody might ask for, there or not."""
    linked = ["away/page.txt", "within/crane.html", "none.txt", "none/none.txt", "bell.txt/none"]
    found = [str(path.relative_to(root)) for path in root.rglob("*")]
    return [*found, *linked]


def named(found: list[folder.Found]) -> list[tuple[str, str, int, str]]:
    return [(one.path, one.signature, one.size, str(one.refusal)) for one in found]


def test_what_is_below_a_path_is_what_it_is_among_all_pages(root: Path) -> None:
    pages = folder.pages(root)
    for asked in everywhere(root):
        below = [one for one in pages if one.path == asked or one.path.startswith(f"{asked}/")]
        # one whose name is no text is called by what stands for it
        found = [one for one in folder.pages(root, asked) if one.path.startswith(f"{asked}")]
        assert named(found) == named(below), asked


def test_a_page_is_what_it_is_among_all_pages(root: Path) -> None:
    pages = {one.path: one for one in folder.pages(root)}
    one_by_one, at_once = Listing(root), Listing(root)
    assert list(at_once) == list(pages)
    for asked in everywhere(root):
        for listing in (one_by_one, at_once):
            found = listing.find(asked)
            assert (asked in listing) == (asked in pages)
            assert named([found] if found else []) == named(
                [pages[asked]] if asked in pages else []
            )
    assert not one_by_one.is_complete
    assert len(at_once) == len(pages)


def test_without_a_folder_there_is_no_listing(tmp_path: Path) -> None:
    with pytest.raises(FeedsError, match="there is no such folder"):
        Listing(tmp_path / "none")


def test_who_names_pages_has_nothing_else_looked_at(published: TestNewsroom) -> None:
    published.publish()
    for number in range(3):
        published.page(f"old/{number}.txt", f"Crane {number} falls into the harbour\n\nIt did.\n")
    new = published.page("new/crane.txt", "Lamp on the quay is lit\n\nIt burns again.\n")
    with scanning() as scanned:
        assert published.publish(NOW, new).entered == 1
    assert str(published.root) not in scanned
    assert not any(path.endswith("/old") for path in scanned)
    assert published.publish(NOW).entered == 3


def test_a_command_that_decides_goes_through_no_folder(published: TestNewsroom) -> None:
    published.page("old/crane.txt", "Crane falls into the harbour\n\nIt did.\n")
    with scanning() as scanned:
        assert feeds(published, "retract", "--yes", "bell hangs").returncode == 0
    assert str(published.root) not in scanned


def test_pages_that_were_not_named_are_not_taken_for_gone(published: TestNewsroom) -> None:
    published.page("crane.txt", "Crane falls into the harbour\n\nIt fell on Friday.\n")
    published.publish()
    (published.root / "bell.txt").unlink()
    new = published.page("new.txt", "Lamp on the quay is lit\n\nIt burns again.\n", SAVED)
    assert published.publish(NOW, new).notices == []
    assert [one.what[:16] for one in published.publish(NOW).notices] == ["the page is gone"]
