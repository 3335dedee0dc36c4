"""The vocabulary by which pages say what their parts are."""

from __future__ import annotations

import re

import pytest

from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, any_of, beginnings, words_of

TABLES = {name: table for name, table in vars(vocabulary).items() if name.isupper()}


@pytest.mark.parametrize("table", TABLES)
def test_a_line_of_the_vocabulary_is_a_language_and_its_words(table: str) -> None:
    for line in TABLES[table].strip().splitlines():
        language, words = line.split(" ", 1)
        assert re.fullmatch("[a-z]{2,3}", language), line
        letters = re.sub(r"\\.", "", words)
        assert letters == letters.lower(), line
        assert not Words(any_of(line)).fullmatch(""), line


def test_the_words_of_all_languages_are_looked_for_in_any_case() -> None:
    words = Words(any_of("\nen one|two\naz ilk\n", "nl een(?:tje)?"))
    known = ["one", "TWO", "İlk", "ILK", "Eentje"]
    assert [text for text in [*known, "en", "on", "nl een"] if words.fullmatch(text)] == known


def test_a_word_is_found_where_it_stands_in_the_text_itself() -> None:
    found = Words("ilk").search("İİ ILK")
    assert found is not None
    assert found.span() == (3, 6)


def test_a_table_of_plain_words_is_divided_by_blanks() -> None:
    assert words_of("\nen one two\naz ilk\n") == ["one", "two", "ilk"]


def test_words_begin_with_the_letters_before_their_first_group() -> None:
    table = "\nen photo(?:s|graph)?|archive photo\nru фото(?:графия)?\n"
    assert beginnings(table) == ("photo", "archive", "фото")
