"""What is said about pages outside of them, and embargoes, which end at an hour.

``readings.outside`` tells what was applied when a page was decided; ``held.until`` was a day and
becomes a moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column, and makes the table of held stories anew."""
    op.add_column("readings", sa.Column("outside", sa.Text, nullable=False, server_default=""))
    op.rename_table("held", "held_before")
    op.create_table(
        "held",
        sa.Column("path", sa.Text, sa.ForeignKey("readings.path"), primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    # a day begins 14 hours before UTC's in the first zone; too early only means: once more
    op.execute(
        "INSERT INTO held SELECT path, line, title, why, remedy, "
        "strftime('%Y-%m-%d %H:%M:%S.000000', until, '-14 hours'), since FROM held_before"
    )
    op.drop_table("held_before")
