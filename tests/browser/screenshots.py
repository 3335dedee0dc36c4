"""Draws the README's pictures of the pages: ``python -m tests.browser.screenshots``.

They show the tests' newsroom, at the address that its pages name, and are the same in each run
as long as pages, fonts and browser are.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Route, ViewportSize

from tests.browser.looking import CHROMIUM, MISSING, PHONE, PICTURE, Window, browser
from tests.browser.newsroom import WEBSITE, fill
from tests.desk.editing import ORIGIN, DeskOf, hash_of
from tests.newsrooms import PROJECT, TestNewsroom
from tests.web.asking import Ask, in_process

FOLDER = PROJECT / "docs" / "pictures"
LARGEST = 100_000
"""In bytes, what a picture may weigh in the repository."""

_WIDE: ViewportSize = {"width": 820, "height": 640}
_DESK: ViewportSize = {"width": 970, "height": 620}


class Shot(NamedTuple):
    """A picture: the file's name, the kind of page, the window, the colours."""

    name: str
    kind: str
    size: ViewportSize
    scheme: Literal["light", "dark"]


SHOTS = (
    Shot("index.png", "index", _WIDE, "light"),
    Shot("feed.png", "feed", PHONE, "dark"),
    Shot("story.png", "article", PHONE, "light"),
)


def drawn(shots: Sequence[Shot] = SHOTS) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each picture. Needs CHROMIUM."""
    with tempfile.TemporaryDirectory() as home, browser() as running:
        shown = fill(Path(home) / "desk", f"{WEBSITE}feeds/")
        served = _Served(in_process(shown.newsroom))
        for shot in shots:
            window = Window(
                running, WEBSITE.rstrip("/"), viewport=shot.size, color_scheme=shot.scheme
            )
            window.context.route(f"{WEBSITE}**", served.answer)
            page = window.open(shown.paths[shot.kind])
            page.wait_for_load_state("networkidle")
            yield shot.name, page.screenshot()
            window.close()
        at_the_desk = _AtTheDesk(shown.newsroom)
        story = f"/stories/{hash_of(shown.newsroom, 'Bell hangs')}"
        for name, path in (("desk-today.png", "/"), ("desk-story.png", story)):
            window = Window(running, WEBSITE.rstrip("/"), viewport=_DESK)
            window.context.route(f"{WEBSITE}**", at_the_desk.answer)
            page = window.open(path)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.querySelector('[data-line]')?.focus()")
            yield name, page.screenshot()
            window.close()


class _AtTheDesk:
    """Answers as the desk does, to somebody who has signed in."""

    def __init__(self, newsroom: TestNewsroom) -> None:
        self._editor = DeskOf(newsroom).editor()

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(WEBSITE.rstrip("/"))
        if path.endswith(".png"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
            return
        answer = self._editor.client.get(path, base_url=ORIGIN)
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)


class _Served:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(WEBSITE.rstrip("/"))
        if path.endswith(".png"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
            return
        answer = self._ask(path)
        route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)


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
