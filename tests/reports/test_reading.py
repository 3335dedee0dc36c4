"""What ``feeds read`` tells a person of a page."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from feeds.normalise import normalise, statements
from feeds.readers import read_page
from feeds.reports.reading import reading_text

TEXT = "The lamp at the end of the quay was lit on Friday, for the ~~first~~ second time.\n"


def told(page: str, zone: str = "") -> str:
    reading = statements.with_statements(normalise(read_page("a.md", page.encode())))
    return reading_text(reading, ZoneInfo(zone) if zone else None)


def test_a_moment_is_told_with_its_zone() -> None:
    page = "---\ntitle: Lamp\ndate: {}\n---\n" + TEXT
    assert "9 January 2026, 10:04 UTC+01:00 " in told(page.format("2026-01-09T10:04:00+01:00"))
    assert "9 January 2026, 10:04 UTC " in told(page.format("2026-01-09T10:04:00Z"))
    assert "9 January 2026, 10:04 Asia/Baku " in told(page.format("2026-01-09 10:04"), "Asia/Baku")
    assert "10:04 in the newsroom's zone " in told(page.format("2026-01-09 10:04"))
    assert "9 January 2026  <-" in told(page.format("2026-01-09"), "Asia/Baku")


def test_struck_out_words_are_shown_as_such() -> None:
    assert "for the ~~first~~ second time." in told(f"# Lamp\n\n{TEXT}")


def test_a_paid_text_is_told_to_be_kept() -> None:
    page = f"---\ntitle: Lamp\naccess: paid\n---\n{TEXT}"
    assert "access     paid: its text is not published  <- line 3" in told(page)


def test_what_holds_an_article_is_told_once_and_apart_from_doubts() -> None:
    lines = told(f"---\nembrago: 2030\n---\n<b>{TEXT.strip()}</b>\n").splitlines()
    held = lines.index("  held       not published before this is mended")
    doubts = lines.index("  doubtful   1 thing to look at")
    assert doubts - held == 3
    assert not any("held:" in line for line in lines)
