"""What once went wrong, so that it doesn't again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds import readers
from feeds.entries import placing, recognise, verdicts
from feeds.model import Document, Entry, EntryId, Evidence, Format, StatedDate, Story
from feeds.model.errors import ConfigError
from feeds.newsroom import site, site_file
from feeds.syndication import filters, gate
from feeds.text import dates, markup, urls, words
from feeds.text.dates import resolve
from tests.newsrooms import SITE, TestNewsroom
from tests.normalise.reading import article, reading

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)


def test_a_breaking_news_headline_keeps_its_article() -> None:
    found = reading(
        "Breaking News: Quay Floods\nPara one.\nNora Lind\nLatest newsHead\n09.Jan.2026\n"
    )
    assert found.article is not None
    assert found.article.title == "Breaking News: Quay Floods"
    assert [s.title for s in found.latest] == ["Head"]


def test_a_paragraph_that_begins_with_breaking_news_is_text() -> None:
    found = article(
        "Quay floods\nBreaking news: it is under water.\nPara two.\n14 Jan 2026 10:30\n"
    )
    assert found.paragraphs == (
        "Breaking news: it is under water.",
        "Para two.",
    )


def test_a_list_item_breaking_news_is_no_heading() -> None:
    found = reading(
        "T\nPara.\nOne\n09.Jan.2026\nBreaking news: two\n08.Jan.2026\n"
        "Three\n07.Jan.2026\n\n14 Jan 2026"
    )
    assert [s.title for s in found.latest] == ["One", "Breaking news: two", "Three"]


def test_a_year_long_ago_stops_no_other_page(tmp_path: Path) -> None:
    room = TestNewsroom(tmp_path / "desk")
    room.page("bad.txt", "T\nPara.\nLatest news\nHead\n0001-01-01\n")
    room.page("good.txt")
    room.publish()
    assert len(room.entries()) > 2


def test_rfc_3339_years_have_four_digits() -> None:
    assert dates.rfc3339(datetime(26, 1, 9, tzinfo=UTC)) == "0026-01-09T00:00:00Z"


@pytest.mark.parametrize("text", ["01.13.2026", "12.13.2026", "32 Jan 0015"])
def test_month_13_is_impossible(text: str) -> None:
    assert resolve.read_date(text) == resolve.Impossible(text)


@pytest.mark.parametrize("text", ["09.Jan.0026", "01.01.0001", "0026-01-09"])
def test_a_year_below_1000_is_not_guessed(text: str) -> None:
    assert not isinstance(resolve.read_date(text), StatedDate)


@pytest.mark.parametrize(
    "line", ["Jean-Luc Moreau", "Sean O'Brien", "Sean O’Brien", "Jose\u0301 Finch"]
)
def test_names_with_hyphen_apostrophe_or_accent_are_bylines(line: str) -> None:
    assert article(f"T\nPara one.\n{line}").authors == (line,)


@pytest.mark.parametrize("line", ["Quay Closed Until Further Notice"])
def test_two_to_four_words_make_a_byline(line: str) -> None:
    assert article(f"T\nPara one.\n{line}").authors == ()


def test_a_double_spaced_page_keeps_its_last_headline() -> None:
    found = reading("T\n\nPara.\n\nLatest news\n\nOne\n\n09.Jan.2026\n\nTwo\n\n08.Jan.2026\n")
    assert [s.title for s in found.latest] == ["One", "Two"]
    assert found.captured is None


@pytest.mark.parametrize("rest", ["14 Jan 2026 10:30", "Nora Lind\n14 Jan 2026 10:30"])
def test_a_stamp_is_no_text_to_publish(rest: str) -> None:
    assert "14 Jan 2026 10:30" not in article(f"Title\n{rest}\n").paragraphs


def test_an_impossible_capture_date_is_in_dropped() -> None:
    assert [d.line for d in reading("T\nPara.\n\n31 Feb 2026").dropped] == [4]


def test_a_list_of_clocks_without_heading_takes_no_byline() -> None:
    found = reading(
        "T\nPara.\nNora Lind\n14 Jan 2026 10:30\nTwo\n09.Jan.2026 09:00\nThree\n08.Jan.2026 08:00\n"
    )
    assert "Nora Lind" not in [s.title for s in found.latest]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Nuuk", date(2026, 3, 28)),
        ("America/Nuuk", date(2026, 10, 24)),
        ("Africa/Cairo", date(2026, 10, 29)),
    ],
)
def test_the_last_second_is_the_last_of_its_day(zone: str, day: date) -> None:
    z = dates.zone(zone)
    last = dates.day_bounds(day, z)[1]
    assert last.astimezone(z).date() == day
    assert (last + timedelta(seconds=1)).astimezone(z).date() > day


@pytest.mark.parametrize("count", [3, 1])
def test_moments_never_leave_their_day(count: int) -> None:
    z, day = dates.zone("Asia/Baku"), date(2026, 1, 9)
    first, last = dates.day_bounds(day, z)
    known = [first, None] if count == 1 else [None] * count
    placed = placing.place(day, known, first, first + timedelta(days=3), z)
    assert all(first <= moment <= last for moment in placed)


@pytest.mark.parametrize("upper", ["İlham", "İQTİSADİYYAT"])
def test_capital_dotted_i_is_the_letter_i(upper: str) -> None:
    assert words.words(upper) == words.words(upper.replace("İ", "i"))


def test_hindi_vowels_are_part_of_words() -> None:
    assert words.words("दिन") != words.words("दान")


def _article(title: str, when: str, *paragraphs: str) -> Story:
    return Story(
        "article",
        title,
        1,
        StatedDate(when, "minute"),
        paragraphs=paragraphs,
        evidence={"title": Evidence("a", 1, "x")},
    )


def test_a_daily_column_is_a_new_story_each_day() -> None:
    one = _article("Briefing", "2026-01-13T08:00", "Monday it rained.", "Nobody came.")
    two = _article("Briefing", "2026-01-14T08:00", "Tuesday it snowed.", "All came.")
    stored = verdicts.enter(
        one, EntryId("tag:x:a"), verdicts.Moments(NOW, NOW - timedelta(days=1), None, 0)
    )
    assert isinstance(
        recognise.recognise(two, recognise.Known(page=stored), verdicts.Moments(NOW, NOW, None, 0)),
        verdicts.New,
    )


def test_a_page_moved_and_corrected_in_one_go_is_corrected(tmp_path: Path) -> None:
    room = TestNewsroom(tmp_path / "desk")
    page = room.page("a.txt", "Quay opens\nIt opened on Monday.\nNobody came.\n")
    room.publish()
    page.unlink()
    room.page("b.txt", "Quay opens\nIt opened on Monday.\nEverybody came.\n")
    room.publish(NOW + timedelta(hours=1))
    (entry,) = room.entries()
    assert "Everybody" in entry.content


@pytest.mark.parametrize("keyword", ["", "€", "++"])
def test_a_keyword_without_words_matches_nothing(keyword: str) -> None:
    entry = Entry(EntryId("tag:x:1"), "headline", "Quay", NOW, NOW)
    assert not filters.belongs(site.Feed("a", "A", keywords=(keyword,)), entry)


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"items":5}', b'{"items":[{}]}', b'{"items":[{"id":"\xff"}]}']
)
def test_the_gate_objects_to_json_of_another_shape(body: bytes) -> None:
    assert gate.document_objections([Document("latest", "json", "x", body, "e")])


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_gate_objects_to_another_root(form: Format) -> None:
    assert gate.document_objections([Document("latest", form, "x", b"<html/>", "e")])


@pytest.mark.parametrize(
    "data", [b"SQLite format 3 turns twenty\nText.", b"GIF8 is no format\nText."]
)
def test_text_that_begins_like_magic_is_text(data: bytes) -> None:
    readers.read_page("a.txt", data)


def test_a_domain_that_begins_with_127_is_no_loopback() -> None:
    assert not urls.is_loopback("http://127.evil.example/")


def test_a_wrong_kind_is_told_the_kinds() -> None:
    with pytest.raises(ConfigError, match='"article"'):
        site_file.load_site(SITE + 'kinds = ["video"]\n', "site.toml")


def test_a_wrong_feeds_url_from_outside_is_not_blamed_on_the_file() -> None:
    with pytest.raises(ConfigError, match="FEEDS_URL"):
        site_file.load_site(SITE, "site.toml", "ftp://x")


def test_a_key_above_the_first_table_has_a_line() -> None:
    with pytest.raises(ConfigError, match=r"site.toml:1: "):
        site_file.load_site("ttl = 5\n" + SITE, "site.toml")


def test_an_authoritys_year_is_in_ascii() -> None:
    with pytest.raises(ConfigError):
        site_file.load_site(SITE.replace("desk.test,2026", "desk.test,٢٠٢٦"), "site.toml")


@pytest.mark.parametrize(
    "text", ["feeds = []\n" + SITE.partition("[[feeds]]")[0], SITE + "kinds = []\n"]
)
def test_a_newsroom_without_a_feed_or_a_feed_without_kinds_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        site_file.load_site(text, "site.toml")


def test_a_summary_is_never_an_ellipsis_alone() -> None:
    assert markup.summary(["— " + "x" * 400]) != "…"


def test_capitals_glue_to_no_heading() -> None:
    found = reading("T\nPara.\nLATEST NEWSROOM OPENS\n09.Jan.2026\n")
    assert found.latest == ()


@pytest.mark.parametrize(
    "headline", ["iPhone sales fall in the port", "EU agrees on fish", "Man arrested at the quay"]
)
def test_a_headline_glued_to_its_heading_may_begin_in_any_way(headline: str) -> None:
    heading = "LATEST NEWS" if headline.startswith("EU") else "Latest news"
    found = reading(f"T\nPara.\n{heading}{headline}\n09.Jan.2026\n")
    assert [story.title for story in found.latest] == [headline]


@pytest.mark.parametrize("word", ["Latest newsletter", "Breaking newsroom", "Latest newspaper"])
def test_a_longer_word_is_no_heading(word: str) -> None:
    found = reading(f"T\nPara.\nOne\n10.Jan.2026\n{word} opens\n09.Jan.2026\n")
    assert [story.title for story in found.latest] == ["One", f"{word} opens"]


def test_a_paragraph_that_goes_on_after_a_headings_words_is_text() -> None:
    found = reading("T\nBreaking news, they say.\nPara.\nNora Lind\nLatest newsOne\n09.Jan.2026\n")
    assert found.article is not None
    assert found.article.paragraphs == ("Breaking news, they say.", "Para.")
    assert [story.title for story in found.latest] == ["One"]


def test_an_article_dated_after_its_page_was_saved_is_doubtful() -> None:
    found = reading("T\nPara.\n19.01.2026 10:00\n\n14 Jan 2026\n")
    assert [finding.what for finding in found.findings] == [
        "2026-01-19T10:00 is later than the capture date 2026-01-14"
    ]


def test_a_kicker_above_the_headline_is_dropped() -> None:
    found = reading(
        "Breaking news\n\nQuay floods in the night\n\nIt is under water.\nNora Lind\n"
        "13.01.2026 11:03\nLatest newsPilot boat gets a lamp\n09.Jan.2026\n"
    )
    assert found.article is not None
    assert found.article.title == "Quay floods in the night"
    assert found.article.authors == ("Nora Lind",)
    assert [story.title for story in found.latest] == ["Pilot boat gets a lamp"]
    assert [dropped.rule for dropped in found.dropped if dropped.line == 1] == [
        "heading above the headline"
    ]
