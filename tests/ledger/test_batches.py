"""Asking for more rows than one statement has room for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from feeds.ledger import batches, rows, schema
from feeds.model import Entry, EntryId

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
COUNT = 2 * batches.SIZE + 1
IDS = [f"tag:desk.test,2026:{number:04}" for number in range(COUNT)]
QUERY = sa.select(schema.entries.c.sequence, schema.entries.c.id)


@pytest.fixture(scope="module")
def connection() -> Iterator[sa.Connection]:
    """A ledger in memory, with COUNT entries whose ids run against the order of their arrival."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
        made = (Entry(EntryId(name), "headline", "Bell", NOW, NOW) for name in reversed(IDS))
        values = [{**rows.values(entry), "revision": 1} for entry in made]
        connection.execute(sa.insert(schema.entries), values)
        yield connection
    engine.dispose()


def test_any_number_of_values_is_matched_each_once(connection: sa.Connection) -> None:
    wanted = [*IDS, IDS[batches.SIZE], "tag:desk.test,2026:none"]
    found = batches.matching(connection, QUERY, schema.entries.c.id, wanted)
    assert sorted(row.id for row in found) == IDS


def test_nothing_is_asked_for_no_value(connection: sa.Connection) -> None:
    assert list(batches.matching(connection, sa.select(sa.text("x")), sa.column("x"), ())) == []


def test_entries_come_in_the_order_in_which_they_came_in(connection: sa.Connection) -> None:
    found = list(batches.by_arrival(connection, QUERY))
    assert [len(some) for some in found] == [batches.SIZE, batches.SIZE, 1]
    assert [row.id for some in found for row in some] == IDS[::-1]
