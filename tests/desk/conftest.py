"""A desk whose newsroom has published a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.editing import DeskOf, Editor
from tests.newsrooms import TestNewsroom, publish_bell


@pytest.fixture
def desk(tmp_path: Path) -> DeskOf:
    """A desk of a newsroom that has published PAGE."""
    newsroom = TestNewsroom(tmp_path / "desk")
    publish_bell(newsroom)
    return DeskOf(newsroom)


@pytest.fixture
def editor(desk: DeskOf) -> Editor:
    """Somebody who has signed in there."""
    return desk.editor()
