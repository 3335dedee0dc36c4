"""Targets of exports, and what each of them has; which entries have to be paid for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def upgrade() -> None:
    """Adds two tables and a column."""
    op.add_column("entries", sa.Column("access", sa.Text, nullable=False, server_default="free"))
    # an article of a page without a text is one whose text is for who paid
    op.execute(
        "UPDATE entries SET access = 'paid' "
        "WHERE kind = 'article' AND standing != 'loaded' AND content IS NULL"
    )
    op.create_table(
        "targets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("followed", sa.Boolean, nullable=False),
        _count("epoch"),
        _count("revision"),
        _text("key"),
        sa.Column("since", sa.DateTime),
        sa.Column("due", sa.DateTime),
        _text("failure"),
        _count("attempts"),
        _text("claim"),
        sa.Column("claimed_until", sa.DateTime),
    )
    op.create_table(
        "exported",
        sa.Column("target", sa.Text, sa.ForeignKey("targets.name"), primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        _text("kind"),
        _text("version"),
        _text("digest"),
        _text("tag"),
        sa.Column("modified", sa.DateTime),
        sa.Column("stage", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "exported_stale",
        "exported",
        ["target", "stage", "address"],
        sqlite_where=sa.text("stage IS NOT NULL"),
        postgresql_where=sa.text("stage IS NOT NULL"),
    )
