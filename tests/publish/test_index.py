"""An index knows what the ledger would, with what was told it since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import msgspec
import pytest

from feeds.ledger import lock, readings
from feeds.ledger.connect import open_to_write
from feeds.ledger.readings import Record
from feeds.model import Entry, EntryId, StatedDate
from feeds.model.names import Alias
from feeds.publish.index import Index
from feeds.publish.job import make_room
from tests.newsrooms import TestNewsroom

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
DAY = date(2026, 1, 9)
TITLE = "Bell hangs in its tower again"
pytestmark = pytest.mark.engines
NAME = Alias("page", "bell.txt")


def entry(name: str, title: str = TITLE, day: date = DAY) -> Entry:
    stated = StatedDate(day.isoformat(), "day")
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return Entry(EntryId(f"tag:x:{name}"), "headline", title, NOW, NOW, stated, moment)


@pytest.fixture
def indexes(newsroom: TestNewsroom) -> Iterator[tuple[Index, Index]]:
    """One that wrote some entries and lists into a ledger, and another one of that ledger."""
    place = newsroom.database
    make_room(place)
    with lock.hold(place), open_to_write(place).write() as connection:
        readings.save(connection, [Record("a.txt", "", NOW, None, None, None)], NOW)
        first = Index(connection, 1, NOW)
        for one in (entry("above"), entry("old"), entry("below"), entry("cut", "Bell hangs in…")):
            first.enter(one)
        first.name(EntryId("tag:x:old"), [NAME])
        first.save_list("a.txt", [EntryId(f"tag:x:{name}") for name in ("above", "old", "below")])
        first.write()
        yield first, Index(connection, 2, NOW)


def test_what_was_told_is_known_before_and_after_it_is_written(
    indexes: tuple[Index, Index],
) -> None:
    for index in indexes:
        assert index.named([NAME]) == {NAME: entry("old")}
        assert index.pages_of(EntryId("tag:x:old")) == ["bell.txt"]
        assert [one.id[6:] for one in index.headed(TITLE)] == ["above", "old", "below"]
        assert index.is_minted(EntryId("tag:x:old"))


@pytest.mark.parametrize(
    ("above", "below", "stood"),
    [
        ("above", "below", ["old"]),
        (None, "old", ["above"]),
        ("old", None, ["below"]),
        ("above", "old", []),
        (None, None, []),
    ],
)
def test_what_stood_between_two_of_a_list_is_found(
    indexes: tuple[Index, Index], above: str | None, below: str | None, stood: list[str]
) -> None:
    ids = [EntryId(f"tag:x:{name}") if name else None for name in (above, below)]
    for index in indexes:
        found = index.stood_between(ids[0], ids[1], DAY)
        assert [one.id[6:] for one in found] == stood


def test_what_stood_there_on_another_day_is_not_asked_for_unless_a_day_was_changed(
    indexes: tuple[Index, Index],
) -> None:
    _, index = indexes
    other = date(2026, 1, 8)
    ids = EntryId("tag:x:above"), EntryId("tag:x:below")
    assert index.stood_between(*ids, other) == []
    index.replace(entry("old", day=other))
    assert [one.id for one in index.stood_between(*ids, other)] == ["tag:x:old"]


def test_a_list_that_is_seen_again_is_what_it_is_now(indexes: tuple[Index, Index]) -> None:
    _, index = indexes
    index.save_list("a.txt", [EntryId("tag:x:above"), EntryId("tag:x:below")])
    assert index.stood_between(EntryId("tag:x:above"), EntryId("tag:x:below"), DAY) == []


def test_headlines_that_are_cut_short_are_found_by_their_day(indexes: tuple[Index, Index]) -> None:
    first, last = (datetime(2026, 1, 9, hour, tzinfo=UTC) for hour in (0, 23))
    for index in indexes:
        assert [one.id for one in index.between(first, last, cut=True)] == ["tag:x:cut"]
        index.replace(entry("cut", "Bell hangs in its old tower"))
        assert index.between(first, last, cut=True) == []


def test_a_name_leads_to_one_entry(indexes: tuple[Index, Index]) -> None:
    _, index = indexes
    with pytest.raises(ValueError, match="another entry's already"):
        index.name(EntryId("tag:x:below"), [NAME])
    index.rename(NAME, EntryId("tag:x:below"))
    assert index.pages_of(EntryId("tag:x:old")) == []
    assert index.pages_of(EntryId("tag:x:below")) == ["bell.txt"]


def test_an_entry_whose_headline_changed_is_under_the_new_one(
    indexes: tuple[Index, Index],
) -> None:
    _, index = indexes
    other = "Drum is back in the yard"
    index.replace(msgspec.structs.replace(entry("old"), title=other))
    assert [one.id for one in index.headed(other)] == ["tag:x:old"]
    assert [one.id[6:] for one in index.headed(TITLE)] == ["above", "below"]
