"""A website that is asked, in both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.newsrooms import TestNewsroom
from tests.web.asking import Ask, in_a_thread, in_process, over_a_socket, port_of_ours, serving

Opener = Callable[[TestNewsroom], Ask]
WAYS = ("app", "plain", "serve", "gunicorn")
"""The app with its fast path, and without; ``feeds serve``; another server with ``wsgi.py``."""


def _opener(stack: ExitStack, way: str) -> Opener:
    def opened(newsroom: TestNewsroom) -> Ask:
        if way in {"app", "plain"}:
            return in_process(newsroom, plain=way == "plain")
        port = stack.enter_context(port_of_ours())
        way_in = in_a_thread(newsroom, port) if way == "thread" else serving(newsroom, port, way)
        stack.enter_context(way_in)
        return over_a_socket(port)

    return opened


@pytest.fixture(params=("app", "thread"))
def opened(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens the website of a newsroom that the test is about to change."""
    with ExitStack() as stack:
        yield _opener(stack, request.param)


@pytest.fixture
def served() -> Iterator[Opener]:
    """The same, by ``feeds serve``."""
    with ExitStack() as stack:
        yield _opener(stack, "serve")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> TestNewsroom:
    """A newsroom with an article and three headlines; no test changes it."""
    made = TestNewsroom(tmp_path_factory.mktemp("published"))
    made.page("bell.txt")
    made.publish()
    return made


@pytest.fixture(scope="session", params=WAYS)
def ask(request: pytest.FixtureRequest, published: TestNewsroom) -> Iterator[Ask]:
    """Asks the website of ``published``."""
    with ExitStack() as stack:
        yield _opener(stack, request.param)(published)
