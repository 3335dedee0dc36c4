"""Each form of a list of dated headlines is read on each kind of page, in each language."""

from __future__ import annotations

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


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("layout", WITH_TEXT)
@pytest.mark.parametrize("form", FORMS)
def test_a_list_beside_a_text_is_read_and_leaves_the_text_alone(
    form: str, layout: str, language: str
) -> None:
    tongue = TONGUES[language]
    found = read(FORMS[form], WITH_TEXT[layout], tongue)
    assert pairs(found) == list(zip(tongue.headlines, DATES, strict=True))
    assert found.article is not None
    assert (found.article.title, found.article.paragraphs) == (tongue.title, tongue.text)
    assert found.article.published is not None
    assert found.article.published.iso == "2025-03-26T08:30"


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("layout", ALONE)
@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"heading glued"}))
def test_a_page_that_is_only_a_list_is_no_article(form: str, layout: str, language: str) -> None:
    tongue = TONGUES[language]
    found = read(FORMS[form], ALONE[layout], tongue)
    assert pairs(found) == list(zip(tongue.headlines, DATES, strict=True))
    assert found.article is None


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("layout", ["below the text", "among menus"])
@pytest.mark.parametrize("form", UNDATED)
def test_headlines_without_a_full_day_have_none(form: str, layout: str, language: str) -> None:
    tongue = TONGUES[language]
    found = read(UNDATED[form], WITH_TEXT[layout], tongue)
    assert pairs(found) == [(headline, "") for headline in tongue.headlines]
