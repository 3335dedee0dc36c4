"""Plain text is the same after a journey through HTML, and its summary is its beginning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.text import markup

TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["C"])),
    st.text(" <>&;#x'\"/abpglt"),
)


@given(TEXT)
def test_text_comes_back_from_its_html_unchanged(text: str) -> None:
    assert markup.plain(markup.from_paragraphs([text])) == f" {text} "


@given(st.lists(TEXT))
def test_paragraphs_never_become_other_markup(paragraphs: list[str]) -> None:
    fragment = markup.from_paragraphs(paragraphs)
    assert fragment.count("<") == fragment.count(">") == 2 * len(paragraphs)
    assert fragment.count("<p>") == fragment.count("</p>") == len(paragraphs)


@given(st.text("abc, –", max_size=700).map(str.strip))
def test_a_summary_is_the_beginning_of_the_text_and_says_if_it_is_cut(text: str) -> None:
    summary = markup.summary([text])
    assert len(summary) <= 300
    assert summary == text or (summary.endswith("…") and text.startswith(summary[:-1]))
