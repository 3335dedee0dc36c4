"""``feeds init --from``: a site is looked at once, and proposes all that a newsroom needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from feeds.newsroom.site import Site
from feeds.newsroom.site_file import load_site
from tests.capture.sites import NOW, NewsSite, Reply, serving
from tests.capture.words import Story
from tests.cli.test_init import ANSWERS, asked
from tests.newsrooms import FEEDS, Ran, feeds

SECTIONS = ("iqtisadiyyat", "idman")


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """A site in Azerbaijani with 24 stories of the last day, a sitemap and a feed of them all."""
    made = NewsSite(
        Story(number, NOW - timedelta(hours=24 - number), SECTIONS[number % 2], "az")
        for number in range(1, 25)
    )
    made.language, made.sections, made.sitemap = "az", SECTIONS, "news"
    made.feed, made.named_feeds = True, ("/rss.xml", "/feeds/latest.rss")
    with serving(made):
        yield made


def configured(home: Path) -> Site:
    return load_site((home / "source" / "site.toml").read_text(encoding="utf-8"), "site.toml")


def looked_at(home: Path, site: NewsSite, *options: str) -> Ran:
    """What somebody makes of ``site`` who can't be asked anything."""
    given = ("--authority", "quay.org,2026", "--yes", *options)
    return feeds(None, "init", home, "--from", site.url, *given, now=NOW)


def test_all_that_a_newsroom_needs_is_proposed(tmp_path: Path, site: NewsSite) -> None:
    run = looked_at(tmp_path, site)
    assert run.returncode == 0, run.stderr
    made = configured(tmp_path)
    assert (made.title, made.description) == ("Quay Gazette", "News from the quay, every day.")
    assert (made.language, made.timezone) == ("az", "Asia/Baku")
    assert (made.icon, made.accent) == (f"{site.url}/icon-192.png", "#0b3d5c")
    assert made.site_url == f"{site.url}/"
    assert [(one.name, one.title, one.categories) for one in made.feeds[1:]] == [
        ("iqtisadiyyat", "Quay Gazette: Iqtisadiyyat", ("Iqtisadiyyat",)),
        ("idman", "Quay Gazette: Idman", ("Idman",)),
    ]
    assert [(rule.path, rule.categories) for rule in made.pages] == [
        ("captured/iqtisadiyyat/**", ("Iqtisadiyyat",)),
        ("captured/idman/**", ("Idman",)),
    ]


def test_ten_stories_are_shown_as_they_would_be_read(tmp_path: Path, site: NewsSite) -> None:
    site.stories[-1].form = "none"
    site.stories[-2].form = "words"
    told = looked_at(tmp_path, site).stdout.partition("Made ")[0]
    newest = site.out[:10]
    shown = re.findall(r"^(http\S+)\n  title +(.+?)(?:  <- .+)?\n  published +(.+)$", told, re.M)
    assert [(url, title) for url, title, _ in shown] == [
        (site.url + one.path, one.title) for one in newest
    ]
    assert shown[0][2].startswith("unknown  <- ")
    assert shown[1][2] == "14 January 2026, 11:00 Asia/Baku"
    assert shown[2][2] == "14 January 2026, 10:00 UTC+04:00"
    assert f"  24 addresses are named in {site.url}/sitemap.xml" in told


def test_an_icon_that_is_not_there_is_not_proposed(tmp_path: Path, site: NewsSite) -> None:
    site.faults["/icon-192.png"] = Reply(status=404)
    looked_at(tmp_path, site)
    assert site.paths.count("/icon-192.png") == 1
    assert "\nicon =" not in (tmp_path / "source" / "site.toml").read_text(encoding="utf-8")


def test_a_site_is_looked_at_once_and_politely(tmp_path: Path, site: NewsSite) -> None:
    assert looked_at(tmp_path, site).returncode == 0
    assert site.paths[:2] == ["/", "/robots.txt"]
    assert len(site.story_paths) == 10
    assert len(site.paths) == len(set(site.paths)) == 14
    assert not [path for path in site.paths if path.startswith("/feeds/")]
    assert all(one.headers["User-Agent"].startswith("newsroom-feeds/") for one in site.log)


