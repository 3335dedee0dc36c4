"""What a run asks of a site, saves of it and leaves: told by the site's own log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from tests.capture.capturing import desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import stories

HOUR = timedelta(hours=1)


def site(count: int = 5, **settings: object) -> NewsSite:
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
