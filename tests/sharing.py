"""What costs most where ledgers are made by the thousand, made cheap: the same goes in and out.

A process of the program has one ledger, for which it compiles each statement once. A test run has
thousands of them.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from feeds.ledger.sqlite import connect


def share() -> None:
    """From now on all ledgers of this process have the compiled statements of the first."""
    make = connect.connected
    first: list[sa.Engine] = []

    def engine(path: Path, *, read_only: bool, patience: float) -> sa.Engine:
        one = make(path, read_only=read_only, patience=patience)
        if not first:
            first.append(one)
        one.dialect, one._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return one

    connect.connected = engine
