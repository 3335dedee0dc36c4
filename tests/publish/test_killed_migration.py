"""Killed while a ledger is brought up to date: it is of one schema or the other, and whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from feeds.model.versions import SCHEMA_VERSION
from tests.ledger.test_migrations import KEPT, load, made_of
from tests.newsrooms import NOW, TestNewsroom
from tests.publish.killing import KILLED, Kept, Killer
from tests.publish.test_killed import EVERY_WRITE, known
from tests.thorough import THOROUGH

LATER = NOW + timedelta(hours=2)
VERSION = "SELECT version_num FROM alembic_version"
TEXTS = 80
"""So many long readings have no room in SQLite's cache: some are written before the commit."""


def fill(newsroom: TestNewsroom) -> None:
    """Puts long readings of pages into the ledger that are not there any more."""
    with closing(sqlite3.connect(newsroom.database)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(readings)")]
        others = ", ".join(
            name for name in columns if name not in {"path", "reading", "missing_since"}
        )
        connection.execute(
            f"INSERT INTO readings (path, reading, missing_since, {others})"  # noqa: S608 - names of its own
            " WITH RECURSIVE numbers(number) AS"
            " (SELECT 1 UNION SELECT number + 1 FROM numbers WHERE number < :texts)"
            " SELECT number || '.txt', json_set(reading, '$.article.title', :words),"
            f" '2026-01-14 09:00:00.000000', {others}"
            " FROM numbers, readings WHERE readings.path = 'bell.txt'",
            {"texts": TEXTS, "words": " ".join(map(str, range(9000)))},
        )


@pytest.mark.parametrize("is_large", [False, True] if THOROUGH else [True])
def test_a_killed_migration_is_done_by_the_next_run(
    killer: Killer, newsroom: TestNewsroom, is_large: bool
) -> None:
    newsroom.root, newsroom.database = newsroom.root.resolve(), newsroom.database.resolve()
    newsroom.page("bell.txt")
    newsroom.page("empty.txt", "")
    load(newsroom.database)
    if is_large:
        fill(newsroom)
    entries, old = newsroom.rows(KEPT), newsroom.rows(VERSION)
    kept = Kept(newsroom.root.parent)
    whole = killer.run(newsroom, LATER, "publish")
    made, tables = known(newsroom), made_of(newsroom.database)
    assert newsroom.rows(VERSION) == [(SCHEMA_VERSION,)]
    seen, wrong = [], []
    step = 1 if EVERY_WRITE else max(1, whole.writes // (15 if THOROUGH else 8))
    for point in range(1, whole.writes + 1, step):
        kept.restore()
        run = killer.run(newsroom, LATER, "publish", at=point, torn=point % 3 == 0)
        assert run.code == KILLED, run
        seen += newsroom.rows(VERSION)
        if (said := newsroom.faults()) != "ok" or newsroom.rows(KEPT) != entries:
            wrong.append(f"killed at write {point}: {said}, or entries are others")
        run = killer.run(newsroom, LATER, "publish")
        if run.code not in {0, whole.code}:
            wrong.append(f"killed at write {point}, the next run ends with {run.code}: {run.said}")
        if known(newsroom) != made or made_of(newsroom.database) != tables:
            wrong.append(f"killed at write {point}: the ledger is not what it is without a kill")
    assert not wrong, "\n".join(wrong)
    assert {*old, (SCHEMA_VERSION,)} == {*seen}, "it was killed before and after, at least"
