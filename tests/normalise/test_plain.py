"""Single rules of the normaliser; whole pages are in tests/normalise/pages."""

from __future__ import annotations

import pytest

from feeds.model import Reading, StatedDate
from feeds.normalise.words import vocabulary
from tests.normalise.reading import article, reading

LIST = "Lamp is lit\n09.Jan.2026\nLamp is bought\n08.Jan.2026"


def titles(found: Reading) -> list[str]:
    """The headlines that have a date, as entries need."""
    return [story.title for story in found.latest if story.published]


@pytest.mark.parametrize(
    "heading",
    [
        "Latest news",
        "LATEST NEWS",
        "latest news:",
        "Latest News :",
        "Last headlines",
        "Recent stories",
        "Breaking news",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n\n", ""], ids=["line", "blank lines", "glued"])
def test_a_known_heading_begins_the_list(heading: str, between: str) -> None:
    found = reading(f"Quay opens\nIt opened.\n{heading}{between}{LIST}")
    assert titles(found) == ["Lamp is lit", "Lamp is bought"]
    assert found.article is not None
    assert found.article.paragraphs == ("It opened.",)
    assert [(item.line, item.text) for item in found.dropped] == [(3, heading)]


@pytest.mark.parametrize("heading", ["News", "Older news", "Latest", "Latest newsletter", "Lately"])
def test_unknown_words_are_no_heading_but_one_pair_below_them_is_no_list(heading: str) -> None:
    found = reading(f"Quay opens\nIt opened.\n{heading}\nLamp is lit\n09.Jan.2026")
    assert found.latest == ()
    assert found.article is not None
    assert found.article.paragraphs == ("It opened.", heading, "Lamp is lit", "09.Jan.2026")


def test_one_dated_headline_below_a_heading_is_a_list() -> None:
    assert titles(reading("Quay opens\nIt opened.\nLatest news\nLamp is lit\n09.Jan.2026")) == [
        "Lamp is lit"
    ]


def test_without_a_heading_a_long_paragraph_above_a_date_is_no_headline_of_a_list() -> None:
    paragraph = "The keeper went up and down. " * 12
    found = reading(f"Quay opens\n{paragraph}\n07.Jan.2026\n{LIST}")
    assert titles(found) == ["Lamp is lit", "Lamp is bought"]
    assert article(f"Quay opens\n{paragraph}\n07.Jan.2026\n{LIST}").paragraphs == (
        paragraph.strip(),
        "07.Jan.2026",
    )


def test_the_first_two_headlines_of_a_list_may_lack_their_dates() -> None:
    found = reading(f"Quay opens\nIt opened.\nLatest news\nBell is rung\nRope is cut\n{LIST}")
    assert titles(found) == ["Lamp is lit", "Lamp is bought"]
    assert [item.text for item in found.dropped] == ["Latest news"]
    assert [story.title for story in found.latest[:2]] == ["Bell is rung", "Rope is cut"]


def test_headlines_carry_their_own_line_and_the_line_of_their_date() -> None:
    story = reading(f"Quay opens\nIt opened.\nLatest news{LIST}").latest[1]
    assert (story.kind, story.line) == ("headline", 5)
    assert {name: evidence.line for name, evidence in story.evidence.items()} == {
        "title": 5,
        "published": 6,
    }


@pytest.mark.parametrize(
    ("line", "captured"),
    [
        ("14 Jan 2026", StatedDate("2026-01-14", "day")),
        ("14 Jan 2026 18:05", StatedDate("2026-01-14T18:05", "minute")),
    ],
)
def test_a_date_alone_at_the_end_is_the_capture_date_and_no_storys(
    line: str, captured: StatedDate
) -> None:
    found = reading(f"Quay opens\nIt opened.\n\n{line}\n\n\n")
    assert (found.captured, found.captured_evidence and found.captured_evidence.line) == (
        captured,
        4,
    )
    assert found.article is not None
    assert found.article.published is None
    assert found.article.paragraphs == ("It opened.",)


def test_a_date_above_nothing_is_among_what_was_left_out() -> None:
    found = reading("09.Jan.2026\n\n10.Jan.2026")
    assert found.article is None
    assert [(item.line, item.text) for item in found.dropped] == [(1, "09.Jan.2026")]


def test_a_date_right_below_the_text_is_the_articles_and_no_capture_date() -> None:
    found = reading("Quay opens\nIt opened.\n14 Jan 2026")
    assert found.captured is None
    assert found.article is not None
    assert found.article.published == StatedDate("2026-01-14", "day")
    assert found.article.paragraphs == ("It opened.",)


def test_a_date_below_a_line_that_ends_no_sentence_is_nobodys() -> None:
    story = article("Quay opens\nIt opened.\nLamp is lit\n14 Jan 2026")
    assert story.published is None
    assert story.paragraphs == ("It opened.", "Lamp is lit", "14 Jan 2026")


@pytest.mark.parametrize("last", ["14 Jan", "Printed 14 Jan 2026", "January 2026"])
def test_a_last_line_that_is_no_date_is_no_capture_date(last: str) -> None:
    assert reading(f"Quay opens\nIt opened.\n\n{last}").captured is None


def test_an_impossible_capture_date_is_reported_with_its_line() -> None:
    found = reading("Quay opens\nIt opened.\n\n31 Feb 2026")
    assert found.captured is None
    assert [finding.line for finding in found.findings] == [4]
    assert "31 Feb 2026" in found.findings[0].what


def test_an_impossible_date_in_the_text_stays_there_and_is_reported() -> None:
    found = reading("Quay opens\nIt opened.\n31 Feb 2026\nIt closed.")
    assert found.article is not None
    assert found.article.paragraphs == ("It opened.", "31 Feb 2026", "It closed.")
    assert [finding.line for finding in found.findings] == [3]


def test_a_day_between_text_and_list_is_not_the_articles() -> None:
    story = article(f"Quay opens\nIt opened.\n14 Jan 2026\nLatest news\n{LIST}")
    assert story.published is None
    assert story.evidence["published"].is_known is False


def test_a_stamp_with_a_clock_below_the_byline_is_the_articles() -> None:
    story = article(f"Quay opens\nIt opened.\nNora Lind\n14 Jan 2026 18:05\nLatest news{LIST}")
    assert story.published == StatedDate("2026-01-14T18:05", "minute")
    assert story.authors == ("Nora Lind",)
    assert story.paragraphs == ("It opened.",)


def test_a_stamp_inside_the_text_is_text() -> None:
    story = article("Quay opens\nIt opened.\n14 Jan 2026\nIt closed.")
    assert story.published is None
    assert story.paragraphs == ("It opened.", "14 Jan 2026", "It closed.")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Nora Lind", "Nora Lind"),
        ("NORA LIND", "NORA LIND"),
        ("By Nora Lind", "Nora Lind"),
        ("by Nora Lind", "Nora Lind"),
        ("A. Finch", "A. Finch"),
        ("Ludwig van der Quay", "Ludwig van der Quay"),
        ("Şəfiqə Ələkbərli", "Şəfiqə Ələkbərli"),
        ("Анна Иванова", "Анна Иванова"),
    ],
)
def test_a_name_below_the_text_is_the_author(line: str, author: str) -> None:
    story = article(f"Quay opens\nIt opened.\n{line}")
    assert story.authors == (author,)
    assert story.paragraphs == ("It opened.",)
    assert story.evidence["authors"].line == 3


