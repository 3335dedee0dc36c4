"""Whole pages, each beside what it is read as: NAME.txt (or .html, .md), NAME.expected.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.normalise.refresh_pages import PAGES, expected, sources


@pytest.mark.parametrize("page", sources(), ids=lambda page: page.stem)
def test_a_page_is_read_as_expected(page: Path) -> None:
    beside = page.with_suffix(".expected.json").read_text(encoding="utf-8")
    assert json.loads(expected(page)) == json.loads(beside)


def test_every_expected_reading_has_its_page() -> None:
    pages = {page.stem for page in sources()}
    assert {path.name.removesuffix(".expected.json") for path in PAGES.glob("*.json")} == pages
