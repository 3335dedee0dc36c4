"""A run that is ended anywhere, and the next one: nothing is fetched twice, nothing is lost."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from feeds.capture import state
from feeds.newsroom import whole
from tests.capture.capturing import Desk, desk
from tests.capture.sites import NOW, NewsSite
from tests.capture.words import stories

LAST = 20
"""So many times a first run of six stories waits, writes a page, or notes something, at most."""


def site() -> NewsSite:
    made = NewsSite(stories(6, NOW, apart=timedelta(hours=1)))
    made.sitemap = "plain"
    return made


class Ending:
    """Ends a run at the ``last`` call of what it stands for, before that does its work or after."""

    def __init__(self, work: Any, last: int, *, after: bool = False) -> None:
        self._work, self._left, self._after = work, last, after

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Does the work, or ends the run as Ctrl-C and systemd do."""
        self._left -= 1
        if self._left == 0 and not self._after:
            raise KeyboardInterrupt
        done = self._work(*given, **named)
        if self._left == 0:
            raise KeyboardInterrupt
        return done


def all_is_there_once(one: Desk, fetched: list[str]) -> None:
    """After another run each story was fetched and saved once, and is published."""
    one.capture(minutes=10)
    fetched += one.site.story_paths
    assert Counter(fetched) == {story.path: 1 for story in one.site.stories}
    assert len([path for path in one.files if "/story-" in path]) == len(one.site.stories)
    assert one.capture(minutes=10).came == {}
    assert one.newsroom.publish(one.now).problems == []
    assert len(one.newsroom.entries()) == len(one.site.stories)


@pytest.mark.parametrize("last", range(1, LAST, 6))
def test_between_two_requests(tmp_path: Path, last: int) -> None:
    with desk(tmp_path, site()) as one:
        with patch.object(Desk, "wait", Ending(lambda _: None, last)), suppress(KeyboardInterrupt):
            one.capture()
        all_is_there_once(one, one.site.story_paths)


@pytest.mark.parametrize("last", range(1, LAST, 6))
def test_between_a_page_that_is_saved_and_its_note(tmp_path: Path, last: int) -> None:
    with desk(tmp_path, site()) as one:
        put = Ending(state.State.put, last)
        with (
            patch.object(state.State, "put", lambda self, line: put(self, line)),
            suppress(KeyboardInterrupt),
        ):
            one.capture()
        known = {path.rpartition("/")[0] for path in one.files}
        fetched = [path for path in one.site.story_paths if f"captured{path}" in known]
        all_is_there_once(one, fetched)


@pytest.mark.parametrize("last", range(1, 8, 3))
def test_right_after_a_page_is_saved(tmp_path: Path, last: int) -> None:
    with desk(tmp_path, site()) as one:
        write = Ending(whole.write_whole, last, after=True)
        with patch.object(whole, "write_whole", write), suppress(KeyboardInterrupt):
            one.capture()
        all_is_there_once(one, one.site.story_paths)


def test_half_a_page_and_half_a_note_are_none(tmp_path: Path) -> None:
    with desk(tmp_path, site()) as one:
        one.capture()
        notes = one.newsroom.root / state.FILE
        notes.write_bytes(notes.read_bytes()[:-40])
        part = one.newsroom.root / one.files[0]
        part.with_name(part.name + ".part").write_bytes(part.read_bytes()[:100])
        one.site.forget()
        all_is_there_once(one, [story.path for story in one.site.stories])
