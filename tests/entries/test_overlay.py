"""Decisions laid over entries: what readers are shown, since when, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from feeds.entries import erasure, overlay
from feeds.entries.overlay import Shown
from feeds.model import Entry, EntryId, Hidden, StatedDate
from feeds.newsroom.decisions import Decision

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")
ENTRY = Entry(
    EntryId("tag:desk.test,2026:bell"),
    "headline",
    "Bell hangs in its tower again",
    NOW - 9 * HOUR,
    NOW - 9 * HOUR,
    stated=StatedDate("2026-03-14", "day"),
)


def entry(**fields: object) -> Entry:
    return msgspec.structs.replace(ENTRY, **fields)


def shown(
    hidden: Hidden = "", gone: datetime | None = None, notice: str = "", **fields: object
) -> Shown:
    return Shown(entry(hidden=hidden, **fields), hidden, gone, notice, None)


BEFORE = shown()
MERGED = shown("merged", NOW)._replace(keeper=EntryId("tag:a"))


def test_what_readers_have_in_the_same_words_was_not_updated() -> None:
    after = shown(title="Bell hangs in its tower, again!", updated=NOW, authors=("Nora Lind",))
    assert overlay.succeed(BEFORE, after, NOW).entry.updated == ENTRY.updated


def test_a_date_that_is_later_moves_updated_along() -> None:
    after = shown(published=NOW - HOUR)
    assert overlay.succeed(BEFORE, after, NOW).entry.updated == NOW - HOUR


def test_other_words_are_of_the_moment_of_the_decision() -> None:
    after = shown(title="Bell is lost", updated=NOW - HOUR)
    assert overlay.succeed(BEFORE, after, NOW).entry.updated == NOW - HOUR


def test_other_words_that_nobody_dates_are_of_now() -> None:
    after = shown(title="Bell is lost", updated=ENTRY.updated - HOUR)
    assert overlay.succeed(BEFORE, after, NOW).entry.updated == NOW


def test_what_comes_back_is_as_it_was_decided() -> None:
    before = shown("retracted", NOW - 2 * HOUR, title="Bell is lost")
    assert overlay.succeed(before, shown(), NOW) == shown()


@pytest.mark.parametrize(
    ("decided", "before", "since"),
    [
        (NOW - HOUR, NOW - 2 * HOUR, NOW - HOUR),
        (None, NOW - 2 * HOUR, NOW - 2 * HOUR),
        (None, None, NOW),
    ],
    ids=["by a decision", "as it was", "by its page, now"],
)
def test_what_is_hidden_is_gone_since(
    decided: datetime | None, before: datetime | None, since: datetime
) -> None:
    after = overlay.succeed(shown("retracted", before), shown("retracted", decided), NOW)
    assert (after.gone, after.entry.updated) == (since, ENTRY.updated)


def test_what_its_pages_tell_is_kept_only_where_something_else_is_shown() -> None:
    assert overlay.beneath(ENTRY, shown()) is None
    assert overlay.beneath(entry(hidden="retracted"), shown()) is None
    assert overlay.beneath(ENTRY, shown(title="Bell is lost")) == ENTRY
    assert overlay.beneath(ENTRY, shown("retracted")) == ENTRY


def test_of_what_is_erased_nothing_is_kept_beneath() -> None:
    gone = erasure.erased(ENTRY)
    assert overlay.beneath(gone, Shown(gone, "erased", NOW, "", None)) is None


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [
        (shown(), shown(), None),
        (shown(), shown(authors=("Nora Lind",)), ("reworded", "corrected")),
        (shown(), shown("retracted", NOW), ("retracted", "retracted")),
        (shown("retracted", NOW), shown("erased", NOW), ("erased", "erased")),
        (shown("merged", NOW), shown(), ("restored", "restored")),
        (shown("retracted", NOW), shown("retracted", NOW, title="Bell"), None),
        (shown(), MERGED, ("merged", "merged into tag:a")),
        (
            shown("retracted", NOW),
            shown("retracted", NOW, "sorry"),
            ("retracted", "retracted, with another notice"),
        ),
        (
            shown("retracted", NOW),
            shown("retracted", NOW + HOUR),
            ("retracted", "retracted, at another time"),
        ),
    ],
)  # fmt: skip
def test_what_became_of_an_entry(
    before: Shown, after: Shown, became: tuple[str, str] | None
) -> None:
    assert overlay.outcome(before, after) == became


@pytest.mark.parametrize(
    ("other", "is_back"),
    [
        (entry(stated=StatedDate("2026-03-17T10:00", "minute")), True),
        (entry(stated=StatedDate("2026-03-18", "day")), False),
        (entry(stated=None), True),
        (entry(language="az"), True),
        (entry(kind="article"), False),
    ],
    ids=["three days later", "four days later", "undated", "of some language", "an article"],
)
def test_which_line_of_a_list_is_a_retracted_story_again(other: Entry, is_back: bool) -> None:
    assert overlay.comes_back(ENTRY, other) is is_back


def test_the_same_headline_in_another_language_is_another_story() -> None:
    assert not overlay.comes_back(entry(language="ru"), entry(language="az"))


def test_what_comes_back_is_hidden_as_the_story_is() -> None:
    gone = shown("retracted", NOW, "sorry")._replace(keeper=EntryId("tag:desk.test,2026:other"))
    other = entry(id=EntryId("tag:desk.test,2026:again"))
    hidden = msgspec.structs.replace(other, hidden="retracted")
    assert overlay.cover(gone, other) == Shown(hidden, "retracted", NOW, "sorry", None)


def test_nothing_is_decreed_about_entries_that_are_not_known() -> None:
    one, other = EntryId("tag:desk.test,2026:one"), EntryId("tag:desk.test,2026:other")
    merge, retract = Decision("merge"), Decision("retract")
    assert overlay.decree(retract, NOW, None, None) is None
    assert overlay.decree(merge, NOW, one, None) is None
    assert overlay.decree(merge, NOW, one, other) == (merge, NOW, one, other)
    assert overlay.decree(retract, NOW, one, None) == (retract, NOW, one, None)


def test_what_was_given_to_the_kept_entry_is_of_the_merger_whatever_was_kept_apart_since() -> None:
    kept, merged, other = EntryId("tag:kept"), EntryId("tag:merged"), EntryId("tag:other")
    base = {
        kept: entry(id=kept),
        merged: entry(id=merged, kind="article", content="<p>It rang at noon.</p>"),
        other: entry(id=other, title="Bell of the school is stolen"),
    }
    decreed = [
        overlay.Decreed(Decision("merge"), NOW - 2 * HOUR, kept, merged),
        overlay.Decreed(Decision("keep-apart"), NOW - HOUR, other, merged),
    ]
    made = {one.entry.id: one for one in overlay.overlay(base, decreed, UTC_ZONE, "")}
    assert made[kept].entry.content == base[merged].content
    assert made[kept].entry.updated == NOW - 2 * HOUR
