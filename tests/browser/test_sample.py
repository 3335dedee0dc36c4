"""The sample newsroom as whoever tries the program sees it: stories, pictures, theme."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.checking import ALL, LOOKS, complaints
from tests.browser.looking import DESKTOP, PHONE, Window
from tests.newsrooms import TestNewsroom
from tests.web.asking import HOST, in_a_thread, in_process, port_of_ours

_STORIES = ("Night ferry to Lamp", "How we counted", "Three streets", "Museum of ropes", "Doqquz")
"""How the headlines begin of a story with a table, one with code, a corrected one, and so on."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> TestNewsroom:
    return TestNewsroom.sample(tmp_path_factory.mktemp("sample") / "desk")


@pytest.fixture(scope="module")
def open_sample(browser: Browser, sample: TestNewsroom) -> Iterator[Window]:
    """A window on the sample, where its pages say that it is."""
    with port_of_ours() as port:
        site = (sample.root / "site.toml").read_text(encoding="utf-8")
        sample.configure(site.replace("localhost:8000", f"{HOST}:{port}"))
        sample.publish()
        with (
            in_a_thread(sample, port),
            closing(Window(browser, f"http://{HOST}:{port}")) as window,
        ):
            yield window


def _paths(sample: TestNewsroom) -> Iterator[tuple[str, int]]:
    yield from (("/feeds/", 200), ("/feeds/latest", 200), ("/feeds/corrections", 200))
    yield from (("/feeds/for-your-site", 200), ("/feeds/category-harbour", 200))
    entries = sample.entries()
    for beginning in _STORIES:
        (found,) = (one for one in entries if one.title.startswith(beginning))
        yield f"/feeds/stories/{found.hash}", 200
    items = json.loads(in_process(sample)("/feeds/corrections.json").text)["items"]
    (gone,) = (one["url"] for one in items if "withdrawn" in one["title"])
    yield re.sub("^https?://[^/]*", "", gone), 410


def test_each_kind_of_page_of_the_sample_is_accessible_by_day_and_night(
    open_sample: Window, sample: TestNewsroom
) -> None:
    for path, status in _paths(sample):
        page = open_sample.open(path, status)
        assert complaints(page, ALL) == [], path
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert complaints(page, LOOKS) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, path
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
    open_sample.check()


def test_its_pictures_are_shown(open_sample: Window) -> None:
    page = open_sample.open("/feeds/latest")
    pictures = page.locator("img.thumb").all()
    assert len(pictures) >= 9
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth") == 960
    open_sample.check()


def test_its_theme_is_in_force(open_sample: Window) -> None:
    page = open_sample.open("/feeds/")
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    assert page.evaluate(accent) == "#0a5c6b"
    logo = "getComputedStyle(document.querySelector('.brand'), '::before').content"
    assert "/feeds/static/logo.svg" in page.evaluate(logo)
    open_sample.check()


def test_a_wide_window_has_feeds_beside_stories_and_a_phone_the_main_one_above_them(
    open_sample: Window,
) -> None:
    page = open_sample.open("/feeds/")
    main, others = page.locator(".rail").all()
    news = page.locator(".news")

    def edges(locator: Locator) -> tuple[float, float, float]:
        box = locator.bounding_box()
        assert box
        return box["x"], box["y"], box["y"] + box["height"]

    assert edges(main)[0] == edges(others)[0] < edges(news)[0]
    assert edges(main)[1] == edges(news)[1]
    assert 0 <= edges(others)[1] - edges(main)[2] < 40
    page.set_viewport_size(PHONE)
    assert edges(main)[2] <= edges(news)[1] < edges(news)[2] <= edges(others)[1]
    expect(main.get_by_text("Subscribe").first).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", name="Latest stories")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(DESKTOP)


def test_the_largest_story_has_a_picture_and_is_in_the_language_of_the_site(
    open_sample: Window,
) -> None:
    page = open_sample.open("/feeds/")
    largest = page.locator("li.top")
    expect(largest).to_have_count(1)
    expect(largest).to_contain_text("The library will open on Sundays")
    assert largest.locator("img").evaluate("one => one.clientWidth") > 500


def test_without_a_window_each_page_of_the_sample_is_small(tmp_path: Path) -> None:
    sample = TestNewsroom.sample(tmp_path / "desk")
    sample.publish()
    ask = in_process(sample)
    loaded = sum(len(ask(f"/feeds/static/{name}").body) for name in ("style.css", "copy.js"))
    for path, status in _paths(sample):
        answer = ask(path)
        assert answer.status == status
        assert len(answer.body) + loaded < 30_000, path
