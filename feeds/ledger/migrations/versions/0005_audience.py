"""What access logs tell of the audience, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds tables; what is in the ledger stays as it is."""
    op.create_table(
        "audience",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("client", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subscribers", sa.Integer, nullable=False),
        sa.Column("polls", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("saved", sa.Integer, nullable=False),
    )
    op.create_table(
        "audience_parts",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("day", sa.Text, nullable=False, index=True),
        sa.Column("recorded", sa.DateTime, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=False),
        sa.Column("groups", sa.LargeBinary, nullable=False),
    )
