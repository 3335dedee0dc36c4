"""Which of its tables a ledger in a file lacks."""

from __future__ import annotations

import sqlite3

from feeds.ledger.schema import metadata
from feeds.model.versions import SCHEMA_VERSION


def missing_tables(plain: sqlite3.Connection) -> list[str]:
    """The tables that a ledger of this version lacks, by name. Raises sqlite3.Error."""
    found = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
    missing = sorted(metadata.tables.keys() - found)
    is_ours = (
        "alembic_version" in found
        and plain.execute(
            "SELECT 1 FROM alembic_version WHERE version_num = ?", (SCHEMA_VERSION,)
        ).fetchone()
    )
    return missing if is_ours else []