def test_what_is_printed_keeps_fetching_and_publishing(tmp_path: Path, site: NewsSite) -> None:
    told = looked_at(tmp_path, site).stdout
    source = f"--source {tmp_path}/source"
    assert re.search(rf"^  \S.*{FEEDS} capture --publish {source}$|^  {FEEDS} capture", told, re.M)
    assert f"  */10 * * * * {FEEDS} capture --publish --quiet {source}\n" in told
    assert f"  5-59/10 * * * * {FEEDS} publish --quiet {source}\n" in told
    files = looked_at(tmp_path / "files", site, "--export", str(tmp_path / "www")).stdout
    source = f"--source {tmp_path}/files/source"
    assert f"  */10 * * * * {FEEDS} capture --quiet {source}\n" in files
    assert f"  */5 * * * * {FEEDS} publish --quiet {source} --export {tmp_path}/www\n" in files


def test_where_nobody_can_be_asked_a_feed_is_named_and_not_taken_over(
    tmp_path: Path, site: NewsSite
) -> None:
    told = looked_at(tmp_path, site).stdout
    assert f" import {site.url}/rss.xml --source {tmp_path}/source\n" in told
    assert "/feeds/latest.rss --source" not in told  # the program's own
    assert not (tmp_path / "instance" / "feeds.db").exists()


TYPED = "\n\n\n\n\n\nquay.org,2026\n\n\n"
"""All that is proposed but for the authority, as far as questions are the same in each test."""


def test_a_feed_that_is_taken_over_keeps_its_guids_and_no_story_is_there_twice(
    tmp_path: Path, site: NewsSite
) -> None:
    run = asked(tmp_path, TYPED + "y\ny\n", "--from", site.url)
    assert run.returncode == 0, run.stderr
    assert f"Take over {site.url}/rss.xml" in run.stderr
    place = ("--source", str(tmp_path / "source"))
    published = feeds(None, "capture", "--publish", *place, now=NOW)
    assert published.returncode == 0, published.stderr
    first = run.stdout.partition("Try it:\n")[2].partition(" serve ")[0]
    assert f"{FEEDS} capture --publish {' '.join(place)}\n" in first
    assert "--accept" not in run.stdout
    folder = tmp_path / "out"
    assert feeds(None, "export", *place, folder, now=NOW).returncode == 0
    latest = feedparser.parse((folder / "current" / "feeds" / "latest.rss").read_bytes())
    assert [entry.title for entry in latest.entries] == [one.title for one in site.out]
    guids = [f"gazette-{one.number}" for one in site.out]
    assert [entry.id for entry in latest.entries][:20] == guids[:20]
    assert not [entry.id for entry in latest.entries[20:] if entry.id in guids]


def test_whoever_does_not_agree_says_so(tmp_path: Path, site: NewsSite) -> None:
    typed = "Another\n\n\nen\n\nAsia/Tbilisi\nquay.org,2026\n#123456\nn\nn\n"
    run = asked(tmp_path, typed, "--from", site.url, "--icon", "")
    assert run.returncode == 0, run.stderr
    made = configured(tmp_path)
    assert (made.title, made.language, made.icon) == ("Another", "en", "")
    assert (made.timezone, made.accent) == ("Asia/Tbilisi", "#123456")
    assert len(made.feeds) == 1
    assert not made.pages
    assert f" import {site.url}/rss.xml " in run.stdout


def test_a_site_that_forbids_it_is_asked_for_nothing_else(tmp_path: Path, site: NewsSite) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    run = looked_at(tmp_path, site)
    assert run.returncode == 0, run.stderr
    assert site.paths == ["/", "/robots.txt"]
    assert "robots.txt forbids" in run.stdout
    assert configured(tmp_path).title == "Quay Gazette"


def test_a_site_without_stories_has_a_newsroom_as_before(tmp_path: Path) -> None:
    with serving(NewsSite()) as site:
        run = looked_at(tmp_path, site)
    assert run.returncode == 0, run.stderr
    assert "no stories were found" in run.stdout
    assert "  */5 * * * * " in run.stdout
    assert "[capture]" not in (tmp_path / "source" / "site.toml").read_text()


def test_a_site_that_does_not_answer_leaves_nothing(tmp_path: Path, site: NewsSite) -> None:
    site.faults["/"] = Reply(b"<p>Gone", 404)
    run = feeds(None, "init", tmp_path / "desk", *ANSWERS, "--from", site.url, "--yes")
    assert run.returncode == 2
    assert run.stderr == (
        f"feeds: {site.url}: the site answers 404; correct the address, or leave out --from\n"
    )
    assert not (tmp_path / "desk").exists()
