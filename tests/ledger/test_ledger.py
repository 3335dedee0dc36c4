"""The ledger: opened with care, migrated after a copy, never half written."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from feeds.ledger import connect, migrate, schema
from feeds.ledger.sqlite import backup
from feeds.model.errors import DiskFullError, LedgerBusyError, LedgerError
from feeds.model.versions import SCHEMA_VERSION
from tests.newsrooms import NOW, TestNewsroom, publish_bell

NEXT = f"{int(SCHEMA_VERSION) + 1:04}"


def execute(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


def test_the_newest_migration_is_the_version_that_the_program_needs() -> None:
    names = sorted(path.name for path in migrate._FOLDER.glob("versions/[0-9]*.py"))
    assert names[-1].startswith(f"{SCHEMA_VERSION}_")


def test_the_ledger_is_in_wal_mode(published: TestNewsroom) -> None:
    assert published.rows("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.engines
def test_a_ledger_newer_than_the_program_is_refused_unchanged(published: TestNewsroom) -> None:
    published.change("UPDATE alembic_version SET version_num = '9999'")
    before = published.dump()
    published.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    with pytest.raises(LedgerError, match="schema 9999, newer than this program knows") as told:
        published.publish(NOW.replace(hour=12))
    is_file = isinstance(published.database, Path)
    assert ("feeds restore-ledger" if is_file else "pg_restore") in str(told.value)
    assert published.dump() == before


def next_migration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *steps: str) -> None:
    """Makes the program know a version NEXT, whose upgrade takes ``steps``."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate._FOLDER, folder)
    (folder / "versions" / f"{NEXT}_made_up.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "{NEXT}"\ndown_revision = "{SCHEMA_VERSION}"\n'
        "def upgrade():\n" + "".join(f"    {step}\n" for step in steps),
        encoding="utf-8",
    )
    monkeypatch.setattr(migrate, "_FOLDER", folder)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(connect, "SCHEMA_VERSION", NEXT)


