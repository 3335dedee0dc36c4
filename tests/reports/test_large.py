"""What status, check and the report say of a newsroom with many stories."""

from __future__ import annotations

import pytest
from lxml import html

from feeds.desk.report import report
from feeds.reports.check import check_newsroom
from feeds.reports.problems import MOST
from feeds.reports.status import status_text
from tests.newsrooms import PAGE, SITE, TestNewsroom, feeds
from tests.reports.test_problems import LATER, execute, in_trouble, place, status


def told(newsroom: TestNewsroom, *, whole: bool = False) -> list[str]:
    return [str(one.problem) for one in check_newsroom(place(newsroom), LATER, whole=whole)]


def doubts(newsroom: TestNewsroom) -> list[str | None]:
    return [text for (text,) in newsroom.rows("SELECT doubts FROM readings ORDER BY path")]


def fill(newsroom: TestNewsroom, count: int, front: str) -> None:
    for number in range(count):
        text = f"---\n{front}\n---\nCrane {number} falls\n\nIt stopped at {number} on Friday.\n"
        newsroom.page(f"{number:03}.txt", text)
    newsroom.publish()


def test_what_is_doubtful_is_told_the_same_where_the_ledger_does_not_know_it(
    newsroom: TestNewsroom,
) -> None:
    before = told(in_trouble(newsroom)), status(newsroom)
    assert any(doubts(newsroom))
    execute(newsroom, "UPDATE readings SET doubts = NULL, unaddressed = 0")
    assert (told(newsroom), status(newsroom)) == before


def test_a_publish_notes_what_is_doubtful_where_that_is_not_known(newsroom: TestNewsroom) -> None:
    before = doubts(in_trouble(newsroom))
    execute(newsroom, "UPDATE readings SET doubts = NULL")
    newsroom.page("new.txt", "Quay is painted\n\nIn blue, and all of it by Friday.\n")
    newsroom.publish(LATER)
    noted = newsroom.rows(
        "SELECT doubts FROM readings WHERE path != 'new.txt' AND missing_since IS NULL"
        " AND failure IS NULL"
    )
    assert {text for (text,) in noted} <= set(before)


def test_what_is_said_of_pages_is_looked_at_before_it_is_published(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    assert not any("someday" in line for line in told(newsroom))
    (newsroom.root / "pages.csv").write_text("path,date\nbell.txt,someday\n")
    assert any("someday" in line for line in told(newsroom))
    (newsroom.root / "pages.csv").write_text("path,date\nbell.txt,2026-01-12\n")
    newsroom.publish(LATER)
    assert not any("someday" in line for line in told(newsroom))


def test_words_of_an_erased_story_are_not_among_what_is_doubtful(newsroom: TestNewsroom) -> None:
    newsroom.page("bell.txt", PAGE.replace("08.Jan.2026", "31.Feb.2026"))
    newsroom.publish()
    assert any("Ferry" in (text or "") for text in doubts(newsroom))
    ((name,),) = newsroom.rows("SELECT id FROM entries WHERE kind = 'article'")
    (newsroom.root / "decisions.toml").write_text(
        f'[[decision]]\naction = "retract"\nentry = "{name}"\nerase = true\n'
    )
    newsroom.publish(LATER)
    ((reading,),) = newsroom.rows("SELECT unpacked(reading) FROM readings")
    for text in doubts(newsroom):
        assert not text or all(word in reading for word in text.split('"'))


def test_status_names_fifty_of_a_kind_and_counts_the_others(newsroom: TestNewsroom) -> None:
    fill(newsroom, MOST + 3, "date: someday")
    found = status(newsroom)
    assert len(found.doubtful) == MOST + 1
    assert found.doubtful[-1] == "… and 3 more like these"
    assert "… and 3 more like these" in status_text(found, LATER)


def test_of_many_doubtful_pages_those_are_told_that_were_saved_last(
    newsroom: TestNewsroom,
) -> None:
    fill(newsroom, MOST + 3, "date: someday")
    execute(newsroom, "UPDATE readings SET modified = '2026-01-21' WHERE path = '052.txt'")
    assert status(newsroom).doubtful[0].startswith("052.txt")


def test_of_a_large_ledger_the_newest_rows_are_decoded_and_all_if_somebody_asks(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.page("bell.txt")
    newsroom.publish()
    newsroom.page("new.txt", "Quay is painted\n\nIn blue, and all of it by Friday.\n")
    newsroom.publish(LATER)
    execute(
        newsroom,
        "UPDATE readings SET modified = '2026-01-01', reading = '{' WHERE path = 'bell.txt'",
    )
    execute(newsroom, "UPDATE entries SET evidence = '{' WHERE kind = 'headline'")
    damaged = [line for line in told(newsroom) if "is damaged" in line]
    assert len(damaged) == 4
    assert not any("newest" in line for line in told(newsroom))
    monkeypatch.setattr("feeds.reports.check.LOOKED", 1)
    assert not [line for line in told(newsroom) if "is damaged" in line]
    assert any("decoded of the newest 1 pages" in line for line in told(newsroom))
    assert [line for line in told(newsroom, whole=True) if "is damaged" in line] == damaged
    assert not any("newest" in line for line in told(newsroom, whole=True))


def test_old_entries_at_one_address_or_under_one_headline_are_found_in_a_large_ledger(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Budget of the harbour office is passed at last"
    for number in range(2):
        text = (
            f"{title}\n\n0{number + 1} January 2026\n\nVersion {number} of a text about it, long.\n"
        )
        newsroom.page(f"{number}.txt", text)
        newsroom.publish()
    newsroom.page("new.txt", "Quay is painted\n\nIn blue, and all of it by Friday.\n")
    newsroom.publish(LATER)
    execute(newsroom, "UPDATE entries SET url = 'https://desk.test/a' WHERE title = ?", title)
    before = [one for one in told(newsroom) if "merge" in one]
    assert len(before) == 2
    monkeypatch.setattr("feeds.reports.check.LOOKED", 1)
    assert [one for one in told(newsroom) if "merge" in one] == before


def test_the_report_says_where_not_all_was_looked_at(
    newsroom: TestNewsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(newsroom, 3, "date: someday")
    monkeypatch.setattr("feeds.reports.check.LOOKED", 2)
    page: html.HtmlElement = html.document_fromstring(report(place(newsroom), LATER))
    assert "decoded of the newest 2 pages and entries alone" in page.text_content()


def test_check_looks_at_the_whole_if_it_is_asked_to(newsroom: TestNewsroom) -> None:
    newsroom.configure(SITE)
    newsroom.page("bell.txt")
    newsroom.publish()
    assert feeds(newsroom, "check", "--whole").returncode == feeds(newsroom, "check").returncode
