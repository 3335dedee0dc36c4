"""Whatever bytes a file holds, reading it gives a clean page or a PageError."""

from __future__ import annotations

import codecs
import re

from hypothesis import given
from hypothesis import strategies as st

from feeds import readers
from feeds.model import Page
from feeds.model.errors import PageError
from feeds.readers import decoding, filetypes
from feeds.text import characters

# XML 1.0, section 2.2, but for the line ends and tabs, which no cleaned line holds either.
XML_LINE = re.compile("[\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
MARKS = st.sampled_from(
    [
        b"",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_BE,
        codecs.BOM_UTF32_LE,
        codecs.BOM_UTF32_BE,
    ]
)
# Mostly text, with a few bytes in it that are none.
DAMAGED = st.lists(
    st.one_of(st.text(max_size=20).map(lambda text: text.encode()), st.binary(max_size=1)),
    max_size=8,
).map(b"".join)


def page_or_none(data: bytes) -> Page | None:
    try:
        return readers.read_page("a.txt", data)
    except PageError:
        return None


@given(MARKS, st.one_of(st.binary(max_size=300), DAMAGED))
def test_any_bytes_are_a_page_of_clean_lines_or_a_page_error(mark: bytes, data: bytes) -> None:
    page = page_or_none(mark + data)
    if page is None:
        return
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))
    for line in page.lines:
        assert XML_LINE.fullmatch(line.text)
        assert line.text == " ".join(line.text.split())
    assert all(0 <= finding.line <= len(page.lines) for finding in page.findings)


@given(st.text())
def test_what_was_cleaned_once_stays_as_it_is(text: str) -> None:
    page = page_or_none(text.encode("utf-8", "replace"))
    if page is not None:
        cleaned = "\n".join(line.text for line in page.lines)
        again = readers.read_page("a.txt", cleaned.encode())
        assert again.lines == page.lines


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), MARKS)
def test_text_is_read_alike_in_every_encoding_that_a_mark_names(text: str, mark: bytes) -> None:
    encodings = {
        codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
        codecs.BOM_UTF32_LE: "utf-32-le",
        codecs.BOM_UTF32_BE: "utf-32-be",
    }
    data = mark + f"Headline\n{text}".encode(encodings.get(mark, "utf-8"))
    assert [line.text for line in readers.read_page("a.txt", data).lines] == ["Headline", text]


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(TEXT, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]))
def test_no_encoding_of_unicode_loses_a_letter(text: str, encoding: str) -> None:
    marked = encoding in {"utf-8", "utf-8-sig", "utf-16", "utf-32"}
    text = text if marked else f"Lamps and ropes on the quay\n{text[:5]}"
    assert decoding.decoded(text.encode(encoding)).text == text


RUSSIAN_WORDS = re.findall(
    r"\w+",
    "лодка маяк пристань город вечером утром снова открыли закрыли река мост люди ждали сказал "
    "директор школы новый старый дом улица жители ёлка чайка щука эхо подъезд цена",
)


@given(st.lists(st.sampled_from(RUSSIAN_WORDS), min_size=40, max_size=60))
def test_russian_words_of_two_hundred_bytes_are_told_by_their_letters(words: list[str]) -> None:
    text = " ".join(words).capitalize() + ".\n"
    assert decoding.decoded(text.encode("cp1251"))[:2] == ("windows-1251", text)


@given(st.binary(max_size=200), st.text(max_size=12))
def test_whatever_is_declared_decoding_never_fails(data: bytes, declared: str) -> None:
    found = decoding.decoded(data, declared or decoding.declaration(data))
    assert found.encoding
    filetypes.kind_of(data)


@given(st.text())
def test_cleaning_one_string_is_what_a_page_does_to_a_line(text: str) -> None:
    once = characters.cleaned(text)
    assert XML_LINE.fullmatch(once)
    assert characters.cleaned(once) == once
