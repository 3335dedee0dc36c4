"""A browser, and a newsroom for it to look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import looking
from tests.browser.looking import PHONE, Opener, Window
from tests.browser.newsroom import WEBSITE, Shown, fill
from tests.browser.reported import reported
from tests.web.asking import HOST, port_of_ours, serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    if looking.CHROMIUM is None:
        pytest.skip(looking.MISSING)
    with looking.browser() as launched:
        yield launched


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where ``shown`` will be served."""
    with port_of_ours() as given:
        yield given


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory, port: int) -> Shown:
    """A newsroom with a page of every kind; no test changes it."""
    return fill(tmp_path_factory.mktemp("shown") / "desk", f"http://{HOST}:{port}/feeds/")


@pytest.fixture(scope="session")
def base(shown: Shown, port: int) -> Iterator[str]:
    """Where ``shown`` is served."""
    with serving(shown.newsroom, port):
        yield f"http://{HOST}:{port}"


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The same, of a site that is written from right to left, with fewer stories."""
    home = tmp_path_factory.mktemp("mirrored") / "desk"
    return fill(home, f"{WEBSITE}feeds/", "ar", usual=1)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an editor's report."""
    return reported(tmp_path_factory.mktemp("reported"))


@pytest.fixture
def opened(browser: Browser, base: str) -> Iterator[Opener]:
    """Opens windows of the browser; the test fails if a page of theirs complains of anything."""
    windows: list[Window] = []

    def opener(**options: Any) -> Window:
        windows.append(Window(browser, base, **options))
        return windows[-1]

    yield opener
    for window in windows:
        window.close()


@pytest.fixture(scope="session")
def _desktop(browser: Browser, base: str) -> Iterator[Window]:
    with closing(Window(browser, base)) as made:
        yield made


@pytest.fixture(scope="session")
def _phone(browser: Browser, base: str) -> Iterator[Window]:
    with closing(Window(browser, base, viewport=PHONE, is_mobile=True, has_touch=True)) as made:
        yield made


@pytest.fixture
def window(_desktop: Window) -> Iterator[Window]:
    """A window as wide as a desk has room for; the test fails if a page in it complains."""
    yield _desktop
    _desktop.clear()
    _desktop.check()


@pytest.fixture
def phone(_phone: Window) -> Iterator[Window]:
    """A phone, in the same way."""
    yield _phone
    _phone.clear()
    _phone.check()
