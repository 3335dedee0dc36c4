"""A whole sentence is found wherever it is copied to; looking never fails, whatever the text."""

from __future__ import annotations

import string
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entry, EntryId
from feeds.syndication import leaks
from feeds.syndication.guard import Guard, Secret
from feeds.syndication.objections import entry_objections
from feeds.text import markup

NOW = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
WORD = st.text(string.ascii_letters + "əğşçöüéñжяß", min_size=1, max_size=8)
SENTENCE = st.lists(WORD, min_size=6, max_size=90)
BLANK = st.sampled_from([" ", "\u00a0", ", ", " – ", ": “", "” ", "\n", " (", "; ", "</em> <em>"])
MARK = st.sampled_from([".", "!", "?", "…", ".”", "؟", " ।", "\n"])
NASTY = st.text(st.sampled_from("a .!?\n\"'<>=/&;hrefsrc。字ก\u0301\u200d\ud800"), max_size=200)


def holds(content: str, secret: Secret, *public: Entry) -> bool:
    entry = Entry(EntryId("tag:x:1"), "article", "A", NOW, NOW, content=content)
    published = {each.id: each for each in public}
    return bool(
        entry_objections([entry], published, {entry.id: "https://a.b/"}, Guard([secret]), NOW)
    )


@given(st.lists(SENTENCE, min_size=1, max_size=4), st.data())
def test_a_sentence_is_found_with_other_typography_in_another_text(
    text: list[list[str]], data: st.DataObject
) -> None:
    secret = Secret(" ".join(" ".join(said) + data.draw(MARK) for said in text), "secret")
    copied = data.draw(st.sampled_from(text))
    joined = "".join(word.swapcase() + data.draw(BLANK) for word in copied)
    before, after = data.draw(st.lists(WORD)), data.draw(st.lists(WORD))
    content = f"<p><em>{' '.join(before)} {joined} {' '.join(after)}</em></p>"
    assert holds(content, secret)
    public = Entry(EntryId("tag:x:2"), "article", "B", NOW, NOW, content=content)
    assert not holds(content, secret, public)


@given(SENTENCE, SENTENCE)
def test_a_text_of_other_words_holds_no_secret(secret: list[str], text: list[str]) -> None:
    others = [f"{word}9" for word in text]
    assert not holds(f"<p>{' '.join(others)}</p>", Secret(" ".join(secret), "secret"))


@given(SENTENCE, SENTENCE, SENTENCE, st.integers(9, 20), st.data())
def test_nine_words_in_a_row_are_found_inside_another_sentence(
    before: list[str], secret: list[str], after: list[str], count: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, max(0, len(secret) - count)))
    taken = secret[start : start + count]
    around = [" ".join(f"{word}9" for word in words) for words in (before, after)]
    copied = "".join(word.swapcase() + data.draw(BLANK) for word in taken)
    content = f"<p><em>{around[0]} {copied} {around[1]}</em></p>"
    hidden = Secret(" ".join(secret), "secret")
    if len(taken) >= 9:
        assert holds(content, hidden)
    public = Entry(EntryId("tag:x:2"), "article", "B", NOW, NOW, content=content)
    assert not holds(content, hidden, public)


@given(NASTY, NASTY, NASTY)
def test_any_text_can_be_looked_through(text: str, public: str, content: str) -> None:
    holds(content, Secret(text, "secret", public))


@given(st.text(max_size=300))
def test_a_text_that_counts_is_found_in_itself(text: str) -> None:
    watch = leaks.Watch()
    parts = list(leaks.sentences(text))
    watch.add(parts, "secret")
    assert set(watch.found([leaks.tokenised(text)])) == {part.key for part in parts}
    plain = markup.plain(markup.from_paragraphs([text]))
    assert set(watch.found([leaks.tokenised(plain)])) == {part.key for part in parts}
