"""Ledgers of every schema since the first are brought up to date, with what is in them."""

from __future__ import annotations

import gzip
import json
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.ledger import archives, connect, holds, outbox, readings
from feeds.ledger.packing import DamagedError
from feeds.ledger.sqlite.lock import path_for
from feeds.model.errors import LedgerError
from feeds.model.problem import Problem
from feeds.model.versions import SCHEMA_VERSION
from tests.newsrooms import NOW, TestNewsroom, feeds, said

FIRST = Path(__file__).with_name("0005.sql")
"""A ledger of the first schema, as it was made then, but for its documents."""
LATER = NOW + timedelta(hours=2)
HUB = "https://hub.test/"
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "SELECT aliases.kind, substr(value, 1, 26), entry FROM aliases ORDER BY 1, 2",
            "SELECT aliases.kind, value, id FROM aliases JOIN entries ON sequence = entry"
            " ORDER BY 1, 2",
        ),
        (
            "SELECT path, position, entry FROM listed ORDER BY 1, 2",
            "SELECT path, position, id FROM listed JOIN readings ON number = page"
            " JOIN entries ON sequence = entry ORDER BY 1, 2",
        ),
        (
            "SELECT feed, entry, number FROM archived ORDER BY 1, 2",
            "SELECT feed, id, number FROM archived JOIN entries ON sequence = entry ORDER BY 1, 2",
        ),
        (
            "SELECT sequence, entry, revision, moment, what FROM history ORDER BY 1",
            "SELECT history.sequence, id, history.revision, moment, what FROM history"
            " JOIN entries ON entries.sequence = entry ORDER BY 1",
        ),
        (
            "SELECT id, content, summary FROM entries ORDER BY 1",
            "SELECT id, json_extract(unpacked(texts), '$[0]'),"
            " json_extract(unpacked(texts), '$[1]') FROM entries ORDER BY 1",
        ),
        ("SELECT path, signature, sha256 FROM readings",) * 2,
        ("SELECT * FROM held", "SELECT path, line, title, why, remedy, until, since FROM held"),
    ],
)
def test_what_belongs_to_a_page_or_an_entry_of_the_first_schema_still_does(
    first: TestNewsroom, before: str, after: str
) -> None:
    found = first.rows(before)
    assert found
    connect.open_to_write(first.database)
    assert first.rows(after) == found


def test_archives_of_the_first_schema_are_there_but_for_what_can_t_be_unpacked(
    first: TestNewsroom,
) -> None:
    packed = gzip.compress(b"<rss/>", mtime=0)
    with closing(sqlite3.connect(first.database)) as connection, connection:
        connection.executemany(
            "INSERT INTO archives VALUES ('latest', 1, ?, 'text/xml', ?, 'tag', ?, 2)",
            [
                (form, data, "2026-01-14 10:30:00.000000")
                for form, data in (("rss", packed), ("atom", packed), ("json", packed[:9]))
            ],
        )
    connect.open_to_write(first.database)
    with connect.Ledger(first.database, read_only=True).read() as ledger:
        for form in ("rss", "atom"):
            kept = archives.document(ledger, "latest", 1, form)
            assert kept
            assert (kept.body, kept.etag, kept.revision) == (b"<rss/>", "tag", 2)
        assert set(archives.validators(ledger, "latest")) >= {(1, "json")}
        with pytest.raises(DamagedError):
            archives.document(ledger, "latest", 1, "json")


