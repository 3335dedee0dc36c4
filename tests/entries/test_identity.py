"""What an entry is called for ever, and what counts as the same words."""

from __future__ import annotations

import re

import pytest

from feeds.entries import identity
from feeds.model import StatedDate, Story
from feeds.text import words

DAY = StatedDate("2026-01-09", "day")


def story(title: str = "Quay opens", day: StatedDate | None = DAY, *paragraphs: str) -> Story:
    return Story(
        kind="article" if paragraphs else "headline",
        title=title,
        line=1,
        published=day,
        paragraphs=paragraphs,
    )


def test_an_id_is_a_tag_uri_without_a_word_of_the_headline() -> None:
    minted = identity.mint("desk.test,2026", story("Scandal at the quay"))
    assert re.fullmatch(r"tag:desk\.test,2026:[a-z2-7]{12}", minted)


def test_an_id_never_changes_from_one_version_to_the_next() -> None:
    assert identity.mint("desk.test,2026", story()) == "tag:desk.test,2026:q56kwvbbrbao"
    assert identity.mint("desk.test,2026", story(day=None)) == "tag:desk.test,2026:bdnyw2ix5x2y"


def test_ids_differ_by_authority_day_headline_and_attempt() -> None:
    ids = {
        identity.mint("desk.test,2026", story()),
        identity.mint("desk.test,2027", story()),
        identity.mint("desk.test,2026", story(day=StatedDate("2026-01-10", "day"))),
        identity.mint("desk.test,2026", story(day=None)),
        identity.mint("desk.test,2026", story("Quay opens!")),
        identity.mint("desk.test,2026", story(), attempt=2),
        identity.mint("desk.test,2026", story(), attempt=3),
    }
    assert len(ids) == 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quay opens", "quay opens"),
        ("  QUAY\u00a0 opens!  ", "quay opens"),
        ("“Quay” — opens…", "quay opens"),
        ("'Quay' - opens...", "quay opens"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("ﬁne", "fine"),
        ("Cafe\u0301", "café"),
        ("Café", "café"),
        ("U.S.-led", "u s led"),
        ("Əliyev Bakıda", "əliyev bakıda"),
        ("№ 7", "no 7"),
        ("…", ""),
        ("", ""),
    ],
)
def test_words_are_without_case_punctuation_and_spacing(text: str, expected: str) -> None:
    assert words.words(text) == expected


def test_words_of_a_text_with_many_different_signs_are_the_same() -> None:
    signs = "".join(map(chr, range(0x2190, 0x2300)))
    assert words.words(f"Straße {signs} İzmir{signs}हिन्दी") == "strasse izmir हिन्दी"


def test_folded_text_keeps_its_lines() -> None:
    assert words.folded("A, b.\nÇ\r\n!") == "a  b \nç \n "


def test_an_article_and_a_headline_of_one_title_and_day_are_one_story() -> None:
    article = story("“Quay” opens", StatedDate("2026-01-09T11:03", "minute"), "It opened.")
    assert identity.story_alias(article) == identity.story_alias(story("Quay Opens"))


@pytest.mark.parametrize(
    "other",
    [
        story("Quay opened"),
        story(day=StatedDate("2026-01-10", "day")),
        story(day=None),
    ],
)
def test_other_words_or_another_day_are_another_story(other: Story) -> None:
    assert identity.story_alias(other) != identity.story_alias(story())


def test_an_undated_article_is_known_by_its_headline_and_opening() -> None:
    first = identity.story_alias(story("Quay opens", None, "It opened.", "Then it closed."))
    assert first.kind == "opening"
    assert first == identity.story_alias(story("Quay opens!", None, "It — opened"))
    assert first != identity.story_alias(story("Quay opens", None, "Then it closed."))


def test_a_title_and_an_opening_do_not_run_into_each_other() -> None:
    first = identity.story_alias(story("Quay", None, "opens now"))
    assert first != identity.story_alias(story("Quay opens", None, "now"))
