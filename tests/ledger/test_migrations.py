"""Ledgers of every earlier schema, with data in them, are brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from feeds.ledger import connect, migrate
from feeds.model.versions import SCHEMA_VERSION
from tests.newsrooms import NOW, TestNewsroom, said

LATER = NOW + timedelta(hours=1)
EARLIER = [
    path.name.partition("_")[0]
    for path in sorted((migrate._FOLDER / "versions").glob("[0-9]*.py"))
    if path.name.partition("_")[0] != SCHEMA_VERSION
]
KEPT = "SELECT id, kind, title, entered, updated, stated, published, captured FROM entries"


def migrated(ledger: Path, version: str) -> None:
    """Makes a ledger of schema ``version`` by all migrations up to it, one after another."""
    engine = sa.create_engine(f"sqlite:///{ledger}")
    config = Config()
    config.set_main_option("script_location", str(migrate._FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()


def set_back(ledger: Path, version: str) -> None:
    """Makes the ledger one of schema ``version``, with all of its data that has a place there."""
    now = ledger.with_name("now.db")
    ledger.rename(now)
    migrated(ledger, version)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("ATTACH ? AS now", (str(now),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite%' AND name != 'alembic_version'"
        ).fetchall()
        for (table,) in tables:
            columns = ", ".join(
                name
                for _, name, *_ in connection.execute(f"PRAGMA main.table_info({table})")
                if name in {row[1] for row in connection.execute(f"PRAGMA now.table_info({table})")}
            )
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}"  # noqa: S608 - names of the schema
            )
        connection.execute("DELETE FROM settings WHERE key IN ('fingerprints', 'decisions')")
        if version == "0001":
            connection.execute("DELETE FROM settings WHERE key = 'outside'")
            connection.execute("UPDATE held SET until = date(until, '+1 day')")
        connection.execute("PRAGMA journal_mode=WAL")
    for suffix in ("-wal", "-shm"):
        now.with_name(ledger.name + suffix).unlink(missing_ok=True)


def made_of(ledger: Path) -> dict[str, str]:
    """The SQL of every table and index in ``ledger``, but for its blanks."""
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return {name: "".join((sql or "").split()) for name, sql in rows} | {"version": str(version)}


def test_a_new_ledger_is_what_all_migrations_make(tmp_path: Path) -> None:
    connect.open_to_write(tmp_path / "new.db")
    migrated(tmp_path / "migrated.db", "head")
    assert made_of(tmp_path / "new.db") == made_of(tmp_path / "migrated.db")


@pytest.mark.parametrize("version", EARLIER)
def test_a_ledger_of_an_earlier_schema_keeps_all_that_is_in_it(
    newsroom: TestNewsroom, version: str
) -> None:
    newsroom.page("bell.txt")
    newsroom.page("late.txt", "T\nA text.\nNora Lind\nLatest newsHead of a list\n20.Jan.2026\n")
    newsroom.publish()
    entries, documents = newsroom.rows(KEPT), newsroom.document().document.body
    set_back(newsroom.database, version)
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected, said(outcome.problems)) == (0, 0, [])
    assert newsroom.rows("SELECT version_num FROM alembic_version") == [(SCHEMA_VERSION,)]
    assert newsroom.rows("SELECT until FROM held") == [("2026-01-19 20:00:00.000000",)] or (
        newsroom.rows("SELECT until FROM held") == [("2026-01-19 10:00:00.000000",)]
    )
    assert newsroom.rows(KEPT) == entries
    assert newsroom.document().document.body == documents
    assert newsroom.database.with_name(f"feeds.db.before-{SCHEMA_VERSION}").is_file()
    assert newsroom.publish(LATER).revision is None
    assert newsroom.publish(datetime(2026, 1, 20, 9, tzinfo=UTC)).entered == 1


@pytest.mark.parametrize("version", EARLIER)
def test_headlines_of_an_earlier_schema_are_known_by_their_words(
    newsroom: TestNewsroom, version: str
) -> None:
    title = "Harbour opens a second quay for the ferries"
    newsroom.page("list.txt", f"T\nA text.\nNora Lind\nLatest news{title}\n12.Jan.2026\n")
    newsroom.publish()
    set_back(newsroom.database, version)
    newsroom.page("quay.txt", f"{title}\n\nIt was opened on Monday, and all were there.\n")
    outcome = newsroom.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)
