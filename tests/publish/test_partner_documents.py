"""A whole document of each partner, and what the partner says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.partner_documents import FOLDER, LATER, documents
from tests.syndication.partner_rules import RULES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return documents(Path(tmp_path_factory.mktemp("partners")))


@pytest.mark.parametrize("name", RULES)
def test_a_partners_document_is_as_it_lies_there(made: dict[str, bytes], name: str) -> None:
    assert made[name].decode() == (FOLDER / f"{name}.rss").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RULES)
def test_what_lies_there_is_as_the_partner_asks(name: str) -> None:
    assert list(RULES[name]((FOLDER / f"{name}.rss").read_bytes(), LATER)) == []
