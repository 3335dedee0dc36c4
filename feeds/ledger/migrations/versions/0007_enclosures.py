"""Entries have enclosures, addresses of their authors, and translations; what is shown is indexed.

What is doubtful about pages stands beside their readings: the next publish writes it there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_THERE = "failure IS NULL AND missing_since IS NULL"
_INDEXES = (
    ("readings", "readings_by_modification", "modified path missing_since", ""),
    ("readings", "readings_by_capture", "captured", ""),
    ("readings", "readings_by_version", "reader_version missing_since", "missing_since IS NULL"),
    ("readings", "readings_undecided", "captured path missing_since decided", "decided = 0"),
    ("readings", "readings_failed", "path missing_since failure", "failure IS NOT NULL"),
    ("readings", "readings_gone", "path missing_since", "missing_since IS NOT NULL"),
    ("readings", "readings_there", "path failure missing_since", _THERE),
    (
        "readings",
        "readings_doubtful",
        "modified path doubts failure missing_since",
        f"doubts != '' AND {_THERE}",
    ),
    (
        "readings",
        "readings_unknown",
        "path doubts failure missing_since",
        f"doubts IS NULL AND {_THERE}",
    ),
    (
        "readings",
        "readings_unaddressed",
        "path unaddressed failure missing_since",
        f"unaddressed = 1 AND {_THERE}",
    ),
    ("entries", "entries_in_order", "ordered_DESC rank id hidden title", ""),
    ("entries", "entries_by_guid", "guid", ""),
    ("entries", "entries_by_address", "url hidden", ""),
    ("entries", "entries_hidden", "ordered_DESC rank id title hidden", "hidden != ''"),
    (
        "entries",
        "entries_undated",
        "sequence kind published hidden",
        "kind = 'article' AND published IS NULL AND hidden = ''",
    ),
    ("entries", "entries_kept", "keeper", "keeper IS NOT NULL"),
    ("entries", "entries_objected", "ordered_DESC rank id objection", "objection != ''"),
    ("history", "ix_history_revision", "revision", ""),
)


def upgrade() -> None:
    """Adds columns, in which what is there has nothing, and indexes."""
    for name, nothing in (("enclosures", "[]"), ("author_urls", "{}"), ("translations", "{}")):
        column = sa.Column(name, sa.Text, nullable=False, server_default=nothing)
        op.add_column("entries", column)
    op.add_column("readings", sa.Column("doubts", sa.Text))
    unaddressed = sa.Column("unaddressed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("readings", unaddressed)
    op.drop_index("entries_in_order", "entries")
    for table, name, columns, where in _INDEXES:
        op.create_index(
            name,
            table,
            [sa.text(column.replace("_DESC", " DESC")) for column in columns.split()],
            sqlite_where=sa.text(where) if where else None,
        )
