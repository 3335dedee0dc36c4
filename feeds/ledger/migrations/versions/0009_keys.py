"""Keys to feeds, and the texts of what has to be paid for, which those who have a key may read.

And whether others may show an entry, which nobody knows until its page is read again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds two tables and two columns."""
    op.add_column("entries", sa.Column("paid", sa.Text, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("rights", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "paid",
        sa.Column(
            "entry",
            sa.Integer,
            sa.ForeignKey("entries.sequence"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("text", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "keys",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("revoked", sa.DateTime),
    )
