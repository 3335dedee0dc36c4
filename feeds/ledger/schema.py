"""The ledger's tables, as the newest migration leaves them.

Moments are stored in UTC; lists and evidence as JSON. ``sequence`` counts entries in the
order in which they entered and is never used again.

An entry's columns are what readers are shown. Where that is not what its pages tell, because
somebody decided otherwise, ``told`` has the latter, and decisions are laid over it again in
each run. ``title_key`` is a fingerprint of a distinctive headline, empty for others.

Long texts are compressed (``packing``), and stand last, so that no other column lies behind them.

A reading's ``doubts`` are what was doubtful when it was decided, as JSON: empty for nothing, NULL
where that is not known. So nobody decodes readings to tell what is wrong. ``unaddressed``: it is an
article that states no address of its own.

A reading that is ``secret`` is found by its ``clues`` once it is ``clued``; in these, pages have
the numbers that they have in ``guarded``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from feeds.ledger.packing import DamagedError, Packed
from feeds.model.versions import SCHEMA_VERSION


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; stored without its zone, which SQLite doesn't keep."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:  # noqa: ARG002, D102 - the base's signature
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def result_processor(  # noqa: D102 - the base's signature
        self, dialect: sa.Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        read: Any = self.impl_instance.result_processor(dialect, coltype)

        def moment(value: Any) -> datetime | None:
            try:
                found = read(value)
            except (TypeError, ValueError) as error:
                raise DamagedError(error) from error
            return found.replace(tzinfo=UTC) if found else None

        return moment


EMPTY: sa.ColumnElement[str] = sa.literal_column("''")
"""An empty text that is no bound value: for those, an index for some rows alone is not used."""

metadata = sa.MetaData()

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


def _some(name: str, where: str, *columns: Any) -> sa.Index:
    """An index for some rows alone. What they are chosen by is in it, or each would be fetched."""
    return sa.Index(name, *columns, sqlite_where=sa.text(where))


_THERE = "failure IS NULL AND missing_since IS NULL"
"""Of readings: the page is there, and something could be made of it."""

OVERLAID = "told IS NOT NULL OR withdrawn = 1 OR hidden != ''"
"""Of entries: readers are not shown what its pages tell."""

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("modified", Moment, nullable=False),
    sa.Column("sha256", sa.Text),
    sa.Column("reader_version", sa.Integer),
    sa.Column("captured", sa.Text, nullable=False, server_default=""),
    sa.Column("failure", sa.Text),
    sa.Column("decided", sa.Boolean, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
    sa.Column("missing_since", Moment),
    sa.Column("outside", sa.Text, nullable=False, server_default=""),
    sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("doubts", sa.Text),
    sa.Column("returned", Moment),
    sa.Column("unaddressed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("guided", sa.Text, nullable=False, server_default=""),
    sa.Column("expires", Moment),
    sa.Column("clued", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("reading", Packed),
    sa.Index("readings_by_modification", "modified", "path", "missing_since"),
    sa.Index("readings_by_capture", "captured"),
    _some("readings_by_version", "missing_since IS NULL", "reader_version", "missing_since"),
    _some("readings_undecided", "decided = 0", "captured", "path", "missing_since", "decided"),
    _some("readings_untold", "told = 0", "path", "told"),
    _some("readings_secret", "secret = 1", "path", "secret"),
    _some("readings_unclued", "secret = 1 AND clued = 0", "path", "secret", "clued"),
    _some("readings_failed", "failure IS NOT NULL", "path", "missing_since", "failure"),
    _some(
        "readings_expiring",
        f"expires IS NOT NULL AND {_THERE}",
        "expires",
        "path",
        "failure",
        "missing_since",
    ),
    _some("readings_gone", "missing_since IS NOT NULL", "path", "missing_since"),
    _some("readings_there", _THERE, "path", "failure", "missing_since"),
    _some(
        "readings_doubtful",
        f"doubts != '' AND {_THERE}",
        "modified",
        "path",
        "doubts",
        "failure",
        "missing_since",
    ),
    _some(
        "readings_unknown",
        f"doubts IS NULL AND {_THERE}",
        "path",
        "doubts",
        "failure",
        "missing_since",
    ),
    _some(
        "readings_unaddressed",
        f"unaddressed = 1 AND {_THERE}",
        "path",
        "unaddressed",
        "failure",
        "missing_since",
    ),
)

guarded = sa.Table(
    "guarded",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("path", sa.Text, sa.ForeignKey("readings.path"), nullable=False, unique=True),
)

clues = sa.Table(
    "clues",
    metadata,
    sa.Column("clue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "page",
        sa.Integer,
        sa.ForeignKey("guarded.number"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    sqlite_with_rowid=False,
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("entered", Moment, nullable=False),
    sa.Column("updated", Moment, nullable=False),
    sa.Column("stated", sa.Text),
    sa.Column("published", Moment),
    sa.Column("captured", Moment),
    sa.Column("ordered", Moment, nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("categories", sa.Text, nullable=False),
    sa.Column("image", sa.Text),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("guid", sa.Text, nullable=False, server_default=""),
    sa.Column("standing", sa.Text, nullable=False, server_default="live"),
    sa.Column("title_key", sa.Text, nullable=False, server_default=""),
    sa.Column("content_hash", sa.Text, nullable=False, server_default=""),
    sa.Column("hidden", sa.Text, nullable=False, server_default=""),
    sa.Column("notice", sa.Text, nullable=False, server_default=""),
    sa.Column("trace", sa.Text, nullable=False, server_default="[]"),
    sa.Column("objection", sa.Text, nullable=False, server_default=""),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("keeper", sa.Text),
    sa.Column("gone", Moment),
    sa.Column("enclosures", sa.Text, nullable=False, server_default="[]"),
    sa.Column("author_urls", sa.Text, nullable=False, server_default="{}"),
    sa.Column("translations", sa.Text, nullable=False, server_default="{}"),
    sa.Column("tags", sa.Text, nullable=False, server_default="[]"),
    sa.Column("content", Packed),
    sa.Column("evidence", Packed),
    sa.Column("told", Packed),
    sa.Index("entries_in_order", sa.desc("ordered"), "rank", "id", "hidden", "title"),
    sa.Index("entries_by_arrival", "entered"),
    sa.Index("entries_by_update", "updated"),
    _some("entries_arrived", "hidden = '' AND standing = 'live'", "entered", "hidden", "standing"),
    _some(
        "entries_live",
        "hidden = '' AND standing != 'archived'",
        sa.desc("ordered"),
        "rank",
        "id",
        "hidden",
        "standing",
    ),
    _some("entries_overlaid", OVERLAID, "sequence"),
    sa.Index("entries_by_headline", "title_key"),
    sa.Index("entries_gone", "gone"),
    sa.Index("entries_by_guid", "guid"),
    sa.Index("entries_by_address", "url", "hidden"),
    _some("entries_hidden", "hidden != ''", sa.desc("ordered"), "rank", "id", "title", "hidden"),
    _some(
        "entries_undated",
        "kind = 'article' AND published IS NULL AND hidden = ''",
        "sequence",
        "kind",
        "published",
        "hidden",
    ),
    _some("entries_kept", "keeper IS NOT NULL", "keeper"),
    _some("entries_objected", "objection != ''", sa.desc("ordered"), "rank", "id", "objection"),
    sqlite_autoincrement=True,
)

aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

held = sa.Table(
    "held",
    metadata,
    sa.Column("path", sa.Text, sa.ForeignKey("readings.path"), primary_key=True),
    sa.Column("line", sa.Integer, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text, nullable=False),
    sa.Column("until", Moment),
    sa.Column("since", Moment, nullable=False),
    sa.Column("code", sa.Text, nullable=False, server_default=""),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("committed", Moment, nullable=False),
    sa.Column("entered", sa.Integer, nullable=False),
    sa.Column("corrected", sa.Integer, nullable=False),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("render_key", sa.Text, nullable=False),
    sa.Column("accepted", sa.Text, nullable=False, server_default=""),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("format", sa.Text, primary_key=True),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", Moment, nullable=False),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=False),
    sa.Column("gzip", sa.LargeBinary),
    sa.Column("brotli", sa.LargeBinary),
)

archived = sa.Table(
    "archived",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Index("archived_in_order", "feed", "number"),
    sa.Index("archived_entry", "entry"),
    sqlite_with_rowid=False,
)

archives = sa.Table(
    "archives",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("format", sa.Text, primary_key=True),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("gzip", sa.LargeBinary, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", Moment, nullable=False),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("hub", sa.Text, primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("due", Moment, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failure", sa.Text, nullable=False, server_default=""),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

listed = sa.Table(
    "listed",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("decided", Moment, nullable=False),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), index=True),
    sa.Column("duplicate", sa.Text, sa.ForeignKey("entries.id"), index=True),
    sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("found", sa.Text, nullable=False, server_default=""),
)

history = sa.Table(
    "history",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("entry", sa.Text, sa.ForeignKey("entries.id"), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False, index=True),
    sa.Column("moment", Moment, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False, server_default=""),
)

audience = sa.Table(
    "audience",
    metadata,
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

audience_parts = sa.Table(
    "audience_parts",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("day", sa.Text, nullable=False, index=True),
    sa.Column("recorded", Moment, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("marks", sa.LargeBinary, nullable=False),
    sa.Column("groups", sa.LargeBinary, nullable=False),
)

targets = sa.Table(
    "targets",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("followed", sa.Boolean, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False, server_default="0"),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("key", sa.Text, nullable=False, server_default=""),
    sa.Column("since", Moment),
    sa.Column("due", Moment),
    sa.Column("failure", sa.Text, nullable=False, server_default=""),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claim", sa.Text, nullable=False, server_default=""),
    sa.Column("claimed_until", Moment),
)

exported = sa.Table(
    "exported",
    metadata,
    sa.Column("target", sa.Text, sa.ForeignKey("targets.name"), primary_key=True),
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, server_default=""),
    sa.Column("version", sa.Text, nullable=False, server_default=""),
    sa.Column("digest", sa.Text, nullable=False, server_default=""),
    sa.Column("tag", sa.Text, nullable=False, server_default=""),
    sa.Column("modified", Moment),
    sa.Column("stage", sa.Integer),
    _some("exported_stale", "stage IS NOT NULL", "target", "stage", "address"),
    sqlite_with_rowid=False,
)


def missing_tables(plain: sqlite3.Connection) -> list[str]:
    """The tables that a ledger of this version lacks, by name. Raises sqlite3.Error."""
    found = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
    missing = sorted(metadata.tables.keys() - found)
    is_ours = (
        "alembic_version" in found
        and plain.execute(
            "SELECT 1 FROM alembic_version WHERE version_num = ?", (SCHEMA_VERSION,)
        ).fetchone()
    )
    return missing if is_ours else []
