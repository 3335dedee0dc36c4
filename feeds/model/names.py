"""By what the ledger knows an entry, besides its id."""

from __future__ import annotations

from typing import NamedTuple


class Alias(NamedTuple):
    """One name of an entry: a kind and a value, unique in the ledger."""

    kind: str
    value: str


class Fingerprints(NamedTuple):
    """``title_key`` is a distinctive headline's, empty for others; ``content_hash`` all words'."""

    title_key: str
    content_hash: str
