"""Pages in a browser: they open, without a complaint, and without asking anybody else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import Opener, Window
from tests.browser.newsroom import KINDS, REFUSED, WEBSITE, Shown

FEEDS = {"rss": "<rss", "atom": "<feed", "json": "{"}
"""How a document begins, after the XML declaration."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_without_a_complaint_and_asks_nobody_else(
    window: Window, shown: Shown, kind: str
) -> None:
    page = window.open(shown.paths[kind], REFUSED.get(kind, 200))
    expect(page.get_by_role("main")).to_be_visible()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title()
    own = {"icon.png", "logo.png", "bell.png", *(("crate.png",) if kind == "article" else ())}
    assert set(window.pictures) <= {WEBSITE + name for name in own}


def test_a_person_gets_from_the_index_to_a_story_and_back(window: Window, shown: Shown) -> None:
    page = window.open("/")
    assert page.url == f"{window.base}/feeds/"
    page.get_by_role("main").get_by_role("link", name="Harbour Desk: latest").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Bell hangs")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Bell hangs"))
    assert page.url == window.base + shown.paths["article"]
    page.get_by_role("banner").get_by_role("link", name=re.compile("feeds")).first.click()
    assert page.url == f"{window.base}/feeds/"


def test_pictures_are_seen(window: Window, shown: Shown) -> None:
    page = window.open(shown.paths["article"])
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("image => image.naturalWidth") == 800


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_that_is_opened_is_shown_as_a_page(window: Window, form: str) -> None:
    page = window.open(f"/feeds/latest.{form}")
    assert page.url == f"{window.base}/feeds/latest"
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Desk: latest")


def test_a_script_that_fetches_a_feed_gets_the_feed(opened: Opener) -> None:
    page = opened(bypass_csp=True).open("/feeds/")
    for form, beginning in FEEDS.items():
        status, redirected, content_type, text = page.evaluate(
            """async (path) => {
                const answer = await fetch(path);
                return [answer.status, answer.redirected, answer.headers.get("Content-Type"),
                        await answer.text()];
            }""",
            f"/feeds/latest.{form}",
        )
        assert (status, redirected) == (200, False)
        kind = "feed+json" if form == "json" else f"{form}+xml"
        assert content_type.startswith(f"application/{kind}")
        assert beginning in text[:200]
        assert "<html" not in text


@pytest.mark.parametrize("form", FEEDS)
def test_a_person_who_asks_for_the_raw_feed_gets_it(
    window: Window, form: str, shown: Shown
) -> None:
    document = shown.newsroom.document(form=form).document
    answer = window.context.request.get(
        f"/feeds/latest.{form}?raw",
        headers={"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    )
    assert (answer.status, answer.body()) == (200, document.body)


def test_the_browser_shows_the_raw_feed_as_it_is(window: Window) -> None:
    page = window.open("/feeds/latest.rss?raw")
    assert page.url == f"{window.base}/feeds/latest.rss?raw"
    assert "rss" in page.content()
