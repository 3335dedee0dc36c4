"""Typography never moves ``updated``; another word always does."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from feeds.entries import recognise, verdicts
from feeds.model import EntryId, Evidence, Story
from feeds.text import words

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
BEFORE = verdicts.Moments(NOW, None, None, 0)
AFTER = verdicts.Moments(NOW + timedelta(days=1), None, None, 0)
WORD = st.text(string.ascii_letters + string.digits + "əğşçöüéñжя", min_size=1, max_size=8)
LINE = st.lists(WORD, min_size=1, max_size=8)
MARKS = st.sampled_from(
    [
        " ",
        "  ",
        "\u00a0",
        " - ",
        " – ",
        "—",
        ", ",
        ": ",
        " “",
        "” ",
        "'",
        "’ ",
        "… ",
        "! ",
        " & ",
        "<",
    ]
)


def story(title: str, paragraphs: list[str]) -> Story:
    return Story(
        kind="article",
        title=title,
        line=1,
        paragraphs=tuple(paragraphs),
        evidence={"title": Evidence("a.txt", 1, "first line")},
    )


def set_in_type(words: list[str], data: st.DataObject) -> str:
    """``words`` in some typography."""
    text = words[0]
    for word in words[1:]:
        text += data.draw(MARKS) + data.draw(st.sampled_from([word, word.upper(), word.title()]))
    return text


@given(LINE, st.lists(LINE, min_size=1, max_size=3), st.data())
def test_typography_never_moves_updated(
    title: list[str], paragraphs: list[list[str]], data: st.DataObject
) -> None:
    first, second = (
        story(set_in_type(title, data), [set_in_type(words, data) for words in paragraphs])
        for _ in range(2)
    )
    stored = verdicts.enter(first, EntryId("tag:desk.test,2026:abc"), BEFORE)
    verdict = recognise.recognise(second, recognise.Known(page=stored), AFTER)
    assert isinstance(verdict, verdicts.Same | verdicts.Corrected)
    assert verdict.entry.updated == stored.updated
    assert verdict.entry.title == second.title


@given(LINE, st.lists(LINE, min_size=1, max_size=3), WORD, st.data())
def test_a_word_more_always_moves_updated(
    title: list[str], paragraphs: list[list[str]], word: str, data: st.DataObject
) -> None:
    first = story(" ".join(title), [" ".join(words) for words in paragraphs])
    place = data.draw(st.integers(0, len(paragraphs) - 1))
    longer = list(first.paragraphs)
    longer[place] += f" {word}"
    stored = verdicts.enter(first, EntryId("tag:desk.test,2026:abc"), BEFORE)
    verdict = recognise.recognise(
        msgspec.structs.replace(first, paragraphs=tuple(longer)),
        recognise.Known(page=stored),
        AFTER,
    )
    assert isinstance(verdict, verdicts.Corrected)
    assert verdict.entry.updated == AFTER.now


@given(st.text(), st.text())
def test_words_side_by_side_are_the_words_of_each(first: str, second: str) -> None:
    both = [words.words(first), words.words(second)]
    assert words.words(f"{first} . {second}") == " ".join(text for text in both if text)
