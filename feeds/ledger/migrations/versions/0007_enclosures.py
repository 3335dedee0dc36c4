"""Entries have enclosures, addresses of their authors, and translations."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds columns, in which what is there has nothing."""
    for name, nothing in (("enclosures", "[]"), ("author_urls", "{}"), ("translations", "{}")):
        column = sa.Column(name, sa.Text, nullable=False, server_default=nothing)
        op.add_column("entries", column)
