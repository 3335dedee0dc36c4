"""The desk in a browser: every page of it, and what an editor does there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checking import ALL, complaints
from tests.browser.looking import DESKTOP, PHONE, Window
from tests.browser.newsroom import WEBSITE, fill
from tests.desk.editing import NAME, PASSWORD, DeskOf, hash_of
from tests.newsrooms import FEEDS, TestNewsroom
from tests.web.asking import HOST, port_of_ours, wait_for

BELL = "Bell hangs in its tower again"


class Shown:
    """A desk that is served, and its newsroom."""

    def __init__(self, newsroom: TestNewsroom, base: str) -> None:
        self.newsroom, self.base = newsroom, base


@contextmanager
def served(newsroom: TestNewsroom) -> Iterator[Shown]:
    """The desk of ``newsroom``, by the command."""
    DeskOf(newsroom)
    with port_of_ours() as port:
        command = [str(FEEDS), "desk", "--port", str(port)]
        process = subprocess.Popen(
            command, env=newsroom.environment(), stdout=subprocess.PIPE, text=True
        )
        try:
            wait_for(process, port)
            yield Shown(newsroom, f"http://{HOST}:{port}")
        finally:
            process.terminate()
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The desk of a newsroom with a page of every kind, and something wrong with it."""
    with served(_filled(tmp_path_factory.mktemp("desk") / "desk", "en")) as shown:
        yield shown


def _filled(home: Path, language: str) -> TestNewsroom:
    newsroom = fill(home, f"{WEBSITE}feeds/", language).newsroom
    newsroom.page("held.md", "---\ntitle: Held\nstatus: draft\n---\nNot yet, and not for long.\n")
    newsroom.page("saved.html", _SAVED)
    newsroom.decide('action = "retrakt"\nentry = "Pilot boat gets another engine"')
    newsroom.publish()
    return newsroom


_SAVED = """\
<!doctype html><html lang="en"><head><title>Crane is painted</title></head><body><article>
<h1>Crane is painted</h1><p>The crane is green again, and it is dry, says the harbour office.</p>
<p>Nobody stood below it when it was lifted, but for two gulls, who had nowhere else to go.</p>
</article></body></html>
"""

SignedIn = Callable[..., Window]


@pytest.fixture
def signed_in(browser: Browser, desk: Shown) -> Iterator[SignedIn]:
    """Opens windows in which somebody has signed in; the test fails if one complains."""
    windows: list[Window] = []

    def opener(**options: object) -> Window:
        windows.append(Window(browser, desk.base, **options))
        sign_in(windows[-1].page)
        return windows[-1]

    yield opener
    for window in windows:
        window.close()


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def paths(newsroom: TestNewsroom) -> list[str]:
    """A page of each kind."""
    story = f"/stories/{hash_of(newsroom, BELL)}"
    return [
        *("/", "/stories", "/stories?q=bell", "/log", "/new", "/decisions", story),
        *("/pages/held.md", "/pages/saved.html", "/sign-out"),
    ]


def test_axe_has_nothing_to_say_of_any_page_in_any_light_and_size(
    desk: Shown, signed_in: SignedIn
) -> None:
    looked_at(signed_in().page, desk.newsroom)


def test_axe_has_nothing_to_say_where_stories_are_written_from_right_to_left(
    browser: Browser, tmp_path: Path
) -> None:
    with (
        served(_filled(tmp_path / "desk", "ar")) as shown,
        closing(Window(browser, shown.base)) as window,
    ):
        sign_in(window.page)
        looked_at(window.page, shown.newsroom)


