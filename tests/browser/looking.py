"""A browser that looks at pages, and at what else they do meanwhile.

Nothing leaves this machine: every name but the served pages' resolves to nothing, and pictures
of the newsroom's own site are given from here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

from tests.browser.newsroom import WEBSITE
from tests.web.asking import HOST

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""Where it is, if it is installed."""

MISSING = "needs Chromium: apt install chromium"

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 640}
"""Sizes of a window, in CSS pixels."""

_TIMEOUT = 60_000
"""Milliseconds that a busy machine may take for anything; nothing ever needs a second."""
expect.set_options(timeout=_TIMEOUT)

_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-proxy-server"),
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450" viewBox="0 0 160 90">'
    '<path fill="#c8d8e0" d="M0 0h160v90H0z"/><path fill="#47697d" d="M0 66h160v24H0z"/>'
    '<path fill="#8a4b32" d="M62 30l18-16 18 16z"/><path fill="#d9cbb2" d="M65 30h30v36H65z"/>'
    '<path fill="#47697d" d="M70 52V42a10 10 0 0 1 20 0v10z"/>'
    '<path fill="#e0b04a" d="M72 50c4-2 3-12 8-12s4 10 8 12zM78 50h4v3h-4z"/></svg>'
)
"""What every picture of the newsroom's own site shows: a bell in its tower by the sea."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A running Chromium. Needs CHROMIUM."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield launched
        finally:
            launched.close()


class Window:
    """A window of a browser without a past, which notes what it shouldn't have come to see.

    ``base`` is where the pages are, ``http://HOST:PORT``; ``options`` are Playwright's for a
    context.
    """

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        self.base = base
        self.faults: list[str] = []
        """Errors and warnings of pages, and requests to another host."""
        self.pictures: list[str] = []
        """The addresses of the pictures that it asked the newsroom's own site for."""
        self._size: ViewportSize = options.get("viewport", DESKTOP)
        self.context: BrowserContext = browser.new_context(
            base_url=base, **{"viewport": DESKTOP, "locale": "en-GB", **options}
        )
        self.context.set_default_timeout(_TIMEOUT)
        self.context.route(self._foreign, self._given)
        self.context.on("console", self._said)
        self.context.on("weberror", self._broke)
        self.page: Page = self.context.new_page()

    def open(self, path: str, status: int = 200) -> Page:
        """The page at ``path``, which has to answer with ``status`` in the end."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, answer.status
        return self.page

    def check(self) -> None:
        """Fails if there were faults since it was asked last."""
        told, self.faults[:] = self.faults.copy(), []
        assert not told, told

    def clear(self) -> None:
        """Makes it as good as a new one, which costs far more."""
        self.page.goto("about:blank")
        self.page.emulate_media(color_scheme="null")
        self.page.set_viewport_size(self._size)
        self.context.clear_permissions()
        self.pictures.clear()

    def close(self) -> None:
        """Closes the window; fails if there were faults."""
        self.context.close()
        self.check()

    def _foreign(self, url: str) -> bool:
        return not url.startswith(f"{self.base}/")

    def _broke(self, error: WebError) -> None:
        self.faults.append(str(error.error))

    def _given(self, route: Route) -> None:
        request = route.request
        if request.url.startswith(WEBSITE) and request.url.endswith(".png"):
            self.pictures.append(request.url)
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            self.faults.append(f"asked {request.url}")
            route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        told = "the server responded with a status of 4"
        if told in message.text and message.location["url"] == self.page.url:
            return  # of the page itself, which is meant to be there no more
        self.faults.append(f"{message.type}: {message.text}")


Opener = Callable[..., Window]
"""Opens windows, with Playwright's options for a context; they are closed after the test."""
