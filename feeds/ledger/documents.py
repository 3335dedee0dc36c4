"""Documents, as last published: one for each feed and format.

A body that is there in gzip is not stored beside it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import settings
from feeds.ledger.packing import DamagedError
from feeds.ledger.schema import archive_bodies, archives, documents
from feeds.model import Document, Format, Stored
from feeds.model.problem import Problem

_C = documents.c
_SECOND = timedelta(seconds=1)
_UNRENDERED = "unrendered"


class Validators(NamedTuple):
    """By what a client knows that it has these bytes already."""

    etag: str
    last_modified: datetime


def validators(connection: sa.Connection) -> dict[tuple[str, Format], Validators]:
    """The validators of each document, by feed and format."""
    query = sa.select(_C.feed, _C.format, _C.etag, _C.last_modified)
    return {
        (row.feed, row.format): Validators(row.etag, row.last_modified)
        for row in connection.execute(query)
    }


def unrendered(connection: sa.Connection) -> dict[str, Problem]:
    """Why documents are as they were before: by the first names of their feeds."""
    return settings.find_json(connection, _UNRENDERED, dict[str, Problem]) or {}


def set_unrendered(connection: sa.Connection, found: Mapping[str, Problem]) -> None:
    """Notes of which feeds that is so."""
    if found:
        settings.put_json(connection, _UNRENDERED, found)
    else:
        settings.drop(connection, _UNRENDERED)


def find(connection: sa.Connection, feed: str, form: Format) -> Stored | None:
    """The document of ``feed`` in the format ``form``; None if there is none."""
    row = connection.execute(sa.select(documents).where(*_is(feed, form))).first()
    if row is None:
        return None
    made = _document(row)
    found = Stored(made, row.last_modified, row.revision, row.gzip or b"", row.brotli or b"")
    if not isinstance(found.brotli, bytes):
        raise DamagedError(f"{feed}.{form} is not made of bytes")
    return found


def _document(row: sa.Row[*tuple[Any, ...]]) -> Document:
    if not isinstance(row.body, bytes) or not isinstance(row.gzip or b"", bytes):
        raise DamagedError(f"{row.feed}.{row.format} is not made of bytes")
    body = row.body
    if row.gzip and not body:
        try:
            body = gzip.decompress(row.gzip)
        except (OSError, EOFError, zlib.error) as error:
            raise DamagedError(f"{row.feed}.{row.format} can't be unpacked: {error}") from error
    return Document(row.feed, row.format, row.content_type, body, row.etag)


def of_feeds(connection: sa.Connection, feeds: Iterable[str]) -> list[Document]:
    """The documents of ``feeds``, uncompressed."""
    query = sa.select(_C.feed, _C.format, _C.content_type, _C.body, _C.gzip, _C.etag)
    found = connection.execute(query.where(_C.feed.in_(list(feeds))))
    return [_document(row) for row in found]


def put(connection: sa.Connection, made: Stored) -> None:
    """Stores a document whose bytes are new."""
    drop(connection, made.document.feed, made.document.format)
    connection.execute(
        sa.insert(documents).values(
            **msgspec.structs.asdict(made.document) | ({"body": b""} if made.gzip else {}),
            last_modified=made.last_modified,
            revision=made.revision,
            gzip=made.gzip,
            brotli=made.brotli,
        )
    )


def renew(connection: sa.Connection, moment: datetime) -> None:
    """Has every document, of archives too, be of ``moment``; what is no older, a second later."""
    for table in (documents, archives):
        column = table.c.last_modified
        later = sa.select(column).where(column >= moment).distinct().order_by(column.desc())
        for before in list(connection.scalars(later)):
            change = sa.update(table).where(column == before)
            connection.execute(change.values(last_modified=before + _SECOND))
        older = sa.update(table).where(column < moment)
        connection.execute(older.values(last_modified=moment))


def newest_moment(connection: sa.Connection) -> datetime | None:
    """When the last of all documents got its bytes; None if there are none."""
    queries = [sa.select(sa.func.max(table.c.last_modified)) for table in (documents, archives)]
    found = [connection.scalar(query) for query in queries]
    return max((moment for moment in found if moment), default=None)


def size(connection: sa.Connection) -> int:
    """The size of all documents, of archives too, as they are stored, in bytes."""
    columns = (_C.body, _C.gzip, _C.brotli, archive_bodies.c.bodies)
    sizes = [sa.select(sa.func.sum(sa.func.length(column))) for column in columns]
    return sum(connection.scalar(query) or 0 for query in sizes)


def drop(connection: sa.Connection, feed: str, form: Format) -> None:
    """Removes a document."""
    connection.execute(sa.delete(documents).where(*_is(feed, form)))


def _is(feed: str, form: Format) -> tuple[sa.ColumnElement[bool], ...]:
    return _C.feed == feed, _C.format == form
