"""What hubs are owed after a revision, given what they had yet to be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feeds.ledger.outbox import Ping
from feeds.publish.hubs import owed

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
BEFORE, SOON = NOW - timedelta(hours=3), NOW + timedelta(minutes=8)
A, B = "https://hub.test/a", "https://hub.test/b"
RSS, ATOM = "https://desk.test/feeds/latest.rss", "https://desk.test/feeds/latest.atom"
TOPICS = [RSS, ATOM]
WAITING = Ping(A, RSS, 3, BEFORE, BEFORE, 0, "")
FAILED = Ping(A, ATOM, 3, BEFORE, SOON, 4, "it answers 503")


def test_each_hub_is_told_once_of_each_document_that_changed() -> None:
    told = owed([], [A, B, A], TOPICS, [RSS], 4, NOW)
    assert told == [Ping(A, RSS, 4, NOW, NOW, 0, ""), Ping(B, RSS, 4, NOW, NOW, 0, "")]


def test_what_waits_stays_as_it_is_while_nothing_changes() -> None:
    assert owed([WAITING, FAILED], [A], TOPICS, [], 4, NOW) == [WAITING, FAILED]


def test_a_change_is_as_old_as_the_one_that_still_waits() -> None:
    assert owed([WAITING], [A], TOPICS, [RSS], 4, NOW) == [Ping(A, RSS, 4, BEFORE, NOW, 0, "")]


def test_what_failed_is_tried_again_along_with_what_changed() -> None:
    again = FAILED._replace(due=NOW)
    new = Ping(A, RSS, 4, NOW, NOW, 0, "")
    assert owed([FAILED], [A], TOPICS, [RSS], 4, NOW) == [again, new]


def test_a_change_of_what_failed_counts_its_failures_anew_and_keeps_the_last() -> None:
    new = Ping(A, ATOM, 4, BEFORE, NOW, 0, FAILED.failure)
    assert owed([FAILED], [A], TOPICS, [ATOM], 4, NOW) == [new]


def test_hubs_and_documents_that_are_no_more_are_owed_nothing() -> None:
    assert owed([WAITING, FAILED], [B], TOPICS, [], 4, NOW) == []
    assert owed([WAITING, FAILED], [A], [RSS], [], 4, NOW) == [WAITING]
