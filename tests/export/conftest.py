"""What tests of exports share: a newsroom that has published, and where its files may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Filled
from tests.newsrooms import TestNewsroom, publish_bell


@pytest.fixture
def own(filled: Filled) -> TestNewsroom:
    return filled(publish_bell)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"
