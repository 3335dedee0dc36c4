"""Front matter and rows of a table, as they are written for an editor."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model.errors import PageError
from feeds.newsroom.written_page import with_front_matter
from feeds.newsroom.written_table import with_row
from feeds.readers.front_matter import split_front_matter

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1).map(
    lambda text: " ".join(text.split())
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The text.\n", '---\ndate: "2026-01-09"\n---\nThe text.\n'),
        ("---\ntitle: A\n---\nThe text.", '---\ntitle: A\ndate: "2026-01-09"\n---\nThe text.'),
        ("---\ndate: yesterday\n---\nText", '---\ndate: "2026-01-09"\n---\nText'),
        ('+++\ntitle = "A"\n+++\nText', '+++\ntitle = "A"\ndate = "2026-01-09"\n+++\nText'),
        ("\n\n---\ntitle: A\n---\nText", '---\ntitle: A\ndate: "2026-01-09"\n---\nText'),
    ],
)
def test_front_matter_gets_a_line_and_keeps_all_others(before: str, after: str) -> None:
    assert with_front_matter("a.md", before, {"date": "2026-01-09"}) == after


def test_an_empty_value_takes_its_line_out_and_the_last_one_the_marks() -> None:
    text = "---\ntitle: A\ndate: 2026-01-09\n---\nText"
    one = with_front_matter("a.md", text, {"date": ""})
    assert one == "---\ntitle: A\n---\nText"
    assert with_front_matter("a.md", one, {"title": ""}) == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [A\n---\nText",
        "---\ndate:\n  - 2026-01-09\n  - 2026-01-10\n---\nText",
        "Title: A\nDate: 2026-01-01\n\nText",
    ],
)
def test_what_only_a_person_can_change_is_refused(text: str) -> None:
    with pytest.raises(PageError):
        with_front_matter("a.md", text, {"date": "2026-01-09"})


@given(WORDS, st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["---", "+++", ""]))
def test_whatever_is_said_is_read_as_it_was_meant(
    title: str, authors: list[str], mark: str
) -> None:
    sign = {"---": ": ", "+++": " = "}.get(mark, "")
    head = f'{mark}\nsummary{sign}"S"\n{mark}\n' if mark else ""
    made = with_front_matter("a.md", f"{head}The text.\n", {"title": title, "authors": authors})
    said = {one.field: one.value for one in split_front_matter("a.md", made).statements}
    if title:
        assert said["title"] == title
    assert said["authors"] == tuple(authors)
    assert ("summary" in said) == bool(mark)
    assert made.endswith("The text.\n")


CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)


@given(
    st.lists(st.tuples(st.sampled_from(["a.html", "b.html", "c.html"]), CELLS, CELLS), max_size=4),
    CELLS,
    st.sampled_from(",;"),
)
def test_a_row_says_what_was_meant_and_the_others_what_they_said(
    rows: list[tuple[str, str, str]], title: str, delimiter: str
) -> None:
    written = StringIO()
    table = [("path", "x", "note"), *rows]
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(table)
    made = with_row(written.getvalue(), "b.html", {"title": title})
    found = list(csv.reader(StringIO(made, newline=""), delimiter=delimiter))
    assert found[0] == ["path", "x", "note", "title"]
    assert [tuple(row[:3]) for row in found[1 : len(rows) + 1]] == rows
    (first, *_) = [row for row in found[1:] if row[0] == "b.html"]
    assert first[3] == title