def test_an_older_ledger_is_copied_before_it_is_migrated(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A further migration, made up here, adds a table to a ledger with entries in it."""
    next_migration(
        monkeypatch,
        tmp_path,
        'op.create_table("made_up", sa.Column("x", sa.Integer, primary_key=True))',
    )
    with pytest.raises(LedgerError, match=f"at schema {SCHEMA_VERSION}, this program reads {NEXT}"):
        connect.open_to_read(published.database)
    connect.open_to_write(published.database)
    assert published.rows("SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert published.rows("SELECT count(*) FROM made_up") == [(0,)]
    assert published.rows("SELECT count(*) FROM entries") == [(4,)]
    copy = published.database.with_name(f"feeds.db.before-{NEXT}")
    with closing(sqlite3.connect(copy)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (4,)
    assert "made_up" not in tables


@pytest.mark.engines
def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_migration(
        monkeypatch, tmp_path, 'op.drop_table("aliases")', 'op.execute("SELECT x FROM nowhere")'
    )
    before = published.dump()
    with pytest.raises(LedgerError, match="nowhere"):
        connect.open_to_write(published.database)
    assert published.dump() == before


@pytest.mark.engines
def test_a_migration_leaves_all_that_was_published(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_migration(monkeypatch, tmp_path, 'op.add_column("entries", sa.Column("mood", sa.Text()))')
    before = published.rows("SELECT id, title FROM entries ORDER BY id")
    connect.open_to_write(published.database)
    assert published.rows("SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert published.rows("SELECT count(mood) FROM entries") == [(0,)]
    assert published.rows("SELECT id, title FROM entries ORDER BY id") == before


def test_a_database_of_another_program_is_left_alone(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.mkdir()
    newsroom.change("CREATE TABLE theirs (x)")
    with pytest.raises(LedgerError, match="no ledger of newsroom-feeds"):
        newsroom.publish()
    assert newsroom.rows("SELECT name FROM sqlite_master") == [("theirs",)]


def test_a_file_that_is_no_database_is_left_alone(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.mkdir()
    newsroom.database.write_text("a letter to the editor, long enough to be no database header")
    with pytest.raises(LedgerError, match="not a database"):
        newsroom.publish()
    assert newsroom.database.read_text().startswith("a letter")


def test_a_ledger_that_another_program_writes_to_is_waited_for_and_then_left(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = connect.Ledger.__init__.__kwdefaults__
    assert defaults
    assert defaults["patience"] > 1
    monkeypatch.setitem(defaults, "patience", 0.05)
    published.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    with closing(sqlite3.connect(published.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusyError, match="another program is writing"):
            published.publish(NOW.replace(hour=12))
        other.execute("ROLLBACK")
    assert published.publish(NOW.replace(hour=13)).entered == 1


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_too_little_free_space_is_refused_before_anything_is_written(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bell.txt")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 1))
    with pytest.raises(DiskFullError, match=r"1 bytes are free, .* make room on this disk"):
        newsroom.publish()
    assert not newsroom.database.exists()


def test_new_pages_are_refused_before_they_are_written_if_space_is_short(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published.dump()
    published.page("more.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 1))
    with pytest.raises(DiskFullError, match="make room on this disk"):
        published.publish(NOW.replace(hour=12))
    assert published.dump() == before
    monkeypatch.undo()
    assert published.publish(NOW.replace(hour=12)).entered == 1


def test_an_unwritable_folder_for_the_ledger_is_named(newsroom: TestNewsroom) -> None:
    newsroom.database.parent.write_text("a file in the folder's place")
    with pytest.raises(LedgerError, match="can't make the ledger's folder"):
        newsroom.publish()


@pytest.mark.engines
def test_an_exception_in_a_write_leaves_no_trace(published: TestNewsroom) -> None:
    ledger = connect.open_to_write(published.database)
    before = published.dump()
    with pytest.raises(RuntimeError), ledger.write() as connection:  # noqa: PT012 - the write is the point
        connection.execute(sa.delete(schema.documents))
        raise RuntimeError("stopped half-way")
    assert published.dump() == before


def test_a_backup_is_a_whole_ledger_even_while_it_is_written_to(
    published: TestNewsroom, tmp_path: Path
) -> None:
    ledger = connect.open_to_write(published.database)
    target = tmp_path / "copy.db"
    with ledger.write() as connection:
        connection.execute(sa.delete(schema.documents))
        worker = threading.Thread(target=backup.copy, args=(published.database, target))
        worker.start()
        worker.join()
    with closing(sqlite3.connect(target)) as copied:
        assert copied.execute("SELECT count(*) FROM documents").fetchone() == (3,)
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_can_be_restored_by_copying_it_back(
    newsroom: TestNewsroom, tmp_path: Path
) -> None:
    publish_bell(newsroom)
    backup.copy(newsroom.database, tmp_path / "copy.db")
    before = newsroom.dump()
    newsroom.database.unlink()
    shutil.copy(tmp_path / "copy.db", newsroom.database)
    assert newsroom.publish(NOW.replace(hour=12)).revision is None
    assert newsroom.dump() == before


def test_a_ledger_that_is_damaged_takes_no_good_backup_s_place(
    published: TestNewsroom, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    backup.copy(published.database, target)
    good = target.read_bytes()
    with closing(sqlite3.connect(published.database)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    with pytest.raises(LedgerError, match=r"the ledger is damaged: .* never used"):
        backup.copy(published.database, target)
    assert target.read_bytes() == good
    assert list(tmp_path.glob("*.partial")) == []


def test_a_backup_replaces_an_earlier_one_and_nothing_else(
    published: TestNewsroom, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    backup.copy(published.database, target)
    backup.copy(published.database, target)
    letter = tmp_path / "letter.txt"
    letter.write_text("dear editor")
    with pytest.raises(LedgerError, match="something else of this name"):
        backup.copy(published.database, letter)
    with pytest.raises(LedgerError, match="the ledger itself"):
        backup.copy(published.database, published.database)
    with pytest.raises(LedgerError, match="can't write the copy"):
        backup.copy(published.database, tmp_path / "nowhere" / "copy.db")
    other = tmp_path / "other.db"
    execute(other, "CREATE TABLE contacts (name)")
    with pytest.raises(LedgerError, match="something else of this name"):
        backup.copy(published.database, other)
    with pytest.raises(LedgerError, match="no ledger of newsroom-feeds"):
        backup.copy(other, tmp_path / "third.db")
    assert letter.read_text() == "dear editor"
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []
