"""What is gone, or leads elsewhere, is told once, and takes nothing back by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from feeds.reports.check import check_newsroom
from feeds.reports.status import collect_status
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


def test_what_was_erased_is_not_fetched_again(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        one.newsroom.publish(one.now)
        secret = one.site.stories[2]
        entry = next(e for e in one.newsroom.entries() if e.url == one.site.url + secret.path)
        one.newsroom.decide(f'action = "retract"\nerase = true\nentry = "{entry.id}"')
        one.newsroom.publish(one.now)
        for path in one.files:
            if secret.slug in path:
                (one.newsroom.root / path).unlink()
        (one.newsroom.root / "captured" / ".state.jsonl").unlink()
        outcome = one.capture(minutes=30)
        assert secret.path not in one.site.paths
        assert outcome.let_be["erased"] == 1


def test_what_vanished_or_leads_away_is_told_by_status_and_check_until_somebody_decides(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        one.newsroom.publish(one.now)
        gone, moved = one.site.stories[2:4]
        gone.status, gone.updated = 410, one.now + HOUR / 2
        moved.moved_to, moved.updated = one.site.stories[0].path, one.now + HOUR / 2
        told(one, 24)
        lines = collect_status(one.newsroom.place, one.now).vanished
        assert [line.partition(": ")[0] for line in lines] == [
            one.site.url + gone.path,
            one.site.url + moved.path,
        ]
        checked = [remark.problem.code for remark in check_newsroom(one.newsroom.place, one.now)]
        assert {"capture-vanished", "capture-leads-away"} <= set(checked)
        entry = next(e for e in one.newsroom.entries() if e.url == one.site.url + gone.path)
        one.newsroom.decide(f'action = "retract"\nentry = "{entry.id}"')
        path = next(path for path in one.files if moved.slug in path)
        one.newsroom.decide(f'action = "gone"\npath = "{path}"')
        one.newsroom.publish(one.now)
        assert collect_status(one.newsroom.place, one.now).vanished == []
