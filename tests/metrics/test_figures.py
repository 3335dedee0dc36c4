"""The figures: what they say of a newsroom, and that they say nothing of what isn't known."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feeds.metrics import facts
from feeds.metrics.counts import Counts, Served
from feeds.metrics.facts import UNKNOWN, Asked, Facts, gather
from feeds.metrics.figures import Figures
from tests.newsrooms import NOW, PAGE, SITE, TestNewsroom

ANSWERS = Counter({("200", "gzip"): 3, ("304", "identity"): 5, ("404", "br"): 0})
Found = dict[str, float]


def figures(facts: Facts, *served: Served) -> Found:
    """Figures by name, labels behind it."""
    text = Figures(lambda: Counts(ANSWERS, 2, [*served]), lambda: facts).text().decode()
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            found[" ".join([sample.name, *sample.labels.values()])] = sample.value
    return found


def test_a_newsroom_has_its_revision_its_last_run_and_its_newest_story(
    newsroom: TestNewsroom,
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    newsroom.page("empty.txt", "")
    newsroom.page("draft.md", "---\ntitle: A draft of the week\nstatus: draft\n---\n\nText.\n")
    newsroom.publish(NOW + timedelta(hours=1))
    found = figures(gather(newsroom.place), Served(1, 1, NOW), Served(1, 2, NOW))
    assert found["feeds_ledger_readable"] == 1
    assert (found["feeds_ledger_epoch"], found["feeds_ledger_revision"]) == (1, 1)
    assert found["feeds_served_revision"] == 1
    assert found["feeds_served_revision_timestamp_seconds"] == NOW.timestamp()
    assert found["feeds_newest_story_timestamp_seconds"] == NOW.timestamp()
    ran = (NOW + timedelta(hours=1)).timestamp()
    assert found["feeds_publish_last_run_timestamp_seconds"] == ran
    assert found["feeds_publish_last_exit_code"] == 1
    assert found["feeds_publish_last_duration_seconds"] > 0
    assert found["feeds_pages_failed"] == 1
    assert found["feeds_stories_held draft"] == 1
    assert found["feeds_hubs_waiting"] == 0
    assert found["feeds_exports_failing"] == 0
    assert found["feeds_http_responses_total 200 gzip"] == 3
    assert "feeds_http_responses_total 404 br" not in found


def test_hubs_that_wait_are_counted_as_hubs(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE.replace("[[feeds]]", 'hubs = ["https://hub.test/"]\n\n[[feeds]]', 1))
    newsroom.page("bell.txt")
    newsroom.publish()
    found = figures(gather(newsroom.place))
    assert found["feeds_hubs_waiting"] == 1
    assert found["feeds_hubs_waiting_since_timestamp_seconds"] == NOW.timestamp()


def test_a_run_that_failed_is_told_as_such(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE)
    newsroom.publish()
    newsroom.configure("[site]")
    with pytest.raises(Exception, match="lacks it"):
        newsroom.publish(NOW + timedelta(hours=1))
    found = figures(gather(newsroom.place))
    assert found["feeds_publish_last_exit_code"] == 2
    assert "feeds_publish_last_duration_seconds" not in found
    assert found["feeds_ledger_revision"] == 1


def test_of_a_ledger_that_is_lost_nothing_is_said_but_that(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    newsroom.database.unlink()
    found = figures(gather(newsroom.place), Served(1, 1, NOW))
    assert found["feeds_ledger_readable"] == 0
    assert found["feeds_served_revision"] == 1
    assert "feeds_ledger_revision" not in found
    assert "feeds_stories_held" not in " ".join(found)


def test_where_nothing_was_published_nothing_is_served() -> None:
    found = figures(UNKNOWN)
    assert {name for name in found if "revision" in name or "publish" in name} == set()
    assert found["feeds_workers"] == 2


def test_a_ledger_that_does_not_answer_is_not_waited_for() -> None:
    answers = threading.Event()

    def slowly() -> Facts:
        answers.wait(30)
        return Facts(None, None)

    asked = Asked(slowly)
    assert asked.get(0.01) is UNKNOWN
    assert asked.get(0.01) is UNKNOWN
    answers.set()
    assert asked.get(30) == Facts(None, None)


def test_the_ledger_is_asked_once_a_second_at_most() -> None:
    moment, calls = [0.0], []

    def count() -> Facts:
        calls.append(1)
        return UNKNOWN

    asked = Asked(count, lambda: moment[0])
    asked.get(30)
    asked.get(30)
    moment[0] = facts._FRESH_SECONDS
    asked.get(30)
    assert len(calls) == 2


def test_a_failure_of_the_program_costs_what_the_ledger_tells_alone() -> None:
    def fail() -> Facts:
        raise RuntimeError("of its own")

    assert Asked(fail).get(30) is UNKNOWN
