"""Targets of exports, and what each has; what partners carried; which entries are to be paid for.

Pages and entries go by numbers in other tables; a row that belongs to none that is there is left
behind. The formats of an archive are compressed together, as are an entry's texts. Of fingerprints
the half is enough.
"""

import gzip
import zlib
from contextlib import suppress
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from feeds.ledger.packing import DamagedError, pack, pack_together, unpack

revision = "0008"
down_revision = "0007"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


_READINGS = (
    "number INTEGER NOT NULL, path TEXT NOT NULL, signature TEXT NOT NULL,"
    " modified DATETIME NOT NULL, sha256 TEXT, reader_version INTEGER,"
    " captured TEXT DEFAULT '' NOT NULL, failure TEXT, decided BOOLEAN NOT NULL,"
    " told BOOLEAN NOT NULL, missing_since DATETIME, outside TEXT DEFAULT '' NOT NULL,"
    " secret BOOLEAN DEFAULT 0 NOT NULL, doubts TEXT, returned DATETIME,"
    " unaddressed BOOLEAN DEFAULT 0 NOT NULL, guided TEXT DEFAULT '' NOT NULL,"
    " expires DATETIME, clued BOOLEAN DEFAULT 0 NOT NULL, reading BLOB,"
    " PRIMARY KEY (number), UNIQUE (path)"
)
_HELD = (
    "path TEXT NOT NULL, line INTEGER NOT NULL, title TEXT NOT NULL, why TEXT NOT NULL,"
    " remedy TEXT NOT NULL, until DATETIME, since DATETIME NOT NULL,"
    " code TEXT DEFAULT '' NOT NULL, PRIMARY KEY (path, line),"
    " FOREIGN KEY(path) REFERENCES readings (path)"
)
_CLUES = (
    "clue INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (clue, page),"
    " FOREIGN KEY(page) REFERENCES readings (number)"
)
_LISTED = (
    "page INTEGER NOT NULL, position INTEGER NOT NULL, entry INTEGER NOT NULL,"
    " PRIMARY KEY (page, position), FOREIGN KEY(page) REFERENCES readings (number),"
    " FOREIGN KEY(entry) REFERENCES entries (sequence)"
)
_ALIASES = (
    "kind TEXT NOT NULL, value TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (kind, value),"
    " FOREIGN KEY(entry) REFERENCES entries (sequence)"
)
_ARCHIVED = (
    "feed TEXT NOT NULL, entry INTEGER NOT NULL, number INTEGER NOT NULL,"
    " PRIMARY KEY (feed, entry), FOREIGN KEY(entry) REFERENCES entries (sequence)"
)
_HISTORY = (
    "sequence INTEGER NOT NULL, entry INTEGER NOT NULL, revision INTEGER NOT NULL,"
    " moment DATETIME NOT NULL, what TEXT NOT NULL, change TEXT DEFAULT '' NOT NULL,"
    " PRIMARY KEY (sequence), FOREIGN KEY(entry) REFERENCES entries (sequence)"
)
_OF_ENTRY = "JOIN entries ON entries.id = before.entry"
_OF_PAGE = "JOIN readings ON readings.path = before.path"
_ANEW: tuple[tuple[str, str, dict[str, str], str, str], ...] = (
    # table, its columns, where each is from if not from that of its name, tables beside it
    ("held", _HELD, {}, "", ""),
    (
        "clues",
        _CLUES,
        {"page": "readings.number"},
        "JOIN guarded ON guarded.number = before.page"
        " JOIN readings ON readings.path = guarded.path",
        "WITHOUT ROWID",
    ),
    (
        "listed",
        _LISTED,
        {"page": "readings.number", "entry": "entries.sequence"},
        f"{_OF_PAGE} {_OF_ENTRY}",
        "WITHOUT ROWID",
    ),
    ("aliases", _ALIASES, {"entry": "entries.sequence"}, _OF_ENTRY, "WITHOUT ROWID"),
    ("archived", _ARCHIVED, {"entry": "entries.sequence"}, _OF_ENTRY, "WITHOUT ROWID"),
    ("history", _HISTORY, {"entry": "entries.sequence"}, _OF_ENTRY, ""),
)


