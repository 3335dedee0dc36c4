"""Whatever bytes a file holds, reading it gives a clean page or a PageError."""

from __future__ import annotations

import codecs
import re

from hypothesis import given
from hypothesis import strategies as st

from feeds import readers
from feeds.errors import PageError
from feeds.model import Page

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
        return readers.read("a.txt", data)
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
    assert all(1 <= finding.line <= len(page.lines) for finding in page.findings)


@given(st.text())
def test_what_was_cleaned_once_stays_as_it_is(text: str) -> None:
    page = page_or_none(text.encode("utf-8", "replace"))
    if page is not None:
        cleaned = "\n".join(line.text for line in page.lines)
        again = readers.read("a.txt", cleaned.encode())
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
    assert [line.text for line in readers.read("a.txt", data).lines] == ["Headline", text]
