"""Revisions: what each committed ``publish`` did, and the configuration that it left in force."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from feeds.ledger import rows, settings
from feeds.ledger.mark import Mark, Origin
from feeds.ledger.schema import revisions
from feeds.newsroom.site import Section, Site

_SECTIONS = "sections"
_EPOCH = "epoch"
_ID = "ledger"
_ORIGINS = "origins"
NONCE = "nonce"
"""The setting with the word that the newest revision has for itself, if it has one."""


class Revision(NamedTuple):
    """One committed ``publish`` that changed something. Counts are of entries.

    ``site`` has the feeds that somebody wrote down; sections are stored once for all revisions.
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


class Sections(msgspec.Struct, frozen=True):
    """The sections that were ever made, by name; ``skipped`` are names and values of others.

    Why there are no feeds for those was told.
    """

    made: tuple[Section, ...] = ()
    skipped: tuple[str, ...] = ()


def sections(connection: sa.Connection) -> Sections:
    """What is known of sections."""
    return settings.find_json(connection, _SECTIONS, Sections) or Sections()


def set_sections(connection: sa.Connection, known: Sections) -> None:
    """Remembers what is known of sections."""
    settings.put_json(connection, _SECTIONS, known)


def latest(connection: sa.Connection, count: int = 1) -> list[Revision]:
    """The newest ``count`` revisions, newest first."""
    found = connection.execute(
        sa.select(revisions).order_by(revisions.c.number.desc()).limit(count)
    )
    return [
        Revision(
            row.number,
            row.committed,
            row.entered,
            row.corrected,
            row.documents,
            msgspec.json.decode(row.site, type=Site),
            row.render_key,
            row.accepted,
        )
        for row in found
    ]


def epoch(connection: sa.Connection) -> int:
    """In which life of the ledger its revisions are: 1, and more after going back to a copy."""
    return int(settings.find(connection, _EPOCH) or 1)


def set_epoch(connection: sa.Connection, number: int) -> None:
    """Begins the epoch ``number``."""
    settings.put(connection, _EPOCH, str(number))


def ledger_id(connection: sa.Connection) -> str:
    """The ledger's own id, which no other has; empty if it was made before there were ids."""
    return settings.find(connection, _ID) or ""


def set_ledger_id(connection: sa.Connection, name: str) -> None:
    """Makes ``name`` the ledger's own id."""
    settings.put(connection, _ID, name)


def set_nonce(connection: sa.Connection, nonce: str) -> None:
    """Gives the newest revision the word ``nonce`` for itself, unless that is empty."""
    if nonce:
        settings.put(connection, NONCE, nonce)


def mark(connection: sa.Connection) -> Mark:
    """How far the ledger has come; revision 0 before the first. Any schema has what this reads."""
    newest = connection.scalar(sa.select(sa.func.max(revisions.c.number)))
    nonce = settings.find(connection, NONCE) or ""
    return Mark(ledger_id(connection), epoch(connection), newest or 0, nonce)


def origins(connection: sa.Connection) -> dict[int, Origin]:
    """Why epochs were begun, by the revision that began them."""
    return settings.find_json(connection, _ORIGINS, dict[int, Origin]) or {}


def add_origin(connection: sa.Connection, number: int, origin: Origin) -> None:
    """Says why the revision ``number`` begins an epoch."""
    settings.put_json(connection, _ORIGINS, origins(connection) | {number: origin})


def add(connection: sa.Connection, revision: Revision) -> None:
    """Records a revision."""
    values = {**revision._asdict(), "site": rows.json(revision.site)}
    connection.execute(sa.insert(revisions).values(**values))


def set_site(connection: sa.Connection, site: Site) -> None:
    """Has ``site`` as the configuration that the newest revision left in force.

    For what is in no document: what is published is the same before and after.
    """
    newest = sa.select(sa.func.max(revisions.c.number)).scalar_subquery()
    same = sa.update(revisions).where(revisions.c.number == newest)
    connection.execute(same.values(site=rows.json(site)))


def moments(connection: sa.Connection, count: int) -> list[datetime]:
    """When the newest ``count`` revisions that brought entries were committed, newest first."""
    query = sa.select(revisions.c.committed).where(revisions.c.entered > 0)
    return list(connection.scalars(query.order_by(revisions.c.number.desc()).limit(count)))
