"""``feeds capture`` and ``feeds watch --capture``, as people and cron run them."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from feeds.capture import state
from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, XML, NewsSite, Reply
from tests.capture.words import Story, stories
from tests.newsrooms import FEEDS, PROJECT, Ran, feeds

HOUR = timedelta(hours=1)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    made = NewsSite(stories(3, NOW, apart=HOUR))
    made.sitemap = "plain"
    with desk(tmp_path, made) as found:
        yield found


def capture(one: Desk, *options: str) -> Ran:
    with patch("time.sleep", one.wait):
        return feeds(one.newsroom, "capture", *options, now=one.now)


def test_what_came_is_said_with_what_it_cost(one: Desk) -> None:
    done = capture(one)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("pages: 3 new, 1 of lists (6 requests, ")
    assert capture(one).stdout == "pages: nothing new (1 request, 0 bytes)\n"


def test_what_would_be_fetched_is_shown_with_the_reason(one: Desk) -> None:
    lines = capture(one, "--dry-run").stdout.splitlines()
    assert lines == [
        *(
            f"{one.site.url}{story.path}  new: named by /sitemap.xml, 2026-01-14"
            for story in one.site.out
        ),
        "would be fetched: 3 pages",
    ]
    capture(one)
    one.site.now += HOUR
    one.site.stories[0].updated = one.now
    lines = capture(one, "--dry-run").stdout.splitlines()
    assert lines == [
        f"{one.site.url}{one.site.stories[0].path}  changed, as the site says",
        "would be fetched: 1 page; not: 2 known",
    ]


def test_a_run_publishes_what_it_captured(one: Desk) -> None:
    done = capture(one, "--quiet", "--publish")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(one.newsroom.entries()) == 3


def test_what_lies_there_is_published_though_the_site_is_not_there(one: Desk) -> None:
    one.newsroom.page("bell.txt")
    one.site.faults["/robots.txt"] = Reply(status=500)
    done = capture(one, "--quiet", "--publish")
    assert done.returncode == 1
    assert "robots.txt can't be had, so nothing may be asked: it answers 500" in done.stderr
    assert one.newsroom.entries()


def test_cron_hears_of_a_site_that_fails_once(one: Desk) -> None:
    one.site.faults["/robots.txt"] = Reply(status=503)
    assert capture(one, "--quiet").stderr.count("\n") == 1
    for _ in range(20):
        one.site.now += HOUR / 6
        done = capture(one, "--quiet")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_who_meets_another_run_says_so_but_to_cron_and_publishes_all_the_same(one: Desk) -> None:
    capture(one)
    with state.alone(one.newsroom.root):
        met = capture(one)
        assert met.returncode == 2
        assert "at work" in met.stderr
        quiet = capture(one, "--quiet", "--publish")
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert len(one.newsroom.entries()) == 3


def test_a_dry_run_says_how_many_are_let_be_for_what(one: Desk) -> None:
    about = one.site.stories[0]
    one.site.faults[about.path] = Reply(b"<html><title>About</title><nav><a href=/>Home</a></nav>")
    one.site.stories[1].form = "none"
    one.site.sitemap = "plain"
    capture(one)
    one.site.now += HOUR
    one.site.stories[2].updated = one.now
    assert capture(one, "--dry-run").stdout.splitlines()[-1] == (
        "would be fetched: 1 page; not: 1 known, 1 without a story"
    )


def test_the_front_page_in_a_sitemap_is_not_counted_as_a_page_without_a_story(one: Desk) -> None:
    home = Story(9, NOW - HOUR)
    home.section, home.slug = "", ""
    one.site.stories.append(home)
    assert home.path == "//"
    text = one.site.answer("/sitemap.xml").body.replace(b"//</loc>", b"/</loc>")
    one.site.faults["/sitemap.xml"] = Reply(text, kind=XML)
    one.site.stories.remove(home)
    assert capture(one).stdout.startswith("pages: 3 new, 1 of lists (6 requests, ")


def test_what_is_gone_is_said_with_its_address_and_when_it_is_asked_for_again(one: Desk) -> None:
    capture(one)
    gone, failing = one.site.stories[:2]
    gone.status, gone.updated = 404, one.now + HOUR
    failing.updated = one.now + HOUR
    one.site.faults[failing.path] = Reply(status=500)
    one.site.now += HOUR
    done = capture(one)
    first, *lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first.startswith("pages: 1 gone, 1 that could not be had (")
    assert re.sub(r"\d\d:\d\d", "…", "\n".join(sorted(lines))) == (
        f"{one.site.url}{gone.path}: the site answers 404; it is asked for again at 2026-01-14 … "
        "UTC, and stays published until then\n"
        f"{one.site.url}{failing.path}: the site answers 500; it is asked for again at 2026-01-14 "
        "… UTC, and stays published until then"
    )


def test_a_dry_run_has_nothing_to_publish(one: Desk) -> None:
    done = capture(one, "--dry-run", "--publish")
    assert (done.returncode, one.site.paths) == (2, [])


def test_whoever_watches_captures_and_publishes(one: Desk) -> None:
    process = subprocess.Popen(
        [FEEDS, "watch", "--capture"],
        cwd=PROJECT,
        env=one.newsroom.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline(), process.stdout.readline()]
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=60)[0]
    assert "3 new" in lines[1] + rest
    assert process.returncode == 0
    assert len(one.newsroom.entries()) == 3


def test_the_command_on_problem_hears_of_a_site_that_fails_once_until_it_is_well(
    one: Desk, tmp_path: Path
) -> None:
    told = tmp_path / "told.txt"
    text = (one.newsroom.root / "site.toml").read_text(encoding="utf-8")
    script = f"cat >> {told}; echo >> {told}"
    one.newsroom.configure(f'{text}\n[publish]\non_problem = ["sh", "-c", "{script}"]\n')
    for _ in range(2):
        one.site.faults["/robots.txt"] = Reply(status=500)
        for _ in range(3):
            one.site.now += HOUR / 6
            capture(one, "--quiet")
        one.site.faults.clear()
        one.site.now += 25 * HOUR
        capture(one, "--quiet")
        one.site.now += 49 * HOUR
    assert told.read_text(encoding="utf-8").count("robots.txt can't be had") == 2
