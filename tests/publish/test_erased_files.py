"""What is erased is gone from the files that were captured, and its address stays known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from feeds.capture.erased import erased
from feeds.ledger.connect import open_to_read
from feeds.newsroom import captured
from feeds.publish import erased_files
from tests.captures import SITE, Article, article_page, list_page
from tests.captures import captured as made_of
from tests.newsrooms import TestNewsroom, feeds, said

MOMENT = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
NOW = MOMENT + timedelta(hours=12)
TEXT = (
    "The harbour bell rang twice on Monday, for the first time in nine years, said the office.",
    "Nobody at the office could say who had paid for it, or where the bell had hung since then.",
)
BELL = Article(
    "/bell", "Harbour bell rings again after nine years", TEXT, "2026-12-01", "2026-12-01"
)
FERRY = BELL._replace(
    path="/ferry",
    title="Ferry to the islands stops for two whole weeks",
    paragraphs=(TEXT[0][::-1],),
)
LEAD = f"<p><a href='{BELL.path}'>{BELL.title}</a></p>"


@pytest.fixture
def newsroom(newsroom: TestNewsroom) -> TestNewsroom:
    """One that captured two versions of the bell, a ferry, and two lists that name both."""
    root = newsroom.root
    again = BELL._replace(title="Harbour bell rings out again after nine years")
    for hours, article in enumerate((BELL, again, FERRY)):
        moment = MOMENT + timedelta(hours=hours)
        captured.save(root, made_of(article.address, moment, article_page(article)))
    for hours, lead in ((4, ""), (5, LEAD)):
        listed = list_page([FERRY] if lead else [BELL, FERRY], lead)
        moment = MOMENT + timedelta(hours=hours)
        captured.save(root, made_of(f"{SITE}/", moment, listed, is_list=True))
    newsroom.publish(NOW)
    return newsroom


def files(newsroom: TestNewsroom) -> list[str]:
    return [path.rpartition("/")[0] for path in captured.saved(newsroom.root)]


def words_left(newsroom: TestNewsroom) -> list[str]:
    return erased_files.lists_naming(newsroom.root, [BELL.title])


def test_every_version_goes_and_lists_lose_its_line(newsroom: TestNewsroom) -> None:
    assert files(newsroom) == ["captured/bell"] * 2 + ["captured/ferry"] + ["captured/index"] * 2
    assert len(words_left(newsroom)) == 2
    found = feeds(newsroom, "retract", "rings out again", "--erase", "--yes")
    assert found.returncode == 0, found.stderr
    assert "captured/" not in found.stdout
    assert files(newsroom) == ["captured/ferry", *["captured/index"] * 2]
    assert words_left(newsroom) == []
    newsroom.publish(NOW + timedelta(hours=1))
    assert [entry.title for entry in newsroom.entries() if not entry.hidden] == [FERRY.title]


def test_a_decision_in_the_file_does_the_same(newsroom: TestNewsroom) -> None:
    newsroom.decide(f'action = "retract"\nentry = "{SITE}/bell"\nerase = true')
    outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert said(outcome.problems) == []
    assert files(newsroom) == ["captured/ferry", *["captured/index"] * 2]
    assert words_left(newsroom) == []


def test_what_a_run_could_not_clean_the_next_one_does(newsroom: TestNewsroom) -> None:
    newsroom.decide(f'action = "retract"\nentry = "{SITE}/bell"\nerase = true')
    with patch.object(erased_files, "_clean", side_effect=PermissionError(13, "not permitted")):
        outcome = newsroom.publish(NOW + timedelta(hours=1))
    assert {problem.code for problem in outcome.problems} == {"erased-in-file"}
    newsroom.publish(NOW + timedelta(hours=2))
    assert words_left(newsroom) == []


def test_what_the_site_goes_on_listing_is_taken_out_again(newsroom: TestNewsroom) -> None:
    feeds(newsroom, "retract", "rings out again", "--erase", "--yes")
    listed = list_page([BELL, FERRY])
    captured.save(newsroom.root, made_of(f"{SITE}/", NOW, listed, is_list=True))
    newsroom.publish(NOW + timedelta(hours=1))
    assert words_left(newsroom) == []


def test_an_erased_address_is_known_until_its_story_is_restored(newsroom: TestNewsroom) -> None:
    def known() -> set[str]:
        ledger = open_to_read(newsroom.database)
        assert ledger is not None
        with ledger.read() as connection:
            return erased(connection, newsroom.place.site({}), [BELL.address, FERRY.address])

    assert known() == set()
    (bell,) = [entry for entry in newsroom.entries() if entry.url == BELL.address]
    feeds(newsroom, "retract", bell.id, "--erase", "--yes")
    assert known() == {BELL.address}
    feeds(newsroom, "restore", bell.id)
    assert known() == set()
