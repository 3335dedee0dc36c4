"""Each form of a list of dated headlines is read on each kind of page, in each language."""

from __future__ import annotations

from itertools import product

import pytest

from feeds.model import Reading
from tests.normalise.list_forms import (
    ALONE,
    DATES,
    FORMS,
    TONGUES,
    UNDATED,
    WITH_TEXT,
    Form,
    Layout,
    Tongue,
)
from tests.normalise.reading import reading


def read(form: Form, layout: Layout, tongue: Tongue) -> Reading:
    return reading("\n".join(layout(tongue, form(tongue))) + "\n")


def pairs(found: Reading) -> list[tuple[str, str]]:
    return [
        (story.title, story.published.iso[:10] if story.published else "") for story in found.latest
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_list_beside_a_text_is_read_and_leaves_the_text_alone(form: str) -> None:
    for layout, (language, tongue) in product(WITH_TEXT, TONGUES.items()):
        found = read(FORMS[form], WITH_TEXT[layout], tongue)
        where = (layout, language)
        assert pairs(found) == list(zip(tongue.headlines, DATES, strict=True)), where
        assert found.article is not None, where
        assert (found.article.title, found.article.paragraphs) == (tongue.title, tongue.text), where
        assert found.article.published is not None, where
        assert found.article.published.iso == "2025-03-26T08:30", where


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"heading glued"}))
def test_a_page_that_is_only_a_list_is_no_article(form: str) -> None:
    for layout, (language, tongue) in product(ALONE, TONGUES.items()):
        found = read(FORMS[form], ALONE[layout], tongue)
        where = (layout, language)
        assert pairs(found) == list(zip(tongue.headlines, DATES, strict=True)), where
        assert found.article is None, where


@pytest.mark.parametrize("form", UNDATED)
def test_headlines_without_a_full_day_have_none(form: str) -> None:
    for layout, tongue in product(("below the text", "among menus"), TONGUES.values()):
        found = read(UNDATED[form], WITH_TEXT[layout], tongue)
        assert pairs(found) == [(headline, "") for headline in tongue.headlines], layout


TEXT = "The bell hangs in its tower again, after two days of work with a crane."


def below(*lines: str) -> Reading:
    """An article with these lines below it."""
    return reading(
        "\n".join(["Bell hangs again", "", TEXT, "The keeper is content.", *lines]) + "\n"
    )


def test_of_two_lists_the_one_with_dates_counts() -> None:
    undated = ("Most read", "Gulls take over the pier", "Lamp lost")
    found = below(
        *undated, "Latest news", "Mill stops", "26 March 2025", "Baker wins", "25 March 2025"
    )
    assert pairs(found) == [("Mill stops", "2025-03-26"), ("Baker wins", "2025-03-25")]
    assert "Lamp lost" in [item.text for item in found.dropped]


def test_the_articles_own_headline_stays_in_a_list_that_dates_it_not() -> None:
    own = ("Bell hangs again", "8 January, 17:46")
    found = below("Latest news", *own, "Mill stops", "8 January, 05:30")
    assert pairs(found) == [("Bell hangs again", ""), ("Mill stops", "")]


def test_the_articles_own_text_in_its_list_is_no_story() -> None:
    own = (TEXT, "26 March 2025")
    found = below("Latest news", *own, "Mill stops", "26 March 2025", "Baker wins", "25 March 2025")
    assert pairs(found) == [("Mill stops", "2025-03-26"), ("Baker wins", "2025-03-25")]


def test_a_list_without_any_dates_is_no_doubt() -> None:
    found = below("Most read", "Gulls take over the pier", "Lamp lost", "Mill stops")
    assert [title for title, _ in pairs(found)][1:] == ["Lamp lost", "Mill stops"]
    assert found.findings == ()


@pytest.mark.parametrize("headline", ["Press review 25.03.2025", "By Sea And Land Again"])
def test_a_headline_may_look_like_a_date_or_byline_beside_others(headline: str) -> None:
    first, last = ("Mill stops", "26 March 2025"), ("Baker wins", "24 March 2025")
    found = below("Latest news", *first, headline, "25 March 2025", *last)
    assert pairs(found)[1] == (headline, "2025-03-25")


def test_a_chronicle_of_sentences_below_their_days_is_text() -> None:
    days = [(f"{day} March 2025", f"{TEXT[:-1]} {day}.") for day in (3, 4, 5)]
    found = below(*(line for pair in days for line in pair))
    assert found.article is not None
    assert found.latest == ()
