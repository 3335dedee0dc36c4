"""However many stories there are, what is asked of the ledger is answered from indexes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from feeds.desk.report import report
from feeds.ledger import schema
from feeds.newsroom import Newsroom
from feeds.reports import history
from feeds.reports.check import check_newsroom
from feeds.reports.entry import collect_entry
from feeds.reports.status import collect_status
from tests.newsrooms import TestNewsroom
from tests.reports.test_problems import LATER, in_trouble, place

LARGE = ("entries", "readings", "aliases", "members", "clues")
FEW = {
    str(index.name)
    for table in schema.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
} - {"readings_there"}
"""The indexes that have some rows alone: what is in them is shown or counted."""
LIST = {"entries_in_order"}
LOOKS = {"readings_there"}
CHECK = LOOKS | {"entries_by_headline", "entries_by_address"}
"""What is searched or counted from one end to the other, and has no row of the table in it."""


def listed(text: str, *, hidden: bool) -> Callable[[Newsroom], object]:
    return lambda newsroom: history.list_entries(newsroom, text, 50, hidden=hidden)


COMMANDS: dict[str, tuple[Callable[[Newsroom], object], set[str]]] = {
    "status": (lambda newsroom: collect_status(newsroom, LATER), LOOKS),
    "check": (lambda newsroom: check_newsroom(newsroom, LATER), CHECK),
    "report": (lambda newsroom: report(newsroom, LATER), CHECK),
    "list": (listed("", hidden=False), set()),
    "list TEXT": (listed("bell", hidden=False), LIST),
    "list --hidden": (listed("", hidden=True), set()),
    "log": (lambda newsroom: history.collect_log(newsroom, 20, history.LINES), set()),
    "show HEADLINE": (lambda newsroom: collect_entry(newsroom, "Crane falls"), LIST),
    "show URL": (
        lambda newsroom: collect_entry(newsroom, "https://desk.test/crane"),
        set(),
    ),
}


@contextmanager
def statements() -> Iterator[dict[str, Any]]:
    """What is asked of any ledger meanwhile, with the values that stand in it."""
    found: dict[str, Any] = {}

    def note(*about: Any) -> None:
        _, _, statement, values, _, is_for_many = about
        found.setdefault(statement, values[0] if is_for_many else values)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def scans(newsroom: TestNewsroom, asked: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The steps that go through a large table from its beginning, and their statements.

    But for what stops after some rows that an index has in order.
    """
    with closing(sqlite3.connect(newsroom.database)) as connection:
        for statement, values in asked.items():
            if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            steps = [str(row[3]) for row in plan]
            is_cut = "LIMIT ?" in statement and not any("TEMP B-TREE" in step for step in steps)
            for step in steps:
                match = re.match(r"SCAN (\w+?)(_\d+)?\b", step)
                if match and match[1] in LARGE and not (is_cut and "INDEX" in step):
                    yield step, statement


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_that_shows_something_goes_through_a_large_table(
    name: str, newsroom: TestNewsroom
) -> None:
    """Nor through an index with a look at each row: only a narrow one, where all are searched."""
    newsroom.page(
        "crane.html",
        "<html><head><link rel=canonical href=https://desk.test/crane></head>"
        "<article><h1>Crane is for sale again</h1><p>Nobody wants it, so they say.</p></article>",
    )
    in_trouble(newsroom)
    ask, narrow = COMMANDS[name]
    with statements() as asked:
        ask(place(newsroom))
    assert len(asked) > 3
    for step, statement in scans(newsroom, asked):
        index = step.rpartition("INDEX ")[2]
        is_count = statement.startswith("SELECT count(*)")
        assert index in FEW or ("COVERING" in step and (is_count or index in narrow)), statement


def test_a_scan_would_be_seen(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    by_category = "SELECT id FROM entries WHERE categories = ?"
    assert list(scans(newsroom, {by_category: ("x",)})) == [("SCAN entries", by_category)]
