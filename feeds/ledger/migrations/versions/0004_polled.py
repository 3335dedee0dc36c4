"""Documents in every coding, archives, and the pings that hubs are still owed.

Documents that are there already keep their bytes and their dates. Their codings, and the
archives, are made by the first publish.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds columns and tables; what is in the ledger stays as it is."""
    for name in ("gzip", "brotli"):
        op.add_column("documents", sa.Column(name, sa.LargeBinary))
    op.create_table(
        "archived",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_index("archived_in_order", "archived", ["feed", "number"])
    op.create_index("archived_entry", "archived", ["entry"])
    op.create_table(
        "archives",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("gzip", sa.LargeBinary, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.DateTime, nullable=False),
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("hub", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failure", sa.Text, nullable=False, server_default=""),
    )
