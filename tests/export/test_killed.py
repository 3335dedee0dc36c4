"""Killed at any write: readers see a whole revision, and the next export completes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from feeds.export.claim import CLAIM
from tests.export.exporting import compare, expected, files
from tests.newsrooms import NOW, TestNewsroom, publish_bell
from tests.publish.killing import KILLED, Killer, compiler, killer
from tests.thorough import THOROUGH

TIMES = 16 if THOROUGH else 6


@pytest.fixture(scope="module")
def deadly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    found = compiler()
    if found is None:
        pytest.skip("needs a C compiler; on Debian: apt install gcc libc6-dev")
    with killer(tmp_path_factory.mktemp("killer"), found) as made:
        yield made


def test_a_killed_export_leaves_a_whole_revision_and_the_next_completes_it(
    deadly: Killer, newsroom: TestNewsroom
) -> None:
    newsroom.root, newsroom.database = newsroom.root.resolve(), newsroom.database.resolve()
    target = newsroom.root.parent / "out"
    publish_bell(newsroom)
    now = NOW + timedelta(minutes=10)
    writes = deadly.run(newsroom, now, "export", str(target)).writes
    assert writes > 50
    killed = 0
    for number in range(TIMES):
        before = {name: found.body for name, found in files(target).items()}
        title = f"Tide {number} stands higher than the year before"
        newsroom.page("tide.txt", f"{title}\n\nIt was measured {number} times.\n\n13.Jan.2026\n")
        now += timedelta(hours=1)
        newsroom.publish(now)
        at = 1 + number * writes // TIMES
        ran = deadly.run(newsroom, now, "export", str(target), at=at, torn=bool(number % 2))
        killed += ran.code == KILLED
        seen = {name: found.body for name, found in files(target).items()}
        if seen != before:
            wanted = expected(newsroom, now)
            assert {name: seen[name] for name in wanted} == wanted
        now += CLAIM + timedelta(seconds=1)
        assert deadly.run(newsroom, now, "export", str(target)).code == 0
        compare(newsroom, target, now)
    assert killed > TIMES // 2
