"""The ledger's tables, as the newest migration leaves them.

Moments are stored in UTC; lists and evidence as JSON. ``sequence`` counts entries in the
order in which they entered and is never used again.

An entry's columns are what readers are shown. Where that is not what its pages tell, because
somebody decided otherwise, ``told`` has the latter, and decisions are laid over it again in
each run. ``title_key`` is a fingerprint of a distinctive headline, empty for others.

Long texts are compressed (``packing``), and stand last, so that no other column lies
behind them but what nobody asks for alone.
``texts`` are an entry's content and its summary, which mostly has the same words.
So are the ``bodies`` of an archive, in all formats together, since the same texts are in each.

A reading's ``doubts`` are what was doubtful when it was decided, as JSON: empty for nothing, NULL
where that is not known. So nobody decodes readings to tell what is wrong. ``unaddressed``: it is an
article that states no address of its own.

What has to be paid for is not in ``entries``, but in ``paid``, of which ``entries.paid`` is a
fingerprint: so nobody comes by it who only asks for entries. Of a key there is but a hash.

A reading that is ``secret`` is found by its ``clues`` once it is ``clued``.

Where there is more than one row for each story, pages and entries go by their numbers
(``readings.number``, ``entries.sequence``), and not by their paths and ids.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from feeds.ledger.packing import DamagedError, Packed


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
                found = read(value) if read else value
            except (TypeError, ValueError) as error:
                raise DamagedError(error) from error
            return found.replace(tzinfo=UTC) if found else None

        return moment


EMPTY: sa.ColumnElement[str] = sa.literal_column("''")
"""An empty text that is no bound value: for those, an index for some rows alone is not used."""

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""A text, which is compared and put in order by its bytes, whatever the server's language is."""
Number = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""A whole number, of up to 64 bits as SQLite has them."""

metadata = sa.MetaData()

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("key", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)


def _some(name: str, where: str, *columns: Any) -> sa.Index:
    """An index for some rows alone. What they are chosen by is in it, or each would be fetched."""
    # SQLite has numbers for yes and no, and uses an index only for a condition to the letter
    stated = where.replace("= 0", "= false").replace("= 1", "= true")
    # and SQLAlchemy would load all of PostgreSQL's dialect to be told of it here
    return sa.Index(name, *columns, sqlite_where=sa.text(where), info={"where": stated})


def _key(name: str, of: str, *, index: bool = False) -> sa.Column[int]:
    """A part of a key that is the number of a row elsewhere, in the column ``of``."""
    return sa.Column(
        name, Number, sa.ForeignKey(of), primary_key=True, autoincrement=False, index=index or None
    )


_THERE = "failure IS NULL AND missing_since IS NULL"
"""Of readings: the page is there, and something could be made of it."""

_OVERLAID = "told IS NOT NULL OR withdrawn = 1 OR hidden != ''"
"""Of entries: readers are not shown what its pages tell; ``OVERLAID`` says the same."""


readings = sa.Table(
    "readings",
    metadata,
    sa.Column("number", Number, primary_key=True),
    sa.Column("path", Words, nullable=False, unique=True),
    sa.Column("signature", Words, nullable=False),
    sa.Column("modified", Moment, nullable=False),
    sa.Column("sha256", Words),
    sa.Column("reader_version", Number),
    sa.Column("captured", Words, nullable=False, server_default=""),
    sa.Column("failure", Words),
    sa.Column("decided", sa.Boolean, nullable=False),
    sa.Column("told", sa.Boolean, nullable=False),
    sa.Column("missing_since", Moment),
    sa.Column("outside", Words, nullable=False, server_default=""),
    sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("doubts", Words),
    sa.Column("returned", Moment),
    sa.Column("unaddressed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("guided", Words, nullable=False, server_default=""),
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

clues = sa.Table(
    "clues",
    metadata,
    sa.Column("clue", Number, primary_key=True, autoincrement=False),
    _key("page", "readings.number", index=True),
    sqlite_with_rowid=False,
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("sequence", Number, primary_key=True, autoincrement=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("hash", Words, nullable=False, unique=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("title", Words, nullable=False),
    sa.Column("entered", Moment, nullable=False),
    sa.Column("updated", Moment, nullable=False),
    sa.Column("stated", Words),
    sa.Column("published", Moment),
    sa.Column("captured", Moment),
    sa.Column("ordered", Moment, nullable=False),
    sa.Column("rank", Number, nullable=False),
    sa.Column("authors", Words, nullable=False),
    sa.Column("url", Words),
    sa.Column("language", Words),
    sa.Column("categories", Words, nullable=False),
    sa.Column("image", Words),
    sa.Column("revision", Number, nullable=False),
    sa.Column("guid", Words, nullable=False, server_default=""),
    sa.Column("standing", Words, nullable=False, server_default="live"),
    sa.Column("title_key", Words, nullable=False, server_default=""),
    sa.Column("content_hash", Words, nullable=False, server_default=""),
    sa.Column("hidden", Words, nullable=False, server_default=""),
    sa.Column("notice", Words, nullable=False, server_default=""),
    sa.Column("trace", Words, nullable=False, server_default="[]"),
    sa.Column("objection", Words, nullable=False, server_default=""),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("keeper", Words),
    sa.Column("gone", Moment),
    sa.Column("enclosures", Words, nullable=False, server_default="[]"),
    sa.Column("author_urls", Words, nullable=False, server_default="{}"),
    sa.Column("translations", Words, nullable=False, server_default="{}"),
    sa.Column("tags", Words, nullable=False, server_default="[]"),
    sa.Column("evidence", Packed),
    sa.Column("told", Packed),
    sa.Column("access", Words, nullable=False, server_default="free"),
    sa.Column("texts", Packed),
    sa.Column("paid", Words, nullable=False, server_default=""),
    sa.Column("rights", Words, nullable=False, server_default=""),
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
    _some("entries_overlaid", _OVERLAID, "sequence"),
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

OVERLAID = sa.or_(
    entries.c.told.is_not(None), entries.c.withdrawn == sa.true(), entries.c.hidden != EMPTY
)
"""Of entries: readers are not shown what its pages tell."""

LONG = {"title", "doubts", "failure", "objection"}
"""Columns that stand in an index only so that no row is fetched, and may be longer than another
engine's index takes."""

