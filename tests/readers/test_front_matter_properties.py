"""Whatever stands at the top of a page, reading it gives a page or a PageError."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from feeds import readers
from feeds.model import Reading
from feeds.model.errors import ConfigError, PageError
from feeds.newsroom.page_rules import Outside
from feeds.normalise import normalise
from feeds.normalise.statements import with_statements
from feeds.readers.front_matter import FIELDS

NAMES = st.sampled_from(["a.txt", "a.md"])
MARKS = st.sampled_from(["---", "+++"])
KEYS = st.sampled_from([*FIELDS, "embrago", "draft", "x"])
BITS = st.sampled_from([*":=[]{}&*!|>'\"-#,\n\t ", "2026-01-09", "<<", "%", "? "])
CONTENT = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(BITS, KEYS), max_size=30).map("".join),
    st.lists(st.tuples(KEYS, st.text(max_size=15)), max_size=5).map(
        lambda pairs: "\n".join(f"{key}: {value}" for key, value in pairs)
    ),
)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def reading(name: str, data: bytes) -> Reading | None:
    try:
        found = normalise(readers.read_page(name, data))
    except PageError:
        return None
    assert msgspec.json.decode(msgspec.json.encode(found), type=Reading) == found, (
        "it can be stored"
    )
    return found


@given(NAMES, MARKS, CONTENT, st.booleans())
def test_any_front_matter_gives_a_reading_or_a_page_error(
    name: str, mark: str, content: str, closed: bool
) -> None:
    text = f"{mark}\n{content}\n{mark if closed else ''}\nLamp glows\n\nIt glows again.\n"
    found = reading(name, text.encode("utf-8", "replace"))
    if found is not None:
        whole = with_statements(found)
        lines = text.count("\n") + 1 + content.count("\r")
        assert all(1 <= item.evidence.line <= lines + 60 for item in found.statements)
        assert whole.article is None or whole.article.title is not None


@given(NAMES, MARKS, st.binary(max_size=200))
def test_any_bytes_below_a_mark_give_a_reading_or_a_page_error(
    name: str, mark: str, data: bytes
) -> None:
    found = reading(name, mark.encode() + b"\n" + data)
    assert found is None or with_statements(found) is not None


@given(st.dictionaries(st.sampled_from(["title", "summary", "categories"]), WORDS), MARKS)
def test_what_is_written_is_what_is_stated(said: dict[str, str], mark: str) -> None:
    separator = ": " if mark == "---" else " = "
    rows = [
        f"{key}{separator}{json.dumps(value, ensure_ascii=mark == '---')}"
        for key, value in said.items()
    ]
    text = "\n".join([mark, *rows, mark, "Lamp glows", "", "It glows again."])
    page = readers.read_page("a.txt", text.encode("utf-8", "replace"))
    assert {item.field: item.value for item in page.statements} == said


CELLS = st.lists(
    st.one_of(KEYS, st.sampled_from([",", ";", '"', "\n", "\r", "\0", "path", "a.txt"]))
)


@given(st.one_of(CELLS.map(lambda bits: "".join(bits).encode()), st.binary(max_size=100)))
def test_any_table_is_understood_or_refused_with_a_line(table: bytes) -> None:
    try:
        outside = Outside([], "/srv", b"path,title,status\n" + table)
    except ConfigError:
        return
    found = with_statements(Reading("a.txt", "utf-8", 1), outside.of("a.txt"))
    assert all(finding.line >= 2 for finding in found.findings)


@given(st.text(max_size=200))
def test_any_markdown_gives_a_reading_or_a_page_error(text: str) -> None:
    found = reading("a.md", text.encode("utf-8", "replace"))
    if found is not None and found.article is not None:
        assert "<script" not in found.article.content
