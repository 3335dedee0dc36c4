"""People at the pages: with a keyboard, a phone, at night, from right to left, copying."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.looking import Opener, Window
from tests.browser.newsroom import KINDS, REFUSED, Shown

NARROW: ViewportSize = {"width": 320, "height": 640}
"""What a page of 1280 pixels has when it is magnified four times (WCAG 2.2, 1.4.10)."""

_STOPS = """() => {
    const all = 'a[href], button, input, select, textarea, summary, [tabindex]';
    window.stops = [...document.querySelectorAll(all)]
        .filter(one => one.tabIndex >= 0 && one.checkVisibility());
    return window.stops.length;
}"""
_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {
        stop: window.stops.indexOf(one),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1
            && box.bottom > 0 && box.top < innerHeight,
    };
}"""
_SMALL = """() => [...document.querySelectorAll('a, button')]
    .filter(one => one.checkVisibility() && !one.matches('.skip'))
    .filter(one => {
        const box = one.getBoundingClientRect();
        return box.width < 23.9 || box.height < 23.9;
    })
    .map(one => one.outerHTML)"""
_BRIGHTNESS = """property => {
    const shade = getComputedStyle(document.body)[property].match(/[0-9.]+/g).map(Number);
    return shade[3] === 0 ? 255 : (shade[0] + shade[1] + shade[2]) / 3;
}"""


@pytest.mark.parametrize("kind", ["index", "article", "Arabic article", "nothing"])
def test_tab_reaches_everything_in_the_order_in_which_it_is_read(
    window: Window, shown: Shown, kind: str
) -> None:
    page = window.open(shown.paths[kind], REFUSED.get(kind, 200))
    number = page.evaluate(_STOPS)
    reached = []
    for _ in range(number):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(_FOCUS))
    assert [one["stop"] for one in reached] == list(range(number))
    assert all(one["outlined"] and one["inside"] for one in reached), reached


def test_the_first_stop_skips_to_the_content(window: Window) -> None:
    page = window.open("/feeds/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_a_page_in_full_width_with_room_for_fingers(
    phone: Window, shown: Shown, kind: str
) -> None:
    page = phone.open(shown.paths[kind], REFUSED.get(kind, 200))
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [360, 360]
    assert page.evaluate(_SMALL) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("kind", ["index", "article"])
def test_a_page_is_dark_where_people_like_it_dark(window: Window, shown: Shown, kind: str) -> None:
    page = window.open(shown.paths[kind])
    assert page.evaluate(_BRIGHTNESS, "backgroundColor") > 200
    assert page.evaluate(_BRIGHTNESS, "color") < 80
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(_BRIGHTNESS, "backgroundColor") < 60
    assert page.evaluate(_BRIGHTNESS, "color") > 200


def _direction(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("one => getComputedStyle(one).direction"))


def test_a_story_from_right_to_left_is_set_so_and_what_is_around_it_is_not(
    window: Window, shown: Shown
) -> None:
    page = window.open(shown.paths["Arabic article"])
    for selector in ("article", "article h1", "article p:last-child"):
        assert _direction(page, selector) == "rtl"
    for selector in ("header a", "article time", "footer"):
        assert _direction(page, selector) == "ltr"
    ends = page.locator("article p").last.evaluate(
        """one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const last = [...range.getClientRects()].at(-1), box = one.getBoundingClientRect();
            return [last.right - box.right, last.left - box.left];
        }"""
    )
    assert abs(ends[0]) < 1  # its last line begins at the right edge
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_a_headline_from_right_to_left_stands_so_in_a_list_from_left_to_right(
    window: Window,
) -> None:
    page = window.open("/feeds/latest")
    headline = page.get_by_role("link", name="جرس الميناء")
    assert headline.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert headline.evaluate("one => getComputedStyle(one.parentElement).direction") == "ltr"


def _unfolded(page: Page, title: str) -> None:
    """Opens what stands below the button to subscribe to the feed called ``title``."""
    page.get_by_label(f"Subscribe: {title}").click()
    page.get_by_text("For programs").and_(page.locator(":visible")).click()


def _pasted(page: Page) -> str:
    """What a person gets who pastes now."""
    page.evaluate("document.body.append(document.createElement('textarea'))")
    field = page.locator("textarea").last
    field.focus()
    page.keyboard.press("Control+V")
    return field.input_value()


@pytest.mark.parametrize("form", ["RSS", "Atom", "JSON Feed"])
def test_a_click_copies_an_address_and_says_so(window: Window, form: str) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = window.open("/feeds/")
    expect(page.get_by_role("status")).to_have_text("")
    _unfolded(page, "Harbour Desk: latest")
    page.get_by_role("button", name=f"Copy the {form} address: Harbour Desk: latest").click()
    address = f"{window.base}/feeds/latest.{form.partition(' ')[0].lower()}"
    expect(page.get_by_role("status")).to_have_text(f"Copied: {address}")
    assert _pasted(page) == address


@pytest.mark.parametrize("clipboard", ["granted", "absent"])
def test_enter_copies_too_and_the_focus_stays(opened: Opener, clipboard: str) -> None:
    window = opened(permissions=["clipboard-read", "clipboard-write"])
    if clipboard == "absent":  # as on a page that came over plain HTTP
        window.page.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})"
        )
    page = window.open("/feeds/articles")
    page.get_by_text("For programs").click()
    button = page.get_by_role("button", name="Copy the Atom address")
    button.focus()
    page.keyboard.press("Enter")
    address = f"{window.base}/feeds/articles.atom"
    expect(page.get_by_role("status")).to_have_text(f"Copied: {address}")
    expect(button).to_be_focused()
    assert _pasted(page) == address


def test_the_lines_for_the_website_can_be_copied(window: Window) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = window.open("/feeds/")
    page.get_by_role("link", name="For those who run the website").click()
    page.get_by_role("button", name="Copy the lines").click()
    expect(page.get_by_role("status")).to_contain_text("Copied")
    pasted = _pasted(page)
    assert pasted.count("<link ") == pasted.count('rel="alternate"') == 12
    assert f'href="{window.base}/feeds/latest.rss"' in pasted


def test_without_scripts_there_is_no_button_but_everything_else(opened: Opener) -> None:
    page = opened(java_script_enabled=False).open("/feeds/")
    _unfolded(page, "Harbour Desk: latest")
    assert page.get_by_role("button").count() == 0
    for form in ("rss", "atom", "json"):
        expect(page.get_by_role("link", name=f"/feeds/latest.{form}")).to_be_visible()


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/latest"])
def test_web_readers_are_given_the_address_of_the_feed(window: Window, path: str) -> None:
    page = window.open(path)
    if path == "/feeds/":
        page.get_by_label("Subscribe: Harbour Desk: latest").click()
    links = page.get_by_role("link", name="Subscribe with").all()
    ours = [link for link in links if "latest" in str(link.get_attribute("aria-label"))]
    hosts = set()
    for link in ours:
        address = urlsplit(str(link.get_attribute("href")))
        assert address.scheme == "https"
        given = f"{window.base}/feeds/latest.rss"
        asked = [value for values in parse_qs(address.query).values() for value in values]
        escaped = given.replace(":", "%3A").replace("/", "%2F")
        assert asked == [given] or address.path.endswith(f"/{escaped}")
        hosts.add(address.hostname)
    assert len(hosts) == len(ours) >= 3
