"""Draws the README's pictures of the pages: ``python -m tests.browser.screenshots``.

They show the sample newsroom, at the address that it names, and are the same in each run as long as
pages, fonts and browser are.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Route, ViewportSize

from tests.browser.looking import CHROMIUM, MISSING, Window, browser
from tests.desk.editing import ORIGIN, DeskOf, hash_of
from tests.newsrooms import PROJECT, TestNewsroom
from tests.web.asking import in_process

FOLDER = PROJECT / "docs" / "pictures"
LARGEST = 250_000
"""In bytes, what a picture may weigh in the repository."""

_BASE = "http://localhost:8000"
_TALL: ViewportSize = {"width": 360, "height": 820}
_WIDE: ViewportSize = {"width": 1040, "height": 800}
_DESK: ViewportSize = {"width": 970, "height": 620}


class Shot(NamedTuple):
    """A picture: the file's name, the page or how its headline begins, the window, the colours."""

    name: str
    page: str
    size: ViewportSize
    scheme: Literal["light", "dark"]


SHOTS = (
    Shot("index.png", "/feeds/", _WIDE, "light"),
    Shot("feed.png", "/feeds/articles", _TALL, "dark"),
    Shot("story.png", "After nine years", _TALL, "light"),
)


def drawn(shots: Sequence[Shot] = SHOTS) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each picture. Needs CHROMIUM."""
    with tempfile.TemporaryDirectory() as home, browser() as running:
        newsroom = TestNewsroom.sample(Path(home) / "desk")
        newsroom.publish()
        served = _Served(newsroom)
        for shot in shots:
            path = shot.page
            if not path.startswith("/"):
                path = f"/feeds/stories/{hash_of(newsroom, path)}"
            window = Window(running, _BASE, viewport=shot.size, color_scheme=shot.scheme)
            yield shot.name, _picture(window, served.answer, path)
        story = f"/stories/{hash_of(newsroom, 'After nine years')}"
        for name, path in (("desk-today.png", "/"), ("desk-story.png", story)):
            window = Window(running, ORIGIN, viewport=_DESK)
            yield name, _picture(window, served.answer_editor, path)


def _picture(window: Window, answer: Callable[[Route], None], path: str) -> bytes:
    for base in (_BASE, ORIGIN):
        window.context.route(f"{base}/**", answer)
    page = window.open(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('[data-line]')?.focus()")
    found = page.screenshot()
    window.context.close()
    return found


class _Served:
    """Answers as the app does, and as the desk does to somebody who has signed in."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self._ask = in_process(newsroom)
        self._editor = DeskOf(newsroom).editor()

    def answer(self, route: Route) -> None:
        answer = self._ask(route.request.url.removeprefix(_BASE))
        route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)

    def answer_editor(self, route: Route) -> None:
        if route.request.url.startswith(_BASE):
            self.answer(route)
            return
        path = route.request.url.removeprefix(ORIGIN)
        answer = self._editor.client.get(path, base_url=ORIGIN)
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)


def main() -> int:
    """Writes the pictures; returns the exit code."""
    if CHROMIUM is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in drawn():
        if len(content) > LARGEST:
            sys.stderr.write(f"{name} has {len(content)} bytes; make it smaller\n")
            return 1
        (FOLDER / name).write_bytes(content)
        sys.stdout.write(f"{(FOLDER / name).relative_to(PROJECT)}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
