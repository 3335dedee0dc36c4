"""Decisions, lists as they were last seen, and what became of each entry.

Fingerprints of the headlines that are there already are filled in by the first publish.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXTS = {
    "guid": "",
    "standing": "live",
    "title_key": "",
    "content_hash": "",
    "hidden": "",
    "notice": "",
    "trace": "[]",
    "objection": "",
}


def upgrade() -> None:
    """Adds columns and tables; what is in the ledger stays as it is."""
    for name, value in TEXTS.items():
        op.add_column("entries", sa.Column(name, sa.Text, nullable=False, server_default=value))
    op.add_column(
        "entries", sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false())
    )
    for name in ("told", "keeper"):
        op.add_column("entries", sa.Column(name, sa.Text))
    op.add_column("entries", sa.Column("gone", sa.DateTime))
    op.create_index("entries_by_headline", "entries", ["title_key"])
    op.create_index("entries_gone", "entries", ["gone"])
    op.add_column(
        "readings", sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("revisions", sa.Column("accepted", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "listed",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False),
    )
    op.create_index("ix_listed_entry", "listed", ["entry"])
    op.create_table(
        "decisions",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("decided", sa.DateTime, nullable=False),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id")),
        sa.Column("duplicate", sa.Text, sa.ForeignKey("entries.id")),
        sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_decisions_entry", "decisions", ["entry"])
    op.create_index("ix_decisions_duplicate", "decisions", ["duplicate"])
    op.create_table(
        "history",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("moment", sa.DateTime, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
    )
    op.create_index("ix_history_entry", "history", ["entry"])
