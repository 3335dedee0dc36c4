"""One bad page: one clear line, nothing else harmed, nothing lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.newsroom import folder
from feeds.readers import MAX_PAGE_BYTES
from tests.newsrooms import NOW, PAGE, TestNewsroom, said

HEADLINE = "Bell hangs in its tower again after nine years"


def binary(root: Path) -> None:
    (root / "bad.txt").write_bytes(bytes(range(256)) * 40)


def enormous(root: Path) -> None:
    with (root / "bad.txt").open("wb") as file:
        file.truncate(MAX_PAGE_BYTES + 1)


def unreadable(root: Path) -> None:
    # a folder in a page's place can't be read even by root, unlike a file without permissions
    (root / "bad.txt").symlink_to(root / "nowhere.txt")


def escaping(root: Path) -> None:
    (root / "bad.txt").symlink_to("/etc/hostname")


def pipe(root: Path) -> None:
    os.mkfifo(root / "bad.txt")


def text(content: bytes) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / "bad.txt").write_bytes(content)

    return write


BODY = b"\n\nIt fell on Friday, and nobody was near.\nIt has not been lifted yet.\n"

CASES = {
    "empty": (text(b""), "bad.txt: the page is empty"),
    "blank": (text(b" \n\t\n\xc2\xa0\n"), "bad.txt: the page is empty"),
    "binary": (binary, "bad.txt: this is binary data"),
    "pdf": (text(b"%PDF-1.7\n1 0 obj\n"), "bad.txt: this is no page but a PDF"),
    "enormous": (enormous, "bad.txt: 16,777,217 bytes are more than"),
    "dangling link": (unreadable, "bad.txt: can't be looked at: No such file"),
    "link out": (escaping, "bad.txt: a link to a file outside"),
    "pipe": (pipe, "bad.txt: this is a pipe, and no file"),
    "no headline": (text(b"14 Jan 2026" + BODY), "bad.txt:1: held: it has no headline"),
    "no text": (text(b"Crane falls\n"), "bad.txt:1: held: it has a headline and no text"),
    "damaged headline": (
        text("Café crème ".encode() + b"caf\xe9 on the quay" + BODY),
        "bad.txt:1: held: its headline has characters that could not be read",
    ),
}


@pytest.mark.parametrize(("make", "line"), CASES.values(), ids=CASES.keys())
def test_a_page_that_is_none_is_named_once_and_stops_no_other(
    newsroom: TestNewsroom, make: Callable[[Path], None], line: str
) -> None:
    newsroom.page("good.txt")
    make(newsroom.root)
    outcome = newsroom.publish()
    assert outcome.exit_code == 1
    assert len(said(outcome.problems)) == 1
    assert said(outcome.problems)[0].startswith(line)
    assert "; " in said(outcome.problems)[0], "a remedy follows"
    assert HEADLINE in [entry.title for entry in newsroom.entries()]
    again = newsroom.publish(NOW.replace(hour=12))
    assert (again.exit_code, said(again.problems)) == (0, [])


DOUBTFUL = {
    "invalid UTF-8 in the text": (
        PAGE.encode().replace(b"crate that", "çrâte ".encode() + b"th\xe2t"),
        "bad.txt:3: bytes that are no UTF-8",
    ),
    "an encoding that nobody declares": (
        PAGE.encode().replace(b"crate that", b"cr\xe2te that"),
        "bad.txt: no encoding is declared, taken for windows-1252",
    ),
    "control characters": (
        PAGE.encode().replace(b"crate that", b"crate\x07 that"),
        "bad.txt:3: control characters, removed",
    ),
    "the end of a CDATA section": (
        PAGE.encode().replace(b"crate that", b"crate ]]> that"),
        "bad.txt:3: markup in a plain-text page",
    ),
    "a script in the headline": (
        PAGE.encode().replace(b"Bell hangs", b"<script>alert(1)</script> Bell hangs"),
        "bad.txt:1: markup in a plain-text page",
    ),
    "a day that is none": (
        PAGE.encode().replace(b"09.Jan.2026", b"31.Feb.2026"),
        "bad.txt:7: '31.Feb.2026' is no day of the calendar",
    ),
    "a list line without a date": (
        PAGE.encode().replace(b"09.Jan.2026\n", b""),
        "bad.txt:6: 'Pilot boat gets another engine' in the list has no full date",
    ),
    "a capture date that is none": (
        PAGE.encode().replace(b"14 Jan 2026", b"31 Feb 2026"),
        "bad.txt:13: the capture date '31 Feb 2026' is no day",
    ),
    "a capture date in the future": (
        PAGE.encode().replace(b"14 Jan 2026", b"14 Jan 2027"),
        "bad.txt:13: the capture date 2027-01-14 is in the future",
    ),
}


@pytest.mark.parametrize(("content", "line"), DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_doubtful_page_is_published_as_far_as_it_is_sure_and_named_once(
    newsroom: TestNewsroom, content: bytes, line: str
) -> None:
    newsroom.page("bad.txt", content)
    outcome = newsroom.publish()
    told = [*said(outcome.notices), *said(outcome.problems)]
    assert [one for one in told if one.startswith(line)]
    assert "article" in [entry.kind for entry in newsroom.entries()]
    again = newsroom.publish(NOW.replace(hour=12))
    assert (said(again.notices), said(again.problems)) == ([], [])


def test_a_failing_page_is_named_again_when_it_has_changed(newsroom: TestNewsroom) -> None:
    newsroom.page("bad.txt", b"")
    newsroom.publish()
    newsroom.page("bad.txt", b" ")
    assert newsroom.publish(NOW.replace(hour=12)).exit_code == 1
    newsroom.page("bad.txt")
    assert newsroom.publish(NOW.replace(hour=13)).entered == 4


def test_a_published_story_survives_its_page_becoming_unreadable(published: TestNewsroom) -> None:
    tag = published.document().document.etag
    published.page("bell.txt", b"")
    assert published.publish(NOW.replace(hour=12)).exit_code == 1
    assert published.document().document.etag == tag


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_run(
    newsroom: TestNewsroom,
) -> None:
    page = newsroom.page("slow.txt", PAGE[:80], saved=NOW)
    newsroom.page("good.txt", PAGE.replace("Bell", "Gong"))

    def finish_writing(_: float) -> None:
        page.write_text(PAGE, encoding="utf-8")

    outcome = newsroom.publish(wait=finish_writing)
    assert said(outcome.problems) == [
        "slow.txt: the file changed while it was read; left for the next run"
    ]
    assert HEADLINE not in [entry.title for entry in newsroom.entries()]
    assert newsroom.publish(NOW.replace(hour=12)).entered == 1


def test_a_file_that_grew_since_it_was_found_is_not_read(newsroom: TestNewsroom) -> None:
    page = newsroom.page("slow.txt")
    (found,) = folder.pages(newsroom.root)
    page.write_text(PAGE + "more\n", encoding="utf-8")
    with pytest.raises(folder.ChangedError):
        folder.read_file(newsroom.root, found)


def test_leftovers_of_editors_and_hidden_files_are_no_pages(newsroom: TestNewsroom) -> None:
    for name in (".hidden.txt", "bell.txt~", ".bell.txt.swp", "bell.txt.part", "pages.csv"):
        newsroom.page(name)
    assert folder.pages(newsroom.root) == []


@pytest.mark.parametrize("page", ["bell.html", "bell.htm"])
def test_what_a_browser_saves_beside_a_page_is_part_of_that_page(
    newsroom: TestNewsroom, page: str
) -> None:
    newsroom.page(page)
    newsroom.page("bell_files/logo.txt")
    newsroom.page("gong_files/logo.txt")
    newsroom.page("_files/logo.txt")
    assert [found.path for found in folder.pages(newsroom.root)] == [
        "_files/logo.txt",
        page,
        "gong_files/logo.txt",
    ]


def test_a_link_inside_the_newsroom_is_a_page(newsroom: TestNewsroom) -> None:
    newsroom.page("sub/bell.txt")
    (newsroom.root / "link.txt").symlink_to(newsroom.root / "sub" / "bell.txt")
    assert [found.path for found in folder.pages(newsroom.root)] == ["link.txt", "sub/bell.txt"]
    assert newsroom.publish().entered == 4


def test_a_linked_folder_is_named_and_not_entered(newsroom: TestNewsroom) -> None:
    (newsroom.root / "loop").symlink_to(newsroom.root)
    outcome = newsroom.publish()
    assert said(outcome.problems) == [
        "loop: a link to a folder, not followed; move the folder here"
    ]
