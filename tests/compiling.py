"""SQL that is compiled once for a test run, not anew for each of its ledgers.

A process of the program has one ledger, for which it compiles each statement once. A test run
has thousands, and a third of what publishing costs there would be to compile the same again.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from feeds.ledger import connect


def share() -> None:
    """From now on all ledgers of this process have the compiled statements of the first."""
    make = connect._engine
    first: list[sa.Engine] = []

    def engine(path: Path, patience: float, *, read_only: bool) -> sa.Engine:
        one = make(path, patience, read_only=read_only)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    connect._engine = engine
