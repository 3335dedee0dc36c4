"""Whatever a site sends, a run ends, in bounded time and room, and has what is good of it."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.capture import visits
from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite, Reply
from tests.capture.words import stories
from tests.newsrooms import PROJECT
from tests.thorough import THOROUGH

MEASURED = """
import re, resource, sys
from datetime import datetime
from pathlib import Path
from feeds.capture import run
from feeds.capture.visits import Clock
from feeds.newsroom import Newsroom
place = Newsroom(Path(sys.argv[1]), Path(sys.argv[2]))
moment = datetime.fromisoformat(sys.argv[3])
outcome = run.capture(run.Order(place, place.site(), Clock(lambda: moment, lambda _: None)))
told = Path("/proc/self/status")  # what getrusage says includes whom this process was forked from
if told.exists():
    most = int(re.search(r"VmHWM:\\s+(\\d+)", told.read_text())[1])
else:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(outcome.came.get("new", 0), most // 1024)
"""
MOST_MIB = 400
BOMB = gzip.compress(bytes(10_000_000)) * 100
"""A gigabyte, as gzip may have it in parts."""


def site() -> NewsSite:
    made = NewsSite(stories(5, NOW, apart=timedelta(hours=1)))
    made.sitemap = "plain"
    return made


def packed(data: bytes) -> Reply:
    return Reply(data, headers=(("Content-Encoding", "gzip"),), coded=True)


def urlset(url: str, first: int, count: int) -> Reply:
    lines = "".join(
        f"<url><loc>{url}/archive/story-{number}-of-old</loc><lastmod>2026-01-13</lastmod></url>"
        for number in range(first, first + count)
    )
    return Reply(f"<urlset>{lines}</urlset>".encode(), kind="application/xml")


def measured(site: NewsSite, home: Path, capture: str = "") -> int:
    """How many stories a run saved, in a process of its own, whose memory is bounded."""
    with desk(home, site, capture) as one:
        arguments = [str(one.newsroom.root), str(one.newsroom.database), NOW.isoformat()]
        told = subprocess.run(
            [sys.executable, "-c", MEASURED, *arguments],
            cwd=PROJECT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    saved, mib = map(int, told.split())
    assert mib < MOST_MIB
    return saved


def test_a_hundred_thousand_links_are_a_budget_of_requests(tmp_path: Path) -> None:
    made = site()
    made.robots = "User-agent: *\nDisallow:\nSitemap: /a.xml\nSitemap: /b.xml\n"
    made.faults["/a.xml"] = lambda: urlset(made.url, 0, 50_000)
    made.faults["/b.xml"] = lambda: urlset(made.url, 50_000, 50_000)
    assert measured(made, tmp_path, "budget = 20") == 0
    assert len(made.log) == 20


def test_bombs_and_bodies_without_end_are_left_there(tmp_path: Path) -> None:
    made = site()
    made.faults[made.stories[0].path] = packed(BOMB)
    made.faults[made.stories[1].path] = Reply(b"<p>bell " * 10_000_000)
    made.faults["/"] = packed(BOMB)
    assert measured(made, tmp_path) == 3


def test_a_sitemap_that_is_a_bomb_costs_no_more_than_it_is_told(tmp_path: Path) -> None:
    made = site()
    made.faults["/sitemap.xml"] = Reply(BOMB, kind="application/gzip")
    assert measured(made, tmp_path) == 5  # by the front page


REPLIES = [
    packed(BOMB),
    packed(b"no gzip"),
    Reply(b"\x00\xff" * 5000),
    Reply(b""),
    Reply(b"<" * 100_000),
    Reply(b"<a>" * 100_000),
    Reply(b"<p>x", kind="application/pdf"),
    Reply(b"<p>x", kind="text/html; charset=nonsense"),
    Reply(b"<p>" + b"x" * 3_000_000),
    Reply(status=204),
    Reply(status=206),
    Reply(status=301),
    Reply(status=302, headers=(("Location", "http://["),)),
    Reply(status=302, headers=(("Location", "?" + "x" * 100_000),)),
    Reply(status=418),
    Reply(b"<p>x", cut=2),
    Reply(b"<p>x", headers=(("ETag", "x" * 60_000), ("Content-Language", "\x7f\xff"))),
    Reply(b"<link rel=canonical href='http://[::1'><p>x"),
    Reply(b"<link rel=canonical href='//127.0.0.2/'><h1>Bell</h1><p>x"),
    Reply(b"<base href='file:///etc/'><a href=passwd>Nine words that are a headline</a>"),
]


def test_what_one_page_is_costs_no_more_than_that_one(tmp_path: Path) -> None:
    made = NewsSite(stories(5 + len(REPLIES), NOW, apart=timedelta(hours=1)))
    made.sitemap = "plain"
    for story, reply in zip(made.stories, REPLIES, strict=False):
        made.faults[story.path] = reply
    with desk(tmp_path, made) as one:
        one.capture()
        one.capture(minutes=20)
        for story in made.stories[len(REPLIES) :]:
            assert any(f"/{story.slug}/" in path for path in one.files)
        assert not any("internal" in str(p) for p in one.newsroom.publish(one.now).problems)


@pytest.mark.parametrize(
    "reply", REPLIES if THOROUGH else REPLIES[:3] + REPLIES[12:13], ids=REPLIES.index
)
@pytest.mark.parametrize("path", ["/", "/sitemap.xml", "/robots.txt"])
def test_what_one_document_is_costs_no_more_than_that_one(
    tmp_path: Path, path: str, reply: Reply
) -> None:
    made = site()
    made.faults[path] = reply
    with desk(tmp_path, made) as one:
        one.capture()
        one.capture(minutes=20)
        if path != "/robots.txt":
            assert all(any(f"/{s.slug}/" in path for path in one.files) for s in made.stories)


def test_a_page_that_comes_byte_by_byte_is_left_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "_SECONDS", 0.5)
    made = site()
    made.faults[made.stories[2].path] = Reply(b"x" * 1024 * 1000, pause=0.2)
    with desk(tmp_path, made) as one:
        assert one.capture().came == {"new": 4, "failed": 1, "list": 1}
