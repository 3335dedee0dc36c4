"""What a run asks of a site, saves of it and leaves: told by the site's own log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from feeds.readers.warc import read_capture
from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite, Reply
from tests.capture.words import Story, stories

HOUR = timedelta(hours=1)


def site(count: int = 5, **settings: object) -> NewsSite:
    """A site with so many stories, an hour apart, the newest of which is just out."""
    made = NewsSite(stories(count, NOW, apart=HOUR))
    for name, value in settings.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("sitemap", ["plain", "news", "index"])
def test_a_sitemap_leads_to_all_stories_each_of_which_is_fetched_once(
    tmp_path: Path, sitemap: Literal["plain", "news", "index"]
) -> None:
    with desk(tmp_path, site(sitemap=sitemap)) as one:
        outcome = one.capture()
        assert outcome.came == {"new": 5, "list": 1}
        assert one.site.paths[0] == "/robots.txt"
        assert one.site.story_paths == [story.path for story in one.site.out]
        assert len([path for path in one.files if "/news/" in path]) == 5


def test_a_run_with_nothing_new_is_one_request(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        assert one.capture(minutes=10).came == {}
        assert [(asked.path, asked.status) for asked in one.site.log] == [("/sitemap.xml", 304)]


def test_what_was_captured_is_published(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        assert one.newsroom.publish(one.now).problems == []
        entries = one.newsroom.entries()
        assert {entry.url for entry in entries} == {
            one.site.url + story.path for story in one.site.out
        }
        assert [entry.published for entry in entries] == [story.published for story in one.site.out]


def test_a_file_knows_which_day_it_was_in_the_newsroom(tmp_path: Path) -> None:
    with desk(tmp_path, site(1, sitemap="plain")) as one:
        one.capture()
        for path in one.files:
            data = (one.newsroom.root / path).read_bytes()
            assert read_capture(path, data).moment.utcoffset() == timedelta(hours=4)


def test_a_site_without_sitemaps_is_read_by_the_feed_that_its_front_page_names(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site(feed=True, named_feeds=("/rss.xml",))) as one:
        assert one.capture().came == {"new": 5, "list": 1}
        one.capture(minutes=10)
        assert one.site.paths == ["/", "/rss.xml"]
        one.site.stories.append(Story(77, one.now))
        one.capture(minutes=10)
        assert one.site.story_paths == [one.site.stories[-1].path]


def test_a_site_with_neither_is_read_by_its_lists(tmp_path: Path) -> None:
    made = NewsSite(stories(25, NOW, apart=HOUR, sections=("economy", "sport")))
    made.sections = ("economy", "sport")
    with desk(tmp_path, made) as one:
        one.capture()
        assert sorted(one.site.story_paths) == sorted(story.path for story in one.site.out)
        assert "/economy/?page=2" in one.site.paths
        one.capture(minutes=10)
        assert one.site.story_paths == []
        assert "/economy/?page=2" not in one.site.paths
        assert {asked.status for asked in one.site.log} == {304}


def test_what_the_configuration_names_is_asked_and_nothing_else(tmp_path: Path) -> None:
    made = NewsSite(stories(9, NOW, apart=HOUR, sections=("economy", "sport")))
    made.sections, made.sitemap, made.feed = ("economy", "sport"), "plain", True
    with desk(tmp_path, made) as one:
        one.configure(f'sections = ["{one.site.url}/sport/"]')
        one.capture()
        expected = {"/robots.txt", "/sport/", *(s.path for s in made.out if s.section == "sport")}
        assert set(one.site.paths) == expected


def test_a_changed_story_is_saved_beside_its_older_version_and_corrected(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        one.newsroom.publish(one.now)
        before = one.files
        story = one.site.out[2]
        one.site.now += HOUR
        story.rewrite(one.now)
        assert one.capture().came == {"changed": 1}
        assert one.site.story_paths == [story.path]
        assert len(one.files) == len(before) + 1
        outcome = one.newsroom.publish(one.now)
        assert (outcome.corrected, outcome.entered, outcome.problems) == (1, 0, [])


def test_a_page_that_differs_in_no_word_of_its_story_is_saved_once(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain", is_noisy=True)) as one:
        one.capture()
        before = one.files
        story = one.site.out[0]
        story.updated = one.now + HOUR
        assert one.capture(hours=1).came == {"same": 1}
        assert one.files == before


def test_a_site_that_calls_everything_new_each_time_is_asked_ever_less_often(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        asked = []
        for _ in range(24):
            for story in one.site.stories:
                story.updated = one.now
            one.capture(minutes=20)
            asked.append(len(one.site.story_paths))
        assert sum(asked) == 4 * 5


def test_a_story_of_whose_changes_nobody_tells_is_looked_at_again_with_growing_pauses(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, site(1)) as one:
        begun = one.now
        one.capture()
        looks = []
        for _ in range(4 * 24 * 9):
            one.capture(minutes=15)
            if one.site.story_paths:
                looks.append((one.now - begun) / HOUR)
        assert [round(look) for look in looks] == [1, 2, 5, 10, 20, 40, 80, 160]


def test_a_budget_is_for_the_newest_and_the_rest_is_for_the_next_runs(tmp_path: Path) -> None:
    with desk(tmp_path, site(40, sitemap="plain"), "budget = 12") as one:
        fetched: list[str] = []
        for _ in range(6):
            outcome = one.capture(minutes=10)
            assert len(one.site.log) <= 12
            fetched += one.site.story_paths
            assert len(outcome.left) == 40 - len(fetched)
        assert (
            fetched
            == [story.path for story in sorted(one.site.stories, key=lambda s: s.number)][::-1]
        )


def test_what_is_old_is_let_be_but_for_the_newest_few(tmp_path: Path) -> None:
    made = NewsSite(stories(100, NOW, apart=timedelta(days=5)))
    made.sitemap = "plain"
    with desk(tmp_path, made) as one:
        outcome = one.capture()
        assert outcome.came["new"] == 30
        assert outcome.let_be["older"] == 70
        assert one.site.story_paths == [story.path for story in made.out[:30]]
        assert one.capture(minutes=10).came == {}


def test_of_a_sitemap_without_dates_what_is_there_at_first_is_old(tmp_path: Path) -> None:
    made = site(25)
    made.robots = "User-agent: *\nDisallow:\nSitemap: /all.txt\n"

    def listed() -> Reply:
        lines = "\n".join(made.url + story.path for story in made.out)
        return Reply(lines.encode(), kind="text/plain")

    made.faults["/all.txt"] = listed
    with desk(tmp_path, made) as one:
        one.capture()
        assert one.site.story_paths == [story.path for story in made.out[:10]]  # of the front page
        made.stories.append(Story(77, one.now))
        one.capture(minutes=10)
        assert one.site.story_paths == [made.stories[-1].path]


def test_an_index_of_sitemaps_is_followed_where_it_changed(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="index", archives=40), "days = 10") as one:
        one.capture()
        assert [path for path in one.site.paths if "sitemap" in path] == [
            "/sitemap.xml",
            "/sitemap-now.xml",
        ]
        one.site.stories.append(Story(77, one.now + HOUR))
        one.capture(hours=30)
        assert one.site.paths == [
            "/robots.txt",  # a day later
            "/sitemap.xml",
            "/sitemap-now.xml",
            "/",
            one.site.stories[-1].path,
        ]


def test_a_page_without_a_story_is_not_fetched_again_until_the_site_says_so(
    tmp_path: Path,
) -> None:
    made = site(sitemap="plain")
    about = made.stories[0]
    made.faults[about.path] = Reply(b"<html><title>About</title><nav><a href=/>Home</a></nav>")
    with desk(tmp_path, made) as one:
        assert one.capture().came["no-story"] == 1
        one.site.stories.append(Story(77, one.now))
        assert one.capture(minutes=10).came == {"new": 1, "list": 1}
        about.updated = one.now + HOUR
        one.capture(hours=1)
        assert one.site.story_paths == [about.path]


def test_a_page_that_states_no_date_is_a_story_if_a_list_of_the_site_says_so(
    tmp_path: Path,
) -> None:
    made = site(sitemap="plain")
    about = Story(90, NOW - HOUR, "about", form="none")
    made.stories[2].form = "none"
    made.stories.append(about)
    made.faults["/"] = lambda: Reply(
        (
            "<html><body><h2>Latest news</h2><ul>"
            + "".join(
                f'<li><a href="{s.path}">{s.title}</a> <time>{s.day_in_words}</time></li>'
                for s in made.out
                if s is not about
            )
        ).encode()
    )
    with desk(tmp_path, made) as one:
        outcome = one.capture()
        assert (outcome.came["new"], outcome.came["undated"]) == (5, 1)


def test_what_this_program_serves_itself_is_never_asked_for(tmp_path: Path) -> None:
    made = site(feed=True, named_feeds=("/feeds/latest.rss", "/rss.xml"))
    made.faults["/robots.txt"] = lambda: Reply(
        f"User-agent: *\nDisallow:\nSitemap: {made.url}/feeds/news-sitemap.xml\n".encode()
    )
    made.faults["/sitemap.xml"] = Reply(status=302, headers=(("Location", "/feeds/latest.rss"),))
    with desk(tmp_path, made) as one:
        one.capture()
        assert not [path for path in one.site.paths if path.startswith("/feeds/")]
        assert "/rss.xml" in one.site.paths


def test_a_page_is_saved_under_the_address_that_it_calls_its_own(tmp_path: Path) -> None:
    made = site(sitemap="plain")
    copy, original = made.stories[:2]
    copy.title, copy.paragraphs = original.title, original.paragraphs
    with desk(tmp_path, made) as one:
        copy.canonical = one.site.url + original.path
        assert one.capture().came["new"] == 4
        assert not [path for path in one.files if copy.slug in path]
        assert one.capture(minutes=10).came == {}


def test_a_page_that_calls_another_sites_address_its_own_is_not_ours(tmp_path: Path) -> None:
    made = site(sitemap="plain")
    made.stories[0].canonical = "https://agency.test/wire/1"
    with desk(tmp_path, made) as one:
        outcome = one.capture()
        assert (outcome.came["new"], outcome.came["elsewhere"]) == (4, 1)


def test_other_languages_of_a_page_are_found(tmp_path: Path) -> None:
    made = site(1, feed=True, named_feeds=("/rss.xml",))
    other = Story(50, NOW - 40 * HOUR, "az", "az")
    made.stories[0].other = other
    made.further = lambda path: made._story(path, "") if path == other.path else None
    made.stories.append(other)
    with desk(tmp_path, made) as one:
        one.capture()
        assert sorted(one.site.story_paths) == sorted(story.path for story in made.stories)


def test_addresses_without_end_are_let_be(tmp_path: Path) -> None:
    made = site(3)
    trap = "".join(
        f'<li><a href="/news/calendar/2027/{month}/{day}/">What happens on this very day</a>'
        for month in range(1, 13)
        for day in range(1, 29)
    )
    made.faults["/"] = lambda: Reply(
        (
            "<html><body><ul>"
            + "".join(f'<li><a href="{s.path}">{s.title}</a>' for s in made.out)
            + trap
        ).encode()
    )
    with desk(tmp_path, made) as one:
        one.capture()
        assert one.site.story_paths == [story.path for story in made.out]
        assert not [path for path in one.site.paths if "calendar" in path]


def test_a_run_that_only_looks_fetches_no_story_and_remembers_nothing(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        looked = one.look()
        assert [wanted.address for wanted in looked.left] == [
            one.site.url + story.path for story in one.site.out
        ]
        assert {wanted.why for wanted in looked.left} == {"new"}
        assert one.site.story_paths == []
        assert not (one.newsroom.root / "captured").exists()
        assert one.capture().came["new"] == 5


def test_what_an_editor_took_away_does_not_come_back(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        taken = next(path for path in one.files if "story-3" in path)
        (one.newsroom.root / taken).unlink()
        one.site.stories[2].updated = one.now + HOUR
        outcome = one.capture(hours=1)
        assert one.site.story_paths == []
        assert outcome.let_be["taken-out"] == 1


def test_what_is_known_is_made_again_from_the_pages(tmp_path: Path) -> None:
    with desk(tmp_path, site(sitemap="plain")) as one:
        one.capture()
        (one.newsroom.root / "captured" / ".state.jsonl").unlink()
        before = one.files
        damaged = one.newsroom.root / "captured" / "news" / "x" / "20260101T000000Z.warc"
        damaged.parent.mkdir()
        damaged.write_bytes(b"WARC/1.1\r\n")
        one.capture(minutes=10)
        assert one.files == sorted([*before, str(damaged.relative_to(one.newsroom.root))])
        assert {a.status for a in one.site.log if a.path in one.site.story_paths} <= {304}
