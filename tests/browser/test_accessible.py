"""What axe-core, a checker of accessibility, says of every kind of page."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Browser

from tests.browser.checking import ALL, LOOKS, complaints
from tests.browser.looking import DESKTOP, PHONE, Opener, Window
from tests.browser.newsroom import KINDS, REFUSED, Shown
from tests.thorough import THOROUGH
from tests.web.asking import HOST, in_a_thread, port_of_ours

_TYPICAL = {"index", "feed", "article", "Arabic article", "withdrawn article", "nothing"}
"""The kinds that have in them what others are made of."""


@pytest.mark.parametrize("kind", KINDS)
def test_axe_has_nothing_to_say_of_a_page_in_any_light_and_size(
    window: Window, shown: Shown, kind: str
) -> None:
    page = window.open(shown.paths[kind], REFUSED.get(kind, 200))
    assert complaints(page, ALL) == []
    if THOROUGH:
        page.set_viewport_size(PHONE)
        assert complaints(page, LOOKS) == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(DESKTOP)
        assert complaints(page, LOOKS) == []
    elif kind not in _TYPICAL:
        return
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert complaints(page, ALL if THOROUGH else LOOKS) == []


def test_axe_has_nothing_to_say_of_a_site_that_is_written_from_right_to_left(
    browser: Browser, mirrored: Shown
) -> None:
    with (
        port_of_ours() as port,
        in_a_thread(mirrored.newsroom, port),
        closing(Window(browser, f"http://{HOST}:{port}")) as window,
    ):
        for kind in ("index", "feed", "article", "Arabic article", "nothing"):
            page = window.open(mirrored.paths[kind], REFUSED.get(kind, 200))
            assert page.evaluate("document.documentElement.dir") == "rtl"
            assert complaints(page, ALL) == []
            page.set_viewport_size(PHONE)
            assert complaints(page, LOOKS) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
            page.set_viewport_size(DESKTOP)
        header = window.page.locator("header a").first
        assert [part.inner_text() for part in header.locator("bdi").all()] == [
            "Harbour Desk",
            "feeds",
        ]


def test_axe_does_find_what_is_wrong(opened: Opener) -> None:
    page = opened(bypass_csp=True).open("/feeds/nothing", 404)
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
            '<p style="color: #777; background: #888">a</p><button></button><h4>b</h4>'
            + '<p><button style="padding: 0; font-size: 9px">c</button>'
            + '<button style="padding: 0; font-size: 9px">d</button></p>')"""
    )
    found = {complaint.partition(":")[0] for complaint in complaints(page)}
    assert found == {"color-contrast", "button-name", "heading-order", "target-size"}
