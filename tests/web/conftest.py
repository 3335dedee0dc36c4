"""A website that is asked, in both ways."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest

from tests.conftest import Fill, Filled, Make
from tests.newsrooms import TestNewsroom, publish_bell
from tests.web.asking import Ask, in_a_thread, in_process, over_a_socket, port_of_ours, serving

Opener = Callable[[TestNewsroom], Ask]
WAYS = ("app", "plain", "serve", "gunicorn")
"""The app with its fast path, and without; ``feeds serve``; another server with ``wsgi.py``."""


class Server(NamedTuple):
    """``feeds serve``, or another server, as it runs."""

    process: subprocess.Popen[str]
    port: int


@pytest.fixture(params=("app", "thread"))
def opened(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens the website of a newsroom that the test is about to change."""
    with ExitStack() as stack:

        def opener(newsroom: TestNewsroom) -> Ask:
            if request.param == "app":
                return in_process(newsroom)
            port = stack.enter_context(port_of_ours())
            stack.enter_context(in_a_thread(newsroom, port))
            return over_a_socket(port)

        yield opener


@pytest.fixture(scope="session")
def published(_filled_once: Callable[[Fill, str, Make], TestNewsroom]) -> TestNewsroom:
    """A newsroom with an article and three headlines, published; no test changes it."""
    return _filled_once(publish_bell, "sqlite", TestNewsroom)


@pytest.fixture
def own(filled: Filled) -> TestNewsroom:
    """The same, for a test to change."""
    return filled(publish_bell)


@pytest.fixture(scope="session")
def server(published: TestNewsroom) -> Iterator[Server]:
    """``feeds serve`` for ``published``."""
    with port_of_ours() as port, serving(published, port) as process:
        yield Server(process, port)


@pytest.fixture(scope="session")
def other_server(published: TestNewsroom) -> Iterator[Server]:
    """Gunicorn for ``published``."""
    with port_of_ours() as port, serving(published, port, "gunicorn") as process:
        yield Server(process, port)


@pytest.fixture(scope="session", params=WAYS)
def ask(request: pytest.FixtureRequest, published: TestNewsroom) -> Ask:
    """Asks the website of ``published``."""
    way: str = request.param
    if way in {"app", "plain"}:
        return in_process(published, plain=way == "plain")
    running: Server = request.getfixturevalue("server" if way == "serve" else "other_server")
    return over_a_socket(running.port)
