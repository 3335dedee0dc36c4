"""What a site says of a story's last change, where that is no more than when it was published."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import pytest

from feeds.capture import plan
from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import ZONE, stories

HOUR = timedelta(hours=1)


def static() -> NewsSite:
    """A site whose sitemap says when stories were published, and never that they changed."""
    made = NewsSite(stories(3, NOW, apart=HOUR))
    made.sitemap, made.says_changes = "plain", False
    return made


def requests(one: Desk, hours: int) -> int:
    return sum(len(one.capture(minutes=15) and one.site.story_paths) for _ in range(4 * hours))


def test_a_correction_comes_though_the_sitemap_says_the_moment_of_publishing(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, static()) as one:
        one.capture()
        one.site.stories[1].rewrite(one.site.now)
        before = len(one.files)
        requests(one, 3)
        assert len(one.files) == before + 1


def test_such_a_story_is_looked_at_each_time_it_is_twice_as_old_for_a_week(tmp_path: Path) -> None:
    with desk(tmp_path, static()) as one:
        one.capture()
        assert requests(one, 24 * 8) <= 3 * 8
        assert requests(one, 24) == 0


def test_a_change_that_the_sitemap_tells_is_not_waited_for(tmp_path: Path) -> None:
    made = NewsSite(stories(3, NOW, apart=HOUR))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        one.capture()
        made.stories[1].rewrite(one.now + timedelta(minutes=5))
        assert one.capture(minutes=10).came["changed"] == 1


@pytest.mark.parametrize("back", ["changed", "named"])
def test_a_story_that_was_pulled_and_comes_back_is_had_at_once(tmp_path: Path, back: str) -> None:
    made = NewsSite(stories(5, NOW, apart=HOUR))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        one.capture()
        pulled = made.stories[2]
        if back == "named":
            made.stories.remove(pulled)
            made.stories[-1].updated = one.now + HOUR / 6
        else:
            pulled.status, pulled.updated = 404, one.now + HOUR / 6
        assert one.capture(minutes=15).came["gone"] == 1
        if back == "named":
            made.stories.append(pulled)
        else:
            pulled.status = 200
            pulled.rewrite(one.now + HOUR / 6)
        outcome = one.capture(minutes=20)
        assert outcome.came["same" if back == "named" else "changed"] >= 1
        assert pulled.path in made.paths


def test_what_the_site_always_calls_new_is_not_gone_twice_in_one_hour(tmp_path: Path) -> None:
    made = NewsSite(stories(5, NOW, apart=HOUR))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        one.capture()
        pulled = made.stories[2]
        pulled.status = 404
        asked = 0
        for _ in range(20):
            pulled.updated = one.now + timedelta(minutes=14)
            outcome = one.capture(minutes=15)
            asked += made.paths.count(pulled.path)
            assert outcome.problems == []
        assert asked <= 5


def test_a_story_that_came_back_after_days_is_told_no_more(tmp_path: Path) -> None:
    made = NewsSite(stories(5, NOW, apart=HOUR))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        one.capture()
        pulled = made.stories[2]
        made.stories.remove(pulled)
        made.stories[-1].updated = one.now + HOUR / 6
        told = [line for _ in range(24) for line in one.capture(minutes=30).problems]
        assert [line.code for line in told] == ["capture-vanished"]
        made.further = lambda path: made.story_reply(pulled) if path == pulled.path else None
        came = [one.capture(hours=1).came for _ in range(60)]
        assert sum(each["same"] for each in came if each) >= 1
        row = next(
            line
            for line in (one.newsroom.root / "captured/.state.jsonl").read_text().splitlines()[::-1]
            if pulled.path in line
        )
        assert "vanished" not in row


@pytest.mark.parametrize(
    ("changed", "published", "is_later"),
    [
        ("2026-01-14T11:00:30+04:00", "2026-01-14T11:00+04:00", False),
        ("2026-01-14T07:00:00Z", "2026-01-14T11:00:00+04:00", False),
        ("2026-01-14T07:01:00Z", "2026-01-14T11:00:00+04:00", True),
        ("2026-01-14T11:00:00", "2026-01-14T11:00:00", False),
        ("2026-01-14T23:59:00+04:00", "2026-01-14", False),
        ("2026-01-15T00:01:00+04:00", "2026-01-14", True),
        ("2026-01-14T11:00:00Z", "", True),
    ],
)
def test_what_is_later_than_publishing_by_a_minute_is_a_change(
    changed: str, published: str, is_later: bool
) -> None:
    assert plan.is_after(changed, published, timezone(ZONE.utcoffset(None))) is is_later
