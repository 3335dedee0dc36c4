"""Schema versions: what a ledger is at, and bringing it to what this program needs.

Rules
- The version is read without Alembic, which costs more than a run with nothing to do.
- Before a ledger with something in it is migrated, it is copied beside itself.
- Migrations run in one transaction: a ledger is at one version or the other.
- A new ledger is made from ``schema`` at once: the same tables as all migrations make of an
  older one, and without Alembic.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from feeds.ledger import faults, schema
from feeds.ledger.engines import dialect
from feeds.model.versions import SCHEMA_VERSION

_FOLDER = Path(__file__).parent / "migrations"
FOREIGN = "another program's"
COPYING = faults.COPYING
"""The version of a ledger that is being copied, as the table that says so."""


def version(connection: sa.Connection) -> str:
    """The schema version of the ledger behind ``connection``.

    Empty for a new one, FOREIGN for a database that is no ledger, COPYING for one to be.
    """
    names = dialect(connection).table_names(connection)
    if faults.is_foreign(names):
        return FOREIGN
    if faults.VERSION_TABLE in names:
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or ""
    return COPYING if names else ""


def is_older(found: str) -> bool:
    """Whether a ledger at version ``found`` is from before the first that can be migrated."""
    return "" < found < min(_known())


def is_newer(found: str) -> bool:
    """Whether a ledger at version ``found`` was written by a newer program than this."""
    return found > max(_known())


def _known() -> set[str]:
    return {path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py")}


def upgrade(connection: sa.Connection) -> None:
    """Brings the ledger behind ``connection`` to SCHEMA_VERSION, in its transaction."""
    if not version(connection):
        make_tables(connection)
        stamp(connection)
        return
    from alembic import command  # late: seldom needed, and slow to import
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, SCHEMA_VERSION)


def make_tables(connection: sa.Connection) -> None:
    """Makes the tables of a ledger, which has no version yet."""
    for table in schema.metadata.sorted_tables:
        connection.execute(sa.schema.CreateTable(table))
        for index in sorted({*table.indexes}, key=lambda index: str(index.name)):
            connection.execute(sa.schema.CreateIndex(dialect(connection).index(index)))


def stamp(connection: sa.Connection) -> None:
    """Says that the tables are those of SCHEMA_VERSION: now it is a ledger."""
    # as Alembic makes it, which finds it here when the next migration comes
    connection.execute(
        sa.text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(
        sa.text("INSERT INTO alembic_version VALUES (:version)"), {"version": SCHEMA_VERSION}
    )
