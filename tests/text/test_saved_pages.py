"""Folders that programs keep beside pages that they saved."""

from __future__ import annotations

import pytest

from feeds.text.saved_pages import page_of


@pytest.mark.parametrize(
    ("folder", "page"),
    [
        ("Storm_files", "Storm"),
        ("Storm at sea-Dateien", "Storm at sea"),
        ("Storm.files", "Storm"),
        ("tempête_fichiers", "tempête"),
        ("Storm_bestanden", "Storm"),
        ("files", ""),
        ("_files", ""),
        ("profiles", ""),
        ("Storm_filesystem", ""),
    ],
)
def test_a_folder_is_of_the_page_that_its_name_begins_with(folder: str, page: str) -> None:
    assert page_of(folder) == page
