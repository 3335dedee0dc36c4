"""What an editor is told of an export: in which file of theirs, of which post, what undoes it."""

from __future__ import annotations

import re

import pytest

from tests.exports import HOME, WXR_END, as_json, ghost, ghost_post, meta, wxr, wxr_file, wxr_item
from tests.newsrooms import TestNewsroom, feeds
from tests.publish.test_exports import items, take_over

TEXT = "The weir was mended on Friday.\n\nIt cost nothing at all."
ODD = wxr([
    wxr_item(1, TEXT),
    wxr_item(2, f"{TEXT}\n\n[quokka_form]", title="A form below"),
    wxr_item(3, TEXT, more=meta("_thumbnail_id", "77")),
])  # fmt: skip


def test_what_is_odd_is_told_of_the_editors_own_file_with_its_line(newsroom: TestNewsroom) -> None:
    done = take_over(newsroom, ODD, "tarn.xml")
    assert "imported/" not in done.stderr
    (line,) = [one for one in done.stderr.splitlines() if "quokka_form" in one]
    found = re.match(r"tarn\.xml:(\d+): “A form below” is taken over without", line)
    assert found, line
    row = ODD.splitlines()[int(found[1]) - 1]
    assert "A form below" in row
    again = take_over(newsroom, ODD, "tarn (1).xml")
    assert "taken over before" in again.stdout, "whatever its name is"


def test_what_was_told_once_is_a_hint_from_then_on_and_told_once(newsroom: TestNewsroom) -> None:
    take_over(newsroom, ODD, "tarn.xml")
    newer = ODD.replace(WXR_END, wxr_item(4, TEXT) + WXR_END)
    take_over(newsroom, newer, "newer.xml")
    checked = feeds(newsroom, "check")
    assert checked.returncode == 0, checked.stdout
    (line,) = [one for one in checked.stdout.splitlines() if "quokka_form" in one]
    assert line.startswith("hint")


@pytest.mark.parametrize(
    "cut", ["</channel></rss>", "</item>\n</channel></rss>", "mended on Friday"]
)
def test_an_export_that_ends_too_early_is_a_problem_and_what_is_whole_is_taken(
    newsroom: TestNewsroom, cut: str
) -> None:
    text = wxr([wxr_item(1, TEXT), wxr_item(2, TEXT)])
    done = take_over(newsroom, text[: text.rindex(cut)], "tarn.xml")
    assert done.returncode == 1
    assert "tarn.xml: the file ends too early" in done.stderr
    assert len(items(newsroom)) == (2 if cut.startswith("</channel") else 1)
    assert feeds(newsroom, "check").returncode == 1
    whole = take_over(newsroom, text, "tarn.xml")
    assert (whole.returncode, "too early" in whole.stderr) == (0, False)
    assert len(items(newsroom)) == 2


def test_a_retraction_by_an_export_is_told_with_what_undoes_it(newsroom: TestNewsroom) -> None:
    take_over(newsroom, as_json(ghost([ghost_post(1), ghost_post(2)])), "ghost.json")
    entry = next(one for one in newsroom.entries() if one.guid == f"{1:024x}")
    closed = ghost([ghost_post(1, status="draft"), ghost_post(2)])
    done = take_over(newsroom, as_json(closed), "later.json")
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("retract ")]
    for told in (entry.id, entry.title, "later.json", f"feeds restore {entry.hash} undoes it"):
        assert told in line
    again = take_over(newsroom, as_json(ghost([ghost_post(1), ghost_post(2)])), "g.json")
    (line,) = [one for one in again.stderr.splitlines() if "stays retracted here" in one]
    assert entry.title in line
    assert f"feeds restore {entry.hash}" in line


def test_a_picture_that_a_later_export_has_is_filled_in(newsroom: TestNewsroom) -> None:
    post = wxr_item(1, TEXT, more=meta("_thumbnail_id", "77"))
    first = take_over(newsroom, wxr([post]), "posts.xml")
    assert "its featured picture, which is not in this file" in first.stderr
    assert "image" not in items(newsroom)[0]
    done = take_over(newsroom, wxr([post, wxr_file(77, "eel.jpg", alt="An eel")]), "all.xml")
    assert done.returncode == 0
    assert items(newsroom)[0]["image"] == f"{HOME}/files/eel.jpg"
    assert feeds(newsroom, "check").returncode == 0
