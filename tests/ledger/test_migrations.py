"""Ledgers of every schema since the first are brought up to date, with what is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.ledger import connect, lock
from feeds.model.errors import LedgerError
from feeds.model.versions import SCHEMA_VERSION
from tests.newsrooms import NOW, TestNewsroom

FIRST = Path(__file__).with_name("0005.sql")
"""A ledger of the first schema, as it was made then, but for its documents."""
LATER = NOW + timedelta(hours=2)
KEPT = "SELECT id, kind, title, authors, entered, updated, stated, published, ordered FROM entries"


def load(ledger: Path) -> None:
    """Makes the ledger of the first schema."""
    ledger.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(FIRST.read_text(encoding="utf-8"))


def made_of(ledger: Path) -> dict[str, str]:
    """The SQL of every table and index in ``ledger``, but for its blanks."""
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return {name: "".join((sql or "").split()) for name, sql in rows} | {"version": str(version)}


@pytest.fixture
def first(newsroom: TestNewsroom) -> TestNewsroom:
    """The newsroom whose ledger is of the first schema."""
    newsroom.page("bell.txt")
    newsroom.page("late.txt", "T\nA text.\nNora Lind\nLatest newsHead of a list\n20.Jan.2026\n")
    load(newsroom.database)
    ((article,),) = newsroom.rows("SELECT id FROM entries WHERE authors LIKE '%Holm%'")
    (newsroom.root / "decisions.toml").write_text(
        f'[[decision]]\naction = "correct"\nentry = "{article}"\nauthors = ["Ida Holm"]\n'
        'when = 2026-01-14T10:00:00Z\nwho = "Ida"\n'
    )
    return newsroom


def test_a_new_ledger_is_what_migrations_make_of_the_first(tmp_path: Path) -> None:
    load(tmp_path / "first.db")
    connect.open_to_write(tmp_path / "first.db")
    connect.open_to_write(tmp_path / "new.db")
    assert made_of(tmp_path / "new.db") == made_of(tmp_path / "first.db")


def test_a_ledger_of_the_first_schema_keeps_all_that_is_in_it(first: TestNewsroom) -> None:
    entries = first.rows(KEPT)
    outcome = first.publish(LATER)
    assert (outcome.entered, outcome.corrected, outcome.problems) == (0, 0, [])
    assert first.rows("SELECT version_num FROM alembic_version") == [(SCHEMA_VERSION,)]
    assert first.rows(KEPT) == entries
    assert first.rows("SELECT until FROM held") == [("2026-01-19 20:00:00.000000",)]
    assert first.publish(LATER).revision is None
    assert first.publish(datetime(2026, 1, 20, 9, tzinfo=UTC)).entered == 1


def test_stories_of_the_first_schema_are_known_by_their_words(first: TestNewsroom) -> None:
    title = "Budget of the harbour office is passed"
    first.page("budget.txt", f"{title}\n\nIt was passed on Monday, and all were there.\n")
    outcome = first.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)


@pytest.mark.parametrize("version", ["0001", "0004"])
def test_a_ledger_from_before_the_first_schema_is_refused_unchanged(
    first: TestNewsroom, version: str
) -> None:
    with closing(sqlite3.connect(first.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
    before = first.dump()
    for look in (first.publish, lambda: connect.open_to_read(first.database)):
        with pytest.raises(LedgerError, match=f"at schema {version}, from before the first") as it:
            look()
        assert "move it away" in it.value.problem.remedy
    assert first.dump() == before
    first.database.unlink()
    lock.path_for(first.database).unlink()
    assert first.publish(LATER).entered == 5
