"""A ledger's file in whatever form it comes: the next publish makes it usable, or says why not."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.ledger import connect
from feeds.ledger.sqlite.faults import fault
from feeds.model.errors import LedgerBusyError, LedgerError
from tests.newsrooms import NOW, TestNewsroom, feeds
from tests.web.asking import of_app, website

LATER = NOW + timedelta(hours=2)
CRANE = "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n"


def in_mode(mode: str) -> Callable[[Path], None]:
    def change(database: Path) -> None:
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute(f"PRAGMA journal_mode={mode}").fetchone() == (mode,)
            connection.execute("UPDATE settings SET value = value")
            connection.commit()

    change.__name__ = f"in mode {mode}"
    return change


def with_its_log(database: Path) -> None:
    """As it lies there while a program that has it open is killed."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE settings SET value = value")
        connection.commit()
        kept = {name: Path(f"{database}{name}").read_bytes() for name in ("", "-wal", "-shm")}
    for name, data in kept.items():
        Path(f"{database}{name}").write_bytes(data)


def with_its_log_alone(database: Path) -> None:
    """Copied with its log, and without the index that SQLite makes again."""
    with_its_log(database)
    Path(f"{database}-shm").unlink()


def with_a_hot_journal(database: Path) -> None:
    """Killed while something was half written, which its journal takes back."""
    in_mode("delete")(database)
    other = database.with_name("used.db")
    shutil.copy(database, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        connection.execute("UPDATE entries SET notice = notice || ?", ("x" * 9000,))
        connection.execute("UPDATE documents SET body = zeroblob(99999)")
        for suffix in ("", "-journal"):
            shutil.copy(f"{other}{suffix}", f"{database}{suffix}")
    assert Path(f"{database}-journal").stat().st_size
    other.unlink()


def from_a_dump(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        text = "\n".join(connection.iterdump())
    for path in database.parent.glob("feeds.db*"):
        if not path.name.endswith(".lock"):
            path.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(text)


def of_other_pages(database: Path) -> None:
    in_mode("delete")(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA page_size=512")
        connection.execute("VACUUM")


def behind_a_link(database: Path) -> None:
    real = database.parent.parent / "real.db"
    in_mode("delete")(database)
    database.rename(real)
    database.symlink_to(real)


FORMS = [
    *map(in_mode, ("delete", "truncate", "persist", "wal")),
    with_its_log,
    with_its_log_alone,
    with_a_hot_journal,
    from_a_dump,
    of_other_pages,
    behind_a_link,
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_ledger_is_published_into_whatever_form_its_file_has(
    published: TestNewsroom, form: Callable[[Path], None]
) -> None:
    """Also to a worker that served what was there, and has let go of it since."""
    app = website(published)
    ask = of_app(app)
    assert ask("/feeds/latest.rss").status == 200
    before = published.rows("SELECT id, texts FROM entries ORDER BY id")
    app.extensions["feeds"].shelf._watch.close()  # as it does soon by itself, if nobody asks
    form(published.database)
    published.page("crane.txt", CRANE)
    assert published.publish(LATER).revision == 2
    assert published.rows("PRAGMA journal_mode") == [("wal",)]
    assert published.rows("PRAGMA integrity_check") == [("ok",)]
    found = published.rows("SELECT id, texts FROM entries WHERE revision = 1 ORDER BY id")
    assert found == before
    assert b"Crane falls" in ask("/feeds/latest.rss").body
    assert feeds(published, "check").returncode == 0


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_other_commands_read_a_ledger_whatever_form_its_file_has(
    published: TestNewsroom, form: Callable[[Path], None]
) -> None:
    form(published.database)
    for command in (("status",), ("log",), ("backup", published.root.parent / "copy.db")):
        done = feeds(published, *command)
        assert (command, done.returncode) == (command, 0), done.stderr
    retracted = feeds(published, "retract", "--yes", "Bell hangs", now=LATER)
    assert retracted.returncode == 0, retracted.stderr


def test_a_copied_ledger_is_published_into_while_a_worker_has_it_open(
    published: TestNewsroom,
) -> None:
    in_mode("delete")(published.database)
    uri = f"file:{published.database}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as reading:
        assert reading.execute("SELECT count(*) FROM revisions").fetchone() == (1,)
        published.page("crane.txt", CRANE)
        assert published.publish(LATER).revision == 2
        assert reading.execute("SELECT count(*) FROM revisions").fetchone() == (2,)


def test_who_keeps_a_copied_ledger_from_being_put_in_order_is_told_apart_from_a_writer(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = connect.Ledger.__init__.__kwdefaults__
    assert defaults
    monkeypatch.setitem(defaults, "patience", 0.05)
    in_mode("delete")(published.database)
    published.page("crane.txt", CRANE)
    with closing(sqlite3.connect(published.database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM entries").fetchone()
        with pytest.raises(LedgerBusyError, match="another program keeps the ledger open") as told:
            published.publish(LATER)
        assert "writing" not in str(told.value)
        other.execute("COMMIT")
        assert published.publish(LATER).revision == 2


def test_a_file_system_without_a_log_of_writes_is_said_to_be_one(
    published: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def without(file: str, **options: Any) -> Any:
        return real(f"{file}&vfs=unix-none" if "mode=rw" in file else file, **options)

    in_mode("delete")(published.database)
    published.page("crane.txt", CRANE)
    monkeypatch.setattr(sqlite3, "connect", without)
    with pytest.raises(LedgerError, match="can't have SQLite's write-ahead log") as told:
        published.publish(LATER)
    assert "keep the ledger on a local disk" in told.value.problem.remedy
    assert not isinstance(told.value, LedgerBusyError)


def test_only_a_damaged_ledger_is_to_be_gone_back_from() -> None:
    """By SQLite's codes, whatever its sentences say."""

    def remedy(code: int) -> str:
        error = sqlite3.OperationalError("locked, full, busy, unable to open, readonly")
        error.sqlite_errorcode = code
        return str(fault(Path(os.devnull), error))

    damaged = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT_INDEX}
    for code in damaged:
        assert "restore-ledger" in remedy(code)
    for code in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_SHMMAP,
        sqlite3.SQLITE_BUSY_SNAPSHOT,
        sqlite3.SQLITE_READONLY_DBMOVED,
        sqlite3.SQLITE_READONLY_ROLLBACK,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_NOMEM,
    ):
        assert "restore-ledger" not in remedy(code)
        assert ("another program is writing" in remedy(code)) == (
            code == sqlite3.SQLITE_BUSY_SNAPSHOT
        )
