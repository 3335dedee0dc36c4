"""What names of files say, as generators of sites have them."""

from __future__ import annotations

import pytest

from feeds.text.file_names import language_of, slug_of


@pytest.mark.parametrize(
    ("path", "slug", "language"),
    [
        ("lamp/index.md", "lamp", ""),
        ("lamp/index.de.md", "lamp", "de"),
        ("lamp/contents.lr", "lamp", ""),
        ("lamp/contents+de.lr", "lamp", "de"),
        ("lamp/contents.md", "contents", ""),
        ("lamp/index+de.md", "index+de", ""),
        ("2026-01-09-lamp.md", "lamp", ""),
    ],
)
def test_a_page_called_as_its_folder_s_index_has_the_folder_s_name(
    path: str, slug: str, language: str
) -> None:
    assert (slug_of(path), language_of(path)) == (slug, language)