def looked_at(page: Page, newsroom: TestNewsroom) -> None:
    for path in paths(newsroom):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)
        page.goto(path)
        assert _complaints(page) == [], path
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert _complaints(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, path


def _complaints(page: Page) -> list[str]:
    # axe can't look into a frame in which no script runs, and asks that somebody does
    return [one for one in complaints(page, ALL) if not one.startswith("frame-tested:")]


def test_a_wrong_date_becomes_the_right_one_by_the_keyboard_alone(
    desk: Shown, signed_in: SignedIn
) -> None:
    page = signed_in().page
    page.goto("/stories?q=bell")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.closest('h2') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("Date", exact=True).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2026-01-05")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In a feed reader")).to_be_visible()
    page.get_by_role("button", name="Publish it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    bell = next(one for one in desk.newsroom.entries() if one.title.startswith(BELL))
    assert bell.stated is not None
    assert bell.stated.iso == "2026-01-05"


def test_a_value_lights_up_the_line_that_it_came_from(desk: Shown, signed_in: SignedIn) -> None:
    page = signed_in().page
    page.goto(f"/stories/{hash_of(desk.newsroom, BELL)}")
    page.get_by_label("Authors").focus()
    lit = page.locator(".lines .lit")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("Nora Lind")


def test_without_scripts_everything_can_be_done(signed_in: SignedIn) -> None:
    page = signed_in(java_script_enabled=False).page
    page.goto("/stories?q=nets")
    page.locator("main h2 a").first.click()
    page.get_by_text("Take it back", exact=True).click()
    page.get_by_label("Notice for readers (public)").fill("They are wet.")
    page.get_by_role("button", name="Take it back, at once").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    page.get_by_role("link", name="To the story").click()
    expect(page.locator(".history")).to_contain_text("They are wet.")
    page.get_by_role("button", name="Show it again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")


def test_of_two_editors_the_second_is_told_and_keeps_what_she_wrote(
    desk: Shown, signed_in: SignedIn
) -> None:
    story = f"/stories/{hash_of(desk.newsroom, 'Pilot boat')}"
    one, other = signed_in().page, signed_in().page
    for page in (one, other):
        page.goto(story)
    other.get_by_label("Headline", exact=True).fill("Pilot boat, as the second has it")
    one.get_by_label("Headline", exact=True).fill("Pilot boat, as the first has it")
    for button in ("Show how readers will see it", "Publish it"):
        one.get_by_role("button", name=button).click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Done")
    other.get_by_role("button", name="Show how readers will see it").click()
    expect(other.get_by_role("alert")).to_contain_text("changed meanwhile")
    field = other.get_by_label("Headline", exact=True)
    expect(field).to_have_value("Pilot boat, as the second has it")


def test_a_text_is_pasted_and_a_file_is_handed_in(
    desk: Shown, signed_in: SignedIn, tmp_path: Path
) -> None:
    page = signed_in().page
    page.goto("/new")
    page.get_by_label("Headline").fill("Ferry stops for a day")
    page.get_by_label("Text").fill("The ferry stops on Monday, and nobody at the quay knows why.")
    for button in ("Show how it would be read", "Publish it"):
        page.get_by_role("button", name=button).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    file = tmp_path / "nets.txt"
    file.write_text("Nets are sold\n\nThe nets were sold to two brothers who have no boat.\n")
    page.goto("/new")
    page.get_by_label("Saved pages").set_input_files(file)
    page.get_by_role("button", name="Put them into the folder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    titles = [one.title for one in desk.newsroom.entries()]
    assert {"Ferry stops for a day", "Nets are sold"} <= {*titles}


@pytest.mark.parametrize("path", ["/", "/new"])
def test_files_are_dropped_anywhere_on_a_page_and_sent_by_its_button(
    desk: Shown, signed_in: SignedIn, path: str
) -> None:
    page = signed_in().page
    page.goto(path)
    name = "Ropes" if path == "/" else "Hooks"
    dropped = page.evaluate_handle(_DROPPED, name)
    page.dispatch_event("h1", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    button = page.get_by_role("button", name="Put them into the folder")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    titles = {one.title for one in desk.newsroom.entries()}
    assert {f"{name} are sold", f"{name} are bought"} <= titles


_DROPPED = """(name) => {
    const dropped = new DataTransfer();
    for (const what of ["sold", "bought"]) {
        const text = `${name} are ${what}\n\n${name} were ${what} in the morning, all of them.\n`;
        dropped.items.add(new File([text], `${name}-${what}.txt`, { type: "text/plain" }));
    }
    return dropped;
}"""


def test_who_is_signed_out_sees_the_page_to_sign_in_alone(browser: Browser, desk: Shown) -> None:
    with closing(Window(browser, desk.base)) as window:
        for path in ("/", "/stories", "/new"):
            window.page.goto(path)
            assert window.page.url.endswith("/sign-in")
        assert complaints(window.page, ALL) == []
