"""Which entries a feed holds, and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from feeds.model import Entry, EntryId
from feeds.newsroom.site import Feed
from feeds.syndication import filters, sections, selection

START = datetime(2026, 1, 9, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entry(number: int, **values: object) -> Entry:
    moment = START + number * HOUR
    made = Entry(
        EntryId(f"tag:desk.test,2026:{number:04}"),
        "article",
        f"Story {number}",
        entered=moment,
        updated=moment,
        published=moment,
        content="<p>It opened &amp; closed.</p>",
        language="en",
        categories=("Quay",),
        authors=("Nora Lind",),
    )
    return msgspec.structs.replace(made, **values)


def feed(**values: object) -> Feed:
    return msgspec.structs.replace(Feed("latest", "Latest"), **values)


def numbers(entries: list[Entry]) -> list[int]:
    return [int(found.hash) for found in entries]


def newest(count: int) -> list[Entry]:
    return [entry(number) for number in reversed(range(count))]


def test_a_feed_holds_its_newest_entries() -> None:
    assert numbers(selection.select_members(feed(limit=3), newest(10), [])) == [9, 8, 7]


def test_a_feed_holds_fewer_if_there_are_fewer() -> None:
    assert numbers(selection.select_members(feed(limit=3), newest(2), [])) == [1, 0]
    assert selection.select_members(feed(limit=3), [], []) == []


def test_a_feed_of_a_category_has_what_is_tagged_with_it_too() -> None:
    tagged = entry(1, tags=("Bells",))
    assert numbers(selection.select_members(feed(categories=("bells",)), [tagged], [])) == [1]
    named = {item.name for item in sections.occurring(tagged.categories, (), "en", "en")}
    assert {"category-quay", "language-en"} <= named
    assert not any("bells" in name for name in named)


def test_what_came_in_lately_is_there_whatever_its_date() -> None:
    old, older = entry(-500), entry(-600)
    found = selection.select_members(feed(limit=2), newest(5), [older, old, entry(4)])
    assert numbers(found) == [4, 3, -500, -600]


def test_a_feed_holds_at_most_four_times_its_limit() -> None:
    found = selection.select_members(feed(limit=2), newest(50), newest(50))
    assert numbers(found) == [49, 48, 47, 46, 45, 44, 43, 42]


def test_the_ledger_is_read_no_further_than_needed() -> None:
    read = []

    def entries() -> Iterator[Entry]:
        for found in newest(100):
            read.append(found)
            yield found

    selection.select_members(feed(limit=5), entries(), [])
    assert len(read) == 5


def test_filters_are_applied_before_entries_are_counted() -> None:
    mixed = [
        msgspec.structs.replace(found, kind="headline" if int(found.hash) % 2 else "article")
        for found in newest(10)
    ]
    found = selection.select_members(feed(limit=3, kinds=("headline",)), mixed, mixed)
    assert numbers(found) == [9, 7, 5, 3, 1]


def test_order_is_by_moment_then_rank_then_id() -> None:
    first = entry(1, rank=1, id=EntryId("tag:desk.test,2026:0009"))
    second = entry(1, rank=2, id=EntryId("tag:desk.test,2026:0002"))
    third = entry(1, rank=2, id=EntryId("tag:desk.test,2026:0003"))
    late = entry(4, published=None, captured=START)
    later = entry(0, published=None, captured=None, entered=START + 9 * HOUR)
    shuffled = [third, late, first, later, second]
    assert sorted(shuffled, key=selection.order_key) == [later, first, second, third, late]
    assert selection.select_members(feed(), shuffled, []) == [later, first, second, third, late]


@pytest.mark.parametrize(
    ("wanted", "belongs"),
    [
        ({}, True),
        ({"kinds": ("headline",)}, False),
        ({"kinds": ("headline", "article")}, True),
        ({"categories": ("quay",)}, True),
        ({"categories": ("Ferry", "QUAY")}, True),
        ({"categories": ("Ferry",)}, False),
        ({"authors": ("nora lind",)}, True),
        ({"authors": ("Ada",)}, False),
        ({"languages": ("EN",)}, True),
        ({"languages": ("az",)}, False),
        ({"keywords": ("STORY",)}, True),
        ({"keywords": ("opened",)}, True),
        ({"keywords": ("opened, closed!",)}, True),
        ({"keywords": ("stor", "open")}, False),
        ({"keywords": ("ferry", "closed")}, True),
        ({"keywords": ("p",)}, False),
        ({"keywords": ("amp",)}, False),
        ({"categories": ("Quay",), "authors": ("Bo Reed",)}, False),
        ({"categories": ("Quay",), "keywords": ("ferry",)}, False),
    ],
)
def test_an_entry_belongs_if_it_passes_every_filter(
    wanted: dict[str, object], belongs: bool
) -> None:
    assert filters.belongs(feed(**wanted), entry(1)) is belongs


def test_an_entry_without_a_language_is_in_no_feed_of_one() -> None:
    assert not filters.belongs(feed(languages=("en",)), entry(1, language=None))