@pytest.mark.parametrize(
    "line",
    [
        "Finch",
        "Ada finch",
        "nora lind",
        "van Quay",
        "Nora Lind.",
        "Nora Lind!",
        "Nora Lind, Bo Reed",
        "Ada 2 Finch",
        "It Was So, Said She",
        "Nora Lind Wrote All This On One Long Day",
        "Xx" * 16 + " " + "Yy" * 16,
    ],
)
def test_a_last_line_that_is_no_name_is_text(line: str) -> None:
    story = article(f"Quay opens\nIt opened.\n{line}")
    assert story.authors == ()
    assert story.paragraphs == ("It opened.", line)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Quay opens", "Quay opens"),
        ("Quay opens.", "Quay opens."),
        ("Will the quay open? " * 6 + "Nobody knows", "Will the quay open? " * 6 + "Nobody knows"),
        ("x" * 250, "x" * 250),
        ("x" * 251, ""),
        ("x" * 120 + ".", ""),
        ("x" * 119 + "!", "x" * 119 + "!"),
        ("“" + "x" * 120 + "…”", ""),
        ("09.Jan.2026", ""),
        ("31.Feb.2026", ""),
    ],
)
def test_a_first_line_that_reads_like_text_is_no_headline_but_text(first: str, title: str) -> None:
    story = article(f"{first}\nIt opened.")
    assert story.title == title
    assert story.paragraphs[-1:] == ("It opened.",)
    assert story.evidence["title"].line == 1
    assert story.evidence["title"].is_known is bool(title)


def test_blank_lines_above_the_headline_are_nothing() -> None:
    story = article("\n\nQuay opens\n\nIt opened.")
    assert (story.title, story.line) == ("Quay opens", 3)


def test_what_the_reader_found_is_told_with_what_the_normaliser_found_by_line() -> None:
    found = reading(
        "Quay opens\n31 Feb 2026\nIt <b>opened</b>.\nLatest news\nLamp is lit\n31.Feb.2026"
    )
    assert [finding.line for finding in found.findings] == [2, 3, 6]


