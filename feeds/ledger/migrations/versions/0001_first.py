"""The first ledger.

Migrations are append-only, and say in full what they make: they must not change when
``schema.py`` does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("modified", sa.DateTime, nullable=False),
        sa.Column("sha256", sa.Text),
        sa.Column("reader_version", sa.Integer),
        sa.Column("captured", sa.Text, nullable=False, server_default=""),
        sa.Column("reading", sa.Text),
        sa.Column("failure", sa.Text),
        sa.Column("decided", sa.Boolean, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("missing_since", sa.DateTime),
    )
    op.create_table(
        "entries",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("entered", sa.DateTime, nullable=False),
        sa.Column("updated", sa.DateTime, nullable=False),
        sa.Column("stated", sa.Text),
        sa.Column("published", sa.DateTime),
        sa.Column("captured", sa.DateTime),
        sa.Column("ordered", sa.DateTime, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("categories", sa.Text, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("entries_in_order", "entries", [sa.desc("ordered"), "rank", "id"])
    op.create_index("entries_by_arrival", "entries", ["entered"])
    op.create_table(
        "aliases",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False),
    )
    op.create_index("ix_aliases_entry", "aliases", ["entry"])
    op.create_table(
        "held",
        sa.Column("path", sa.Text, sa.ForeignKey("readings.path"), primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("committed", sa.DateTime, nullable=False),
        sa.Column("entered", sa.Integer, nullable=False),
        sa.Column("corrected", sa.Integer, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("render_key", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.DateTime, nullable=False),
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False),
    )
