"""Sites that mean harm or never end: told by their logs, and by what is left on disk."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from datetime import timedelta
from pathlib import Path
from time import process_time

import brotli
import pytest

from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, NewsSite, Reply, serving
from tests.capture.words import stories

HOUR = timedelta(hours=1)
MOST = 16 * 1024 * 1024


def site(count: int = 3) -> NewsSite:
    made = NewsSite(stories(count, NOW, apart=HOUR))
    made.sitemap = "plain"
    return made


def is_well(one: Desk, but: int = 0) -> None:
    """All stories of the site are there but for the first so many, and can be published."""
    assert len([path for path in one.files if "/story-" in path]) == len(one.site.stories) - but
    assert one.newsroom.publish(one.now).problems == []


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/news/story-1-of-the-day",
        "http://127.0.0.1:1/news/story-1-of-the-day",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:{port}/news/story-1-of-the-day",
        "http://[::1]:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://user:word@127.0.0.1:{port}/",
        "//127.0.0.2:{port}/",
        "file:///etc/hosts",
        "gopher://127.0.0.1:{port}/",
    ],
)
def test_a_redirect_to_another_machine_is_never_followed(tmp_path: Path, location: str) -> None:
    with serving(NewsSite(), "127.0.0.2") as other, desk(tmp_path, site()) as one:
        ports = [made.url.rpartition(":")[2] for made in (one.site, other)]
        target = location.format(port=ports["127.0.0.2" in location])
        story = one.site.stories[0]
        one.site.faults[story.path] = Reply(status=302, headers=(("Location", target),))
        one.capture()
        assert other.log == []
        assert one.site.story_paths.count(story.path) == 1
        is_well(one, but=1)


def test_what_leads_inside_from_robots_sitemaps_feeds_and_pages_is_not_asked_either(
    tmp_path: Path,
) -> None:
    with serving(NewsSite(), "127.0.0.2") as other, desk(tmp_path, site()) as one:
        one.site.sitemap, one.site.named_feeds = "", (f"{other.url}/rss.xml",)
        one.site.robots = f"Sitemap: {other.url}/sitemap.xml\nSitemap: {one.site.url}/ours.xml\n"
        inner = f"<sitemap><loc>{other.url}/part.xml</loc></sitemap>"
        inner += f"<sitemap><loc>{one.site.url}/part.xml</loc></sitemap>"
        pages = f"<url><loc>{other.url}/news/a</loc></url>"
        one.site.faults["/ours.xml"] = Reply(f"<sitemapindex>{inner}</sitemapindex>".encode())
        one.site.faults["/part.xml"] = Reply(f"<urlset>{pages}</urlset>".encode())
        one.capture()
        assert other.log == []
        assert "/part.xml" in one.site.paths
        is_well(one)


def test_redirects_without_end_are_left(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        path = one.site.stories[0].path
        one.site.faults[path] = Reply(status=301, headers=(("Location", path),))
        one.capture()
        assert one.site.paths.count(path) == 6
        is_well(one, but=1)


@pytest.mark.parametrize("coding", ["", "gzip", "br", "deflate"])
def test_a_page_that_is_too_large_or_grows_so_takes_no_memory(tmp_path: Path, coding: str) -> None:
    size = 200 * 1024 * 1024 if coding else MOST + 1_000_000
    if coding == "br":
        many: bytes = brotli.compress(bytes(size), quality=1)
    elif coding:
        many = gzip.compress(bytes(size), 1) if coding == "gzip" else zlib.compress(bytes(size), 1)
    else:
        many = b"<p>" * (size // 3)
    headers = (("Content-Encoding", coding),) if coding else ()
    with desk(tmp_path, site()) as one:
        one.site.faults[one.site.stories[0].path] = Reply(many, headers=headers, coded=True)
        tracemalloc.start()
        one.capture()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 100 * 1024 * 1024
        is_well(one, but=1)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/"])
def test_documents_that_grow_without_end_are_told_or_cut_and_nothing_else_is_lost(
    tmp_path: Path, path: str
) -> None:
    bomb = Reply(
        gzip.compress(b"# " * (150 * 1024 * 1024), 1),
        headers=(("Content-Encoding", "gzip"),),
        coded=True,
    )
    made = site()
    made.feed, made.named_feeds = True, ("/rss.xml",)
    with desk(tmp_path, made) as one:
        one.site.faults[path] = bomb
        tracemalloc.start()
        one.capture()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 250 * 1024 * 1024
        is_well(one)


def test_a_front_page_of_100_000_links_keeps_to_the_budget_in_time_and_memory(
    tmp_path: Path,
) -> None:
    made = NewsSite()
    links = "".join(
        f'<p><a href="/news/story-{number}-of-many">Story {number} of very many</a></p>'
        for number in range(100_000)
    )
    made.faults["/"] = Reply(f"<html><body>{links}".encode())
    with desk(tmp_path, made, "budget = 20") as one:
        began = process_time()
        tracemalloc.start()
        outcome = one.capture()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(one.site.log) == outcome.requests == 20
        assert outcome.ended == "requests"
        assert most < 300 * 1024 * 1024
        assert process_time() - began < 60


def trapped(path: str) -> Reply | None:
    """A site whose every page leads to more: circles, sessions, pages of pages, days to come."""
    route, _, query = path.partition("?")
    if not route.startswith("/trap"):
        return None
    number = len(route) + len(query)
    return Reply(
        f"""<html><body><h1>Trap</h1><nav>
        <a href="{route}more/">More of this</a>
        <a href="/trap/calendar/2031/{number % 12 + 1}/">May</a>
        </nav><a href="/trap/story?sessionid={number}f00ba4">The very same story as before</a>
        <a href="/trap/list?page={number + 1}" rel="next">Older</a>
        <a href="/trap/day/2044/05/11/what-will-be-then">What will be on that day</a>""".encode()
    )


def test_a_site_without_end_is_left_when_the_budget_is_spent_and_has_its_stories(
    tmp_path: Path,
) -> None:
    made = site(5)
    made.sitemap, made.sections = "", ("news", "trap")
    made.further = trapped
    with desk(tmp_path, made, "budget = 40") as one:
        for _ in range(3):
            outcome = one.capture(minutes=10)
            assert len(one.site.log) <= 40
            assert not [path for path in one.site.paths if "calendar" in path or "2044" in path]
            assert not [path for path in one.site.paths if "sessionid" in path]
        assert len([path for path in one.site.paths if path.startswith("/trap")]) < 15
        assert outcome.ended is None
        is_well(one)


def test_addresses_that_differ_in_what_is_no_matter_are_one_story(tmp_path: Path) -> None:
    made = site(1)
    path = made.stories[0].path

    def listed() -> Reply:
        variants = (
            *("", "#comments", "?utm_source=a", "?fbclid=1x", "?PHPSESSID=abc1", "?ref=front"),
            *(";jsessionid=0F", "?utm_source=b&amp;utm_medium=c#d"),
        )
        day = f"<lastmod>{NOW.isoformat()}</lastmod>"
        links = "".join(f"<url><loc>{made.url}{path}{one}</loc>{day}</url>" for one in variants)
        return Reply(f"<urlset>{links}<url><loc>{made.url}/?utm_id=1</loc></url></urlset>".encode())

    made.faults["/sitemap.xml"] = listed
    made.faults["/"] = Reply(
        f'<h2><a href="{path}?utm_source=front">The same once more</a></h2>'.encode()
    )
    with desk(tmp_path, made) as one:
        one.capture()
        assert one.site.story_paths == [path]


HOSTILE = [
    "/../../../etc/passwd-story-of-the-day",
    "/news/..%2f..%2f..%2fstory-of-the-day",
    "/news/%00story-of-the-day",
    "/news/" + "story-" * 60,
    "/news/" + "a-b-c-d/" * 9,
    "/.git/story-of-the-day",
    "/news/con/story-of-the-day.warc",
    "/news/сказка-о-колоколе-порта",
    "/news/story\\of-the-day-again",
    "/news/a'; DROP TABLE entries; --story",
    "/news/<b>story-of-the-day</b>",
]


def test_no_address_writes_anywhere_but_below_captured(tmp_path: Path) -> None:
    made = site(len(HOSTILE))
    locs = "".join(f"<url><loc><![CDATA[{path}]]></loc></url>" for path in HOSTILE)
    made.faults["/sitemap.xml"] = Reply(f"<urlset>{locs}</urlset>".encode())
    pages: dict[str, bytes] = {}

    def paged(path: str) -> Reply | None:
        if "story" not in path and "%" not in path and "a-b-c-d" not in path:
            return None
        story = made.stories[len(pages.setdefault(path, b"")) + len(pages) - 1]
        story.canonical = made.url + path
        return made.story_reply(story)

    made.further = paged
    with desk(tmp_path, made) as one:
        before = {path for path in tmp_path.rglob("*") if path.is_file()}
        one.capture()
        one.newsroom.publish(one.now)
        new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
        assert len([path for path in new if path.suffix == ".warc"]) >= len(HOSTILE) - 2
        inside = (one.newsroom.root / "captured", one.newsroom.database.parent)
        outside = [path for path in new if not any(path.is_relative_to(one) for one in inside)]
        assert [path.name for path in outside] == [".feeds-ledger.json"]  # the mark
        assert all("\\" not in str(path) and ".." not in str(path) for path in new)
