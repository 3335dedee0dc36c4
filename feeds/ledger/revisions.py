"""Revisions, their documents, and the ledger's own settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger.schema import DamagedError, documents, revisions, settings
from feeds.model import Document, Format, Stored
from feeds.newsroom.site import Section, Site
from feeds.syndication import sections

_SECTIONS = "sections"


class Revision(NamedTuple):
    """One committed ``publish`` that changed something. Counts are of entries.

    ``site`` has the sections that are known by now, which are stored once for all revisions.
    ``accepted`` are the names of the gate's objections that somebody overrode.
    """

    number: int
    committed: datetime
    entered: int
    corrected: int
    documents: int
    site: Site
    render_key: str
    accepted: str = ""


class KnownSections(msgspec.Struct, frozen=True):
    """The sections that were ever made, by name; ``skipped`` are names and values of others.

    Why there are no feeds for those was told.
    """

    made: tuple[Section, ...] = ()
    skipped: tuple[str, ...] = ()


def known_sections(connection: sa.Connection) -> KnownSections:
    """What is known of sections."""
    text = setting(connection, _SECTIONS)
    return msgspec.json.decode(text, type=KnownSections) if text else KnownSections()


def set_known_sections(connection: sa.Connection, known: KnownSections) -> None:
    """Remembers what is known of sections."""
    set_setting(connection, _SECTIONS, msgspec.json.encode(known).decode())


def latest(connection: sa.Connection, count: int = 1) -> list[Revision]:
    """The newest ``count`` revisions, newest first."""
    rows = connection.execute(sa.select(revisions).order_by(revisions.c.number.desc()).limit(count))
    known = known_sections(connection).made
    return [
        Revision(
            row.number,
            row.committed,
            row.entered,
            row.corrected,
            row.documents,
            sections.widened(msgspec.json.decode(row.site, type=Site), known),
            row.render_key,
            row.accepted,
        )
        for row in rows
    ]


def add(connection: sa.Connection, revision: Revision) -> None:
    """Records a revision."""
    site = msgspec.json.encode(sections.configured(revision.site)).decode()
    connection.execute(sa.insert(revisions).values(**{**revision._asdict(), "site": site}))


def moments(connection: sa.Connection, count: int) -> list[datetime]:
    """When the newest ``count`` revisions that brought entries were committed, newest first."""
    query = sa.select(revisions.c.committed).where(revisions.c.entered > 0)
    return list(connection.scalars(query.order_by(revisions.c.number.desc()).limit(count)))


def stored(connection: sa.Connection) -> dict[tuple[str, str], tuple[str, datetime]]:
    """ETag and Last-Modified of each published document, by feed and format."""
    columns = documents.c
    rows = connection.execute(
        sa.select(columns.feed, columns.format, columns.etag, columns.last_modified)
    )
    return {(row.feed, row.format): (row.etag, row.last_modified) for row in rows}


def document(connection: sa.Connection, feed: str, name: Format) -> Stored | None:
    """The published document of ``feed`` in format ``name``; None if there is none."""
    row = connection.execute(
        sa.select(documents).where(documents.c.feed == feed, documents.c.format == name)
    ).first()
    if row is None:
        return None
    made = Document(row.feed, row.format, row.content_type, row.body, row.etag)
    found = Stored(made, row.last_modified, row.revision, row.gzip or b"", row.brotli or b"")
    if not all(isinstance(body, bytes) for body in (made.body, found.gzip, found.brotli)):
        raise DamagedError(f"{feed}.{name} is not made of bytes")
    return found


def documents_of(connection: sa.Connection, feeds: Iterable[str]) -> list[Document]:
    """The published documents of ``feeds``."""
    columns = documents.c
    query = sa.select(
        columns.feed, columns.format, columns.content_type, columns.body, columns.etag
    ).where(columns.feed.in_(list(feeds)))
    return [Document(*row) for row in connection.execute(query)]


def uncoded(connection: sa.Connection) -> list[Document]:
    """The documents that were published before this program made codings of them."""
    return [
        Document(row.feed, row.format, row.content_type, row.body, row.etag)
        for row in connection.execute(sa.select(documents).where(documents.c.gzip.is_(None)))
    ]


def put_document(connection: sa.Connection, made: Stored) -> None:
    """Stores a document whose bytes are new."""
    of = (documents.c.feed == made.document.feed) & (documents.c.format == made.document.format)
    connection.execute(sa.delete(documents).where(of))
    connection.execute(
        sa.insert(documents).values(
            **msgspec.structs.asdict(made.document),
            last_modified=made.last_modified,
            revision=made.revision,
            gzip=made.gzip,
            brotli=made.brotli,
        )
    )


def put_codings(connection: sa.Connection, made: Document, gzip: bytes, brotli: bytes) -> None:
    """Adds its codings to a document that is there."""
    of = (documents.c.feed == made.feed) & (documents.c.format == made.format)
    connection.execute(sa.update(documents).where(of).values(gzip=gzip, brotli=brotli))


def drop_documents(connection: sa.Connection, names: Iterable[tuple[str, str]]) -> None:
    """Removes the documents of feeds that are configured no longer."""
    for feed, name in names:
        connection.execute(
            sa.delete(documents).where(documents.c.feed == feed, documents.c.format == name)
        )


def setting(connection: sa.Connection, key: str) -> str | None:
    """One of the ledger's settings; None if it was never made."""
    return connection.scalar(sa.select(settings.c.value).where(settings.c.key == key))


def set_setting(connection: sa.Connection, key: str, value: str) -> None:
    """Makes a setting, or changes it."""
    connection.execute(sa.delete(settings).where(settings.c.key == key))
    connection.execute(sa.insert(settings).values(key=key, value=value))


def unset(connection: sa.Connection, key: str) -> None:
    """Takes a setting away."""
    connection.execute(sa.delete(settings).where(settings.c.key == key))