def test_a_large_ledger_is_brought_up_to_date_in_little_memory_and_none_of_it_is_empty(
    tmp_path: Path,
) -> None:
    ledger, texts = tmp_path / "first.db", 1500
    load(ledger)
    words = " ".join(map(str, range(4000)))
    with closing(sqlite3.connect(ledger)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(readings)")]
        others = ", ".join(name for name in columns if name not in {"path", "reading"})
        connection.execute(
            f"INSERT INTO readings (path, reading, {others})"  # noqa: S608 - names of its own
            " WITH RECURSIVE numbers(number) AS"
            " (SELECT 1 UNION SELECT number + 1 FROM numbers WHERE number < :texts)"
            f" SELECT number || '.txt', json_set(reading, '$.page', :words), {others}"
            " FROM numbers, readings WHERE readings.path = 'bell.txt'",
            {"texts": texts, "words": words},
        )
    tracemalloc.start()
    connect.open_to_write(ledger)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(words) * texts / 2
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        ((number,),) = connection.execute("SELECT count(*) FROM readings WHERE path LIKE '%0.txt'")
    assert number == texts // 10


def test_what_was_wrong_under_the_first_schema_is_told_as_before(first: TestNewsroom) -> None:
    """Once, with its place and its remedy, and with a code."""
    doubt = "'31.Feb.2026' is no day of the calendar; 'Pilot boat' is left out"
    reading = {"what": doubt, "line": 8, "remedy": "correct the date", "weight": "loss", "file": ""}
    with closing(sqlite3.connect(first.database)) as connection, connection:
        connection.execute(
            "INSERT INTO readings SELECT 'bad.txt', signature, modified, NULL, reader_version,"
            " captured, NULL, 'bad.txt:3: this is no text; save it again', decided, told,"
            " missing_since, outside, secret FROM readings LIMIT 1"
        )
        connection.execute(
            "UPDATE readings SET reading = json_set(reading, '$.findings', json_array(json(?)))"
            " WHERE path = 'bell.txt'",
            (json.dumps(reading),),
        )
        for key, value in (
            ("hubs given up", {HUB: f"site.toml:4: hubs: the hub {HUB} takes nothing; mend it"}),
            ("unsaid", [["a.txt: it is lost; look for it"], []]),
        ):
            connection.execute("INSERT INTO settings VALUES (?, ?)", (key, json.dumps(value)))
    connect.open_to_write(first.database)
    with connect.Ledger(first.database, read_only=True).read() as ledger:
        assert readings.failures(ledger) == {
            "bad.txt": Problem(
                "page-unreadable", "this is no text", 3, "save it again", "error", "bad.txt"
            )
        }
        (given_up,) = outbox.given_up(ledger).values()
        (story,) = holds.of_page(ledger, "late.txt")
        (doubtful,) = readings.of_page(ledger, "bell.txt").findings  # type: ignore[union-attr] # it is there
    assert (given_up.code, given_up.place, given_up.remedy) == (
        "hub-given-up", "site.toml:4", "mend it"
    )  # fmt: skip
    assert story.code == "future"
    assert (doubtful.code, doubtful.value) == ("list-impossible-date", "31.Feb.2026")
    assert said(first.publish(LATER).problems)[0] == "a.txt: it is lost; look for it"


def test_stories_of_the_first_schema_are_known_by_their_words(first: TestNewsroom) -> None:
    title = "Budget of the harbour office is passed"
    first.page("budget.txt", f"{title}\n\nIt was passed on Monday, and all were there.\n")
    outcome = first.publish(LATER)
    assert (outcome.entered, outcome.corrected) == (0, 1)


def test_a_copy_of_the_first_schema_is_gone_back_to(first: TestNewsroom) -> None:
    """The copy itself stays as it is, and the ledger is of the present schema."""
    copy = first.root.parent / "copy.db"
    first.database.rename(copy)
    before = copy.read_bytes()
    done = feeds(first, "restore-ledger", copy, now=LATER)
    assert (done.returncode, done.stderr) == (0, "")
    assert copy.read_bytes() == before
    assert first.rows("SELECT version_num FROM alembic_version") == [(SCHEMA_VERSION,)]
    first.page("crane.txt", "Crane falls\n\nIt stopped on Friday.\nNobody knows why.\n")
    assert first.publish(LATER + timedelta(hours=1)).revision == 4


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
    path_for(first.database).unlink()
    assert first.publish(LATER).entered == 5
