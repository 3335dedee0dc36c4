"""What is gone, or leads elsewhere, is told once, and takes nothing back by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, NewsSite, Reply
from tests.capture.words import stories

HOUR = timedelta(hours=1)


def site() -> NewsSite:
    made = NewsSite(stories(5, NOW, apart=HOUR))
    made.sitemap = "plain"
    return made


def told(one: Desk, hours: int) -> list[str]:
    """What runs say in so many hours, four each hour."""
    return [str(problem) for _ in range(4 * hours) for problem in one.capture(minutes=15).problems]


def test_a_story_that_is_gone_twice_hours_apart_has_vanished_and_stays_published(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        one.newsroom.publish(one.now)
        gone = one.site.stories[2]
        gone.status, gone.updated = 410, one.now + HOUR / 2
        assert told(one, 6) == []
        (line,) = told(one, 48)
        assert line.startswith(f"{one.site.url}{gone.path}: the site answers 410")
        assert "feeds retract" in line
        one.newsroom.publish(one.now)
        assert len(one.newsroom.entries()) == 5


def test_a_story_that_was_gone_for_a_moment_has_not_vanished(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        gone = one.site.stories[2]
        gone.status, gone.updated = 404, one.now + HOUR / 2
        assert told(one, 4) == []
        gone.status = 200
        assert told(one, 48) == []


def test_a_story_that_its_sitemap_names_no_more_is_looked_for(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        gone = one.site.stories[2]
        one.site.stories.remove(gone)
        one.site.stories[-1].updated = one.now + HOUR / 2
        (line,) = told(one, 48)
        assert gone.path in line


def test_a_story_that_leads_to_another_is_told(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        moved = one.site.stories[2]
        moved.moved_to, moved.updated = one.site.stories[3].path, one.now + HOUR / 2
        (line,) = told(one, 48)
        assert line.startswith(f"{one.site.url}{moved.path}: the story leads to")
        assert one.site.stories[3].path in line


def test_a_story_that_moved_is_saved_where_it_is_now_and_stays_one_entry(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        one.newsroom.publish(one.now)
        moved = one.site.stories[2]
        old = moved.path
        moved.slug, moved.updated = "another-name-of-the-same-story", one.now + HOUR / 2
        one.site.faults[old] = Reply(status=301, headers=(("Location", moved.path),))
        assert told(one, 3) == []
        one.newsroom.publish(one.now)
        assert len(one.newsroom.entries()) == 5
