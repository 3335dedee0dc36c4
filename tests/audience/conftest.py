"""Readers are counted by salted digests, within some percent: which percent is chance no more."""

from __future__ import annotations

import hashlib
from itertools import count

import pytest


@pytest.fixture(autouse=True)
def known_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives each counting another salt, and the same ones in each run of a test."""
    numbers = count()

    def token_bytes(size: int) -> bytes:
        return hashlib.sha256(b"%d" % next(numbers)).digest()[:size]

    monkeypatch.setattr("feeds.audience.logs.secrets.token_bytes", token_bytes)
