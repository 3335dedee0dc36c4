"""Which sections there are, what they are called, and what belongs in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entry, EntryId
from feeds.newsroom.site import Feed, Section, Site
from feeds.syndication import filters, sections
from feeds.syndication.selection import Candidate, of_section
from feeds.text import values

START = datetime(2026, 1, 9, 8, tzinfo=UTC)
SITE = Site(
    "Harbour Desk",
    "https://desk.test/",
    "https://desk.test/feeds/",
    "desk.test,2026",
    "Asia/Baku",
    sections=True,
    feeds=(Feed("latest", "Latest", limit=5, content="summary", kinds=("article",)),),
)
QUAY = Section("category-quay", "category", "Quay", "Quay")
ENGLISH = Section("language-en", "language", "en", "English")
RUSSIAN = Section("language-ru", "language", "ru", "Русский")


def entry(*categories: str, language: str | None = None) -> Entry:
    return Entry(
        EntryId("tag:desk.test,2026:0001"),
        "article",
        "Story",
        START,
        START,
        language=language,
        categories=categories,
    )


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Economy", "category-economy"),
        ("Oil & Gas", "category-oil-gas"),
        ("İqtisadiyyat", "category-iqtisadiyyat"),
        ("I\u0307qtisadiyyat", "category-iqtisadiyyat"),
        ("Экономика", "category-ekonomika"),
        ("Культура", "category-kultura"),
        ("Women's rights", "category-womens-rights"),
        ("Women’s rights", "category-womens-rights"),
        ("  -- Sport! -- ", "category-sport"),
        ("2026", "category-2026"),
        ("—", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_name_is_made_of_what_an_address_may_have(value: str, name: str) -> None:
    assert sections.name_of("category", value) == name


def test_long_values_that_begin_alike_are_two_sections() -> None:
    one, other = (sections.name_of("category", "word " * 40 + end) for end in ("a", "b"))
    assert one != other


@given(st.text())
def test_every_name_is_one_that_a_feed_may_have(value: str) -> None:
    name = sections.name_of("category", value)
    assert not name or not values.wrong("name", name)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_small_and_capital_letters_are_one_section(value: str) -> None:
    assert sections.name_of("category", value) == sections.name_of("category", value.swapcase())


@pytest.mark.parametrize(
    ("tag", "label"),
    [
        ("az", "Azərbaycan"),
        ("ru", "Русский"),
        ("en", "English"),
        ("zh-Hant", "中文 (繁體)"),
        ("xx", "xx"),
    ],
)
def test_a_language_is_called_by_its_own_name(tag: str, label: str) -> None:
    name = sections.name_of("language", tag)
    assert sections.new_section(name, "language", tag) == Section(name, "language", tag, label)


def test_a_section_has_the_limits_of_the_first_feed() -> None:
    feed = sections.widened(SITE, [QUAY]).feeds[1]
    assert (feed.name, feed.title) == ("category-quay", "Harbour Desk: Quay")
    assert (feed.limit, feed.content, feed.kinds) == (5, "summary", ("article",))
    assert (feed.archive, feed.language, feed.section) == (False, "", QUAY)


def test_a_section_of_a_language_is_in_that_language() -> None:
    assert sections.widened(SITE, [RUSSIAN]).feeds[1].language == "ru"


def test_widening_again_changes_nothing() -> None:
    for site in (SITE, msgspec.structs.replace(SITE, sections=False)):
        once = sections.widened(site, [QUAY, RUSSIAN])
        assert sections.widened(once, [QUAY, RUSSIAN]) == once


def test_a_configured_feed_takes_the_place_of_a_section() -> None:
    own = msgspec.structs.replace(SITE, feeds=(*SITE.feeds, Feed("category-quay", "Ours")))
    assert sections.widened(own, [QUAY]) == own
    renamed = Feed("dock", "Ours", former_names=("category-quay",))
    own = msgspec.structs.replace(SITE, feeds=(*SITE.feeds, renamed))
    assert sections.widened(own, [QUAY]) == own


def test_a_section_that_is_marked_as_gone_is_gone() -> None:
    own = msgspec.structs.replace(SITE, gone=("category-quay",))
    assert sections.widened(own, [QUAY]) == own


def test_sections_that_are_switched_off_are_gone() -> None:
    off = msgspec.structs.replace(SITE, sections=False)
    assert sections.widened(off, [QUAY]).gone == ("category-quay",)
    assert sections.widened(off, [QUAY]).feeds == SITE.feeds
    assert sections.widened(off, []) == off


def test_the_sections_of_an_entry_are_those_of_its_categories_and_its_language() -> None:
    site = sections.widened(SITE, [QUAY, ENGLISH, RUSSIAN])

    def names(found: Entry) -> list[str]:
        return [feed.name for feed in sections.sections_of(found, site)]

    assert names(entry("QUAY", "Crafts", language="ru")) == ["category-quay", "language-ru"]
    assert names(entry(language="en")) == ["language-en"]
    assert names(entry()) == ["language-en"]  # the site's
    assert names(entry(language="az")) == []


@given(
    st.lists(st.sampled_from(["Quay", "quay", "Кворум", "—"])),
    st.sampled_from([None, "en", "EN", "ru"]),
)
def test_what_belongs_to_a_section_is_what_has_it(
    categories: list[str], language: str | None
) -> None:
    site = sections.widened(SITE, [QUAY, ENGLISH, RUSSIAN])
    found = entry(*categories, language=language)
    made_for = [feed for feed in site.feeds if feed.section]
    belongs = [feed for feed in made_for if filters.belongs(feed, found)]
    assert belongs == sections.sections_of(found, site)


def candidates(*hours: int) -> list[Candidate]:
    """In order; the hour in which each came in, negative for what the ledger began with."""
    return [
        Candidate(EntryId(str(number)), START + timedelta(hours=abs(hour)), hour >= 0)
        for number, hour in enumerate(hours)
    ]


def test_a_section_is_its_newest_and_what_came_in_within_two_days_of_its_latest_arrival() -> None:
    assert of_section(2, candidates(100, 99, 60, 51, 52, 1)) == ["0", "1", "2", "4"]
    assert of_section(2, candidates(-100, -99, -98)) == ["0", "1"]
    assert of_section(3, candidates(100)) == ["0"]
    assert of_section(1, candidates(*[7] * 10)) == ["0", "1", "2", "3"]
    assert of_section(1, []) == []