LOOKED_UP = {"url", "guid"}
"""Columns by which entries are looked up, and never put in order, that may be as long."""

aliases = sa.Table(
    "aliases",
    metadata,
    sa.Column("kind", Words, primary_key=True),
    sa.Column("value", Words, primary_key=True),
    sa.Column("entry", Number, sa.ForeignKey("entries.sequence"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

held = sa.Table(
    "held",
    metadata,
    sa.Column("path", Words, sa.ForeignKey("readings.path"), primary_key=True),
    sa.Column("line", Number, primary_key=True),
    sa.Column("title", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("remedy", Words, nullable=False),
    sa.Column("until", Moment),
    sa.Column("since", Moment, nullable=False),
    sa.Column("code", Words, nullable=False, server_default=""),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=False),
    sa.Column("committed", Moment, nullable=False),
    sa.Column("entered", Number, nullable=False),
    sa.Column("corrected", Number, nullable=False),
    sa.Column("documents", Number, nullable=False),
    sa.Column("site", Words, nullable=False),
    sa.Column("render_key", Words, nullable=False),
    sa.Column("accepted", Words, nullable=False, server_default=""),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    sa.Column("format", Words, primary_key=True),
    sa.Column("content_type", Words, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("etag", Words, nullable=False),
    sa.Column("last_modified", Moment, nullable=False),
    sa.Column("revision", Number, sa.ForeignKey("revisions.number"), nullable=False),
    sa.Column("gzip", sa.LargeBinary),
    sa.Column("brotli", sa.LargeBinary),
)

archived = sa.Table(
    "archived",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    _key("entry", "entries.sequence"),
    sa.Column("number", Number, nullable=False),
    sa.Index("archived_in_order", "feed", "number"),
    sa.Index("archived_entry", "entry"),
    sqlite_with_rowid=False,
)

archives = sa.Table(
    "archives",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    sa.Column("number", Number, primary_key=True, autoincrement=False),
    sa.Column("format", Words, primary_key=True),
    sa.Column("content_type", Words, nullable=False),
    sa.Column("etag", Words, nullable=False),
    sa.Column("last_modified", Moment, nullable=False),
    sa.Column("revision", Number, sa.ForeignKey("revisions.number"), nullable=False),
)

archive_bodies = sa.Table(
    "archive_bodies",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    sa.Column("number", Number, primary_key=True, autoincrement=False),
    sa.Column("bodies", sa.LargeBinary, nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("hub", Words, primary_key=True),
    sa.Column("topic", Words, primary_key=True),
    sa.Column("revision", Number, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("due", Moment, nullable=False),
    sa.Column("attempts", Number, nullable=False, server_default="0"),
    sa.Column("failure", Words, nullable=False, server_default=""),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    sa.Column("position", Number, primary_key=True, autoincrement=False),
    sa.Column("entry", Words, sa.ForeignKey("entries.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

carried = sa.Table(
    "carried",
    metadata,
    sa.Column("feed", Words, primary_key=True),
    _key("entry", "entries.sequence", index=True),
    sa.Column("removed", Moment),
    sa.Column("returned", Moment),
    _some("carried_removed", "removed IS NOT NULL", "feed", "removed", "entry"),
    sqlite_with_rowid=False,
)

paid = sa.Table(
    "paid",
    metadata,
    _key("entry", "entries.sequence"),
    sa.Column("text", Packed, nullable=False),
)

keys = sa.Table(
    "keys",
    metadata,
    sa.Column("name", Words, primary_key=True),
    sa.Column("feed", Words, nullable=False),
    sa.Column("hash", Words, nullable=False, unique=True),
    sa.Column("made", Moment, nullable=False),
    sa.Column("revoked", Moment),
)

listed = sa.Table(
    "listed",
    metadata,
    _key("page", "readings.number"),
    sa.Column("position", Number, primary_key=True, autoincrement=False),
    sa.Column("entry", Number, sa.ForeignKey("entries.sequence"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("sequence", Number, primary_key=True, autoincrement=True),
    sa.Column("key", Words, nullable=False, unique=True),
    sa.Column("decision", Words, nullable=False),
    sa.Column("decided", Moment, nullable=False),
    sa.Column("entry", Words, sa.ForeignKey("entries.id"), index=True),
    sa.Column("duplicate", Words, sa.ForeignKey("entries.id"), index=True),
    sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("found", Words, nullable=False, server_default=""),
)

history = sa.Table(
    "history",
    metadata,
    sa.Column("sequence", Number, primary_key=True, autoincrement=True),
    sa.Column("entry", Number, sa.ForeignKey("entries.sequence"), nullable=False, index=True),
    sa.Column("revision", Number, nullable=False, index=True),
    sa.Column("moment", Moment, nullable=False),
    sa.Column("what", Words, nullable=False),
    sa.Column("change", Words, nullable=False, server_default=""),
)

audience = sa.Table(
    "audience",
    metadata,
    sa.Column("day", Words, primary_key=True),
    sa.Column("feed", Words, primary_key=True),
    sa.Column("client", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False),
    sa.Column("subscribers", Number, nullable=False),
    sa.Column("polls", Number, nullable=False),
    sa.Column("unchanged", Number, nullable=False),
    sa.Column("size", Number, nullable=False),
    sa.Column("saved", Number, nullable=False),
)

audience_parts = sa.Table(
    "audience_parts",
    metadata,
    sa.Column("sequence", Number, primary_key=True, autoincrement=True),
    sa.Column("day", Words, nullable=False, index=True),
    sa.Column("recorded", Moment, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("marks", sa.LargeBinary, nullable=False),
    sa.Column("groups", sa.LargeBinary, nullable=False),
)

targets = sa.Table(
    "targets",
    metadata,
    sa.Column("name", Words, primary_key=True),
    sa.Column("followed", sa.Boolean, nullable=False),
    sa.Column("epoch", Number, nullable=False, server_default="0"),
    sa.Column("revision", Number, nullable=False, server_default="0"),
    sa.Column("key", Words, nullable=False, server_default=""),
    sa.Column("seal", Words, nullable=False, server_default=""),
    sa.Column("since", Moment),
    sa.Column("due", Moment),
    sa.Column("failure", Words, nullable=False, server_default=""),
    sa.Column("attempts", Number, nullable=False, server_default="0"),
    sa.Column("claim", Words, nullable=False, server_default=""),
    sa.Column("claimed_until", Moment),
)

exported = sa.Table(
    "exported",
    metadata,
    sa.Column("target", Words, sa.ForeignKey("targets.name"), primary_key=True),
    sa.Column("address", Words, primary_key=True),
    sa.Column("kind", Words, nullable=False, server_default=""),
    sa.Column("version", Words, nullable=False, server_default=""),
    sa.Column("digest", Words, nullable=False, server_default=""),
    sa.Column("tag", Words, nullable=False, server_default=""),
    sa.Column("modified", Moment),
    sa.Column("stage", Number),
    _some("exported_stale", "stage IS NOT NULL", "target", "stage", "address"),
    sqlite_with_rowid=False,
)