def test_a_page_of_many_thousand_lines_is_read_in_one_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted, not timed: each line is looked at for a date at most three times."""
    from feeds.text.dates import find as stamps

    looked = 0
    find = stamps.find_stamp

    def counted(text: str) -> stamps.Stamp | None:
        nonlocal looked
        looked += 1
        return find(text)

    monkeypatch.setattr(stamps, "find_stamp", counted)
    headings = "Latest news of the quay\nBreaking news\n" * 4_000
    lines = 20_000
    found = reading(f"Quay opens\n{headings}" + "It opened again.\n" * (lines - 8_001))
    assert found.article is not None
    assert len(found.article.paragraphs) > lines - 8_001
    assert looked < 3 * lines + 10


def test_a_list_of_many_headlines_is_whole() -> None:
    pairs = "".join(f"Lamp {number} is lit\nLamp {number}\n" for number in range(10))
    dated = "".join(f"Lamp {number} is lit\nmore\n9 Jan 2026 25:00\n" for number in range(10))
    found = reading(f"Quay opens\nIt opened.\nLatest news\n{LIST}\n{pairs}{dated}")
    assert titles(found) == ["Lamp is lit", "Lamp is bought"]
    assert len([item for item in found.dropped if "impossible" in item.rule]) == 2 * 10


@pytest.mark.parametrize("line", ["Startseite", "Главная", "Telegram kanalımızda bizi izləyin"])
def test_what_belongs_to_the_site_is_known_in_every_language(line: str) -> None:
    found = article(f"Lamp is lit\n\nThe lamp was lit on Friday.\n{line}\n")
    assert found.paragraphs == ("The lamp was lit on Friday.",)


def test_a_byline_may_say_that_a_text_was_posted() -> None:
    found = article("Lamp is lit\nPosted by Nora Lind\n\nThe lamp was lit on Friday.\n")
    assert found.authors == ("Nora Lind",)


STORY = """Lamp keeper goes back to candles
4 March 2025
The keeper of the lamp of Sarn has gone back to candles, he said on Tuesday.
He has forty of them, and a dog that watches the flame.
"""


@pytest.mark.parametrize(
    "heading",
    ["Recent comments", "ΠΡΟΣΦΑΤΑ ΣΧΟΛΙΑ", "Letzte Kommentare", "Son şərhlər", "최근 댓글"],
)
def test_what_readers_wrote_lately_is_no_list_of_stories(heading: str) -> None:
    comments = "Dora on Lamp and oil\n3 March 2025\nEmil on Dog barks at tide\n2 March 2025\n"
    listed = "Latest news\nFerry cat retires to the ticket office\n1 March 2025\n"
    found = reading(f"{STORY}{listed}{heading}\n{comments}")
    assert [story.title for story in found.latest] == ["Ferry cat retires to the ticket office"]
    assert {item.rule for item in found.dropped if "Dora" in item.text} == {"comments"}
    found = reading(f"{STORY}{heading}\n{comments}{listed}")
    assert [story.title for story in found.latest] == ["Ferry cat retires to the ticket office"]


def test_each_language_that_names_comments_names_the_latest_of_them() -> None:
    named, latest = (
        {line.partition(" ")[0] for line in table.strip().splitlines()}
        for table in (vocabulary.COMMENTS, vocabulary.LATEST_COMMENTS)
    )
    assert named == latest


def test_the_name_of_a_portrait_before_the_byline_is_read_once() -> None:
    found = article(STORY.replace("\n4 March", "\nNora Lind Author: Nora Lind\n4 March", 1))
    assert found.authors == ("Nora Lind",)


def test_a_page_is_not_saved_before_the_newest_story_of_its_list() -> None:
    listed = (
        "Latest news\nFerry cat retires\n6 March 2025\nTown clock is slow again\n5 March 2025\n"
    )
    story = STORY.replace("4 March 2025\n", "")
    found = reading(f"4 March 2025\n\n{story}{listed}")
    assert found.captured is None
    assert found.article is not None
    assert found.article.published is not None
    assert found.article.published.iso == "2025-03-04"
    assert not found.findings


def test_a_date_too_old_for_a_page_is_a_doubt_only_where_nothing_else_dates_the_article() -> None:
    old = STORY.replace("2025\n", "2025\n3 May 1904\n", 1)
    assert not [one for one in reading(old).findings if one.code == "date-too-old"]
    old = STORY.replace("4 March 2025", "3 May 1904")
    assert [one.code for one in reading(old).findings] == ["date-too-old"]


def test_a_line_that_says_who_is_pictured_above_the_credit_is_no_text() -> None:
    picture = "Pictured at the back, from left, are Theda Lund and a dog.\nImage: Nora Lind\n"
    found = article(STORY.replace("He has", f"{picture}Amra Dole -\nHe has"))
    assert len(found.paragraphs) == 2
    told = article(f"{STORY}Pictured at the back, from left, are Theda Lund and a dog.\nIt barked.")
    assert len(told.paragraphs) == 4
