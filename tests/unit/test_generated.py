"""The newsroom that is made to measure with is one: its pages can be read, its lists overlap."""

from __future__ import annotations

from pathlib import Path

from feeds.normalise import normalise
from feeds.readers import read_page
from tests.generated import Generated, write


def test_the_same_pages_are_made_each_time() -> None:
    assert list(Generated(60).pages()) == list(Generated(60).pages())


def test_a_page_is_read_as_what_it_was_made_of() -> None:
    made = Generated(60)
    for number in range(30, 60):
        page = made.page(number)
        found = normalise(read_page(page.path, page.data)).article
        assert found is not None
        assert found.title == made.story(number).title or page.path.endswith(".md")
        assert all(text in found.paragraphs for text in made.story(number).paragraphs)


def test_lists_of_neighbours_overlap() -> None:
    made = Generated(200)
    lists = [
        {story.title for story in normalise(read_page(page.path, page.data)).latest}
        for page in (made.page(151), made.page(153))
    ]
    assert len(lists[0] & lists[1]) >= 3


def test_pages_are_written_as_they_were_saved(tmp_path: Path) -> None:
    pages = list(Generated(5).pages())
    written = write(tmp_path, pages)
    assert [path.read_bytes() for path in written] == [page.data for page in pages]
    assert [path.stat().st_mtime for path in written] == [p.modified.timestamp() for p in pages]
