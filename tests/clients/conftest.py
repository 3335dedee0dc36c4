"""Newsrooms on a real socket, whose documents name the address that they are served at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.newsrooms import TEXTS, TestNewsroom
from tests.web.asking import HOST, in_a_thread, port_of_ours


class Served(NamedTuple):
    """A newsroom that is being served; what it publishes shows at once."""

    newsroom: TestNewsroom
    base: str

    def url(self, form: str, name: str = "latest") -> str:
        """The address of a feed."""
        return f"{self.base}{name}.{form}"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients talk to this machine directly, whatever its user has set up."""
    monkeypatch.setenv("no_proxy", HOST)


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where newsrooms are served, one after the other."""
    with port_of_ours() as given:
        yield given


def _publish(newsroom: TestNewsroom, feeds_url: str, port: int) -> Served:
    """Publishes ``newsroom``, which until now said that its feeds are at ``feeds_url``."""
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    assert feeds_url in site
    base = f"http://{HOST}:{port}/feeds/"
    newsroom.configure(site.replace(feeds_url, base))
    newsroom.publish()
    return Served(newsroom, base)


@pytest.fixture
def seeded(tmp_path: Path, seed: bytes, port: int) -> Iterator[Served]:
    """The page that it all began with, published and served."""
    newsroom = TestNewsroom(tmp_path / "desk")
    newsroom.page("seed.txt", seed)
    served = _publish(newsroom, "https://desk.test/feeds/", port)
    with in_a_thread(newsroom, port):
        yield served


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory, port: int) -> Served:
    newsroom = TestNewsroom.sample(tmp_path_factory.mktemp("sample") / "desk", TEXTS)
    return _publish(newsroom, "http://localhost:8000/feeds/", port)


@pytest.fixture
def sampled(_sample: Served, tmp_path: Path, port: int) -> Iterator[Served]:
    """The project's sample, published and served; a copy of the test's own."""
    newsroom = _sample.newsroom.copy(tmp_path / "sample")
    with in_a_thread(newsroom, port):
        yield Served(newsroom, _sample.base)
