"""Entries say whether others may show them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds a column, which is empty until pages are read again."""
    op.add_column("entries", sa.Column("rights", sa.Text, nullable=False, server_default=""))
