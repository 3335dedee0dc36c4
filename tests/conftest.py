"""What the tests share: a newsroom in a temporary folder, and the project's own sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sharing, thorough
from tests.newsrooms import PROJECT, TestNewsroom

SEED = PROJECT.parent / "shared" / "seed" / "000_cd6ad7c93a36fbbf.txt"
SCHEMAS = PROJECT.parent / "shared" / "schemas"

thorough.forget_constants()
sharing.share()


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
