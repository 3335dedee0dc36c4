"""Targets of exports, and what each of them has."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds two tables."""
    op.execute(
        "CREATE TABLE targets (name TEXT NOT NULL, followed BOOLEAN NOT NULL,"
        " epoch INTEGER DEFAULT '0' NOT NULL, revision INTEGER DEFAULT '0' NOT NULL,"
        " \"key\" TEXT DEFAULT '' NOT NULL, since DATETIME, due DATETIME,"
        " failure TEXT DEFAULT '' NOT NULL, attempts INTEGER DEFAULT '0' NOT NULL,"
        " claim TEXT DEFAULT '' NOT NULL, claimed_until DATETIME, PRIMARY KEY (name))"
    )
    op.execute(
        "CREATE TABLE exported (target TEXT NOT NULL, address TEXT NOT NULL,"
        " kind TEXT DEFAULT '' NOT NULL, version TEXT DEFAULT '' NOT NULL,"
        " digest TEXT DEFAULT '' NOT NULL, tag TEXT DEFAULT '' NOT NULL, modified DATETIME,"
        " stage INTEGER, PRIMARY KEY (target, address),"
        " FOREIGN KEY(target) REFERENCES targets (name)) WITHOUT ROWID"
    )
    op.create_index(
        "exported_stale",
        "exported",
        ["target", "stage", "address"],
        sqlite_where=sa.text("stage IS NOT NULL"),
    )
