"""The editor's report in a browser, opened as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.checking import ALL, LOOKS, complaints
from tests.browser.looking import DESKTOP, PHONE, Window


def told(page: Page, rules: Sequence[str] = ALL) -> list[str]:
    """What axe complains of; it can't judge words in a picture, which have the text's colour."""
    undecided = "color-contrast: <text "
    return [line for line in complaints(page, rules) if not line.startswith(undecided)]


def test_the_report_is_accessible_fits_a_phone_and_needs_nothing_else(
    browser: Browser, report: Path
) -> None:
    window = Window(browser, report.parent.as_uri())
    page = window.page
    page.goto(report.as_uri())
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("heading", name="What readers have").count() == 1
    assert page.get_by_text("vanishing.txt", exact=True).count() == 1
    assert page.get_by_role("img").count() >= 2
    assert page.get_by_role("table").count() >= 1
    assert told(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.emulate_media(color_scheme="dark")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert told(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    page.emulate_media(color_scheme="light")
    assert told(page, LOOKS) == []
    window.close()
