"""Entries have enclosures, addresses of their authors, translations, tags; asking is indexed.

What is doubtful about pages stands beside their readings: the next publish writes it there. What
was found in a feed that was taken over stands beside the decision, for those to come. Long
texts are compressed, and stand behind all other columns; what is looked up by a name has no number.
Clues lead to what is kept back: the next publish that judges entries writes them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from feeds.ledger.packing import pack

revision = "0007"
down_revision = "0006"

_NEW = (("enclosures", "[]"), ("author_urls", "{}"), ("translations", "{}"), ("tags", "[]"))
_THERE = "failure IS NULL AND missing_since IS NULL"
_INDEXES = (
    ("readings", "readings_by_modification", "modified path missing_since", ""),
    ("readings", "readings_by_capture", "captured", ""),
    ("readings", "readings_by_version", "reader_version missing_since", "missing_since IS NULL"),
    ("readings", "readings_undecided", "captured path missing_since decided", "decided = 0"),
    ("readings", "readings_untold", "path told", "told = 0"),
    ("readings", "readings_secret", "path secret", "secret = 1"),
    ("readings", "readings_unclued", "path secret clued", "secret = 1 AND clued = 0"),
    ("readings", "readings_failed", "path missing_since failure", "failure IS NOT NULL"),
    (
        "readings",
        "readings_expiring",
        "expires path failure missing_since",
        f"expires IS NOT NULL AND {_THERE}",
    ),
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
    ("entries", "entries_by_update", "updated", ""),
    (
        "entries",
        "entries_arrived",
        "entered hidden standing",
        "hidden = '' AND standing = 'live'",
    ),
    (
        "entries",
        "entries_live",
        "ordered_DESC rank id hidden standing",
        "hidden = '' AND standing != 'archived'",
    ),
    (
        "entries",
        "entries_overlaid",
        "sequence",
        "told IS NOT NULL OR withdrawn = 1 OR hidden != ''",
    ),
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
    ("aliases", "ix_aliases_entry", "entry", ""),
    ("archived", "archived_entry", "entry", ""),
    ("archived", "archived_in_order", "feed number", ""),
    ("members", "ix_members_entry", "entry", ""),
    ("listed", "ix_listed_entry", "entry", ""),
    ("clues", "ix_clues_page", "page", ""),
)
_NUMBERLESS = (
    ("aliases", "kind TEXT NOT NULL, value TEXT NOT NULL, entry TEXT NOT NULL", "kind, value"),
    ("archived", "feed TEXT NOT NULL, entry TEXT NOT NULL, number INTEGER NOT NULL", "feed, entry"),
    (
        "members",
        "feed TEXT NOT NULL, position INTEGER NOT NULL, entry TEXT NOT NULL",
        "feed, position",
    ),
    (
        "listed",
        "path TEXT NOT NULL, position INTEGER NOT NULL, entry TEXT NOT NULL",
        "path, position",
    ),
)


def upgrade() -> None:
    """Adds columns and indexes, and writes tables anew."""
    for name, nothing in _NEW:
        column = sa.Column(name, sa.Text, nullable=False, server_default=nothing)
        op.add_column("entries", column)
    found = sa.Column("found", sa.Text, nullable=False, server_default="")
    op.add_column("decisions", found)
    op.add_column("readings", sa.Column("doubts", sa.Text))
    op.add_column("readings", sa.Column("returned", sa.DateTime))
    unaddressed = sa.Column("unaddressed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("readings", unaddressed)
    op.add_column("readings", sa.Column("guided", sa.Text, nullable=False, server_default=""))
    op.add_column("readings", sa.Column("expires", sa.DateTime))
    clued = sa.Column("clued", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("readings", clued)
    op.execute(
        "CREATE TABLE guarded (number INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (number),"
        " UNIQUE (path), FOREIGN KEY(path) REFERENCES readings (path))"
    )
    op.execute(
        "CREATE TABLE clues (clue INTEGER NOT NULL, page INTEGER NOT NULL,"
        " PRIMARY KEY (clue, page), FOREIGN KEY(page) REFERENCES guarded (number)) WITHOUT ROWID"
    )
    _note_guidance()
    _pack("readings", ["reading"])
    _pack("entries", ["content", "evidence", "told"])
    for table, columns, key in _NUMBERLESS:
        _write_anew(table, columns, key)
    op.drop_index("entries_in_order", "entries")
    for table, name, columns, where in _INDEXES:
        op.create_index(
            name,
            table,
            [sa.text(column.replace("_DESC", " DESC")) for column in columns.split()],
            sqlite_where=sa.text(where) if where else None,
        )


def _note_guidance() -> None:
    op.execute(
        "UPDATE readings SET guided = json_extract(reading, '$.guided')"
        " WHERE CASE WHEN json_valid(reading) THEN json_extract(reading, '$.guided') != '' END"
    )


def _pack(table: str, columns: list[str]) -> None:
    """Compresses ``columns``, which stand last from now on."""
    # SQLite goes through the rows by itself: all texts of a ledger have no room in memory
    plain: Any = op.get_bind().connection.driver_connection
    plain.create_function("pack", 1, pack, deterministic=True)
    for column in columns:
        packed = f"packed_{column}"
        op.add_column(table, sa.Column(packed, sa.LargeBinary))
        op.execute(f"UPDATE {table} SET {packed} = pack({column}) WHERE {column} != ''")  # noqa: S608 - names from above
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {packed} TO {column}")


def _write_anew(table: str, columns: str, key: str) -> None:
    names = ", ".join(column.split()[0] for column in columns.split(", "))
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    op.execute(
        f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}),"
        " FOREIGN KEY(entry) REFERENCES entries (id)) WITHOUT ROWID"
    )
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}_before")  # noqa: S608 - as above
    op.execute(f"DROP TABLE {table}_before")
