"""Lists of some days ago are made small, and read as they did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.capture.thinning import AGE, thin
from feeds.newsroom import captured
from feeds.readers.warc import Capture, read_capture
from tests.captures import SITE, Article, list_page
from tests.captures import captured as made_of

NOW = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
HOME = f"{SITE}/"
FILLER = "<p>Words that are no part of any line of the list, and take room.</p>" * 50


def story(number: int) -> Article:
    title = f"The pilot boat of quay {number} gets another engine"
    return Article(f"/boats/{number}", title, (), day="2026-12-01")


def list_of(number: int, moment: datetime, *, is_list: bool = True) -> Capture:
    markup = list_page([story(one) for one in range(number, number + 4)]) + FILLER
    return made_of(HOME, moment, markup, is_list=is_list)


def save_lists(root: Path, count: int) -> list[str]:
    moments = [NOW - timedelta(hours=12 * number) for number in range(count)][::-1]
    return [captured.save(root, list_of(number, moment)) for number, moment in enumerate(moments)]


def small(root: Path, paths: list[str]) -> list[bool]:
    return [bool(read_capture("", (root / path).read_bytes()).original) for path in paths]


def test_what_is_older_than_two_days_is_made_small_and_the_newest_stays(tmp_path: Path) -> None:
    paths = save_lists(tmp_path, 8)
    before = sum((tmp_path / path).stat().st_size for path in paths[:3])
    assert thin(tmp_path, [HOME], NOW) == 3
    assert small(tmp_path, paths) == [True] * 3 + [False] * 5
    assert sum((tmp_path / path).stat().st_size for path in paths[:3]) < before / 3
    assert thin(tmp_path, [HOME], NOW) == 0
    assert thin(tmp_path, [HOME], NOW + 9 * AGE) == 4


def test_a_run_makes_no_more_small_than_it_may(tmp_path: Path) -> None:
    paths = save_lists(tmp_path, 8)
    assert thin(tmp_path, [HOME], NOW, most=2) == 2
    assert small(tmp_path, paths)[:3] == [False, True, True]
    assert thin(tmp_path, [HOME], NOW, most=2) == 1


def test_articles_and_what_would_read_otherwise_stay_as_they_came(tmp_path: Path) -> None:
    older = NOW - 2 * AGE
    captured.save(tmp_path, list_of(1, older, is_list=False))
    odd = list_page([story(1)]).replace("</h1>", "")
    captured.save(tmp_path, made_of(HOME, older + AGE / 2, odd + "<!-- saved -->", is_list=True))
    captured.save(tmp_path, list_of(2, NOW))
    (tmp_path / captured.place_of(HOME, older - AGE)).write_bytes(b"damaged")
    assert thin(tmp_path, [HOME], NOW) <= 1
    assert thin(tmp_path, [f"{SITE}/nowhere/"], NOW) == 0