def upgrade() -> None:
    """Adds three tables and a column, and writes other tables anew."""
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
        _text("seal"),
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
    op.create_table(
        "carried",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column(
            "entry",
            sa.Integer,
            sa.ForeignKey("entries.sequence"),
            primary_key=True,
            autoincrement=False,
            index=True,
        ),
        sa.Column("removed", sa.DateTime),
        sa.Column("returned", sa.DateTime),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "carried_removed",
        "carried",
        ["feed", "removed", "entry"],
        sqlite_where=sa.text("removed IS NOT NULL"),
        postgresql_where=sa.text("removed IS NOT NULL"),
    )
    indexes = [index for table in ("readings", *(row[0] for row in _ANEW)) for index in _of(table)]
    # tables that refer to it follow it to its other name: it is written first, and goes last
    _write("readings", _READINGS, {"number": "before.rowid"}, "", "")
    for table, columns, others, beside, form in _ANEW:
        _write(table, columns, others, beside, form)
        op.execute(f"DROP TABLE {table}_before")
    op.execute("DROP TABLE guarded")
    op.execute("DROP TABLE readings_before")
    for index in indexes:
        op.execute(index)
    op.execute(
        "UPDATE aliases SET value = substr(value, 1, 26)"
        " WHERE kind IN ('url', 'headline', 'opening')"
    )
    _pack_archives()
    _pack_texts()


def _pack_archives() -> None:
    """Compresses the formats of each archive together. What can't be read is damage to 'check'."""
    op.create_table(
        "archive_bodies",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bodies", sa.LargeBinary, nullable=False),
    )
    connection = op.get_bind()
    keys = sa.text("SELECT DISTINCT feed, number FROM archives")
    query = sa.text("SELECT format, gzip FROM archives WHERE feed = :feed AND number = :number")
    insert = sa.text("INSERT INTO archive_bodies VALUES (:feed, :number, :bodies)")
    for feed, number in connection.execute(keys).all():
        bodies = {}
        for form, data in connection.execute(query, {"feed": feed, "number": number}):
            with suppress(OSError, EOFError, zlib.error, TypeError):
                bodies[form] = gzip.decompress(data)
        values = {"feed": feed, "number": number, "bodies": pack_together(bodies)}
        connection.execute(insert, values)
    op.execute("ALTER TABLE archives DROP COLUMN gzip")


def _pack_texts() -> None:
    """Compresses the content and the summary of each entry together."""
    plain: Any = op.get_bind().connection.driver_connection
    plain.create_function("together", 2, _together, deterministic=True)
    op.add_column("entries", sa.Column("texts", sa.LargeBinary))
    op.execute("UPDATE entries SET texts = together(content, summary)")
    op.execute("ALTER TABLE entries DROP COLUMN content")
    op.execute("ALTER TABLE entries DROP COLUMN summary")


def _together(content: bytes | None, summary: str) -> bytes | None:
    try:
        return pack(msgspec.json.encode((unpack(content) if content else "", summary)).decode())
    except DamagedError:
        return content  # as damaged as it was


def _of(table: str) -> list[str]:
    """The statements that make the indexes of ``table``."""
    query = sa.text(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql != ''"
        " ORDER BY name"
    )
    return list(op.get_bind().scalars(query, {"table": table}))


def _write(table: str, columns: str, others: dict[str, str], beside: str, form: str) -> None:
    """Makes ``table`` anew, beside ``table``_before, with what is in that."""
    definitions = columns.partition(" PRIMARY KEY")[0].rstrip(",").split(", ")
    names = [one.split()[0] for one in definitions]
    found = ", ".join(others.get(name, f"before.{name}") for name in names)
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    op.execute(f"CREATE TABLE {table} ({columns}) {form}")
    op.execute(
        f"INSERT INTO {table} ({', '.join(names)})"  # noqa: S608 - names from above
        f" SELECT {found} FROM {table}_before AS before {beside}"
    )
