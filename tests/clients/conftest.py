"""Newsrooms on a real socket, whose documents name the address that they are served at."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.newsrooms import SITE, TestNewsroom
from tests.web.asking import HOST, in_a_thread, port_of_ours

if importlib.util.find_spec("sgmllib") is None:
    # reader's own copy of feedparser asks for sgmllib, which feedparser itself now renames
    sys.modules["sgmllib"] = importlib.import_module("feedparser_sgmllib")


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


@contextmanager
def _served(newsroom: TestNewsroom, site: str, feeds_url: str) -> Iterator[Served]:
    with port_of_ours() as port:
        base = f"http://{HOST}:{port}/feeds/"
        assert feeds_url in site
        newsroom.configure(site.replace(feeds_url, base))
        newsroom.publish()
        with in_a_thread(newsroom, port):
            yield Served(newsroom, base)


@pytest.fixture
def seeded(tmp_path: Path, seed: bytes) -> Iterator[Served]:
    """The page that it all began with, published and served."""
    newsroom = TestNewsroom(tmp_path / "desk")
    newsroom.page("seed.txt", seed)
    with _served(newsroom, SITE, "https://desk.test/feeds/") as served:
        yield served


@pytest.fixture
def sampled(tmp_path: Path) -> Iterator[Served]:
    """The project's sample, published and served."""
    newsroom = TestNewsroom.sample(tmp_path / "sample")
    site = (newsroom.root / "site.toml").read_text(encoding="utf-8")
    with _served(newsroom, site, "http://localhost:8000/feeds/") as served:
        yield served
