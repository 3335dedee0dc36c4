"""What the tests share: a newsroom in a temporary folder, and the project's own sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests import sharing, thorough
from tests.newsrooms import PROJECT, TestNewsroom

SEED = PROJECT.parent / "shared" / "seed" / "000_cd6ad7c93a36fbbf.txt"
SCHEMAS = PROJECT.parent / "shared" / "schemas"

thorough.forget_constants()
sharing.share()


class _ByWhatTheyShare(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives a process all tests that share a browser, or servers; the others module by module."""

    _SHARING = ("tests/browser/", "tests/clients/", "tests/web/")

    def _split_scope(self, nodeid: str) -> str:
        return next(filter(nodeid.startswith, self._SHARING), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _ByWhatTheyShare(config, log)


@pytest.fixture(autouse=True)
def _no_newsroom_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests names no newsroom."""
    for name in ("FEEDS_SOURCE", "FEEDS_DATABASE", "FEEDS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def newsroom(tmp_path: Path) -> TestNewsroom:
    """An empty newsroom with a configuration of its own."""
    return TestNewsroom(tmp_path / "desk")


@pytest.fixture
def seed() -> bytes:
    """The page that it all began with; it is not part of the project."""
    if not SEED.is_file():
        pytest.skip("needs ../shared/seed, which is not part of the project")
    return SEED.read_bytes()


@pytest.fixture
def schemas() -> Path:
    """Schemas to check documents against; they are not part of the project."""
    if not SCHEMAS.is_dir():
        pytest.skip("needs ../shared/schemas, which is not part of the project")
    return SCHEMAS
