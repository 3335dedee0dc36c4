"""What is made once for a test run, not anew for each of its ledgers: the same goes in and out.

A process of the program has one ledger, for which it compiles each statement once, and publishes
each document once. A test run has thousands of them, and half of what publishing costs there
would be to compile the same SQL, and to compress the same bytes as well as can be, again.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from feeds.ledger import connect
from feeds.syndication import encodings

_KEPT_DOCUMENTS = 2048


def share() -> None:
    """From now on all ledgers of this process share what costs most and is alike in all."""
    _share_statements()
    kept = lru_cache(_KEPT_DOCUMENTS)(encodings.codings)
    encodings.codings = lambda body: kept(body)


def _share_statements() -> None:
    """All ledgers have the compiled statements of the first."""
    make = connect._engine
    first: list[sa.Engine] = []

    def engine(path: Path, patience: float, *, read_only: bool) -> sa.Engine:
        one = make(path, patience, read_only=read_only)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    connect._engine = engine
