"""Forms of pages that few sites have, and that are read like their more common neighbours."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from tests.normalise.reading import article, reading

TOP = "Bell hangs again\n\nThe bell hangs in its tower again.\nIt took two days and a crane.\n"
MILL, BAKER, LAMPS = (
    "Mill wheel stops for ducks",
    "Baker wins the chair race",
    "Council counts lamps",
)
DATED = [(MILL, "2025-03-26"), (BAKER, "2025-03-25"), (LAMPS, "2025-03-24")]


def pairs(found: Reading) -> list[tuple[str, str]]:
    return [
        (story.title, story.published.iso[:10] if story.published else "") for story in found.latest
    ]


def paragraphs(text: str) -> int:
    return len(article(text).paragraphs)


def test_headlines_with_dates_behind_them_end_a_page_without_a_heading() -> None:
    text = f"{TOP}\n{MILL} 26.03.2025\n{BAKER} 25.03.2025\n{LAMPS} 24.03.2025\n"
    assert pairs(reading(text)) == DATED
    assert paragraphs(text) == 2


def test_an_address_below_a_list_takes_no_date_of_it() -> None:
    listed = f"{MILL}\n26.03.2025\n{BAKER}\n25.03.2025\n{LAMPS}\n24.03.2025\n"
    text = f"{TOP}\n{listed}\nHarbour News Publishing House\nQuay 4, Eastport\n"
    assert pairs(reading(text))[:3] == DATED
    assert paragraphs(text) == 2


def test_lines_around_an_index_of_dated_headlines_take_none_of_their_dates() -> None:
    listed = f"{MILL}\n26 March 2025\n{BAKER}\n25 March 2025\n{LAMPS}\n24 March 2025\n"
    found = reading(f"Harbour News\nStories from the quay\n{listed}Back to the beginning\n")
    assert pairs(found) == DATED
    assert found.article is None


def test_a_byline_beside_each_date_is_no_headline() -> None:
    listed = f"{MILL}\nBy Ada Finch | 26 March 2025\n{BAKER}\nBy Nora Lind | 25 March 2025\n"
    found = reading(f"Latest news\n{listed}{LAMPS}\nBy Ada Finch | 24 March 2025\n")
    assert pairs(found) == DATED


def test_a_wrapped_headline_of_a_list_is_joined() -> None:
    long = "Keeper of the ferry paints its bell in a green that nobody"
    listed = f"{long}\nhad asked for\n26 March 2025\n{BAKER}\n25 March 2025\n"
    found = reading(f"{TOP}Latest news\n{listed}")
    assert pairs(found) == [(f"{long} had asked for", "2025-03-26"), DATED[1]]


def test_long_lines_between_headlines_and_dates_are_teasers() -> None:
    teasers = [
        "A family of ducks has moved into the wheel, and the miller says that he will wait",
        "The runner-up fell over a basket of bread, which the baker says he left there by chance",
        "There is one too many, and nobody on the council knows which of them it is or who put it",
    ]
    days = ("26 March 2025", "25 March 2025", "24 March 2025")
    titles = (MILL, BAKER, LAMPS)
    listed = "".join(
        f"{title}\n{teaser}\n{day}\n"
        for title, teaser, day in zip(titles, teasers, days, strict=True)
    )
    assert pairs(reading(f"{TOP}Latest news\n{listed}")) == DATED


def test_a_day_heads_a_headline_without_a_clock_among_others_that_have_one() -> None:
    listed = f"Wednesday, 26 March 2025\n12:05\n{MILL}\nTuesday, 25 March 2025\n{BAKER}\n"
    found = reading(f"{TOP}Latest news\n{listed}Monday, 24 March 2025\n20:01\n{LAMPS}\n")
    assert pairs(found) == DATED


def test_days_that_go_forward_date_no_more_than_the_line_below_them() -> None:
    listed = f"Monday, 24 March 2025\n{LAMPS}\nReading at the library\n"
    found = reading(f"{TOP}{listed}Tuesday, 25 March 2025\n{BAKER}\nChess for all\n")
    assert pairs(found) == [DATED[2], DATED[1]]


@pytest.mark.parametrize("below", ["5 March 2025", "25.03.2025"])
def test_a_question_that_heads_a_list_keeps_its_date(below: str) -> None:
    found = reading(f"{TOP}\nWho rang the bell?\n26.03.2025\n{BAKER}\n{below}\n{LAMPS}\n{below}\n")
    assert pairs(found)[0] == ("Who rang the bell?", "2025-03-26")


def test_a_caption_and_its_credit_below_the_headline_are_no_text() -> None:
    text = TOP.replace("\n\n", "\nThe bell on its way up\nPhoto: Ada Finch\n")
    assert paragraphs(text) == 2


def test_a_date_that_the_text_is_glued_to_is_the_articles() -> None:
    found = article(TOP.replace("\n\n", "\n\n12.01.2026"))
    assert found.published is not None
    assert (found.published.iso, found.paragraphs[0][:8]) == ("2026-01-12", "The bell")


def test_a_clock_below_a_blank_line_is_not_that_of_the_articles_day() -> None:
    found = article(f"Bell hangs again\n12 March 2025\n\n10:15\n{TOP.partition(chr(10) * 2)[2]}")
    assert found.published is not None
    assert found.published.iso == "2025-03-12"
    spaced = article("Bell hangs again\n\n12 March 2025\n\n10:15\n\nThe bell hangs again.\n")
    assert spaced.published is not None
    assert spaced.published.iso == "2025-03-12T10:15"


def test_a_chronicles_first_day_stays_in_the_text_below_the_articles_date() -> None:
    text = "The week of the bell\n28 March 2025\n24 March\nThe bell is taken down.\n26 March\n"
    assert article(f"{text}The crane comes.\n").paragraphs[0] == "24 March"


def test_a_list_without_any_full_date_is_no_doubt() -> None:
    found = reading(f"{TOP}Latest news\n12:05 {MILL}\n11:40 {BAKER}\n11:10 {LAMPS}\n")
    assert [title for title, _ in pairs(found)] == [MILL, BAKER, LAMPS]
    assert found.findings == ()


def test_years_ago_are_no_doubt_but_a_missing_day_is() -> None:
    rows = f"{TOP}Latest news\n{MILL}\n26 March 2025\n{BAKER}\n2 years ago\n{LAMPS}\n"
    assert [one.code for one in reading(f"{rows}24 March 2025\n").findings] == []
    rows = rows.replace("2 years ago", "25 March")
    assert [one.code for one in reading(f"{rows}24 March 2025\n").findings] == ["list-undated"]


def test_a_dateline_is_no_doubt_where_the_page_states_another_date() -> None:
    lead = "Eastport/05.11.24/Halden: On January 5, the bell was hung in its tower again."
    dateline = f"Bell hangs again\n\n{lead}\nIt took two days.\n"
    assert [one.code for one in reading(dateline).findings] == ["dateline-unused"]
    dated = dateline.replace("\n\n", "\n5 January 2024\n\n")
    assert [one.code for one in reading(dated).findings] == []
