"""Sites that are broken, slow, moved or shut: what is asked of them, when again, what is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite, Reply
from tests.capture.words import Story, stories

HOUR = timedelta(hours=1)
PAGE = b"<html><body><h1>Maintenance</h1>"


def site(count: int = 5, **settings: object) -> NewsSite:
    made = NewsSite(stories(count, NOW, apart=HOUR))
    made.sitemap = "plain"
    for name, value in settings.items():
        setattr(made, name, value)
    return made


BROKEN = {
    "cut off": Reply(PAGE * 40, cut=100),
    "500": Reply(PAGE, 500),
    "403": Reply(PAGE, 403),
    "a picture": Reply(b"\x89PNG\r\n\x1a\n" + bytes(99), kind="image/png"),
    "bytes": Reply(bytes(range(256)) * 9),
    "nothing": Reply(b""),
    "no gzip": Reply(b"no", headers=(("Content-Encoding", "gzip"),), coded=True),
    "an unknown coding": Reply(PAGE, headers=(("Content-Encoding", "zip9"),), coded=True),
    "a redirect to nowhere": Reply(status=302),
    "words of no page": Reply(b"Please wait", kind="text/plain"),
    "an error that calls itself a success": Reply(b"<title>404 Not Found</title><h1>404</h1>"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_story_that_is_broken_is_left_for_later_and_the_others_are_there(
    tmp_path: Path, what: str
) -> None:
    made = site()
    story = made.out[1]
    made.faults[story.path] = BROKEN[what]
    with desk(tmp_path, made) as one:
        one.capture()
        assert len([path for path in one.files if "/story-" in path]) == 4
        assert one.newsroom.publish(one.now).problems == []
        one.capture(minutes=5)
        assert one.site.story_paths == []
        one.site.faults.clear()
        story.updated = one.now
        for _ in range(30):
            one.capture(hours=1)
        assert len([path for path in one.files if "/story-" in path]) == 5
        assert one.newsroom.publish(one.now).problems == []


def test_stories_that_fail_time_and_again_are_left_alone_for_longer_each_time(
    tmp_path: Path,
) -> None:
    made = site()
    with desk(tmp_path, made) as one:
        one.capture()
        one.newsroom.publish(one.now)
        for story in made.stories:
            story.rewrite(one.now + HOUR)
            made.faults[story.path] = Reply(PAGE, 500)
        one.site.now += HOUR
        asked = [(one.capture(minutes=5), len(one.site.story_paths))[1] for _ in range(6 * 12)]
        assert max(asked) <= 3
        assert sum(asked) <= 6 * 5
        made.faults.clear()
        for _ in range(10):
            one.capture(hours=1)
        assert one.newsroom.publish(one.now, accept=("corrections",)).corrected == 5


def test_a_sitemap_that_is_not_to_be_had_is_told_once_and_takes_nothing_back(
    tmp_path: Path,
) -> None:
    made = site(feed=True, named_feeds=("/rss.xml",))
    with desk(tmp_path, made) as one:
        one.capture()
        one.newsroom.publish(one.now)
        made.faults["/sitemap.xml"] = Reply(PAGE, 500)
        told = [str(problem) for _ in range(6) for problem in one.capture(hours=1).problems]
        assert len(told) == 1
        assert "/sitemap.xml" in told[0]
        made.stories.append(Story(77, one.now))
        one.capture(minutes=20)
        assert made.stories[-1].path in one.site.story_paths or "/rss.xml" in one.site.paths
        one.newsroom.publish(one.now)
        assert len(one.newsroom.entries()) == 6


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_twice_hours_apart_is_told_once_and_never_taken_back(
    tmp_path: Path, status: int
) -> None:
    made = site()
    with desk(tmp_path, made) as one:
        one.capture()
        one.newsroom.publish(one.now)
        before = [(entry.id, entry.published, entry.content) for entry in one.newsroom.entries()]
        story = made.out[2]
        story.status, story.updated = status, one.now + HOUR
        asked, told = [], []
        for _ in range(4 * 24):
            outcome = one.capture(minutes=15)
            asked += [(one.now, path) for path in one.site.story_paths if path == story.path]
            told += [problem.code for problem in outcome.problems]
        assert told == ["capture-vanished"]
        assert asked[1][0] - asked[0][0] >= timedelta(hours=6)
        assert len(asked) < 5
        one.newsroom.publish(one.now)
        after = [(entry.id, entry.published, entry.content) for entry in one.newsroom.entries()]
        assert after == before


def test_a_change_that_is_said_while_a_page_is_let_be_is_not_lost(tmp_path: Path) -> None:
    made = site()
    story = made.out[0]
    with desk(tmp_path, made) as one:
        one.capture()
        one.newsroom.publish(one.now)
        story.updated = one.now + HOUR
        assert one.capture(hours=1).came == {"same": 1}
        story.rewrite(one.now)
        for _ in range(24):  # in which nothing else is new
            one.capture(minutes=15)
        one.newsroom.publish(one.now)
        assert "Corrected at" in str(one.newsroom.entries()[0].content)


def test_robots_txt_is_obeyed_for_each_page(tmp_path: Path) -> None:
    made = NewsSite(stories(6, NOW, apart=HOUR, sections=("economy", "sport")))
    made.sitemap, made.sections = "plain", ("economy", "sport")
    made.robots = "User-agent: *\nDisallow: /economy/\nAllow: /\n"
    with desk(tmp_path, made) as one:
        for _ in range(3):
            one.capture(hours=1)
            assert not [path for path in one.site.paths if path.startswith("/economy")]
        assert len([path for path in one.files if "/sport/" in path]) == 3


def test_rules_for_this_program_alone_count_before_those_for_all(tmp_path: Path) -> None:
    made = site()
    made.robots = "User-agent: *\nDisallow: /\n\nUser-agent: newsroom-feeds\nDisallow: /private/\n"
    with desk(tmp_path, made) as one:
        assert one.capture().came["new"] == 5


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_compressed_answers_are_asked_for_and_saved_as_they_came(
    tmp_path: Path, coding: str
) -> None:
    with desk(tmp_path, site(coding=coding)) as one:
        one.capture()
        assert all(coding in asked.headers["Accept-Encoding"] for asked in one.site.log)
        saved = (one.newsroom.root / one.files[-1]).read_bytes()
        assert f"Content-Encoding: {coding}".lower().encode() in saved.lower()
        assert one.newsroom.publish(one.now).problems == []
        titles = {entry.title for entry in one.newsroom.entries()}
        assert titles == {story.title for story in one.site.stories}


def test_a_page_that_asks_for_money_gives_its_summary_and_is_no_other_version_each_time(
    tmp_path: Path,
) -> None:
    made = site(1)
    made.stories[0].is_paid = True
    with desk(tmp_path, made) as one:
        one.capture()
        one.newsroom.publish(one.now)
        [entry] = one.newsroom.entries()
        assert entry.title == made.stories[0].title
        assert "Subscribe" not in str(entry.content)
        made.stories[0].updated = one.now + HOUR
        assert one.capture(hours=1).came == {"same": 1}


def test_a_page_that_asks_to_log_in_is_no_story(tmp_path: Path) -> None:
    made = site()
    login = (
        '<html><title>Log in | Quay Gazette</title><body><h1>Log in</h1><form method="post">'
        '<input name="user"><input type="password" name="word"><button>Log in</button></form>'
    )
    made.faults[made.out[1].path] = Reply(status=302, headers=(("Location", "/login?to=story"),))
    made.faults["/login?to=story"] = Reply(login.encode())
    with desk(tmp_path, made) as one:
        one.capture()
        assert not [path for path in one.files if "login" in path]
        assert one.newsroom.publish(one.now).problems == []
        assert len(one.newsroom.entries()) == 5  # the front page has its headline
